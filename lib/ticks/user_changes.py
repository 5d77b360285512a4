"""What the person does in Kodi by hand: it wins over whatever Simkl said before.

A tick of the library that was taken away is remembered over restarts, with the title that it was
of: Kodi gives a library id to another video once its own has gone. Knows neither of the two
doors.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Callable

from lib.storage.removed_ticks import RemovedTick
from lib.titles.datetimes import from_kodi

if TYPE_CHECKING:
    from lib.simkl.answers import Watch
    from lib.storage.made_ticks import MadeTick
    from lib.storage.removed_ticks import Key
    from lib.storage.store import Store
    from lib.titles.title import Place, Title


# A box without a clock of its own begins in 1970: any watch would be newer than that.
_AT_LEAST = datetime(2026, 1, 1, tzinfo=timezone.utc)

# By which a watch may be dated ahead of the clock: apps take local time for UTC.
_MOST_AHEAD = timedelta(days=1)


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class UserChanges:
    def __init__(
        self,
        store: Store,
        person: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """person: who is signed in. clock: that of `Known.asked_at`. now: aware UTC."""
        self._store = store
        self._person = person
        self._clock = clock
        self._now = now
        self.is_playing = False
        self._playing: Key | None = None
        self._played: dict[Key, float] = {}
        self._kept: dict[Key, RemovedTick] | None = None

    def plays(self, key: Key | None) -> None:
        """A video starts; None for one that is not in the library."""
        self.stops()
        self.is_playing = True
        self._playing = key

    def stops(self) -> None:
        if self._playing is not None:
            self._played[self._playing] = self._clock()
        self.is_playing = False
        self._playing = None

    def sets(self, key: Key) -> None:
        """The person (or another add-on) set a tick."""
        self._forget_removed([key])

    def removes(self, key: Key, place: Place, shown: datetime | None) -> None:
        """The person (or another add-on) took a tick away. shown: the watch that it showed."""
        self._note_removed(key, place, shown, "")

    def has_taken_back(self, key: Key, place: Place, mine: MadeTick) -> None:
        """The person had a tick taken back, which keeps away the watches of whom it was made for.

        mine: as it was made.
        """
        self._note_removed(key, place, from_kodi(mine.lastplayed), mine.person)

    def _note_removed(self, key: Key, place: Place, shown: datetime | None, person: str) -> None:
        names = place.title.names if place.title else frozenset()
        at = max(self._now(), _AT_LEAST)
        if shown is not None and at < shown < at + _MOST_AHEAD:
            at = shown
        tick = RemovedTick(key, names, place.season, place.episode, at, person)
        self._removed[key] = tick
        self._store.removed_ticks.note(tick)

    def pardon(self, place: Place) -> None:
        """The person asks about a film, a series, a season or an episode anew."""
        asked = place.title.names if place.title else frozenset()
        self._forget_removed(
            [
                key
                for key, tick in self._removed.items()
                if tick.names & asked
                and place.season in (-1, tick.season)
                and place.episode in (-1, tick.episode)
            ]
        )

    def forget(self, key: Key) -> None:
        """The video has left the library: its id may come to stand for another."""
        self._forget_removed([key])
        self._played.pop(key, None)

    def allows(self, key: Key, title: Title, watch: Watch, asked_at: float) -> bool:
        """Whether a video may be ticked for a watch that Simkl was asked about at `asked_at`.

        Not where the person removed the tick after that watch.
        """
        removed = self._removed.get(key)
        if removed is None or removed.person not in ("", self._person()):
            return self.is_untouched(key, asked_at)
        if removed.names and not removed.names & title.names:
            return self.is_untouched(key, asked_at)
        is_newer = watch.at is not None and watch.at > removed.at
        return is_newer and self.is_untouched(key, asked_at)

    def is_untouched(self, key: Key, asked_at: float) -> bool:
        """Whether a video neither plays nor was played since Simkl was asked, at `asked_at`."""
        return key != self._playing and asked_at > self._played.get(key, float("-inf"))

    def played_at(self, key: Key) -> float | None:
        """When a video that plays no more was played last since the start, by the clock."""
        return None if key == self._playing else self._played.get(key)

    def has_played(self, since: float) -> bool:
        """Whether anything was played since then, by the clock."""
        return any(at >= since for at in self._played.values())

    def _forget_removed(self, keys: list[Key]) -> None:
        found = [key for key in keys if self._removed.pop(key, None) is not None]
        if found:
            self._store.removed_ticks.forget(found)

    @property
    def _removed(self) -> dict[Key, RemovedTick]:
        if self._kept is None:
            self._kept = {tick.key: tick for tick in self._store.removed_ticks.all()}
        return self._kept
