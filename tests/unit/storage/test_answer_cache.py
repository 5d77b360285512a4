"""What Simkl answered is known over restarts, to that person alone, and old when it has moved."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.lists.activity_checks import ActivityChecks
from lib.simkl.activities import moved_at
from lib.simkl.answers import AllWatched, Answer, Film, Series, Watch
from lib.simkl.asks import COUNTERS, EPISODES, PLAIN, Ask
from lib.storage.answer_cache import (
    BEFORE_THE_START,
    AnswerCache,
    Known,
    completed,
    left_open,
    with_all_watched,
)
from lib.storage.answer_text import answer_of, words_of
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.memory import memory

WATCH = Watch(datetime(2024, 3, 1, 12, tzinfo=timezone.utc))
HEAT = Ask(Title(MOVIE, (("tmdb", "949"),)), PLAIN)
DARK = Ask(Title(SHOW, (("tmdb", "70523"),)), EPISODES)
EPISODE = Ask(DARK.title, PLAIN, (2, 1))
SEASONS = Series({1: 1}, {(1, 1): WATCH, (1, 2): None, (0, 1): Watch(None)})
DAY = 86400.0


class Box:
    """A Kodi's memory, over several starts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now = 20_000 * DAY

    def start(self, person: str = "ann") -> AnswerCache:
        answer_cache = AnswerCache(memory(self.file, lambda: self.now))
        answer_cache.begin(person)
        return answer_cache


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "memory.db")


def answer(answer_cache: AnswerCache, ask: Ask) -> Answer | str:
    answer_cache.look_up([ask])
    known = answer_cache.known(ask)
    return "not known" if known is None else known.answer


def is_old(answer_cache: AnswerCache, ask: Ask) -> bool:
    answer_cache.look_up([ask])
    known = answer_cache.known(ask)
    assert known is not None
    return known.is_old


def test_answers_are_known_after_a_restart(box: Box) -> None:
    said: list[tuple[Ask, Answer]] = [
        (HEAT, Film(WATCH)),
        (DARK, SEASONS),
        (EPISODE, Series({}, {(2, 1): None})),
    ]
    box.start().remember(said, 100.0)
    again = box.start()
    assert [answer(again, ask) for ask, _ in said] == [expected for _, expected in said]
    known = again.known(HEAT)
    assert known is not None
    assert known.asked_at == BEFORE_THE_START


def test_what_simkl_does_not_know_is_remembered_too(box: Box) -> None:
    box.start().remember([(HEAT, None)], 100.0)
    assert answer(box.start(), HEAT) is None


def test_counters_do_not_answer_for_episodes(box: Box) -> None:
    box.start().remember([(DARK._replace(depth=COUNTERS), Series({1: 1}, None))], 100.0)
    assert answer(box.start(), DARK) == "not known"
    assert answer(box.start(), DARK._replace(depth=COUNTERS)) == Series({1: 1}, None)


def test_another_person_sees_nothing_and_the_first_ones_answers_go(box: Box) -> None:
    box.start("ann").remember([(HEAT, Film(WATCH))], 100.0)
    assert answer(box.start("bob"), HEAT) == "not known"
    assert answer(box.start("ann"), HEAT) == "not known"


def test_signing_out_and_in_again_loses_nothing(box: Box) -> None:
    answer_cache = box.start("ann")
    answer_cache.remember([(HEAT, Film(WATCH))], 100.0)
    answer_cache.begin("")
    assert answer(answer_cache, HEAT) == "not known"
    answer_cache.begin("ann")
    assert answer(answer_cache, HEAT) == Film(WATCH)


def test_only_what_has_moved_is_old_over_restarts_until_it_is_answered_again(box: Box) -> None:
    first = box.start()
    first.remember([(HEAT, Film(WATCH)), (DARK, SEASONS)], 100.0)
    first.follow_moves({MOVIE: "a", SHOW: "a"})
    assert not is_old(first, HEAT)
    first.follow_moves({MOVIE: "b", SHOW: "a"})
    for answer_cache in (first, box.start()):
        assert is_old(answer_cache, HEAT)
        assert not is_old(answer_cache, DARK)
    again = box.start()
    again.remember([(HEAT, Film(WATCH))], 200.0)
    assert not is_old(again, HEAT)
    assert not is_old(box.start(), HEAT)
    again.follow_moves({MOVIE: "b", SHOW: "a"})
    assert not is_old(again, HEAT)


