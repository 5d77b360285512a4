"""What `make bench` starts: measures one part of the report or all, and writes it.

With another commit it compares today's build with that one, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.kodi.harness.living_room import built_zip

from . import bill, disk, first_ticks, idle, library, others, report, scrolling, writing
from .builds import Build, build_of
from .comparison import Subject, compared
from .comparison import report as report_of


class Part(NamedTuple):
    """measured: its text, given the number of runs. subjects: what of it is compared.
    left_out: what is not, and why.
    """

    measured: Callable[[int], str]
    subjects: Callable[[], Sequence[Subject]]
    left_out: str = ""


PARTS = {
    "library": Part(library.measured, library.subjects),
    "first": Part(first_ticks.measured, first_ticks.subjects),
    "scrolling": Part(scrolling.measured, scrolling.subjects),
    "writing": Part(writing.measured, writing.subjects),
    "disk": Part(disk.measured, disk.subjects),
    "bill": Part(bill.measured, bill.subjects, bill.NOT_COMPARED),
    "idle": Part(idle.measured, idle.subjects),
    "others": Part(others.measured, others.subjects),
}


def main() -> None:
    wish = parsed()
    names = [wish.part] if wish.part else list(PARTS)
    if wish.against:
        _compare(names, wish.against, wish.runs)
        return
    for name in names:
        body = PARTS[name].measured(wish.runs)
        print(body)
        report.put(report.TITLES[name], body)


def parsed(words: Sequence[str] | None = None) -> argparse.Namespace:
    """words: of the command line; None for those of this process."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--part", choices=PARTS, help="measure this one only")
    parser.add_argument("--runs", type=int, default=7, help="of each measurement")
    parser.add_argument("--against", help="a commit: run its build and today's alternately")
    return parser.parse_args(words)


def _compare(names: Sequence[str], commit: str, runs: int) -> None:
    with build_of(commit) as other:
        today = Build("today", built_zip())
        found = []
        for name in names:
            found += compared(PARTS[name].subjects(), today, other, runs)
        print(f"\n{report_of(found, today.name, other.name)}")
    for name in names:
        if PARTS[name].left_out:
            print(f"Not compared of the part {name}: {PARTS[name].left_out}")


if __name__ == "__main__":
    main()
