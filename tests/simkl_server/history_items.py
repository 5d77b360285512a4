"""The bodies of POST /sync/history and its /remove, checked without knowing any title.

What Simkl refuses is refused here. What it takes, and what does harm or may, is complained about
and goes on to do its harm: a test sees both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, cast

from . import items
from .answers import RefusedError
from .catalogue import Asked
from .clock import stamp

MOST = 50
BUCKETS = ("movies", "shows", "anime")
_FIELDS = {"title", "year", "ids", "watched_at"}
_SERIES_FIELDS = _FIELDS | {"seasons", "episodes", "use_tvdb_anime_seasons"}
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:(Z)|([+-])(\d\d):?(\d\d))?", re.ASCII
)
_SOON = 2  # seconds that two clocks of one machine may differ

Complain = Callable[[str], None]
Item = dict[str, Any]


@dataclass(frozen=True)
class SentEpisode:
    """number: None where a whole season is meant."""

    season: int
    number: int | None
    at: str


@dataclass(frozen=True)
class Sent:
    """One item. episodes: None for a film, and where a whole series is meant."""

    item: Item
    bucket: str
    asked: Asked
    at: str
    episodes: tuple[SentEpisode, ...] | None = None
    by_tvdb_seasons: bool = False

    @property
    def is_film(self) -> bool:
        return self.bucket == "movies"


class Reader:
    """Reads one body. removes: dates mean nothing then."""

    def __init__(self, complain: Complain, now: float, *, removes: bool = False) -> None:
        self._complain = complain
        self._now = now
        self._removes = removes

    def read(self, body: object) -> list[Sent]:
        """Raises RefusedError for what no client that keeps the contract would send."""
        if not isinstance(body, dict):
            raise _wrong("the body is not an object")
        unknown = sorted(set(body) - set(BUCKETS))
        if unknown:
            raise _wrong(f"unknown field in the body: {', '.join(unknown)}")
        sent = [
            self._item(bucket, item)
            for bucket in BUCKETS
            for item in _objects(body.get(bucket, []), bucket)
        ]
        self._check_count(sent)
        if self._removes and body.get("anime"):
            self._complain("anime[] in a removal: Simkl ignores it without a word")
            return [each for each in sent if each.bucket != "anime"]
        return sent

    def _check_count(self, sent: list[Sent]) -> None:
        if not sent:
            self._complain("an empty body")
        watches = sum(1 if each.episodes is None else len(each.episodes) for each in sent)
        # All of one series goes in one body.
        if len(sent) > MOST or (watches > MOST and len(sent) > 1):
            self._complain(f"{watches} watches of {len(sent)} titles in one body")

    def _item(self, bucket: str, item: Item) -> Sent:
        is_film = bucket == "movies"
        unknown = sorted(set(item) - (_FIELDS if is_film else _SERIES_FIELDS))
        if unknown:
            raise _wrong(f"unknown field in an item of {bucket}: {', '.join(unknown)}")
        asked = self._asked(bucket, item)
        if is_film:
            if self._removes:
                self._complain("a film in a removal: its rating and its list go too")
            return Sent(item, bucket, asked, self._moment(item, is_needed=True))
        by_tvdb = item.get("use_tvdb_anime_seasons", False)
        if not isinstance(by_tvdb, bool):
            raise _wrong("use_tvdb_anime_seasons is neither true nor false")
        episodes = self._episodes(item)
        at = self._moment(item, is_needed=False)
        return Sent(item, bucket, asked, at, episodes, by_tvdb)

    def _asked(self, bucket: str, item: Item) -> Asked:
        ids, (title, year) = items.ids_of(item), items.name_of(item)
        if any(name == "slug" for name, _ in ids):
            raise _wrong("slug is not to be sent as an id")
        if not ids and not (title and year):
            raise RefusedError(
                400, "empty_field", "an item without id or title + year", breach=True
            )
        return Asked(ids, title, year, "movie" if bucket == "movies" else "show")

    def _episodes(self, item: Item) -> tuple[SentEpisode, ...] | None:
        """Those that are named, also without their season; None where none is."""
        seasons = _objects(item.get("seasons", []), "seasons")
        straight = _objects(item.get("episodes", []), "episodes")
        if straight:
            self._complain("episodes straight on a series: they are of season 1")
            seasons = [*seasons, {"number": 1, "episodes": straight}]
        if not seasons:
            verb = "leaves all lists" if self._removes else "is marked whole"
            self._complain(f"a series without seasons: it {verb}")
            return None
        return tuple(each for season in seasons for each in self._of_season(season))

    def _of_season(self, season: Item) -> list[SentEpisode]:
        unknown = sorted(set(season) - {"number", "watched_at", "episodes"})
        if unknown:
            raise _wrong(f"unknown field in a season: {', '.join(unknown)}")
        number = _number(season, "a season")
        episodes = _objects(season.get("episodes", []), "episodes")
        if not episodes:
            self._complain("a season without episodes: the whole season is meant")
            return [SentEpisode(number, None, self._moment(season, is_needed=False))]
        return [self._episode(number, each) for each in episodes]

    def _episode(self, season: int, episode: Item) -> SentEpisode:
        unknown = sorted(set(episode) - {"number", "watched_at"})
        if unknown:
            raise _wrong(f"unknown field in an episode: {', '.join(unknown)}")
        number = _number(episode, "an episode")
        return SentEpisode(season, number, self._moment(episode, is_needed=True))

    def _moment(self, item: Item, *, is_needed: bool) -> str:
        """When it was watched, as Simkl writes it: now where that is not said."""
        if "watched_at" not in item:
            if is_needed and not self._removes:
                self._complain("no watched_at: the time of the request counts")
            return stamp(self._now)
        moment = self._parsed(item["watched_at"])
        if moment > self._now + _SOON:
            self._complain("watched_at is still to come")
        if moment < 365 * 86400:
            self._complain("watched_at says that nobody knows when")
        return stamp(moment)

    def _parsed(self, text: object) -> float:
        """Seconds since the epoch. One date that is none fails the whole batch."""
        match = _DATE.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise _wrong("watched_at is not a date")
        *numbers, fraction, z, sign, hours, minutes = match.groups()
        try:
            year, month, day, hour, minute, second = map(int, numbers)
            moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
        except ValueError:
            raise _wrong("watched_at is not a date") from None
        if fraction:
            self._complain("watched_at with a fraction of a second")
        if not z:
            self._complain("watched_at without Z: what has no zone is taken as UTC")
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            moment -= offset if sign == "+" else -offset
        return moment.timestamp()


def _objects(value: object, name: str) -> list[Item]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _wrong(f"{name} is not an array of objects")
    return cast("list[Item]", value)


def _number(item: Item, what: str) -> int:
    if not items.is_number(item.get("number")):
        raise _wrong(f"{what} without a number")
    return cast("int", item["number"])


def _wrong(sentence: str) -> RefusedError:
    return RefusedError(400, "wrong_parameter", sentence, breach=True)
