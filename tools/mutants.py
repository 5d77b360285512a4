"""What `make mutants` starts: breaks the files that decide, one small thing at a time.

A test has to fail each time. pyproject.toml says which files and which tests. Exit status 1 below
the share that is asked for.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

_MUTMUT = str(Path(sys.executable).with_name("mutmut"))
_LEAST = 90  # percent
_CAUGHT = ("killed", "timeout")


def main() -> None:
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, *install, "-r", "requirements-mutants.txt"], check=True)
    subprocess.run([_MUTMUT, "run"], check=True)
    told = subprocess.run(
        [_MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True
    ).stdout
    outcomes = [line.strip().split(": ") for line in told.splitlines() if ": " in line]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, outcome in outcomes:
        counts["/".join(name.split(".")[1:3])][outcome] += 1
    for file, counted in sorted(counts.items()):
        print(f"lib/{file}.py: {_share(counted):.0f} % of {counted.total()}, {dict(counted)}")
    print("\n".join(f"{name}: {outcome}" for name, outcome in outcomes if outcome not in _CAUGHT))
    whole = sum(counts.values(), Counter[str]())
    print(f"Caught: {_share(whole):.1f} % of {whole.total()}")
    sys.exit(_share(whole) < _LEAST)


def _share(counted: Counter[str]) -> float:
    """Percent that was caught."""
    return 100 * sum(counted[outcome] for outcome in _CAUGHT) / counted.total()


if __name__ == "__main__":
    main()
