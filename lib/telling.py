"""What a person may see of the work on a list: how far it is, and how many ticks it brought."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Sequence

from lib import kodi, texts
from lib.kodi_windows import Bar

if TYPE_CHECKING:
    from lib.house import House
    from lib.others import OthersVisit
    from lib.visit import Visit

_LONG = 3.0  # seconds: what takes longer is worth a bar
_DRAW_EVERY = 0.5
_CALM = 1.5  # seconds after the last tick by which no more follow at once


class Telling:
    def __init__(self, house: House) -> None:
        self._house = house
        self._begun_at = self._drawn_at = self._counted_at = 0.0
        self._said = self._counted = 0
        self._bar: Bar | None = None

    def open_list(self) -> None:
        """Another list is open: what was ticked before was not in it."""
        self._said = self._counted = self._house.writer.shown

    def begin_visit(self) -> None:
        self._begun_at = time.monotonic()

    def leave(self) -> None:
        """Take the bar away."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.close()

    def turn(self, visits: Sequence[Visit | OthersVisit]) -> None:
        """visits: of the list that is open."""
        is_done = all(visit.is_finished for visit in visits)
        choices, watched = self._house.follow.choices, self._house.watched
        # In trouble nothing is asked for minutes or hours, and a bar would lie.
        if is_done or not choices.says_progress or not watched.can_ask or watched.trouble:
            self.leave()
        else:
            self._draw_bar(visits)
        if is_done and visits and choices.says_ticks:
            self._say_ticks()

    def _draw_bar(self, visits: Sequence[Visit | OthersVisit]) -> None:
        now = time.monotonic()
        if now - self._begun_at < _LONG or now - self._drawn_at < _DRAW_EVERY:
            return
        self._drawn_at = now
        # In a folder of files two visits go through the same rows.
        rows = max(visit.progress.rows for visit in visits)
        done = min(visit.progress.done for visit in visits)
        self._bar = self._bar or Bar(kodi.text(texts.NAME))
        words = kodi.text(texts.PROGRESS, done=str(done), all=str(rows))
        self._bar.draw(done / max(rows, 1), words)

    def _say_ticks(self) -> None:
        """Once the ticks of a list have all come."""
        shown = self._house.writer.shown
        if shown != self._counted:
            self._counted, self._counted_at = shown, time.monotonic()
        new = self._counted - self._said
        if new and time.monotonic() - self._counted_at > _CALM:
            self._said = self._counted
            kodi.notify(kodi.text(texts.TICKED, count=str(new)))
