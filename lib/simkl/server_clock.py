"""How far this machine's clock is from Simkl's, by the `Date` of its answers (RFC 9110, 6.6.1)."""

from __future__ import annotations

import time
from typing import Callable, Mapping

from lib.simkl.error_responses import moment_of_header


class ServerClock:
    """Written in one thread and read in another, in one step each."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """now: seconds since 1970, by this machine."""
        self._now = now
        self.seconds_ahead: float | None = None
        """Of this machine's clock before Simkl's, at the latest answer; negative where it is
        behind. None where Simkl has not said its time yet. An answer from a store on the way is
        as old as that says, so some minutes mean nothing.
        """

    def read_headers(self, headers: Mapping[str, str]) -> None:
        """The headers of an answer; without a date in them nothing changes."""
        said = moment_of_header(headers.get("Date", ""))
        if said is not None:
            self.seconds_ahead = self._now() - said
