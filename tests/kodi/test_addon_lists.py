"""Lists that are not of the library: other add-ons' rows and plain files get their ticks."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
EXPLICIT, SERVER, TORRENT, BARE = (
    "plugin.video.test.explicit",  # says which series, as TMDb Helper and Seren do
    "plugin.video.test.server",  # films with an IMDb id only, episodes without any, as Jellyfin
    "plugin.video.test.torrent",  # the series' id in an id of the row
    "plugin.video.test.bare",  # nothing but a title
)
OWN_ID, ANIME, MIXED, CHANGING, OWN_TICKS, SLOW, WAYS = (
    "plugin.video.test.ownid",  # the episode's own id
    "plugin.video.test.anime",
    "plugin.video.test.mixed",
    "plugin.video.test.changing",  # another path at each listing
    "plugin.video.test.ownticks",  # a playcount of its own, of 0 too
    "plugin.video.test.slow",
    "plugin.video.test.ways",  # folders, trailers, what is left out
)
DARK = {"uids": {"tvshow.tmdb": "70523", "tmdb": "1256"}}
FILM = {"mediatype": "movie", "plot": "Two men", "year": 1995}
WATCHED = [f"Dark 1x{n:02}" for n in (2, *range(11, 31))]
KEPT = ("Label", "Title", "Plot", "Season", "Episode", "TVShowTitle", "Year", "FileNameAndPath",
        "UniqueID(tmdb)", "UniqueID(tvshow.tmdb)", "Art(poster)", "Property(own)")  # fmt: skip
STAYS = ("Container.CurrentItem", "Container.Position", "ListItem.Label", "Container.FolderPath")


def film(addon: str, title: str, **said: Any) -> plugin.Row:
    return {**FILM, "title": title, "path": f"plugin://{addon}/play/?film={title}", **said}


def lists() -> dict[str, dict[str, Any]]:
    own_ids = plugin.season(OWN_ID, "Dark", 1, range(1, 4))
    changing = plugin.season(CHANGING, "Dark", 1, range(1, 4), **DARK)
    other_numbers = [{**row, "path": f"{row['path']}&token={{number}}"} for row in changing]
    more = {"art": {"poster": "DefaultVideo.png"}, "props": {"own": "kept"}}
    return {
        EXPLICIT: {
            "season": {
                "rows": plugin.season(EXPLICIT, "Dark", 1, range(1, 31), **DARK, **more),
                "content": "episodes",
            },
            "search": {"rows": plugin.season(EXPLICIT, "Dark", 1, range(1, 4), **DARK)},
            "episode": {"rows": plugin.season(EXPLICIT, "Nothing", 1, [1]), "content": "episodes"},
        },
        SERVER: {
            "films": {
                "rows": [
                    film(SERVER, "Heat", imdbnumber="tt0113277"),
                    film(SERVER, "Begun", uids={"tmdb": "949001"}, resume=[600, 6000]),
                    film(SERVER, "Ronin", uids={"tmdb": "8195"}),
                ]
            },
            "season": {"rows": plugin.season(SERVER, "Dark", 1, range(1, 4))},
        },
        TORRENT: {
            "season": {
                "rows": plugin.season(TORRENT, "Dark", 1, range(1, 4), uids={"tmdb": "70523"})
            }
        },
        BARE: {
            "films": {
                "rows": [
                    {"title": "Heat", "path": f"plugin://{BARE}/?a"},
                    film(BARE, "[B]Heat[/B]"),
                    film(BARE, "Ronin", year=0),
                ]
            }
        },
        OWN_ID: {
            "season": {
                "rows": [{**row, "uids": {"tmdb": str(70522 + n)}} for n, row in enumerate(own_ids)]
            }
        },
        ANIME: {
            "season": {"rows": plugin.season(ANIME, "FMA", 1, range(1, 4), uids={"mal": "5114"})}
        },
        MIXED: {
            "all": {
                "rows": [
                    film(MIXED, "Heat", uids={"tmdb": "949"}),
                    *plugin.season(MIXED, "Dark", 1, [2], **DARK),
                ]
            }
        },
        CHANGING: {"season": {"rows": other_numbers}},
        OWN_TICKS: {
            "season": {
                "rows": plugin.season(OWN_TICKS, "Dark", 1, range(1, 4), **DARK, playcount=0)
            }
        },
        SLOW: {
            "season": {
                "rows": plugin.season(SLOW, "Dark", 1, range(1, 4), **DARK),
                "seconds": 2,
            }
        },
        WAYS: {
            "all": {
                "rows": [
                    {**film(WAYS, "Heat", uids={"tmdb": "949"}), "folder": True},
                    film(WAYS, "Heat", label="Heat - Trailer", uids={"tmdb": "949"}),
                    {**film(WAYS, "Heat", uids={"tmdb": "949"}), "playable": False},
                    film(WAYS, "Out", uids={"tmdb": "949"}, props={"script.trakt.exclude": "1"}),
                    film(WAYS, "Never", uids={"tmdb": "949"}, path=f"plugin://{WAYS}/play?a=1"),
                    {
                        "mediatype": "tvshow",
                        "title": "Dark",
                        "path": f"plugin://{WAYS}/dark/",
                        "uids": {"tmdb": "70523"},
                        "folder": True,
                    },
                ]
            }
        },
    }


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    addons = plugin.plugins(tmp_path_factory.mktemp("addons"), lists())
    with living_room(shared_kodi_factory, addons=addons) as room:
        simkl = room.simkl
        films = [
            simkl.add_film("Heat", 1995, tmdb=949, imdb="tt0113277"),
            simkl.add_film("Begun", 1995, tmdb=949001),
        ]
        simkl.add_film("Ronin", 1998, tmdb=8195)
        dark = simkl.add_series("Dark", 2017, {0: 2, 1: 30}, tmdb=70523)
        wrong = simkl.add_series("Not this one", 2001, {1: 3}, tmdb=1256)
        anime = simkl.add_series("FMA", 2009, {1: 64}, mal=5114)
        room.titles["Dark"] = dark
        for title in films:
            simkl.person.watch(title, at=AT)
        for number in (2, *range(11, 31)):
            simkl.person.watch(dark, season=1, episode=number, at=AT)
        for number in (1, 3):
            simkl.person.watch(wrong, season=1, episode=number, at=AT)
        simkl.person.watch(anime, season=1, episode=3, at=AT)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _as_new(room: LivingRoom) -> None:
    """Nothing is ticked, known or remembered, and no list is open."""
    room.simkl.delay = 0
    room.kodi.home()
    room.let_it_look(0.3)  # what was left over is written
    for addon, told in lists().items():
        for rows in told.values():
            for row in rows["rows"]:
                untick(room, row["path"].replace("{number}", "1"))
        data = room.kodi.home_folder.data(addon) / "listings"
        data.unlink(missing_ok=True)
    room.kodi.wait_for(room.memory.exists, what="the add-on's memory")
    room.forget_deeds()
    room.forget_answers()
    room.simkl.forget_requests()


def untick(room: LivingRoom, path: str) -> None:
    room.kodi.rpc("Files.SetFileDetails", file=path, media="video", playcount=0, lastplayed="")


def listings(room: LivingRoom, addon: str) -> int:
    file = room.kodi.home_folder.data(addon) / "listings"
    # It is not there at first, and empty while it is written.
    return int(file.read_text() or 0) if file.exists() else 0


def all_rows_have_words(room: LivingRoom) -> bool:
    return all(row["Title"] for row in room.kodi.rows("Title"))


def wait_for_ticks(room: LivingRoom, expected: list[str]) -> None:
    room.wait_until_drawn(
        lambda: room.ticked() == expected and all_rows_have_words(room), f"ticks on {expected}"
    )


# Another add-on's list.


@pytest.mark.newest
def test_episodes_of_another_add_on_are_ticked_and_nothing_else_of_them_changes(
    room: LivingRoom,
) -> None:
    where = plugin.path(EXPLICIT, "season")
    room.simkl.delay = 20  # until all of it is looked at
    room.kodi.open(where)
    room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == 30, what="the rows")
    room.kodi.focus(20)
    room.kodi.wait_for(lambda: room.kodi.label("ListItem.Episode") == "21", what="the focus")
    before = room.kodi.rows(*KEPT), room.kodi.labels(*STAYS)
    assert len(before[0]) == 30
    room.simkl.delay = 0
    wait_for_ticks(room, WATCHED)
    room.kodi.wait_for(
        lambda: (room.kodi.rows(*KEPT), room.kodi.labels(*STAYS)) == before, what="all as before"
    )
    assert room.asked() == [[{"type": "show", "ids": {"tmdb": 70523}}]]
    room.let_it_look(2.5)
    assert listings(room, EXPLICIT) == 2  # once by the person, once for the ticks


def test_films_by_an_imdb_id_and_nothing_more(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(SERVER, "films"))
    wait_for_ticks(room, ["Heat"])


def test_a_video_that_was_begun_is_left_as_it_is(room: LivingRoom) -> None:
    """Only Kodi knows when: a date would go back. And a resume point is worth more than a tick."""
    room.kodi.open(plugin.path(SERVER, "films"))
    wait_for_ticks(room, ["Heat"])
    begun = room.kodi.rows("Title", "PercentPlayed")[1]
    assert begun == {"Title": "Begun", "PercentPlayed": "10"}


def test_episodes_without_any_id_and_year_cause_no_request(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(SERVER, "season"))
    room.let_it_look(0.7)
    assert room.asked() == []


def test_an_id_that_is_the_same_on_all_episodes_is_the_series(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(TORRENT, "season"))
    wait_for_ticks(room, ["Dark 1x02"])


def test_an_episodes_own_id_is_never_sent_as_the_series(room: LivingRoom) -> None:
    """Among the three is the number of the series: a naive reader would tick by it."""
    room.kodi.open(plugin.path(OWN_ID, "season"))
    room.let_it_look(0.7)
    assert room.asked() == []
    assert room.ticked() == []


def test_a_row_with_nothing_but_a_title_is_left_alone_and_name_and_year_do(
    room: LivingRoom,
) -> None:
    room.kodi.open(plugin.path(BARE, "films"))
    wait_for_ticks(room, ["[B]Heat[/B]"])
    assert room.asked() == [[{"type": "movie", "title": "Heat", "year": 1995}]]


def test_anime_goes_by_the_cour(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(ANIME, "season"))
    wait_for_ticks(room, ["FMA 1x03"])


def test_films_and_episodes_in_one_list_are_one_request(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(MIXED, "all"))
    wait_for_ticks(room, ["Heat", "Dark 1x02"])
    assert len(room.asked()) == 1


def test_folders_trailers_and_what_is_left_out_cause_no_request(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(WAYS, "all"))
    room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == 6, what="the rows")
    room.let_it_look()
    assert room.asked() == []


# Never a loop.


@pytest.mark.parametrize("addon", [CHANGING, OWN_TICKS])
def test_a_list_that_never_draws_our_ticks_is_loaded_again_once_and_then_left_alone(
    room: LivingRoom, addon: str
) -> None:
    for visit in (2, 3, 4):
        room.kodi.open(plugin.path(addon, "season"))
        room.kodi.wait_for(lambda: listings(room, addon) == visit, what="the list, loaded again")  # noqa: B023
        room.let_it_look(3)
        assert listings(room, addon) == visit
        assert room.ticked() == []
        room.kodi.home()
        room.let_it_look(0.5)


def test_a_list_that_takes_long_is_not_loaded_again_and_is_ticked_when_it_is_left(
    room: LivingRoom,
) -> None:
    for visit in (1, 2):
        room.kodi.open(plugin.path(SLOW, "season"))
        room.let_it_look(3)
        assert listings(room, SLOW) == visit
        assert room.ticked() == (["Dark 1x02"] if visit == 2 else [])
        assert all_rows_have_words(room)
        room.kodi.home()
        room.let_it_look(1)


@contextmanager
def keys_pressed(room: LivingRoom) -> Iterator[None]:
    """Somebody scrolls up and down meanwhile."""
    is_over = threading.Event()

    def press() -> None:
        for key in itertools.cycle(["down", "down", "up"]):
            if is_over.wait(0.1):
                return
            room.kodi.key(key)

    thread = threading.Thread(target=press)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def test_while_keys_are_pressed_no_list_is_loaded(room: LivingRoom) -> None:
    with keys_pressed(room):
        room.kodi.open(plugin.path(EXPLICIT, "season"))
        room.kodi.wait_for(room.asked, what="the question")
        for _ in range(10):
            room.let_it_look(0.2)
            assert room.ticked() == []
            assert all_rows_have_words(room)
        assert listings(room, EXPLICIT) == 1
    wait_for_ticks(room, WATCHED)


def test_who_leaves_first_finds_the_ticks_when_they_come_back(room: LivingRoom) -> None:
    with keys_pressed(room):
        room.kodi.open(plugin.path(EXPLICIT, "season"))
        room.kodi.wait_for(room.asked, what="the question")
        room.let_it_look(0.5)
        assert room.ticked() == []
        room.kodi.home()
    room.let_it_look(2)
    room.kodi.open(plugin.path(EXPLICIT, "season"))
    wait_for_ticks(room, WATCHED)
    room.let_it_look(2)
    assert listings(room, EXPLICIT) == 2


def test_a_search_is_not_loaded_again_because_it_may_ask_for_words_again(
    room: LivingRoom,
) -> None:
    where = plugin.path(EXPLICIT, "search")
    room.kodi.open(where)
    room.kodi.wait_for(room.asked, what="the question")
    room.let_it_look(2)
    assert room.ticked() == []
    assert listings(room, EXPLICIT) == 1
    room.kodi.home()
    room.let_it_look(2)
    room.kodi.open(where)
    wait_for_ticks(room, ["Dark 1x02"])
    assert listings(room, EXPLICIT) == 2


def test_a_tick_that_is_removed_by_hand_stays_away(room: LivingRoom) -> None:
    where = plugin.path(EXPLICIT, "season")
    room.kodi.open(where)
    room.wait_until_drawn(lambda: bool(room.ticked()), "ticks")
    room.kodi.home()
    untick(room, plugin.season(EXPLICIT, "Dark", 1, [2])[0]["path"])
    room.kodi.open(where)
    room.kodi.wait_for(lambda: len(room.ticked()) >= 20, what="the rows")
    room.let_it_look(2.5)
    assert "Dark 1x02" not in room.ticked()
    assert len(room.ticked()) == 20


def test_a_tick_that_is_removed_by_hand_comes_back_with_a_newer_watch_only(
    room: LivingRoom,
) -> None:
    """Over restarts too: what was written is remembered, with its date."""
    where = plugin.path(EXPLICIT, "season")
    room.kodi.open(where)
    wait_for_ticks(room, WATCHED)
    room.kodi.home()
    untick(room, plugin.season(EXPLICIT, "Dark", 1, [2])[0]["path"])
    room.kodi.quit()
    room.kodi.start()
    room.kodi.open(where)
    room.kodi.wait_for(lambda: len(room.ticked()) >= len(WATCHED) - 1, what="the rows")
    room.let_it_look(2.5)
    assert room.ticked() == WATCHED[1:]
    room.simkl.person.watch(room.titles["Dark"], season=1, episode=2, at="2024-04-01T20:00:00Z")
    try:
        room.kodi.home()
        room.forget_answers()
        room.kodi.open(where)
        wait_for_ticks(room, WATCHED)
    finally:
        room.simkl.person.watch(room.titles["Dark"], season=1, episode=2, at=AT)


def test_ticks_that_kodi_has_lost_as_a_whole_come_back(room: LivingRoom) -> None:
    where = plugin.path(EXPLICIT, "season")
    room.kodi.open(where)
    wait_for_ticks(room, WATCHED)
    room.kodi.home()
    for row in plugin.season(EXPLICIT, "Dark", 1, range(1, 31)):
        untick(room, row["path"])
    room.kodi.quit()
    room.kodi.start()
    room.kodi.open(where)
    wait_for_ticks(room, WATCHED)


def test_where_kodi_hides_what_is_watched_nothing_vanishes_under_the_cursor(
    room: LivingRoom,
) -> None:
    where = plugin.path(EXPLICIT, "season")
    room.kodi.open(plugin.path(EXPLICIT, "episode"))
    room.kodi.show("Unwatched")
    try:
        room.kodi.open(where)
        room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == 30, what="the rows")
        room.kodi.wait_for(room.asked, what="the question")
        room.let_it_look(3)
        assert len(room.kodi.rows("Label")) == 30
        room.kodi.home()
        room.let_it_look(2)
        room.kodi.open(where)
        room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == 9, what="the rows that are left")
    finally:
        room.kodi.open(plugin.path(EXPLICIT, "episode"))
        room.kodi.show("All videos")
        room.let_it_look(0.5)


# Plain files.


@pytest.fixture
def folder(room: LivingRoom) -> Iterator[Path]:
    made = room.kodi.home_folder.media / "Dark (2017)"
    (made / "Season 1").mkdir(parents=True, exist_ok=True)
    for name in ("S01E01", "S01E02", "S01E11-E12", "S01E01-E02 again", "other"):
        (made / "Season 1" / f"{name}.mkv").write_bytes(b"")
    (room.kodi.home_folder.media / "Heat (1995).mkv").write_bytes(b"")
    yield made
    for file in room.kodi.home_folder.media.rglob("*.mkv"):
        untick(room, str(file))


def test_plain_files_are_ticked_at_once_and_not_loaded_again(
    room: LivingRoom, folder: Path
) -> None:
    room.kodi.open(f"{folder}/Season 1/")
    room.kodi.wait_for(lambda: room.ticked() == ["S01E02.mkv", "S01E11-E12.mkv"], what="ticks")
    assert room.asked() == [[{"type": "show", "title": "Dark", "year": 2017}]]
    room.kodi.open(f"{folder.parent}/")
    room.kodi.wait_for(lambda: room.ticked() == ["Heat (1995).mkv"], what="the film")
    log = room.kodi.log()
    assert not re.search("the list is loaded again.*Season 1", log)


def test_a_later_date_and_a_resume_point_of_a_plain_file_stay(
    room: LivingRoom, folder: Path
) -> None:
    file = str(folder / "Season 1" / "S01E02.mkv")
    resume = {"position": 60.0, "total": 600.0}
    given: dict[str, Any] = {"file": file, "media": "video"}
    room.kodi.rpc("Files.SetFileDetails", **given, lastplayed="2025-01-01 10:00:00", resume=resume)
    room.kodi.open(f"{folder}/Season 1/")
    room.kodi.wait_for(lambda: "S01E02.mkv" in room.ticked(), what="the tick")
    kept = ["playcount", "lastplayed", "resume"]
    details = room.kodi.rpc("Files.GetFileDetails", **given, properties=kept)["filedetails"]
    assert {name: details[name] for name in kept} == {
        "playcount": 1,
        "lastplayed": "2025-01-01 10:00:00",
        "resume": resume,
    }


def test_a_tick_that_is_removed_from_the_library_does_not_come_back_by_the_files_name(
    room: LivingRoom,
) -> None:
    library = room.new_library()
    library.film("Heat", 1995, ids={"tmdb": "949"})
    room.kodi.add_library(library)
    folder = f"{library.root}/films/Heat (1995)/"
    room.kodi.open(folder)
    room.kodi.wait_for(room.asked, what="the question")
    room.let_it_look()
    assert room.kodi.watched("Heat").playcount == 0
