"""When nothing is sent for a while, and why. Knows neither of the two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.simkl.errors import (
    Busy,
    DayUsedUp,
    ReadOnly,
    Refused,
    TooFast,
    Trouble,
    Unreachable,
)

if TYPE_CHECKING:
    from lib.account.grant import Grant
    from lib.lists.coordinator import Coordinator

OFFLINE, BUSY, DAY_USED_UP = "offline", "busy", "day used up"
READ_ONLY, CLOCK_WRONG, REFUSED = "read only", "clock wrong", "refused"

_BEHIND_THE_LIST = 300.0  # seconds at most: a film may fill the screen, and the list waits for long
_LOCK = 20.0  # that one write of a person keeps the next waiting (docs/simkl-api.md, "Writes")
_LATER = 300.0
_REFUSED_SECONDS = 6 * 3600.0
_MOST_TRIES = 5  # of writes that fail one after another, before an hour without
_AN_HOUR = 3600.0
_MOST_REFUSED = 3  # watches one after another: then it is not the watches


class Holds:
    def __init__(self, coordinator: Coordinator, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.why = ""
        """The key of the reason for the latest."""
        self._coordinator = coordinator
        self._until = 0.0
        self._behind_since: float | None = None
        self._failures = self._busy = self._refusals = 0

    def begin(self) -> None:
        """Somebody else may be signed in: nothing was refused to them."""
        self._until, self.why, self._behind_since = 0.0, "", None
        self._failures = self._busy = self._refusals = 0

    def worked(self) -> None:
        self.begin()

    def keep_waiting(self) -> bool:
        """Whether nothing may be asked or sent now."""
        if self.clock() < self._until or self._coordinator.retry_policy.wait():
            return True
        return not self._coordinator.client.may_repeat or self._waits_behind_the_list()

    def reads_only(self, grant: Grant) -> bool:
        """Whether the sign-in may not write."""
        if not grant.may_write:
            self._hold(_LATER, READ_ONLY)
        return not grant.may_write

    def hold_for_clock(self) -> None:
        """The clock here is wrong, and so is the moment of each watch."""
        self._hold(_LATER, CLOCK_WRONG)

    def refuses_one(self) -> None:
        """Simkl does not take a watch by itself."""
        self._refusals += 1
        if self._refusals >= _MOST_REFUSED:
            self._refusals = 0
            self._hold(_REFUSED_SECONDS, REFUSED)

    def failed(self, trouble: Trouble, *, is_write: bool) -> None:
        """A call went wrong. is_write: it was to tell Simkl something."""
        if isinstance(trouble, Busy):
            self._busy += 1
            told = trouble.retry_after or _LOCK
            self._hold(told if self._busy == 1 else max(told, _LATER), BUSY)
        elif is_write and isinstance(trouble, Refused):
            # It says nothing against reading.
            why = READ_ONLY if isinstance(trouble, ReadOnly) else REFUSED
            self._coordinator.retry_policy.say_once(trouble)
            self._hold(_REFUSED_SECONDS, why)
        else:
            self._coordinator.failed(trouble)
            self._failures += is_write
            many = self._failures >= _MOST_TRIES
            self._hold(_AN_HOUR if many else 2.0**self._failures, _why(trouble))

    def _hold(self, seconds: float, why: str) -> None:
        self._until, self.why = self.clock() + seconds, why

    def _waits_behind_the_list(self) -> bool:
        """Whether what the open list needs comes first."""
        if not self._coordinator.has_work:
            self._behind_since = None
            return False
        if self._behind_since is None:
            self._behind_since = self.clock()
        waited = self.clock() - self._behind_since
        return self._coordinator.is_asking or waited < _BEHIND_THE_LIST


def _why(trouble: Trouble) -> str:
    if isinstance(trouble, DayUsedUp):
        return DAY_USED_UP
    if isinstance(trouble, TooFast):
        return BUSY
    return OFFLINE if isinstance(trouble, Unreachable) else REFUSED
