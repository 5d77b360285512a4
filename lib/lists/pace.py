"""How long the loop may pause until its next look at the screen. Knows neither of the two doors."""

from __future__ import annotations

import time
from typing import Callable

LOOK_EVERY = 0.05
"""Seconds, while somebody is there."""
# Each look wakes a core of the box: fewer do where nobody has pressed a key, nothing has changed
# and nothing was done for so many seconds. A key ends such a pause.
_LOOK_RARELY = ((60.0, 10.0), (10.0, 4.0))


class Pace:
    def __init__(
        self, idle_seconds: Callable[[], float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """idle_seconds: since the last key. clock: in seconds."""
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._worked_at = float("-inf")

    def works(self) -> None:
        """Something was done for a list."""
        self._worked_at = self._clock()

    def until_next_look(self, changed_at: float) -> float:
        """Seconds. changed_at: when something else was on the screen, by the same clock."""
        since = max(changed_at, self._worked_at)
        still = min(self._clock() - since, self._idle_seconds())
        return next((pause for after, pause in _LOOK_RARELY if still > after), LOOK_EVERY)
