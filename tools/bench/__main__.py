"""What `make bench` starts: measures one part of the report or all, and writes it."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import bill, first_ticks, library, others, report, scrolling, writing

PARTS: dict[str, Callable[[int], str]] = {
    "library": library.measured,
    "first": first_ticks.measured,
    "scrolling": scrolling.measured,
    "writing": writing.measured,
    "bill": bill.measured,
    "others": others.measured,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--part", choices=PARTS, help="measure this one only")
    parser.add_argument("--runs", type=int, default=7, help="of each measurement")
    wish = parser.parse_args()
    for name in [wish.part] if wish.part else PARTS:
        body = PARTS[name](wish.runs)
        print(body)
        report.put(report.TITLES[name], body)


if __name__ == "__main__":
    main()
