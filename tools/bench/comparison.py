"""Today's build and another one, run alternately: both medians of each figure, and their ratio.

The machine has its moods, which then hit both alike. The builds take turns run by run, and the one
that begins takes turns too. Each run is a Kodi of its own; each build keeps its prepared home.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from .builds import Build
from .report import table
from .whole_runs import whole_runs

if TYPE_CHECKING:
    from tests.kodi.harness.living_room import LivingRoom  # which needs a screen

WORSE = 1.1
"""A ratio above it is named once more below the table."""

Figures = Mapping[str, float]
"""What one run measured, by name; of each, less is better."""


class Subject(NamedTuple):
    """What is measured of two builds. room: takes `archive`. run: measures once in that room."""

    room: Callable[..., AbstractContextManager[LivingRoom]]
    run: Callable[[LivingRoom], Figures]


class Compared(NamedTuple):
    """A figure's values in the runs of both builds."""

    name: str
    today: Sequence[float]
    other: Sequence[float]

    @property
    def ratio(self) -> float:
        """Of the medians; nan where there is none, as of two that are infinite."""
        today, other = statistics.median(self.today), statistics.median(self.other)
        if today == other:
            return 1.0 if math.isfinite(today) else math.nan
        return today / other if other else math.inf


def compared(subjects: Sequence[Subject], today: Build, other: Build, runs: int) -> list[Compared]:
    """Measure them; prints what each run gave."""
    found = []
    for subject in subjects:
        taken = _alternately(subject, (today, other), runs)
        names = {name: None for figures in (*taken[0], *taken[1]) for name in figures}
        found += [Compared(name, *(_values(name, figures) for figures in taken)) for name in names]
    return found


def _values(name: str, runs: Sequence[Figures]) -> list[float]:
    values = [figures[name] for figures in runs]
    # Of what never came: a median of nan would be anything.
    return [math.inf if math.isnan(value) else value for value in values]


def _alternately(
    subject: Subject, builds: tuple[Build, Build], runs: int
) -> tuple[list[Figures], list[Figures]]:
    taken: tuple[list[Figures], list[Figures]] = ([], [])
    with ExitStack() as stack:
        rooms = [stack.enter_context(subject.room(archive=build.archive)) for build in builds]
        for number in range(runs):
            for which in (0, 1) if number % 2 == 0 else (1, 0):
                (figures,) = whole_runs(1, partial(subject.run, rooms[which]))
                taken[which].append(figures)
                print(f"run {number + 1} of {runs}, {builds[which].name}:", _line(figures))
    return taken


def _line(figures: Figures) -> str:
    return "; ".join(f"{name} {written(value)}" for name, value in figures.items())


def report(found: Sequence[Compared], today: str, other: str) -> str:
    """The table, and which figures are worse. today, other: names of the builds."""
    rows = [
        (
            each.name,
            str(len(each.today)),
            written(statistics.median(each.today)),
            written(statistics.median(each.other)),
            written_ratio(each.ratio),
        )
        for each in found
    ]
    heads = ("median of the runs; less is better", "runs", today, other, "ratio")
    worse = [f"- {each.name}: {written_ratio(each.ratio)}" for each in found if each.ratio > WORSE]
    share = f"{100 * (WORSE - 1):.0f} %"
    verdict = "\n".join([f"Worse by more than {share} than {other}:", *(worse or ["nothing"])])
    return f"{table(heads, rows)}\n{verdict}\n"


def written(value: float) -> str:
    """Three digits or more; infinity and nan are "never"."""
    if not math.isfinite(value):
        return "never"
    digits = 0 if value == round(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def written_ratio(ratio: float) -> str:
    return "" if math.isnan(ratio) else "∞" if math.isinf(ratio) else f"{ratio:.2f}"
