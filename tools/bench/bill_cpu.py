"""CPU time that the add-on takes while nothing happens, and at Kodi's start."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.home import LISTENER
from tests.kodi.harness.living_room import FILMS, LivingRoom
from tools.zip import ADDON_ID

from .comparison import Subject
from .kodis import fresh_kodi, prepared_room
from .report import ms

_IDLE_SECONDS = 600  # in all runs together
_IDLE_SECONDS_COMPARED = 60  # in each run
_LIST_SECONDS = 60
_UNTIL_ASKED = 10
_DOES_NOTHING = LISTENER  # a service that waits for announcements: Python itself, and no more

TEXT = """CPU time is that of the thread in which the service runs, as the system counts it; Simkl
is called in another one, which waits, and Kodi is heard in a third, which the part "Beside services
that do next to nothing" counts, too. "start" counts from Kodi's own start until two seconds after
its JSON-RPC answers, before anything is asked; Kodi makes a Python of its own for each service,
also for one that does nothing but listen. Medians of {runs}, and the highest in brackets. Half of
what the start takes are modules of Python itself, half the add-on's own; `requests` is not among
them."""


class Bill(NamedTuple):
    """start: seconds of CPU; more: of them, than a service that does nothing; idle, list_open:
    shares of a core.
    """

    start: float
    more: float
    idle: float
    list_open: float


def measured(runs: int) -> list[tuple[str, str, str]]:
    """Rows of the bill."""
    with prepared_room(_furnish) as room:
        bills = [_run(room, _IDLE_SECONDS / runs) for _ in range(runs)]
    start, more, idle, list_open = zip(*bills)
    minutes = f"{_IDLE_SECONDS // 60} minutes"
    return [
        (f"CPU, idle on the home screen, {minutes} in all", _share(idle), "≤ 0.3 %"),
        ("CPU, a list open, nobody moving", _share(list_open), "≤ 0.5 %"),
        ("CPU at Kodi's start", f"{ms(start)} ms", ""),
        ("of it more than a service that does nothing", f"{ms(more)} ms", "≤ 100 ms"),
    ]


def subjects() -> list[Subject]:
    return [Subject(partial(prepared_room, _furnish), _figures)]


def _figures(room: LivingRoom) -> dict[str, float]:
    bill = _run(room, _IDLE_SECONDS_COMPARED)
    return {
        "CPU, idle on the home screen, %": 100 * bill.idle,
        "CPU, a list open, nobody moving, %": 100 * bill.list_open,
        "CPU at Kodi's start, ms": 1000 * bill.start,
        "CPU at Kodi's start, more than a service that does nothing, ms": 1000 * bill.more,
    }


def _run(room: LivingRoom, idle_seconds: float) -> Bill:
    with fresh_kodi(room):
        start = _cpu(room.kodi)
        more = start - _cpu(room.kodi, _DOES_NOTHING)
        idle = _share_of_core(room.kodi, idle_seconds)
        room.kodi.open(FILMS)
        time.sleep(_UNTIL_ASKED)
        bill = Bill(start, more, idle, _share_of_core(room.kodi, _LIST_SECONDS))
    print(*bill)
    return bill


def _furnish(room: LivingRoom) -> None:
    library = room.new_library()
    library.many_films(100)
    room.kodi.add_library(library)


def _share_of_core(kodi: Kodi, seconds: float) -> float:
    before, at = _cpu(kodi), time.monotonic()
    time.sleep(seconds)
    return (_cpu(kodi) - before) / (time.monotonic() - at)


def _cpu(kodi: Kodi, addon: str = ADDON_ID) -> float:
    """Seconds of CPU that the thread of an add-on's service has had."""
    # A thread that Kodi starts for a script says so in the log, with its number.
    found = re.search(rf"T:(\d+) .*{re.escape(addon)}/\w+\.py\): start processing", kodi.log())
    if found is None:
        raise SystemExit("Kodi's log does not say in which thread the service runs")
    words = Path(f"/proc/{kodi.pid}/task/{found[1]}/schedstat").read_text(encoding="utf-8")
    return int(words.split()[0]) / 1e9


def _share(shares: Sequence[float]) -> str:
    return f"{100 * statistics.median(shares):.2f} % ({100 * max(shares):.2f} %)"
