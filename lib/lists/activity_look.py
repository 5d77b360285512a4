"""Has Simkl asked whether anything has moved, at the moments that `activity_checks.py` tells.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Sequence

from lib.lists.activity_checks import ActivityChecks

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.lists.visit import Visit


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
