"""HTTP itself: one request and its answer, over a connection that can be shut down.

The only file that knows `requests`, which is imported at the first request, not before: it costs a
slow box a second.
"""

from __future__ import annotations

import threading
import time
import zlib
from typing import Any, Callable, Mapping

from lib.simkl.connection import Connection, HostUnreachable
from lib.simkl.error_responses import retry_after
from lib.simkl.errors import NotConnected, NotTrusted, Unreachable

_CONNECT_SECONDS = 10
_SILENCE_SECONDS = 30
_WHOLE_ANSWER_SECONDS = 90
_CONNECTION_SECONDS = 30  # an older one may have gone silent, as after sleep
_LARGEST_ANSWER = 32 * 1024 * 1024  # bytes, unpacked
_PACKINGS = ("", "identity", "gzip")
_GZIP = zlib.MAX_WBITS | 16


class Transport:
    """Used from one thread at a time, but for `shut_down`."""

    def __init__(self, take_headers: Callable[[Mapping[str, str]], None]) -> None:
        """take_headers: is given those of each answer."""
        self._take_headers = take_headers
        self._connection = Connection()
        self._session: Any = None
        self._used_at = 0.0

    def prepare(self) -> None:
        """Do what the first request would have to wait for. Sends nothing."""
        if self._session is None:
            self._session = _session(self._connection)

    def shut_down(self) -> None:
        """End what is under way and refuse what comes. From any thread, at once."""
        self._connection.shut_down()

    def exchange(self, method: str, url: str, **request: Any) -> Any:
        """Status, `Retry-After` in seconds (or None) and content of the answer to a request."""
        import requests
        from urllib3.exceptions import HTTPError

        self.prepare()
        if time.monotonic() - self._used_at > _CONNECTION_SECONDS:
            self._session.close()
        self._connection.begin_request()
        # An answer that drips never times out by itself.
        watchdog = threading.Timer(_WHOLE_ANSWER_SECONDS, self._connection.abort_request)
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
                self._take_headers(response.headers)
                return response.status_code, retry_after(response.headers), content
        except (requests.RequestException, HTTPError, OSError, ValueError, zlib.error) as error:
            failure = _kinds(error)
        finally:
            watchdog.cancel()
            self._used_at = time.monotonic()
        # Raised out here, so that nothing leads back to that error: its message holds the URL
        # and so the client id.
        raise _trouble_behind(failure)


def _session(connection: Connection) -> Any:
    """A `requests` session that never retries and whose connections can be shut down."""
    import logging

    import requests
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def connect(to: Any) -> Any:
        return connection.connect(to.host.strip("[]"), to.port, to.timeout)

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
    if HostUnreachable.__name__ in failure:
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
