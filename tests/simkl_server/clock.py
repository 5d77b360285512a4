"""The server's own idea of time, which a test can move forward, and Simkl's day in US Eastern."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from email.utils import formatdate


class Clock:
    """Runs with the monotonic clock, so that a step of the wall clock cannot disturb a test."""

    def __init__(self) -> None:
        self._wall = time.time()
        self._start = time.monotonic()
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._wall + time.monotonic() - self._start + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += seconds


def stamp(now: float) -> str:
    """A time as Simkl writes it: ISO-8601, UTC, whole seconds."""
    return datetime.fromtimestamp(int(now), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(stamped: str) -> float:
    """Seconds since the epoch of a time as Simkl writes it."""
    return datetime.fromisoformat(stamped.replace("Z", "+00:00")).timestamp()


def http_date(now: float) -> str:
    """A time as the header `Date` has it (RFC 9110, 5.6.7)."""
    return formatdate(int(now), usegmt=True)


def eastern_day(now: float) -> date:
    """The date in New York, in whose midnight the day's budget begins."""
    return _eastern(now).date()


def next_eastern_midnight(now: float) -> float:
    """Seconds since the epoch."""
    midnight = datetime.combine(eastern_day(now) + timedelta(days=1), datetime.min.time())
    as_utc = midnight.replace(tzinfo=timezone.utc).timestamp()
    summer, winter = as_utc + 4 * 3600, as_utc + 5 * 3600
    return summer if _eastern(summer) == midnight else winter


def _eastern(now: float) -> datetime:
    # By rule, not by zoneinfo: a bare Debian has no time zone data.
    utc = datetime.fromtimestamp(now, timezone.utc).replace(tzinfo=None)
    begins = _sunday(utc.year, 3, 2) + timedelta(hours=7)
    ends = _sunday(utc.year, 11, 1) + timedelta(hours=6)
    return utc - timedelta(hours=4 if begins <= utc < ends else 5)


def _sunday(year: int, month: int, nth: int) -> datetime:
    first = datetime(year, month, 1)  # noqa: DTZ001 - compared with naive UTC above
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
