"""How long keys are not answered while a list of another add-on gets its ticks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom

from .comparison import Subject
from .kodis import fresh_kodi, press_keys, walk_there
from .others_lists import PATH, Case, open_list, room_with
from .report import ms, ratio, table
from .window import Seen, watching

CASES = (Case(250), Case(2000))

_KEYS_FOR = 4.0  # seconds: longer than the ticks take
_FIRST_ROW = "Container.ListItemAbsolute(1).Overlay"
_FOCUS = "Container.CurrentItem"

_TEXT = """### Keys while the ticks come

The longest time in which the focus does not move though a key is pressed every 100 ms, in
milliseconds: median, and the longest in brackets. "no add-on": it is switched off and nothing
happens but the keys. "list loaded": it is switched off, and the list is loaded again by Kodi's own
`Container.Refresh`, in which the list's add-on lists once more. "ticks": this add-on writes the
ticks and has the list loaded; the keys begin with the first row that is written, because it does
not begin while keys are pressed. "ratio": of the medians of the last two.

"""
_HEADS = ("list", "runs", "no add-on", "list loaded", "ticks", "ratio")


class Unanswered(NamedTuple):
    """Seconds without an answer to a key."""

    alone: float
    loaded: float
    ticked: float


def measured(runs: int) -> str:
    rows = []
    for case in CASES:
        with room_with(case) as room:
            found = [_unanswered(room) for _ in range(runs)]
        loaded, ticked = [each.loaded for each in found], [each.ticked for each in found]
        alone = ms([each.alone for each in found])
        rows.append([case.name, str(runs), alone, ms(loaded), ms(ticked), ratio(ticked, loaded)])
        print(rows[-1])
    return _TEXT + table(_HEADS, rows)


def subjects() -> list[Subject]:
    return [Subject(partial(room_with, case), partial(_figures, case)) for case in CASES]


def _figures(case: Case, room: LivingRoom) -> dict[str, float]:
    return {f"{case.name}, ticks come: longest without a move, ms": 1000 * _ticked(room)}


def _unanswered(room: LivingRoom) -> Unanswered:
    with fresh_kodi(room), watching(room.kodi.ports.tcp, _FOCUS, _FIRST_ROW) as seen:
        room.enable(False)
        room.kodi.open(PATH)
        alone = _longest(room.kodi, seen, lambda: None)
        loaded = _longest(room.kodi, seen, lambda: room.kodi.builtin("Container.Refresh"))
    return Unanswered(alone, loaded, _ticked(room))


def _ticked(room: LivingRoom) -> float:
    """Seconds without an answer to a key while the ticks come."""
    with fresh_kodi(room), watching(room.kodi.ports.tcp, _FOCUS, _FIRST_ROW) as seen:
        walk_there(room.kodi)
        open_list(room.kodi)
        seen.wait_for(lambda now: now[_FIRST_ROW] == "OverlayWatched.png", what="the first tick")
        return _longest(room.kodi, seen, lambda: None)


def _longest(kodi: Kodi, seen: Seen, meanwhile: Callable[[], None]) -> float:
    """meanwhile: what is begun a moment after the keys."""
    start = time.monotonic()
    timer = threading.Timer(0.5, meanwhile)
    timer.start()
    last_key = press_keys(kodi, _KEYS_FOR)
    timer.join()
    return seen.longest_without_move(start, last_key)
