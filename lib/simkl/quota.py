"""What is left of the day's calls to Simkl, as it said with its latest answer.

The headers are those of docs/simkl-api.md, "Calls are a budget". Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import Callable, Mapping, NamedTuple

from lib.simkl.backoff import seconds_to_midnight

_LOW = 0.1  # of the day's calls: below it only what was never seen is asked about


class Calls(NamedTuple):
    """Of the day. most: that Simkl answers. left: of those."""

    most: int
    left: int


class Quota:
    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        day_left: Callable[[], float] = seconds_to_midnight,
    ) -> None:
        """day_left: seconds until Simkl's day ends."""
        self._clock = clock
        self._day_left = day_left
        self._calls: Calls | None = None
        self._holds_until = 0.0

    def read_headers(self, headers: Mapping[str, str]) -> None:
        """The headers of an answer; any that do not say it change nothing."""
        most, left = (
            _number(headers.get(f"x-ratelimit-{name}", "")) for name in ("limit", "remaining")
        )
        if most and left is not None:
            # In one step: it is written in one thread and read in another.
            self._holds_until = self._clock() + self._day_left()
            self._calls = Calls(most, left)

    @property
    def calls(self) -> Calls | None:
        """None where Simkl has not said it today."""
        return self._calls if self._clock() < self._holds_until else None

    @property
    def is_low(self) -> bool:
        calls = self.calls
        return calls is not None and calls.left < calls.most * _LOW


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
