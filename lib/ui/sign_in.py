"""Signing in and out as a person sees it: the window with the code, the greeting, the sentences.

Knows Kodi through its door, and Simkl through the flows of `account/sign_in_flow.py`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable, TypeVar

from lib.account.grant import Grant
from lib.account.sign_in_flow import SignInFlow
from lib.kodi import string_ids
from lib.kodi.addon import log
from lib.kodi.localization import text
from lib.kodi.messages import notify
from lib.kodi.windows import CodeOnScreen, tell
from lib.simkl.errors import AccountBroken, SignedOut, Trouble
from lib.simkl.tokens import READ_SCOPE, User
from lib.ui.code_pictures import kept_picture
from lib.ui.qr_code import qr_png

if TYPE_CHECKING:
    from lib.account.account import Account
    from lib.kodi.windows import SignInWindow
    from lib.simkl.client import Simkl
    from lib.simkl.tokens import Code, Token
    from lib.simkl.worker import Worker

DISCONNECT_ADDRESS = "simkl.com/settings/connected-apps"
_LOOK_EVERY = 0.1  # seconds between looks at Cancel

Result = TypeVar("Result")


class _Left(Exception):
    """The person pressed Cancel, or Kodi is leaving."""


class InteractiveSignIn:
    """One sign-in in a window. `simkl` is its own client, so that leaving it ends only this."""

    def __init__(
        self,
        simkl: Simkl,
        client_id: str,
        worker: Worker,
        window: SignInWindow,
        sleep: Callable[[float], bool],
        scope: str = READ_SCOPE,
    ) -> None:
        """sleep: waits so many seconds; True at once when Kodi wants to leave. scope: what the
        sign-in is to be good for.
        """
        self._scope = scope
        self._simkl = simkl
        self._client_id = client_id
        self._worker = worker
        self._window = window
        self._sleep = sleep
        self._pictured = ""
        self._picture: Path | None = None

    def grant(self, now: Callable[[], float]) -> Grant | None:
        """The new sign-in, once the person has approved it; None when they pressed Cancel.

        now: seconds since 1970. Errors: those of `SignInFlow.step`.
        """
        try:
            flow = SignInFlow(self._simkl, self._client_id, scope=self._scope)
            token = self._token(flow)
            started = Grant(flow.generation, self._client_id, self._simkl.api_url, "")
            renewed = started.renewed(token, now())
            return replace(renewed.of(self._user(token)), signed_in_at=now())
        except _Left:
            return None
        finally:
            self._simkl.leave()
            self._forget_picture()

    def _token(self, flow: SignInFlow) -> Token:
        while True:
            token = self._run(flow.step, flow)
            if token is not None:
                return token
            while flow.wait():
                self._look(flow)

    def _user(self, token: Token) -> User:
        """Who it is at Simkl, as far as Simkl tells it now."""
        try:
            return self._run(lambda: self._simkl.user(self._client_id, token.access_token), None)
        except SignedOut:
            raise
        except Trouble:
            return User()

    def _run(self, call: Callable[[], Result], flow: SignInFlow | None) -> Result:
        """The outcome of a call to Simkl, while Cancel is watched."""
        pending = self._worker.submit(call)
        while not pending.done:
            self._look(flow)
        return pending.outcome()

    def _look(self, flow: SignInFlow | None) -> None:
        if self._sleep(_LOOK_EVERY) or self._window.is_left:
            raise _Left
        if flow is not None and flow.code is not None:
            code = flow.code
            self._show(code, flow.left() / code.expires_in)

    def _show(self, code: Code, share_left: float) -> None:
        address = code.address.split("://")[-1]
        picture = self._picture_of(code)
        first = (
            text(string_ids.SCAN_OR_OPEN, address=address)
            if picture
            else text(string_ids.OPEN_ADDRESS, address=address)
        )
        lines = (first, text(string_ids.ENTER_CODE), text(string_ids.WAIT_A_MOMENT))
        self._window.show_code(CodeOnScreen(lines, code.user_code, picture, share_left))

    def _picture_of(self, code: Code) -> str:
        """A file with the QR code, "" where there is none. It holds the code: it goes with it."""
        if self._pictured != code.user_code:
            self._forget_picture()
            self._pictured = code.user_code
            png = qr_png(code.scan_address)
            if png is not None:
                self._picture = kept_picture(png)
        return str(self._picture or "")

    def _forget_picture(self) -> None:
        if self._picture is not None:
            with suppress(OSError):
                self._picture.unlink()
        self._picture = None


def greet(grant: Grant) -> None:
    if grant.name:
        notify(text(string_ids.HELLO, name=grant.name))
    else:
        notify(text(string_ids.HELLO_NOBODY))


def forget(account: Account) -> None:
    """Forget the sign-in, also one that cannot be read."""
    try:
        account.forget()
    except AccountBroken as trouble:
        log(str(trouble))


def revoke(grant: Grant, simkl: Simkl, worker: Worker) -> None:
    """End a sign-in at Simkl where that can be asked for (generation 2)."""
    refresh_token = grant.refresh_token
    if refresh_token is not None:
        worker.submit(lambda: simkl.revoke(grant.client_id, refresh_token))


def bid_farewell(grant: Grant | None, sleep: Callable[[float], bool]) -> None:
    """Say what has become of the sign-in; grant: None when there was none."""
    if grant is None:
        notify(text(string_ids.NOT_SIGNED_IN))
    elif grant.refresh_token is None:
        words = text(string_ids.SIGNED_OUT_DISCONNECT, address=DISCONNECT_ADDRESS)
        tell(words, sleep)
    else:
        notify(text(string_ids.SIGNED_OUT_BY_YOU))
