"""When the next request may be sent: never two POSTs in a second, and none before Simkl said so.

The limits are those of docs/simkl-api.md. The clock is given, so that tests need not wait.
"""

from __future__ import annotations

import time
from typing import Callable

SECONDS_BETWEEN_POSTS = 1.0  # docs/simkl-api.md: 1 POST/s per token and per client id


class RateLimit:
    """Keeps POSTs a second apart.

    It is counted from the answer to one to the sending of the next: then they are a second
    apart at Simkl as well, however long the network takes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """The first POST has to wait too: who was here before a restart may just have sent one."""
        self._clock = clock
        self._held: dict[str, float] = {}
        self._next = clock() + SECONDS_BETWEEN_POSTS

    def wait(self) -> float:
        """Seconds until the next POST may be sent; 0.0 for now."""
        return max(0.0, self._next - self._clock())

    def answered(self) -> None:
        """A POST was answered, or will never be."""
        self._next = self._clock() + SECONDS_BETWEEN_POSTS

    def hold(self, token: str, seconds: float) -> None:
        """Simkl asks that nothing is sent with a token for so long."""
        self._held[token] = self._clock() + seconds

    def held(self, token: str) -> float:
        """Seconds for which nothing may be sent with a token; 0.0 where it may.

        Whoever asks: lists and what Simkl is told have calls of their own, and one may be on its
        way when the other is answered.
        """
        return max(0.0, self._held.get(token, 0.0) - self._clock())
