"""How long Kodi's window stands still while the add-on reads a long list."""

from __future__ import annotations

import time
from typing import NamedTuple

from tests.kodi.driver import Kodi

from .kodis import fresh_kodi, press_keys, switch_off, walk_there
from .others_lists import Case, open_list, room_with
from .report import ms, ratio, table
from .window import watching

# One question for all rows: they are read without a pause in between, and nothing is written.
CASE = Case(2000, 1)

_READING = 6.0  # seconds; most rows are read by then
_NUM_ITEMS = "Container.NumItems"
_FOCUS = "Container.CurrentItem"

_TEXT = """### Kodi's window while the rows are read

A list of {name}, of which none is watched: the add-on reads every row, asks
and writes nothing. In the {reading:.0f} s after the list is drawn, keys pressed every 100 ms: the
longest time in which Kodi's window thread answers no question about its labels, which it does
between two frames, and the longest in which the focus does not move. Milliseconds: median of
{runs}, and the longest in brackets.

"""
_HEADS = ("", "no answer", "no move")


class Stall(NamedTuple):
    """Seconds."""

    no_answer: float
    no_move: float


def measured(runs: int) -> str:
    without, reading = [], []
    with room_with(CASE) as room:
        CASE.tell(room)
        for _ in range(runs):
            with fresh_kodi(room):
                reading.append(_stalled(room.kodi))
            with fresh_kodi(room):
                switch_off(room.kodi)
                without.append(_stalled(room.kodi))
    rows = [_row("without the add-on", without), _row("with the add-on", reading)]
    rows.append(["ratio", *(ratio(*each) for each in zip(zip(*reading), zip(*without)))])
    text = _TEXT.format(name=CASE.name, reading=_READING, runs=runs)
    return text + table(_HEADS, rows)


def _stalled(kodi: Kodi) -> Stall:
    walk_there(kodi)
    with watching(kodi.ports.tcp, _NUM_ITEMS, _FOCUS) as seen:
        open_list(kodi)
        seen.wait_for(lambda now: now[_NUM_ITEMS] == str(CASE.rows), what="the list")
        start = time.monotonic()
        end = press_keys(kodi, _READING)
    return Stall(seen.longest_wait(start), seen.longest_without_move(start, end))


def _row(name: str, stalls: list[Stall]) -> list[str]:
    return [name, *(ms(column) for column in zip(*stalls))]
