"""How quickly a list of Kodi's library gets its ticks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tests.kodi.harness.living_room import LivingRoom

from .comparison import Subject
from .kodis import fresh_kodi, prepared_room, walk_there
from .opening import Case, is_drawn, lose_ticks, moment, page_of, watched_opening
from .report import ms, span, table
from .whole_runs import whole_runs

ROWS = (25, 200, 1000)
CASES = [Case(kind, count) for kind in ("episodes", "films") for count in ROWS]
# What issue and design ask for, in ms to the last tick of a season of 25.
AIMS = {("episodes", 25, "never seen"): 600, ("episodes", 25, "remembered"): 250}

_TEXT = """Milliseconds since Kodi was asked to open the list: median, and the slowest run in
brackets, until the list is drawn, the first page is ticked, the last row is ticked; and that last
one counted from the drawn list. Drawing is Kodi's own share, with the skin's way of changing
windows; "add-on off" is what it takes where the add-on is switched off. Keys are pressed on the
home screen before, as on the way to a list: the add-on makes ready to ask then. Each run begins on
a freshly scanned library.
"remembered": Simkl was asked before, and Kodi lost its ticks. That aim counts from the opening,
too, and is shorter than Kodi itself takes to draw a list with this skin.
"heard": announcements that other add-ons got, none of them a mark.
What a film takes is what Kodi flushes to disk ("What a tick of a film costs"); beside that the
add-on waits for a frame between two steps. For the last of 1,000 episodes one and the same commit
took 3.5 s on one machine without a graphics card, and 13 s on the next. Of 1,000 films never seen
nine seconds are the time between ten POSTs.

"""
_HEADS = ("list", "answers", "runs", "drawn", "page", "last row", "after drawn", "aim", "POSTs",
          "heard")  # fmt: skip


class Run(NamedTuple):
    """One opening of a list. Seconds since it was asked for: the list is drawn, the ticks of
    the first page are, the tick of the last row is. posts: to Simkl. announced: OnUpdates.
    """

    drawn: float
    page: float
    whole: float
    posts: int
    announced: int


def measured(runs: int) -> str:
    rows = []
    for case in CASES:
        pairs = list(_pairs(case, runs))
        for state, taken in zip(("never seen", "remembered"), zip(*pairs)):
            rows.append(_row(case, state, taken))
            whole = statistics.median(run.whole for run in taken)
            print(f"{case.rows} {case.kind}, {state}: {1000 * whole:.0f} ms to the last tick")
        rows.append(
            [f"{case.rows} {case.kind}", "add-on off", str(runs), ms(_drawn_by_kodi(case, runs))]
        )
    return _TEXT + table(_HEADS, [[*row, *[""] * (len(_HEADS) - len(row))] for row in rows])


def subjects() -> list[Subject]:
    return [
        Subject(partial(prepared_room, case.furnish), partial(_figures, case)) for case in CASES
    ]


def _figures(case: Case, room: LivingRoom) -> dict[str, float]:
    first, again = _pair(room, case)
    return {
        **run_figures(f"{case.name} never seen", first),
        **run_figures(f"{case.name} remembered", again),
    }


def run_figures(name: str, run: Run) -> dict[str, float]:
    """What is compared of a run. name: of the list."""
    return {
        f"{name}: drawn, ms": 1000 * run.drawn,
        f"{name}: page, ms": 1000 * run.page,
        f"{name}: last row, ms": 1000 * run.whole,
        f"{name}: last row after drawn, ms": 1000 * (run.whole - run.drawn),
        f"{name}: POSTs": run.posts,
        f"{name}: heard": run.announced,
    }


def _pairs(case: Case, runs: int) -> Iterator[tuple[Run, Run]]:
    with prepared_room(case.furnish) as room:
        yield from whole_runs(runs, lambda: _pair(room, case))


def _pair(room: LivingRoom, case: Case) -> tuple[Run, Run]:
    """The list opened for the first time, and again after Kodi lost its ticks."""
    with fresh_kodi(room):
        walk_there(room.kodi)
        first = opened(room, case)
        room.kodi.home()
        lose_ticks(room.kodi, case)
        return first, opened(room, case)


def _drawn_by_kodi(case: Case, runs: int) -> list[float]:
    """Seconds until the list is drawn where the add-on is switched off."""
    with prepared_room(case.furnish) as room, fresh_kodi(room):
        room.enable(False)
        walk_there(room.kodi)
        taken = []
        for _ in range(runs):
            start, seen = watched_opening(room, case, ["Container.NumItems"], 2.0)
            taken.append(moment(seen, lambda now: is_drawn(now, case)) - start)
            room.kodi.home()
            time.sleep(1)
        return taken


def opened(room: LivingRoom, case: Case, seconds_a_row: float = 0.06) -> Run:
    """Open the list of a case from the home screen and watch it until the last tick.

    seconds_a_row: how long that may take.
    """
    page = page_of(case)
    last = f"Container.ListItemAbsolute({case.rows}).Overlay"
    seconds = 3.0 + case.rows * seconds_a_row
    posts, announced = len(room.asked()), len(room.kodi.updates_heard())
    start, seen = watched_opening(
        room, case, ["Container.NumItems", *page, last], seconds, {last: "OverlayWatched.png"}
    )
    ticked = len(room.ticked())
    if ticked != case.rows:
        raise SystemExit(f"{case}: only {ticked} rows were ticked after {seconds:.0f} s")
    return Run(
        moment(seen, lambda now: is_drawn(now, case)) - start,
        moment(seen, lambda now: all("Watched.png" in now[label] for label in page)) - start,
        moment(seen, lambda now: "OverlayWatched.png" in now[last]) - start,
        len(room.asked()) - posts,
        len(room.kodi.updates_heard()) - announced,
    )


def _row(case: Case, state: str, runs: Sequence[Run]) -> list[str]:
    aim = AIMS.get((case.kind, case.rows, state))

    def column(value: Callable[[Run], float]) -> str:
        return ms([value(run) for run in runs])

    return [
        f"{case.rows} {case.kind}",
        state,
        str(len(runs)),
        column(lambda run: run.drawn),
        column(lambda run: run.page),
        column(lambda run: run.whole),
        column(lambda run: run.whole - run.drawn),
        f"< {aim}" if aim else "",
        span([run.posts for run in runs]),
        span([run.announced for run in runs]),
    ]