def test_another_answer_is_news_and_the_same_is_not(box: Box) -> None:
    answer_cache = box.start()
    assert not answer_cache.remember([(HEAT, Film(None))], 1.0)
    assert not answer_cache.remember([(HEAT, Film(None))], 2.0)
    assert answer_cache.remember([(HEAT, Film(WATCH))], 3.0)


def test_what_is_asked_about_again_is_forgotten_with_its_episodes(box: Box) -> None:
    answer_cache = box.start()
    answer_cache.remember([(HEAT, Film(WATCH)), (DARK, SEASONS), (EPISODE, SEASONS)], 100.0)
    answer_cache.forget(DARK.title)
    for each in (answer_cache, box.start()):
        assert answer(each, DARK) == "not known"
        assert answer(each, EPISODE) == "not known"
        assert answer(each, HEAT) == Film(WATCH)


def test_what_was_not_seen_for_a_year_goes(box: Box) -> None:
    box.start().remember([(HEAT, Film(WATCH)), (DARK, SEASONS)], 100.0)
    box.now += 300 * DAY
    assert answer(box.start(), HEAT) == Film(WATCH)
    box.now += 100 * DAY
    again = box.start()
    assert answer(again, HEAT) == Film(WATCH)
    assert answer(again, DARK) == "not known"


def test_fifty_thousand_episodes_fit_in_twenty_megabytes(box: Box) -> None:
    watches = {(season, number): WATCH for season in (1, 2) for number in range(1, 14)}
    answer_cache = box.start()
    for start in range(0, 2000, 100):
        answer_cache.remember(
            [
                (Ask(Title(SHOW, (("tmdb", str(n + 1)),)), EPISODES), Series({1: 13}, watches))
                for n in range(start, start + 100)
            ],
            100.0,
        )
    files = box.file.parent.glob("memory.db*")
    assert sum(file.stat().st_size for file in files) < 20_000_000


# Single episodes.


def test_episodes_that_an_answer_does_not_list_are_left_open() -> None:
    known = Known(DARK.title, SEASONS, EPISODES, 1.0)
    assert left_open(known, [(1, 1), (2, 1)]) == [EPISODE]
    assert left_open(Known(DARK.title, None, EPISODES, 1.0), [(2, 1)]) == []


def test_they_are_completed_by_the_answers_about_them() -> None:
    known = Known(DARK.title, SEASONS, EPISODES, 1.0)
    single = Known(DARK.title, Series({}, {(2, 1): WATCH}), PLAIN, 2.0)
    whole = completed(known, [single, None]).answer
    assert isinstance(whole, Series)
    assert whole.episodes == {**(SEASONS.episodes or {}), (2, 1): WATCH}


# As it is kept.

_MOMENTS = st.integers(1, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, timezone.utc))
_WATCHES = st.none() | st.builds(Watch, st.none() | _MOMENTS)
_NUMBERS = st.integers(0, 3000)
_EPISODES = st.dictionaries(st.tuples(_NUMBERS, _NUMBERS), _WATCHES)
_ALL = st.builds(AllWatched, _NUMBERS, st.builds(Watch, st.none() | _MOMENTS))
_SERIES = st.builds(
    Series, st.dictionaries(_NUMBERS, _NUMBERS), st.none() | _EPISODES, st.none() | _ALL
)


@given(st.none() | st.builds(Film, _WATCHES, st.booleans()) | _SERIES)
def test_an_answer_is_the_same_after_it_was_kept(answer: Answer) -> None:
    kept = answer_of(words_of(answer))
    assert kept == answer
    if isinstance(answer, Film):
        assert isinstance(kept, Film)
        assert kept.is_in_parts is answer.is_in_parts


ALL_WATCHED = Known(DARK.title, Series({}, None, AllWatched(3, WATCH)), EPISODES, 1.0)


def test_a_series_that_is_counted_as_all_watched_has_all_its_regular_episodes_watched() -> None:
    known = with_all_watched(ALL_WATCHED, [(0, 1), (1, 1), (1, 2), (2, 1), (2, 1)])
    assert isinstance(known.answer, Series)
    assert known.answer.episodes == dict.fromkeys([(1, 1), (1, 2), (2, 1)], WATCH)


def test_where_kodi_has_more_episodes_than_simkl_counts_none_is_watched_by_that() -> None:
    """A series of which Simkl keeps each season as a title of its own."""
    episodes = [(season, number) for season in (1, 2) for number in (1, 2, 3)]
    assert with_all_watched(ALL_WATCHED, episodes) == ALL_WATCHED
    listed = Known(DARK.title, SEASONS, EPISODES, 1.0)
    assert with_all_watched(listed, [(1, 2)]) == listed


