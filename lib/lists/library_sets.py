"""The film sets whose rows are on screen. Kodi ticks one once all its films are.

Knows neither of the two doors.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Iterable, Sequence

from lib.ticks.due import FILM
from lib.titles.rows import MOVIE, LibraryRow

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.ticks.due import Tick


class LibrarySets:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._sets_of: dict[int, set[int]] = defaultdict(set)
        self._unmended: set[int] = set()

    def films(self, rows: Sequence[LibraryRow]) -> list[LibraryRow]:
        """The films without a tick of these sets, as rows of their own."""
        unticked = [row.dbid for row in rows if not row.is_ticked]
        names: dict[int, str] = {}
        for dbid, films in self._deps.library.unwatched_of_sets(unticked).items():
            names.update(films)
            for film in films:
                self._sets_of[film].add(dbid)
        return [LibraryRow(MOVIE, *film, -1, None, is_ticked=False) for film in names.items()]

    def note(self, ticks: Iterable[Tick]) -> None:
        """These were written: the rows of their sets do not follow by themselves."""
        for tick in ticks:
            if tick.video.kind == FILM:
                self._unmended |= self._sets_of.get(tick.video.dbid, set())

    @property
    def is_due(self) -> bool:
        return bool(self._unmended)

    def mend(self) -> bool:
        """Have the rows of the sets follow what was written; whether any are due, and could."""
        if not self._unmended or not self._deps.writer.mend_sets(min(self._unmended)):
            return False
        self._unmended.clear()
        return True
