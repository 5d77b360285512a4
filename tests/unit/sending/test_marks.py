"""What is a mark by hand, and what only looks like one."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timezone
from typing import Any

import pytest

from lib.sending.keeper import Keeper
from lib.sending.mark_reader import MarkReader
from lib.sending.marks import Marks
from lib.sending.send_settings import SendSettings
from lib.storage.made_ticks import MadeTick
from lib.storage.outbox import MARK, PLAY, UNWATCHED, WATCHED, OutboxEntry
from lib.storage.removed_ticks import Key
from lib.storage.store import Store
from lib.ticks.journal import Journal
from lib.ticks.library import Library
from lib.titles.datetimes import for_kodi
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.kodi_in_memory import EPISODE, TVSHOW, Entry, KodiInMemory
from tests.unit.memory import memory

NOW = datetime(2026, 11, 20, 20, 0, 0, tzinfo=timezone.utc).timestamp()
ANN = "ann"
HEAT, RONIN, SERIES = 1, 2, 1
FILM = "movie"
UPDATE, REMOVE = "VideoLibrary.OnUpdate", "VideoLibrary.OnRemove"


class Living:
    """A library, a person who marks in it, and what is to be told of it."""

    def __init__(self, store: Store) -> None:
        self.now = NOW
        self.kodi = KodiInMemory(lambda *_: None, lambda *_: None)
        for dbid in (HEAT, RONIN):
            self.kodi.add(Entry(FILM, dbid, f"Film {dbid}", 100 + dbid, f"/films/{dbid}.mkv"))
        self.kodi.add(Entry(TVSHOW, SERIES, "Dark", 50, "/dark/"))
        for number in range(1, 31):
            file = f"/dark/{number}.mkv"
            self.kodi.add(Entry(EPISODE, number, "", 50, file, 0, "", SERIES, 1, number))
        self.settings = SendSettings(is_on=True)
        self.account = ANN
        self.left_out: set[str] = set()
        self.playing: Key | None = None
        self.answers: list[bool] = []
        self.asked: list[int] = []
        self.calls: dict[str, int] = defaultdict(int)
        self.store = store
        self.begin()

    def begin(self) -> None:
        """Kodi starts."""
        reader = MarkReader(
            Library(self._batch, lambda _: True),
            Journal(self.store, lambda: ANN, lambda: self.now),
            lambda _, file: file not in self.left_out,
            lambda: self.settings,
        )
        self.marks = Marks(
            self.store.unread_marks,
            Keeper(self.store.outbox, lambda: None),
            reader,
            lambda key: key == self.playing,
            self._ask,
            now=lambda: self.now,
        )

    def _batch(self, calls: Any) -> list[Any]:
        replies = []
        for method, params in calls:
            self.calls[method] += 1
            try:
                replies.append(self.kodi.run(method, params))
            except KeyError:
                replies.append({"code": -32602})
        return replies

    def _ask(self, count: int) -> bool | None:
        self.asked.append(count)
        return self.answers.pop() if self.answers else None

    def announce(self, kind: str, dbid: int, playcount: int | None, **more: Any) -> None:
        data: dict[str, Any] = {"item": {"type": kind, "id": dbid}, **more}
        if playcount is not None:
            data["playcount"] = playcount
        self.marks.heard(UPDATE, data, self.now, self.account)

    def mark(self, kind: str, dbid: int, playcount: int = 1) -> None:
        """Kodi does so, and announces it."""
        self.have(kind, dbid, playcount)
        self.announce(kind, dbid, playcount)

    def have(self, kind: str, dbid: int, playcount: int = 1) -> None:
        entry = self.kodi.entries[kind, dbid]
        entry.playcount = playcount
        moment = datetime.fromtimestamp(int(self.now), timezone.utc)
        entry.lastplayed = (for_kodi(moment) or "") if playcount else ""

    def wait(self, seconds: float = 5.0) -> None:
        self.marks.keep()
        self.now += seconds
        while self.marks.step():
            pass

    @property
    def waiting(self) -> list[OutboxEntry]:
        return self.store.outbox.waiting(ANN)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(each.what, each.label) for each in self.waiting]


@pytest.fixture
def living() -> Living:
    return Living(memory(now=lambda: NOW))


# -- what is one --


def test_a_film_that_is_marked_is_told_with_the_moment_of_its_mark(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.wait()
    (entry,) = living.waiting
    assert (entry.account, entry.what, entry.origin) == (ANN, WATCHED, MARK)
    assert entry.title == Title(MOVIE, (("tmdb", "101"),))
    assert (entry.season, entry.episode, entry.label) == (-1, -1, "Film 1 (1990)")
    assert entry.at.timestamp() == NOW


def test_an_episode_is_told_by_its_series(living: Living) -> None:
    living.mark(EPISODE, 7)
    living.wait()
    (entry,) = living.waiting
    assert (entry.title, entry.season, entry.episode) == (Title(SHOW, (("tmdb", "50"),)), 1, 7)
    assert entry.label == " 1x07"  # the library in memory names no series


def test_a_file_that_holds_two_episodes_is_both_of_them(living: Living) -> None:
    """Kodi ticks both, and announces the one that was marked."""
    living.settings = SendSettings(is_on=True, unmarks=True)
    both = [living.kodi.entries[EPISODE, number] for number in (7, 8)]
    for entry in both:
        entry.file = "/dark/7-8.mkv"
    living.have(EPISODE, 7)
    living.mark(EPISODE, 8)
    living.wait()
    assert sorted(living.told) == [(WATCHED, " 1x07"), (WATCHED, " 1x08")]
    assert {each.at.timestamp() for each in living.waiting} == {NOW}
    living.have(EPISODE, 8, 0)
    living.mark(EPISODE, 7, 0)
    living.wait()
    assert sorted(living.told) == [(UNWATCHED, " 1x07"), (UNWATCHED, " 1x08")]


def test_its_moment_is_that_of_the_announcement_however_late_it_is_heard(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.wait(300)
    assert living.waiting[0].at.timestamp() == NOW


def test_its_moment_is_kodis_where_that_is_the_same(living: Living) -> None:
    living.have(FILM, HEAT)
    living.now += 1.0  # the next second, by the time it is announced
    living.announce(FILM, HEAT, 1)
    living.wait()
    assert living.waiting[0].at.timestamp() == NOW


@pytest.mark.parametrize("kind", ["season", TVSHOW])
def test_a_season_or_a_series_that_is_marked_is_each_of_its_episodes(
    living: Living, kind: str
) -> None:
    living.announce(kind, 3, 1)
    for number in range(1, 31):
        living.mark(EPISODE, number)
    living.wait()
    assert sorted(each.episode for each in living.waiting) == list(range(1, 31))
    assert living.asked == []


def test_a_set_that_is_marked_is_each_of_its_films(living: Living) -> None:
    for dbid in range(3, 13):
        living.kodi.add(Entry(FILM, dbid, "", 100 + dbid, f"/films/{dbid}.mkv"))
    living.announce("set", 1, 1)
    for dbid in range(1, 13):
        living.mark(FILM, dbid)
    living.wait()
    assert len(living.waiting) == 12
    assert living.asked == []


def test_all_of_a_season_is_there_before_any_of_it_is_sent(living: Living) -> None:
    living.announce("season", 1, 1)
    for number in range(1, 31):
        living.mark(EPISODE, number)
    assert living.marks.is_coming
    living.marks.keep()
    assert not living.marks.step()
    living.now += 2.0
    while living.marks.step():
        assert living.marks.is_coming or len(living.waiting) == 30
    assert not living.marks.is_coming


def test_a_quit_right_after_a_mark_loses_nothing(living: Living) -> None:
    living.announce("season", 1, 1)
    for number in range(1, 8):
        living.mark(EPISODE, number)
    living.marks.keep()
    living.begin()
    living.wait(3600)
    assert len(living.waiting) == 7
    assert living.waiting[0].at.timestamp() == NOW
    assert living.asked == []


def test_five_that_a_hand_marks_one_after_another_are_five(living: Living) -> None:
    for number in range(1, 21):
        living.mark(EPISODE, number)
        living.now += 1.0
    living.wait()
    assert len(living.waiting) == 20
    assert living.asked == []


# -- what is none --


def test_the_end_of_a_play_is_none(living: Living) -> None:
    living.playing = (FILM, HEAT)
    living.mark(FILM, HEAT)
    living.marks.heard(UPDATE, {"id": HEAT, "type": FILM}, living.now, ANN)
    living.playing = None
    living.wait()
    assert living.waiting == []


def test_the_end_of_a_play_of_no_library_is_none(living: Living) -> None:
    living.marks.heard(UPDATE, {"id": -1, "type": FILM, "playcount": 1}, living.now, ANN)
    living.marks.heard(UPDATE, {"id": -1, "type": ""}, living.now, ANN)
    living.wait()
    assert living.waiting == []


def test_the_announcement_of_a_season_or_a_series_is_none_itself(living: Living) -> None:
    """Their ids are no episodes', though of the same size."""
    living.have(EPISODE, 3)
    living.have(FILM, HEAT)
    for kind, dbid in (("season", 3), (TVSHOW, 1), ("set", HEAT)):
        living.announce(kind, dbid, 1)
    living.wait()
    assert living.waiting == []


