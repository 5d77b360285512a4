"""Calls to Simkl for whoever is signed in, with their token, in the thread that calls Simkl.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, TypeVar

if TYPE_CHECKING:
    from lib.account.account import Account
    from lib.account.grant import Grant
    from lib.simkl.client import Simkl
    from lib.simkl.quota import Calls
    from lib.simkl.worker import Pending, Worker

Result = TypeVar("Result")


class SignedInClient:
    def __init__(self, account: Account, worker: Worker) -> None:
        self._account = account
        self._worker = worker
        self._simkl: Simkl | None = None
        self._client_id = ""

    def begin(self, simkl: Simkl | None, client_id: str) -> None:
        """Call that client from now on."""
        self._simkl = simkl
        self._client_id = client_id

    @property
    def grant(self) -> Grant | None:
        """The sign-in that Simkl can be asked with; None where nobody is signed in."""
        if self._simkl is None:
            return None
        return self._account.grant_for(self._client_id, self._simkl.api_url)

    @property
    def kept_grant(self) -> Grant | None:
        """The sign-in, also one that Simkl cannot be asked with: it was made for another client
        id. None once the person has signed out.
        """
        return self._account.grant

    @property
    def calls(self) -> Calls | None:
        """What is left of the day's calls; None where Simkl has not said it."""
        return self._simkl.quota.calls if self._simkl is not None else None

    @property
    def seconds_ahead(self) -> float | None:
        """As `ServerClock.seconds_ahead`."""
        return self._simkl.clock.seconds_ahead if self._simkl is not None else None

    @property
    def may_repeat(self) -> bool:
        """Whether enough of the day's calls is left to ask about what is known."""
        return self._simkl is not None and not self._simkl.quota.is_low

    def prepare(self) -> None:
        """Somebody is about to browse: make ready to ask."""
        if self._simkl is not None:
            self._worker.submit(self._simkl.prepare)

    def submit(self, call: Callable[[Simkl, str, str], Result]) -> Pending[Result] | None:
        """Have a call made with client id and token; None where nobody is signed in any more."""
        simkl, grant = self._simkl, self.grant
        if simkl is None or grant is None:
            return None
        simkl.follow_proxy()  # the person may have changed it, which nobody announces
        return self._worker.submit(
            lambda: self._account.call(
                simkl, grant, lambda token: call(simkl, grant.client_id, token)
            )
        )

    def ask_whose(self) -> Pending[str] | None:
        """`Grant.account`, asked at Simkl and kept, for a sign-in that lacks it; "" where Simkl
        does not say it. None where nobody is signed in.
        """
        grant = self.grant
        if grant is None:
            return None

        def ask(simkl: Simkl, client_id: str, token: str) -> str:
            return self._account.know(grant, simkl.user(client_id, token)).account

        return self.submit(ask)

    def forget(self) -> None:
        """Nobody is signed in from now on. Errors: AccountBroken."""
        self._account.forget()
