"""What the add-on costs while nothing happens, at the start, over many lists, and at Simkl."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.kodi.driver import Kodi
from tests.kodi.home import LISTENER
from tests.kodi.living_room import FILMS, SERIES, LivingRoom
from tools.zip import ADDON_ID

from .kodis import WATCHED_AT, fresh_kodi, prepared_room, switch_off
from .report import table

_IDLE_SECONDS = 60
_LISTS = 100  # that are opened while memory is measured
_SERIES = 40  # of one season each: an evening
_SEEN_BEFORE = 25
_EPISODES = 12
_DOES_NOTHING = LISTENER  # a service that waits for announcements: Python itself, and no more

_TEXT = """CPU time is that of the thread in which the service runs, as the system counts it;
Simkl is called in another one, which waits. "start" counts from Kodi's own start until two seconds
after its JSON-RPC answers, before anything is asked; Kodi makes a Python of its own for each
service, also for one that does nothing but listen. Memory is what the whole of Kodi holds after
{lists} lists were opened, 25 episodes each, less what it holds without the add-on: medians of
{runs}. The evening: {series} seasons are opened one after another, {seen} of which were opened on
the evening before.

"""


class Costs(NamedTuple):
    """idle, list_open: share of a core. start, bare_start: seconds of CPU, the latter of a service
    that does nothing.
    """

    idle: float
    list_open: float
    start: float
    bare_start: float


def measured(runs: int) -> str:
    costs, memory = [], []
    with prepared_room(_furnish) as room:
        for _ in range(runs):
            costs.append(_costs(room))
            memory.append((_memory(room, is_on=True), _memory(room, is_on=False)))
            print(costs[-1], memory[-1])
        posts, looks = _evening(room)
    halfway = [on.halfway - off.halfway for on, off in memory]
    whole = [on.whole - off.whole for on, off in memory]
    rows = [
        ("CPU, idle on the home screen", _share([each.idle for each in costs]), "≤ 0.3 %"),
        ("CPU, a list open, nobody moving", _share([each.list_open for each in costs]), "≤ 0.5 %"),
        ("CPU at Kodi's start", f"{_ms([each.start for each in costs])} ms", ""),
        (
            "of it more than a service that does nothing",
            f"{_ms([each.start - each.bare_start for each in costs])} ms",
            "≤ 100 ms",
        ),
        (f"memory added after {_LISTS // 2} lists", _mb(halfway), "≤ 20 MB"),
        (f"memory added after {_LISTS} lists", _mb(whole), "≤ 20 MB"),
        ("POSTs of the evening", str(posts), "≤ 15"),
        ("looks of the evening, whether anything has moved", str(looks), ""),
    ]
    text = _TEXT.format(lists=_LISTS, runs=runs, series=_SERIES, seen=_SEEN_BEFORE)
    return text + table(("what", "measured", "aim"), rows)


def _furnish(room: LivingRoom) -> None:
    library = room.new_library()
    for number in range(_SERIES):
        name, ids = f"Series {number:02}", {"tvdb": str(500 + number)}
        library.series(name, 2001, {1: 25 if number < 10 else _EPISODES}, ids=ids)
        title = room.simkl.add_series(name, 2001, {1: 25}, tvdb=500 + number)
        room.simkl.person.watch(title, season=1, at=WATCHED_AT)
    library.many_films(100)
    room.kodi.add_library(library)


# -- time --


def _costs(room: LivingRoom) -> Costs:
    with fresh_kodi(room):
        start, bare_start = _cpu(room.kodi), _cpu(room.kodi, _DOES_NOTHING)
        idle = _share_of_core(room.kodi)
        room.kodi.open(FILMS)
        time.sleep(10)  # until it is asked about
        return Costs(idle, _share_of_core(room.kodi), start, bare_start)


def _share_of_core(kodi: Kodi) -> float:
    before, at = _cpu(kodi), time.monotonic()
    time.sleep(_IDLE_SECONDS)
    return (_cpu(kodi) - before) / (time.monotonic() - at)


def _cpu(kodi: Kodi, addon: str = ADDON_ID) -> float:
    """Seconds of CPU that the thread of an add-on's service has had."""
    # A thread that Kodi starts for a script says so in the log, with its number.
    found = re.search(rf"T:(\d+) .*{re.escape(addon)}/\w+\.py\): start processing", kodi.log())
    if found is None:
        raise SystemExit("Kodi's log does not say in which thread the service runs")
    words = Path(f"/proc/{kodi.pid}/task/{found[1]}/schedstat").read_text(encoding="utf-8")
    return int(words.split()[0]) / 1e9


# -- memory --


class Held(NamedTuple):
    """Bytes that Kodi holds."""

    halfway: int
    whole: int


def _memory(room: LivingRoom, *, is_on: bool) -> Held:
    with fresh_kodi(room):
        if not is_on:
            switch_off(room.kodi)
        held = []
        for number in range(_LISTS):
            room.kodi.open(_season(room.kodi, number % 10))
            if number + 1 in (_LISTS // 2, _LISTS):
                time.sleep(2)
                held.append(_resident(room.kodi))
        return Held(*held)


def _resident(kodi: Kodi) -> int:
    words = Path(f"/proc/{kodi.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB", words, re.MULTILINE)
    if found is None:
        raise SystemExit("the system does not say what Kodi holds")
    return 1024 * int(found[1])


# -- questions --


def _evening(room: LivingRoom) -> tuple[int, int]:
    """POSTs and looks of an evening of lists, most of which were seen the evening before."""
    with fresh_kodi(room):
        for number in range(_SEEN_BEFORE):
            _look_at(room.kodi, number)
        room.kodi.quit()
        room.kodi.start()
        room.simkl.forget_requests()
        for number in range(_SERIES):
            _look_at(room.kodi, number)
        return len(room.asked()), len(room.simkl.requests_to("/sync/activities"))


def _look_at(kodi: Kodi, number: int) -> None:
    kodi.open(_season(kodi, number))
    time.sleep(1.5)


def _season(kodi: Kodi, number: int) -> str:
    series = sorted(kodi.series(), key=lambda row: str(row["title"]))
    return f"{SERIES}{series[number]['tvshowid']}/1/"


# -- words --


def _share(shares: Sequence[float]) -> str:
    return f"{100 * statistics.median(shares):.2f} % ({100 * max(shares):.2f} %)"


def _ms(taken: Sequence[float]) -> str:
    return f"{1000 * statistics.median(taken):.0f} ({1000 * max(taken):.0f})"


def _mb(held: Sequence[int]) -> str:
    return f"{statistics.median(held) / 1e6:.1f} MB ({max(held) / 1e6:.1f} MB)"
