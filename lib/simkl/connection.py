"""The sockets of a connection to Simkl, which can be shut down.

A request that hangs must not keep Kodi from leaving.

Kodi waits for every thread of an add-on and kills the script after five seconds. A thread that
waits for a socket wakes only when that socket is shut down, so this keeps a handle on it. Knows
sockets and nothing of requests.
"""

from __future__ import annotations

import socket
import threading


class HostUnreachable(OSError):
    """Nothing was sent: the host has no address, or nobody answers there."""


class Connection:
    """Opens the sockets of one client, one at a time, and shuts them down when asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._is_shut_down = False
        self._is_aborted = False

    def begin_request(self) -> None:
        """What aborted an earlier request is over."""
        with self._lock:
            self._is_aborted = False

    def connect(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """A connected socket to the first address of the host that answers.

        timeout: seconds for each address, None for no end. Errors: HostUnreachable.
        """
        failure = OSError("the host has no address")
        try:
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise HostUnreachable(str(error)) from error
        for family, kind, protocol, _, address in addresses:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(timeout)
                self._keep(sock)
                sock.connect(address)
                self._check()
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        raise HostUnreachable(str(failure)) from failure

    def shut_down(self) -> None:
        """End the request that is under way, and refuse any later one. From any thread."""
        with self._lock:
            self._is_shut_down = True
            self._drop()

    def abort_request(self) -> None:
        """End the request that is under way, until another is begun. From any thread."""
        with self._lock:
            self._is_aborted = True
            self._drop()

    def _keep(self, sock: socket.socket) -> None:
        # A duplicate, because TLS detaches the socket that it wraps.
        with self._lock:
            self._check()
            self._drop()
            self._handle = sock.dup()

    def _check(self) -> None:
        # Asked after connecting too: a socket that is not yet connecting cannot be shut down.
        if self._is_shut_down or self._is_aborted:
            raise OSError(
                "the connection is shut down" if self._is_shut_down else "the request is aborted"
            )

    def _drop(self) -> None:
        handle, self._handle = self._handle, None
        if handle is None:
            return
        try:
            handle.shutdown(socket.SHUT_RDWR)
        except OSError:
            # It was not connected, or the other side was quicker.
            return
        finally:
            handle.close()
