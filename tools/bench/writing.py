"""How long a list takes to open while thousands of ticks are written."""

from __future__ import annotations

import statistics
import time
from functools import partial

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import FILMS, SERIES, LivingRoom

from .comparison import Subject
from .kodis import WATCHED_AT, fresh_kodi, prepared_room
from .opening import Case
from .report import ms, ratio, table

_LIST = Case("films", 200)
_OPENINGS = 5  # of the list in one run of a comparison


def measured(runs: int) -> str:
    quiet, writing = _openings(runs)
    rows = [
        ("nothing", ms(quiet)),
        ("4,000 episodes seen only in the list of series are ticked", ms(writing)),
    ]
    return (
        f"Milliseconds to open a list of 200 films: median of {runs}, and the slowest in brackets."
        f"\n\n{table(('meanwhile', 'to open'), rows)}\n"
        f"Ratio of the medians: {ratio(writing, quiet)}."
    )


def subjects() -> list[Subject]:
    return [Subject(partial(prepared_room, _furnish), _figures)]


def _furnish(room: LivingRoom) -> None:
    _LIST.furnish(room)
    _add_many_series(room)


def _figures(room: LivingRoom) -> dict[str, float]:
    with fresh_kodi(room):
        quiet = [_seconds_to_open(room.kodi) for _ in range(_OPENINGS)]
        writing = _while_written(room.kodi, _OPENINGS)
    return {
        f"{_LIST.name}: to open while nothing is written, ms": 1000 * statistics.median(quiet),
        f"{_LIST.name}: to open while ticks are written, ms": 1000 * statistics.median(writing),
    }


def _openings(runs: int) -> tuple[list[float], list[float]]:
    """Seconds to open a list of 200 films, without and with 4,000 ticks being written."""
    with prepared_room(_LIST.furnish) as room:
        room.kodi.start()
        _add_many_series(room)
        quiet = [_seconds_to_open(room.kodi) for _ in range(runs)]
        writing = _while_written(room.kodi, runs)
    return quiet, writing


def _while_written(kodi: Kodi, openings: int) -> list[float]:
    """Seconds to open the list while the ticks of the series are written."""
    kodi.open(SERIES)
    kodi.wait_for(lambda: _ticks(kodi) > 0, what="the first tick")
    taken = [_seconds_to_open(kodi) for _ in range(openings)]
    if _ticks(kodi) >= 4000:
        raise SystemExit("the ticks were all written before the lists were opened")
    return taken


def _add_many_series(room: LivingRoom) -> None:
    """20 series of 200 watched episodes each."""
    series = room.new_library()
    for number in range(20):
        series.series(f"Series {number}", 2001, {1: 200}, ids={"tvdb": str(500 + number)})
        title = room.simkl.add_series(f"Series {number}", 2001, {1: 200}, tvdb=500 + number)
        room.simkl.person.watch(title, season=1, at=WATCHED_AT)
    room.kodi.add_library(series)


def _seconds_to_open(kodi: Kodi) -> float:
    start = time.monotonic()
    kodi.open(FILMS)
    seconds = time.monotonic() - start
    kodi.home()
    time.sleep(0.3)
    return seconds


def _ticks(kodi: Kodi) -> int:
    return sum(row["watchedepisodes"] for row in kodi.series())
