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
from typing import TYPE_CHECKING, Iterable, NamedTuple

from lib import ticks
from lib.asks import EPISODES, PLAIN, Ask
from lib.dbids import with_library
from lib.house import Progress
from lib.identify import LABELS, identities, is_drawn_by_kodi
from lib.leftovers import Due, write
from lib.paths import addon_of
from lib.remembered import completed, left_open
from lib.screen import EPISODE, MOVIE
from lib.store import TAKEN_BACK
from lib.ticks import Video

if TYPE_CHECKING:
    from lib.house import House
    from lib.identify import Identity
    from lib.remembered import Known
    from lib.screen import Listed, Spot
    from lib.store import Made
    from lib.ticks import Tick

_ROWS_A_STEP = 100
_STEP_SECONDS = 0.2  # to settle rows at once: Kodi lists a file's folder to say how it stands
_READ_AHEAD = 200  # titles that wait for an answer before more rows are read
_MOST_ANSWERS_SECONDS = 4.0  # a longer list is drawn with what is known by then
_TICKS_AT_ONCE = 25
_MOST_IN_ONE_GO = 400  # rows; more are never written in that time
_WRITE_SECONDS = 0.5  # in which the rows on screen may be without their words
# A list that may have asked the person for words would ask them again when it is loaded again.
_MAY_ASK_AGAIN = re.compile("search|find|query|keyboard|input", re.IGNORECASE)
_LOOK_AGAIN_AFTER = 2.0  # seconds, whether the focus has come near to what is due
_LOOK_FOR_CHANGES_EVERY = 1.0
_LOADED_AFTER = 1.0  # seconds by which a list that loads at once is drawn


class _Item(NamedTuple):
    """A row that may get a tick, or lose one. mine: the tick of ours that Kodi had for it."""

    row: Listed
    identity: Identity
    mine: Made | None


class _LeftOpen(NamedTuple):
    """One whose series' answer does not list its episodes, which are asked about singly."""

    item: _Item
    known: Known
    asks: list[Ask]


