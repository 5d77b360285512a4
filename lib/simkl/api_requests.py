"""Requests to Simkl's API: what each of them has, their pace, and what their failures are named.

Which endpoints there are is in `simkl/client.py`, HTTP itself in `simkl/transport.py`.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.simkl.api_url import checked_address, is_this_machine
from lib.simkl.error_responses import parsed, trouble_of
from lib.simkl.errors import TooFast, Unreachable
from lib.simkl.quota import Quota
from lib.simkl.rate_limit import RateLimit
from lib.simkl.server_clock import ServerClock

if TYPE_CHECKING:
    from lib.simkl.errors import Trouble
    from lib.simkl.proxy import Proxy
    from lib.simkl.tokens import Poll
    from lib.simkl.transport import Transport

APP_NAME = "simkl-watched"


class ApiRequests:
    """Its methods block, and are called from one thread at a time."""

    def __init__(
        self,
        api_url: str,
        version: str,
        rate_limit: RateLimit | None = None,
        proxy: Callable[[], Proxy | None] = lambda: None,
    ) -> None:
        """proxy: the one that is set; None for none. Errors: BadAddress where no token may be sent
        to that address.
        """
        self.api_url = checked_address(api_url)
        self._proxy = proxy
        self._agent = f"{APP_NAME}/{version}"
        self._query = {"app-name": APP_NAME, "app-version": version}
        self._rate_limit = rate_limit or RateLimit()
        self.quota = Quota()
        self.clock = ServerClock()
        self._leaving = threading.Event()
        self._made: Transport | None = None
        self._making = threading.Lock()
        self._proxy_by_now: Proxy | None = None
        self.follow_proxy()

    def follow_proxy(self) -> None:
        """Ask from now on through the proxy that is set by now. From the thread that made this."""
        if not is_this_machine(self.api_url):
            proxy = self._proxy()
            with self._making:
                self._proxy_by_now = proxy
                if self._made is not None:
                    self._made.use_proxy(proxy)

    def prepare(self) -> None:
        """Do what the first request would have to wait for. Sends nothing."""
        self._transport.prepare()

    def leave(self) -> None:
        """End what is under way and refuse what comes. From any thread, at once."""
        self._leaving.set()
        self._transport.shut_down()

    @property
    def _transport(self) -> Transport:
        """Made when it is first needed, in whichever thread that is: not at Kodi's start."""
        with self._making:
            if self._made is None:
                from lib.simkl.transport import Transport

                self._made = Transport(self._read_headers)
                self._made.use_proxy(self._proxy_by_now)
            return self._made

    def _read_headers(self, headers: Mapping[str, str]) -> None:
        self.quota.read_headers(headers)
        self.clock.read_headers(headers)

    def _get(self, path: str, client_id: str, **what: Any) -> Any:
        return self._request("GET", path, client_id, **what)

    def _post(self, path: str, client_id: str, **what: Any) -> Any:
        if self._leaving.wait(self._rate_limit.wait()):
            raise Unreachable("leaving")
        try:
            return self._request("POST", path, client_id, **what)
        finally:
            self._rate_limit.answered()

    def _request(  # noqa: PLR0913 — the parts of an HTTP request, all by keyword
        self,
        method: str,
        path: str,
        client_id: str,
        *,
        token: str | None = None,
        form: Mapping[str, str] | None = None,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        expected: Mapping[str, Poll] | None = None,
        trouble: Callable[[int, str, float | None], Trouble] = trouble_of,
    ) -> Any:
        """The JSON of the answer, or the Poll that `expected` has for an error's name."""
        self._check_held(token)
        headers = {
            "User-Agent": self._agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        if form is None:
            headers["Content-Type"] = "application/json"
        status, told, content = self._transport.exchange(
            method,
            self.api_url + path,
            params={**self._query, "client_id": client_id, **(query or {})},
            headers=headers,
            data=form if form is not None else json.dumps(body) if body is not None else None,
            auth=_bearer(token),
        )
        answer = parsed(content)
        if status in (200, 201, 204):
            if content and answer is None:
                raise Unreachable("the answer is no JSON")
            return answer
        name = str(answer.get("error")) if isinstance(answer, Mapping) else ""
        if expected and name in expected:
            return expected[name]
        raise self._noted(trouble(status, name, told), token)

    def _check_held(self, token: str | None) -> None:
        """Errors: TooFast, where Simkl asked that nothing is sent with a token yet."""
        held = self._rate_limit.held(token) if token else 0.0
        if held:
            raise TooFast("Simkl asked to wait", held)

    def _noted(self, trouble: Trouble, token: str | None) -> Trouble:
        if token and type(trouble) is TooFast and trouble.retry_after:
            self._rate_limit.hold(token, trouble.retry_after)
        return trouble

    @staticmethod
    def _dict(answer: Any) -> Mapping[str, Any]:
        if not isinstance(answer, Mapping):
            raise Unreachable("the answer is no JSON object")
        return answer


def _bearer(token: str | None) -> Callable[[Any], Any]:
    """Puts the token on a request; without one it still keeps `.netrc` from putting anything."""

    def authorize(request: Any) -> Any:
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorize
