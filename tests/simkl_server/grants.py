"""Client ids and the tokens that were made for them; what a token is still worth."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .answers import RefusedError

if TYPE_CHECKING:
    from .people import Person

DAY = 86400
ACCESS_LIFE = 7 * DAY
REFRESH_LIFE = 180 * DAY
OLD_LIFE = 5 * 365 * DAY
READ, WRITE = "media:read", "media:write"


@dataclass(frozen=True)
class Tokens:
    """A grant as the token endpoint answered it; without a refresh token in generation 1."""

    access_token: str
    refresh_token: str | None
    expires_in: int
    scope: str
    token_type: str = "Bearer"


@dataclass
class Grant:
    """What a person allowed one client id to do, until it is revoked."""

    client_id: str
    generation: int
    person: Person
    scope: str
    access_token: str
    access_ends: float
    refresh_token: str | None = None
    refresh_ends: float = 0.0
    revoked: bool = False
    knows_scope: bool = True
    """Whether the client was told what it may do by now."""

    def tokens(self) -> Tokens:
        life = ACCESS_LIFE if self.generation == 2 else OLD_LIFE
        return Tokens(self.access_token, self.refresh_token, life, self.scope)


class Clients:
    """Registered client ids; each belongs to one generation."""

    def __init__(self) -> None:
        self._generations: dict[str, int] = {}

    def add(self, client_id: str, generation: int) -> str:
        self._generations[client_id] = generation
        return client_id

    def generation(self, client_id: str) -> int | None:
        """None for a client id that was never registered."""
        return self._generations.get(client_id)


class Grants:
    """All grants that were ever made, so that a dead token is told from one never seen."""

    def __init__(self) -> None:
        self._grants: list[Grant] = []
        self._killed: dict[str, Grant] = {}

    def new(self, client_id: str, generation: int, person: Person, scope: str, now: float) -> Grant:
        if generation == 1:
            token = secrets.token_hex(32)
            grant = Grant(client_id, 1, person, f"{READ} {WRITE}", token, now + OLD_LIFE)
        else:
            grant = Grant(client_id, 2, person, scope, _access_token(), now + ACCESS_LIFE)
            grant.refresh_token = f"simkl_rt_{secrets.token_urlsafe(32)}"
            grant.refresh_ends = now + REFRESH_LIFE
        self._grants.append(grant)
        return grant

    def find(self, token: str | None) -> Grant | None:
        """By an access token, one that a refresh killed too, or a refresh token."""
        living = (each for each in self._grants if token in (each.access_token, each.refresh_token))
        return next(living, self._killed.get(token or ""))

    def of_access(self, token: str, client_id: str, now: float) -> Grant:
        """The grant of a token that opens something; raises RefusedError (401)."""
        grant = self.find(token)
        if grant and grant.client_id != client_id:
            grant.revoked = True
            raise RefusedError(
                401, "invalid_client", "token sent with another client id", breach=True
            )
        if grant is None or grant.access_token != token or grant.revoked:
            raise RefusedError(401, "user_token_failed", "the token is wrong or was revoked")
        if now >= grant.access_ends:
            raise RefusedError(401, "user_token_failed", "the token ran out")
        return grant

    def refresh(self, token: str, client_id: str, now: float) -> Grant:
        """A new access token; the old one is dead at once. Raises RefusedError (400)."""
        grant = self.find(token)
        if grant and grant.client_id != client_id:
            grant.revoked = True
            raise RefusedError(
                400, "invalid_grant", "refresh token sent with another client id", breach=True
            )
        if grant is None or grant.refresh_token != token or grant.revoked:
            raise RefusedError(400, "invalid_grant", "the refresh token is wrong or was revoked")
        if now >= grant.refresh_ends:
            raise RefusedError(400, "invalid_grant", "the refresh token ran out")
        self._killed[grant.access_token] = grant
        grant.access_token, grant.access_ends = _access_token(), now + ACCESS_LIFE
        grant.refresh_ends = now + REFRESH_LIFE
        return grant

    def secrets(self) -> list[str]:
        """Every token that was ever made: none of them may stand in a URL."""
        every = [text for each in self._grants for text in (each.access_token, each.refresh_token)]
        return [text for text in [*every, *self._killed] if text]


def granted(scope: str) -> str:
    """What is granted of what was asked: a missing or misspelled scope is silently read-only."""
    words = scope.split(" ")
    return scope if all(word in (READ, WRITE) for word in words) else READ


def made_up_client_id(generation: int) -> str:
    """Looks like a real one, and is the same at every start, so that a developer sets it once."""
    return hashlib.sha256(f"loopback Simkl, generation {generation}".encode()).hexdigest()


def _access_token() -> str:
    return f"simkl_at_{secrets.token_urlsafe(32)}"
