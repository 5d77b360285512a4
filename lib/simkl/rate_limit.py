"""When the next POST may be sent: never two in a second (docs/simkl-api.md).

The clock is given, so that tests need not wait.
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
        self._next = clock() + SECONDS_BETWEEN_POSTS

    def wait(self) -> float:
        """Seconds until the next POST may be sent; 0.0 for now."""
        return max(0.0, self._next - self._clock())

    def answered(self) -> None:
        """A POST was answered, or will never be."""
        self._next = self._clock() + SECONDS_BETWEEN_POSTS
