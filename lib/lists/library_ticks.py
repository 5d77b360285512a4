"""The ticks that are due in one list of the library, written a few at a time.

Knows neither of the two doors.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.lists.settled_rows import Settled
from lib.ticks.due import EPISODE, FILM, due, watched_files

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.lists.films_on_screen import FilmsOnScreen
    from lib.simkl.answers import Watch
    from lib.simkl.asks import Ask
    from lib.storage.answer_cache import Known
    from lib.storage.removed_ticks import Key
    from lib.ticks.due import Tick, Video

# Of one step. Each step has Kodi load a list of episodes once, so not fewer than two pages of them.
_FEWEST_TICKS = {FILM: 5, EPISODE: 25}
_STEP_SECONDS = 0.3  # to write longer at once: Kodi may want to leave
_SLOW = 3  # ticks in that time: so does a source on a slow network
_SLOW_ANSWER = 0.1  # seconds until such a source tells whether a file is there


class LibraryTicks:
    def __init__(
        self,
        deps: Dependencies,
        write: Callable[[Sequence[Tick]], Sequence[Tick]],
        clock: Callable[[], float] = time.monotonic,
        films: FilmsOnScreen | None = None,
    ) -> None:
        """write: has Kodi take ticks, and gives those that it took. clock: in seconds.
        films: writes those of a list on the screen.
        """
        self._deps = deps
        self._write = write
        self._clock = clock
        self._films = films
        self._ticks: deque[Tick] = deque()
        self._unwritten: dict[str, list[tuple[Key, Settled]]] = defaultdict(list)
        self._ticks_a_step = 0

    def __len__(self) -> int:
        """How many are yet to be written."""
        return len(self._ticks)

    def may_write(self, *, is_on_screen: bool) -> bool:
        """Whether what is next can be written now.

        Where Kodi may not be made to load the list, rows of episodes would stay without words.
        """
        needs_load = is_on_screen and bool(self._ticks) and self._ticks[0].video.kind == EPISODE
        return not needs_load or self._deps.loads.may_begin()

    def outdate_what_was_played(self, videos: list[Video], known: Known) -> None:
        """About what was played since Simkl was asked, it is asked anew."""
        played_at = self._deps.policy.played_at(videos, known)
        if played_at is not None:
            self._deps.coordinator.outdate(known.title, played_at)

    def settle(self, videos: list[Video], known: Known, ask: Ask) -> set[Key]:
        """Have what is due of these written, and their rows count as settled once Kodi took it, or
        refused it.

        Those that are to be ticked and settled already: Kodi holds their ticks.
        """
        policy = self._deps.policy

        def watch_of(video: Video) -> Watch | None:
            return policy.watch_of(video, known)

        files = watched_files(videos, watch_of).keys()
        self._ticks.extend(due(videos, watch_of))
        self._ticks.extend(policy.to_clear(videos, known, self._deps.journal))
        unwritten = {tick.video.file for tick in self._ticks}
        held = set()
        for video in videos:
            if policy.waits(video, known):
                continue  # settled by a newer answer
            settled = Settled(ask, known.asked_at, video.file in files, video.file)
            if video.file in unwritten:
                self._unwritten[video.file].append((video.key, settled))
                continue
            self._deps.settled.note(video.key, settled)
            if video.file in files:
                held.add(video.key)
        return held

    def write_some(self) -> bool:
        """Whether any were due, and needed not wait."""
        if not self._ticks:
            return False
        began, (some, taken) = self._clock(), self._written()
        if not some:
            return False
        for tick in some:
            entries = self._unwritten.pop(tick.video.file, ())
            if tick in taken:
                self._note(entries)
            elif not self._deps.writer.keeps_waiting(tick.video.file):
                self._note((key, settled._replace(is_ticked=False)) for key, settled in entries)
        each = (self._clock() - began) / len(some)
        self._ticks_a_step = max(1, int(_STEP_SECONDS / max(each, 0.001)))
        return True

    def _written(self) -> tuple[list[Tick], Sequence[Tick]]:
        """What of the next was written, and what Kodi took of that."""
        if self._films is not None and self._ticks[0].video.kind == FILM:
            return self._films.write(self._ticks, _STEP_SECONDS)
        count = min(self._count(self._ticks[0].video), len(self._ticks))
        some = [self._ticks.popleft() for _ in range(count)]
        return some, self._write(some)

    def _count(self, first: Video) -> int:
        """How many to write in this step."""
        if not self._ticks_a_step:
            began = self._clock()
            has_answered = self._deps.files.exists(first.file) is not None  # else it waits no more
            is_slow = has_answered and self._clock() - began > _SLOW_ANSWER
            return 1 if is_slow else _FEWEST_TICKS[first.kind]
        return max(
            1 if self._ticks_a_step < _SLOW else _FEWEST_TICKS[first.kind], self._ticks_a_step
        )

    def _note(self, entries: Iterable[tuple[Key, Settled]]) -> None:
        for key, settled in entries:
            self._deps.settled.note(key, settled)
