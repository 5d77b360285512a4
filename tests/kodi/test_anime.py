"""Anime that Simkl splits by season: each row gets the tick of its own episode, or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simkl_server import faults

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
ADDON = "plugin.video.test.cours"
TVDB = {"tvdb": "361491"}
NAMES = ["01. Episode 1", "02. Episode 2", "03. Episode 3"]


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    second = {"uids": {"tvshow.tvdb": TVDB["tvdb"]}}
    rows = plugin.season(ADDON, "Fruits Basket", 2, range(1, 4), **second)
    long = plugin.season(ADDON, "Fruits Basket", 2, range(1, 251), **second)
    addon = plugin.plugin(
        tmp_path_factory.mktemp("addons"), ADDON, {"two": {"rows": rows}, "long": {"rows": long}}
    )
    with living_room(shared_kodi_factory, addons=[addon]) as room:
        library = room.new_library()
        library.series("Fruits Basket", 2019, {1: 3, 2: 3}, ids=TVDB)
        simkl = room.simkl
        first = simkl.add_series("Fruits Basket", 2019, {1: 3}, anime=True, tvdb=361491, mal=38680)
        cour = simkl.add_series(
            "Fruits Basket 2nd Season", 2020, {1: 3}, anime=True, mal=40417,
            cour_of=first, tvdb_season=2,
        )  # fmt: skip
        simkl.person.watch(first, season=1, episode=1, at=AT)
        simkl.person.watch(cour, season=1, episode=2, at=AT)
        simkl.person.watch(cour, season=1, episode=3, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _as_new(room: LivingRoom) -> Iterator[None]:
    yield
    room.kodi.home()
    room.untick_all_episodes()
    for row in plugin.season(ADDON, "Fruits Basket", 2, range(1, 4)):
        room.untick(row["path"])
    room.forget_deeds()
    room.simkl.behave()
    room.forget_answers()
    room.simkl.forget_requests()


def open_season(room: LivingRoom, season: int) -> None:
    number = room.kodi.series()[0]["tvshowid"]
    room.kodi.open(f"{SERIES}{number}/{season}/")


def test_a_second_season_is_asked_about_by_episode_and_ticked(room: LivingRoom) -> None:
    open_season(room, 2)
    room.wait_for_ticks(*NAMES[1:])
    assert room.ticked() == NAMES[1:]
    series, singles = room.asked()
    assert series == [{"type": "show", "ids": {"tvdb": 361491}}]
    assert {(item["season"], item["episode"]) for item in singles} == {
        (2, 1), (2, 2), (2, 3), (2, 9999),
    }  # fmt: skip
    open_season(room, 1)
    room.wait_for_ticks(NAMES[0])
    assert room.ticked() == NAMES[:1]
    room.kodi.home()
    open_season(room, 2)
    room.let_it_look()
    assert len(room.asked()) == 2


def test_a_second_season_in_another_add_ons_list_is_ticked(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(ADDON, "two"))
    expected = ["Fruits Basket 2x02", "Fruits Basket 2x03"]
    # The list is loaded again for the ticks: a look in that moment finds some of the rows only.
    room.kodi.wait_for(lambda: room.ticked() == expected, what=f"ticks on {expected} alone")


def test_of_a_long_list_one_question_is_about_the_episodes_near_the_focus(
    room: LivingRoom,
) -> None:
    for _ in range(2):
        room.kodi.home()
        room.kodi.open(plugin.path(ADDON, "long"))
        room.wait_for_ticks("Fruits Basket 2x02", "Fruits Basket 2x03")
        room.let_it_look(2)
        _, *singles = room.asked()
        assert [[item["episode"] for item in each] for each in singles] == [[9999, *range(1, 100)]]


def test_who_leaves_before_the_episodes_are_answered_finds_their_ticks_later(
    room: LivingRoom,
) -> None:
    open_season(room, 2)
    room.kodi.wait_for(room.asked, what="the question about the series")
    room.let_it_look(0.3)
    room.kodi.home()
    room.let_it_look(0.3)
    open_season(room, 2)
    room.wait_for_ticks(*NAMES[1:])


def test_where_simkl_answers_for_the_whole_series_nothing_is_ticked(room: LivingRoom) -> None:
    """Then an episode that no season has is called watched too, and that gives it away."""
    room.simkl.misbehave("/sync/watched", faults.change(_answered_for_the_series), times=None)
    open_season(room, 2)
    room.kodi.wait_for(lambda: len(room.asked()) == 2, what="the second question")
    room.let_it_look()
    assert room.ticked() == []


def _answered_for_the_series(body: object) -> object:
    assert isinstance(body, list)
    return [{**each, "last_watched_at": AT} if "episode" in each else each for each in body]
