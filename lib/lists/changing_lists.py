"""Lists whose rows were others after they were loaded again: they are not loaded again.

Remembered for this Kodi session. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Tuple

if TYPE_CHECKING:
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow

    KnownRow = Tuple[NonLibraryRow, Identity]


class ChangingLists:
    def __init__(self) -> None:
        self._changing: set[str] = set()
        self._loaded = ""
        self._before: set[object] = set()

    def has(self, path: str) -> bool:
        return path in self._changing

    def open_list(self) -> None:
        """Another list is opened: what one of an hour ago held says nothing."""
        self._loaded = ""

    def loads(self, path: str, rows: Iterable[KnownRow]) -> None:
        """The list at `path` is loaded again now. rows: all that are known of it."""
        self._loaded = path
        self._before = {name for row, identity in rows for name in (row.path, identity)}

    def look(self, path: str, rows: Iterable[KnownRow]) -> None:
        """Learn from rows that the list at `path` shows now, in whatever order.

        A row is the same by its path, or by its title under another path.
        """
        if path == self._loaded and any(
            self._before.isdisjoint((row.path, identity)) for row, identity in rows
        ):
            self._changing.add(path)
