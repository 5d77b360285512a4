"""Somebody browses, plays and marks, while Simkl fails, people sign in and out, the library changes
and Kodi restarts, in any order: no tick is wrong, none of the person's own is touched, and in the
end none is missing.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from datetime import datetime, timezone
from typing import Any, Iterator
from unittest.mock import patch

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from lib.lists.activity_checks import ActivityChecks
from lib.simkl.asks import PLAIN, Ask
from lib.ticks import backlog, due
from lib.ticks.tick_settings import TickSettings
from lib.ticks.user_changes import UserChanges
from lib.titles.datetimes import for_kodi, one_second_before
from lib.titles.title import Title as LibTitle
from tests.simkl_server import faults
from tests.simkl_server.catalogue import Title
from tests.simkl_server.clock import stamp
from tests.unit import kodi_in_memory
from tests.unit.kodi_in_memory import (
    ADDONS,
    EPISODE,
    FILES,
    FILMS,
    MOVIE,
    SERIES,
    TVSHOW,
    XBMC,
    Entry,
)
from tests.unit.life import MANY, PEOPLE, Life

kodi_in_memory.install()

from lib.lists import library_films, library_ticks, non_library_visit, reload  # noqa: E402
from lib.lists.browsing import Browsing  # noqa: E402
from lib.lists.build import build_dependencies, build_undo  # noqa: E402
from lib.lists.library_visit import LibraryVisit  # noqa: E402
from lib.ui.list_progress import ListProgress  # noqa: E402

KINDS = frozenset({MOVIE, TVSHOW, "season", EPISODE})
FILM_COUNT, SERIES_COUNT, EPISODE_COUNT = 4, 2, 3
OTHERS_COUNT = 2  # of each sort: films of files, films and episodes of an add-on
SEASONS = tuple(f"{SERIES}{number}/1/" for number in range(1, SERIES_COUNT + 1))
LISTS = (FILMS, SERIES, *SEASONS, FILES, *ADDONS, "")
PERSON, LIST = st.sampled_from(PEOPLE), st.sampled_from(LISTS)
LIBRARY_COUNT = FILM_COUNT + SERIES_COUNT * EPISODE_COUNT
VIDEO = st.integers(0, LIBRARY_COUNT + 3 * OTHERS_COUNT - 1)
OF_LIBRARY = st.integers(0, LIBRARY_COUNT - 1)
# One of each list: of two that lose their ticks it may be that the add-on draws none.
OF_OTHERS = st.integers(LIBRARY_COUNT, LIBRARY_COUNT + 1)
ADDONS_FILM = LIBRARY_COUNT + 1
# So that anything may happen between any two ticks.
ONE_BY_ONE: dict[Any, dict[str, object]] = {
    library_ticks: {"_FEWEST_TICKS": {due.FILM: 1, due.EPISODE: 1}, "_STEP_SECONDS": 0.0},
    backlog: {"_TICKS_A_STEP": 1},
    library_films: {"_HOLDS_FOR": 0.0},
    non_library_visit: {
        "_TICKS_AT_ONCE": 1,
        "_LOADED_AFTER": 0.0,
        "_LOOK_AGAIN_AFTER": 0.0,
        "_LOOK_FOR_CHANGES_EVERY": 0.0,
    },
    reload: {"_LOOK_FOR_STILLNESS_EVERY": 0.0, "_LOOK_AT_STILLNESS_EVERY": 0.0},
}
_AT_REST = 0.05  # seconds: what the loop sleeps when nothing is due


class AnyList(Life):
    """watches: when each person watched what. removed: since when a title's tick is unwanted.
    shown: the watch that the last tick of ours shows.
    touched: what the date of a file is to be again, which was set one second back.
    """

    def __init__(self) -> None:
        self.kodi = XBMC.kodi = kodi_in_memory.KodiInMemory(self.written, self.dated)
        self.watches: dict[tuple[str, int, int, int], list[float]] = {}
        self.removed: dict[tuple[int, int, int], float] = {}
        self.shown: dict[str, float] = {}
        self.touched: dict[str, str] = {}
        self.playing: Entry | None = None
        self.one_tick_a_step = ExitStack()
        for room, names in ONE_BY_ONE.items():
            for name, value in names.items():
                self.one_tick_a_step.enter_context(patch.object(room, name, value))
        super().__init__()
        self.titles: dict[int, Title] = {}
        self.films = 0
        for dbid in range(1, FILM_COUNT + 1):
            self._add_film(dbid)
        for series in range(1, SERIES_COUNT + 1):
            self._add_series(series)
        self._add_others()

    def _add_film(self, dbid: int) -> None:
        self.films += 1
        tmdb = 100 + self.films
        self.titles[tmdb] = self.server.add_film(f"Film {tmdb}", 1990, tmdb=tmdb)
        self.kodi.add(Entry(MOVIE, dbid, f"Film {tmdb}", tmdb, f"/media/{tmdb}.mkv"))

    def _add_series(self, series: int) -> None:
        tmdb = 10 + series
        name = f"Series {tmdb}"
        self.titles[tmdb] = self.server.add_series(name, 1990, {1: EPISODE_COUNT}, tmdb=tmdb)
        self.kodi.add(Entry(TVSHOW, series, name, tmdb, f"/media/{tmdb}/"))
        for number in range(1, EPISODE_COUNT + 1):
            file, dbid = f"/media/{tmdb}/{number}.mkv", 10 * series + number
            place = (series, 1, number)
            self.kodi.add(Entry(EPISODE, dbid, f"Part {number}", tmdb, file, 0, "", *place))

    def _add_others(self) -> None:
        self.titles[500] = self.server.add_series("Series 500", 1990, {1: OTHERS_COUNT}, tmdb=500)
        for number in range(1, OTHERS_COUNT + 1):
            for tmdb in (300 + number, 400 + number):
                self.titles[tmdb] = self.server.add_film(f"Film {tmdb}", 1990, tmdb=tmdb)
            file, addons = f"{FILES}Film {300 + number} (1990).mkv", "plugin://plugin.video.films/"
            self.kodi.others += [
                Entry(MOVIE, -1, "", 300 + number, file),
                Entry(MOVIE, -1, "A film", 400 + number, f"{addons}film/{number}"),
                Entry(EPISODE, -1, "Part", 500, f"{addons}part/{number}", 0, "", -1, 1, number),
            ]

    @initialize(who=PERSON, seen=st.lists(VIDEO, max_size=6))
    def settle_in(self, who: str, seen: list[int]) -> None:
        """Somebody who has watched something is signed in."""
        for number in seen:
            self.watch(who, number)
        self.sign_in(who)

    def begin(self) -> None:
        super().begin()
        now = self.server.clock.now
        deps = build_dependencies(self.coordinator, self.store)
        deps.policy.user_changes = UserChanges(
            self.store, lambda: self.coordinator.person, now, self._utc
        )
        self.browsing = Browsing(self.coordinator, deps, ListProgress(deps))
        self.browsing._activity._checks = ActivityChecks(now)
        self.browsing.apply_settings(TickSettings(KINDS))

    def _utc(self) -> datetime:
        return datetime.fromtimestamp(self.server.clock.now(), timezone.utc)

    # -- what holds at each write --

    def written(self, entry: Entry, playcount: int, lastplayed: str) -> None:
        if entry.lastplayed and lastplayed == one_second_before(entry.lastplayed):
            assert playcount == entry.playcount  # what follows has Kodi announce it
            self.touched[entry.file] = entry.lastplayed
            return
        assert playcount >= max(entry.playcount, 1)
        assert lastplayed >= entry.lastplayed
        assert self._counting(entry) != []
        vanishes = entry.kind == EPISODE or entry.dbid < 0
        assert not (self.kodi.hides_watched and vanishes and entry in self.kodi.rows)
        dates = {entry.lastplayed, *self._dates(entry)}
        assert lastplayed in {*dates, *map(one_second_before, filter(None, dates))}
        assert entry.dbid > 0 or entry.playcount == 0
        for at in self._counting(entry):
            if lastplayed in (self._date(at), one_second_before(self._date(at))):
                self.shown[entry.file] = at

    def dated(self, entry: Entry, lastplayed: str) -> None:
        if self.touched.pop(entry.file, None) == lastplayed:
            return
        assert entry.playcount > 0
        assert lastplayed in self._dates(entry)

    def _counting(self, entry: Entry) -> list[float]:
        """When the person who is signed in watched it, after it was last unticked by hand."""
        if self.playing is entry:
            return []
        since = self.removed.get(_title(entry), 0)
        what = (self.who, entry.tmdb, entry.season, entry.episode)
        return [at for at in self.watches.get(what, []) if at > since]

    def _dates(self, entry: Entry) -> set[str]:
        return {self._date(at) for at in self._counting(entry)}

    def _date(self, at: float) -> str:
        return for_kodi(datetime.fromtimestamp(int(at), timezone.utc)) or ""

    # -- what happens --

    @rule(who=PERSON, number=VIDEO, ahead=st.sampled_from([0, 0, 0, 36_000]))
    def watch(self, who: str, number: int, ahead: int = 0) -> None:
        """ahead: seconds, where an app takes local time for UTC."""
        if who == self.who and self._is_before_the_first_look():
            return
        entry = self._video(number)
        self.server.clock.forward(2)  # Simkl's times are of whole seconds
        at = self.server.clock.now() + ahead
        known = self.watches.setdefault((who, entry.tmdb, entry.season, entry.episode), [0])
        if at < known[-1] + 2:
            return
        place = {"season": 1, "episode": entry.episode} if entry.kind == EPISODE else {}
        self.people[who].watch(self.titles[entry.tmdb], **place, at=stamp(at))
        known.append(int(at))

    def _is_before_the_first_look(self) -> bool:
        """What somebody watches in the seconds after their first answer is seen with the next."""
        person = self.coordinator.person
        has_asked = self.coordinator.is_asking or self.store.answers.count(person) > 0
        return has_asked and not self.store.answers.moves(person)

    def _video(self, number: int) -> Entry:
        return self.kodi.videos[number]

    @rule(who=PERSON)
    def sign_in(self, who: str) -> None:
        super().sign_in(who)
        self.browsing.begin_person()

    @rule()
    def sign_out(self) -> None:
        super().sign_out()
        self.browsing.begin_person()

    @rule(path=LIST)
    def open_list(self, path: str) -> None:
        self.kodi.open(path)

    @rule(hides=st.booleans())
    def hide_watched(self, hides: bool) -> None:
        self.kodi.hides_watched = hides
        self.kodi.load()

    @rule()
    def load_list_again(self) -> None:
        self.kodi.load()

    @rule(count=st.integers(1, 5))
    def take_steps(self, count: int) -> None:
        for _ in range(count):
            self.step()

    @rule()
    def hear_the_answer(self) -> None:
        self.wait_for_the_answer()

    @rule(path=LIST)
    def browse(self, path: str) -> None:
        self.kodi.open(path)
        self.run_to_rest()

    @rule(number=VIDEO)
    def mark(self, number: int) -> None:
        entry = self._video(number)
        if self._is_left_due(entry):
            return
        entry.playcount += 1
        entry.lastplayed = for_kodi(self._utc()) or ""
        if entry.dbid > 0:
            self.removed.pop(_title(entry), None)
            self._announce("VideoLibrary.OnUpdate", entry, playcount=entry.playcount)
        self.take_steps(3)  # nobody leaves a list in the moment of a mark

    @rule(number=OF_LIBRARY)
    def unmark(self, number: int) -> None:
        self._lose_tick_by_hand(self._video(number))
        self.hear()

    def _lose_tick_by_hand(self, entry: Entry) -> None:
        """Kodi announces it; it is not heard yet."""
        self.server.clock.forward(2)
        entry.playcount, entry.lastplayed = 0, ""
        now = self.server.clock.now()
        shown = max(now, self.shown.get(entry.file, now))
        self.removed[_title(entry)] = max(shown, self.removed.get(_title(entry), 0))
        self._say("VideoLibrary.OnUpdate", entry, playcount=0)

    @rule(number=OF_OTHERS)
    def unmark_other(self, number: int) -> None:
        """Kodi does not announce it: only that a tick of ours has gone can be known."""
        entry = self._video(number)
        entry.playcount, entry.lastplayed = 0, ""
        if entry.file in self.shown:
            self.removed[_title(entry)] = self.shown[entry.file]

    @rule(is_still=st.booleans())
    def press_keys(self, is_still: bool) -> None:
        """Somebody does, or has ceased to."""
        self.kodi.is_still = is_still

    @rule(row=st.integers(0, FILM_COUNT - 1))
    def move(self, row: int) -> None:
        """Somebody presses a key that takes the focus there."""
        is_still, self.kodi.is_still = self.kodi.is_still, False
        self.kodi.focus = min(row + 1, max(len(self.kodi.rows), 1))
        self.step()
        self.kodi.is_still = is_still

    @rule(number=VIDEO)
    def play_on_another_box(self, number: int) -> None:
        """It shares the library, and announces nothing here."""
        entry = self._video(number)
        if self.is_writing or self._is_left_due(entry):
            return  # no precondition: it hangs on when an answer came
        entry.playcount += 1
        entry.lastplayed = for_kodi(self._utc()) or ""
        self.take_steps(3)

    def _is_left_due(self, entry: Entry) -> bool:
        """Of what is not in the library nobody hears that it is marked, until a list shows it."""
        return entry.file in self.browsing.deps.deferred._due

    @property
    def is_writing(self) -> bool:
        visits = self.browsing.current_list.visits
        of_library = [visit for visit in visits if isinstance(visit, LibraryVisit)]
        return bool(self.browsing.deps.backlog._ticks) or any(each._ticks for each in of_library)

    @precondition(lambda self: self.playing is None)
    @rule(number=VIDEO)
    def play(self, number: int) -> None:
        self.playing = self._video(number)
        self._announce("Player.OnPlay", self.playing)

    @precondition(lambda self: self.playing is not None)
    @rule()
    def stop(self) -> None:
        if self.playing is not None:
            self._announce("Player.OnStop", self.playing)
        self.playing = None

    @precondition(lambda self: self.playing is None)
    @rule()
    def replace_the_last_film(self) -> None:
        """Kodi gives the id of the last film, which is removed, to the next one."""
        last = max(self.kodi.of_kind(MOVIE), key=lambda each: each.dbid)
        self.kodi.remove(last)
        self._add_film(last.dbid)
        new = self.kodi.entries[MOVIE, last.dbid]
        self._announce("VideoLibrary.OnUpdate", new, added=True)

    @precondition(lambda self: self.playing is None)
    @rule(number=OF_LIBRARY, is_lost=st.booleans(), is_copy=st.booleans())
    def refresh(self, number: int, is_lost: bool, is_copy: bool) -> None:
        """Kodi gives a title another id. is_lost: its tick goes. is_copy: it is another file."""
        self._refresh(self._video(number), is_lost or is_copy, is_copy)
        self.hear()

    @precondition(lambda self: self.playing is None)
    @rule()
    def build_the_library_anew(self) -> None:
        for entry in self.kodi.videos:
            if entry.dbid > 0:
                self._refresh(entry, is_lost=True, is_copy=False)
        self.hear()

    def _refresh(self, entry: Entry, is_lost: bool, is_copy: bool) -> None:
        self.kodi.remove(entry)
        entry.dbid = 1 + max((each.dbid for each in self.kodi.of_kind(entry.kind)), default=0)
        if is_lost:
            entry.playcount, entry.lastplayed = 0, ""
        if is_copy:
            entry.file = f"{entry.file}.mkv"
        self.kodi.add(entry)
        self._say("VideoLibrary.OnUpdate", entry)
        self._say("VideoLibrary.OnUpdate", entry, added=True)

    @rule(numbers=st.lists(OF_LIBRARY, min_size=1, unique=True), leaves=st.booleans())
    def quit_amid_marks(self, numbers: list[int], leaves: bool) -> None:
        """Kodi leaves before it is read what was unmarked. leaves: one left the library, too."""
        entries = [self._video(number) for number in numbers]
        for entry in entries:
            self._lose_tick_by_hand(entry)
        first = entries[0]
        made = self.store.made_ticks.files_of(first.kind, first.dbid)
        if leaves and self.playing is None and first.file in made:  # else nobody knows it by then
            self._refresh(first, is_lost=True, is_copy=False)
        while self.kodi.events:
            self.browsing._kodi_events.heard_at_the_end(*self.kodi.events.popleft())
        self.browsing.deps.marks.keep()
        self.restart()

    @rule()
    def end_a_scan(self) -> None:
        self.kodi.events.append(("VideoLibrary.OnScanFinished", {}))

    @rule()
    def restart(self) -> None:
        self.browsing.leave()
        self.end()
        self.kodi.open("")
        self.playing = None
        self.begin()
        self.hear()

    def _announce(self, method: str, entry: Entry, **more: object) -> None:
        self._say(method, entry, **more)
        self.hear()

    def _say(self, method: str, entry: Entry, **more: object) -> None:
        """It is not heard yet."""
        item = {"item": {"type": entry.kind, **({"id": entry.dbid} if entry.dbid > 0 else {})}}
        self.kodi.events.append((method, {**item, **more}))

    # -- the loop of the add-on --

    def hear(self) -> None:
        while self.kodi.events:
            self.browsing._kodi_events.heard(*self.kodi.events.popleft())
        while not self.browsing.has_taken_in():
            pass

    def step(self) -> None:
        self._turn()

    def _turn(self) -> float:
        self.hear()
        pause = self.browsing.turn()
        assert self.kodi.blank == set()
        assert self.kodi.lost.isdisjoint(row.file for row in self.kodi.in_sight)
        return pause

    def run_to_rest(self) -> None:
        """Until it sleeps twice in a row: what is due is found before it is asked."""
        end = time.monotonic() + 10
        rests = 0
        while rests < 2 and time.monotonic() < end:
            rests = rests + 1 if self._turn() >= _AT_REST else 0
            time.sleep(0.0005 if self.coordinator.is_asking else 0)
        assert self.kodi.lost == set() or not self.kodi.is_still

    # -- in the end --

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self.one_tick_a_step.close()

    def settle(self) -> None:
        if self.playing is not None:
            self.stop()
        if self.was_refused:
            self.coordinator.look_now()  # what Simkl refuses is not asked by itself again
        self.kodi.is_still = True
        for _ in range(2):
            self._browse_all()
        self._check_ticks()
        self.kodi.hides_watched = False  # the date of what was hidden is still to follow
        self._browse_all()

    def _browse_all(self) -> None:
        self.let_time_pass(1000)
        for path in LISTS:
            self.browse(path)

    def _check_ticks(self) -> None:
        for entry in self.kodi.videos:
            assert entry.playcount > 0 or not self._counting(entry)

    def check(self) -> None:
        assert self.touched == {}
        self._check_ticks()
        for entry in self.kodi.videos:
            if entry.dbid > 0 and self._counting(entry):
                assert entry.lastplayed >= max(self._dates(entry))


def _title(entry: Entry) -> tuple[int, int, int]:
    return entry.tmdb, entry.season, entry.episode


TestAnyList = AnyList.TestCase
TestAnyList.settings = MANY


# -- what hardly ever comes by chance --


@pytest.fixture
def evening() -> Iterator[AnyList]:
    evening = AnyList()
    evening.settle_in("Ann", list(range(FILM_COUNT)))
    yield evening
    evening.teardown()


@pytest.mark.parametrize("count", range(FILM_COUNT + 1))
def test_a_film_that_gets_the_id_of_one_that_was_to_be_ticked_is_left_alone(
    evening: AnyList, count: int
) -> None:
    evening.open_list(FILMS)
    while sum(film.playcount for film in evening.kodi.videos) < count:
        evening.step()
    evening.replace_the_last_film()
    evening.run_to_rest()
    new = evening.kodi.entries[MOVIE, FILM_COUNT]
    assert (new.playcount, new.lastplayed) == (0, "")


def test_what_another_box_does_while_simkl_is_asked_stays(evening: AnyList) -> None:
    evening.server.delay = 0.05
    evening.open_list(FILMS)
    while not evening.coordinator.is_asking:
        evening.step()
    for _ in range(3):
        evening.play_on_another_box(0)
    evening.run_to_rest()
    assert evening.kodi.videos[0].playcount == 3
    assert evening.kodi.videos[1].playcount == 1


def test_a_film_that_was_played_while_simkl_was_asked_is_asked_about_once_more(
    evening: AnyList,
) -> None:
    evening.server.delay = 0.05
    evening.open_list(FILMS)
    while not evening.coordinator.is_asking:
        evening.step()
    evening.play(0)
    evening.run_to_rest()
    assert [film.playcount for film in evening.kodi.of_kind(MOVIE)] == [0, 1, 1, 1]
    asked = len(evening.server.requests)
    evening.stop()
    evening.run_to_rest()
    assert evening.kodi.videos[0].playcount == 1
    assert len(evening.server.requests) == asked + 1


def test_what_was_left_due_in_one_list_and_ticked_in_another_is_written_once(
    evening: AnyList,
) -> None:
    evening.watch("Ann", ADDONS_FILM)
    film = evening.kodi.videos[ADDONS_FILM]
    evening.press_keys(is_still=False)
    evening.browse(ADDONS[0])
    evening.open_list(ADDONS[1])
    evening.press_keys(is_still=True)
    evening.run_to_rest()
    assert film.playcount == 1
    evening.unmark_other(ADDONS_FILM)
    evening.browse("")
    assert film.playcount == 0


def test_what_was_unmarked_in_another_add_ons_list_may_come_back_again(evening: AnyList) -> None:
    evening.watch("Ann", ADDONS_FILM)
    film = evening.kodi.videos[ADDONS_FILM]
    evening.browse(ADDONS[0])
    evening.unmark_other(ADDONS_FILM)
    evening.browse("")
    evening.browse(ADDONS[0])
    assert film.playcount == 0
    undo = build_undo(evening.browsing.deps, evening.store)
    assert undo.kept_away == 1
    undo.let_come_back()
    evening.removed.clear()
    evening.browsing.start_over()
    evening.browse(ADDONS[0])
    assert film.playcount == 1


def test_a_tick_of_a_watch_that_is_dated_ahead_stays_away_too(evening: AnyList) -> None:
    evening.watch("Ann", 0, ahead=36_000)
    evening.browse(FILMS)
    assert evening.kodi.videos[0].playcount == 1
    evening.unmark(0)
    evening.browse(FILMS)
    assert evening.kodi.videos[0].playcount == 0


@pytest.fixture
def due_film(evening: AnyList) -> Entry:
    """A film that is due in a list of another add-on, while somebody presses keys there."""
    evening.watch("Ann", ADDONS_FILM)
    evening.press_keys(is_still=False)
    evening.browse(ADDONS[0])
    return evening.kodi.videos[ADDONS_FILM]


def test_what_was_due_is_not_written_while_it_is_asked_about_anew(
    evening: AnyList, due_film: Entry
) -> None:
    evening.people["Ann"].unwatch(evening.titles[due_film.tmdb])
    del evening.watches["Ann", due_film.tmdb, -1, -1]
    evening.server.delay = 0.5
    evening.coordinator.ask_again(Ask(LibTitle(MOVIE, (("tmdb", str(due_film.tmdb)),)), PLAIN))
    evening.browsing.look_again_and_load()
    while not evening.coordinator.is_asking:
        evening.step()
    evening.open_list("")
    evening.take_steps(5)
    assert due_film.playcount == 0
    evening.server.delay = 0.0


def test_a_mark_in_a_list_that_was_opened_again_keeps_its_date(
    evening: AnyList, due_film: Entry
) -> None:
    evening.open_list(ADDONS[1])
    evening.step()
    evening.open_list(ADDONS[0])
    evening.step()
    marked_at = mark_unheard(evening, due_film)
    evening.browse("")
    assert due_film.lastplayed == marked_at


@pytest.mark.parametrize("is_hidden", [True, False])
def test_a_mark_of_what_is_due_keeps_its_date(
    evening: AnyList, due_film: Entry, is_hidden: bool
) -> None:
    if is_hidden:
        evening.hide_watched(hides=True)
        evening.press_keys(is_still=True)
    evening.run_to_rest()
    marked_at = mark_unheard(evening, due_film)
    evening.take_steps(3)
    evening.browse("")
    assert due_film.lastplayed == marked_at


def test_what_was_found_due_while_it_played_does_not_undo_the_play(evening: AnyList) -> None:
    evening.watch("Ann", ADDONS_FILM)
    film = evening.kodi.videos[ADDONS_FILM]
    evening.play(ADDONS_FILM)
    evening.browse(ADDONS[0])
    evening.browse("")
    assert film.playcount == 0
    played_at = mark_unheard(evening, film)
    evening.stop()
    evening.browse("")
    assert film.lastplayed == played_at


def mark_unheard(evening: AnyList, entry: Entry) -> str:
    """Kodi notes a later play and announces nothing; its date."""
    evening.server.clock.forward(1000)
    entry.playcount, entry.lastplayed = 1, for_kodi(evening._utc()) or ""
    return entry.lastplayed


def test_news_that_comes_behind_a_dialog_is_taken_in_when_that_has_gone(
    evening: AnyList, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.browse(FILMS)
    evening.unmark(0)
    evening.watch("Ann", 0)
    evening.let_time_pass(400)
    with monkeypatch.context() as dialog:
        dialog.setattr(evening.browsing.deps.container, "is_covered", lambda: True)
        evening.coordinator.look_now()
        while not evening.coordinator.has_news:
            evening.step()
    evening.run_to_rest()
    assert evening.kodi.videos[0].playcount == 1


def test_a_refresh_that_simkl_refuses_is_blamed_on_no_title(evening: AnyList) -> None:
    grant = evening.account.grant
    assert grant is not None
    evening.server.expire_access(grant.access_token)
    evening.server.misbehave("/oauth2/token", faults.status(400), 1)
    evening.browse(FILMS)
    evening.let_time_pass(1000)
    evening.browse("")
    evening.browse(FILMS)
    assert [film.playcount for film in evening.kodi.of_kind(MOVIE)] == [1] * FILM_COUNT
