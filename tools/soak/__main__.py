"""What `make soak` starts; writes its part of docs/benchmarks.md."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

from tests.kodi.harness.driver import Kodi
from tools.bench import report

from .browsing import Soak
from .outcome import outcome
from .world import World, world


def main() -> None:
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    made: list[Kodi] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:

        def make(**options: Any) -> Kodi:
            made.append(Kodi(Path(folder) / "home", **options))
            return made[-1]

        try:
            with world(make, Path(folder), random.Random(wish.seed)) as found:
                body, is_good = _soaked(found, wish.minutes, wish.seed)
        finally:
            for kodi in made:
                kodi.stop()
    print(body)
    if not is_good:
        raise SystemExit("The table says what went wrong.")
    report.put(report.TITLES["soak"], body)


def _soaked(found: World, minutes: float, seed: int) -> tuple[str, bool]:
    """The part of the report, and whether nothing went wrong."""
    found.room.kodi.start()
    soak = Soak(found, seed)
    soak.browse(60 * minutes)
    soak.settle()
    return outcome(soak, found, minutes, seed)


if __name__ == "__main__":
    main()
