"""One list that is not of the library, from its rows to its ticks: another add-on's, or files.

Kodi keeps a tick under the row's path, and draws it when that path is listed again. While it is
on screen, a row of another add-on that is written to loses its title and all, until the list is
loaded again. So what is due is written in one go and the list is loaded once, while the person
is still; else after they have left. Plain files have nothing to lose. Knows neither of the doors.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from lib import ticks
from lib.dbids import with_library
from lib.follow import watch_of
from lib.identify import LABELS, identities, is_drawn_by_kodi
from lib.paths import addon_of
from lib.screen import EPISODE, MOVIE
from lib.ticks import Video
from lib.watched import EPISODES, PLAIN, Ask

if TYPE_CHECKING:
    from lib.drawn import Drawn
    from lib.hand import Hand
    from lib.identify import Identity
    from lib.library import Library
    from lib.screen import Listed, Screen, Spot
    from lib.ticks import Tick
    from lib.watched import Known, Watched
    from lib.write import Writer

_ROWS_A_STEP = 100
_STEP_SECONDS = 0.2  # to settle rows at once: Kodi lists a file's folder to say how it stands
_READ_AHEAD = 200  # titles that wait for an answer before more rows are read
_MOST_ANSWERS_SECONDS = 4.0  # a longer list is drawn with what is known by then
_TICKS_AT_ONCE = 25
_WRITE_SECONDS = 0.5  # in which the rows on screen may be without their words
# A list that may have asked the person for words would ask them again when it is loaded again.
_MAY_ASK_AGAIN = re.compile("search|find|query|keyboard|input", re.IGNORECASE)
_LOADED_AFTER = 1.0  # seconds by which a list that loads at once is drawn


class Rooms(NamedTuple):
    """The rooms that such a list goes through. kinds: media types that are to be ticked."""

    screen: Screen
    library: Library
    watched: Watched
    writer: Writer
    hand: Hand
    drawn: Drawn
    leftovers: Leftovers
    kinds: set[str]


class Due(NamedTuple):
    identity: Identity
    tick: Tick


class Leftovers:
    """Ticks of lists that were left before they were written, by the list's path."""

    def __init__(self, library: Library, writer: Writer, drawn: Drawn) -> None:
        self._library = library
        self._writer = writer
        self._drawn = drawn
        self._due: deque[tuple[str, Due]] = deque()

    def clear(self) -> None:
        self._due.clear()

    def add(self, path: str, due: list[Due]) -> None:
        self._due.extend((path, each) for each in due)

    def take_back(self, path: str) -> None:
        """The list is open again: what is due there is found anew."""
        self._due = deque((other, each) for other, each in self._due if other != path)

    def is_due(self, path: str) -> bool:
        """Whether something can be written unseen. path: of the list that is open."""
        return any(_is_unseen(left, each, path) for left, each in self._due)

    def step(self, path: str) -> None:
        some = [entry for entry in self._due if _is_unseen(*entry, path)][:_TICKS_AT_ONCE]
        self._due = deque(entry for entry in self._due if entry not in some)
        held = [(left, each) for left, each in some if self._holds(each)]
        _write(held, self._writer, self._drawn)

    def _holds(self, due: Due) -> bool:
        """Whether a plain file still stands as it did; of an add-on's video nobody can say."""
        video = due.tick.video
        is_addons = addon_of(video.file) != ""
        return is_addons or self._library.file_state(video.file) == (
            video.playcount,
            video.lastplayed,
        )


def _write(due: list[tuple[str, Due]], writer: Writer, drawn: Drawn) -> None:
    """Write ticks, each with the path of its list, and remember those that Kodi took."""
    written = writer.write_files([each.tick for _, each in due])
    for path, each in due:
        if each.tick in written:
            drawn.wrote(path, each.identity, each.tick.video.file)


def _is_unseen(left: str, due: Due, path: str) -> bool:
    """Whether no row of it can be on the screen, with the list at `path` open ("" for none)."""
    if not addon_of(due.tick.video.file):
        return path != left
    # Lists of add-ons, playlists and favourites may hold the rows of any add-on.
    return not path or path.startswith("videodb://")


