"""What an answer of Simkl's means that is no success. Knows statuses and headers, but no HTTP.

The table is that of docs/simkl-api.md, "Every request".
"""

from __future__ import annotations

import json
import re
from typing import Any, Mapping

from lib.simkl.errors import (
    AlreadyWatched,
    BadRequest,
    Busy,
    ClientIdRefused,
    DayUsedUp,
    ReadOnly,
    Refused,
    SignedOut,
    TooFast,
    Trouble,
    Unreachable,
)

_LONGEST_TOLD_WAIT = 26 * 3600.0
_MOST_DIGITS = 6
_LOCK_SECONDS = 20.0  # that one write of a person keeps the next waiting, at most


def parsed(content: bytes) -> Any:
    """The JSON of an answer; None where it is empty or none."""
    try:
        return json.loads(content) if content else None
    except (ValueError, RecursionError):
        return None


def trouble_of(status: int, name: str, told: float | None) -> Trouble:
    """The error for an answer that is none of the successes."""
    # Simkl's names are plain words; anything else might quote what was sent.
    what = f"status {status} {name}" if _PLAIN_WORDS.match(name) else f"status {status}"
    if name in ("user_limit_exceeded", "app_limit_exceeded"):
        return DayUsedUp(what, told)
    if status == 429:
        return TooFast(what, told)
    if not 400 <= status < 500 or status == 408 or not name:
        return Unreachable(what)  # Simkl's own refusals have a name; a hotel's network has none
    return _REFUSALS.get(name, _REFUSALS.get(str(status), BadRequest))(what)


def trouble_of_write(status: int, name: str, told: float | None) -> Trouble:
    """The same for an answer to a write (docs/simkl-api.md, "Writes")."""
    # Simkl's own pages spell its name in both cases.
    if status == 423 or (status == 400 and name.lower() == "rate_limit"):
        return Busy(f"status {status}: another write is under way", told or _LOCK_SECONDS)
    if status == 409 and name == "already_watched":
        return AlreadyWatched(f"status {status} {name}")
    if status == 403 and name == "insufficient_scope":
        return ReadOnly(f"status {status} {name}")
    return trouble_of(status, name, told)


_REFUSALS: dict[str, type[Trouble]] = {
    "unauthorized_client": ClientIdRefused,
    "invalid_client": ClientIdRefused,
    "invalid_grant": SignedOut,
    "401": SignedOut,
    "403": Refused,
    "412": ClientIdRefused,
}


_PLAIN_WORDS = re.compile(r"[a-z_]{1,40}\Z")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that Simkl asks to wait; None where it does not say.

    It may say until when (RFC 9110, 10.2.3): that counts from the answer's own `Date`, because the
    clock of a box may be wrong.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return min(float(text), _LONGEST_TOLD_WAIT) if len(text) <= _MOST_DIGITS else None
    until, now = moment_of_header(text), moment_of_header(headers.get("Date", ""))
    if until is None or now is None:
        return None
    return min(max(0.0, until - now), _LONGEST_TOLD_WAIT)


def moment_of_header(text: str) -> float | None:
    """Seconds since 1970 of a date in a header; None where it is none."""
    from email.utils import parsedate_to_datetime  # hardly ever needed, and slow to import

    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
