"""Writes ticks into Kodi's library in the one way that harms nobody (docs/kodi.md).

`Files.SetFileDetails` sets playcount and date and announces nothing, but blanks the row on
screen. `VideoLibrary.Set…Details` mends the row. With a later date it is announced without
`playcount`, so that Kodi's other lists follow and no other tracker takes it for a mark by hand.
Each announcement has the home screen's lists loaded again, and random ones shuffled: there is one
for all that is written in one go. It would date a video whose tick Kodi has refused, so it goes out
only where the first call said OK. JSON-RPC comes through a function that is passed in, so this
knows no Kodi.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.ticks.checked_files import CheckedFiles
from lib.ticks.due import EPISODE, FILM, Tick
from lib.ticks.write_calls import Call, mend, set_file, touch
from lib.titles.datetimes import one_second_before

if TYPE_CHECKING:
    from lib.ticks.due import Video
    from lib.ticks.files import Files
    from lib.ticks.library import Batch


class Owed:
    """The tick by which Kodi is yet to be told of all that was written; of several writers."""

    tick: Tick | None = None


class Writer(CheckedFiles):
    def __init__(
        self,
        batch: Batch,
        note: Callable[[Sequence[Tick]], None],
        files: Files,
        begin_load: Callable[[], bool] = lambda: True,
        owed: Owed | None = None,
    ) -> None:
        """note: takes the ticks that Kodi took. begin_load: whether calls may be made now that have
        Kodi load the list in focus, as those of episodes, series and sets do; they follow. owed:
        another writer's, which announces for this one.
        """
        super().__init__(batch, files)
        self._note = note
        self._begin_load = begin_load
        self.owed = owed or Owed()
        self.shown = 0
        """New ticks that were written to rows of lists, not unseen."""

    def write(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks so that rows on screen show them at once; those that Kodi took.

        Films are mended one by one. Each mended episode makes Kodi load the whole list, so only
        the last of them is, and none where another list is in focus by now. The last of all is
        announced, at once or by `announce`.
        """
        there = self._there(ticks)
        films = [tick for tick in there if tick.video.kind == FILM]
        # The last is announced, which one that is taken away is not.
        episodes = [tick for tick in there if tick.video.kind == EPISODE]
        episodes.sort(key=lambda tick: not tick.takes_away)
        mended = episodes[-1:] if episodes and self._begin_load() else []
        plain = episodes[: len(episodes) - len(mended)]
        last = next((tick for tick in [*mended, *films[::-1]] if not tick.takes_away), None)
        taken = [
            *self._write_each_mended(films, last),
            *self._write_plain(plain),
            *self._write_each_mended(mended, last),
        ]
        given = [tick for tick in taken if not tick.takes_away]
        blank = [] if mended else [tick for tick in taken if tick.video.kind == EPISODE]
        if blank:  # what announces one of them has the list loaded: their rows lack their words
            self.owed.tick = blank[-1]
        elif given and last not in taken:  # Kodi refused it
            touch(self._batch, given[-1])
        return self._shown(taken)

    def write_unseen(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks of what is not on screen; those that Kodi took.

        `announce` follows, and `mend_series`.
        """
        taken = self._write_plain(self._there(ticks))
        if taken:
            self.owed.tick = taken[-1]
        return taken

    def write_mended(self, ticks: Iterable[Tick]) -> list[Tick]:
        """Write ticks of films, and mend the row of each; those that Kodi took.

        `announce` follows. ticks: taken one by one, so that they may end at any time.
        """
        taken = self._write_each_mended(filter(self._is_there, ticks), None)
        self._owe_films(taken)
        return self._shown(taken)

    def write_unmended(self, ticks: Iterable[Tick]) -> list[Tick]:
        """The same, but their rows on the screen lack their words until they are mended."""
        taken = []
        for tick in filter(self._is_there, ticks):
            reply = self._batch([set_file(tick, tick.lastplayed)])[0]
            if self._is_taken(tick, reply):
                taken.append(tick)
        if taken:
            self._note(taken)
        self._owe_films(taken)
        return self._shown(taken)

    def _owe_films(self, taken: Sequence[Tick]) -> None:
        """An episode that is owed still stays: rows on the screen may wait for it."""
        given = [tick for tick in taken if not tick.takes_away]
        if given and not self.owes_words:
            self.owed.tick = given[-1]

    def mend_films(self, videos: Sequence[Video]) -> None:
        """Have the rows of films on the screen mended that were written without that."""
        self._batch([mend(video) for video in videos])

    def write_files(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks of videos that are not in the library; those that Kodi took."""
        return self._shown(self._write_plain(self._there(ticks)))

    def _shown(self, taken: list[Tick]) -> list[Tick]:
        self.shown += sum(tick.video.playcount == 0 for tick in taken)
        return taken

    def _write_plain(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks in one go, and mend no row; those that Kodi took."""
        replies = self._batch([set_file(tick, tick.lastplayed) for tick in ticks])
        taken = [tick for tick, reply in zip(ticks, replies) if self._is_taken(tick, reply)]
        if taken:
            self._note(taken)
        return taken

    def _write_each_mended(self, ticks: Iterable[Tick], announced: Tick | None) -> list[Tick]:
        """Write ticks, and mend the row of each; those that Kodi took.

        What mends a row goes out with the next tick: each batch of calls waits for the window.
        announced: of which Kodi is to tell. Only a date that changes is announced, so that one is
        first written with the second before.
        """
        taken: list[Tick] = []
        mends: list[Call] = []
        for tick in ticks:
            date = one_second_before(tick.lastplayed) if tick is announced else tick.lastplayed
            reply = self._batch([*mends, set_file(tick, date)])[-1]
            mends = []
            if self._is_taken(tick, reply):
                taken.append(tick)
                details = {"lastplayed": tick.lastplayed} if tick is announced else {}
                mends = [mend(tick.video, **details)]
        self._batch(mends)
        if taken:
            self._note(taken)
        return taken

    def mend_series(self, series: int) -> None:
        """Have a series' row on screen count again. series: Kodi's tvshowid."""
        if self._begin_load():
            self._batch([("VideoLibrary.SetTVShowDetails", {"tvshowid": series})])

    def mend_sets(self, dbid: int) -> bool:
        """Have the rows of film sets on screen count again; whether no other list was in the way.

        dbid: the setid of one of them. Kodi loads the whole list for it.
        """
        may_load = self._begin_load()
        if may_load:
            self._batch([("VideoLibrary.SetMovieSetDetails", {"setid": dbid})])
        return may_load

    @property
    def owes_announcement(self) -> bool:
        """Whether something was written unseen that Kodi's lists have not followed yet."""
        return self.owed.tick is not None

    @property
    def owes_words(self) -> bool:
        """Whether rows of episodes on the screen may lack their words until then."""
        return self.owed.tick is not None and self.owed.tick.video.kind == EPISODE

    def announce(self) -> None:
        """Have Kodi's lists, on the home screen too, follow what was written unseen.

        It is owed still where no list may be loaded now.
        """
        if not self._begin_load():
            return
        tick, self.owed.tick = self.owed.tick, None
        if tick is not None and self._files.exists(tick.video.file) is not None:
            touch(self._batch, tick)

    def _there(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Those whose files are there, as far as their sources answer."""
        return list(filter(self._is_there, ticks))