@given(st.text())
def test_words_that_are_none_of_these_are_refused_or_understood(words: str) -> None:
    with suppress(ValueError):
        answer_of(words)


@pytest.mark.parametrize(
    "words", ["null", "[]", "{}", '{"film":"x"}', '{"counts":[[1]]}', "1", "[" * 100_000]
)
def test_damaged_words_are_not_known(words: str) -> None:
    with pytest.raises(ValueError, match=r"Error|Expecting|values"):
        answer_of(words)


# When to look.


def test_only_watched_state_that_moves_counts() -> None:
    films = {"all": "2026-01-09T00:00:00Z", "rated_at": "2026-01-09T00:00:00Z", "playback": None}
    moved = moved_at(
        {
            "all": "2026-01-09T00:00:00Z",
            "movies": {**films, "completed": "2024-01-01T00:00:00Z", "dropped": None},
            "tv_shows": {"watching": "2024-01-02T00:00:00Z", "hold": "nonsense"},
            "anime": {"watching": "2024-01-03T00:00:00Z", "removed_from_list": 7},
        }
    )
    assert moved == {MOVIE: "2024-01-01T00:00:00Z", SHOW: "2024-01-03T00:00:00Z"}
    assert moved_at({"movies": None, "tv_shows": []}) == {MOVIE: "", SHOW: ""}


def test_the_first_film_that_a_person_ever_watches_makes_films_old(box: Box) -> None:
    answer_cache = box.start()
    answer_cache.remember([(HEAT, Film(None))], 100.0)
    answer_cache.follow_moves(moved_at({"movies": {"completed": None}}))
    assert not is_old(answer_cache, HEAT)
    answer_cache.follow_moves(moved_at({"movies": {"completed": "2026-01-01T00:00:00Z"}}))
    assert is_old(answer_cache, HEAT)


def test_a_closer_look_at_the_same_counters_is_no_news(box: Box) -> None:
    answer_cache = box.start()
    answer_cache.remember([(DARK._replace(depth=COUNTERS), Series({1: 1}, None))], 1.0)
    assert not answer_cache.remember([(DARK, SEASONS)], 2.0)
    assert answer_cache.remember([(DARK, Series({1: 2}, {}))], 3.0)


def test_it_looks_after_a_pause_and_every_few_minutes_and_not_more_often() -> None:
    now = 0.0
    fresh = ActivityChecks(lambda: now)
    looks = {}
    for now in (0, 30, 80, 130, 200, 250, 290, 310, 340, 500):
        looks[now] = fresh.opens_list()
    # After 70 seconds of nothing at 200; 300 seconds after that at 500.
    assert [at for at, is_due in looks.items() if is_due] == [0, 200, 500]


def test_it_looks_after_sleep_though_the_clock_stood_still() -> None:
    fresh = ActivityChecks(lambda: 0.0)
    assert fresh.opens_list()
    assert not fresh.opens_list()
    fresh.begin_anew()
    assert fresh.opens_list()
    assert not fresh.opens_list()


def test_in_a_list_that_stays_it_looks_within_fifteen_minutes() -> None:
    now = 0.0
    fresh = ActivityChecks(lambda: now)
    assert fresh.opens_list()
    looks = {}
    for now in range(30, 2000, 30):
        looks[now] = fresh.is_there()
    assert [at for at, is_due in looks.items() if is_due] == [840, 1680]


def test_of_what_was_played_only_answers_from_before_are_asked_once_more(tmp_path: Path) -> None:
    answer_cache = Box(tmp_path / "memory.db").start()
    answer_cache.remember([(DARK, SEASONS)], 1.0)
    answer_cache.remember([(EPISODE, SEASONS)], 3.0)
    answer_cache.outdate(DARK.title, 2.0)
    assert [known and known.is_old for known in map(answer_cache.known, (DARK, EPISODE))] == [
        True,
        False,
    ]
    assert answer_cache.remember([(DARK, SEASONS)], 4.0)  # though it says the same
    assert not answer_cache.remember([(EPISODE, SEASONS)], 5.0)


def test_what_is_unclear_and_was_played_waits_for_its_time_and_is_news_then(tmp_path: Path) -> None:
    answer_cache = Box(tmp_path / "memory.db").start()
    answer_cache.remember([(HEAT, Film(WATCH))], 1.0)
    answer_cache.remember([(HEAT, None)], 2.0, {HEAT})
    answer_cache.outdate(HEAT.title, 3.0)
    known = answer_cache.known(HEAT)
    assert known is not None
    assert not known.is_old
    assert answer_cache.remember([(HEAT, Film(WATCH))], 4.0)
