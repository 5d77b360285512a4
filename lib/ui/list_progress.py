"""What a person may see of the work on a list: how far it is, and how many ticks it brought."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Sequence

from lib.kodi import string_ids
from lib.kodi.localization import text
from lib.kodi.messages import notify
from lib.kodi.windows import Bar

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.lists.visit import Visit

_LONG = 3.0  # seconds: what takes longer is worth a bar
_DRAW_EVERY = 0.5
_CALM = 1.5  # seconds after the last tick by which no more follow at once


class ListProgress:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._begun_at = self._drawn_at = self._counted_at = 0.0
        self._said = self._counted = 0
        self._bar: Bar | None = None

    def begin_list(self) -> None:
        """Another list is open: what was ticked before was not in it."""
        self._said = self._counted = self._deps.writer.shown

    def begin_visit(self) -> None:
        self._begun_at = time.monotonic()

    def leave(self) -> None:
        """Take the bar away."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.close()

    def turn(self, visits: Sequence[Visit[Any]]) -> None:
        """visits: of the list that is open."""
        is_done = all(visit.is_finished for visit in visits)
        settings, coordinator = self._deps.policy.tick_settings, self._deps.coordinator
        # In trouble nothing is asked for minutes or hours, and a bar would lie.
        may_ask = coordinator.can_ask and not coordinator.trouble
        if is_done or not settings.says_progress or not may_ask:
            self.leave()
        else:
            self._draw_bar(visits)
        if is_done and visits and settings.says_ticks:
            self._say_ticks()

    def _draw_bar(self, visits: Sequence[Visit[Any]]) -> None:
        now = time.monotonic()
        if now - self._begun_at < _LONG or now - self._drawn_at < _DRAW_EVERY:
            return
        self._drawn_at = now
        # In a folder of files two visits go through the same rows.
        rows = max(visit.progress.rows for visit in visits)
        done = min(visit.progress.done for visit in visits)
        self._bar = self._bar or Bar(text(string_ids.NAME))
        words = text(string_ids.PROGRESS, done=str(done), all=str(rows))
        self._bar.draw(done / max(rows, 1), words)

    def _say_ticks(self) -> None:
        """Once the ticks of a list have all come."""
        shown = self._deps.writer.shown
        if shown != self._counted:
            self._counted, self._counted_at = shown, time.monotonic()
        new = self._counted - self._said
        if new and time.monotonic() - self._counted_at > _CALM:
            self._said = self._counted
            notify(text(string_ids.TICKED, count=str(new)))
