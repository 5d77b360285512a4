"""Who is signed in: the token file, and the one place that refreshes and revokes.

Knows neither of the two doors: the client of Simkl is handed in. A token is only ever used with
the client id, the generation and the address that it was made for
(docs/simkl-api.md, "Signing in").
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, TypeVar

from lib.errors import (
    AccountBroken,
    AccountNotKept,
    BadRequest,
    SignedOut,
    TooFast,
    Unreachable,
)

if TYPE_CHECKING:
    from lib.grants import Token
    from lib.simkl import Simkl

_REFRESH_AHEAD = 24 * 3600.0  # seconds before the end of an access token
_VERSION = 1

Result = TypeVar("Result")


@dataclass(frozen=True)
class Grant:
    """A sign-in.

    expires_at: seconds since 1970; lifetime: seconds; None where the token does not expire.
    signed_in_at: seconds since 1970; None where it was stored before this was kept.
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
        return hashlib.sha256("\n".join(self.identity).encode()).hexdigest()[:16]

    def renewed(self, token: Token, now: float) -> Grant:
        return replace(
            self,
            access_token=token.access_token,
            refresh_token=token.refresh_token or self.refresh_token,
            expires_at=None if token.expires_in is None else now + token.expires_in,
            scope=token.scope or self.scope,
            lifetime=token.expires_in,
        )


class Account:
    """The sign-in of this Kodi profile, kept in one file that only its owner can read."""

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        """file: where the sign-in is kept. now: seconds since 1970."""
        self._file = file
        self._now = now
        self._grant: Grant | None = None
        self._refused = ""
        self._lock = threading.RLock()  # the script's thread signs out while another one refreshes

    def load(self) -> None:
        """Read the file. Errors: AccountBroken; nobody is signed in then, the file stays."""
        self._grant = None
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise AccountBroken(f"the sign-in cannot be read: {type(error).__name__}") from None
        self._grant = _grant_from(text)

    def grant_for(self, client_id: str, api_url: str) -> Grant | None:
        """The sign-in, if there is one that was made for this client id at this address."""
        grant = self._grant
        if grant and grant.client_id == client_id and grant.api_url == api_url:
            return grant
        return None

    @property
    def grant(self) -> Grant | None:
        """The sign-in, whatever it was made for: for showing its name, and for signing out."""
        return self._grant

    def keep(self, grant: Grant) -> None:
        """Store a sign-in. Errors: AccountNotKept when it cannot be written; it still counts
        until Kodi ends.
        """
        with self._lock:
            self._grant = grant
            try:
                _write_atomically(self._file, json.dumps({"version": _VERSION, **asdict(grant)}))
            except OSError as error:
                what = type(error).__name__
                raise AccountNotKept(f"the sign-in was not stored: {what}") from None

    def forget(self) -> None:
        """Nobody is signed in from now on. Errors: AccountBroken when the file stays."""
        with self._lock:
            self._grant = None
            try:
                _draft_of(self._file).unlink(missing_ok=True)
                self._file.unlink(missing_ok=True)
            except OSError as error:
                raise AccountBroken(f"the sign-in stays on disk: {type(error).__name__}") from None

    def call(self, simkl: Simkl, grant: Grant, call: Callable[[str], Result]) -> Result:
        """The result of `call(access_token)`, with a token that was refreshed where needed.

        A day before the end, and once after a 401. Errors: SignedOut when that did not help.
        """
        grant = self._refreshed_ahead(simkl, grant)
        try:
            return self._called(grant, call)
        except SignedOut:
            if grant.refresh_token is None:
                raise
        newer = self._newer(grant)
        if newer is not None:
            with suppress(SignedOut):
                return self._called(newer, call)
        return self._called(self._refreshed(simkl, newer or grant), call)

    def _called(self, grant: Grant, call: Callable[[str], Result]) -> Result:
        """The result of the call. A token that was refused once is not sent again."""
        if grant.access_token == self._refused:
            raise SignedOut("the token was refused before")
        try:
            return call(grant.access_token)
        except SignedOut:
            self._refused = grant.access_token
            self._replace(grant, replace(grant, expires_at=0.0), is_same_token=True)
            raise

    def _refreshed_ahead(self, simkl: Simkl, grant: Grant) -> Grant:
        left = None if grant.expires_at is None else grant.expires_at - self._now()
        if left is None or left >= grant.refresh_ahead:
            return grant
        if grant.refresh_token is None:
            if left <= 0:
                raise SignedOut("the token has ended")
            return grant
        try:
            return self._newer(grant) or self._refreshed(simkl, grant)
        except (Unreachable, TooFast):
            if left <= 0:
                raise
            return grant  # still good for today; the next call tries again

    def _newer(self, grant: Grant) -> Grant | None:
        """The same sign-in with a token that somebody else has stored, if that is a good one."""
        stored = self._stored()
        if stored is None or not _is_of(stored, grant) or stored.expires_at is None:
            return None
        if stored.access_token in (grant.access_token, self._refused):
            return None
        if stored.expires_at - self._now() < stored.refresh_ahead:
            return None
        with self._lock:
            if _is_of(self._grant, grant):
                self._grant = stored
        return stored

    def _refreshed(self, simkl: Simkl, grant: Grant) -> Grant:
        """The grant with another access token from Simkl; the old one is dead then."""
        if grant.refresh_token is None:
            raise SignedOut("the token has no refresh token")
        try:
            token = simkl.refresh(grant.client_id, grant.refresh_token)
        except BadRequest as error:  # of which no title is the cause
            raise Unreachable(f"the token was not refreshed: {error}") from None
        renewed = grant.renewed(token, self._now())
        self._replace(grant, renewed)
        return renewed

    def _replace(self, grant: Grant, newer: Grant, *, is_same_token: bool = False) -> None:
        """Keep a sign-in as it is by now, unless somebody has signed out meanwhile, or in anew.

        is_same_token: not where another Kodi that shares the file has stored a newer one either.
        """
        with self._lock:
            if not _is_of(self._grant, grant):
                return
            self._grant = newer
            stored = self._stored()
            if stored is None or not _is_of(stored, grant):
                return
            if is_same_token and stored.access_token != grant.access_token:
                return
            # The refresh token stays the same, so a file that cannot be written is still good
            # for the next start.
            with suppress(AccountNotKept):
                self.keep(newer)

    def _stored(self) -> Grant | None:
        """What the file holds: another Kodi may share it."""
        try:
            return _grant_from(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, AccountBroken):
            return None


