"""What Simkl is to be told: each watch from the moment it counts until Simkl has it, and after.

Kept by what it is, never by a library id: the library may be built anew before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Callable, Iterable, Sequence

from lib.storage.outbox_changes import OutboxChanges
from lib.storage.sql import moment, seconds_of
from lib.storage.title_text import columns_of, title_from

if TYPE_CHECKING:
    from lib.storage.database import Database
    from lib.titles.title import Title

WATCHED, UNWATCHED = "watched", "unwatched"
PLAY, MARK = "play", "mark"
WAITING, UNPLACED, TOLD = "waiting", "unplaced", "told"

SAME_WITHIN = timedelta(minutes=10)
"""Two watches of one video that are no further apart are one, which came by two ways."""
_TOLD_FOR = 30 * 86400  # seconds that what Simkl has is remembered
_DROPPED = "dropped"

_COLUMNS = (
    "account, what, origin, kind, ids, name, year, season, episode, at, label, state, why, tried_at"
)
_ALL = f"SELECT {_COLUMNS}, number FROM outbox"  # noqa: S608 — names of columns
_PUT = f"INSERT INTO outbox ({_COLUMNS}) VALUES ({', '.join('?' * 14)})"  # noqa: S608


class NotKept(Exception):
    """The disk takes nothing: what was added is kept in memory until it does."""


@dataclass(frozen=True)
class OutboxEntry:
    """A watch that Simkl is to be told of, or a watch that is to be taken away there.

    account: whose it is: Simkl's account as in `Grant.account`, or `Grant.person` where that is
    not known yet. what: WATCHED or UNWATCHED. origin: PLAY or MARK. title: the film or the series.
    season, episode: -1 for a film. at: aware UTC, to the second: when it was watched or marked.
    label: as it is shown: "Heat (1995)", "Dark 2x03". state: WAITING; UNPLACED, which Simkl cannot
    place; TOLD. why: the key of a reason, "" for none. tried_at: aware UTC; None before the first
    try. number: of its row; 0 before it is stored, less than 0 while the disk takes nothing.
    """

    account: str
    what: str
    origin: str
    title: Title
    season: int
    episode: int
    at: datetime
    label: str
    state: str = WAITING
    why: str = ""
    tried_at: datetime | None = None
    number: int = 0

    @property
    def is_told(self) -> bool:
        return self.state == TOLD

    def is_same_video(self, other: OutboxEntry) -> bool:
        """Whether both are of one account and one film, or one episode."""
        place, others = (self.account, self.season, self.episode), (other.account, other.season)
        return place == (*others, other.episode) and bool(self.title.names & other.title.names)


class Outbox:
    """Its entries, those that could not be stored yet among them."""

    def __init__(self, database: Callable[[], Database], now: Callable[[], float]) -> None:
        """now: seconds since 1970."""
        self._database = database
        self._now = now
        self.version = 0
        """Another one as soon as anything was added or changed."""
        self._not_kept: dict[int, OutboxEntry] = {}
        self._changes = OutboxChanges(database)
        self._last_number = 0

    def add(self, entries: Iterable[OutboxEntry]) -> int:
        """Keep these, all in one commit, on the disk; how many were new.

        Errors: NotKept, once all are kept in memory at least.
        """
        new: list[OutboxEntry] = []
        for entry in entries:
            if not _is_there([*self._around(entry), *new], entry):
                new.append(replace(entry, at=entry.at.replace(microsecond=0), number=0))
        self.version += bool(new)
        for entry in new:
            self._last_number -= 1
            self._not_kept[self._last_number] = replace(entry, number=self._last_number)
        if new and not self.keep() and self._not_kept:
            raise NotKept
        return len(new)

    @property
    def is_kept(self) -> bool:
        """Whether all that was added, and what came of it, is on the disk."""
        return not self._not_kept and self._changes.is_kept

    def keep(self) -> bool:
        """Store what could not be stored; whether all is on the disk by now."""
        is_kept = self._changes.keep()
        if not self._not_kept:
            return is_kept
        if not self._database().keep(_PUT, map(_row, self._not_kept.values())):
            return False
        self._not_kept.clear()
        old = (TOLD, self._now() - _TOLD_FOR)
        self._database().change("DELETE FROM outbox WHERE state = ? AND at < ?", [old])
        return is_kept

    def waiting(self, account: str) -> list[OutboxEntry]:
        """Those that Simkl does not have yet, also those it cannot place, the oldest first."""
        query = f"{_ALL} WHERE account = ? AND state != ? ORDER BY at, number"
        found = [*self._found(query, account, TOLD), *self._new(account)]
        return sorted((each for each in found if not each.is_told), key=lambda each: each.at)

    def accounts(self) -> set[str]:
        """Those of whom anything waits."""
        query = "SELECT DISTINCT account FROM outbox WHERE state != ?"
        found = {str(row[0]) for row in self._database().rows(query, (TOLD,))}
        return found | {each.account for each in self._not_kept.values() if not each.is_told}

    def count(self, account: str) -> int:
        """How many Simkl does not have yet."""
        if not self._changes.is_kept:
            return len(self.waiting(account))
        query = "SELECT count(*) FROM outbox WHERE account = ? AND state != ?"
        rows = self._database().rows(query, (account, TOLD))
        return (int(rows[0][0]) if rows else 0) + len(self._new(account))

    def told_since(self, account: str, since: datetime) -> int:
        """How many Simkl was told since then, those left out that it was found to have."""
        query = (
            "SELECT count(*) FROM outbox WHERE account = ? AND state = ? AND why = '' "
            "AND tried_at >= ?"
        )
        rows = self._database().rows(query, (account, TOLD, int(since.timestamp())))
        return int(rows[0][0]) if rows else 0

    def change(self, entries: Iterable[OutboxEntry]) -> None:
        """These stand otherwise by now: their state, their reason, when they were tried."""
        self.version += 1
        entries = list(entries)
        kept = [entry for entry in entries if entry.number not in self._not_kept]
        self._not_kept.update((each.number, each) for each in entries if each not in kept)
        self._changes.add(kept)

    def drop(self, entries: Iterable[OutboxEntry]) -> None:
        """The person does not want these to be sent."""
        entries = list(entries)
        stored = [each for each in entries if self._not_kept.pop(each.number, None) is None]
        self._changes.drop(replace(each, state=TOLD, why=_DROPPED) for each in stored)

    def drop_all(self, account: str) -> None:
        self.drop(self.waiting(account))

    def send_again(self, entries: Iterable[OutboxEntry]) -> None:
        """Try these as if they were new."""
        self.change(replace(each, state=WAITING, why="", tried_at=None) for each in entries)

    def belongs(self, person: str, account: str) -> None:
        """What was kept of a sign-in is its account's, which is known by now."""
        if person == account:
            return
        self.version += 1
        for number, entry in self._not_kept.items():
            if entry.account == person:
                self._not_kept[number] = replace(entry, account=account)
        statement = "UPDATE outbox SET account = ? WHERE account = ?"
        self._database().keep(statement, [(account, person)])

    def last_number(self) -> int:
        """The number of the latest that was stored; those that follow have higher ones."""
        rows = self._database().rows("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return int(rows[0][0]) if rows else 0

    def shift(self, after: int, seconds: float) -> None:
        """The clock was wrong by so much when those were added that follow a number."""
        moved = timedelta(seconds=round(seconds))
        self.version += 1
        for number, entry in self._not_kept.items():
            self._not_kept[number] = replace(entry, at=entry.at + moved)
        self._database().keep(
            "UPDATE outbox SET at = at + ? WHERE number > ? AND state != ?",
            [(round(seconds), after, TOLD)],
        )

    def _new(self, account: str) -> list[OutboxEntry]:
        """Those that wait and could not be stored yet."""
        new = self._not_kept.values()
        return [each for each in new if each.account == account and not each.is_told]

    def _around(self, entry: OutboxEntry) -> list[OutboxEntry]:
        """What is there of the same video, near the same moment, in whatever state."""
        query = (
            f"{_ALL} WHERE account = ? AND season = ? AND episode = ? AND at BETWEEN ? AND ? "
            "ORDER BY number"
        )
        at, within = int(entry.at.timestamp()), int(SAME_WITHIN.total_seconds())
        found = self._found(
            query, entry.account, entry.season, entry.episode, at - within, at + within
        )
        return [*found, *self._not_kept.values()]

    def _found(self, query: str, *values: Any) -> list[OutboxEntry]:
        rows = self._database().rows(query, values)
        return [self._changes.applied(_entry(row)) for row in rows]


def _is_there(known: Sequence[OutboxEntry], new: OutboxEntry) -> bool:
    """Whether one of these is the same watch, and nothing said the contrary since.

    Not where a play has marks beside it alone, which the person may still take back. known: in the
    order in which they came.
    """
    near = [each for each in known if abs(each.at - new.at) <= SAME_WITHIN]
    near = [each for each in near if each.is_same_video(new)]
    if new.origin == PLAY and all(each.origin == MARK and not each.is_told for each in near):
        return False
    return bool(near) and near[-1].what == new.what


def _row(entry: OutboxEntry) -> tuple[Any, ...]:
    return (
        *(entry.account, entry.what, entry.origin),
        *columns_of(entry.title),
        *(entry.season, entry.episode, seconds_of(entry.at), entry.label),
        *(entry.state, entry.why, seconds_of(entry.tried_at)),
    )


def _entry(row: Sequence[Any]) -> OutboxEntry:
    account, what, origin = row[:3]
    season, episode, at, label, state, why, tried_at, number = row[7:]
    title, tried = title_from(*row[3:7]), None if tried_at is None else moment(tried_at)
    return OutboxEntry(
        *(account, what, origin, title, season, episode, moment(at), label),
        *(state, why, tried, number),
    )
