"""How entries of the outbox stand by now, also those of which the disk does not take it.

What Simkl has recorded, or refused, is not to be told again at once because a disk is full.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Callable, Iterable

from lib.storage.sql import seconds_of

if TYPE_CHECKING:
    from lib.storage.database import Database
    from lib.storage.outbox import OutboxEntry

_CHANGE = "UPDATE outbox SET state = ?, why = ?, tried_at = ? WHERE number = ?"
_DELETE = "DELETE FROM outbox WHERE number = ?"


class OutboxChanges:
    """Of entries that are stored, by their numbers."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database
        self._not_kept: dict[int, OutboxEntry] = {}

    @property
    def is_kept(self) -> bool:
        """Whether all of it is on the disk."""
        return not self._not_kept

    def add(self, entries: Iterable[OutboxEntry]) -> None:
        """These stand otherwise by now: their state, their reason, when they were tried."""
        new = {entry.number: entry for entry in entries}
        if new:
            self._not_kept.update(new)
            self.keep()

    def keep(self) -> bool:
        """Store what could not be stored; whether all is on the disk by now."""
        rows = [
            (each.state, each.why, seconds_of(each.tried_at), each.number)
            for each in self._not_kept.values()
        ]
        if rows and self._database().keep(_CHANGE, rows):
            self._not_kept.clear()
        return self.is_kept

    def drop(self, entries: Iterable[OutboxEntry]) -> None:
        """Delete these. entries: as they stand where the disk does not take that: done with."""
        entries = list(entries)
        if self._database().keep(_DELETE, [(entry.number,) for entry in entries]):
            for entry in entries:
                self._not_kept.pop(entry.number, None)
        else:
            self.add(entries)

    def applied(self, stored: OutboxEntry) -> OutboxEntry:
        """An entry as it stands by now. stored: as the disk has it."""
        new = self._not_kept.get(stored.number)
        if new is None:
            return stored
        return replace(stored, state=new.state, why=new.why, tried_at=new.tried_at)
