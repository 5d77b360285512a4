"""The session with Simkl: whose client id, at which address, and who is signed in.

The one place that starts, changes and ends it, as the person signs in or out or changes a
setting.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable

from lib.account.account import Account
from lib.kodi import string_ids
from lib.kodi.addon import data_folder, log, version
from lib.kodi.builtin_commands import open_settings
from lib.kodi.internet_access import proxy_settings
from lib.kodi.localization import text
from lib.kodi.messages import notify
from lib.kodi.settings import Settings
from lib.kodi.windows import SignInWindow, close_all
from lib.lists.coordinator import Coordinator
from lib.simkl.client import API_URL, Simkl
from lib.simkl.errors import AccountBroken, NoClientId, ReadOnly, SignedOut, Trouble
from lib.simkl.proxy import Proxy
from lib.simkl.rate_limit import RateLimit
from lib.simkl.tokens import READ_SCOPE, WRITE_SCOPE
from lib.ui.code_pictures import forget_pictures
from lib.ui.error_texts import string_id_of
from lib.ui.settings import SEND, may_say_trouble

if TYPE_CHECKING:
    from lib.account.grant import Grant
    from lib.simkl.worker import Worker
    from lib.storage.answer_cache import AnswerCache

_FAILED_FOR = 600.0  # seconds that a failed sign-in stays on the screen
_LOOK_EVERY = 0.1  # seconds, at what the person does in the window of the sign-in


class Session:
    def __init__(
        self,
        settings: Settings,
        worker: Worker,
        answer_cache: AnswerCache,
        sleep: Callable[[float], bool],
        changed: Callable[[], None],
    ) -> None:
        """sleep: as Monitor.leaves_within. changed: called when somebody else is signed in, or
        nobody is.
        """
        self._settings = settings
        self._worker = worker
        self._sleep = sleep
        self._changed = changed
        self._account = Account(data_folder() / "account.json")
        self._rate_limit = RateLimit()
        self._simkl: Simkl | None = None
        self._parting: Simkl | None = None  # says good-bye after signing out
        self._asked_with = ("", "")
        self.coordinator = Coordinator(self._account, worker, answer_cache, self._in_trouble, log)

    def start(self) -> None:
        close_all()
        forget_pictures()
        try:
            self._account.load()
        except AccountBroken as trouble:
            self._in_trouble(trouble)
        self._begin()

    def follow_settings(self) -> None:
        """Take up a client id or an address that has changed."""
        if self._asked_with != self._wanted():
            self._begin()
            may_say = may_say_trouble(self._settings)
            if self._account.grant and not self.coordinator.can_ask and may_say:
                notify(text(string_ids.SIGN_IN_ANEW))

    def end(self) -> None:
        """End all that is under way, at once: Kodi leaves."""
        self._leave()
        if self._parting is not None:
            self._parting.leave()

    def _leave(self) -> None:
        if self._simkl is not None:
            self._simkl.leave()

    @property
    def is_signed_in(self) -> bool:
        return self.coordinator.can_ask

    @property
    def grant(self) -> Grant | None:
        """The sign-in, also one that the client id in the settings was not made for."""
        return self._account.grant

    def sign_in(self) -> None:
        """Show a code until it is approved, or the person or Kodi leaves."""
        purpose = text(string_ids.SIGN_IN_TO_SEND) if self._wants_to_send else ""
        words = text(string_ids.ASKING_FOR_CODE)
        window = SignInWindow(text(string_ids.SIGN_IN), purpose, words)
        self._leave()
        try:
            failure = self._failure(window)
            while failure is not None and self._wants_again(window):
                window.say(text(string_ids.ASKING_FOR_CODE))
                failure = self._failure(window)
        finally:
            try:
                window.close()
            finally:
                self._begin()
        if isinstance(failure, NoClientId):
            open_settings()
        if isinstance(failure, ReadOnly):
            self._settings.put(SEND, "false")

    def _failure(self, window: SignInWindow) -> Trouble | None:
        """Sign in once; what went wrong, and is said in the window."""
        try:
            self._sign_in(window)
        except Trouble as trouble:
            log(f"sign-in: {type(trouble).__name__}: {trouble}")
            window.fail(text(string_id_of(trouble)))
            return trouble
        return None

    def _wants_again(self, window: SignInWindow) -> bool:
        """Wait until the person wants to try again, or leaves the window, or has gone away."""
        end = time.monotonic() + _FAILED_FOR
        while not (window.is_left or window.wants_again):
            if self._sleep(_LOOK_EVERY) or time.monotonic() > end:
                return False
        return window.wants_again

    def _sign_in(self, window: SignInWindow) -> None:
        from lib.ui import sign_in  # hardly ever needed, and not at the start

        client_id, api_url = self._wanted()
        if not client_id:
            raise NoClientId("the setting is empty")
        simkl = self._client_of(api_url)
        scope = WRITE_SCOPE if self._wants_to_send else READ_SCOPE
        signing = sign_in.InteractiveSignIn(
            simkl, client_id, self._worker, window, self._sleep, scope
        )
        grant = signing.grant(time.time)
        if grant is None:
            return
        old = self._account.grant
        self._account.keep(grant)
        # One that is not stored, or of which Simkl said nothing yet, may be gone tomorrow.
        if old is not None and scope == WRITE_SCOPE and (grant.name or grant.account):
            self._end_at_simkl(old)
        if scope == WRITE_SCOPE and not grant.may_write:
            raise ReadOnly(f"granted was {grant.scope!r}")
        sign_in.greet(grant)

    @property
    def _wants_to_send(self) -> bool:
        return self._settings.is_on(SEND)

    def sign_out(self) -> None:
        from lib.ui import sign_in

        grant = self._account.grant
        sign_in.forget(self._account)
        self._begin()
        if grant is not None:
            self._end_at_simkl(grant)
        sign_in.bid_farewell(grant, self._sleep)

    def _end_at_simkl(self, grant: Grant) -> None:
        from lib.ui import sign_in

        self._parting = self._client_of(grant.api_url)
        sign_in.revoke(grant, self._parting, self._worker)

    def _wanted(self) -> tuple[str, str]:
        return self._settings.text("client_id"), self._settings.text("api_url") or API_URL

    def _client_of(self, api_url: str) -> Simkl:
        """Errors: BadAddress."""
        return Simkl(api_url, version(), self._rate_limit, _kodis_proxy)

    def _begin(self) -> None:
        """Ask with what the settings say from now on; forget what was answered before."""
        self._leave()
        self._asked_with = client_id, api_url = self._wanted()
        try:
            self._simkl = self._client_of(api_url)
        except Trouble as trouble:
            self._simkl = None
            self._in_trouble(trouble)
        self.coordinator.begin(self._simkl, client_id)
        self._show_account()
        self._changed()

    def _in_trouble(self, trouble: Trouble) -> None:
        if may_say_trouble(self._settings):
            notify(text(string_id_of(trouble)))
        if isinstance(trouble, SignedOut):
            name = self._settings.text("account")
            self._settings.put("account", text(string_ids.SIGN_IN_AGAIN, name=name).strip())

    def _show_account(self) -> None:
        grant = self._account.grant
        if grant is None:
            words = text(string_ids.NOT_SIGNED_IN)
        elif self.coordinator.can_ask:
            words = grant.name or text(string_ids.SIGNED_IN)
        else:
            words = text(string_ids.SIGN_IN_AGAIN, name=grant.name).strip()
        self._settings.put("account", words)


def _kodis_proxy() -> Proxy | None:
    """The one that is set in Kodi."""
    found = proxy_settings()
    return None if found is None else Proxy(*found)