@pytest.mark.parametrize("more", [{"added": True}, {"transaction": True}])
def test_a_scan_and_a_refresh_are_none(living: Living, more: dict[str, bool]) -> None:
    living.have(FILM, HEAT)
    living.announce(FILM, HEAT, None, **more)
    living.announce(FILM, HEAT, 1, **more)
    living.announce(FILM, HEAT, None)
    living.wait()
    assert living.waiting == []


@pytest.mark.parametrize("dbid", [HEAT, 99])
def test_a_version_that_is_not_the_films_own_is_none(living: Living, dbid: int) -> None:
    """Kodi announces it as the film's, and the film stays unwatched."""
    living.announce(FILM, dbid, 1)
    living.wait()
    assert living.waiting == []


def tick_of_ours(living: Living) -> None:
    """Kodi has it, as this add-on wrote it."""
    living.have(FILM, HEAT)
    entry = living.kodi.entries[FILM, HEAT]
    at = int(living.now)
    tick = MadeTick(entry.file, FILM, HEAT, 1, entry.lastplayed, 0, "", at, ANN)
    living.store.made_ticks.note([tick])


def test_a_tick_of_ours_is_none(living: Living) -> None:
    tick_of_ours(living)
    living.announce(FILM, HEAT, 1)
    living.wait()
    assert living.waiting == []


