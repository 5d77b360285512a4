"""The way into the outbox, and out again for what was taken back. Knows no Kodi and no HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable

from lib.storage.outbox import MARK, WATCHED, NotKept

if TYPE_CHECKING:
    from lib.storage.outbox import Outbox, OutboxEntry


class Keeper:
    """Puts entries into the outbox; it is said where the disk takes none."""

    def __init__(self, outbox: Outbox, not_kept: Callable[[], None]) -> None:
        self._outbox = outbox
        self._not_kept = not_kept
        self._has_said = False

    def add(self, entries: Iterable[OutboxEntry]) -> int:
        """How many of them are new."""
        entries = list(entries)
        try:
            return self._outbox.add(entries)
        except NotKept:
            if not self._has_said:
                self._has_said = True
                self._not_kept()
            return len(entries)

    def withdraw(self, taken: OutboxEntry) -> None:
        """A video was unmarked: a mark of it that Simkl was not told of is not told any more."""
        waiting = self._outbox.waiting(taken.account)
        marked = [each for each in waiting if (each.origin, each.what) == (MARK, WATCHED)]
        same = [each for each in marked if each.is_same_video(taken) and each.at <= taken.at]
        if same:
            self._outbox.drop(same)

    def try_again(self) -> None:
        """What is only in memory is kept as soon as the disk takes it."""
        if self._outbox.keep():
            self._has_said = False
