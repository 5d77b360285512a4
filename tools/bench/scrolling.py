"""Whether scrolling through a long list of the library is as smooth as without the add-on."""

from __future__ import annotations

from functools import partial

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom

from . import stalls
from .comparison import Subject
from .kodis import fresh_kodi, prepared_room
from .opening import Case

CASE = Case("films", 5000)

_SCROLLING = 10.0  # seconds

_TEXT = """A list of {rows:,} films, all of them watched and none ticked yet. In the {seconds:.0f} s
after it is drawn, keys are pressed every 100 ms: the longest time in which Kodi's window thread
answers no question about its labels, which it does between two frames; the longest in which the
focus does not move; and how many such questions are answered. Milliseconds: median of {runs}, and
the longest in brackets. Kodi's window thread takes up each film that is
ticked meanwhile, between two frames.

"""


def measured(runs: int) -> str:
    with prepared_room(CASE.furnish) as room:
        found = stalls.compared(room, _open, CASE.rows, _SCROLLING, runs)
    return _TEXT.format(rows=CASE.rows, seconds=_SCROLLING, runs=runs) + found


def subjects() -> list[Subject]:
    return [Subject(partial(prepared_room, CASE.furnish), _figures)]


def _figures(room: LivingRoom) -> dict[str, float]:
    with fresh_kodi(room):
        stall = stalls.stalled(room.kodi, _open, CASE.rows, _SCROLLING)
    return stalls.figures(CASE.name, stall)


def _open(kodi: Kodi) -> None:
    kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[CASE.path])