def test_what_was_a_tick_of_ours_may_be_unmarked_and_marked_all_the_same(living: Living) -> None:
    tick_of_ours(living)
    living.now += 5
    living.mark(FILM, HEAT, 0)
    living.now += 5
    living.mark(FILM, HEAT)
    living.wait()
    assert len(living.waiting) == 1


def test_what_nobody_who_is_signed_in_marks_is_none(living: Living) -> None:
    living.account = ""
    living.mark(FILM, HEAT)
    living.wait()
    living.account = ANN
    assert living.waiting == []
    assert living.store.unread_marks.all() == []


@pytest.mark.parametrize("kind", ["song", "musicvideo", "unknown"])
def test_what_is_no_film_and_no_episode_is_none(living: Living, kind: str) -> None:
    living.have(FILM, HEAT)
    living.announce(kind, HEAT, 1)
    living.wait()
    assert living.waiting == []


def test_what_cannot_be_named_is_none(living: Living) -> None:
    living.kodi.remove(living.kodi.entries[TVSHOW, SERIES])
    living.mark(EPISODE, 1)
    living.wait()
    assert living.waiting == []


def test_what_is_left_alone_or_left_out_is_none(living: Living) -> None:
    living.left_out.add("/films/1.mkv")
    living.mark(FILM, HEAT)
    living.mark(FILM, RONIN)
    living.wait()
    assert [each.label for each in living.waiting] == ["Film 2 (1990)"]


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        (SendSettings(is_on=True, marks=False), []),
        (SendSettings(is_on=True, films=False), [" 1x01"]),
        (SendSettings(is_on=True, episodes=False), ["Film 1 (1990)"]),
    ],
)
def test_what_the_person_does_not_want_told_is_none(
    living: Living, settings: SendSettings, labels: list[str]
) -> None:
    living.settings = settings
    living.mark(FILM, HEAT)
    living.mark(EPISODE, 1)
    living.wait()
    assert [each.label for each in living.waiting] == labels


