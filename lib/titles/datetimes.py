"""Times as Simkl says them and as Kodi keeps them. Knows neither of the two doors.

Simkl's times are UTC; Kodi's `lastplayed` is the machine's local time without a zone.
`datetime.strptime` and `astimezone` are not used: both fail in Kodi's embedded Python on some
systems (python/cpython#71587; Android and Windows near 1970).
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone

# What Simkl stands for with 1970-01-01T00:00:01Z, "long ago, date unknown", as Kodi gets it:
# Kodi would take no date for "now". It is not shifted by the time zone, so it reads as it is.
LONG_AGO = "1970-01-01 00:00:01"

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):?(\d\d))?\Z",
    re.ASCII,
)


def from_simkl(text: object) -> datetime | None:
    """The aware UTC time that an ISO-8601 text of Simkl's names; None for anything else.

    A time without a zone is UTC, as docs/simkl-api.md promises for all of Simkl's times.
    """
    match = _ISO.match(text) if isinstance(text, str) else None
    if not match:
        return None
    sign, hours, minutes = match.group(7), match.group(8), match.group(9)
    try:
        year, month, day, hour, minute, second = map(int, match.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            moment += -offset if sign == "+" else offset
    except (ValueError, OverflowError):
        return None
    return moment


def is_long_ago(moment: datetime) -> bool:
    """Whether Simkl means "date unknown": nobody watched anything with Simkl near 1970."""
    return moment.year <= 1970


def for_kodi(moment: datetime) -> str | None:
    """Kodi's `YYYY-MM-DD HH:MM:SS` in local time, by the daylight saving of that very date.

    None where the machine's C library cannot tell (32-bit time, some Windows), and past 9999.
    """
    try:
        local = time.localtime(moment.timestamp())
    except (OverflowError, ValueError, OSError):
        return None
    return time.strftime("%Y-%m-%d %H:%M:%S", local) if local.tm_year <= 9999 else None


def from_kodi(text: str) -> datetime | None:
    """The aware UTC time of one of Kodi's local times; None for anything else."""
    try:
        return datetime.fromtimestamp(
            time.mktime(datetime.fromisoformat(text).timetuple()), timezone.utc
        )
    except (OverflowError, ValueError, OSError):
        return None


def one_second_before(kodi_time: str) -> str:
    """The second before one of Kodi's local times, as text. Errors: ValueError if it is none."""
    try:
        return str(datetime.fromisoformat(kodi_time) - timedelta(seconds=1))
    except OverflowError:
        raise ValueError("nothing comes before the first second") from None


def checked_kodi_time(text: object) -> str:
    """One of Kodi's local times as it came; "" for anything else, as Kodi has it for none."""
    try:
        return str(datetime.fromisoformat(str(text)))
    except ValueError:
        return ""
