"""Other add-ons' lists of any speed: Back leads up, no key is lost, and no list is left empty."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room

ADDON = "plugin.video.test.speeds"
SECONDS = {"instant": 0.0, "tenth": 0.1, "half": 0.5, "one": 1.0, "two": 2.0, "five": 5.0}
COUNT = 12
SERIES = 60  # enough for some seconds of writing, each with a call that has Kodi load a list
AT = "2024-03-01T20:00:00Z"
_NUMBER = itertools.count(1)


def film(name: str, number: int) -> plugin.Row:
    title = f"{name} {number}"
    path = f"plugin://{ADDON}/play/?film={name}{number}"
    uids = {"tmdb": str(100 + number)}
    return {"mediatype": "movie", "title": title, "year": 1990, "path": path, "uids": uids}


def folder(name: str) -> plugin.Row:
    path = plugin.path(ADDON, name)
    return {"title": name, "label": name, "path": path, "folder": True, "playable": False}


def lists() -> dict[str, Any]:
    return {
        "above": {"rows": [folder(name) for name in SECONDS]},
        "top": {"rows": [folder("above")]},
        **{
            name: {"rows": [film(name, number) for number in range(COUNT)], "seconds": seconds}
            for name, seconds in SECONDS.items()
        },
    }


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    addon = plugin.plugin(tmp_path_factory.mktemp("addons"), ADDON, lists())
    with living_room(shared_kodi_factory, addons=[addon]) as room:
        for number in range(COUNT):
            room.simkl.person.watch(
                room.simkl.add_film(f"Film {number}", 1990, tmdb=100 + number), at=AT
            )
        for number in range(1, SERIES + 1):
            name, year = f"Series {number:03}", 1980 + number % 40
            series = room.simkl.add_series(name, year, {1: 2}, tvdb=200_000 + number)
            for episode in (1, 2):
                room.simkl.person.watch(series, season=1, episode=episode, at=AT)
        library = room.new_library()
        library.many_series(SERIES, {1: 2})
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _as_new(room: LivingRoom) -> None:
    clear(room)


def clear(room: LivingRoom) -> None:
    """No list is open, and nothing is ticked."""
    room.kodi.home()
    room.let_it_look(0.5)
    for name in SECONDS:
        for number in range(COUNT):
            path = film(name, number)["path"]
            room.kodi.rpc(
                "Files.SetFileDetails", file=path, media="video", playcount=0, lastplayed=""
            )
    for episode in room.kodi.rpc("VideoLibrary.GetEpisodes", properties=["file", "playcount"])[
        "episodes"
    ]:
        if episode["playcount"]:
            file = episode["file"]
            room.kodi.rpc(
                "Files.SetFileDetails", file=file, media="video", playcount=0, lastplayed=""
            )
    room.forget_deeds()
    room.forget_answers()


def watched(room: LivingRoom) -> int:
    """Of how many series the episodes are ticked."""
    series = room.kodi.rpc("VideoLibrary.GetTVShows", properties=["watchedepisodes"])["tvshows"]
    return sum(each["watchedepisodes"] == 2 for each in series)


def enter(room: LivingRoom, name: str) -> None:
    """Press one's way from the add-on's first list down to one."""
    kodi = room.kodi
    kodi.open(plugin.path(ADDON, "top"))
    kodi.focus(0)
    kodi.key("return")
    kodi.wait_for(lambda: kodi.shows(plugin.path(ADDON, "above")), what="the list above")
    kodi.wait_for(lambda: len(kodi.rows("Label")) == len(SECONDS), what="its rows")
    kodi.focus(list(SECONDS).index(name))
    kodi.key("return")
    kodi.wait_for(lambda: kodi.shows(plugin.path(ADDON, name)), what=f"the list {name}")


def listings(room: LivingRoom) -> int:
    return int((room.kodi.home_folder.data(ADDON) / "listings").read_text() or 0)


def where(room: LivingRoom) -> str:
    return room.kodi.label("Container.FolderPath")


@pytest.mark.parametrize("name", ["half", "two"])
def test_a_list_that_takes_long_is_not_loaded_again_and_back_leads_up(
    room: LivingRoom, name: str
) -> None:
    enter(room, name)
    before = listings(room)
    room.let_it_look(2)
    room.kodi.key("down")
    room.let_it_look(1.5)
    assert listings(room) == before
    assert room.kodi.label("ListItem.Title") == f"{name} 0"
    room.kodi.key("backspace")
    room.kodi.wait_for(
        lambda: room.kodi.shows(plugin.path(ADDON, "above")), timeout=1.5, what="the list above"
    )
    room.let_it_look(1)
    room.kodi.key("return")
    room.wait_for_ticks(*(f"{name} {number}" for number in range(COUNT)))


def back_at(room: LivingRoom, name: str, seconds: float) -> None:
    """Back is pressed so long after this add-on has begun to load the list again."""

    def is_loaded_again() -> bool:
        """On a busy machine the list may open slowly, and is not."""
        clear(room)
        enter(room, name)
        before, end = listings(room), time.monotonic() + 3
        while listings(room) == before and time.monotonic() < end:
            time.sleep(0.002)
        return listings(room) > before

    room.kodi.wait_for(is_loaded_again, timeout=60, what="the load of ours")
    time.sleep(seconds)
    room.kodi.key("backspace")
    room.kodi.wait_for(
        lambda: room.kodi.shows(plugin.path(ADDON, "above")), timeout=3, what="the list above"
    )


def shows_first_list(room: LivingRoom) -> bool:
    return room.kodi.shows(plugin.path(ADDON, "top"))


def is_home(room: LivingRoom) -> bool:
    return room.kodi.condition("Window.IsActive(home)")


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.2])
def test_back_leads_up_at_any_moment_of_a_load_of_ours(room: LivingRoom, seconds: float) -> None:
    log = len(room.kodi.log())
    back_at(room, "instant", seconds)
    room.let_it_look(0.5)
    assert room.kodi.label("ListItem.Label") == "instant"
    room.kodi.key("backspace")
    if "the list above is opened" in room.kodi.log()[log:]:
        # Kodi had left for the root: its own way back leads home from there (docs/lists.md).
        room.kodi.wait_for(lambda: is_home(room) or shows_first_list(room), what="a way back")
    else:
        room.kodi.wait_for(lambda: shows_first_list(room), what="the first list")


@pytest.mark.parametrize("name", ["tenth", "half", "one", "two"])
def test_a_list_that_is_opened_while_ticks_are_written_has_its_rows(
    room: LivingRoom, name: str
) -> None:
    room.kodi.open("videodb://tvshows/titles/")  # whose episodes are written unseen
    room.kodi.wait_for(lambda: watched(room) > 3, what="the first of the ticks", every=0.01)
    room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[plugin.path(ADDON, name)])
    room.let_it_look(SECONDS[name] + 2.5)
    assert where(room) == plugin.path(ADDON, name)
    again = SECONDS[name] + 1  # where the two met all the same, it is loaded once more
    room.kodi.wait_for(
        lambda: len(room.kodi.rows("Title")) == COUNT, timeout=again, what=f"the rows of {name}"
    )


def test_nothing_that_loads_lists_is_sent_while_an_add_ons_list_is_open(room: LivingRoom) -> None:
    room.kodi.open("videodb://tvshows/titles/")
    room.kodi.wait_for(lambda: watched(room) > 3, what="the first of the ticks", every=0.01)
    room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[plugin.path(ADDON, "half")])
    room.kodi.wait_for(lambda: len(room.kodi.rows("Title")) == COUNT, what="its rows")
    before = listings(room)
    room.let_it_look(6)
    assert watched(room) > 10
    assert listings(room) == before
