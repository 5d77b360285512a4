"""Which films of the open list get their ticks next, and how. Knows neither of the two doors.

Those in sight come first, and each of their rows is mended with its tick. The others are written
without that, while the person is still: it takes half the flushes to disk. Their rows have no words
until `UnmendedRows` has had them mended, so they are written for as long as the focus stays.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Iterable, Iterator, Sequence

from lib.ticks.due import FILM

if TYPE_CHECKING:
    from collections import deque

    from lib.lists.dependencies import Dependencies
    from lib.lists.row_sources import RowSource
    from lib.ticks.due import Tick


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
        self._deps = deps
        self._rows = rows
        self._note = note
        self._holds_back = holds_back
        self._clock = clock

    def write(self, ticks: deque[Tick], seconds: float) -> tuple[list[Tick], list[Tick]]:
        """Write some of these, and take them out; which, and what Kodi took of them.

        None where the rest is to wait until the person is still. seconds: as long at most, but for
        the last of them.
        """
        end = self._clock() + seconds
        films = [tick for tick in ticks if tick.video.kind == FILM]
        near = self._near(films)
        may_load = not self._holds_back and self._deps.unmended.may_ever_load
        mended = near if may_load else [*near, *_others(films, near)]
        tried: list[Tick] = []
        taken = self._deps.writer.write_mended(self._taking(mended, end, tried)) if mended else []
        if may_load and len(tried) == len(mended) and self._deps.unmended.may_grow():
            rest = _others(films, tried)
            taken += self._write_unmended(rest, end, tried)
        left = _others(ticks, tried)
        ticks.clear()
        ticks.extend(left)
        self._note(taken)
        return tried, taken

    def _write_unmended(self, ticks: list[Tick], end: float, tried: list[Tick]) -> list[Tick]:
        began = self._clock()
        taken = self._deps.writer.write_unmended(self._taking(ticks, end, tried))
        self._deps.unmended.note([tick.video for tick in taken], self._clock() - began)
        return taken

    def _near(self, films: Iterable[Tick]) -> list[Tick]:
        """Those whose rows are in sight or come next, the nearest to the focus first."""
        shown = self._rows.rows(self._deps.unmended.sight.rows())
        places = {row.key: place for place, row in enumerate(shown)}
        near = [tick for tick in films if tick.video.key in places]
        return sorted(near, key=lambda tick: places[tick.video.key])

    def _taking(self, ticks: Iterable[Tick], end: float, tried: list[Tick]) -> Iterator[Tick]:
        """One after another, for as long as there is time and the list and its focus stay."""
        place = self._deps.unmended.sight.place
        for tick in ticks:
            if tried and (self._clock() > end or self._deps.unmended.sight.place != place):
                return
            tried.append(tick)
            yield tick


def _others(ticks: Iterable[Tick], some: Iterable[Tick]) -> list[Tick]:
    """All but those."""
    left_out = set(some)
    return [tick for tick in ticks if tick not in left_out]
