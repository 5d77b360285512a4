"""The films and series that the person wants left alone, as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.storage.sql import joined, split

if TYPE_CHECKING:
    from lib.storage.database import Database


class IgnoredTitlesTable:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> list[tuple[frozenset[str], str]]:
        """The names of each (`Title.names`), and what it is called."""
        rows = self._database().rows("SELECT names, label FROM alone")
        return [(split(names), label) for names, label in rows]

    def note(self, names: frozenset[str], label: str) -> None:
        self._database().change(
            "INSERT OR REPLACE INTO alone VALUES (?, ?)", [(joined(names), label)]
        )

    def forget(self, names: frozenset[str]) -> None:
        self._database().change("DELETE FROM alone WHERE names = ?", [(joined(names),)])
