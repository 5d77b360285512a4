"""What the person does in Kodi by hand: it wins over whatever Simkl said before.

A tick of the library that was taken away is remembered over restarts, by the title that it was
of: Kodi gives a title another library id when it is refreshed, gets a better copy, or is scanned
anew. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Callable, Iterable

from lib.storage.removed_ticks import RemovedTick, name_of_key
from lib.ticks.removals import Removals
from lib.titles.datetimes import from_kodi

if TYPE_CHECKING:
    from lib.simkl.answers import Watch
    from lib.storage.made_ticks import MadeTick
    from lib.storage.removed_ticks import Key
    from lib.storage.store import Store
    from lib.ticks.due import Video
    from lib.ticks.removals import Spot
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
        self._removals = Removals(store)
        self._person = person
        self._clock = clock
        self._now = now
        self.is_playing = False
        self._playing: Key | None = None
        self._played: dict[Key, float] = {}

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

    def sets(self, key: Key, place: Place) -> None:
        """The person (or another add-on) set a tick."""
        self._removals.forget(self.removed(key, place))

    def removes(
        self, key: Key, place: Place, shown: datetime | None, at: datetime | None = None
    ) -> None:
        """The person (or another add-on) took a tick away.

        shown: the watch that it showed. at: when, aware UTC; None for now.
        """
        self._note_removed(key, place, shown, at or self.now(), "")

    def has_taken_back(self, key: Key, place: Place, mine: MadeTick) -> None:
        """The person had a tick taken back, which keeps away the watches of whom it was made for.

        mine: as it was made.
        """
        self._note_removed(key, place, from_kodi(mine.lastplayed), self.now(), mine.person)

    def removed(self, key: Key, place: Place) -> set[RemovedTick]:
        """What was taken away of a title."""
        names, season, episode = _spot(key, place)
        spots = [(name, season, episode) for name in names]
        return self._removals.of([*spots, _spot_of_key(key)])

    def has_kept(self, key: Key, place: Place, removed: Iterable[RemovedTick]) -> None:
        """A tick was not taken back after all: only that counts which was `removed` before."""
        self.sets(key, place)
        for tick in removed:
            self._removals.note(tick)

    def _note_removed(
        self, key: Key, place: Place, shown: datetime | None, at: datetime, person: str
    ) -> None:
        at = max(at, _AT_LEAST)
        if shown is not None and at < shown < at + _MOST_AHEAD:
            at = shown
        self._removals.note(RemovedTick(*_spot(key, place), at, person))

    def pardon(self, place: Place) -> None:
        """The person asks about a film, a series, a season or an episode anew."""
        asked = place.title.names if place.title else frozenset()
        self._forget(
            lambda tick: (
                bool(tick.names & asked)
                and place.season in (-1, tick.season)
                and place.episode in (-1, tick.episode)
            )
        )

    def pardon_all(self) -> None:
        """The person wants back all that is kept away from them."""
        self._forget(self._concerns)

    @property
    def has_removed(self) -> bool:
        """Whether the person has taken any tick away that they did not set again."""
        return self._removals.has_any

    @property
    def kept_away(self) -> int:
        """Of how many titles the ticks are kept away: films and episodes."""
        kept = self._removals.which(lambda tick: self._concerns(tick) and not tick.is_over)
        return len({(tick.names, tick.season, tick.episode) for tick in kept})

    def forget(self, key: Key) -> None:
        """The video has left the library: its id may come to stand for another."""
        self._removals.forget(self._removals.of([_spot_of_key(key)]))
        self._played.pop(key, None)

    def allows(self, video: Video, title: Title, watch: Watch, asked_at: float) -> bool:
        """Whether a video may be ticked for a watch that Simkl was asked about at `asked_at`.

        Not where the person removed the tick of its title after that watch.
        """
        spots = [(name, video.season, video.episode) for name in title.names]
        found = self._removals.of([*spots, _spot_of_key(video.key)])
        removed = [tick for tick in found if self._concerns(tick)]
        is_newer = all(watch.at is not None and watch.at > tick.at for tick in removed)
        if is_newer:
            for tick in removed:
                self._removals.end(tick)
        return is_newer and self.is_untouched(video.key, asked_at)

    def is_untouched(self, key: Key, asked_at: float) -> bool:
        """Whether a video neither plays nor was played since Simkl was asked, at `asked_at`."""
        return key != self._playing and asked_at > self._played.get(key, float("-inf"))

    def played_at(self, key: Key) -> float | None:
        """When a video that plays no more was played last since the start, by the clock."""
        return None if key == self._playing else self._played.get(key)

    def has_played(self, since: float) -> bool:
        """Whether anything was played since then, by the clock."""
        return any(at >= since for at in self._played.values())

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now()

    def _concerns(self, tick: RemovedTick) -> bool:
        """Whether it keeps away the watches of who is signed in."""
        return tick.person in ("", self._person())

    def _forget(self, is_meant: Callable[[RemovedTick], bool]) -> None:
        self._removals.forget(self._removals.which(is_meant))


def _spot(key: Key, place: Place) -> tuple[frozenset[str], int, int]:
    """Names, season and episode: of a place that Kodi does not name, those of its library id."""
    if place.title is None:
        return frozenset([name_of_key(key)]), -1, -1
    return place.title.names, place.season, place.episode


def _spot_of_key(key: Key) -> Spot:
    return name_of_key(key), -1, -1
