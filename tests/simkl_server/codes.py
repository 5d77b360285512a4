"""Codes shown to a person who is to approve them on simkl.com/pin, in both generations."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .people import Person

VERIFICATION_URI = "https://simkl.com/pin"
# No letters that a person could take for another one.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_DIGITS_TOO = _LETTERS + "23456789"


@dataclass
class Code:
    """One code on its way from "shown" to "approved", "declined" or "over"."""

    user_code: str
    device_code: str
    client_id: str
    scope: str
    ends: float
    interval: float
    approved_by: Person | None = None
    denied: bool = False
    gone: bool = False
    told_over: bool = False
    slow_next: bool = False
    polled_at: float = float("-inf")

    def is_too_fast(self, now: float) -> bool:
        """Counts this poll."""
        passed, self.polled_at = now - self.polled_at, now
        return passed < self.interval

    def is_over(self, now: float) -> bool:
        return self.gone or now >= self.ends


class Codes:
    """`interval` (between polls) and `life`, both in seconds, hold for codes made from now on."""

    def __init__(self) -> None:
        self.interval: float = 5
        self.life: float = 900
        self._codes: list[Code] = []

    def new_device(self, client_id: str, scope: str, now: float) -> Code:
        """Generation 2."""
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        user_code = f"{letters[:4]}-{letters[4:]}"
        return self._keep(user_code, secrets.token_urlsafe(32), client_id, scope, now)

    def new_pin(self, client_id: str, now: float) -> Code:
        """Generation 1, whose device code is always this text."""
        user_code = "".join(secrets.choice(_DIGITS_TOO) for _ in range(6))
        return self._keep(user_code, "DEVICE_CODE", client_id, "", now)

    def shown(self, user_code: str) -> Code | None:
        return next((each for each in self._codes if each.user_code == user_code), None)

    def of_device(self, device_code: str) -> Code | None:
        return next((each for each in self._codes if each.device_code == device_code), None)

    def waiting(self, now: float) -> list[str]:
        """Newest last."""
        return [
            code.user_code
            for code in self._codes
            if not (code.approved_by or code.denied or code.is_over(now))
        ]

    def secrets(self) -> list[str]:
        return [each.device_code for each in self._codes if each.device_code != "DEVICE_CODE"]

    def _keep(self, user: str, device: str, client_id: str, scope: str, now: float) -> Code:
        code = Code(user, device, client_id, scope, now + self.life, self.interval)
        self._codes.append(code)
        return code
