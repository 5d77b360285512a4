"""The only door to Simkl: one method an endpoint, typed answers, every failure a named error.

Knows HTTP and nothing of Kodi. Endpoints, statuses and limits are those of docs/simkl-api.md.
`requests` is imported at the first request, not before: it costs a slow box a second.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from typing import Any, Callable, Mapping, Sequence
from urllib.parse import quote

from lib.address import checked_address
from lib.budget import Budget
from lib.errors import NotConnected, NotTrusted, Unreachable
from lib.grants import POLL_ERRORS, Code, Poll, Token, code_from, text_from, token_from
from lib.line import Line, NoWayThere
from lib.pace import Pace
from lib.replies import parsed, retry_after, trouble_of

API_URL = "https://api.simkl.com"
APP_NAME = "simkl-watched"
SCOPE = "media:read"
MOST_ITEMS = 100  # of one POST /sync/watched

_CONNECT_SECONDS = 10
_SILENCE_SECONDS = 30
_WHOLE_ANSWER_SECONDS = 90
_CONNECTION_SECONDS = 30  # an older one may have gone silent, as after sleep
_LARGEST_ANSWER = 32 * 1024 * 1024  # bytes, unpacked
_PACKINGS = ("", "identity", "gzip")
_GZIP = zlib.MAX_WBITS | 16

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class Simkl:
    """One client of Simkl. Its methods block, and are called from one thread at a time."""

    def __init__(self, api_url: str, version: str, pace: Pace | None = None) -> None:
        """Errors: BadAddress where no token may be sent to that address."""
        self.api_url = checked_address(api_url)
        self._agent = f"{APP_NAME}/{version}"
        self._query = {"app-name": APP_NAME, "app-version": version}
        self._pace = pace or Pace()
        self.budget = Budget()
        self._line = Line()
        self._leaving = threading.Event()
        self._session: Any = None
        self._used_at = 0.0

    def prepare(self) -> None:
        """Do what the first request would have to wait for. Sends nothing."""
        if self._session is None:
            self._session = _session(self._line)

    def leave(self) -> None:
        """End what is under way and refuse what comes. From any thread, at once."""
        self._leaving.set()
        self._line.cut()

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

        items: at most MOST_ITEMS. extended: any of counters, episodes, specials, by commas.
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
        if self._leaving.wait(self._pace.wait()):
            raise Unreachable("leaving")
        try:
            return self._request("POST", path, client_id, **what)
        finally:
            self._pace.answered()

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
        status, told, content = self._exchange(
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

    def _exchange(self, method: str, url: str, **request: Any) -> Any:
        """Status, `Retry-After` in seconds (or None) and content of the answer to a request."""
        import requests
        from urllib3.exceptions import HTTPError

        self.prepare()
        if time.monotonic() - self._used_at > _CONNECTION_SECONDS:
            self._session.close()
        self._line.lift()
        # An answer that drips never times out by itself.
        watchdog = threading.Timer(_WHOLE_ANSWER_SECONDS, self._line.hang_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            with self._session.request(
                method,
                url,
                allow_redirects=False,  # a token follows nobody to another host
                stream=True,
                timeout=(_CONNECT_SECONDS, _SILENCE_SECONDS),
                # Plain http is for this very machine, and a proxy would read the token.
                proxies={"http": ""},
                **request,
            ) as response:
                content = _bounded(response)
                self.budget.told(response.headers)
                return response.status_code, retry_after(response.headers), content
        except (requests.RequestException, HTTPError, OSError, ValueError, zlib.error) as error:
            failure = _kinds(error)
        finally:
            watchdog.cancel()
            self._used_at = time.monotonic()
        # Raised out here, so that nothing leads back to that error: its message holds the URL
        # and so the client id.
        raise _trouble_behind(failure)

    @staticmethod
    def _dict(answer: Any) -> Mapping[str, Any]:
        if not isinstance(answer, Mapping):
            raise Unreachable("the answer is no JSON object")
        return answer


def _session(line: Line) -> Any:
    """A `requests` session that never retries and whose connections can be cut."""
    import logging

    import requests
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def connect(connection: Any) -> Any:
        return line.connect(connection.host.strip("[]"), connection.port, connection.timeout)

    def pool(pool_class: Any, connection_class: Any) -> Any:
        cuttable = type("Cuttable", (connection_class,), {"_new_conn": connect})
        return type("Pool", (pool_class,), {"ConnectionCls": cuttable})

    pools = {
        "http": pool(HTTPConnectionPool, HTTPConnection),
        "https": pool(HTTPSConnectionPool, HTTPSConnection),
    }

    class Adapter(requests.adapters.HTTPAdapter):
        def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
            manager: Any = super().proxy_manager_for(*args, **kwargs)  # type: ignore[no-untyped-call]
            manager.pool_classes_by_scheme = pools
            return manager

    adapter = Adapter(max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = pools
    # It would quote URLs, and so the client id, into Kodi's log.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
    session = requests.Session()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _bearer(token: str | None) -> Callable[[Any], Any]:
    """Puts the token on a request; without one it still keeps `.netrc` from putting anything."""

    def authorize(request: Any) -> Any:
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorize


def _bounded(response: Any) -> bytes:
    """The content of an answer. Errors: ValueError, zlib.error, and those of urllib3.

    It is unpacked here, and only as far as it may grow: what `requests` unpacks of some kilobytes
    can take a minute (urllib3 2.1).
    """
    packing = response.headers.get("Content-Encoding", "").lower()
    if packing not in _PACKINGS:
        raise ValueError("the answer is packed in a way that was not asked for")
    unpacking = zlib.decompressobj(_GZIP) if packing == "gzip" else None
    content = bytearray()
    for piece in response.raw.stream(64 * 1024, decode_content=False):
        most = _LARGEST_ANSWER + 1 - len(content)
        content += piece if unpacking is None else unpacking.decompress(piece, most)
        if len(content) > _LARGEST_ANSWER:
            raise ValueError("the answer is too large")
    return bytes(content)


def _trouble_behind(failure: str) -> Unreachable:
    """failure: the kinds of an error, by `_kinds`."""
    if NoWayThere.__name__ in failure:
        return NotConnected(failure)
    return NotTrusted(failure) if "SSLCertVerificationError" in failure else Unreachable(failure)


def _kinds(error: BaseException) -> str:
    """The kinds of an error and of what lies below it: `ConnectionError < gaierror`."""
    kinds: list[str] = []
    below: BaseException | None = error
    while below is not None and len(kinds) < 6:
        kinds.append(type(below).__name__)
        below = below.__cause__ or below.__context__
    return " < ".join(kinds)
