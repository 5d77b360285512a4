"""HTTP: threads, connections, and the exchange of one request for one answer (or a fault)."""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Callable, cast
from urllib.parse import parse_qsl, urlsplit

from .answers import Answer, RefusedError
from .clock import http_date
from .journal import Request
from .site import caller

if TYPE_CHECKING:
    from .faults import Fault
    from .site import Call, Site


class Wire(ThreadingHTTPServer):
    """Closes at once: whoever waits is woken, and open connections are shut."""

    daemon_threads = False  # so that closing waits for them, and no socket is left open
    request_queue_size = 64

    def __init__(self, port: int, site: Site, fault_for: Callable[[str], Fault | None]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.site = site
        self.fault_for = fault_for
        self.delay = 0.0
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def server_bind(self) -> None:
        # Not HTTPServer's: it asks DNS for this machine's name, which can take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        for connection in list(self._open):
            hang_up(connection)
        self.server_close()

    def opened(self, connection: socket.socket) -> None:
        self._open.add(connection)
        if self.closing.is_set():
            hang_up(connection)

    def closed(self, connection: socket.socket) -> None:
        self._open.discard(connection)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        # A client may leave at any time; anything else is a bug here and must fail the test.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            self.site.journal.complain(f"the server itself broke: {traceback.format_exc()}")


class Exchange:
    """One request and what is done with it; the faults work on this."""

    def __init__(self, request: Request, connection: socket.socket, wire: Wire) -> None:
        self.request = request
        self.keep_open = True
        self._connection = connection
        self._wire = wire
        self._site = wire.site
        self._call: Call | None = None
        self._refused: RefusedError | None = None

    def run(self) -> None:
        """From admission to the last byte. A fault takes the place of the answer, not of rules."""
        self._site.journal.arrived(self.request)
        path = self.request.path
        try:
            self._admit()
            fault = self._wire.fault_for(path)
            if not self._wait_while(lambda waited: waited < self._wire.delay):
                self.close()
            elif fault:
                fault(self)
            else:
                self.send(self.right())
        finally:
            self.leave()

    def right(self) -> Answer:
        """The right answer. Asking for it makes it happen: a refresh kills the old token."""
        if self._call:
            return self._site.answer(self._call)
        assert self._refused
        return self._refused.answer(self.request.path)

    def send(self, answer: Answer) -> None:
        # A fault may tell another time.
        answer = answer.with_headers({"Date": http_date(self._site.clock.now()), **answer.headers})
        self.note(answer)
        self.write(answer.wire())

    def note(self, answer: Answer) -> None:
        """Recorded as answered; from here on the client may ask again."""
        self._site.note_refusal(self.request, answer.status)
        body = answer.body if answer.raw is None else answer.raw[:1000]
        self._site.journal.answered(self.request, answer.status, body)
        self.leave()

    def write(self, raw: bytes) -> None:
        self._connection.sendall(raw)

    def wait(self, seconds: float) -> bool:
        """False as soon as the server closes or the client is gone."""
        return self._wait_while(lambda waited: waited < seconds)

    def _wait_while(self, goes_on: Callable[[float], bool]) -> bool:
        start = time.monotonic()
        while goes_on(time.monotonic() - start):
            if self._wire.closing.wait(0.01) or not self.is_alive():
                return False
        return True

    def hold(self, seconds: float) -> None:
        """The caller is told to wait: asking before is a breach."""
        with self._site.lock:
            self._site.pacing.hold(caller(self.request), self._site.clock.now() + seconds)

    def close(self) -> None:
        """Without another byte."""
        if self.request.status is None:
            self._site.journal.answered(self.request, None, None)
        self.leave()
        self.keep_open = False
        hang_up(self._connection)

    def reset(self) -> None:
        """The same, and not even an end: the client is told that there is no connection."""
        self.leave()
        self.keep_open = False
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self._connection.detach())

    def leave(self) -> None:
        self._site.leave(self, self._call)

    def is_alive(self) -> bool:
        try:
            readable, _, _ = select.select([self._connection], [], [], 0)
            return not readable or self._connection.recv(1, socket.MSG_PEEK) != b""
        except (OSError, ValueError):
            return False

    def _admit(self) -> None:
        try:
            self._call = self._site.admit(self.request, self, self.is_alive)
        except RefusedError as refused:
            self._refused = refused
            self._site.refuse(self.request, refused)


class Handler(BaseHTTPRequestHandler):
    """Reads requests from one connection for as long as the client keeps it open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self._wire().opened(self.connection)

    def finish(self) -> None:
        self._wire().closed(self.connection)
        super().finish()

    def exchange(self) -> None:
        exchange = Exchange(self._request(), self.connection, self._wire())
        exchange.run()
        if not exchange.keep_open:
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = exchange  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Silent: who wants to know reads the journal."""

    def _wire(self) -> Wire:
        return cast("Wire", self.server)

    def _request(self) -> Request:
        at = time.monotonic()
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = int(headers.get("content-length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # RFC 9112, 8: an incomplete request is none
            raise ConnectionAbortedError("the client left amid its request")
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=False))
        body = _parsed(raw, headers.get("content-type", ""))
        return Request(self.command, parts.path, query, headers, body, at, parts.query)


def hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster


def _parsed(raw: bytes, content_type: str) -> object:
    if not raw:
        return None
    text = raw.decode("utf-8", "replace")
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        return json.loads(text)
    except ValueError:
        return text
