"""Clocks for what is tested against the loopback Simkl: no test waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.simkl.rate_limit import RateLimit

if TYPE_CHECKING:
    from tests.simkl_server import SimklServer


class Clock:
    """Stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class ForwardPace(RateLimit):
    """Where a client would wait, time at Simkl moves on by just that long, and no more.

    A client that kept no rate limit would still be caught: nothing moves the clock then.
    """

    def __init__(self, server: SimklServer) -> None:
        super().__init__(server.clock.now)
        self._server = server

    def wait(self) -> float:
        self._server.clock.forward(super().wait())
        return 0.0


class NoPace(RateLimit):
    def wait(self) -> float:
        return 0.0
