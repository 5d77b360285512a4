"""What was written for rows that are not of the library, and whether Kodi draws it.

An add-on may draw ticks of its own, or name each row anew at every listing: then nothing that is
written for its rows is ever drawn, and writing again would have its list loaded again and again.
Remembered for this Kodi session. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.identify import addon_of

if TYPE_CHECKING:
    from lib.identify import Identity
    from lib.screen import Listed


class Drawn:
    def __init__(self) -> None:
        self._written: set[tuple[str, Identity]] = set()
        self._draws: dict[str, bool] = {}

    def clear(self) -> None:
        self._written.clear()
        self._draws.clear()

    def may_write(self, path: str, row: Listed, identity: Identity) -> bool:
        """Whether a tick of this row can be of use. path: the list's.

        Each is written once: one that is missing later was removed by the person's hand.
        """
        return self._draws.get(addon_of(row.path), True) and (path, identity) not in self._written

    def wrote(self, path: str, identity: Identity) -> None:
        self._written.add((path, identity))

    def look(self, path: str, rows: list[tuple[Listed, Identity]]) -> None:
        """Learn from rows of a list, loaded after the writing, which add-ons' ticks are drawn."""
        for row, identity in rows:
            if (path, identity) in self._written:
                addon = addon_of(row.path)
                self._draws[addon] = self._draws.get(addon, False) or row.is_ticked
