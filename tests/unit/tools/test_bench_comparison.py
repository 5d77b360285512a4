"""Two builds take turns, and a table says which figures became worse."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from tools.bench.builds import Build
from tools.bench.comparison import Compared, Figures, Subject, compared, report, written

if TYPE_CHECKING:
    from tests.kodi.harness.living_room import LivingRoom

TODAY, OTHER = Build("today", Path("today.zip")), Build("0e57757", Path("other.zip"))


class Machine:
    """Measures nothing: each run of a build gives the next of its figures."""

    def __init__(self, today: Sequence[Figures], other: Sequence[Figures]) -> None:
        self.figures = {TODAY.archive: iter(today), OTHER.archive: iter(other)}
        self.runs: list[Path] = []
        self.open: list[Path] = []

    @contextmanager
    def room(self, archive: Path) -> Iterator[LivingRoom]:
        self.open.append(archive)
        yield cast("LivingRoom", archive)
        self.open.remove(archive)

    def run(self, room: Any) -> Figures:
        assert room in self.open
        self.runs.append(room)
        return next(self.figures[room])

    def compare(self, runs: int) -> list[Compared]:
        return compared([Subject(self.room, self.run)], TODAY, OTHER, runs)


def test_builds_take_turns_and_so_does_who_begins() -> None:
    machine = Machine([{"page, ms": 1.0}] * 3, [{"page, ms": 2.0}] * 3)
    machine.compare(3)
    today, other = TODAY.archive, OTHER.archive
    assert machine.runs == [today, other, other, today, today, other]
    assert machine.open == []


def test_each_figure_has_the_values_of_its_build() -> None:
    machine = Machine(
        [{"page, ms": 1.0, "POSTs": 1}, {"page, ms": 3.0, "POSTs": 1}],
        [{"page, ms": 4.0, "POSTs": 2}, {"page, ms": math.nan, "POSTs": 2}],
    )
    assert machine.compare(2) == [
        Compared("page, ms", [1.0, 3.0], [4.0, math.inf]),
        Compared("POSTs", [1, 1], [2, 2]),
    ]


@pytest.mark.parametrize(
    ("today", "other", "ratio"),
    [
        ([9.0, 1.0, 2.0], [4.0, 4.0, 100.0], 0.5),
        ([0.0], [0.0], 1.0),
        ([1.0], [0.0], math.inf),
        ([math.inf], [2.0], math.inf),
        ([2.0], [math.inf], 0.0),
    ],
)
def test_the_ratio_is_that_of_the_medians(
    today: list[float], other: list[float], ratio: float
) -> None:
    assert Compared("page, ms", today, other).ratio == ratio


def test_what_never_came_in_either_build_has_no_ratio() -> None:
    assert math.isnan(Compared("page, ms", [math.inf], [math.inf]).ratio)


def test_the_table_names_both_medians_and_below_it_what_is_worse() -> None:
    found = [
        Compared("25 films: page, ms", [850.4, 900.0, 100.0], [800.0, 801.0, 802.0]),
        Compared("25 films: POSTs", [3], [2]),
        Compared("25 films: heard", [0], [0]),
        Compared("1 film: page, ms", [math.inf], [9.0]),
        Compared("2 films: page, ms", [math.inf], [math.inf]),
    ]
    assert report(found, "today", "0e57757") == (
        "| median of the runs; less is better | runs | today | 0e57757 | ratio |\n"
        "|---|---|---|---|---|\n"
        "| 25 films: page, ms | 3 | 850 | 801 | 1.06 |\n"
        "| 25 films: POSTs | 1 | 3 | 2 | 1.50 |\n"
        "| 25 films: heard | 1 | 0 | 0 | 1.00 |\n"
        "| 1 film: page, ms | 1 | never | 9 | ∞ |\n"
        "| 2 films: page, ms | 1 | never | never |  |\n"
        "\n"
        "Worse by more than 10 % than 0e57757:\n- 25 films: POSTs: 1.50\n- 1 film: page, ms: ∞\n"
    )


def test_nothing_is_worse() -> None:
    words = report([Compared("page, ms", [1.1], [1.0])], "today", "0e57757")
    assert words.endswith("\n\nWorse by more than 10 % than 0e57757:\nnothing\n")


@pytest.mark.parametrize(
    ("value", "words"),
    [(23582.4, "23582"), (100.2, "100"), (12.345, "12.3"), (0.404, "0.40"), (3, "3"), (0.0, "0")],
)
def test_a_figure_has_no_more_digits_than_it_is_worth(value: float, words: str) -> None:
    assert written(value) == words
