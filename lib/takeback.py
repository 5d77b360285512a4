"""Takes back ticks that this add-on made, a few at a time, as the person asks for it.

Only those that nobody has changed since, and they stay away like one that the person removed by
hand: until Simkl reports a newer watch. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Sequence

from lib.ledger import stands_as_left
from lib.paths import addon_of
from lib.ticks import Tick, Video

if TYPE_CHECKING:
    from lib.hand import Hand
    from lib.library import Library
    from lib.store import Made, Store
    from lib.write import Writer

DAY = 86400.0  # seconds
EVER = 0.0
_TICKS_A_STEP = 25


class TakeBack:
    def __init__(self, store: Store, library: Library, writer: Writer, hand: Hand) -> None:
        """writer: one that notes with the ledger what it was told to take back."""
        self._store = store
        self._library = library
        self._writer = writer
        self._hand = hand
        self._since: float | None = None
        self._last = ""
        self.taken = 0
        self.changed = 0

    def count(self, since: float) -> int:
        """How many ticks of ours are from then or later. since: seconds since 1970."""
        return self._store.count_made(since)

    def begin(self, since: float) -> None:
        self._since = since
        self._last = ""
        self.taken = self.changed = 0

    @property
    def is_due(self) -> bool:
        return self._since is not None

    def step(self) -> None:
        """Take some back; after the last, `taken` says how many, `changed` how many stay."""
        if self._since is None:
            return
        made = self._store.made_since(self._since, self._last, _TICKS_A_STEP)
        if not made:
            self._since = None
            return
        self._last = made[-1].file
        back = self._to_take_back(made)
        self._write([tick for tick in back if not _is_of_library(tick)])
        of_library = [tick for tick in back if _is_of_library(tick)]
        self._write(of_library)
        for tick in of_library:
            self._hand.removes(tick.video.key, self._library.place(*tick.video.key))
        self.taken += len(back)
        self.changed += len(made) - len(back)

    def _write(self, ticks: Sequence[Tick]) -> None:
        if ticks and _is_of_library(ticks[0]):
            self._writer.write(ticks)
        else:
            self._writer.write_files(ticks)

    def _to_take_back(self, made: Sequence[Made]) -> list[Tick]:
        stand = self._library.videos([(each.kind, each.dbid) for each in made if each.dbid > 0])
        found = []
        for mine in made:
            video = stand.get((mine.kind, mine.dbid)) or self._outside(mine)
            if video is None or video.file != mine.file or not stands_as_left(video, mine):
                continue
            if mine.old_playcount == 0 or mine.old_lastplayed:  # Kodi writes none without a date
                found.append(Tick(video, mine.old_playcount, mine.old_lastplayed))
        return found

    def _outside(self, mine: Made) -> Video | None:
        """A video that is not in the library, as it stands; None for one that is."""
        if addon_of(mine.file):  # Kodi tells of none how it stands; what is played is forgotten
            return Video(mine.kind, -1, mine.file, mine.playcount, mine.lastplayed)
        state = self._library.file_state(mine.file)
        return None if state is None else Video(mine.kind, -1, mine.file, *state)


def _is_of_library(tick: Tick) -> bool:
    return tick.video.dbid > 0


def midnight(now: Callable[[], float] = time.time) -> float:
    """When today began here. Seconds since 1970."""
    today = time.localtime(now())
    return time.mktime((today.tm_year, today.tm_mon, today.tm_mday, 0, 0, 0, 0, 0, -1))
