"""What is written while nothing else is due: episodes off the screen, and ticks of lists left.

What was written unseen is announced then, once for all. That has the lists on the home screen
loaded again, and random ones shuffled: not while somebody moves there. Knows neither of the two
doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies

_A_TURN = 0.05  # seconds: one answer serves a turn; what announces asks once more
_ASK_AGAIN_AFTER = 0.5  # seconds: Kodi answers with its next frame whether a list may be loaded


class BackgroundWrites:
    def __init__(
        self,
        deps: Dependencies,
        current_list: CurrentList,
        nobody_moves_on_home: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """clock: in seconds."""
        self._deps = deps
        self._list = current_list
        self._nobody_moves_on_home = nobody_moves_on_home
        self._clock = clock
        self._ask_again_at = self._may_begin_until = float("-inf")

    @property
    def is_due(self) -> bool:
        return self._may_write_backlog() or self._may_write_deferred() or self._may_announce()

    def step(self) -> bool:
        """Write a little; False when nothing is left to do."""
        if self._may_write_backlog() and self._deps.backlog.step():
            return True
        if self._may_write_deferred():
            self._deps.deferred.step(self._list.path, self._list.may_show)
            return True
        if self._may_announce():
            self._deps.writer.announce()
            return True
        return False

    def _may_announce(self) -> bool:
        is_owed = self._deps.writer.owes_announcement and not self._deps.backlog.is_due
        if not is_owed or self._clock() < self._ask_again_at:
            return False
        # Of films: once for all of the list, but for those about which Simkl does not answer.
        is_all = self._list.is_finished or self._deps.coordinator.trouble is not None
        if not (self._deps.writer.owes_words or is_all):
            return False
        if self._list.hides_watched or not self._nobody_moves_on_home():
            return False
        if self._clock() < self._may_begin_until:
            return True
        may_begin = self._deps.loads.may_begin()
        if may_begin:
            self._may_begin_until = self._clock() + _A_TURN
        else:
            self._ask_again_at = self._clock() + _ASK_AGAIN_AFTER
        return may_begin

    def _may_write_backlog(self) -> bool:
        return self._deps.backlog.is_due and not self._list.hides_watched

    def _may_write_deferred(self) -> bool:
        is_due = self._deps.deferred.is_due(self._list.path, self._list.may_show)
        return is_due and not self._deps.policy.user_changes.is_playing
