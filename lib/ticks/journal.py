"""Notes each tick that this add-on makes, with what was there before, so that it can be undone.

Knows neither of the two doors.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.storage.made_ticks import BY_HAND, REMOVED, TAKEN_BACK, MadeTick
from lib.ticks.due import Tick, Video

if TYPE_CHECKING:
    from lib.storage.store import Store


class Journal:
    def __init__(
        self, store: Store, person: Callable[[], str], now: Callable[[], float] = time.time
    ) -> None:
        """person: who is signed in. now: seconds since 1970."""
        self._store = store
        self._person = person
        self._now = now

    def note(self, ticks: Sequence[Tick]) -> None:
        """These were written."""
        self.forget(tick.video.file for tick in ticks if tick.takes_away)
        given = [tick for tick in ticks if not tick.takes_away]
        before = self.made([tick.video.file for tick in given])
        self._store.made_ticks.note(
            self._noted(tick, before.get(tick.video.file)) for tick in given
        )

    def note_taken_back(self, ticks: Sequence[Tick]) -> None:
        """These were written because the person wants back what was there before."""
        self._store.made_ticks.note_theirs([tick.video.file for tick in ticks], TAKEN_BACK)

    def note_theirs(self, files: Iterable[str]) -> None:
        """The person has changed or played these: no tick of ours any more."""
        self._store.made_ticks.note_theirs(files, BY_HAND)

    def note_removed(self, files: Iterable[str]) -> None:
        """The person has taken these away: no tick of ours any more."""
        self._store.made_ticks.note_theirs(files, REMOVED)

    def kept_away(self) -> list[str]:
        """The files outside the library whose ticks are kept away from who is signed in."""
        return self._store.made_ticks.kept_away(self._person())

    def made(self, files: Sequence[str]) -> dict[str, MadeTick]:
        """The ticks of ours among these files, by file."""
        return self._store.made_ticks.of(files)

    def forget(self, files: Iterable[str]) -> None:
        """They count as made by nobody: the person asked anew, or Kodi has lost them."""
        self._store.made_ticks.forget(files)

    def to_clear(
        self, videos: Sequence[Video], is_unwatched: Callable[[Video], bool]
    ) -> list[Tick]:
        """Ticks of this person's to take back, one a file: nobody has changed them since, and
        there was none before.
        """
        by_file: dict[str, list[Video]] = defaultdict(list)
        for video in videos:
            by_file[video.file].append(video)
        made = self.made([file for file, some in by_file.items() if any(map(is_unwatched, some))])
        return [
            Tick(by_file[file][0], mine.old_playcount, mine.old_lastplayed)
            for file, mine in made.items()
            if mine.person == self._person()
            and not mine.theirs
            and mine.old_playcount == 0
            and stands_as_left(by_file[file][0], mine)
        ]

    def _noted(self, tick: Tick, mine: MadeTick | None) -> MadeTick:
        video = tick.video
        before, at = (video.playcount, video.lastplayed), int(self._now())
        if mine is not None and not mine.theirs and stands_as_left(video, mine):
            # Only moved on: it is as old as the first, and goes back to before that.
            before, at = (mine.old_playcount, mine.old_lastplayed), mine.at
        written = (tick.playcount, tick.lastplayed)
        return MadeTick(video.file, video.kind, video.dbid, *written, *before, at, self._person())


def stands_as_left(video: Video, mine: MadeTick) -> bool:
    """Whether nobody has changed a video since this add-on ticked it."""
    return (video.playcount, video.lastplayed) == (mine.playcount, mine.lastplayed)
