"""Rows of the library that were dealt with since the start, and by which answer of Simkl's.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, NamedTuple

from lib.titles.rows import LibraryRow, is_same_file

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.asks import Ask
    from lib.storage.removed_ticks import Key


class Settled(NamedTuple):
    """A row that was dealt with, by an answer of Simkl's (None: it is not asked about).

    asked_at: of that answer. is_ticked: whether it ticks the row, and Kodi lets it.
    file: of a film or an episode, the one that this holds for.
    """

    ask: Ask | None
    asked_at: float
    is_ticked: bool
    file: str = ""


NOT_ASKED = Settled(None, 0.0, is_ticked=False)


class SettledRows:
    """By media type and library id, and for one file: a film may have several, and another may
    become the one of its row in the list of films.
    """

    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self._settled: dict[Key, Settled] = {}

    def note(self, key: Key, settled: Settled) -> None:
        self._settled[key] = settled

    def forget(self, *keys: Key) -> None:
        for key in keys:
            self._settled.pop(key, None)

    def clear(self) -> None:
        self._settled.clear()

    def is_settled(self, row: LibraryRow) -> bool:
        """Whether nothing is to be done for a row: the answer is the latest, and it is drawn."""
        settled = self._of(row)
        if settled is None or settled.ask is None:
            return settled is not None
        known = self._coordinator.known(settled.ask)
        is_latest = known is not None and known.asked_at == settled.asked_at
        return is_latest and (row.is_ticked or not settled.is_ticked)

    def lacks_tick(self, row: LibraryRow) -> bool:
        """Whether a row is drawn without the tick that was written for it."""
        settled = self._of(row)
        return settled is not None and settled.is_ticked and not row.is_ticked

    def _of(self, row: LibraryRow) -> Settled | None:
        settled = self._settled.get(row.key)
        if settled is None or not (row.file and settled.file):
            return settled
        return settled if is_same_file(row.file, settled.file) else None

    def asks_of(self, rows: Iterable[LibraryRow]) -> list[Ask]:
        """What was asked to settle these rows."""
        asks = (self._settled[row.key].ask for row in rows)
        return [ask for ask in asks if ask is not None]
