"""Takes back ticks that this add-on made, a few at a time, as the person asks for it.

Only those that nobody has changed since, and they stay away like one that the person removed by
hand: until Simkl reports a newer watch. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Sequence

from lib.ticks.due import Tick, Video
from lib.ticks.journal import stands_as_left
from lib.ticks.places import places
from lib.titles.locations import without_login
from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.storage.made_ticks import MadeTick
    from lib.storage.store import Store
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.ticks.user_changes import UserChanges
    from lib.ticks.writer import Writer

DAY = 86400.0  # seconds
EVER = 0.0
_TICKS_A_STEP = 5  # Kodi may want to leave: docs/kodi.md, "Leaving"


class Undo:
    def __init__(
        self,
        store: Store,
        journal: Journal,
        library: Library,
        writer: Writer,
        user_changes: UserChanges,
    ) -> None:
        """writer: one that notes in the journal what was taken back."""
        self._store = store
        self._journal = journal
        self._library = library
        self._writer = writer
        self._user_changes = user_changes
        self._since: float | None = None
        self._last = ""
        self.taken = 0
        self.changed = 0

    def count(self, since: float) -> int:
        """How many ticks of ours are from then or later. since: seconds since 1970."""
        return self._store.made_ticks.count(since)

    @property
    def kept_away(self) -> int:
        """How many ticks are kept away because they were removed or taken back."""
        return self._user_changes.kept_away + len(self._journal.kept_away())

    def let_come_back(self) -> None:
        """They follow Simkl as if they had never been removed."""
        self._user_changes.pardon_all()
        self._journal.forget(self._journal.kept_away())

    def begin(self, since: float) -> None:
        self._since = since
        self._last = ""
        self.taken = self.changed = 0
        self._writer.look_anew()

    @property
    def is_due(self) -> bool:
        return self._since is not None

    def step(self) -> None:
        """Take some back; after the last, `taken` says how many, `changed` how many stay."""
        if self._since is None:
            return
        made = self._store.made_ticks.since(self._since, self._last, _TICKS_A_STEP)
        if not made:
            self._since = None
            return
        self._last = made[-1].file
        of_library = [mine for mine in made if mine.dbid > 0]
        done = self._take_back_in_library(of_library)
        for mine in made:
            if mine.dbid <= 0:
                done += self._writer.write_files(_back([(mine, self._outside(mine))]))
        self.taken += len(done)
        self.changed += len(made) - len(done)
        taken = {_kept_as(tick.video) for tick in done}
        left = [mine.file for mine in made if mine.file not in taken]
        # Where a source does not answer, nobody has changed anything: it is offered again.
        self._journal.note_theirs([file for file in left if not self._writer.keeps_waiting(file)])

    def _take_back_in_library(self, made: Sequence[MadeTick]) -> list[Tick]:
        """Those that were taken back. What is slow comes before the videos are read."""
        videos = self._library.videos([(mine.kind, mine.dbid) for mine in made])
        keys = [self._key(mine, videos.get((mine.kind, mine.dbid))) for mine in made]
        found = places(self._library, [key for key in keys if key is not None])
        now = self._library.videos(found)
        back = _back([(mine, now.get(key)) for mine, key in zip(made, keys) if key is not None])
        made_of = {mine.file: mine for mine in made}
        before = {key: self._user_changes.removed(key, found[key].place) for key in found}

        def note(ticks: Sequence[Tick]) -> None:
            for tick in ticks:
                key, mine = tick.video.key, made_of[_kept_as(tick.video)]
                self._user_changes.has_taken_back(key, found[key].place, mine)

        note(back)  # first: what is killed in between must not come back
        taken = self._writer.write(back)
        kept = [tick.video.key for tick in back if tick not in taken]
        for key in kept:
            self._user_changes.has_kept(key, found[key].place, before[key])
        if kept:
            note(taken)  # one that was kept may be a copy of the same title
        return taken

    def _key(self, mine: MadeTick, video: Video | None) -> tuple[str, int] | None:
        """The library's video of that file: its id may have become another's since."""
        if video is None or _kept_as(video) != mine.file:
            video = None if addon_of(mine.file) else self._library.video_of(mine.file)
        return None if video is None else video.key

    def _outside(self, mine: MadeTick) -> Video | None:
        """A video that is not in the library, as it stands; None for one that is by now."""
        if addon_of(mine.file):  # Kodi tells of none: what the person changed is noted when seen
            return Video(mine.kind, -1, mine.file, mine.playcount, mine.lastplayed)
        state = self._library.file_state(mine.file)
        return None if state is None else Video(mine.kind, -1, mine.file, *state)


def _back(stands: Sequence[tuple[MadeTick, Video | None]]) -> list[Tick]:
    """What is to be written for those that stand as they were left."""
    return [
        Tick(video, mine.old_playcount, mine.old_lastplayed)
        for mine, video in stands
        if video is not None
        and _kept_as(video) == mine.file
        and stands_as_left(video, mine)
        and (mine.old_playcount == 0 or mine.old_lastplayed)  # Kodi writes none without a date
    ]


def _kept_as(video: Video) -> str:
    """What a video's tick is kept under: a file of the library may have a login in its path."""
    return without_login(video.file)


def midnight(now: Callable[[], float] = time.time) -> float:
    """When today began here. Seconds since 1970."""
    today = time.localtime(now())
    return time.mktime((today.tm_year, today.tm_mon, today.tm_mday, 0, 0, 0, 0, 0, -1))
