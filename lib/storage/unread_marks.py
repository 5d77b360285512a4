"""Marks of the library that Simkl is to be told of, until it is read what each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, NamedTuple

if TYPE_CHECKING:
    from lib.storage.database import Database
    from lib.storage.removed_ticks import Key

_COLUMNS = "account, kind, dbid, what, at, is_explained"


class UnreadMark(NamedTuple):
    """account: whose it is, as in `OutboxEntry`. kind: Kodi's media type. dbid: its library id.

    what: WATCHED or UNWATCHED. at: seconds since 1970. is_explained: it belongs to the mark of a
    season, a series or a film set. number: of its row; 0 before it is stored.
    """

    account: str
    kind: str
    dbid: int
    what: str
    at: int
    is_explained: bool = False
    number: int = 0

    @property
    def key(self) -> Key:
        return self.kind, self.dbid


class UnreadMarks:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> list[UnreadMark]:
        """In the order in which they were heard."""
        query = f"SELECT {_COLUMNS}, number FROM unread ORDER BY number"  # noqa: S608 — columns
        rows = self._database().rows(query)
        return [
            UnreadMark(account, kind, dbid, what, at, bool(is_explained), number)
            for account, kind, dbid, what, at, is_explained, number in rows
        ]

    def note(self, marks: Iterable[UnreadMark]) -> None:
        """All of them or none."""
        self._database().change(
            f"INSERT INTO unread ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 — columns
            [mark[:6] for mark in marks],
        )

    def forget(self, marks: Iterable[UnreadMark]) -> None:
        """It was read what these are about, or they are none."""
        numbers = [(mark.number,) for mark in marks]
        self._database().change("DELETE FROM unread WHERE number = ?", numbers)

    def forget_key(self, key: Key) -> None:
        """A video has left the library: its id may come to stand for another."""
        self._database().change("DELETE FROM unread WHERE kind = ? AND dbid = ?", [key])
