"""Which films of the open list get their ticks next, and how. Knows neither of the two doors.

Those in sight come first, and each of their rows is mended with its tick. The others are written
without that, while the person is still: it takes half the flushes to disk. Their rows have no words
until `UnmendedRows` has had them mended, so they are written for as long as the focus stays.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Callable, Iterable, Iterator, List, Sequence, Tuple

from lib.ticks.due import FILM

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.lists.row_sources import RowSource
    from lib.ticks.due import Tick

    Written = Tuple[List[Tick], Sequence[Tick]]


class FilmsOnScreen:
    def __init__(
        self,
        deps: Dependencies,
        rows: RowSource,
        note: Callable[[Sequence[Tick]], None],
        *,
        holds_back: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """note: takes the ticks that Kodi took. holds_back: rows would vanish from the list, or
        move, if it was loaded again. clock: in seconds.
        """
        self._writer = deps.writer
        self._unmended = deps.unmended
        self._rows = rows
        self._note = note
        self._holds_back = holds_back
        self._clock = clock

    def write(self, ticks: deque[Tick], seconds: float) -> Written:
        """Write some of these, and take them out; which, and what Kodi took of them.

        None where the rest is to wait until the person is still. seconds: as long at most, but for
        the last of them.
        """
        began = self._clock()
        tried: list[Tick] = []
        taken: Sequence[Tick] = []
        near = self._near(ticks)
        if near or self._holds_back or not self._unmended.may_ever_load:
            some = near or [tick for tick in ticks if tick.video.kind == FILM]
            taken = self._writer.write_mended(self._taking(some, began + seconds, tried))
        elif self._unmended.may_grow():
            some = [tick for tick in ticks if tick.video.kind == FILM]
            taken = self._writer.write_unmended(self._taking(some, began + seconds, tried))
            self._unmended.note([tick.video for tick in taken], self._clock() - began)
        done = set(tried)
        rest = [tick for tick in ticks if tick not in done]
        ticks.clear()
        ticks.extend(rest)
        self._note(taken)
        return tried, taken

    def _near(self, ticks: Iterable[Tick]) -> list[Tick]:
        """Those whose rows are in sight or come next, the nearest to the focus first."""
        shown = self._rows.rows(self._unmended.sight.rows())
        places = {row.key: place for place, row in enumerate(shown)}
        near = [tick for tick in ticks if tick.video.key in places and tick.video.kind == FILM]
        return sorted(near, key=lambda tick: places[tick.video.key])

    def _taking(self, ticks: Iterable[Tick], end: float, tried: list[Tick]) -> Iterator[Tick]:
        """One after another, for as long as there is time and the focus stays."""
        focus = self._unmended.sight.focus
        for tick in ticks:
            if tried and (self._clock() > end or self._unmended.sight.focus != focus):
                return
            tried.append(tick)
            yield tick
