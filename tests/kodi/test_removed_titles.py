"""A tick that the person removed stays away whatever number Kodi gives the title afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
LOCAL = "2024-03-01 21:00:00"
QUIET = 1.5  # seconds without an announcement, after which Kodi has done


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        yield room


def toggle(room: LivingRoom, label: str) -> None:
    """Press the button that marks the row as watched, or as not watched."""
    kodi = room.kodi
    was_ticked = label in room.ticked()
    kodi.focus([row["Label"] for row in kodi.rows("Label")].index(label))
    kodi.wait_for(lambda: kodi.label("ListItem.Label") == label, what=f"focus on {label}")
    kodi.builtin("Action(ToggleWatched)")
    kodi.wait_for(lambda: (label in room.ticked()) != was_ticked, what=f"{label} to be toggled")


def refresh(room: LivingRoom, method: str, **params: Any) -> None:
    """Have Kodi refresh a title, and wait until it has done."""
    before = len(of_library(room))
    room.kodi.rpc(method, **params)
    room.kodi.wait_for(lambda: len(of_library(room)) > before, what="the refresh", timeout=15)
    seen = -1
    while seen != len(of_library(room)):
        seen = len(of_library(room))
        room.let_it_look(QUIET)


def of_library(room: LivingRoom) -> list[dict[str, Any]]:
    return [each for each in room.kodi.announced() if each["method"].startswith("VideoLibrary.")]


@pytest.mark.parametrize("is_open", [False, True], ids=["at home", "season open"])
def test_a_refreshed_series_gets_all_ticks_back_but_the_removed_one(
    room: LivingRoom, is_open: bool
) -> None:
    library = room.new_library()
    library.series("Dark", 2017, {1: 6}, ids={"tvdb": "9"})
    dark = room.simkl.add_series("Dark", 2017, {1: 6}, tvdb=9)
    room.simkl.person.watch(dark, at=AT)
    room.kodi.add_library(library)
    room.kodi.start()
    names = [f"0{n}. Episode {n}" for n in range(1, 7)]
    room.kodi.open(season_of(room))
    room.wait_for_ticks(*names)
    toggle(room, names[2])
    room.let_it_look(1)
    if not is_open:
        room.kodi.home()
    series = room.kodi.series()[0]["tvshowid"]
    refresh(room, "VideoLibrary.RefreshTVShow", tvshowid=series, refreshepisodes=True)
    for _ in range(2):
        room.kodi.home()
        room.kodi.open(season_of(room))
        room.let_it_look(3)
        seen = [(each["playcount"], each["lastplayed"]) for each in room.kodi.episodes()]
        assert [each for n, each in enumerate(seen) if n != 2] == [(1, LOCAL)] * 5
        assert seen[2][0] == 0
        room.kodi.home()
        room.kodi.quit()
        room.kodi.start()


def season_of(room: LivingRoom) -> str:
    return f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/"


NFO = (
    "<movie><title>{0}</title><year>2000</year><plot>P</plot>"
    '<uniqueid type="tmdb" default="true">{1}</uniqueid>{2}</movie>'
)
FILMS_OF = {"Plain": "", "Zero": "<playcount>0</playcount>", "One": "<playcount>1</playcount>"}


def furnish(room: LivingRoom) -> Library:
    """Three films, one with a playcount of Kodi's own in its .nfo, and their list, ticked."""
    library = room.new_library()
    for number, (name, more) in enumerate(FILMS_OF.items(), 1):
        library.raw_film(f"{name} (2000)", NFO.format(name, number, more))
        room.simkl.person.watch(room.simkl.add_film(name, 2000, tmdb=number), at=AT)
    room.kodi.add_library(library)
    room.kodi.start()
    room.kodi.open(FILMS)
    room.wait_for_ticks(*FILMS_OF)
    room.let_it_look(1.5)
    return library


def test_a_film_unmarked_by_hand_stays_so_over_a_refresh(room: LivingRoom) -> None:
    furnish(room)
    for name in ("Plain", "Zero"):
        toggle(room, name)
    room.let_it_look(1)
    room.kodi.home()
    for name in ("Plain", "Zero"):
        refresh(room, "VideoLibrary.RefreshMovie", movieid=room.kodi.film(name)["movieid"])
    room.kodi.open(FILMS)
    room.let_it_look(3)
    assert room.ticked() == ["One"]


@pytest.mark.parametrize("is_copy", [False, True], ids=["moved", "a better copy"])
def test_a_film_unmarked_by_hand_stays_so_under_another_name(
    room: LivingRoom, is_copy: bool
) -> None:
    """Kodi finds the new file in a scan and drops the old one in a clean-up."""
    library = furnish(room)
    toggle(room, "Plain")
    room.let_it_look(1)
    room.kodi.home()
    old = library.films / "Plain (2000)"
    if is_copy:
        library.raw_film("Plain (2000) 2160p", NFO.format("Plain", 1, ""))
        shutil.rmtree(old)
    else:
        shutil.move(old, library.films / "Plain, the film (2000)")
    library.raw_film("Witness (2000)", NFO.format("Witness", 9, ""))
    room.simkl.person.watch(room.simkl.add_film("Witness", 2000, tmdb=9), at=AT)
    room.kodi.scan(library)
    cleaned = len(room.kodi.announced("VideoLibrary.OnCleanFinished"))
    room.kodi.rpc("VideoLibrary.Clean", showdialogs=False)
    room.kodi.wait_for(
        lambda: len(room.kodi.announced("VideoLibrary.OnCleanFinished")) > cleaned,
        what="the end of the clean-up",
    )
    assert len(room.kodi.films()) == len(FILMS_OF) + 1
    room.kodi.open(FILMS)
    room.wait_for_ticks("Witness")
    room.let_it_look(2)
    assert "Plain" not in room.ticked()
