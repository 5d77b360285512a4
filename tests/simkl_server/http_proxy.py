"""A proxy on loopback: it lets through, refuses or says nothing."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any


class HttpProxy:
    """asked: the head of each request so far. port: on 127.0.0.1.

    status: what it answers. way: the port on this machine that every host leads to, None for none.
    is_silent: it answers nothing.
    """

    def __init__(
        self, status: int = 407, *, way: int | None = None, is_silent: bool = False
    ) -> None:
        self.asked: list[str] = []
        self.status = status
        self._way = way
        self._is_silent = is_silent
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._callers: list[socket.socket] = []

    def __enter__(self) -> HttpProxy:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        for each in (self._server, *self._callers):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._server.accept()
                self._callers.append(caller)
                threading.Thread(target=self._answer, args=(caller,), daemon=True).start()

    def _answer(self, caller: socket.socket) -> None:
        with suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = caller.recv(4096)
                if not piece:
                    return
                head += piece
            self.asked.append(head.decode("latin-1"))
            if self._is_silent:
                return
            if self._way is None:
                words = f"HTTP/1.1 {self.status} As the test wants it\r\nContent-Length: 0\r\n\r\n"
                caller.sendall(words.encode())
                caller.close()
                return
            self._connect(caller, self._way)

    def _connect(self, caller: socket.socket, way: int) -> None:
        far = socket.create_connection(("127.0.0.1", way))
        self._callers.append(far)
        caller.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=_carry, args=(far, caller), daemon=True).start()
        _carry(caller, far)


def _carry(sender: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while True:
            piece = sender.recv(65536)
            if not piece:
                break
            to.sendall(piece)
        to.shutdown(socket.SHUT_WR)
