"""One list of Kodi's library, from its rows to its ticks. Knows neither of the two doors."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Callable, Sequence, Union

from lib.lists.asking import Answered
from lib.lists.films_on_screen import FilmsOnScreen
from lib.lists.library_films import LibraryFilms, WaitingFilm
from lib.lists.library_series import LibrarySeries, WaitingSeries
from lib.lists.library_sets import LibrarySets
from lib.lists.library_ticks import LibraryTicks
from lib.lists.settled_rows import NOT_ASKED, Settled
from lib.lists.visit import ROWS_A_STEP, Visit
from lib.simkl.asks import COUNTERS, EPISODES
from lib.storage.answer_cache import left_open
from lib.titles.rows import EPISODE, MOVIE, SET, TVSHOW

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.lists.row_sources import RowSource
    from lib.simkl.answers import EpisodeKey
    from lib.simkl.asks import Ask
    from lib.storage.answer_cache import Known
    from lib.ticks.due import Tick, Video
    from lib.titles.rows import LibraryRow
    from lib.titles.title import Title

_Answered = Answered[Union[WaitingFilm, WaitingSeries]]
_DRAWN_AFTER = 1.0  # seconds after a tick was written by which Kodi has long drawn it


class LibraryVisit(Visit[Union[WaitingFilm, WaitingSeries]]):
    def __init__(
        self,
        rows: RowSource,
        deps: Dependencies,
        write: Callable[[Sequence[Tick]], Sequence[Tick]],
        *,
        holds_back: bool = False,
    ) -> None:
        """write: has Kodi take ticks of these rows, and gives those that it took."""
        super().__init__(rows, deps.coordinator, holds_back=holds_back)
        self._deps = deps
        self._films = LibraryFilms(deps)
        self._sets = LibrarySets(deps)
        self._series: dict[int, WaitingSeries] = {}
        self._write = write
        films = FilmsOnScreen(deps, rows, self._sets.note, holds_back=holds_back)
        on_screen = films if rows.is_on_screen else None
        self._ticks = LibraryTicks(deps, self._write_and_note, films=on_screen)
        self._unticked: set[tuple[str, int]] = set()
        self._drawn_by: float | None = None
        self._postponed: dict[int, Known] = {}
        deps.writer.look_anew()

    @property
    def is_finished(self) -> bool:
        return super().is_finished and not self._ticks and not self._sets.is_due

    def leave(self) -> None:
        for series, known in self._postponed.items():
            self._deps.backlog.add(series, known)

    @property
    def waits_for_stillness(self) -> bool:
        is_due = self._drawn_by is not None and time.monotonic() > self._drawn_by
        return is_due and self._rows.is_on_screen and not self.holds_back

    def when_still(self, *, may_load: bool) -> bool:
        """Whether a row near the focus lacks a tick that was written."""
        self._drawn_by = None
        if not may_load:
            return False
        rows = self._rows.rows(self._rows.positions[:ROWS_A_STEP])
        return any(map(self._deps.settled.lacks_tick, rows))

    # -- rows, titles, asked --

    def _row_count(self, subject: WaitingFilm | WaitingSeries) -> int:
        return len(subject.rows) if isinstance(subject, WaitingSeries) else 1

    def _take_rows(self, positions: list[int]) -> None:
        kinds, settled = self._deps.policy.tick_settings.kinds, self._deps.settled
        shown = self._rows.rows(positions)
        sets = [row for row in shown if row.kind == SET and MOVIE in kinds]
        rows = [row for row in shown if row.kind in kinds] + self._sets.films(sets)
        # What settled these is asked again when it is old; nothing waits for that.
        self._deps.coordinator.queue.show(settled.asks_of(filter(settled.is_settled, rows)))
        rows = [row for row in rows if not settled.is_settled(row)]
        self._unticked.update(row.key for row in rows if not row.is_ticked)
        self._take_films([row for row in rows if row.kind == MOVIE])
        self._take_series([row for row in rows if row.kind != MOVIE])

    def _take_films(self, rows: list[LibraryRow]) -> None:
        films, not_asked = self._films.find(rows)
        for film in films:
            self._asking.add(film.ask, film)
        for video in not_asked:
            self._deps.settled.note(video.key, NOT_ASKED._replace(file=video.file))

    def _take_series(self, rows: list[LibraryRow]) -> None:
        found, not_asked = LibrarySeries(self._deps).find(rows)
        for row, title in found:
            self._add(row, title)
        for row in not_asked:
            self._deps.settled.note(row.key, NOT_ASKED)

    def _add(self, row: LibraryRow, title: Title) -> None:
        series = self._series.get(row.series)
        if series is None:
            series = self._series[row.series] = WaitingSeries(row.series, title)
            self._asking.add(series.ask, series)
        series.rows.append(row)
        if row.kind != TVSHOW:
            self._deepen(series)

    def _deepen(self, series: WaitingSeries) -> None:
        before = series.ask
        series.depth = EPISODES
        self._asking.exchange(before, series.ask)

    # -- answered, due --

    def _settle_some(self) -> bool:
        """All films that were answered at once, or one series."""
        if not self._answered:
            return False
        films = [each for each in self._answered if isinstance(each.subject, WaitingFilm)]
        if films:
            series = [each for each in self._answered if isinstance(each.subject, WaitingSeries)]
            self._answered = deque(series)
            self._settle_films(films)
        else:
            self._settle_series(self._answered[0])
            self._answered.popleft()  # not before: what fails is tried again
        return True

    def _settle_films(self, answered: list[_Answered]) -> None:
        films = [each.subject for each in answered if isinstance(each.subject, WaitingFilm)]
        known_of = {each.subject.ask: each.known for each in answered}
        for film in self._films.as_they_stand(films):
            known = known_of[film.ask]
            self._ticks.outdate_what_was_played([film.video], known)
            self._settle([film.video], known, film.ask)

    def _settle_series(self, answered: _Answered) -> None:
        series = answered.subject
        if not isinstance(series, WaitingSeries):
            return
        if answered.is_complete:
            self._settle_seasons(series, answered.known, is_complete=True)
            if self._asking.has_passed_over(series.title):  # the next visit asks about them
                self._deps.settled.forget(*series.keys)
            return
        known = self._deps.coordinator.known(series.ask)  # there may be a later answer by now
        if known is None:
            self._wait_for(series)
        elif series.depth == COUNTERS and self._deps.policy.may_differ(
            known.answer, self._deps.library.season_counts(series.dbid)
        ):
            self._deepen(series)
            self._wait_for(series)
        else:
            self._settle_whole_series(series, known)

    def _wait_for(self, series: WaitingSeries) -> None:
        self._asking.add(series.ask, series)
        self._send()

    def _settle_whole_series(self, series: WaitingSeries, known: Known) -> None:
        settled = self._deps.settled
        known = series.listed(known, self._deps.library)
        self._series.pop(series.dbid, None)
        if known.depth == EPISODES and self._deps.policy.user_changes.has_played(known.asked_at):
            self._ticks.outdate_what_was_played(self._deps.library.episodes(series.dbid), known)
        if self.holds_back and series.depth == EPISODES:
            self._postponed[series.dbid] = known
            return
        for row in series.rows:
            if row.kind != EPISODE:
                settled.note(row.key, Settled(series.ask, known.asked_at, is_ticked=False))
        if series.depth != EPISODES:
            return
        self._deps.backlog.add(series.dbid, known)
        on_screen = self._settle_seasons(series, known, is_complete=False)
        waits = self._asking.ask_singly(Answered(series, known), on_screen)
        if waits or self._asking.has_passed_over(series.title):
            settled.forget(*series.keys)  # not before those are answered
            self._send()

    def _settle_seasons(
        self, series: WaitingSeries, known: Known, *, is_complete: bool
    ) -> list[EpisodeKey]:
        """The ticks of the seasons with rows on screen; season and episode of those rows.

        The rows come first, as they stand. is_complete: what is not listed is not asked about.
        """
        places = {row.dbid: place for place, row in enumerate(series.rows)}
        on_screen: list[EpisodeKey] = []
        for season in series.seasons:
            videos = self._deps.library.episodes(series.dbid, season)
            videos.sort(key=lambda video: places.get(video.dbid, len(places)))
            self._settle(videos, known, series.ask)
            on_screen += [each.place for each in videos if each.dbid in places]
            unlisted = {ask.episode for ask in left_open(known, [v.place for v in videos])}
            for video in videos:
                # Its row may be read later, and is asked about then.
                if video.place in unlisted and not (is_complete and video.dbid in places):
                    self._deps.settled.forget(video.key)
        return on_screen

    def _settle(self, videos: list[Video], known: Known, ask: Ask) -> None:
        drawn = self._ticks.settle(videos, known, ask)
        if drawn & self._unticked:
            # Another box with the same library has just written it: Kodi has yet to draw it.
            self._drawn_by = time.monotonic() + _DRAWN_AFTER

    # -- written --

    def _write_and_note(self, ticks: Sequence[Tick]) -> Sequence[Tick]:
        taken = self._write(ticks)
        self._sets.note(taken)
        return taken

    def _write_some(self) -> bool:
        if not self._ticks.may_write(is_on_screen=self._rows.is_on_screen):
            return False
        if not self._ticks.write_some():
            return not self._ticks and self._sets.mend()
        self._drawn_by = time.monotonic() + _DRAWN_AFTER
        return True
