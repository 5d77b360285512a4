"""The ticks that are due in one list of the library, written a few at a time.

Knows neither of the two doors.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.ticks.due import EPISODE, FILM

if TYPE_CHECKING:
    from lib.lists.settled_rows import Settled, SettledRows
    from lib.storage.removed_ticks import Key
    from lib.ticks.due import Tick

# Of one step. Each step has Kodi load a list of episodes once, so not fewer than two pages of them.
_FEWEST_TICKS = {FILM: 5, EPISODE: 25}
_STEP_SECONDS = 0.3  # to write longer at once: Kodi may want to leave


class LibraryTicks:
    def __init__(self, write: Callable[[Sequence[Tick]], object], settled: SettledRows) -> None:
        """write: has Kodi take ticks."""
        self._write = write
        self._settled = settled
        self._ticks: deque[Tick] = deque()
        self._unwritten: dict[str, list[tuple[Key, Settled]]] = defaultdict(list)
        self._ticks_a_step = 0

    def __len__(self) -> int:
        """How many are yet to be written."""
        return len(self._ticks)

    def add(self, ticks: Iterable[Tick], entries: Iterable[tuple[str, Key, Settled]]) -> list[Key]:
        """Have ticks written, and rows count as settled once those of their files are.

        entries: file and key of each row, and what settles it. Those that are settled already.
        """
        self._ticks.extend(ticks)
        unwritten = {tick.video.file for tick in self._ticks}
        at_once = []
        for file, key, settled in entries:
            if file in unwritten:
                self._unwritten[file].append((key, settled))
            else:
                self._settled.note(key, settled)
                at_once.append(key)
        return at_once

    def write_some(self) -> bool:
        """Whether any were due."""
        if not self._ticks:
            return False
        fewest = _FEWEST_TICKS[self._ticks[0].video.kind]
        count = min(max(fewest, self._ticks_a_step), len(self._ticks))
        began = time.monotonic()
        some = [self._ticks.popleft() for _ in range(count)]
        self._write(some)
        for tick in some:
            for key, settled in self._unwritten.pop(tick.video.file, ()):
                self._settled.note(key, settled)
        each = (time.monotonic() - began) / count
        self._ticks_a_step = int(_STEP_SECONDS / max(each, 0.001))
        return True
