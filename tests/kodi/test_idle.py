"""Where nobody moves the add-on hardly looks; the first key brings the pace back."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room

YEARS = range(1991, 1997)
_UNTIL_IT_RESTS = 13.0  # seconds without a key or another list, and some
_LATER_AT_MOST = 1.0  # seconds: on a busy machine; a rest that nothing ended takes up to ten


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        library = room.new_library()
        for year in YEARS:
            library.film(f"Film {year}", year, ids={"tmdb": str(year)})
            film = room.simkl.add_film(f"Film {year}", year, tmdb=str(year))
            room.simkl.person.watch(film, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        room.kodi.is_somebody_there = False  # until a test presses a key
        room.kodi.start()
        yield room


def seconds_until_ticked(room: LivingRoom, year: int) -> float:
    began = time.monotonic()
    room.kodi.open(f"videodb://movies/years/{year}/")
    room.wait_for_ticks(f"Film {year}")
    took = time.monotonic() - began
    room.kodi.home()
    return took


def test_after_a_rest_and_a_screensaver_the_first_key_brings_the_pace_back(
    room: LivingRoom,
) -> None:
    # Without one, Kodi 20.1 takes the screensaver for active until it ends.
    saver = "screensaver.xbmc.builtin.black"
    room.kodi.rpc("Settings.SetSettingValue", setting="screensaver.mode", value=saver)
    room.press_a_key()
    seconds_until_ticked(room, YEARS[0])  # all is loaded then
    awake, rested = [], []
    for first, second in ((YEARS[1], YEARS[2]), (YEARS[3], YEARS[4])):
        room.press_a_key()
        awake.append(seconds_until_ticked(room, first))
        room.kodi.builtin("ActivateScreensaver")
        room.let_it_look(_UNTIL_IT_RESTS)
        assert room.kodi.condition("System.ScreenSaverActive")
        room.kodi.key("down")
        rested.append(seconds_until_ticked(room, second))
    assert statistics.median(rested) <= statistics.median(awake) + _LATER_AT_MOST


def test_a_command_is_taken_up_though_nobody_moves(room: LivingRoom) -> None:
    room.let_it_look(_UNTIL_IT_RESTS)
    began = time.monotonic()
    room.press("open")
    room.kodi.wait_for(lambda: "Simkl" in room.kodi.dialog(), what="the menu")
    assert time.monotonic() - began < 5
