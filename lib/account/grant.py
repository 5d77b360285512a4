"""A sign-in: its tokens, and the client id and address that they were made for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.simkl.tokens import Token, User

_REFRESH_AHEAD = 24 * 3600.0  # seconds before the end of an access token


@dataclass(frozen=True)
class Grant:
    """A sign-in.

    expires_at: seconds since 1970; lifetime: seconds; None where the token does not expire.
    signed_in_at: seconds since 1970; None where it was stored before this was kept.
    account: whose it is at Simkl, the same for each of their sign-ins; "" where it is not known.
    """

    generation: int
    client_id: str
    api_url: str
    access_token: str
    refresh_token: str | None = None
    expires_at: float | None = None
    scope: str = ""
    name: str = ""
    lifetime: float | None = None
    signed_in_at: float | None = None
    account: str = ""

    @property
    def refresh_ahead(self) -> float:
        """Seconds before its end from which on the token is refreshed."""
        return _REFRESH_AHEAD if self.lifetime is None else min(_REFRESH_AHEAD, self.lifetime / 4)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays the same when the token is refreshed, and differs for each sign-in."""
        return self.client_id, self.api_url, self.refresh_token or self.access_token

    @property
    def person(self) -> str:
        """The same in few letters, from which nobody finds the token: to keep answers under."""
        return _in_few_letters(*self.identity)

    @property
    def may_write(self) -> bool:
        """Whether Simkl takes writes with it, by what was granted (docs/simkl-api.md)."""
        return self.generation == 1 or "media:write" in self.scope.split()

    def of(self, user: User) -> Grant:
        """The same, with what Simkl says of the person; what it does not say stays as it is."""
        account = _in_few_letters(self.api_url, user.number) if user.number else self.account
        return replace(self, name=user.name or self.name, account=account)

    def renewed(self, token: Token, now: float) -> Grant:
        return replace(
            self,
            access_token=token.access_token,
            refresh_token=token.refresh_token or self.refresh_token,
            expires_at=None if token.expires_in is None else now + token.expires_in,
            scope=token.scope or self.scope,
            lifetime=token.expires_in,
        )


def _in_few_letters(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def is_of_one_sign_in(grant: Grant | None, other: Grant) -> bool:
    """Whether both are of one sign-in, whatever their tokens are by now."""
    return grant is not None and grant.identity == other.identity
