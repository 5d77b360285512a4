"""Accounts: their lists, what they watched and when, and when each list last moved."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .clock import Clock, seconds, stamp
from .limits import Quota
from .record import Record, Told
from .write_lock import WriteLock

if TYPE_CHECKING:
    from .catalogue import Episode, Title

FILM_LISTS = ("plantowatch", "completed", "dropped")
SERIES_LISTS = ("plantowatch", "watching", "completed", "hold", "dropped")
DOMAINS = {"show": "tv_shows", "anime": "anime", "movie": "movies"}
_MOVES = ("all", "rated_at", "playback")
_APART = 48 * 3600.0  # seconds between two watches of one thing


@dataclass
class Entry:
    """A title in one of the lists. A film's watch has the key None; a date may be None: unknown."""

    list: str
    watched: dict[Episode | None, str | None] = field(default_factory=dict)

    @property
    def last_watched_at(self) -> str | None:
        return max((at for at in self.watched.values() if at), default=None)


class Person:
    """One account at Simkl. What a test calls here is what the person does on simkl.com.

    may_be_written: whether a test expects writes; without it each is a breach. record: what the
    writes came to. asked: the titles that were asked about so far.
    """

    def __init__(self, name: str, number: int, plan: str, clock: Clock) -> None:
        self.name = name
        self.id = number
        self.plan = plan
        self.quota = Quota(plan, clock)
        self.may_be_written = False
        self.record = Record()
        self.asked: set[Title] = set()
        self.write_lock = WriteLock()
        self._clock = clock
        self._lock = threading.RLock()
        self._entries: dict[Title, Entry] = {}
        self._ratings: dict[Title, int] = {}
        self._moved: dict[tuple[str, str], float] = {}
        self._shown = 0.0

    @property
    def calls_left(self) -> int:
        return self.quota.left

    @calls_left.setter
    def calls_left(self, calls: int) -> None:
        self.quota.left = calls

    def entry(self, title: Title) -> Entry | None:
        """A copy, so that an answer does not change while it is written."""
        with self._lock:
            entry = self._entries.get(title)
            return Entry(entry.list, dict(entry.watched)) if entry else None

    @property
    def watches(self) -> dict[tuple[Title, Episode | None], str | None]:
        """All that is watched by now, and when; a film has no episode."""
        with self._lock:
            return {
                (title, episode): at
                for title, entry in self._entries.items()
                for episode, at in entry.watched.items()
            }

    def take_in(self, title: Title, episode: Episode | None, at: str) -> bool:
        """Watched, unless it is already: the first date stays. Whether anything changed."""
        with self._lock:
            if (title, episode) in self.watches:
                return False
            season, number = episode or (None, None)
            self.watch(title, season=season, episode=number, at=at)
            return True

    def take_in_rewatch(self, told: Told) -> bool:
        """A further watch, where the plan keeps them and it is two days from each other one."""
        what = (told.title, told.episode)
        dates = [each.at for each in self.record.rewatches if (each.title, each.episode) == what]
        dates.append(self.watches.get(what))
        at = seconds(told.at or "")
        if self.plan == "free" or any(abs(at - seconds(day)) < _APART for day in dates if day):
            return False
        self.record.rewatches.append(told)
        return True

    def lock_writes(self, duration: float) -> None:
        """Another app writes for this person now, for so many seconds."""
        self.write_lock.hold(self._clock.now() + duration)

    def watch(
        self,
        title: Title,
        *,
        season: int | None = None,
        episode: int | None = None,
        at: str | None = None,
    ) -> None:
        """A film, an episode, a season or a whole series; of these two what has aired."""
        with self._lock:
            entry = self._entries.setdefault(title, Entry("watching"))
            entry.watched.update(dict.fromkeys(_meant(title, season, episode), at))
            entry.list = "completed" if _is_finished(title, entry) else "watching"
            self._move(title, entry.list)

    def unwatch(
        self, title: Title, *, season: int | None = None, episode: int | None = None
    ) -> None:
        """Without a season the title leaves all lists, as /sync/history/remove does it."""
        if season is None:
            self.remove(title)
            return
        with self._lock:
            entry = self._entries[title]
            for watched in list(entry.watched):
                if watched and watched[0] == season and episode in (None, watched[1]):
                    del entry.watched[watched]
            if entry.list == "completed" and not _is_finished(title, entry):
                entry.list = "watching"
            self._move(title, entry.list)

    def put(self, title: Title, name: str) -> None:
        """Into a list, without watching anything; what was watched stays watched."""
        if name not in (FILM_LISTS if title.is_film else SERIES_LISTS):
            raise ValueError(f"a {title.kind} cannot be {name}")
        with self._lock:
            self._entries.setdefault(title, Entry(name)).list = name
            self._move(title, name)

    def remove(self, title: Title) -> None:
        """From all lists, and its rating goes along."""
        with self._lock:
            del self._entries[title]
            self._ratings.pop(title, None)
            self._move(title, "removed_from_list")

    def rate(self, title: Title, stars: int = 8) -> None:
        """Moves the activities without changing what is watched."""
        self._ratings[title] = stars
        self._move(title, "rated_at")

    def rating(self, title: Title) -> int | None:
        """Of 10; None without one."""
        return self._ratings.get(title)

    def pause(self, title: Title) -> None:
        """Stopped in the middle: moves the activities without changing what is watched."""
        self._move(title, "playback")

    def activities(self) -> dict[str, object]:
        """As GET /sync/activities answers; None where nothing ever happened."""
        with self._lock:
            now = self._clock.now()
            self._shown = max([now, *self._moved.values()])
            domains = {
                domain: self._domain(domain, FILM_LISTS if kind == "movie" else SERIES_LISTS)
                for kind, domain in DOMAINS.items()
            }
            latest = max(self._moved.values(), default=None)
            every = None if latest is None else stamp(latest)
            return {"all": every, "settings": {"all": None}, **domains}

    def _domain(self, domain: str, lists: tuple[str, ...]) -> dict[str, str | None]:
        names = (*_MOVES, *lists, "removed_from_list")
        times = {name: self._moved.get((domain, name)) for name in names}
        return {name: None if at is None else stamp(at) for name, at in times.items()}

    def _move(self, title: Title, name: str) -> None:
        # Whole seconds would hide a change in the very second in which somebody last looked.
        with self._lock:
            at = max(self._clock.now(), self._shown + 1)
            domain = DOMAINS[title.kind]
            self._moved[domain, name] = self._moved[domain, "all"] = at


def _meant(title: Title, season: int | None, episode: int | None) -> list[Episode | None]:
    if title.is_film:
        return [None]
    if season is None:
        return [*title.aired()]
    if episode is not None:
        if episode > title.seasons.get(season, 0):
            raise ValueError(f"{title.title} has no episode {episode} in season {season}")
        return [(season, episode)]
    return [each for each in title.episodes(season) if each not in title.unaired]


def _is_finished(title: Title, entry: Entry) -> bool:
    return title.is_film or all(episode in entry.watched for episode in title.aired())