class OthersVisit:
    def __init__(self, spot: Spot, house: House) -> None:
        self._house = house
        self._path = spot.path
        self._size = spot.size
        self._sample = house.screen.sample(spot.size, "FileNameAndPath")
        self._positions = house.screen.positions(spot.size)
        self._unread = self._positions
        self._waiting: dict[Ask, list[_Item]] = {}
        self._left_open: list[_LeftOpen] = []
        self._named: dict[str, set[Identity]] = defaultdict(set)
        self._answered: deque[tuple[_Item, Known]] = deque()
        self._due: dict[str, Due] = {}
        self._begun_at = time.monotonic()
        self._loaded_at: float | None = None
        self._look_again_at = self._changes_looked_for_at = 0.0
        self._may_load = not may_ask_again(spot.path)
        self.holds_back = spot.hides_watched
        house.screen.begin_list()
        house.leftovers.open_list(spot.path)
        house.writer.look_anew()

    @property
    def is_finished(self) -> bool:
        return not (self._unread or self._waiting or self._left_open or self._answered)

    @property
    def progress(self) -> Progress:
        waiting = sum(map(len, self._waiting.values())) + len(self._left_open)
        return Progress(len(self._positions), len(self._positions) - len(self._unread) - waiting)

    def step(self) -> bool:
        """Do a little; False when there is nothing to do before Simkl answers."""
        return self._settle_some() or self._take_answers() or self._read()

    def is_of_another_list(self) -> bool:
        return self._sample != self._house.screen.sample(self._size, "FileNameAndPath")

    def identity_of(self, path: str) -> Identity | None:
        """What a row of the list is; None where it is not known, or not one."""
        named = self._named.get(path, set())
        return next(iter(named)) if len(named) == 1 else None

    def leave(self) -> None:
        self._house.leftovers.add(self._path, self._due)
        self._due.clear()

    @property
    def waits_for_stillness(self) -> bool:
        """Whether something is to be done as soon as nobody presses a key."""
        if self._loaded_at is not None:
            return time.monotonic() - self._loaded_at > _LOADED_AFTER
        has_waited = time.monotonic() - self._begun_at > _MOST_ANSWERS_SECONDS
        is_ready = bool(self._due) and (self.is_finished or has_waited)
        is_ready = is_ready and time.monotonic() > self._look_again_at
        return is_ready and not self.holds_back and not self._house.follow.hand.is_playing

    def when_still(self, *, may_load: bool) -> bool:
        """Do that; whether the list is to be loaded again now.

        may_load: it was not loaded again since it was opened.
        """
        if self._loaded_at is not None:
            self._loaded_at = float("inf")
            known = self._identified(self._near(_ROWS_A_STEP))
            self._house.drawn.look(self._path, known, is_loaded=True)
            return False
        if not (may_load and self._may_load):
            self._loaded_at = float("inf")
            return False
        due = self._still_due()
        if not due:  # they are far from the focus
            self._look_again_at = time.monotonic() + _LOOK_AGAIN_AFTER
            return False
        self._write_for(_WRITE_SECONDS, due)
        self._loaded_at = time.monotonic()
        return True

    def look_for_changes(self) -> None:
        """Where the person has played or marked a row meanwhile, nothing is due any more."""
        if self._due and time.monotonic() > self._changes_looked_for_at + _LOOK_FOR_CHANGES_EVERY:
            self._still_due()

    def _still_due(self) -> list[str]:
        """Paths that are due near the focus, the nearest first; what was changed no more is."""
        self._changes_looked_for_at = time.monotonic()
        states = self._house.screen.states(self._near(_MOST_IN_ONE_GO))
        near = [path for path in states if path in self._due]
        for path in near:
            if states[path] != (self._due[path].tick.video.playcount, False):
                del self._due[path]
        return [path for path in near if path in self._due]

    def _near(self, count: int) -> list[int]:
        return self._house.screen.by_nearness(self._positions)[:count]

    # -- reading rows --

    def _read(self) -> bool:
        if not self._unread or len(self._waiting) >= _READ_AHEAD:
            return False
        nearest = self._house.screen.by_nearness(self._unread)
        self._unread = nearest[_ROWS_A_STEP:]
        known = self._identified(nearest[:_ROWS_A_STEP])
        self._house.drawn.look(self._path, known, is_loaded=False)
        made = self._made([row for row, _ in known])
        for row, identity in known:
            self._named[row.path].add(identity)
            item = _Item(row, identity, made.get(row.path))
            if self._may_change(item):
                depth = EPISODES if identity.episodes else PLAIN
                self._waiting.setdefault(Ask(identity.title, depth), []).append(item)
            else:
                self._house.leftovers.take_back(row.path)
        self._ask()
        return True

    def _identified(self, positions: list[int]) -> list[tuple[Listed, Identity]]:
        rows = self._house.screen.listed(positions, LABELS)
        found = with_library(rows, identities(rows, self._path), self._house.library)
        return [(row, identity) for row, identity in zip(rows, found) if identity is not None]

    def _made(self, rows: list[Listed]) -> dict[str, Made]:
        """The ticks that we made for these rows, and that Kodi has not lost as a whole."""
        made = self._house.ledger.made([row.path for row in rows])
        standing = {file for file, mine in made.items() if not mine.theirs}
        if any(row.is_ticked and row.path in standing for row in rows):
            self._house.drawn.saw_ours()
        if self._house.drawn.have_lost_all([row for row in rows if row.path in standing]):
            self._house.ledger.forget(standing)
            return {file: mine for file, mine in made.items() if mine.theirs}
        changed = [
            row.path
            for row in rows
            if row.path in standing and row.playcount != made[row.path].playcount
        ]
        self._house.ledger.note_theirs(changed)
        return made

    def _ask(self) -> None:
        single = [ask for left in self._left_open for ask in left.asks]
        self._house.watched.want([*self._waiting, *single])

    def _may_change(self, item: _Item) -> bool:
        row, identity, mine = item
        choices = self._house.follow.choices
        if (EPISODE if identity.episodes else MOVIE) not in choices.kinds:
            return False
        if not (choices.of_addons if addon_of(row.path) else choices.of_files):
            return False
        if not self._house.may_ask(identity.title, row.path) or not is_drawn_by_kodi(row):
            return False
        # When another add-on's video was begun, only Kodi knows: no date may go back.
        is_begun = row.is_begun and addon_of(row.path) != ""
        if is_begun or not self._may_be_drawn(item):
            return False
        return not row.is_ticked or (choices.may_clear and mine is not None and not mine.theirs)

    def _may_be_drawn(self, item: _Item) -> bool:
        drawn = self._house.drawn
        if item.mine is None and drawn.is_under_another_path(self._path, item.identity):
            return False
        return drawn.draws(addon_of(item.row.path))

    # -- settling what Simkl has answered --

    def _take_answers(self) -> bool:
        watched = self._house.watched
        answers = {ask: watched.known(ask) for ask in self._waiting}
        for ask, known in answers.items():
            if known is not None:
                self._take([(item, known) for item in self._waiting.pop(ask)])
        ready = [left for left in self._left_open if all(map(watched.known, left.asks))]
        for left in ready:
            self._left_open.remove(left)
            whole = completed(left.known, map(watched.known, left.asks))
            self._answered.append((left.item, whole))
        return bool(self._answered)

    def _take(self, answered: Iterable[tuple[_Item, Known]]) -> None:
        for item, known in answered:
            asks = left_open(known, item.identity.episodes)
            if asks:
                self._left_open.append(_LeftOpen(item, known, asks))
            else:
                self._answered.append((item, known))
        if self._left_open:
            self._ask()

    def _settle_some(self) -> bool:
        if not self._answered:
            return False
        end = time.monotonic() + _STEP_SECONDS
        while self._answered and time.monotonic() < end:
            self._settle(*self._answered.popleft())
        if not self.holds_back and not self._house.follow.hand.is_playing:
            self._write_files()
        return True

    def _settle(self, item: _Item, known: Known) -> None:
        path = item.row.path
        self._house.leftovers.take_back(path)
        tick = self._to_clear(item, known) if item.row.is_ticked else self._to_tick(item, known)
        if len(self._named[path]) > 1:
            self._due.pop(path, None)  # one path for two videos: neither can be ticked
        elif tick is not None:
            self._due[path] = Due(item.identity, tick)

    def _to_tick(self, item: _Item, known: Known) -> Tick | None:
        tick = self._missing(item, known, (0, ""))
        if tick is not None and not addon_of(item.row.path):
            state = self._house.library.file_state(item.row.path)
            tick = None if state is None else self._missing(item, known, state)
        # One that we made and that is gone was taken away by hand: only a newer watch brings it.
        is_new = tick is None or item.mine is None or tick.lastplayed > item.mine.lastplayed
        return tick if is_new or self._was_anothers(item.mine) else None

    def _was_anothers(self, mine: Made | None) -> bool:
        """Whether it showed a watch of somebody else's, and was taken back."""
        is_back = mine is not None and mine.theirs == TAKEN_BACK
        return is_back and mine is not None and mine.person != self._house.watched.person

    def _missing(self, item: _Item, known: Known, state: tuple[int, str]) -> Tick | None:
        videos = _videos(item, state)
        due = ticks.due(videos, lambda video: self._house.follow.watch_of(video, known))
        return due[0] if due else None

    def _to_clear(self, item: _Item, known: Known) -> Tick | None:
        is_addons = addon_of(item.row.path) != ""
        state: tuple[int, str] | None = None
        if not is_addons:
            state = self._house.library.file_state(item.row.path)
        elif item.mine is not None:
            state = (item.row.playcount, item.mine.lastplayed)  # Kodi tells no date of these
        if state is None:
            return None
        videos = _videos(item, state)
        cleared = self._house.follow.to_clear(videos, known, self._house.ledger)
        return cleared[0] if cleared else None

    # -- writing --

    def _write_files(self) -> None:
        """Plain files at once: nothing of their rows can be lost, and a tick is drawn by that.

        One that is taken away is not (20.1): it waits until the list may be loaded again.
        """
        self._write([path for path, due in self._due.items() if _is_drawn_at_once(due)])

    def _write_for(self, seconds: float, paths: list[str]) -> None:
        """As many of these as fit."""
        end = time.monotonic() + seconds
        for start in range(0, len(paths), _TICKS_AT_ONCE):
            if time.monotonic() < end:
                self._write(paths[start : start + _TICKS_AT_ONCE])

    def _write(self, paths: list[str]) -> None:
        some = [self._due.pop(path) for path in paths]
        write([(self._path, due) for due in some], self._house.writer, self._house.drawn)


def may_ask_again(path: str) -> bool:
    """Whether the list at `path` may ask the person for words when it is loaded again."""
    return _MAY_ASK_AGAIN.search(path) is not None


def _is_drawn_at_once(due: Due) -> bool:
    return not addon_of(due.tick.video.file) and not due.tick.takes_away


def _videos(item: _Item, state: tuple[int, str]) -> list[Video]:
    """The film or the episodes of a row. state: its playcount and date."""
    kind = ticks.EPISODE if item.identity.episodes else ticks.FILM
    return [
        Video(kind, -1, item.row.path, *state, -1, season, number)
        for season, number in item.identity.episodes or ((-1, -1),)
    ]
