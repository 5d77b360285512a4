"""One list that is not of the library, from its rows to its ticks: another add-on's, or files.

Kodi keeps a tick under the row's path, and draws it when that path is listed again. While it is
on screen, a row of another add-on that is written to loses its title and all, until the list is
loaded again. So what is due is written in one go and the list is loaded once, while the person
is still; else after they have left. Plain files have nothing to lose. Knows neither of the doors.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

from lib.lists.dbids import with_library
from lib.lists.non_library_ticks import Item, NonLibraryTicks
from lib.lists.row_sources import ContainerRows
from lib.lists.visit import ROWS_A_STEP, Visit
from lib.simkl.asks import EPISODES, PLAIN, Ask
from lib.ticks.deferred import Due, write
from lib.titles.identify import LABELS, identities
from lib.titles.paths import addon_of, is_random, may_ask_for_words

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.storage.answer_cache import Known
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow, OpenList

_STEP_SECONDS = 0.2  # to settle rows at once: Kodi lists a file's folder to say how it stands
_MOST_ANSWERS_SECONDS = 4.0  # a longer list is drawn with what is known by then
_TICKS_AT_ONCE = 25
_MOST_IN_ONE_GO = 400  # rows; more are never written in that time
_MOST_CERTAIN = 1000  # rows of a list of which surely each is read (docs/kodi.md, the labels)
_WRITE_SECONDS = 0.5  # in which the rows on screen may be without their words
_LOOK_AGAIN_AFTER = 2.0  # seconds, whether the focus has come near to what is due
_LOOK_FOR_CHANGES_EVERY = 1.0
_LOADED_AFTER = 1.0  # seconds by which a list that loads at once is drawn


class NonLibraryVisit(Visit[Item]):
    def __init__(self, open_list: OpenList, deps: Dependencies) -> None:
        rows = ContainerRows(deps.container, open_list.size, "FileNameAndPath")
        super().__init__(rows, deps.coordinator, holds_back=open_list.hides_watched)
        self._deps = deps
        self._path = open_list.path
        self._ticks = NonLibraryTicks(deps, open_list.path)
        self._named: dict[str, set[Identity]] = defaultdict(set)
        self._due: dict[str, Due] = {}
        self._begun_at = time.monotonic()
        self._loaded_at: float | None = None
        self._look_again_at = self._changes_looked_for_at = 0.0
        self._paths: set[str] = set()
        self._shown: list[tuple[NonLibraryRow, Identity]] = []
        deps.container.begin_list()
        deps.deferred.open_list(open_list.path)
        deps.writer.look_anew()

    def identity_of(self, path: str) -> Identity | None:
        """What a row of the list is; None where it is not known, or not one."""
        named = self._named.get(path, set())
        return next(iter(named)) if len(named) == 1 else None

    def shown(self) -> dict[str, tuple[NonLibraryRow, Identity]]:
        """The rows whose titles are known, as they were read, by path; those of several not."""
        shown = {row.path: (row, identity) for row, identity in self._shown}
        return {path: each for path, each in shown.items() if not self.names_several(path)}

    @property
    def waits_to_be_left(self) -> bool:
        return self.holds_back or self._deps.loads.is_slow or not self._may_load

    def may_show(self, path: str) -> bool:
        is_all_read = not self._unread and len(self._rows.positions) < _MOST_CERTAIN
        is_all_read = is_all_read and self._deps.container.has_room
        return not is_all_read or path in self._paths

    def names_several(self, path: str) -> bool:
        return len(self._named.get(path, ())) > 1

    def leave(self) -> None:
        self._deps.deferred.add(self._path, self._due)
        self._due.clear()

    # -- rows, titles, asked --

    def _row_count(self, subject: Item) -> int:  # noqa: ARG002 — each is one
        return 1

    def _take_rows(self, positions: list[int]) -> None:
        known = self._identified(positions)
        self._shown += known
        rows = [row for row, _ in known]
        made = self._ticks.made(rows, self._look(known, is_loaded=False))
        for row, identity in known:
            self._named[row.path].add(identity)
            item = Item(row, identity, made.get(row.path))
            if self._ticks.may_change(item):
                depth = EPISODES if identity.episodes else PLAIN
                self._asking.add(Ask(identity.title, depth), item)
            else:
                self._asking.pass_by(identity.title, identity.episodes)
                self._deps.deferred.drop(row.path)

    def _identified(self, positions: list[int]) -> list[tuple[NonLibraryRow, Identity]]:
        rows = self._deps.container.listed(positions, LABELS)
        self._paths.update(row.path for row in rows)
        found = with_library(rows, identities(rows, self._path), self._deps.library)
        return [(row, identity) for row, identity in zip(rows, found) if identity is not None]

    def _look(self, known: list[tuple[NonLibraryRow, Identity]], *, is_loaded: bool) -> set[str]:
        """Learn from rows as they are drawn; paths of those that say nothing of their add-on.

        is_loaded: the list was just loaded again for them.
        """
        self._deps.changing_lists.look(self._path, known)
        silent = self._ticks.of_library([row for row, _ in known])
        told = [(row, identity) for row, identity in known if row.path not in silent]
        self._deps.overlays.look(self._path, told, is_loaded=is_loaded)
        return silent

    # -- answered, due --

    def _take_answers(self) -> bool:
        has_asked = False
        for each in self._asking.take_answered():
            if self._asking.ask_singly(each, each.subject.identity.episodes):
                has_asked = True
            else:
                self._answered.append(each)
        if has_asked:
            self._send()
        return bool(self._answered)

    def _settle_some(self) -> bool:
        if not self._answered:
            return False
        end = time.monotonic() + _STEP_SECONDS
        while self._answered and time.monotonic() < end:
            answered = self._answered.popleft()
            self._settle(answered.subject, answered.known)
        if not self.holds_back and not self._deps.policy.user_changes.is_playing:
            self._write_files()
        return True

    def _settle(self, item: Item, known: Known) -> None:
        path = item.row.path
        self._deps.deferred.drop(path)
        tick = self._ticks.due(item, known)
        if len(self._named[path]) > 1:
            self._due.pop(path, None)  # one path for two videos: neither can be ticked
        elif tick is not None:
            self._due[path] = Due(item.identity, tick)

    # -- written --

    def _write_some(self) -> bool:
        """Nothing: what is due waits for stillness, or is a file's and written when settled."""
        return False

    def _write_files(self) -> None:
        """Plain files at once: nothing of their rows can be lost, and a tick is drawn by that.

        One that is taken away is not (20.1): it waits until the list may be loaded again.
        """
        self._write([path for path, due in self._due.items() if _is_drawn_at_once(due)])

    @property
    def waits_for_stillness(self) -> bool:
        if self._loaded_at is not None:
            return time.monotonic() - self._loaded_at > _LOADED_AFTER
        has_waited = time.monotonic() - self._begun_at > _MOST_ANSWERS_SECONDS
        is_ready = bool(self._due) and (self.is_finished or has_waited)
        is_ready = is_ready and time.monotonic() > self._look_again_at
        return is_ready and not self.holds_back and not self._deps.policy.user_changes.is_playing

    def when_still(self, *, may_load: bool) -> bool:
        if self._loaded_at is not None:
            self._loaded_at = float("inf")
            self._look(self._identified(self.near_focus(ROWS_A_STEP)), is_loaded=True)
            return False
        if not (may_load and self._may_load):
            self._loaded_at = float("inf")
            return False
        due = self._still_due()
        if not due:  # they are far from the focus
            self._look_again_at = time.monotonic() + _LOOK_AGAIN_AFTER
            return False
        if not self._write_for(_WRITE_SECONDS, due):
            self._loaded_at = float("inf")  # Kodi refused all: there is nothing to draw
            return False
        self._loaded_at = time.monotonic()
        if not self._unread:
            self._deps.changing_lists.loads(self._path, self._shown)
        return True

    @property
    def _may_load(self) -> bool:
        """Whether the list asks for no words when it is loaded, and has the same rows then."""
        is_another = is_random(self._path) or self._deps.changing_lists.has(self._path)
        return not (is_another or may_ask_for_words(self._path))

    def look_for_changes(self) -> None:
        """Where the person has played or marked a row meanwhile, nothing is due any more."""
        if self._due and time.monotonic() > self._changes_looked_for_at + _LOOK_FOR_CHANGES_EVERY:
            self._still_due()

    def _still_due(self) -> list[str]:
        """Paths that are due near the focus, the nearest first; what was changed no more is."""
        self._changes_looked_for_at = time.monotonic()
        states = self._deps.container.states(self.near_focus(_MOST_IN_ONE_GO))
        near = [path for path in states if path in self._due]
        for path in near:
            if states[path] != (self._due[path].tick.video.playcount, False):
                del self._due[path]
        return [path for path in near if path in self._due]

    def near_focus(self, count: int) -> list[int]:
        """Numbers of so many rows, those nearest to the focus first."""
        return self._rows.by_nearness(self._rows.positions)[:count]

    def _write_for(self, seconds: float, paths: list[str]) -> bool:
        """As many of these as fit; whether Kodi took any."""
        end, has_taken = time.monotonic() + seconds, False
        for start in range(0, len(paths), _TICKS_AT_ONCE):
            if time.monotonic() < end:
                has_taken = self._write(paths[start : start + _TICKS_AT_ONCE]) or has_taken
        return has_taken

    def _write(self, paths: list[str]) -> bool:
        """Whether Kodi took any."""
        some = [self._due.pop(path) for path in paths]
        written = write([(self._path, due) for due in some], self._deps.writer, self._deps.overlays)
        return bool(written)


def _is_drawn_at_once(due: Due) -> bool:
    return not addon_of(due.tick.video.file) and not due.tick.takes_away
