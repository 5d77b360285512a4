"""Rows of other add-ons, each kind with its ids in another place: the right title, or none.

Wherever an episode's own id, a season's or a clip's could be taken for the title's, Simkl knows a
title of that number, and the person has watched all of it: a naive reader would tick by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
UNKNOWN, LINKS = "plugin.video.test.unknown", "plugin.video.test.links"
# Of these it is known whose ids they show: the add-ons here only list as they do.
SEREN, ELEMENTUM, JACKTOOK, UMBRELLA, OTAKU, PLEX, YOUTUBE = (
    f"plugin.video.{name}"
    for name in (
        "seren",
        "elementum",
        "jacktook",
        "umbrella",
        "otaku",
        "plexkodiconnect",
        "youtube",
    )
)
FILM = {"mediatype": "movie", "title": "Heat", "year": 1995}
DARK, OWN = 70523, 1256  # at TMDb, the series; the first of its episodes' own numbers


def episodes(addon: str, season: int = 1, **said: Any) -> list[dict[str, Any]]:
    """Three rows, with their own numbers at TMDb where nothing else is said."""
    rows = plugin.season(addon, "Dark", season, range(1, 4))
    return [{**row, "uids": {"tmdb": str(OWN + n)}, **said} for n, row in enumerate(rows)]


def query(addon: str, **told: object) -> str:
    return f"plugin://{addon}/?{urlencode(told)}"


def elementum() -> list[dict[str, Any]]:
    """A special's season is dropped from the labels, and stands in the path alone.

    Its ids are set after its `imdbnumber`, with no default one, and most of them are empty.
    """
    rows = episodes(ELEMENTUM, season=0, imdbnumber="tt5753856", default_uid="")
    rows = [{**row, "uids": {"unknown": "", "imdb": "", "tvdb": "", **row["uids"]}} for row in rows]
    for row in rows:
        del row["season"]
        number = row["episode"]
        row["path"] = f"plugin://{ELEMENTUM}/show/{DARK}/season/0/episode/{number}/links/Dark"
    return rows


def jacktook() -> list[dict[str, Any]]:
    ids = json.dumps({"tmdb_id": DARK, "tvdb_id": None, "imdb_id": "tt5753856"})
    rows = episodes(JACKTOOK, show="The name of the episode")
    for row in rows:
        place = json.dumps({"season": row["season"], "episode": row["episode"]})
        row["path"] = query(JACKTOOK, action="search", ids=ids, tv_data=place)
    return rows


def umbrella() -> list[dict[str, Any]]:
    rows = episodes(UMBRELLA, mediatype="tvshow", uids={"tmdb": str(DARK)})
    for row in rows:
        place = {"season": row.pop("season"), "episode": row.pop("episode")}
        row["path"] = query(UMBRELLA, action="play", tmdb=DARK, **place)
    return rows


def otaku() -> list[dict[str, Any]]:
    return episodes(OTAKU, season=3, uids={"mal_id": "38408", "tmdb": str(OWN)}, show="Cour")


def lists() -> dict[str, dict[str, Any]]:
    clip = {"path": query(YOUTUBE, video_id="x"), "label": "Official", "uids": {"tmdb": "949"}}
    dbtype = {"mediatype": "", "props": {"dbtype": "movie", "imdbnumber": "tt0113277"}}
    told: dict[str, list[dict[str, Any]]] = {
        UNKNOWN: episodes(UNKNOWN),
        LINKS: [],
        SEREN: episodes(SEREN, season=0, uids={"tmdb": str(DARK)}, props={"tmdb_id": str(OWN)}),
        ELEMENTUM: elementum(),
        JACKTOOK: jacktook(),
        UMBRELLA: umbrella(),
        OTAKU: otaku(),
        PLEX: [{**FILM, **dbtype, "path": query(PLEX, plex_id=1)}],
        YOUTUBE: [{**FILM, **clip}],
    }
    return {addon: {"list": {"rows": rows}} for addon, rows in told.items()}


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    addons = plugin.plugins(tmp_path_factory.mktemp("addons"), lists())
    with living_room(shared_kodi_factory, addons=addons) as room:
        simkl = room.simkl
        dark = simkl.add_series("Dark", 2017, {0: 3, 1: 3}, tmdb=DARK, imdb="tt5753856")
        for season in (0, 1):
            simkl.person.watch(dark, season=season, episode=2, at=AT)
        cour = simkl.add_series("Cour", 2018, {1: 12}, mal=38408)
        simkl.person.watch(cour, season=1, episode=3, at=AT)
        for number in range(OWN, OWN + 3):
            wrong = simkl.add_series(f"Not {number}", 2001, {0: 3, 1: 3, 3: 3}, tmdb=number)
            for season, episode in [(s, e) for s in (0, 1, 3) for e in (1, 2, 3)]:
                simkl.person.watch(wrong, season=season, episode=episode, at=AT)
        heat = simkl.add_film("Heat", 1995, tmdb=949, imdb="tt0113277")
        ronin = simkl.add_film("Ronin", 1998, tmdb=8195)
        for film in (heat, ronin):
            simkl.person.watch(film, at=AT)
        library = room.new_library()
        library.film("Ronin", 1998, ids={"tmdb": "8195"})
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _no_list_is_open(room: LivingRoom) -> None:
    room.kodi.home()
    room.simkl.forget_requests()


def wait_for_ticks(room: LivingRoom, expected: list[str]) -> None:
    """And until the list that was loaded again for them has come back."""
    room.wait_until_drawn(
        lambda: room.ticked() == expected and all(row["Title"] for row in room.kodi.rows("Title")),
        f"ticks on {expected}",
    )


def nothing_is_asked(room: LivingRoom) -> None:
    room.kodi.wait_for(lambda: room.kodi.rows("Label"), what="the rows")
    room.let_it_look()
    assert room.asked() == []
    assert room.ticked() == []


@pytest.mark.parametrize(
    ("addon", "expected"),
    [
        pytest.param(SEREN, ["Dark 0x02"], id="an add-on is known to show the series"),
        pytest.param(ELEMENTUM, ["Dark 0x02"], id="a path says series, season and episode"),
        pytest.param(JACKTOOK, ["Dark 1x02"], id="JSON in a path does"),
        pytest.param(UMBRELLA, ["Dark 1x02"], id="a row that calls itself a series is an episode"),
        pytest.param(OTAKU, ["Dark 3x03"], id="an anime's id names the cour, another is not sent"),
        pytest.param(PLEX, ["Heat"], id="a property says that it is a film"),
    ],
)
def test_whose_the_ids_are(room: LivingRoom, addon: str, expected: list[str]) -> None:
    room.kodi.open(plugin.path(addon, "list"))
    wait_for_ticks(room, expected)


def test_kodi_20_shows_no_imdb_number_of_elementums(room: LivingRoom) -> None:
    if not room.kodi.label("System.BuildVersionShort").startswith("20."):
        pytest.skip("of other Kodis it is not known")
    room.kodi.open(plugin.path(ELEMENTUM, "list"))
    room.kodi.wait_for(lambda: room.kodi.rows("Label"), what="the rows")
    assert {row["IMDBNumber"] for row in room.kodi.rows("IMDBNumber")} == {""}


@pytest.mark.parametrize(
    "addon",
    [
        pytest.param(YOUTUBE, id="a clip with the film's id is not the film"),
        pytest.param(UNKNOWN, id="ids that differ from row to row are the episodes' own"),
    ],
)
def test_in_doubt_nothing_is_asked(room: LivingRoom, addon: str) -> None:
    room.kodi.open(plugin.path(addon, "list"))
    nothing_is_asked(room)


def test_the_lists_own_path_names_the_series_of_its_season_only(room: LivingRoom) -> None:
    where = plugin.path(UNKNOWN, "list") + f"?tmdb_id={DARK}&season="
    room.kodi.open(f"{where}2")
    nothing_is_asked(room)
    room.kodi.open(f"{where}1")
    wait_for_ticks(room, ["Dark 1x02"])


def test_the_librarys_id_counts_where_the_library_calls_the_film_the_same(
    room: LivingRoom,
) -> None:
    ronin = room.kodi.rpc("VideoLibrary.GetMovies")["movies"][0]["movieid"]
    said = {"mediatype": "movie", "title": "Ronin", "dbid": ronin}  # without a year
    rows = [
        {**said, "path": query(LINKS, film=1)},
        {**said, "path": query(LINKS, film=2), "title": "Heat"},
        {**said, "path": query(LINKS, film=3), "label": "Made up", "dbid": 1_000_000_000 + ronin},
    ]
    plugin.change(room.kodi.home_folder.addons / LINKS, {"list": {"rows": rows}})
    room.kodi.open(plugin.path(LINKS, "list"))
    wait_for_ticks(room, ["Ronin"])
    assert room.asked() == [[{"type": "movie", "ids": {"tmdb": 8195}}]]
