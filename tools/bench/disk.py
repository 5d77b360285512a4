"""How quickly the library's lists get their ticks where each flush to disk takes its time."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.kodi.harness.living_room import LivingRoom

from . import library, slow_disk
from .comparison import Subject
from .kodis import fresh_kodi, prepared_room, walk_there
from .opening import Case
from .report import ms, table
from .whole_runs import whole_runs

CASES = [Case("films", 1), *library.CASES]

_SECONDS_A_ROW = 0.4  # at most

_TEXT = """Each flush to disk (fsync, fdatasync, syncfs, sync_file_range) takes {more} ms more in
this Kodi, as on a box with an SD card. Milliseconds since it was asked to open a list never seen:
median, and the slowest run in brackets, until the list is drawn, the first page is ticked, the last
row is ticked; and that last one counted from the drawn list. "flushes a row": of Kodi's video
library, its journal and their folder, over the rows, from the opening until a second after the last
tick. "of its memory", "of others": flushes in the same time of what the add-on remembers, and of
all other files. Medians.

"""
_HEADS = ("list", "runs", "drawn", "page", "last row", "after drawn", "flushes a row",
          "of its memory", "of others")  # fmt: skip


class SlowRun(NamedTuple):
    opening: library.Run
    flushes: slow_disk.Flushes


def measured(runs: int) -> str:
    slow, rows = slow_disk.compiled(), []
    for case in CASES:
        with _room(case, slow) as room:
            taken = list(whole_runs(runs, partial(_run, case, room)))
        rows.append(_row(case, taken))
        print(rows[-1])
    return _TEXT.format(more=slow_disk.FLUSH_MS) + table(_HEADS, rows)


def subjects() -> list[Subject]:
    slow = slow_disk.compiled()
    return [Subject(partial(_room, case, slow), partial(_figures, case)) for case in CASES]


@contextmanager
def _room(case: Case, slow: Path, archive: Path | None = None) -> Iterator[LivingRoom]:
    """A room whose disk is slow from its next start on, when its library is scanned."""
    with prepared_room(case.furnish, archive=archive) as room:
        room.kodi.preload = slow
        yield room


def _run(case: Case, room: LivingRoom) -> SlowRun:
    with fresh_kodi(room):
        walk_there(room.kodi)
        slow_disk.forget_flushes()
        opening = library.opened(room, case, _SECONDS_A_ROW)
        return SlowRun(opening, slow_disk.flushes())


def _figures(case: Case, room: LivingRoom) -> dict[str, float]:
    opening, flushes = _run(case, room)
    name = f"{case.name}, slow disk"
    return {
        **library.run_figures(name, opening),
        f"{name}: flushes a row": flushes.library / case.rows,
        f"{name}: flushes of its memory": flushes.memory,
        f"{name}: flushes of other files": flushes.rest,
    }


def _row(case: Case, runs: Sequence[SlowRun]) -> list[str]:
    def time_until(value: Callable[[library.Run], float]) -> str:
        return ms([value(run.opening) for run in runs])

    def count(value: Callable[[slow_disk.Flushes], int]) -> float:
        return statistics.median(value(run.flushes) for run in runs)

    return [
        case.name,
        str(len(runs)),
        time_until(lambda run: run.drawn),
        time_until(lambda run: run.page),
        time_until(lambda run: run.whole),
        time_until(lambda run: run.whole - run.drawn),
        f"{count(lambda flushes: flushes.library) / case.rows:.1f}",
        f"{count(lambda flushes: flushes.memory):.0f}",
        f"{count(lambda flushes: flushes.rest):.0f}",
    ]
