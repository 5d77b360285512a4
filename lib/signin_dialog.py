"""Signing in and out as a person sees it: the dialog with the code, the greeting, the sentences.

Knows Kodi through its door, and Simkl through the flows of `signin.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Callable, TypeVar

from lib import kodi, texts
from lib.account import Grant
from lib.errors import AccountBroken, SignedOut, Trouble
from lib.signin import SignIn

if TYPE_CHECKING:
    from lib.account import Account
    from lib.grants import Token
    from lib.simkl import Simkl
    from lib.worker import Worker

DISCONNECT_ADDRESS = "simkl.com/settings/connected-apps"
_LOOK_EVERY = 0.1  # seconds between looks at Cancel

Result = TypeVar("Result")


class _Left(Exception):
    """The person pressed Cancel, or Kodi is leaving."""


class Signing:
    """One sign-in. `simkl` is its own client, so that leaving it cuts only this."""

    def __init__(
        self, simkl: Simkl, client_id: str, worker: Worker, sleep: Callable[[float], bool]
    ) -> None:
        """sleep: waits so many seconds; True at once when Kodi wants to leave."""
        self._simkl = simkl
        self._client_id = client_id
        self._worker = worker
        self._sleep = sleep
        self._dialog = kodi.Dialog(
            kodi.text(texts.SIGN_IN), kodi.text(texts.ASKING_FOR_CODE), sleep
        )

    def grant(self, now: Callable[[], float]) -> Grant | None:
        """The new sign-in, once the person has approved it; None when they pressed Cancel.

        now: seconds since 1970. Errors: those of `SignIn.step`.
        """
        try:
            flow = SignIn(self._simkl, self._client_id)
            token = self._token(flow)
            started = Grant(flow.generation, self._client_id, self._simkl.api_url, "")
            return replace(started.renewed(token, now()), name=self._name(token))
        except _Left:
            return None
        finally:
            self._simkl.leave()
            self._dialog.close()

    def _token(self, flow: SignIn) -> Token:
        while True:
            token = self._run(flow.step, flow)
            if token is not None:
                return token
            while flow.wait():
                self._look(flow)

    def _name(self, token: Token) -> str:
        """The person's name at Simkl, "" where Simkl does not tell it now."""
        try:
            return self._run(
                lambda: self._simkl.user_name(self._client_id, token.access_token), None
            )
        except SignedOut:
            raise
        except Trouble:
            return ""

    def _run(self, call: Callable[[], Result], flow: SignIn | None) -> Result:
        """The outcome of a call to Simkl, while Cancel is watched."""
        pending = self._worker.submit(call)
        while not pending.done:
            self._look(flow)
        return pending.outcome()

    def _look(self, flow: SignIn | None) -> None:
        if self._sleep(_LOOK_EVERY) or self._dialog.is_cancelled:
            raise _Left
        if flow is not None and flow.code is not None:
            code = flow.code
            address = code.address.split("://")[-1]
            words = kodi.text(texts.ENTER_CODE, address=address, code=code.user_code)
            self._dialog.show(words, flow.left() / code.expires_in)


def greet(grant: Grant) -> None:
    if grant.name:
        kodi.notify(kodi.text(texts.HELLO, name=grant.name))
    else:
        kodi.notify(kodi.text(texts.HELLO_NOBODY))


def forget(account: Account) -> None:
    """Forget the sign-in, also one that cannot be read."""
    try:
        account.forget()
    except AccountBroken as trouble:
        kodi.log(str(trouble))


def revoke(grant: Grant, simkl: Simkl, worker: Worker) -> None:
    """End a sign-in at Simkl where that can be asked for (generation 2)."""
    refresh_token = grant.refresh_token
    if refresh_token is not None:
        worker.submit(lambda: simkl.revoke(grant.client_id, refresh_token))


def bid_farewell(grant: Grant | None, sleep: Callable[[float], bool]) -> None:
    """Say what has become of the sign-in; grant: None when there was none."""
    if grant is None:
        kodi.notify(kodi.text(texts.NOT_SIGNED_IN))
    elif grant.refresh_token is None:
        words = kodi.text(texts.SIGNED_OUT_DISCONNECT, address=DISCONNECT_ADDRESS)
        kodi.tell(words, sleep)
    else:
        kodi.notify(kodi.text(texts.SIGNED_OUT_BY_YOU))