class OthersVisit:
    def __init__(self, spot: Spot, rooms: Rooms) -> None:
        self._rooms = rooms
        self._path = spot.path
        self._size = spot.size
        self._sample = rooms.screen.sample(spot.size, "FileNameAndPath")
        self._positions = rooms.screen.positions(spot.size)
        self._unread = deque(self._positions)
        self._waiting: dict[Ask, list[tuple[Listed, Identity]]] = {}
        self._named: dict[str, set[Identity]] = defaultdict(set)
        self._answered: deque[tuple[Listed, Identity, Known]] = deque()
        self._due: dict[str, Due] = {}
        self._begun_at = time.monotonic()
        self._loaded_at: float | None = None
        self._may_load = not _MAY_ASK_AGAIN.search(spot.path)
        self.holds_back = spot.hides_watched
        rooms.leftovers.take_back(spot.path)
        rooms.writer.look_anew()

    @property
    def is_finished(self) -> bool:
        return not (self._unread or self._waiting or self._answered)

    def step(self) -> bool:
        """Do a little; False when there is nothing to do before Simkl answers."""
        return self._settle_some() or self._take_answers() or self._read()

    def is_of_another_list(self) -> bool:
        return self._sample != self._rooms.screen.sample(self._size, "FileNameAndPath")

    def leave(self) -> None:
        self._rooms.leftovers.add(self._path, list(self._due.values()))
        self._due.clear()

    @property
    def waits_for_stillness(self) -> bool:
        """Whether something is to be done as soon as nobody presses a key."""
        if self._loaded_at is not None:
            return time.monotonic() - self._loaded_at > _LOADED_AFTER
        has_waited = time.monotonic() - self._begun_at > _MOST_ANSWERS_SECONDS
        is_ready = bool(self._due) and (self.is_finished or has_waited)
        return is_ready and not self.holds_back and not self._rooms.hand.is_playing

    def when_still(self, *, may_load: bool) -> bool:
        """Do that; whether the list is to be loaded again now.

        may_load: it was not loaded again since it was opened.
        """
        if self._loaded_at is not None:
            self._loaded_at = float("inf")
            known = self._identified(self._positions[:_ROWS_A_STEP])
            self._rooms.drawn.look(self._path, known, is_loaded=True)
            return False
        if not (may_load and self._may_load):
            self._loaded_at = float("inf")
            return False
        for path in self._rooms.screen.touched(self._positions):
            self._due.pop(path, None)  # played or marked by the person meanwhile
        if not self._due:
            return False
        self._write_for(_WRITE_SECONDS)
        self._loaded_at = time.monotonic()
        return True

    # -- reading rows --

    def _read(self) -> bool:
        if not self._unread or len(self._waiting) >= _READ_AHEAD:
            return False
        count = min(_ROWS_A_STEP, len(self._unread))
        known = self._identified([self._unread.popleft() for _ in range(count)])
        self._rooms.drawn.look(self._path, known, is_loaded=False)
        for row, identity in known:
            self._named[row.path].add(identity)
            if self._may_tick(row, identity):
                depth = EPISODES if identity.episodes else PLAIN
                self._waiting.setdefault(Ask(identity.title, depth), []).append((row, identity))
        self._rooms.watched.want(list(self._waiting))
        return True

    def _identified(self, positions: list[int]) -> list[tuple[Listed, Identity]]:
        rows = self._rooms.screen.listed(positions, LABELS)
        found = with_library(rows, identities(rows, self._path), self._rooms.library)
        return [(row, identity) for row, identity in zip(rows, found) if identity is not None]

    def _may_tick(self, row: Listed, identity: Identity) -> bool:
        # When another add-on's video was begun, only Kodi knows: no date may go back.
        is_begun = row.is_begun and addon_of(row.path) != ""
        is_wanted = (EPISODE if identity.episodes else MOVIE) in self._rooms.kinds
        may_write = self._rooms.drawn.may_write(self._path, row, identity)
        return is_wanted and may_write and is_drawn_by_kodi(row) and not (row.is_ticked or is_begun)

    # -- settling what Simkl has answered --

    def _take_answers(self) -> bool:
        answers = {ask: self._rooms.watched.known(ask) for ask in self._waiting}
        for ask, known in answers.items():
            if known is not None:
                self._answered.extend((*each, known) for each in self._waiting.pop(ask))
        return bool(self._answered)

    def _settle_some(self) -> bool:
        if not self._answered:
            return False
        end = time.monotonic() + _STEP_SECONDS
        while self._answered and time.monotonic() < end:
            self._settle(*self._answered.popleft())
        if not self.holds_back and not self._rooms.hand.is_playing:
            self._write_files()
        return True

    def _settle(self, row: Listed, identity: Identity, known: Known) -> None:
        tick = self._tick(row, identity, known, 0, "")
        if tick is not None and not addon_of(row.path):
            state = self._rooms.library.file_state(row.path)
            tick = None if state is None else self._tick(row, identity, known, *state)
        if len(self._named[row.path]) > 1:
            self._due.pop(row.path, None)  # one path for two videos: neither can be ticked
        elif tick is not None:
            self._due[row.path] = Due(identity, tick)

    def _tick(
        self, row: Listed, identity: Identity, known: Known, playcount: int, lastplayed: str
    ) -> Tick | None:
        kind = ticks.EPISODE if identity.episodes else ticks.FILM
        videos = [
            Video(kind, -1, row.path, playcount, lastplayed, -1, season, number)
            for season, number in identity.episodes or ((-1, -1),)
        ]
        due = ticks.due(videos, lambda video: watch_of(video, known, self._rooms.hand))
        return due[0] if due else None

    # -- writing --

    def _write_files(self) -> None:
        """Plain files at once: nothing of their rows can be lost, and they are drawn by that."""
        self._write([path for path in self._due if not addon_of(path)])

    def _write_for(self, seconds: float) -> None:
        """As many as fit, those nearest to the focus first."""
        end = time.monotonic() + seconds
        while self._due and time.monotonic() < end:
            self._write(list(self._due)[:_TICKS_AT_ONCE])

    def _write(self, paths: list[str]) -> None:
        some = [self._due.pop(path) for path in paths]
        _write([(self._path, due) for due in some], self._rooms.writer, self._rooms.drawn)
