"""HTTP itself: one request and its answer, over a connection that can be shut down.

The only file that knows `requests`, which is imported at the first request, not before: it costs a
slow box a second.
"""

from __future__ import annotations

import re
import threading
import time
import zlib
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.simkl.api_url import is_this_machine
from lib.simkl.connection import Connection
from lib.simkl.error_responses import retry_after
from lib.simkl.errors import ProxyNotUsable
from lib.simkl.transport_errors import TunnelRefused, TunnelSilent, kinds, trouble_behind

if TYPE_CHECKING:
    from lib.simkl.proxy import Proxy

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
        self._proxy: Proxy | None = None
        self._proxy_of_session: Proxy | None = None
        self._used_at = 0.0

    def use_proxy(self, proxy: Proxy | None) -> None:
        """Through which the next requests go; None for none. From any thread."""
        self._proxy = proxy

    def prepare(self) -> None:
        """Do what the first request would have to wait for. Sends nothing."""
        proxy = self._proxy
        if self._session is None or proxy != self._proxy_of_session:
            if self._session is not None:
                self._session.close()
            self._session, self._proxy_of_session = _session(self._connection, proxy), proxy

    def shut_down(self) -> None:
        """End what is under way and refuse what comes. From any thread, at once."""
        self._connection.shut_down()

    def exchange(self, method: str, url: str, **request: Any) -> Any:
        """Status, `Retry-After` in seconds (or None) and content of the answer to a request."""
        import requests
        from urllib3.exceptions import HTTPError

        self.prepare()
        proxies = self._proxies_for(url)
        self._begin_request()
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
                proxies=proxies,
                **request,
            ) as response:
                content = _bounded(response)
                self._take_headers(response.headers)
                return response.status_code, retry_after(response.headers), content
        except (requests.RequestException, HTTPError, OSError, ValueError, zlib.error) as error:
            failure = kinds(error)
        finally:
            watchdog.cancel()
            self._used_at = time.monotonic()
        # Raised out here, so that nothing leads back to that error: its message holds the URL
        # and so the client id.
        raise trouble_behind(failure, is_proxied=bool(proxies.get("https")))

    def _begin_request(self) -> None:
        if time.monotonic() - self._used_at > _CONNECTION_SECONDS:
            self._session.close()
        self._connection.begin_request()

    def _proxies_for(self, url: str) -> dict[str, str]:
        """Which proxy each scheme goes through, "" for none; one that is missing by the system's.

        Errors: ProxyNotUsable.
        """
        # Plain http is for this very machine, and a proxy would read the token.
        if is_this_machine(url):
            return {"http": "", "https": ""}
        proxy = self._proxy_of_session
        if proxy is None:
            return {"http": ""}
        if not proxy.is_usable:
            raise ProxyNotUsable(f"its type is {proxy.scheme}")
        return {"http": "", "https": proxy.url}


def _session(connection: Connection, proxy: Proxy | None) -> Any:
    """A `requests` session that never retries and whose connections can be shut down.

    proxy: whose login it knows.
    """
    import logging

    import requests

    pools = _pools(connection)

    class Adapter(requests.adapters.HTTPAdapter):
        def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
            manager: Any = super().proxy_manager_for(*args, **kwargs)  # type: ignore[no-untyped-call]
            manager.pool_classes_by_scheme = pools
            return manager

        def proxy_headers(self, url: str) -> Any:
            if proxy is not None:
                return proxy.headers
            return super().proxy_headers(url)  # type: ignore[no-untyped-call]

    adapter = Adapter(max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = pools
    # It would quote URLs, and so the client id, into Kodi's log.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
    session = requests.Session()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _pools(connection: Connection) -> dict[str, Any]:
    """What urllib3 takes its connections from, by scheme: their sockets can be shut down."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def connect(to: Any) -> Any:
        return connection.connect(to.host.strip("[]"), to.port, to.timeout)

    def pool(pool_class: Any, connection_class: Any) -> Any:
        def tunnel(to: Any) -> None:
            _tunnel(lambda: connection_class._tunnel(to))

        changed = {"_new_conn": connect, "_tunnel": tunnel}
        cuttable = type("Cuttable", (connection_class,), changed)
        return type("Pool", (pool_class,), {"ConnectionCls": cuttable})

    return {
        "http": pool(HTTPConnectionPool, HTTPConnection),
        "https": pool(HTTPSConnectionPool, HTTPSConnection),
    }


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


def _tunnel(ask_proxy: Callable[[], None]) -> None:
    """Have a proxy connect to Simkl, and tell what it says from what Simkl says later.

    Errors: TunnelRefused, TunnelSilent, OSError where the proxy does not reach Simkl.
    """
    from http.client import HTTPException

    try:
        ask_proxy()
    except (OSError, HTTPException) as error:
        status = re.search(r"Tunnel connection failed: (\d)", str(error))
    else:
        return
    # Raised out here: what leads back to that error would keep the proxy's socket open.
    if status is None:
        raise TunnelSilent("no answer that can be understood")
    if status.group(1) == "5":
        raise OSError("the proxy does not reach Simkl")
    raise TunnelRefused("refused")
