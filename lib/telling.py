"""What a person may see of the work on a list: how far it is, and how many ticks it brought."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Sequence

from lib import kodi, texts
from lib.kodi_windows import Bar

if TYPE_CHECKING:
    from lib.choices import Choices
    from lib.others import OthersVisit
    from lib.visit import Visit
    from lib.write import Writer

_LONG = 3.0  # seconds: what takes longer is worth a bar
_DRAW_EVERY = 0.5
_CALM = 1.5  # seconds after the last tick by which no more follow at once


class Telling:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._begun_at = self._drawn_at = self._counted_at = 0.0
        self._said = self._counted = 0
        self._bar: Bar | None = None

    def begin_list(self) -> None:
        self._begun_at = time.monotonic()
        self._said = self._counted = self._writer.shown

    def leave_list(self) -> None:
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.close()

    def turn(self, visits: Sequence[Visit | OthersVisit], choices: Choices) -> None:
        if choices.says_progress:
            self._draw_bar(visits)
        if choices.says_ticks and visits:
            self._say_ticks()

    def _draw_bar(self, visits: Sequence[Visit | OthersVisit]) -> None:
        now = time.monotonic()
        if all(visit.is_finished for visit in visits):
            self.leave_list()
            return
        if now - self._begun_at < _LONG or now - self._drawn_at < _DRAW_EVERY:
            return
        self._drawn_at = now
        rows = sum(visit.progress.rows for visit in visits)
        done = sum(visit.progress.done for visit in visits)
        self._bar = self._bar or Bar(kodi.text(texts.NAME))
        words = kodi.text(texts.PROGRESS, done=str(done), all=str(rows))
        self._bar.draw(done / max(rows, 1), words)

    def _say_ticks(self) -> None:
        """Once the ticks of a list have all come."""
        if self._writer.shown != self._counted:
            self._counted, self._counted_at = self._writer.shown, time.monotonic()
        new = self._counted - self._said
        if new and time.monotonic() - self._counted_at > _CALM:
            self._said = self._counted
            kodi.notify(kodi.text(texts.TICKED, count=str(new)))
