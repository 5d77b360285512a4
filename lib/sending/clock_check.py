"""Whether the clock here can be trusted with the moment of a watch. Knows neither of the two doors.

A box without a clock of its own begins in 1970, and is set once it finds the network.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Callable

RELEASED = datetime(2026, 11, 1, tzinfo=timezone.utc)
"""Nothing was watched with this add-on before."""
_FAR = 600.0  # seconds from Simkl's clock: a few mean nothing (simkl/server_clock.py)
_JUMP = 60.0


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


class ClockCheck:
    def __init__(
        self,
        ahead: Callable[[], float | None],
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """ahead: seconds of the clock here before Simkl's; None where that is not known. clock:
        runs on whatever the time is set to. now: aware UTC.
        """
        self._ahead = ahead
        self.clock = clock
        self.now = now
        self._base = self._offset()
        self._jumped = 0.0
        self._heard_ahead: float | None = None
        self.jumps = 0
        """How often a clock that seemed right was set, and how often one was set right."""

    @property
    def is_wrong(self) -> bool:
        ahead = self._ahead_now()
        return self.now() < RELEASED or (ahead is not None and abs(ahead) > _FAR)

    def take_shift(self) -> float:
        """The seconds by which the clock was wrong until it was set right just now; else 0.0."""
        jump = self._offset() - self._base
        if abs(jump) < _JUMP:
            return 0.0
        ahead = self._ahead_now()
        was_old = datetime.fromtimestamp(self._base + self.clock(), timezone.utc) < RELEASED
        was_far = ahead is not None and abs(ahead) > _FAR
        self._base += jump
        self._jumped += jump
        was_wrong, is_wrong = was_old or was_far, self.is_wrong
        self.jumps += not (was_wrong and is_wrong)
        return jump if was_wrong and not is_wrong else 0.0

    def _ahead_now(self) -> float | None:
        """As Simkl's latest answer said it, and moved by what the clock was set by since."""
        ahead = self._ahead()
        if ahead != self._heard_ahead:
            self._heard_ahead, self._jumped = ahead, 0.0
        return None if ahead is None else ahead + self._jumped

    def _offset(self) -> float:
        return self.now().timestamp() - self.clock()
