"""The first page's ticks, however long the list and however large the library."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.kodi.harness.living_room import LivingRoom

from . import filling, plots
from .comparison import Subject
from .kodis import SIMKL_SECONDS, fresh_kodi, prepared_room, walk_there
from .opening import Case, is_drawn, lose_ticks, moment, page_of, watched_opening
from .report import ms, ratio, table

ROWS = (10, 100, 1000, 5000)
_SEASON = Case("episodes", 25)
_SERIES = {1_000: 40, 50_000: 2_000}  # episodes: series that hold them

_SECONDS = 3.0  # for which an opened list is watched
_CALM = 2.0  # seconds without a new tick

_TEXT = """Milliseconds from the drawn list to the ticks of its first page: median, and the slowest
run in brackets. "never seen" holds Simkl's {simkl:.0f} ms. "remembered": Simkl was asked before,
and Kodi lost its ticks.
Where the aims are missed: each film in sight is six flushes to disk, and each step of the add-on
waits for a frame, a look at a list that Kodi is still building too. How many frames a second the
machine draws is told by "answers a second" under "Scrolling".

{rows}
![First ticks over rows](plots/first-ticks.png)

The same for a season of 25 episodes in a small library and in a large one, with as many answers
remembered. Ratios of the medians: never seen {never:s}, remembered {known:s} (aim: 1.2 or less).

{libraries}"""
_AIM_NEVER, _AIM_KNOWN = 0.15 + SIMKL_SECONDS, 0.15


class FirstTicks(NamedTuple):
    """Seconds from the drawn list to its page's ticks, of each run."""

    never: Sequence[float]
    known: Sequence[float]


def measured(runs: int) -> str:
    lists = {rows: _of_list(rows, runs) for rows in ROWS}
    libraries = {episodes: _of_library(series, runs) for episodes, series in _SERIES.items()}
    plots.draw(
        "first-ticks.png",
        {
            "never seen": [(rows, 1000 * _median(each.never)) for rows, each in lists.items()],
            "remembered": [(rows, 1000 * _median(each.known)) for rows, each in lists.items()],
        },
        names=("rows", "ms from the drawn list to the first page's ticks"),
        is_log=True,
    )
    small, large = libraries.values()
    return _TEXT.format(
        simkl=1000 * SIMKL_SECONDS,
        rows=_table("list", {f"{rows:,} films": each for rows, each in lists.items()}),
        libraries=_table("library", {f"{n:,} episodes": each for n, each in libraries.items()}),
        never=ratio(large.never, small.never),
        known=ratio(large.known, small.known),
    )


def subjects() -> list[Subject]:
    lists = [Case("films", rows) for rows in ROWS]
    return [
        *(
            Subject(partial(prepared_room, case.furnish), partial(_figures, case.name, case, 0))
            for case in lists
        ),
        *(
            Subject(
                partial(_library_room, series),
                partial(_figures, f"library of {episodes} episodes", _SEASON, series),
            )
            for episodes, series in _SERIES.items()
        ),
    ]


def _figures(name: str, case: Case, answers: int, room: LivingRoom) -> dict[str, float]:
    never, known = _run(room, case, answers)
    return {
        f"{name} never seen: first page, ms": 1000 * never,
        f"{name} remembered: first page, ms": 1000 * known,
    }


def _of_list(rows: int, runs: int) -> FirstTicks:
    case = Case("films", rows)
    with prepared_room(case.furnish) as room:
        return _runs(room, case, runs, answers=0)


def _of_library(series: int, runs: int) -> FirstTicks:
    with _library_room(series) as room:
        return _runs(room, _SEASON, runs, answers=series)


@contextmanager
def _library_room(series: int, archive: Path | None = None) -> Iterator[LivingRoom]:
    with prepared_room(_SEASON.furnish, archive=archive) as room:
        filling.copy_series(room.kodi.home_folder.userdata / "Database", series)
        yield room


def _runs(room: LivingRoom, case: Case, runs: int, answers: int) -> FirstTicks:
    never, known = zip(*(_run(room, case, answers) for _ in range(runs)))
    print(case, answers, ms(never), ms(known))
    return FirstTicks(never, known)


def _run(room: LivingRoom, case: Case, answers: int) -> tuple[float, float]:
    """Seconds to the first page's ticks: never seen, and remembered."""
    with fresh_kodi(room):
        walk_there(room.kodi)
        never = _first_ticks(room, case)
        room.kodi.home()
        _wait_for_calm(room)
        filling.copy_answers(room.memory, answers)
        lose_ticks(room.kodi, case)
        posts = len(room.asked())
        known = _first_ticks(room, case)
        if case.rows <= 100 and len(room.asked()) > posts:
            raise SystemExit(f"{case}: Simkl was asked about what was remembered")
        return never, known


def _first_ticks(room: LivingRoom, case: Case) -> float:
    page = page_of(case)
    _, seen = watched_opening(room, case, ["Container.NumItems", *page], _SECONDS)
    ticked = moment(seen, lambda now: all("Watched.png" in now[label] for label in page))
    taken = ticked - moment(seen, lambda now: is_drawn(now, case))
    if math.isnan(taken):
        raise SystemExit(f"{case}: no ticks after {_SECONDS:.0f} s")
    return taken


def _wait_for_calm(room: LivingRoom) -> None:
    """Until what was answered is written and nothing more is."""
    before, since = -1, time.monotonic()
    while time.monotonic() - since < _CALM:
        now = len(room.kodi.updates_heard())
        if now != before:
            before, since = now, time.monotonic()
        time.sleep(0.2)


def _median(taken: Sequence[float]) -> float:
    return statistics.median(taken)


def _table(name: str, found: dict[str, FirstTicks]) -> str:
    heads = (name, f"never seen (aim < {1000 * _AIM_NEVER:.0f})",
             f"remembered (aim < {1000 * _AIM_KNOWN:.0f})")  # fmt: skip
    return table(heads, [[row, ms(each.never), ms(each.known)] for row, each in found.items()])
