"""Who is signed in: the token file, and the one place that refreshes and revokes.

Knows neither of the two doors: the client of Simkl is passed in. A token is only ever used with
the client id, the generation and the address that it was made for
(docs/simkl-api.md, "Signing in").
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable, TypeVar

from lib.account.grant import Grant, is_of_one_sign_in
from lib.account.token_file import TokenFile
from lib.simkl.errors import (
    AccountBroken,
    AccountNotKept,
    BadRequest,
    SignedOut,
    TooFast,
    Unreachable,
)

if TYPE_CHECKING:
    from lib.simkl.client import Simkl
    from lib.simkl.tokens import User

Result = TypeVar("Result")


class Account:
    """The sign-in of this Kodi profile, kept in one file that only its owner can read."""

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        """file: where the sign-in is kept. now: seconds since 1970."""
        self._file = TokenFile(file)
        self._now = now
        self._grant: Grant | None = None
        self._refused = ""
        self._lock = threading.RLock()  # the script's thread signs out while another one refreshes

    def load(self) -> None:
        """Read the file. Errors: AccountBroken; nobody is signed in then, the file stays."""
        self._grant = None
        self._grant = self._file.read()

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
            self._file.write(grant)

    def forget(self) -> None:
        """Nobody is signed in from now on. Errors: AccountBroken when the file stays."""
        with self._lock:
            self._grant = None
            self._file.remove()

    def know(self, grant: Grant, user: User) -> Grant:
        """The sign-in with what Simkl says of the person, kept, unless it is over meanwhile."""
        known = grant.of(user)
        with self._lock:
            current = self._grant
            if current is not None and is_of_one_sign_in(current, grant):
                known = current.of(user)
                self._replace(current, known, is_same_token=True)
        return known

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
        if stored is None or not is_of_one_sign_in(stored, grant) or stored.expires_at is None:
            return None
        if stored.access_token in (grant.access_token, self._refused):
            return None
        if stored.expires_at - self._now() < stored.refresh_ahead:
            return None
        with self._lock:
            if is_of_one_sign_in(self._grant, grant):
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
            if not is_of_one_sign_in(self._grant, grant):
                return
            self._grant = newer
            stored = self._stored()
            if stored is None or not is_of_one_sign_in(stored, grant):
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
            return self._file.read()
        except AccountBroken:
            return None
