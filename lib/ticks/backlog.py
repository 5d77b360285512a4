"""Ticks of episodes that are not on screen, written a few at a time while nothing else is due.

Knows neither of the two doors.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from lib.ticks import due

if TYPE_CHECKING:
    from lib.storage.answer_cache import Known
    from lib.ticks.due import Tick
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.ticks.policy import Policy
    from lib.ticks.writer import Writer

_TICKS_A_STEP = 10


class Backlog:
    def __init__(self, library: Library, writer: Writer, policy: Policy, journal: Journal) -> None:
        self._library = library
        self._writer = writer
        self._policy = policy
        self._journal = journal
        self.clear()

    def clear(self) -> None:
        """Nothing is due any more, and nothing counts as done."""
        self._waiting: dict[int, Known] = {}
        self._done: dict[int, Known] = {}
        self._kept_waiting: set[int] = set()
        self._ticks: deque[Tick] = deque()
        self._series: int | None = None
        self._has_written = False

    def add(self, series: int, known: Known) -> None:
        """All episodes of a series are to follow what Simkl said. series: Kodi's tvshowid."""
        if self._done.get(series) is not known:
            self._waiting[series] = known
        elif series == self._series:
            self.put_back()  # its episodes came on screen, and were written there

    def put_back(self) -> None:
        """What was read of the library no longer holds: the series in work is read again."""
        if self._series is not None:
            self._waiting = {self._series: self._done.pop(self._series), **self._waiting}
        self._ticks.clear()
        self._series = None

    def try_again(self) -> None:
        """A source that kept us waiting may be asked again: so may what lies in it."""
        if self._series in self._kept_waiting:
            self.put_back()  # some of what is in work was passed over
        for series in self._kept_waiting & self._done.keys():
            self._waiting[series] = self._done.pop(series)
        self._kept_waiting.clear()

    @property
    def is_due(self) -> bool:
        return bool(self._ticks or self._waiting or self._series)

    def step(self) -> bool:
        """Do a little; False when nothing is left to do."""
        if self._ticks:
            some = [self._ticks.popleft() for _ in range(min(_TICKS_A_STEP, len(self._ticks)))]
            self._has_written = bool(self._writer.write_unseen(some)) or self._has_written
            if self._series is not None and any(
                self._writer.keeps_waiting(tick.video.file) for tick in some
            ):
                self._kept_waiting.add(self._series)
        elif self._series is not None:
            if self._has_written:  # else Kodi would wait for the files of a silent source
                self._writer.mend_series(self._series)
            self._series = None
        elif self._waiting:
            self._begin_next()
        else:
            return False
        return True

    def _begin_next(self) -> None:
        series = next(iter(self._waiting))
        known = self._done[series] = self._waiting.pop(series)
        videos = self._library.episodes(series)
        self._ticks.extend(due.due(videos, lambda video: self._policy.watch_of(video, known)))
        self._ticks.extend(self._policy.to_clear(videos, known, self._journal))
        self._series = series if self._ticks else None
        self._has_written = False
