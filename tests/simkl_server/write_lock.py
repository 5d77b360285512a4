"""One write of a person at a time: Simkl keeps the next one out for up to 20 seconds."""

from __future__ import annotations

import itertools
from typing import Callable

from .answers import RefusedError

LONGEST = 20.0  # seconds


class WriteLock:
    """Of one person, whichever token writes."""

    def __init__(self) -> None:
        self._open: dict[object, Callable[[], bool]] = {}
        self._until = float("-inf")
        self._refused: dict[str, float] = {}
        # Simkl's pages spell it in both ways.
        self._names = itertools.cycle(("RATE_LIMIT", "rate_limit"))

    def hold(self, until: float) -> None:
        """Somebody else's write is under way until then (seconds since the epoch)."""
        self._until = until

    def release(self) -> None:
        self._until = float("-inf")
        self._refused.clear()

    def enter(self, key: object, caller: str, is_alive: Callable[[], bool], now: float) -> None:
        """Raises RefusedError (400) while another write is under way. Who was refused waits."""
        refused = self._refused.get(caller)
        is_early = refused is not None and now - refused < LONGEST
        if is_early or now < self._until or any(alive() for alive in self._open.values()):
            self._refused[caller] = now
            sentence = f"wrote again within {LONGEST:g} s of being refused"
            raise RefusedError(
                400,
                next(self._names),
                sentence if is_early else "another write is under way",
                breach=is_early,
            )
        self._open[key] = is_alive

    def leave(self, key: object) -> None:
        self._open.pop(key, None)
