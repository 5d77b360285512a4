"""What Kodi announced of the library's ticks, until it is read what each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, NamedTuple

if TYPE_CHECKING:
    from lib.storage.database import Database

SET, REMOVED, GONE = "set", "removed", "gone"


class HeardMark(NamedTuple):
    """kind: Kodi's media type. dbid: its library id. what: SET, REMOVED; GONE for a video that has
    left the library. at: seconds since 1970.
    """

    kind: str
    dbid: int
    what: str
    at: int


class HeardMarks:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> list[HeardMark]:
        """In the order in which they were noted."""
        query = "SELECT kind, dbid, what, at FROM heard ORDER BY number"
        return [HeardMark(*row) for row in self._database().rows(query)]

    def note(self, marks: Iterable[HeardMark]) -> None:
        """All of them or none."""
        self._database().change(
            "INSERT INTO heard (kind, dbid, what, at) VALUES (?, ?, ?, ?)", marks
        )

    def clear(self) -> None:
        self._database().change("DELETE FROM heard", [()])