def test_what_left_the_library_before_it_was_read_is_not_its_successors(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.marks.keep()
    living.marks.heard(REMOVE, {"type": FILM, "id": HEAT}, living.now, ANN)
    living.kodi.entries[FILM, HEAT] = Entry(FILM, HEAT, "Other", 900, "/o.mkv", 1)
    living.wait()
    assert living.waiting == []


def leave_the_library(living: Living, kind: str, dbid: int) -> None:
    """A step after it was marked: a person is no faster."""
    living.marks.step()
    living.now += 0.5
    living.kodi.remove(living.kodi.entries[kind, dbid])
    living.marks.heard(REMOVE, {"type": kind, "id": dbid}, living.now, ANN)


@pytest.mark.parametrize("kind", [FILM, EPISODE])
def test_what_leaves_the_library_right_after_its_mark_is_told(living: Living, kind: str) -> None:
    living.mark(kind, 1)
    leave_the_library(living, kind, 1)
    living.kodi.entries[kind, 1] = Entry(kind, 1, "Other", 900, "/o.mkv", 1)
    living.wait()
    assert [each.at.timestamp() for each in living.waiting] == [NOW]
    assert "900" not in str(living.waiting)


def test_what_is_unmarked_and_leaves_the_library_is_not_told(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.marks.step()
    living.mark(FILM, HEAT, 0)
    leave_the_library(living, FILM, HEAT)
    living.wait()
    assert living.waiting == []


def test_of_many_at_once_none_is_told_because_it_leaves_the_library(living: Living) -> None:
    for number in range(1, 9):
        living.mark(EPISODE, number)
    leave_the_library(living, EPISODE, 3)
    living.wait()
    assert living.waiting == []
    assert living.asked == [7]


def test_what_is_read_ahead_costs_little(living: Living) -> None:
    living.announce("season", 1, 1)
    for number in range(1, 31):
        living.mark(EPISODE, number)
        living.marks.step()
    for _ in range(50):
        living.marks.step()
    assert living.calls["VideoLibrary.GetTVShowDetails"] <= 10
    assert living.calls["VideoLibrary.GetEpisodeDetails"] <= 30


# -- many at once --


def test_many_at_once_that_no_hand_made_are_asked_about_once_with_their_number(
    living: Living,
) -> None:
    for number in range(1, 13):
        living.mark(EPISODE, number)
    living.wait()
    assert living.waiting == []
    assert living.asked == [12]
    living.mark(FILM, HEAT)  # by hand, meanwhile
    living.wait()
    assert living.told == [(WATCHED, "Film 1 (1990)")]
    living.answers = [True]
    living.wait()
    assert len(living.waiting) == 13
    assert set(living.asked) == {12}


def test_many_at_once_that_are_not_to_be_told_are_not(living: Living) -> None:
    for number in range(1, 7):
        living.mark(EPISODE, number)
    living.answers = [False]
    living.wait()
    living.wait()
    assert living.waiting == []
    assert living.asked == [6]


def test_many_at_once_wait_over_a_restart_for_the_answer(living: Living) -> None:
    for number in range(1, 10):
        living.mark(EPISODE, number)
    living.wait()
    living.begin()
    living.answers = [True]
    living.wait()
    living.wait()
    assert len(living.waiting) == 9
    assert {each.at.timestamp() for each in living.waiting} == {NOW}


def test_five_at_once_are_a_hands(living: Living) -> None:
    for number in range(1, 6):
        living.mark(EPISODE, number)
    living.wait()
    assert len(living.waiting) == 5


def test_a_season_explains_no_films_and_nothing_that_comes_later(living: Living) -> None:
    living.announce("season", 1, 1)
    living.mark(EPISODE, 30)
    living.now += 10
    for number in range(1, 8):
        living.mark(EPISODE, number)
    living.wait()
    assert living.asked == [7]
    assert len(living.waiting) == 1


def test_a_season_that_is_unmarked_explains_no_marks(living: Living) -> None:
    living.announce("season", 1, 0)
    for number in range(1, 8):
        living.mark(EPISODE, number)
    living.wait()
    assert living.asked == [7]


# -- unmarked --


def test_an_unmarked_episode_is_told_where_the_person_wants_that(living: Living) -> None:
    living.settings = SendSettings(is_on=True, unmarks=True)
    living.have(EPISODE, 1)
    living.mark(EPISODE, 1, 0)
    living.mark(FILM, HEAT, 0)  # whose rating would go too
    living.wait()
    assert living.told == [(UNWATCHED, " 1x01")]


def test_an_unmarked_episode_is_not_told_by_itself(living: Living) -> None:
    living.mark(EPISODE, 1, 0)
    living.wait()
    assert living.waiting == []


@pytest.mark.parametrize("kind", [FILM, EPISODE])
def test_a_mark_that_is_taken_back_before_it_was_told_is_told_no_more(
    living: Living, kind: str
) -> None:
    living.mark(kind, 1)
    living.wait()
    assert len(living.waiting) == 1
    living.mark(kind, 1, 0)
    living.wait()
    assert living.waiting == []


def test_a_mark_that_is_taken_back_at_once_is_none(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.mark(FILM, HEAT, 0)
    living.wait()
    assert living.waiting == []


def test_a_play_stays_where_its_tick_is_taken_away(living: Living) -> None:
    living.mark(FILM, HEAT)
    living.wait()
    (marked,) = living.waiting
    played = OutboxEntry(ANN, WATCHED, PLAY, marked.title, -1, -1, marked.at, "Heat")
    living.store.outbox.drop([marked])
    living.store.outbox.add([played])
    living.mark(FILM, HEAT, 0)
    living.wait()
    assert living.told == [(WATCHED, "Heat")]


def test_a_season_that_is_unmarked_is_each_of_its_episodes(living: Living) -> None:
    living.settings = SendSettings(is_on=True, unmarks=True)
    living.announce("season", 1, 0)
    for number in range(1, 11):
        living.mark(EPISODE, number, 0)
    living.wait()
    assert len(living.waiting) == 10


def test_many_that_are_unmarked_at_once_by_no_hand_are_never_told(living: Living) -> None:
    living.settings = SendSettings(is_on=True, unmarks=True)
    for number in range(1, 11):
        living.mark(EPISODE, number, 0)
    living.wait()
    living.wait()
    assert living.waiting == []
    assert living.asked == []


def test_a_library_is_read_in_few_calls(living: Living) -> None:
    living.announce("season", 1, 1)
    for number in range(1, 31):
        living.mark(EPISODE, number)
    living.wait()
    assert living.calls["VideoLibrary.GetTVShowDetails"] <= 2
    assert living.calls["VideoLibrary.GetEpisodeDetails"] <= 90
