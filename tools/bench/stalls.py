"""How long Kodi's window stands still after a list is opened, with the add-on and without."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom

from .kodis import fresh_kodi, press_keys, walk_there
from .report import ms, ratio, table
from .window import watching

_NUM_ITEMS = "Container.NumItems"
_FOCUS = "Container.CurrentItem"
_HEADS = ("", "no answer", "no move", "answers a second")


class Stall(NamedTuple):
    """no_answer, no_move: seconds. answers: a second; each waits for the next frame."""

    no_answer: float
    no_move: float
    answers: float


def compared(
    room: LivingRoom, open_list: Callable[[Kodi], None], rows: int, seconds: float, runs: int
) -> str:
    """A table of how long nothing moves in the seconds after the list is drawn."""
    without, with_it = [], []
    for _ in range(runs):
        with fresh_kodi(room):
            with_it.append(stalled(room.kodi, open_list, rows, seconds))
        with fresh_kodi(room):
            room.enable(False)
            without.append(stalled(room.kodi, open_list, rows, seconds))
    lines = [_row("without the add-on", without), _row("with the add-on", with_it)]
    lines.append(["ratio", *(ratio(*each) for each in zip(zip(*with_it), zip(*without)))])
    return table(_HEADS, lines)


def figures(name: str, stall: Stall) -> dict[str, float]:
    """What is compared of two builds. name: of the list."""
    return {
        f"{name}: longest without an answer, ms": 1000 * stall.no_answer,
        f"{name}: longest without a move, ms": 1000 * stall.no_move,
        f"{name}: from one answer to the next, ms": 1000 / stall.answers,
    }


def stalled(kodi: Kodi, open_list: Callable[[Kodi], None], rows: int, seconds: float) -> Stall:
    """Of the seconds after the list is drawn, in which keys are pressed."""
    walk_there(kodi)
    with watching(kodi.ports.tcp, _NUM_ITEMS, _FOCUS) as seen:
        open_list(kodi)
        seen.wait_for(lambda now: now[_NUM_ITEMS] == str(rows), what="the list")
        start = time.monotonic()
        end = press_keys(kodi, seconds)
    return Stall(
        seen.longest_wait(start), seen.longest_without_move(start, end), seen.pace(start, end)
    )


def _row(name: str, stalls: list[Stall]) -> list[str]:
    no_answer, no_move, answers = zip(*stalls)
    return [name, ms(no_answer), ms(no_move), f"{sorted(answers)[len(answers) // 2]:.0f}"]
