"""How long Kodi's window stands still while the add-on reads a long list of another add-on."""

from __future__ import annotations

from functools import partial

from tests.kodi.harness.living_room import LivingRoom

from . import stalls
from .comparison import Subject
from .kodis import fresh_kodi
from .others_lists import Case, open_list, room_with

# One question for all rows: they are read without a pause in between, and nothing is written.
CASE = Case(2000, 1)

_READING = 6.0  # seconds; most rows are read by then

_TEXT = """### Kodi's window while the rows are read

A list of {name}, of which none is watched: the add-on reads every row, asks
and writes nothing. In the {reading:.0f} s after the list is drawn, keys pressed every 100 ms: the
longest time in which Kodi's window thread answers no question about its labels, which it does
between two frames, and the longest in which the focus does not move. Milliseconds: median of
{runs}, and the longest in brackets.

"""


def measured(runs: int) -> str:
    with room_with(CASE, is_watched=False) as room:
        found = stalls.compared(room, open_list, CASE.rows, _READING, runs)
    return _TEXT.format(name=CASE.name, reading=_READING, runs=runs) + found


def subjects() -> list[Subject]:
    return [Subject(partial(room_with, CASE, is_watched=False), _figures)]


def _figures(room: LivingRoom) -> dict[str, float]:
    with fresh_kodi(room):
        stall = stalls.stalled(room.kodi, open_list, CASE.rows, _READING)
    return stalls.figures(f"{CASE.name}, none watched", stall)
