"""How long Simkl is left alone after trouble, and when its day ends.

The clocks are given, so that tests need not wait.
"""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta, timezone
from typing import Callable

LONGEST_BACKOFF = 300.0
# Without a network nobody is bothered by a try: the first list is to be ticked soon after it comes.
_TRIES_WITHOUT_NETWORK = 20
_LONGEST_WITHOUT_NETWORK = 4.0


class Backoff:
    """How long to leave Simkl alone after trouble: as told, else twice as long each time."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._chance = chance
        self._until = 0.0
        self._failures = self._tries = 0

    def wait(self) -> float:
        """Seconds until Simkl may be tried again; 0.0 for now."""
        return max(0.0, self._until - self._clock())

    def failed(self, told: float | None = None) -> None:
        """Trouble. told: the seconds of Simkl's `Retry-After`, None (or 0) where it gave none."""
        self._failures += 1
        self._leave_alone(min(2.0 ** min(self._failures, 10), LONGEST_BACKOFF), told)

    def found_no_network(self) -> None:
        """Nobody answered: tried again soon, for a minute or so."""
        self._tries += 1
        if self._tries > _TRIES_WITHOUT_NETWORK:
            self.failed()
        else:
            self._leave_alone(min(2.0**self._tries, _LONGEST_WITHOUT_NETWORK), None)

    def _leave_alone(self, step: float, told: float | None) -> None:
        # Boxes that lost the network together should not come back together.
        jittered = step * (0.5 + 0.5 * self._chance())
        self._until = self._clock() + (told or jittered)

    def end_wait(self) -> None:
        """Simkl may be tried now; what has failed still counts."""
        self._until = 0.0

    def worked(self) -> None:
        self._failures = self._tries = 0
        self._until = 0.0


def seconds_to_midnight(now: datetime | None = None) -> float:
    """Seconds until Simkl's day ends: midnight in New York, taken at winter time.

    In summer that is an hour late, which costs an hour and no call; Kodi's Python may lack the
    time zone database that would tell.
    """
    eastern = (now or datetime.now(timezone.utc)) - timedelta(hours=5)
    midnight = eastern.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - eastern).total_seconds()
