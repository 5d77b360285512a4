"""One list that somebody opened, from its rows to its ticks, in steps of a few hundredths.

The way through the house in one place: rows (screen), titles (library), what Simkl says
(watched), which ticks are due (ticks), and writing them (write). Knows neither of the two doors.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lib import ticks
from lib.asks import COUNTERS, EPISODES, Ask
from lib.films import Films
from lib.house import Progress
from lib.remembered import completed, left_open
from lib.screen import EPISODE, MOVIE, TVSHOW

if TYPE_CHECKING:
    from lib.answers import EpisodeKey, Watch
    from lib.house import House
    from lib.remembered import Known
    from lib.screen import Row, Spot
    from lib.store import Key
    from lib.ticks import Tick, Video
    from lib.titles import Title

_ROWS_A_STEP = 100
_DRAWN_AFTER = 1.0  # seconds after a tick was written by which Kodi has long drawn it
_READ_AHEAD = 200  # titles that wait for an answer before more rows are read
# Of one step. Each step has Kodi load a list of episodes once, so not fewer than two pages of them.
_FEWEST_TICKS = {ticks.FILM: 5, ticks.EPISODE: 25}
_STEP_SECONDS = 0.3  # to write longer at once: Kodi may want to leave


class Settled(NamedTuple):
    """A row that was dealt with, by an answer of Simkl's (None: it is not asked about).

    asked_at: of that answer. is_ticked: whether it ticks the row, and Kodi lets it.
    """

    ask: Ask | None
    asked_at: float
    is_ticked: bool


_NOT_ASKED = Settled(None, 0.0, is_ticked=False)


@dataclass
class _SeriesOnScreen:
    """A series that rows on screen belong to."""

    title: Title
    rows: list[Row] = field(default_factory=list)
    depth: str = COUNTERS

    @property
    def ask(self) -> Ask:
        return Ask(self.title, self.depth)

    @property
    def seasons(self) -> list[int | None]:
        """Those with episodes on screen, in their order there."""
        return list(dict.fromkeys(row.season for row in self.rows if row.kind == EPISODE))


@dataclass
class _LeftOpen:
    """Episodes on screen that the answer about their series does not list, asked about singly."""

    series: _SeriesOnScreen
    known: Known
    asks: list[Ask]


class Visit:
    """holds_back: the list hides what is watched, so that rows would vanish under the person's
    eyes: its episodes are ticked when it is left.
    """

    def __init__(self, spot: Spot, house: House) -> None:
        self._house = house
        self._size = spot.size
        self._sample = house.screen.sample(spot.size, "DBID")
        self._positions = house.screen.positions(spot.size)
        self._unread = self._positions
        self._films = Films(house)
        self._series: dict[int, _SeriesOnScreen] = {}
        self._left_open: dict[int, _LeftOpen] = {}
        self._ticks: deque[Tick] = deque()
        self._unwritten: dict[str, list[tuple[Key, Settled]]] = defaultdict(list)
        self._unticked: set[Key] = set()
        self._ticks_a_step = 0
        self._drawn_by: float | None = None
        self.holds_back = spot.hides_watched
        self._postponed: dict[int, Known] = {}
        house.writer.look_anew()

    @property
    def is_finished(self) -> bool:
        asked = self._films or self._series or self._left_open
        return not (self._unread or asked or self._ticks)

    @property
    def progress(self) -> Progress:
        waiting = len(self._films) + sum(len(each.rows) for each in self._series.values())
        return Progress(len(self._positions), len(self._positions) - len(self._unread) - waiting)

    def step(self) -> bool:
        """Do a little; False when there is nothing to do before Simkl answers."""
        return (
            self._write_some()
            or self._settle_films()
            or self._settle_series()
            or self._settle_left_open()
            or self._read()
        )

    def is_of_another_list(self) -> bool:
        """Whether Kodi had the rows of the list before on screen when this visit began.

        It names the new path some hundredths before it shows the new rows.
        """
        return self._sample != self._house.screen.sample(self._size, "DBID")

    def leave(self) -> None:
        for series, known in self._postponed.items():
            self._house.backlog.add(series, known)

    @property
    def waits_for_stillness(self) -> bool:
        """Whether something is to be done as soon as nobody presses a key."""
        return self._drawn_by is not None and time.monotonic() > self._drawn_by

    def when_still(self, *, may_load: bool) -> bool:
        """Do that; whether the list is to be loaded again now.

        may_load: it was not loaded again since it was opened.
        """
        self._drawn_by = None
        return may_load and self._is_drawn_wrong()

    def _is_drawn_wrong(self) -> bool:
        """Whether a row near the focus lacks a tick that was written."""
        rows = self._house.screen.rows(self._positions[:_ROWS_A_STEP])
        settled = self._house.settled
        return any(
            not row.is_ticked and settled.get((row.kind, row.dbid), _NOT_ASKED).is_ticked
            for row in rows
        )

    # -- reading rows --

    def _read(self) -> bool:
        """Read the next rows, and ask about what they need."""
        if not self._unread or len(self._films) + len(self._series) >= _READ_AHEAD:
            return False
        nearest = self._house.screen.by_nearness(self._unread)
        self._unread = nearest[_ROWS_A_STEP:]
        rows = self._house.screen.rows(nearest[:_ROWS_A_STEP])
        kinds = self._house.follow.choices.kinds
        rows = [row for row in rows if row.kind in kinds]
        self._keep_wanting([row for row in rows if self._is_settled(row)])
        rows = [row for row in rows if not self._is_settled(row)]
        self._unticked.update((row.kind, row.dbid) for row in rows if not row.is_ticked)
        not_asked = self._films.take({row.dbid: row.title for row in rows if row.kind == MOVIE})
        self._house.settled.update(((MOVIE, dbid), _NOT_ASKED) for dbid in not_asked)
        self._take_series([row for row in rows if row.kind != MOVIE])
        self._ask()
        return True

    def _keep_wanting(self, rows: list[Row]) -> None:
        """What settled these rows is asked again when it is old; nothing waits for that."""
        settled = [self._house.settled[row.kind, row.dbid].ask for row in rows]
        self._house.watched.show([ask for ask in settled if ask is not None])

    def _is_settled(self, row: Row) -> bool:
        settled = self._house.settled.get((row.kind, row.dbid))
        if settled is None or settled.ask is None:
            return settled is not None
        known = self._house.watched.known(settled.ask)
        is_latest = known is not None and known.asked_at == settled.asked_at
        return is_latest and (row.is_ticked or not settled.is_ticked)

    def _take_series(self, rows: list[Row]) -> None:
        known = self._house.library.series(
            {row.series: row.title if row.kind == TVSHOW else "" for row in rows}
        )
        for row in rows:
            if row.series not in known:
                continue  # Kodi did not say: the next visit asks again
            title, folder = known[row.series]
            if title is None or not self._house.may_ask(title, folder):
                self._house.settled[row.kind, row.dbid] = _NOT_ASKED
                continue
            series = self._series.setdefault(row.series, _SeriesOnScreen(title))
            series.rows.append(row)
            if row.kind != TVSHOW:
                series.depth = EPISODES

    def _ask(self) -> None:
        series = [series.ask for series in self._series.values()]
        single = [ask for each in self._left_open.values() for ask in each.asks]
        self._house.watched.want(self._films.asks + series + single)

    # -- settling what Simkl has answered --

    def _settle_films(self) -> bool:
        answered = self._films.take_answered()
        for film in answered:
            self._ask_anew([film.video], film.known)
            self._settle([film.video], film.known, film.ask)
        return bool(answered)

    def _settle_series(self) -> bool:
        for dbid, series in self._series.items():
            known = self._house.watched.known(series.ask)
            if known:
                self._settle_one_series(dbid, series, known)
                return True
        return False

    def _settle_one_series(self, dbid: int, series: _SeriesOnScreen, known: Known) -> None:
        if series.depth == COUNTERS and self._may_differ(dbid, known):
            series.depth = EPISODES
            self._ask()
            return
        del self._series[dbid]
        self._ask_anew_about_episodes(dbid, known)
        if self.holds_back and series.depth == EPISODES:
            self._postponed[dbid] = known
            return
        for row in series.rows:
            if row.kind != EPISODE:
                settled = Settled(series.ask, known.asked_at, is_ticked=False)
                self._house.settled[row.kind, row.dbid] = settled
        if series.depth == EPISODES:
            self._house.backlog.add(dbid, known)
            asks = left_open(known, self._settle_seasons(dbid, series, known))
            if asks:
                self._left_open[dbid] = _LeftOpen(series, known, asks)
                for row in series.rows:  # not before those are answered
                    self._house.settled.pop((row.kind, row.dbid), None)
                self._ask()

    def _ask_anew_about_episodes(self, series: int, known: Known) -> None:
        if known.depth == EPISODES and self._house.follow.hand.has_played(known.asked_at):
            self._ask_anew(self._house.library.episodes(series), known)

    def _ask_anew(self, videos: list[Video], known: Known) -> None:
        """About what was played since Simkl was asked."""
        played_at = self._house.follow.played_at(videos, known)
        if played_at is not None:
            self._house.watched.outdate(known.title, played_at)

    def _settle_left_open(self) -> bool:
        watched = self._house.watched
        for dbid, left in self._left_open.items():
            if all(watched.known(ask) for ask in left.asks):
                del self._left_open[dbid]
                known = completed(left.known, map(watched.known, left.asks))
                self._settle_seasons(dbid, left.series, known)
                return True
        return False

    def _may_differ(self, dbid: int, known: Known) -> bool:
        counts = self._house.library.season_counts(dbid)
        return self._house.follow.may_differ(known.answer, counts)

    def _settle_seasons(self, dbid: int, series: _SeriesOnScreen, known: Known) -> list[EpisodeKey]:
        """The ticks of the seasons with rows on screen; season and episode of those rows.

        The rows come first, as they stand.
        """
        places = {row.dbid: place for place, row in enumerate(series.rows)}
        on_screen: list[EpisodeKey] = []
        for season in series.seasons:
            videos = self._house.library.episodes(dbid, season)
            videos.sort(key=lambda video: places.get(video.dbid, len(places)))
            self._settle(videos, known, series.ask)
            on_screen += [(each.season, each.episode) for each in videos if each.dbid in places]
        return on_screen

    def _settle(self, videos: list[Video], known: Known, ask: Ask) -> None:
        def followed(video: Video) -> Watch | None:
            return self._house.follow.watch_of(video, known)

        due = ticks.due(videos, followed)
        refused = {
            tick.video.file for tick in due if not self._house.writer.accepts(tick.video.file)
        }
        files = ticks.watched_files(videos, followed).keys() - refused
        self._ticks.extend(tick for tick in due if tick.video.file in files)
        self._ticks.extend(self._house.follow.to_clear(videos, known, self._house.ledger))
        unwritten = {tick.video.file for tick in self._ticks}
        for video in videos:
            if self._house.follow.waits(video, known):
                continue  # settled by a newer answer
            entry = (video.key, Settled(ask, known.asked_at, video.file in files))
            if video.file in unwritten:
                self._unwritten[video.file].append(entry)
                continue
            self._house.settled.update([entry])
            if video.file in files and video.key in self._unticked:
                # Another box with the same library has just written it: Kodi has yet to draw it.
                self._drawn_by = time.monotonic() + _DRAWN_AFTER

    # -- writing --

    def _write_some(self) -> bool:
        if not self._ticks:
            return False
        fewest = _FEWEST_TICKS[self._ticks[0].video.kind]
        count = min(max(fewest, self._ticks_a_step), len(self._ticks))
        began = time.monotonic()
        some = [self._ticks.popleft() for _ in range(count)]
        self._house.writer.write(some)
        for tick in some:
            self._house.settled.update(self._unwritten.pop(tick.video.file, ()))
        each = (time.monotonic() - began) / count
        self._ticks_a_step = int(_STEP_SECONDS / max(each, 0.001))
        self._drawn_by = time.monotonic() + _DRAWN_AFTER
        return True
