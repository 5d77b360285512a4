"""What is written while nothing else is due: episodes off the screen, and ticks of lists left.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies


class BackgroundWrites:
    def __init__(self, deps: Dependencies, current_list: CurrentList) -> None:
        self._deps = deps
        self._list = current_list

    @property
    def is_due(self) -> bool:
        return self._may_write_backlog() or self._may_write_deferred()

    def step(self) -> bool:
        """Write a little; False when nothing is left to do."""
        if self._may_write_backlog() and self._deps.backlog.step():
            return True
        if self._may_write_deferred():
            self._deps.deferred.step(self._list.path)
            return True
        return False

    def _may_write_backlog(self) -> bool:
        return self._deps.backlog.is_due and not self._list.hides_watched

    def _may_write_deferred(self) -> bool:
        is_due = self._deps.deferred.is_due(self._list.path)
        return is_due and not self._deps.policy.user_changes.is_playing
