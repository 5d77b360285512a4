"""What was written for rows that are not of the library, and whether Kodi draws it.

An add-on may draw ticks of its own, or name each row anew at every listing: then nothing that is
written for its rows is ever drawn, and writing again would have its list loaded again and again.
Remembered for this Kodi session. Knows neither of the two doors.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lib.paths import addon_of

if TYPE_CHECKING:
    from lib.identify import Identity
    from lib.screen import Listed


class Drawn:
    def __init__(self) -> None:
        self._written: set[tuple[str, Identity]] = set()
        self._files: set[str] = set()
        self._draws: dict[str, bool] = {}

    def clear(self) -> None:
        self._written.clear()
        self._files.clear()
        self._draws.clear()

    def may_write(self, path: str, row: Listed, identity: Identity) -> bool:
        """Whether a tick of this row can be of use. path: the list's.

        Each is written once: one that is missing later was removed by the person's hand.
        """
        is_new = (path, identity) not in self._written and row.path not in self._files
        return is_new and self._draws.get(addon_of(row.path), True)

    def wrote(self, path: str, identity: Identity, file: str) -> None:
        """file: the row's path, which other lists may hold too."""
        self._written.add((path, identity))
        self._files.add(file)

    def look(self, path: str, rows: list[tuple[Listed, Identity]], *, is_loaded: bool) -> None:
        """Learn from rows of a list which add-ons' ticks are drawn.

        is_loaded: it was just loaded again for them. Otherwise a single tick that is missing may
        have been removed by hand.
        """
        found: dict[str, list[bool]] = defaultdict(list)
        for row, identity in rows:
            if addon_of(row.path) and (path, identity) in self._written:
                found[addon_of(row.path)].append(row.is_ticked)
        for addon, drawn in found.items():
            if any(drawn):
                self._draws[addon] = True
            elif is_loaded or len(drawn) > 1:
                self._draws.setdefault(addon, False)
