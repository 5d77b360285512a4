"""When to ask Simkl whether anything has moved. Knows neither of the two doors.

As the person browses: when they come back after a pause, every few minutes while they go on, and
more rarely while one list stays open before them. Never while nobody is there.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Sequence

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.lists.visit import Visit

_A_PAUSE = 60.0  # seconds
_WHILE_BROWSING = 300.0
_IN_A_LIST_THAT_STAYS = 840.0  # so that a change is seen within 15 minutes


class ActivityChecks:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._browsed_at = float("-inf")
        self._looked_at = float("-inf")

    def opens_list(self) -> bool:
        """The person opens a list; whether to ask now."""
        now = self._clock()
        was_away = now - self._browsed_at >= _A_PAUSE
        self._browsed_at = now
        return self._asks(was_away or now - self._looked_at >= _WHILE_BROWSING)

    def begin_anew(self) -> None:
        """The box has slept, and the clock may have stood still, or somebody else is signed in."""
        self._browsed_at = self._looked_at = float("-inf")

    @property
    def may_be_due(self) -> bool:
        """Whether it is worth while to see if the person is there."""
        return self._clock() - self._looked_at >= _IN_A_LIST_THAT_STAYS

    def is_there(self) -> bool:
        """The person is there, in a list that stays open; whether to ask now."""
        self._browsed_at = self._clock()
        return self._asks(self.may_be_due)

    def _asks(self, is_due: bool) -> bool:
        if is_due:
            self._looked_at = self._clock()
        return is_due


class ActivityLook:
    def __init__(self, coordinator: Coordinator, is_somebody_there: Callable[[], bool]) -> None:
        self._coordinator = coordinator
        self._is_somebody_there = is_somebody_there
        self._checks = ActivityChecks()
        self._is_due = False

    def begin_anew(self) -> None:
        """The box has slept, or somebody else is signed in."""
        self._checks.begin_anew()

    def opens_list(self) -> None:
        self._is_due = self._checks.opens_list() or self._is_due

    def while_it_stays(self, visits: Sequence[Visit[Any]]) -> None:
        """A list that stays open before somebody follows what moves at Simkl, too."""
        may_be_due = bool(visits) and self._checks.may_be_due
        if may_be_due and self._is_somebody_there() and self._checks.is_there():
            self._is_due = True
        self.when_ticked(visits)

    def when_ticked(self, visits: Sequence[Visit[Any]]) -> None:
        """Ask once the list is ticked as far as it is known: not before that."""
        if self._is_due and visits and all(each.is_finished for each in visits):
            self._is_due = False
            self._coordinator.look()
