"""docs/benchmarks.md: its parts, which are measured one by one, and how numbers stand in it."""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

Made by `make bench`; the numbers stand as they came out. Kodi 20.1 under Xvfb with software
rendering, Simkl on loopback taking 50 ms for each answer. Each run is a fresh Kodi. A part that was
measured by hand says so.
"""
_PART = "\n## "
TITLES = {
    "library": "From opening a list to its ticks",
    "first": "The first ticks, however long the list",
    "scrolling": "Scrolling through 5,000 rows",
    "writing": "Opening a list while thousands of ticks are written",
    "disk": "A disk that takes its time",
    "bill": "What it costs",
    "idle": "Beside services that do next to nothing",
    "others": "Lists of other add-ons",
    "soak": "Browsing at random",
}
"""The parts, in their order."""


def put(
    title: str, body: str, order: Sequence[str] = tuple(TITLES.values()), file: Path = REPORT
) -> None:
    """Write a part over what stood in its place, and leave all others as they stand.

    order: the titles of the parts that are measured; one that is not among them comes after these.
    """
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    parts = dict(_titled(part) for part in before.split(_PART)[1:])
    parts[title] = f"{_machine()}\n\n{body}"
    titles = [
        *(known for known in order if known in parts),
        *(other for other in parts if other not in order),
    ]
    written = [f"{_PART}{name}\n\n{parts[name].strip()}\n" for name in titles]
    file.write_text(_HEAD + "".join(written), encoding="utf-8")


def _titled(part: str) -> tuple[str, str]:
    title, _, body = part.partition("\n")
    return title, body


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    head, *lines = ("| " + " | ".join(row) + " |\n" for row in (heads, *rows))
    return "".join([head, "|" + "---|" * len(heads) + "\n", *lines])


def ms(seconds: Sequence[float]) -> str:
    """The median in milliseconds, and the slowest in brackets; infinity is "never"."""
    median, slowest = (f"{1000 * each:.0f}" for each in (statistics.median(seconds), max(seconds)))
    return f"{median} ({slowest})".replace("inf", "never")


def seconds(taken: Sequence[float]) -> str:
    """The median in seconds, and the slowest in brackets."""
    return f"{statistics.median(taken):.1f} ({max(taken):.1f})"


def quotient(taken: Sequence[float], other: Sequence[float]) -> float:
    """Of the medians."""
    return statistics.median(taken) / statistics.median(other)


def ratio(taken: Sequence[float], other: Sequence[float]) -> str:
    """The same, as it is written."""
    return f"{quotient(taken, other):.2f}"


def span(counts: Sequence[int]) -> str:
    """The least and the most."""
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low} to {high}"


def _machine() -> str:
    cpus = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line]
    python = platform.python_version()
    return f"Machine: {len(cpus)} cores of {cpus[0]}, {platform.system()}, Python {python}."


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()
