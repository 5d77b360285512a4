"""A completed series of which Simkl lists no episode: only its counters say what is watched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simkl_server import faults

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
ADDON = "plugin.video.test.counted"
DARK = {"tmdb": "70523"}
REGULAR = {(1, 1), (1, 2), (2, 1)}


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    uids = {"uids": {"tvshow.tmdb": DARK["tmdb"]}}
    rows = [row for n in (1, 2) for row in plugin.season(ADDON, "Dark", n, range(1, 4), **uids)]
    addon = plugin.plugin(tmp_path_factory.mktemp("addons"), ADDON, {"all": {"rows": rows}})
    with living_room(shared_kodi_factory, addons=[addon]) as room:
        library = room.new_library()
        library.series("Dark", 2017, {0: 1, 1: 2, 2: 1}, ids=DARK)
        room.simkl.add_series("Dark", 2017, {0: 1, 1: 2, 2: 1}, tmdb=70523)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _as_new(room: LivingRoom) -> Iterator[None]:
    yield
    room.begin_anew()
    room.simkl.behave()


def completed(room: LivingRoom, **counters: int) -> None:
    """From now on Simkl says this of each title, and no season."""

    def without_seasons(body: object) -> object:
        assert isinstance(body, list)
        said = {"result": True, "list": "completed", "last_watched_at": AT, **counters}
        return [
            {**{key: value for key, value in each.items() if key != "seasons"}, **said}
            for each in body
        ]

    room.simkl.misbehave("/sync/watched", faults.change(without_seasons), times=None)


def watched(room: LivingRoom) -> dict[tuple[int, int], str]:
    """The date of each episode of the library that has a tick."""
    return {
        (row["season"], row["episode"]): row["lastplayed"]
        for row in room.kodi.episodes()
        if row["playcount"] > 0
    }


def open_season(room: LivingRoom, season: int) -> None:
    number = room.kodi.series()[0]["tvshowid"]
    room.kodi.home()
    room.kodi.open(f"{SERIES}{number}/{season}/")


def test_all_regular_episodes_are_ticked_with_the_date_of_the_title(room: LivingRoom) -> None:
    completed(room, episodes_watched=3, episodes_total=3)
    room.kodi.home()
    room.kodi.open(SERIES)
    room.kodi.wait_for(lambda: watched(room).keys() == REGULAR, what="ticks on all but the special")
    assert set(watched(room).values()) == {"2024-03-01 21:00:00"}
    open_season(room, 0)
    room.let_it_look()
    assert watched(room).keys() == REGULAR


def test_without_counters_nothing_is_ticked(room: LivingRoom) -> None:
    completed(room)
    open_season(room, 1)
    room.kodi.wait_for(room.asked, what="the question")
    room.let_it_look()
    assert watched(room) == {}


def test_where_kodi_has_more_episodes_than_are_counted_nothing_is_ticked(room: LivingRoom) -> None:
    """Simkl then speaks of one cour of an anime, and nobody knows of which."""
    completed(room, episodes_watched=2, episodes_total=2)
    open_season(room, 1)
    room.kodi.wait_for(room.asked, what="the question")
    room.let_it_look()
    assert watched(room) == {}


def test_in_another_add_ons_list_the_first_season_is_ticked_as_far_as_it_is_counted(
    room: LivingRoom,
) -> None:
    """How many episodes come before one of a later season a row does not say."""
    completed(room, episodes_watched=2, episodes_total=2)
    room.kodi.home()
    room.kodi.open(plugin.path(ADDON, "all"))
    expected = ["Dark 1x01", "Dark 1x02"]
    room.kodi.wait_for(lambda: room.ticked() == expected, what=f"ticks on {expected} alone")
