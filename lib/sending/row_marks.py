"""Marks by hand on rows that are not of the library, where they are seen: Kodi announces none.

A row that was in focus, and is ticked now, was marked, unless this add-on ticked it. Where rows
that nobody was at have changed too, the list was loaded again by its add-on, and says what that
knows: no mark of a person's. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, NamedTuple, Sequence

from lib.sending.bursts import MOST_BY_HAND
from lib.storage.outbox import MARK, UNWATCHED, WATCHED, OutboxEntry
from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.lists.rows_near_focus import RowsSeen
    from lib.sending.keeper import Keeper
    from lib.sending.send_settings import SendSettings
    from lib.ticks.journal import Journal
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow
    from lib.titles.title import Title

_LOOK_EVERY = 0.5  # seconds
_AFTER_A_PLAY = 5.0  # seconds in which the tick of a play is drawn


class _Change(NamedTuple):
    position: int
    path: str
    playcount: int


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class RowMarkDependencies(NamedTuple):
    """What marks on rows are seen and kept with.

    look: as `RowsNearFocus.look`. may_ask: as for `MarkReader`. account: as `Choice.account`.
    """

    look: Callable[[RowsSeen | None], RowsSeen | None]
    keeper: Keeper
    journal: Journal
    may_ask: Callable[[Title, str], bool]
    account: Callable[[], str]
    settings: Callable[[], SendSettings]


class RowMarks:
    def __init__(
        self,
        deps: RowMarkDependencies,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """now: aware UTC."""
        self._deps = deps
        self._clock = clock
        self._now = now
        self._last: RowsSeen | None = None
        self._look_at = float("-inf")

    def turn(self, *, is_playing: bool) -> float:
        """Look at the rows; seconds until the next look is worth while."""
        now = self._clock()
        if is_playing:
            self._last, self._look_at = None, now + _AFTER_A_PLAY
        elif now >= self._look_at:
            self._look_at = now + _LOOK_EVERY
            last, self._last = self._last, self._deps.look(self._last)
            if last is not None and self._last is not None and last.visit is self._last.visit:
                self._compare(last, self._last)
        return max(self._look_at - now, 0.0)

    def _compare(self, last: RowsSeen, seen: RowsSeen) -> None:
        changes = self._changes(last, seen)
        focuses = sorted((last.focus, seen.focus))
        is_of_hand = all(focuses[0] <= each.position <= focuses[1] for each in changes)
        account = self._deps.account()
        if not changes or len(changes) > MOST_BY_HAND or not is_of_hand or not account:
            return
        shown = seen.visit.shown()
        for change in changes:
            if change.path in shown:
                self._take_in(account, change, *shown[change.path])

    def _changes(self, last: RowsSeen, seen: RowsSeen) -> list[_Change]:
        """Rows that have got or lost their tick, but those of which this add-on did it."""
        found = []
        for position, (path, playcount) in seen.states.items():
            before = last.states.get(position)
            if before and before[0] == path and (before[1] > 0) != (playcount > 0):
                found.append(_Change(position, path, playcount))
        made = self._deps.journal.made([each.path for each in found])
        ours = {file for file, mine in made.items() if not mine.theirs}
        return [each for each in found if each.playcount == 0 or each.path not in ours]

    def _take_in(
        self, account: str, change: _Change, row: NonLibraryRow, identity: Identity
    ) -> None:
        what = WATCHED if change.playcount else UNWATCHED
        at = self._now().replace(microsecond=0)
        entries = [
            OutboxEntry(
                *(account, what, MARK, identity.title, season, episode, at),
                _label(row, identity, season, episode),
            )
            for season, episode in identity.episodes or ((-1, -1),)
        ]
        if what == UNWATCHED:
            for entry in entries:
                self._deps.keeper.withdraw(entry)
        elif self._is_sent(change.path, identity):
            self._deps.keeper.add(entries)

    def _is_sent(self, path: str, identity: Identity) -> bool:
        settings = self._deps.settings()
        wanted: Sequence[bool] = (
            settings.marks,
            settings.episodes if identity.episodes else settings.films,
            settings.addons if addon_of(path) else settings.files,
        )
        return all(wanted) and self._deps.may_ask(identity.title, path)


def _label(row: NonLibraryRow, identity: Identity, season: int, episode: int) -> str:
    """As it is shown: "Heat (1995)", "Dark 2x03"."""
    title, labels = identity.title, row.labels
    said = labels.get("TVShowTitle", "") if identity.episodes else labels.get("Title", "")
    name = said or title.name or labels.get("Label", "")
    if identity.episodes:
        return f"{name} {season}x{episode:02}"
    year = title.year or labels.get("Year", "")
    return f"{name} ({year})" if year and f"({year})" not in name else name