def _is_of(grant: Grant | None, other: Grant) -> bool:
    """Whether both are of one sign-in, whatever their tokens are by now."""
    return grant is not None and grant.identity == other.identity


def _grant_from(text: str) -> Grant:
    """The sign-in in the file's text. Errors: AccountBroken."""
    damage = ""
    try:
        content: Any = json.loads(text)
        if content.pop("version") != _VERSION:
            raise AccountBroken("the sign-in was stored by another version")
        grant = Grant(**content)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        damage = type(error).__name__
    if damage:
        # Raised out here, so that nothing leads back to that error: it quotes the file, and so
        # the token.
        raise AccountBroken(f"the sign-in is damaged: {damage}")
    texts = (grant.client_id, grant.api_url, grant.access_token, grant.name, grant.scope)
    if not all(isinstance(value, str) for value in texts) or not grant.access_token:
        raise AccountBroken("the sign-in is damaged: wrong types")
    times = (grant.expires_at, grant.lifetime, grant.signed_in_at)
    is_time = all(value is None or isinstance(value, (int, float)) for value in times)
    is_known = isinstance(grant.generation, int) and grant.generation in (1, 2)
    if not (is_time and is_known and isinstance(grant.refresh_token, (str, type(None)))):
        raise AccountBroken("the sign-in is damaged: wrong types")
    return grant


def _write_atomically(file: Path, text: str) -> None:
    """Replace the file in one step, readable by its owner alone from its first byte on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft_of(file)
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _draft_of(file: Path) -> Path:
    return file.with_name(file.name + ".new")
