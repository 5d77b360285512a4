"""What Kodi announces of the library's ticks: kept as it is heard, read later what it is about.

Hundreds may be announced in a second, and Kodi may leave before they are read: so all that is
known of them at once, library ids, is kept in one go, and what is left is read at the next start.
Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Tuple

from lib.storage.heard_marks import GONE, REMOVED, SET, HeardMark
from lib.storage.sql import moment
from lib.ticks.places import Found, places
from lib.titles.datetimes import from_kodi
from lib.titles.paths import addon_of
from lib.titles.title import Place

if TYPE_CHECKING:
    from lib.storage.removed_ticks import Key
    from lib.storage.store import Store
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.ticks.policy import Policy

_MARKS_A_STEP = 25  # Kodi may want to leave: docs/kodi.md, "Leaving"

Waiting = Dict[Tuple["Key", bool], HeardMark]
"""By the video, and whether it has left the library since."""

_NOWHERE = Found(Place(None), "")


class Marks:
    def __init__(self, store: Store, library: Library, journal: Journal, policy: Policy) -> None:
        self._store = store
        self._library = library
        self._journal = journal
        self._policy = policy
        self._new: list[HeardMark] = []
        self._loaded: Waiting | None = None

    def sets(self, key: Key) -> None:
        """A tick was set by the person, or another add-on."""
        self._hear(key, SET)

    def removes(self, key: Key) -> None:
        """A tick was taken away by the person, or another add-on."""
        self._hear(key, REMOVED)

    def is_gone(self, key: Key) -> None:
        """A video has left the library: what was heard of its id is not of the next one."""
        if self._new or self._waiting:
            self._hear(key, GONE)

    def _hear(self, key: Key, what: str) -> None:
        at = self._policy.user_changes.now()
        self._new.append(HeardMark(*key, what, int(at.timestamp())))

    def keep(self) -> None:
        """Keep what was heard, in one go."""
        new, self._new = self._new, []
        if new:
            waiting = self._waiting  # before: it is loaded from where they are kept
            self._store.heard_marks.note(new)
            for mark in new:
                _take_in(waiting, mark)

    def take_in_all(self) -> None:
        """Read what all are about, those of the last run too: somebody asks for removed ticks."""
        self.keep()
        while self.is_due:
            self.step()

    @property
    def is_due(self) -> bool:
        """Whether it is not read yet what something is about that was heard, or at the last end."""
        return bool(self._waiting)

    def step(self) -> None:
        """Read it of some."""
        waiting = self._waiting
        is_removed = any(mark.what == REMOVED for mark in waiting.values())
        if is_removed or self._policy.user_changes.has_removed:
            self._settle({each: waiting.pop(each) for each in list(waiting)[:_MARKS_A_STEP]})
        else:
            waiting.clear()  # ticks that were set end no removal
        if not waiting:
            self._store.heard_marks.clear()

    def _settle(self, some: Waiting) -> None:
        keys = {each: self._key_now(*each) for each in some}
        found = places(self._library, {key for key in keys.values() if key is not None})
        made = self._journal.made([each.file for each in found.values()])
        for each, mark in some.items():
            key = keys[each]
            if key is None:
                continue  # it has left for good
            place, file = found.get(key, _NOWHERE)
            if mark.what == SET:
                self._policy.user_changes.sets(key, place)
                continue
            shown = from_kodi(made[file].lastplayed) if file in made else None
            self._policy.user_changes.removes(key, place, shown, moment(mark.at))

    def _key_now(self, key: Key, is_gone: bool) -> Key | None:
        """What the library calls it by now: after a refresh the same file has another id."""
        if not is_gone:
            return key
        files = [file for file in self._store.made_ticks.files_of(*key) if not addon_of(file)]
        videos = [self._library.video_of(file) for file in files]
        return next((video.key for video in videos if video is not None), None)

    @property
    def _waiting(self) -> Waiting:
        if self._loaded is None:
            self._loaded = {}
            for mark in self._store.heard_marks.all():
                _take_in(self._loaded, mark)
        return self._loaded


def _take_in(waiting: Waiting, mark: HeardMark) -> None:
    key = (mark.kind, mark.dbid)
    before = waiting.pop((key, False), None)
    if mark.what != GONE:
        waiting[key, False] = mark
    elif before is not None:
        waiting[key, True] = before
