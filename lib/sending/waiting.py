"""Which entries of the outbox are to be sent now, and what is known of those under way.

Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Callable, Collection, Iterable

from lib.sending.clock_check import RELEASED
from lib.storage.outbox import UNPLACED, UNWATCHED, WAITING, OutboxEntry
from lib.titles.title import MOVIE

if TYPE_CHECKING:
    from lib.storage.outbox import Outbox
    from lib.titles.title import Title

NOT_IN_THE_LIST = "unplaced"
"""Why an entry waits whose episode Simkl's list of the series lacks: it may grow."""
_A_DAY = timedelta(days=1)
_POSTPONED = 900.0  # seconds until what Simkl answered against its contract is asked once more
_LOOK_EVERY = 60.0  # seconds: what is postponed, or was tried, comes again without any change


class Waiting:
    def __init__(
        self, outbox: Outbox, clock: Callable[[], float], now: Callable[[], datetime]
    ) -> None:
        """now: aware UTC."""
        self._outbox = outbox
        self._clock = clock
        self._now = now
        self.begin()

    def begin(self) -> None:
        """Somebody else may be signed in."""
        self._not_before: dict[int, float] = {}
        self._unsure: dict[int, bool] = {}
        self._suspects: set[int] = set()
        self._empty_until = 0.0
        self._seen = (-1, False)

    def due(self, account: str, *, unmarks: bool) -> list[OutboxEntry]:
        """What is to be sent of an account, the oldest first.

        unmarks: whether also what is to be taken away there.
        """
        seen = (self._outbox.version, unmarks)
        if self._seen == seen and self._clock() < self._empty_until:
            return []
        self._seen = seen
        found: list[OutboxEntry] = []
        held: set[tuple[int, int, str]] = set()
        for entry in self._outbox.waiting(account):
            if not _may_be_sent(entry, unmarks=unmarks):
                continue
            places = {(entry.season, entry.episode, name) for name in entry.title.names}
            # Of two watches of one video Simkl keeps the date that it was told first.
            if self._is_due(entry) and held.isdisjoint(places):
                found.append(entry)
            else:
                held |= places
        if not found:
            self._empty_until = self._clock() + _LOOK_EVERY
        return found

    def try_again(self) -> None:
        """Postpone nothing any more."""
        self._not_before.clear()
        self._empty_until = 0.0

    def _is_due(self, entry: OutboxEntry) -> bool:
        if self._clock() < self._not_before.get(entry.number, 0.0):
            return False
        return entry.tried_at is None or abs(self._now() - entry.tried_at) >= _A_DAY

    def unplaced_of(
        self, account: str, titles: Collection[Title], beside: Collection[OutboxEntry]
    ) -> list[OutboxEntry]:
        """What Simkl could not place before of titles that are asked about now."""
        found = [each for each in self._outbox.waiting(account) if each.title in titles]
        return [
            each
            for each in found
            if each.state == UNPLACED and each.why == NOT_IN_THE_LIST
            if not any(map(each.is_same_video, beside))
        ]

    def give_reason(self, entries: Iterable[OutboxEntry], why: str) -> None:
        """Say why these still wait."""
        changed = [replace(each, why=why) for each in entries if each.state == WAITING]
        stands = {each.number: each.why for each in entries}
        self._outbox.change(each for each in changed if each.why != stands[each.number])

    # -- what is known of those under way --

    def may_be_told(self, entries: Iterable[OutboxEntry], *, was_answered: bool) -> None:
        """Simkl was told of these, and whether it has recorded them is to be read.

        was_answered: Simkl took it in, so that they are not told again today.
        """
        self._unsure.update((each.number, was_answered) for each in entries)

    def take_unsure(self, entry: OutboxEntry) -> bool | None:
        """Whether Simkl has answered when it was told of this, once; None where it was not told."""
        return self._unsure.pop(entry.number, None)

    def postpone(self, entry: OutboxEntry) -> None:
        """Simkl's answer is none of its contract."""
        self.postpone_all([entry], _POSTPONED)

    def postpone_all(self, entries: Iterable[OutboxEntry], seconds: float) -> None:
        until = self._clock() + seconds
        self._not_before.update((each.number, until) for each in entries)

    def suspect(self, entries: Iterable[OutboxEntry]) -> None:
        """One of these is what Simkl does not take: each is to go alone."""
        self._suspects.update(each.number for each in entries)

    def is_suspect(self, entry: OutboxEntry) -> bool:
        return entry.number in self._suspects

    def clear_suspects(self, entries: Iterable[OutboxEntry]) -> None:
        self._suspects.difference_update(each.number for each in entries)


def _may_be_sent(entry: OutboxEntry, *, unmarks: bool) -> bool:
    """Whether it can ever be, by the settings as they are."""
    if entry.what == UNWATCHED and (not unmarks or entry.title.kind == MOVIE):
        return False  # Simkl would take a film's rating along
    return entry.at >= RELEASED
