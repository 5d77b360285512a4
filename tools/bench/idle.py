"""What the add-on costs beside services that do next to nothing, in one Kodi: idle, and its start.

CPU time is that of all threads of a service, as Linux counts it.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import FILMS, LivingRoom
from tools.zip import ADDON_ID

from .comparison import Subject
from .kodis import fresh_kodi, prepared_room
from .report import table
from .whole_runs import whole_runs

WAITS, HEARS = "service.bench.waits", "service.bench.hears"
_ADDONS = Path(__file__).with_name("addons")
_SERVICES = (WAITS, HEARS, ADDON_ID)
_START_SECONDS = 8
_IDLE_SECONDS = 60
_UNTIL_STILL = 15
_SCRIPT = "LanguageInvoker"  # what Kodi calls the threads of its scripts
_SAMPLE_EVERY = 0.1  # seconds: a thread may end, and its time goes with it
_HOME, _LIST = "idle on the home screen", "a list open, nobody moving"
_COLD, _WARM = "the first 8 s, nothing compiled", "the first 8 s, compiled"

TEXT = """One Kodi with three services: one that only waits, one that waits and hears the player, as
script.simkl 3.2.4 does, for which it stands, and this add-on. CPU time is that of all threads of a
service, as the kernel counts it (schedstat): milliseconds, or the share of a core. Somebody is
signed in, and ticks on the home screen are off. The services are switched on one after another;
then nobody moves on the home screen for {seconds} s, nor in a list of 100 films, which was opened
15 s before and is ticked. Medians of {runs}, and the highest in brackets. "ratio": of the medians,
against the service that hears; of a warm start, the milliseconds more than the one that waits.

"""


class Threads:
    """The threads of one script of Kodi's, and the CPU time that they have had."""

    def __init__(self, kodi: Kodi, before: set[int]) -> None:
        """before: the threads of scripts that were there before it was started."""
        self._kodi = kodi
        self._before = before
        self._seconds: dict[int, float] = {}
        self._is_whole = False

    def seconds(self) -> float:
        """Of CPU so far."""
        now = set(threads_of_scripts(self._kodi)) - self._before
        for thread in now & self._seconds.keys() if self._is_whole else now:
            file = Path(f"/proc/{self._kodi.pid}/task/{thread}/schedstat")
            self._seconds[thread] = int(file.read_text(encoding="utf-8").split()[0]) / 1e9
        return sum(self._seconds.values())

    def settle(self) -> None:
        """Threads that come later are those of other scripts."""
        self._is_whole = True


def threads_of_scripts(kodi: Kodi) -> list[int]:
    tasks = Path(f"/proc/{kodi.pid}/task").iterdir()
    return [int(task.name) for task in tasks if _name(task) == _SCRIPT]


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return ""


def measured(runs: int) -> str:
    with _room() as room:
        taken = list(whole_runs(runs, lambda: _run(room)))
    text = TEXT.format(seconds=_IDLE_SECONDS, runs=runs)
    heads = ("what", "only waits", "hears the player", "this add-on", "ratio", "aim")
    return text + table(heads, [_row(what, taken) for what in (_HOME, _LIST, _COLD, _WARM)])


def subjects() -> list[Subject]:
    return [Subject(_room, _figures)]


_AIMS = {_HOME: "≤ 1.5", _LIST: "≤ 2", _COLD: "≤ 2", _WARM: "≤ 50 ms"}
_Cost = Mapping[str, Mapping[str, float]]
"""Of each service, what each of the four took: shares of a core, or seconds of CPU."""


def _row(what: str, taken: Sequence[_Cost]) -> tuple[str, ...]:
    costs = {each: [run[each][what] for run in taken] for each in _SERVICES}
    middle = {each: statistics.median(costs[each]) for each in _SERVICES}
    unit: Callable[[float], str] = _ms if what in (_COLD, _WARM) else _percent
    said = [f"{unit(middle[each])} ({unit(max(costs[each]))})" for each in _SERVICES]
    if what == _WARM:
        ratio = f"{_ms(middle[ADDON_ID] - middle[WAITS])} more"
    else:
        ratio = f"{middle[ADDON_ID] / middle[HEARS]:.2f}"
    return (f"CPU, {what}", *said, ratio, _AIMS[what])


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def _percent(share: float) -> str:
    return f"{100 * share:.3f} %"


def _figures(room: LivingRoom) -> dict[str, float]:
    cost = _run(room)[ADDON_ID]
    idle = {f"CPU, {what}, %": 100 * cost[what] for what in (_HOME, _LIST)}
    return {**idle, **{f"CPU, {what}, ms": 1000 * cost[what] for what in (_COLD, _WARM)}}


def _run(room: LivingRoom) -> _Cost:
    cost: dict[str, dict[str, float]] = {each: {} for each in _SERVICES}
    with fresh_kodi(room):
        for each in _SERVICES:
            _switch(room.kodi, each, on=False)
        time.sleep(_UNTIL_STILL)
        for each in _SERVICES:
            for cache in (room.kodi.home_folder.addons / each).rglob("__pycache__"):
                shutil.rmtree(cache)
            cost[each][_COLD] = _start(room.kodi, each)[1]
            _switch(room.kodi, each, on=False)
            time.sleep(2)
        threads = {}
        for each in _SERVICES:
            threads[each], cost[each][_WARM] = _start(room.kodi, each)
        _share(threads, cost, _HOME)
        room.kodi.open(FILMS)
        time.sleep(_UNTIL_STILL)
        _share(threads, cost, _LIST)
    print(cost)
    return cost


def _switch(kodi: Kodi, addon: str, *, on: bool) -> None:
    kodi.rpc("Addons.SetAddonEnabled", addonid=addon, enabled=on)


def _start(kodi: Kodi, addon: str) -> tuple[Threads, float]:
    """Switch a service on; its threads, and the CPU time that they have had 8 s later."""
    threads = Threads(kodi, set(threads_of_scripts(kodi)))
    end = time.monotonic() + _START_SECONDS
    _switch(kodi, addon, on=True)
    while time.monotonic() < end:
        seconds = threads.seconds()
        time.sleep(_SAMPLE_EVERY)
    if addon != ADDON_ID:  # which is started last, and calls Simkl in a thread that comes later
        threads.settle()
    return threads, seconds


def _share(threads: Mapping[str, Threads], cost: Mapping[str, dict[str, float]], what: str) -> None:
    """Of a core, that each service takes while nothing happens."""
    before, at = {each: threads[each].seconds() for each in threads}, time.monotonic()
    time.sleep(_IDLE_SECONDS)
    for each, began in before.items():
        cost[each][what] = (threads[each].seconds() - began) / (time.monotonic() - at)


def _furnish(room: LivingRoom) -> None:
    library = room.new_library()
    library.many_films(100)
    room.kodi.add_library(library)


_room = partial(prepared_room, _furnish, addons=(_ADDONS / WAITS, _ADDONS / HEARS))
