"""Which film or episode plays: what is as certain as for a tick, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from lib.sending.player import PlayingItem
from lib.sending.what_plays import ADDON, FILE, LIBRARY, WhatPlays
from lib.titles.identify import Identity
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.sending.a_player import PlayingKodi, episode, file, film, row

DARK = Title(SHOW, (("tvdb", "334824"),))
RAN = {"type": "movie", "title": "Ran", "label": "Ran", "year": 1985}
PART = {"type": "episode", "title": "Part", "showtitle": "Some", "season": 1, "episode": 2}


@pytest.fixture
def kodi() -> PlayingKodi:
    return PlayingKodi()


def what(kodi: PlayingKodi, details: dict[str, Any]) -> WhatPlays | None:
    path = str(details.get("mediapath") or details["file"])
    return kodi.identifying.what_plays(PlayingItem(path, details, is_beside_pictures=False))


def ids(found: WhatPlays | None) -> tuple[tuple[str, str], ...] | None:
    return None if found is None else found.title.ids


# The library.


def test_a_film_of_the_library_has_its_ids(kodi: PlayingKodi) -> None:
    found = what(kodi, film())
    assert found is not None
    assert (found.title, found.source) == (Title(MOVIE, (("tmdb", "949"),)), LIBRARY)
    assert found.places == ((-1, -1),)
    assert found.label(-1, -1) == "Heat (1995)"


def test_an_episode_of_the_library_has_its_series_ids_and_not_its_own(kodi: PlayingKodi) -> None:
    found = what(kodi, episode(3))
    assert found is not None
    assert (found.title, found.episodes) == (DARK, ((1, 3),))
    assert found.label(1, 3) == "Dark 1x03"


def test_a_file_of_several_episodes_is_all_of_them(kodi: PlayingKodi) -> None:
    kodi.shares_a_file = (2, 3)
    found = what(kodi, episode(2))
    assert found is not None
    assert found.episodes == ((1, 2), (1, 3))


def test_a_link_of_the_library_to_an_add_on_is_the_librarys(kodi: PlayingKodi) -> None:
    link = film(path="/films/Heat.strm", dynpath="plugin://plugin.video.some/play/?f=5")
    assert ids(what(kodi, link)) == (("tmdb", "949"),)


def test_what_has_left_the_library_is_unknown(kodi: PlayingKodi) -> None:
    assert what(kodi, film(99)) is None
    assert what(kodi, {**episode(1), "id": 99}) is None


def test_a_trailer_is_not_the_film_whose_ids_it_has(kodi: PlayingKodi) -> None:
    trailer = film(mediapath="/trailers/heat.mkv")
    assert what(kodi, trailer) is None
    del trailer["id"]
    assert what(kodi, trailer) is None


# Rows of other add-ons.


def test_a_film_of_an_add_on_says_its_ids_itself(kodi: PlayingKodi) -> None:
    found = what(kodi, row("f=1", **RAN, uniqueid={"imdb": "tt0089881", "tmdb": "11645"}))
    assert found is not None
    assert ids(found) == (("imdb", "tt0089881"), ("tmdb", "11645"))
    assert (found.source, found.label(-1, -1)) == (ADDON, "Ran (1985)")


def test_or_its_name_and_year(kodi: PlayingKodi) -> None:
    found = what(kodi, row("f=1", **RAN))
    assert found is not None
    assert (found.title.name, found.title.year) == ("Ran", 1985)
    assert what(kodi, row("f=1", **{**RAN, "year": 0})) is None


def test_an_episodes_id_may_be_its_own_and_is_not_sent_as_the_series(kodi: PlayingKodi) -> None:
    assert what(kodi, row("e=2", **PART, uniqueid={"tmdb": "77"})) is None


def test_ids_that_say_they_are_the_series_are(kodi: PlayingKodi) -> None:
    said = row("e=2", **PART, uniqueid={"tvshow.tmdb": "70523"})
    found = what(kodi, said)
    assert (ids(found), found and found.episodes) == ((("tmdb", "70523"),), ((1, 2),))
    said = row("e=2", **PART, customproperties={"tvshow.tmdb_id": "70523", "isplayable": True})
    assert ids(what(kodi, said)) == (("tmdb", "70523"),)


def test_what_the_row_was_in_its_list_counts_first(kodi: PlayingKodi) -> None:
    said = row("e=2", **PART, uniqueid={"tmdb": "77"})
    kodi.listed[said["mediapath"]] = Identity(DARK, ((1, 2),))
    found = what(kodi, said)
    assert (ids(found), found and found.episodes) == (DARK.ids, ((1, 2),))


def test_a_row_that_says_nothing_is_unknown(kodi: PlayingKodi) -> None:
    assert what(kodi, row("x=1")) is None
    assert what(kodi, row("x=1", title="Heat", year=1995)) is None


def test_a_library_id_on_a_row_counts_where_the_library_calls_it_the_same(
    kodi: PlayingKodi,
) -> None:
    assert ids(what(kodi, row("f=1", type="movie", id=1, title="Heat"))) == (("tmdb", "949"),)
    assert what(kodi, row("f=1", type="movie", id=1, title="Another film")) is None
    assert what(kodi, row("f=1", type="movie", id=2_000_000_000, title="Heat")) is None


# What an add-on leaves on the home window.


def test_ids_on_the_home_window_are_the_films(kodi: PlayingKodi) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645, "imdb": "tt0089881", "slug": "ran-1985"}'
    found = what(kodi, row("f=1", type="movie", title="Ran"))
    assert ids(found) == (("imdb", "tt0089881"), ("tmdb", "11645"))


def test_and_of_an_episode_its_series(kodi: PlayingKodi) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 70523}'
    found = what(kodi, row("e=2", **PART, uniqueid={"tmdb": "77"}))
    assert (ids(found), found and found.episodes) == ((("tmdb", "70523"),), ((1, 2),))


@pytest.mark.parametrize("name", ["script.simkl.ids", "scrip.simkl.ids", "script.trakt.ids"])
def test_each_of_the_three_is_read(kodi: PlayingKodi, name: str) -> None:
    kodi.home[name] = '{"simkl": 53536}'
    assert ids(what(kodi, row("f=1", type="movie", title="Ran"))) == (("simkl", "53536"),)


@pytest.mark.parametrize(
    "words",
    [
        *("", "{", "[]", "null", '"tt1"', '{"slug": "ran"}', '{"tmdb": 0}', '{"tmdb": "eleven"}'),
        *("[" * 5000, '{"tmdb": 11645, "season": 1, "episode": 2}'),
    ],
)
def test_what_is_no_id_of_the_film_is_none(kodi: PlayingKodi, words: str) -> None:
    kodi.home["script.trakt.ids"] = words
    assert what(kodi, row("f=1", type="movie", title="Ran")) is None


def test_ids_that_stood_there_before_are_not_the_films(kodi: PlayingKodi) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645}'
    kodi.home_ids.forget()
    assert what(kodi, row("f=1", type="movie", title="Ran")) is None


def test_ids_that_contradict_each_other_or_the_film_count_for_nothing(kodi: PlayingKodi) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645}'
    assert what(kodi, row("f=1", type="movie", title="Ran", uniqueid={"simkl": "1"})) is not None
    kodi.home["script.trakt.ids"] = '{"simkl": 2}'
    assert what(kodi, row("f=1", type="movie", title="Ran", uniqueid={"simkl": "1"})) is None
    kodi.home["script.simkl.ids"] = '{"simkl": 7}'
    assert what(kodi, row("f=1", type="movie", title="Ran")) is None


def test_those_of_another_episode_count_for_nothing(kodi: PlayingKodi) -> None:
    kodi.home["script.simkl.ids"] = '{"simkl": 53536, "season": 1, "episode": 3}'
    assert what(kodi, row("e=2", **PART, uniqueid={"tmdb": "77"})) is None
    kodi.home["script.simkl.ids"] = '{"simkl": 53536, "season": 1, "episode": "2"}'
    assert ids(what(kodi, row("e=2", **PART, uniqueid={"tmdb": "77"}))) == (("simkl", "53536"),)


@pytest.mark.parametrize("kind", ["unknown", "video", "tvshow", "musicvideo", ""])
def test_they_say_nothing_of_what_is_neither_film_nor_episode(kodi: PlayingKodi, kind: str) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645}'
    assert what(kodi, row("f=1", type=kind, title="Ran")) is None


# Files.


@pytest.mark.parametrize(
    ("path", "expected", "episodes"),
    [
        ("/media/Ran (1985).mkv", Title(MOVIE, (), "Ran", 1985), ()),
        ("/media/Ran {tmdb-11645}.mkv", Title(MOVIE, (("tmdb", "11645"),)), ()),
        ("/media/Dark (2017)/Dark S01E02.mkv", Title(SHOW, (), "Dark", 2017), ((1, 2),)),
        ("smb://ann:secret@box/media/Ran (1985).mkv", Title(MOVIE, (), "Ran", 1985), ()),
    ],
)
def test_a_file_is_what_its_name_says(
    kodi: PlayingKodi, path: str, expected: Title, episodes: tuple[tuple[int, int], ...]
) -> None:
    found = what(kodi, file(path))
    assert found is not None
    assert (found.title, found.episodes, found.source) == (expected, episodes, FILE)


@pytest.mark.parametrize("path", ["/media/holiday.mkv", "/media/Ran.mkv", "http://host/a/1.ts"])
def test_a_file_whose_name_does_not_say_it_is_unknown(kodi: PlayingKodi, path: str) -> None:
    assert what(kodi, file(path)) is None


@pytest.mark.parametrize("kind", ["channel", "recording", "musicvideo"])
def test_television_and_music_are_no_files(kodi: PlayingKodi, kind: str) -> None:
    said = {**file("/media/Ran (1985).mkv"), "type": kind, "id": 1, "uniqueid": 1}
    assert what(kodi, said) is None
