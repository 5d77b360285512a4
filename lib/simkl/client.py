"""The client of Simkl: one method an endpoint, typed answers, every failure a named error.

Endpoints, statuses and limits are those of docs/simkl-api.md.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence
from urllib.parse import quote

from lib.simkl.api_url import checked_address, is_this_machine
from lib.simkl.error_responses import parsed, trouble_of
from lib.simkl.errors import Unreachable
from lib.simkl.quota import Quota
from lib.simkl.rate_limit import RateLimit
from lib.simkl.tokens import POLL_ERRORS, Code, Poll, Token, code_from, text_from, token_from

if TYPE_CHECKING:
    from lib.simkl.proxy import Proxy
    from lib.simkl.transport import Transport

API_URL = "https://api.simkl.com"
APP_NAME = "simkl-watched"
SCOPE = "media:read"

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class Simkl:
    """One client of Simkl. Its methods block, and are called from one thread at a time."""

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

                self._made = Transport(self.quota.read_headers)
                self._made.use_proxy(self._proxy_by_now)
            return self._made

    # -- signing in, generation 2 (RFC 8628) --

    def device_code(self, client_id: str) -> Code:
        form = {"client_id": client_id, "scope": SCOPE}
        answer = self._dict(self._post("/oauth2/device", client_id, form=form))
        return code_from(answer, secret=text_from(answer, "device_code"))

    def poll_device(self, client_id: str, code: Code) -> Token | Poll:
        form = {"grant_type": _DEVICE_GRANT, "client_id": client_id, "device_code": code.secret}
        answer = self._post("/oauth2/token", client_id, form=form, expected=POLL_ERRORS)
        return answer if isinstance(answer, Poll) else token_from(self._dict(answer))

    def refresh(self, client_id: str, refresh_token: str) -> Token:
        """A new access token; the old one is dead from then on. SignedOut: the grant is over."""
        form = {
            "grant_type": "refresh_token",
            "client_id": client_id,
            "refresh_token": refresh_token,
        }
        return token_from(self._dict(self._post("/oauth2/token", client_id, form=form)))

    def revoke(self, client_id: str, refresh_token: str) -> None:
        """End the whole grant."""
        form = {"client_id": client_id, "token": refresh_token}
        self._post("/oauth2/revoke", client_id, form=form)

    # -- signing in, generation 1 (PIN) --

    def pin(self, client_id: str) -> Code:
        return code_from(self._dict(self._get("/oauth/pin", client_id)), secret="")

    def poll_pin(self, client_id: str, code: Code) -> Token | Poll:
        answer = self._dict(self._get(f"/oauth/pin/{quote(code.user_code, safe='')}", client_id))
        if "device_code" in answer:
            return Poll.GONE
        if answer.get("result") == "OK":
            return Token(text_from(answer, "access_token"))
        return Poll.SLOW_DOWN if answer.get("message") == "Slow down" else Poll.PENDING

    # -- what the signed-in person has at Simkl --

    def user_name(self, client_id: str, token: str) -> str:
        answer = self._dict(self._post("/users/settings", client_id, token=token))
        user = answer.get("user")
        return str(user.get("name") or "") if isinstance(user, Mapping) else ""

    def watched(
        self, client_id: str, token: str, items: Sequence[Mapping[str, Any]], extended: str
    ) -> list[Any]:
        """One entry for each item, in their order, as Simkl said them.

        items: at most `asks.MOST_ITEMS`. extended: any of counters, episodes, specials, by commas.
        """
        query = {"extended": extended} if extended else {}
        answer = self._post("/sync/watched", client_id, token=token, body=list(items), query=query)
        if not isinstance(answer, list) or len(answer) != len(items):
            raise Unreachable("the answer has not one entry for each item")
        return answer

    def activities(self, client_id: str, token: str) -> Mapping[str, Any]:
        """When what moved last at Simkl, by its lists."""
        return self._dict(self._get("/sync/activities", client_id, token=token))

    # -- one request --

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
    ) -> Any:
        """The JSON of the answer, or the Poll that `expected` has for an error's name."""
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
        raise trouble_of(status, name, told)

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
