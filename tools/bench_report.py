"""Turns the measurements of `make bench` into docs/benchmarks.md."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"

# What issue and design ask for, in ms to the last tick of a season of 25.
AIMS = {("episodes", 25, "never seen"): 600, ("episodes", 25, "remembered"): 250}

_HEAD = """# Benchmarks

Made by `make bench`; the numbers stand as they came out. Machine: {machine}. Kodi 20.1 under
Xvfb with software rendering, Simkl on loopback taking 50 ms for each answer. Each run is a fresh
Kodi on a freshly scanned library.

## From opening a list to its ticks

Milliseconds since Kodi was asked to open the list: median, and the slowest run in brackets, until
the list is drawn, the first page is ticked, the last row is ticked; and that last one counted from
the drawn list. Drawing is Kodi's own share, with the skin's way of changing windows. Keys are
pressed on the home screen before, as on the way to a list: the add-on makes ready to ask then.
"remembered": Simkl was asked before, and Kodi lost its ticks.
"heard": announcements that other add-ons got, none of them a mark.

| list | answers | runs | drawn | page | last row | after drawn | aim | POSTs | heard |
|---|---|---|---|---|---|---|---|---|---|
"""

_OPENINGS = """
## Opening a list while thousands of ticks are written

Milliseconds to open a list of 200 films: median of {runs}, and the slowest in brackets.

| meanwhile | to open |
|---|---|
| nothing | {quiet} |
| 4,000 episodes seen only in the list of series are ticked | {writing} |

Ratio of the medians: {ratio:.2f}.
"""


def write_report(
    results: Mapping[tuple[Any, str], Sequence[Any]],
    openings: Mapping[str, Sequence[float]],
    machine: str,
) -> None:
    """results: runs by case and state. openings: seconds by what went on meanwhile."""
    rows = [_row(case, state, runs) for (case, state), runs in results.items()]
    quiet, writing = openings["quiet"], openings["writing"]
    text = _HEAD.format(machine=machine) + "\n".join(rows) + "\n"
    text += _OPENINGS.format(
        runs=len(quiet),
        quiet=_ms(quiet),
        writing=_ms(writing),
        ratio=statistics.median(writing) / statistics.median(quiet),
    )
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text)
    print(text)


def _row(case: Any, state: str, runs: Sequence[Any]) -> str:
    aim = AIMS.get((case.kind, case.rows, state))

    def column(value: Callable[[Any], float]) -> str:
        return _ms([value(run) for run in runs])

    cells = [
        f"{case.rows} {case.kind}",
        state,
        str(len(runs)),
        column(lambda run: run.drawn),
        column(lambda run: run.page),
        column(lambda run: run.whole),
        column(lambda run: run.whole - run.drawn),
        f"< {aim}" if aim else "",
        _span([run.posts for run in runs]),
        _span([run.announced for run in runs]),
    ]
    return "| " + " | ".join(cells) + " |"


def _ms(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} ({1000 * max(seconds):.0f})"


def _span(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low} to {high}"
