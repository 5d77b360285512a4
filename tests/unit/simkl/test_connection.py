"""A connection that hangs can be shut down, wherever it hangs, so that Kodi can leave."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Callable, Iterator

import pytest

from lib.simkl.connection import Connection, HostUnreachable

AT_ONCE = 2  # seconds: far from the 30 that it would hang, near enough on a busy machine


@pytest.fixture
def line() -> Iterator[Connection]:
    line = Connection()
    yield line
    line.shut_down()


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port on which connecting hangs: nobody accepts, and the queue is full."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        queue = [socket.socket() for _ in range(4)]
        for waiting in queue:
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect(server.getsockname())
        yield server.getsockname()[1]
        for waiting in queue:
            waiting.close()


class InThread:
    """What runs in a thread of its own, and how it ended."""

    def __init__(self, run: Callable[[], object]) -> None:
        self.outcome: object = None
        self._run = run
        self._thread = threading.Thread(target=self._guarded)
        self._thread.start()

    def _guarded(self) -> None:
        try:
            self.outcome = self._run()
        except OSError as error:
            self.outcome = error

    def is_over_within(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()


def hangs(thread: InThread) -> bool:
    return not thread.is_over_within(0.05)


def test_a_line_connects_and_carries_what_is_said(line: Connection) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, line.connect("127.0.0.1", server.getsockname()[1], 5) as sock:
        sock.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"
            assert sock.gettimeout() == 5


def test_cutting_ends_a_wait_for_an_answer(line: Connection, silent: int) -> None:
    with line.connect("127.0.0.1", silent, 30) as sock:
        waiting = InThread(lambda: sock.recv(1))
        assert hangs(waiting)
        line.shut_down()
        assert waiting.is_over_within(AT_ONCE)
        assert waiting.outcome == b""


def test_cutting_ends_a_wait_for_a_connection(line: Connection, deaf: int) -> None:
    def connect_and_read() -> object:
        with line.connect("127.0.0.1", deaf, 30) as sock:
            return sock.recv(1)

    connecting = InThread(connect_and_read)
    assert hangs(connecting)
    line.shut_down()
    assert connecting.is_over_within(AT_ONCE)
    assert isinstance(connecting.outcome, OSError) or connecting.outcome == b""


def test_a_line_that_was_cut_connects_no_more(line: Connection, silent: int) -> None:
    line.shut_down()
    with pytest.raises(OSError, match="shut down"):
        line.connect("127.0.0.1", silent, 30)


def test_cutting_twice_and_cutting_what_never_connected_is_no_error(line: Connection) -> None:
    line.shut_down()
    line.shut_down()


def test_cutting_after_the_other_side_hung_up_is_no_error(line: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sock = line.connect("127.0.0.1", server.getsockname()[1], 5)
        accepted, _ = server.accept()
        accepted.close()
        sock.close()
    line.shut_down()


def test_hanging_up_ends_what_is_under_way_and_nothing_else(line: Connection, silent: int) -> None:
    with line.connect("127.0.0.1", silent, 30) as sock:
        waiting = InThread(lambda: sock.recv(1))
        assert hangs(waiting)
        line.abort_request()
        assert waiting.is_over_within(AT_ONCE)
    line.begin_request()
    line.connect("127.0.0.1", silent, 30).close()


@pytest.mark.parametrize("end", [Connection.shut_down, Connection.abort_request])
def test_a_connection_that_ends_just_before_it_connects_is_not_used(
    line: Connection,
    silent: int,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[Connection], None],
) -> None:
    class Slow(socket.socket):
        """The end comes when the connection holds the socket, which has not begun to connect."""

        def connect(self, address: object) -> None:
            end(line)
            super().connect(address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "socket", Slow)
    with pytest.raises(OSError, match=r"shut down|aborted"):
        line.connect("127.0.0.1", silent, 5)


def test_a_request_that_was_aborted_before_it_looked_for_a_host_does_not_connect(
    line: Connection, silent: int
) -> None:
    line.begin_request()
    line.abort_request()
    with pytest.raises(OSError, match="aborted"):
        line.connect("127.0.0.1", silent, 5)


def test_a_port_that_nobody_listens_on_is_an_error(line: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(HostUnreachable, match="refused"):
        line.connect("127.0.0.1", port, 5)


def test_a_host_that_says_nothing_is_given_up_after_the_time_given(
    line: Connection, deaf: int
) -> None:
    start = time.monotonic()
    with pytest.raises(HostUnreachable, match="timed out"):
        line.connect("127.0.0.1", deaf, 0.05)
    assert time.monotonic() - start < 1


def test_every_address_of_a_host_is_tried(
    line: Connection, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = socket.getaddrinfo("127.0.0.1", silent, type=socket.SOCK_STREAM)
    wrong = socket.getaddrinfo("127.0.0.1", 1, type=socket.SOCK_STREAM)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: wrong + right)
    with line.connect("some.host", silent, 5) as sock:
        assert sock.getpeername() == ("127.0.0.1", silent)


def test_a_host_without_an_address_is_an_error(
    line: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    with pytest.raises(OSError, match="no address"):
        line.connect("some.host", 80, 5)
