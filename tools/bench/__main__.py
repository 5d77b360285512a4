"""What `make bench` starts: measures one part of the report or all, and writes it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import bill, library, others, report, writing

PARTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "library": ("From opening a list to its ticks", library.measured),
    "writing": ("Opening a list while thousands of ticks are written", writing.measured),
    "bill": ("What it costs", bill.measured),
    "others": ("Lists of other add-ons", others.measured),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--part", choices=PARTS, help="measure this one only")
    parser.add_argument("--runs", type=int, default=7, help="of each measurement")
    wish = parser.parse_args()
    order = [title for title, _ in PARTS.values()]
    for title, measure in [PARTS[wish.part]] if wish.part else PARTS.values():
        body = measure(wish.runs)
        print(body)
        report.put(title, body, order)


if __name__ == "__main__":
    main()
