"""What Simkl's sign-in endpoints say, in types: codes, tokens and the answers to a poll.

Knows their JSON, and neither HTTP nor Kodi (docs/simkl-api.md, "Signing in").
"""

from __future__ import annotations

import enum
from typing import Any, Mapping, NamedTuple
from urllib.parse import quote

from lib.simkl.errors import Unreachable

READ_SCOPE = "media:read"
WRITE_SCOPE = "media:read media:write"
"""What a sign-in asks for: to read only, or to write as well. Simkl grants it or less."""


class Code(NamedTuple):
    """A code for a person to enter. secret: the device code (generation 2), never shown.

    expires_in, interval: seconds. scan_address: the page with the code filled in, for a QR code.
    """

    user_code: str
    secret: str
    address: str
    expires_in: float
    interval: float
    scan_address: str = ""


class Token(NamedTuple):
    """expires_in: seconds, None for a token that does not expire (generation 1)."""

    access_token: str
    refresh_token: str | None = None
    expires_in: float | None = None
    scope: str = ""


class User(NamedTuple):
    """Who is signed in. name: "" where they gave none. number: of the account at Simkl, as text;
    "" where Simkl does not say it now. plan: what they pay for, "" where that is not said.
    """

    name: str = ""
    number: str = ""
    plan: str = ""


class Poll(enum.Enum):
    """The answers to a poll that are no token."""

    PENDING = "nobody has entered the code yet"
    SLOW_DOWN = "polled too often"
    GONE = "the code no longer exists"
    EXPIRED = "the code's time is over"
    DENIED = "Simkl did not allow it"


POLL_ERRORS = {
    "authorization_pending": Poll.PENDING,
    "slow_down": Poll.SLOW_DOWN,
    "expired_token": Poll.EXPIRED,
    "access_denied": Poll.DENIED,
    "invalid_grant": Poll.GONE,
}


def text_from(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise Unreachable(f"the answer has no {key}")
    return value


def _seconds(answer: Mapping[str, Any], key: str, default: float) -> float:
    value = answer.get(key)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 < value < 1e9 else default  # type: ignore[operator, arg-type]


def code_from(answer: Mapping[str, Any], secret: str) -> Code:
    user_code = text_from(answer, "user_code")
    address = answer.get("verification_uri") or answer.get("verification_url")
    address = str(address or "https://simkl.com/pin")
    return Code(
        user_code,
        secret,
        address,
        _seconds(answer, "expires_in", 900),
        _seconds(answer, "interval", 5),
        str(answer.get("verification_uri_complete") or f"{address}/{quote(user_code, safe='')}"),
    )


def token_from(answer: Mapping[str, Any]) -> Token:
    refresh = answer.get("refresh_token")
    return Token(
        text_from(answer, "access_token"),
        refresh if isinstance(refresh, str) and refresh else None,
        _seconds(answer, "expires_in", 604800),
        str(answer.get("scope") or ""),
    )


def user_from(answer: Mapping[str, Any]) -> User:
    user, account = (answer.get(key) for key in ("user", "account"))
    name = user.get("name") if isinstance(user, Mapping) else None
    number = account.get("id") if isinstance(account, Mapping) else None
    is_number = isinstance(number, (int, str)) and not isinstance(number, bool)
    plan = account.get("type") if isinstance(account, Mapping) else None
    return User(str(name or ""), str(number or "") if is_number else "", str(plan or ""))
