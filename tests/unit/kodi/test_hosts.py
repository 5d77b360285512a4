"""Whether a host keeps silent: only where it is sure, and in two seconds."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, closing, suppress
from typing import Any, Iterator

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib.kodi import hosts  # noqa: E402


class Host:
    """Takes connections, and says this to each that says something first; None for nothing."""

    def __init__(self, words: bytes | None) -> None:
        self.words = words
        self.heard = b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):  # it is shut down
            while True:
                connection = self.socket.accept()[0]
                self._open.append(connection)
                if self.words is not None:
                    self.heard = connection.recv(1000)
                    connection.sendall(self.words)

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # its thread waits for a connection
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        for each in [self.socket, *self._open]:
            each.close()


@pytest.fixture
def by_proxy(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    answer: dict[str, Any] = {"value": False}
    monkeypatch.setattr(hosts, "rpc_batch", lambda _: [answer])
    return answer


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, by_proxy: dict[str, Any]) -> None:
    monkeypatch.setattr(hosts, "_SECONDS", 0.3)


@pytest.fixture
def silent() -> Iterator[Host]:
    with closing(Host(None)) as host:
        yield host


@pytest.fixture
def talking() -> Iterator[Host]:
    with closing(Host(b"HTTP/1.1 404 Not Found\r\n\r\n")) as host:
        yield host


@pytest.mark.parametrize("scheme", ["http", "dav", "https", "davs"])
def test_one_that_takes_connections_and_says_nothing_keeps_silent(
    silent: Host, scheme: str
) -> None:
    began = time.monotonic()
    assert hosts.keeps_silent(f"{scheme}://ann:pw@127.0.0.1:{silent.port}/films/a%20b.mkv")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("scheme", ["http", "dav", "https", "davs"])
def test_whatever_it_says_is_a_sign_of_life(talking: Host, scheme: str) -> None:
    assert not hosts.keeps_silent(f"{scheme}://127.0.0.1:{talking.port}/films/a.mkv")


def test_it_hears_of_no_login_and_of_no_file(talking: Host) -> None:
    hosts.keeps_silent(f"http://ann:pw@127.0.0.1:{talking.port}/films/a.mkv")
    assert talking.heard.split(b"\r\n")[:2] == [
        b"HEAD / HTTP/1.1",
        f"Host: 127.0.0.1:{talking.port}".encode(),
    ]


@pytest.mark.parametrize("scheme", ["smb", "nfs", "ftp", "sftp"])
def test_of_those_that_wait_for_a_word_of_ours_a_connection_is_enough(
    silent: Host, scheme: str
) -> None:
    assert not hosts.keeps_silent(f"{scheme}://127.0.0.1:{silent.port}/films/a.mkv")


@pytest.mark.parametrize("scheme", ["http", "smb"])
def test_one_that_takes_no_connection_keeps_silent(scheme: str) -> None:
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # nobody accepts, and the queue is full
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        assert hosts.keeps_silent(f"{scheme}://127.0.0.1:{full.getsockname()[1]}/a.mkv")


def test_one_that_refuses_does_not() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    assert not hosts.keeps_silent(f"http://127.0.0.1:{port}/a.mkv")


@pytest.mark.parametrize(
    "path",
    [
        "/media/a.mkv",
        "C:\\films\\a.mkv",
        "special://home/a.mkv",
        "upnp://1234/5/",
        "http:///a.mkv",
        "http://[half/a.mkv",
        "http://host:port/a.mkv",
        "http://no.such.host.invalid/a.mkv",
        "",
    ],
)
def test_where_nothing_can_be_told_kodi_is_asked(path: str) -> None:
    assert not hosts.keeps_silent(path)


def test_where_kodi_asks_by_a_proxy_the_host_itself_tells_nothing(
    silent: Host, by_proxy: dict[str, Any]
) -> None:
    by_proxy["value"] = True
    assert not hosts.keeps_silent(f"http://127.0.0.1:{silent.port}/a.mkv")
