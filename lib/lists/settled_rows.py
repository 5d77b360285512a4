"""Rows of the library that were dealt with since the start, and by which answer of Simkl's.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, NamedTuple

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.asks import Ask
    from lib.storage.removed_ticks import Key
    from lib.titles.rows import LibraryRow


class Settled(NamedTuple):
    """A row that was dealt with, by an answer of Simkl's (None: it is not asked about).

    asked_at: of that answer. is_ticked: whether it ticks the row, and Kodi lets it.
    """

    ask: Ask | None
    asked_at: float
    is_ticked: bool


NOT_ASKED = Settled(None, 0.0, is_ticked=False)


class SettledRows:
    """By media type and library id."""

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
        settled = self._settled.get(row.key)
        if settled is None or settled.ask is None:
            return settled is not None
        known = self._coordinator.known(settled.ask)
        is_latest = known is not None and known.asked_at == settled.asked_at
        return is_latest and (row.is_ticked or not settled.is_ticked)

    def lacks_tick(self, row: LibraryRow) -> bool:
        """Whether a row is drawn without the tick that was written for it."""
        return not row.is_ticked and self._settled.get(row.key, NOT_ASKED).is_ticked

    def asks_of(self, rows: Iterable[LibraryRow]) -> list[Ask]:
        """What was asked to settle these rows."""
        asks = (self._settled[row.key].ask for row in rows)
        return [ask for ask in asks if ask is not None]
