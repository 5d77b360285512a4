"""How fast and how much Simkl may be asked: pacing, one request at a time, the day's budget."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable

from .answers import RefusedError
from .clock import Clock, eastern_day, next_eastern_midnight

if TYPE_CHECKING:
    from datetime import date

CALLS_A_DAY = {"free": 500, "pro": 1000, "vip": 10000}
GETS_A_SECOND = 10


@dataclass
class _Caller:
    last_post: float = float("-inf")
    gets: deque[float] = field(default_factory=deque)
    held_until: float = float("-inf")
    strikes: int = 0


class Pacing:
    """1 POST/s and 10 GET/s for each caller: an access token, or a client id without one."""

    def __init__(self) -> None:
        self._callers: dict[str, _Caller] = {}

    def arrive(self, name: str, method: str, now: float) -> None:
        """Raises RefusedError (429) when this request comes too early."""
        caller = self._callers.setdefault(name, _Caller())
        if now < caller.held_until:
            raise _too_fast("asked again before Retry-After was over", caller.held_until - now)
        if method == "GET":
            _count_get(caller, now)
        else:
            _count_post(caller, now)

    def hold(self, name: str, until: float) -> None:
        """The caller was told to wait."""
        self._callers.setdefault(name, _Caller()).held_until = until

    def release(self) -> None:
        for caller in self._callers.values():
            caller.held_until = float("-inf")


def _count_get(caller: _Caller, now: float) -> None:
    while caller.gets and now - caller.gets[0] >= 1:
        caller.gets.popleft()
    caller.gets.append(now)
    if len(caller.gets) > GETS_A_SECOND:
        raise _too_fast(f"more than {GETS_A_SECOND} GETs in one second", 1)


def _count_post(caller: _Caller, now: float) -> None:
    passed, caller.last_post = now - caller.last_post, now
    if passed >= 1:
        return
    # Simkl blocks the token, longer each time.
    pause = 2.0**caller.strikes
    caller.strikes += 1
    caller.held_until = now + pause
    raise _too_fast(f"two POSTs in one second ({passed:.3f} s apart)", pause)


def _too_fast(sentence: str, wait: float) -> RefusedError:
    return RefusedError(429, "rate_limit", sentence, breach=True, retry_after=wait)


class InFlight:
    """Who is being answered just now.

    A client that gave up waiting and closed its connection is no longer asking, though the thread
    that serves it may not have noticed: hence the question whether a request is still alive.
    """

    def __init__(self) -> None:
        self._open: dict[object, tuple[str, Callable[[], bool]]] = {}

    def enter(self, key: object, caller: str, is_alive: Callable[[], bool]) -> None:
        """Raises RefusedError (429) when the caller has another request open."""
        others = [alive for name, alive in self._open.values() if name == caller]
        self._open[key] = (caller, is_alive)
        if any(alive() for alive in others):
            raise _too_fast("two requests at the same time", 1)

    def leave(self, key: object) -> None:
        self._open.pop(key, None)


class Quota:
    """A person's calls of the day, which begins at midnight US Eastern."""

    def __init__(self, plan: str, clock: Clock) -> None:
        self.limit = CALLS_A_DAY[plan]
        self._clock = clock
        self._used = 0
        self._day: date = eastern_day(clock.now())
        self._told = False
        self._said: int | None = None

    @property
    def is_said_to_be_low(self) -> bool:
        """Whether the latest answer said that less than a tenth of the day's calls is left."""
        return self._said is not None and self._said < self.limit / 10

    @property
    def used(self) -> int:
        self._turn_the_day()
        return self._used

    @property
    def left(self) -> int:
        return self.limit - self.used

    @left.setter
    def left(self, calls: int) -> None:
        self._turn_the_day()
        self._used = self.limit - calls
        self._told = False

    def take(self) -> None:
        """Counts one call; raises RefusedError (429) when none is left."""
        if self.left > 0:
            self._used += 1
            return
        told, self._told = self._told, True
        now = self._clock.now()
        raise RefusedError(
            429,
            "user_limit_exceeded",
            "asked again although the day's calls are used up" if told else "no calls left today",
            breach=told,
            retry_after=next_eastern_midnight(now) - now,
            headers=self.headers(),
        )

    def headers(self) -> dict[str, str]:
        self._said = self.left
        return {"x-ratelimit-limit": str(self.limit), "x-ratelimit-remaining": str(self.left)}

    def _turn_the_day(self) -> None:
        today = eastern_day(self._clock.now())
        if today != self._day:
            self._day, self._used, self._told, self._said = today, 0, False, None
