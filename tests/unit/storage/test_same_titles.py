"""What Simkl answered of a title is known of it under other ids, and of no other title."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import combinations
from pathlib import Path
from typing import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.simkl.answers import Answer, Film, Series, Watch
from lib.simkl.asks import COUNTERS, EPISODES, PLAIN, Ask
from lib.storage.answer_cache import AnswerCache
from lib.storage.same_titles import SameTitles
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.memory import memory

WATCHED = Watch(datetime(2024, 3, 1, 12, tzinfo=timezone.utc))
IMDB = "tt0113277"
HEAT, RONIN = 1, 2
"""Simkl's own ids."""


def film(**ids: object) -> Ask:
    return Ask(
        Title(MOVIE, tuple(sorted((kind, str(value)) for kind, value in ids.items()))), PLAIN
    )


def series(depth: str = EPISODES, **ids: object) -> Ask:
    return Ask(Title(SHOW, film(**ids).title.ids), depth)


def watched(simkl: int | None = HEAT) -> Film:
    return Film(WATCHED, simkl=simkl)


class Box:
    """A Kodi, over restarts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.start()

    def start(self) -> None:
        self.cache = AnswerCache(memory(self.file))
        self.cache.begin("ann")

    def answer(self, ask: Ask, answer: Answer, at: float = 1.0) -> bool:
        """Whether it is news."""
        self.cache.look_up([ask])
        return self.cache.remember([(ask, answer)], at)

    def says(self, ask: Ask) -> Answer | str:
        """What is known; "" where Simkl is to be asked."""
        self.cache.look_up([ask])
        known = self.cache.known(ask)
        assert known is None or known.title == ask.title
        return "" if known is None else known.answer


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "memory.db")


FIRST, MORE = film(tmdb=949), film(imdb=IMDB, tmdb=949)


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize(
    "more", [MORE, film(imdb=IMDB, tmdb=949, tvdb=5), film(tmdb=949, tvdb=5)], ids=str
)
def test_a_film_whose_row_has_more_ids_later_is_not_asked_about_again(
    box: Box, more: Ask, restarts: bool
) -> None:
    box.answer(FIRST, watched())
    if restarts:
        box.start()
    assert box.says(more) == watched()


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        pytest.param(FIRST, series(PLAIN, imdb=IMDB, tmdb=949), id="a film is no series"),
        pytest.param(FIRST, film(imdb=IMDB, tvdb=949), id="a number of another kind"),
        pytest.param(FIRST, film(imdb=IMDB), id="nothing in common"),
        pytest.param(MORE, film(imdb=IMDB, tmdb=8195), id="they contradict each other"),
        pytest.param(MORE, film(tmdb=949), id="the row of the other may have a wrong id"),
        pytest.param(MORE, film(tmdb=949, tvdb=5), id="and here too"),
        pytest.param(film(mal=1), film(mal=1, tvdb=5), id="a cour's number"),
    ],
)
def test_another_title_is_asked_about(box: Box, known: Ask, asked: Ask) -> None:
    box.answer(known, watched())
    assert box.says(asked) == ""


@pytest.mark.parametrize("restarts", [False, True])
def test_ids_that_simkl_takes_for_two_titles_are_asked_about_together(
    box: Box, restarts: bool
) -> None:
    box.answer(film(imdb=IMDB), watched(HEAT))
    box.answer(film(tmdb=8195), Film(None, simkl=RONIN))
    if restarts:
        box.start()
    assert box.says(film(imdb=IMDB, tmdb=8195)) == ""


@pytest.mark.parametrize("restarts", [False, True])
def test_ids_that_simkl_takes_for_one_title_are_known_together(box: Box, restarts: bool) -> None:
    for each in (film(imdb=IMDB), FIRST):
        box.answer(each, watched())
    if restarts:
        box.start()
    assert box.says(MORE) == watched()


def test_answers_of_an_older_version_say_no_id_and_two_of_them_count_for_nothing(box: Box) -> None:
    box.answer(film(imdb=IMDB), watched(None))
    assert box.says(film(imdb=IMDB, tmdb=8195)) == watched()
    box.answer(film(tmdb=8195), Film(None))
    assert box.says(film(imdb=IMDB, tmdb=8195)) == ""


def test_an_id_that_comes_with_two_of_one_kind_counts_for_neither(box: Box) -> None:
    box.answer(film(imdb=IMDB), watched())
    assert box.says(film(imdb=IMDB, tmdb=949)) == watched()
    assert box.says(film(imdb=IMDB, tmdb=8195)) == ""
    assert box.says(film(imdb=IMDB, tmdb=949)) == ""


def test_what_simkl_does_not_know_by_one_id_is_asked_about_by_more(box: Box) -> None:
    box.answer(FIRST, None)
    assert box.says(MORE) == ""
    box.answer(FIRST, watched())
    box.answer(FIRST, None)
    assert box.says(MORE) == ""
    box.answer(MORE, watched())
    assert box.says(MORE) == watched()


def test_two_titles_that_simkl_gave_one_id_of_its_own_are_one(box: Box) -> None:
    """What was answered later of one holds for the other."""
    by_tmdb, by_imdb = film(tmdb=949), film(imdb=IMDB)
    box.answer(by_tmdb, Film(None, simkl=HEAT))
    box.answer(by_imdb, Film(None, simkl=HEAT))
    box.cache.make_all_old()
    assert box.answer(by_imdb, watched(), at=2.0)
    known = box.cache.known(by_tmdb)
    assert known is not None
    assert (known.answer, known.is_old) == (watched(), False)


def test_of_two_old_answers_a_titles_own_counts(box: Box) -> None:
    by_tmdb, by_imdb = film(tmdb=949), film(imdb=IMDB)
    box.answer(by_tmdb, watched(), at=1.0)
    box.answer(by_imdb, Film(None, simkl=HEAT), at=2.0)
    box.cache.make_all_old()
    assert [box.says(each) for each in (by_tmdb, by_imdb)] == [watched(), Film(None)]


def test_what_simkl_answered_against_its_contract_counts_for_its_own_ids_only(box: Box) -> None:
    box.answer(FIRST, watched())
    box.cache.remember([(FIRST, None)], 2.0, {FIRST})
    assert box.says(FIRST) == watched()
    assert box.says(MORE) == ""


def test_two_that_contradict_each_other_are_none_though_simkl_says_so(box: Box) -> None:
    one, other = film(imdb=IMDB, tmdb=949), film(imdb=IMDB, tmdb=950)
    for each in (one, other):
        box.answer(each, Film(None, simkl=HEAT))
    box.cache.make_all_old()
    box.answer(other, watched(), at=2.0)
    assert box.says(one) == Film(None)


def test_an_answer_that_does_not_go_deep_enough_does_not_count(box: Box) -> None:
    seen = Series({1: 1}, {(1, 1): WATCHED}, simkl=3)
    box.answer(series(COUNTERS, tmdb=70523), Series({1: 1}, None, simkl=3))
    both = {"imdb": "tt5753856", "tmdb": 70523}
    assert box.says(series(COUNTERS, **both)) == Series({1: 1}, None)
    assert box.says(series(EPISODES, **both)) == ""
    box.answer(series(EPISODES, tmdb=70523), seen)
    assert box.says(series(EPISODES, **both)) == seen


def test_single_episodes_are_known_of_the_same_series_too(box: Box) -> None:
    first, more = series(tmdb=70523), series(imdb="tt5753856", tmdb=70523)
    box.answer(first, Series({}, {}, simkl=3))
    box.answer(first._replace(depth=PLAIN, episode=(2, 1)), Series({}, {(2, 1): WATCHED}))
    again = more._replace(depth=PLAIN, episode=(2, 1))
    assert box.says(again) == Series({}, {(2, 1): WATCHED})
    assert box.says(again._replace(episode=(2, 2))) == ""


def test_an_old_answer_is_asked_once_more_and_then_says_whether_it_is_news(box: Box) -> None:
    box.answer(FIRST, Film(None, simkl=HEAT))
    box.cache.make_all_old()
    box.cache.look_up([MORE])
    known = box.cache.known(MORE)
    assert known is not None
    assert known.is_old
    assert box.answer(MORE, watched(), at=2.0)
    assert box.says(MORE) == watched()


@pytest.mark.parametrize("restarts", [False, True])
def test_what_is_checked_again_is_forgotten_under_all_its_ids(box: Box, restarts: bool) -> None:
    box.answer(FIRST, watched())
    assert box.says(MORE) == watched()
    box.cache.forget(MORE.title)
    if restarts:
        box.start()
    assert box.says(MORE) == ""
    assert box.says(FIRST) == ""


def test_what_is_played_is_asked_about_once_more_whichever_ids_it_was_asked_by(box: Box) -> None:
    box.answer(FIRST, watched())
    box.cache.outdate(MORE.title, by=1.5)
    known = box.cache.known(MORE)
    assert known is not None
    assert known.is_old
    assert known.is_outdated


def test_another_person_knows_nothing_of_it(box: Box) -> None:
    box.answer(FIRST, watched())
    box.cache.begin("bob")
    assert box.says(MORE) == ""


# Rows with ids that are right, Simkl's own among the titles'.

TITLES: Mapping[int, Mapping[str, str]] = {
    simkl: {"imdb": f"tt000000{simkl}", "tmdb": str(simkl), "tvdb": str(simkl % 3 + 1)}
    for simkl in range(1, 4)
}
IDS = ("imdb", "tmdb", "tvdb")
SOME_IDS = [some for size in (1, 2, 3) for some in combinations(IDS, size)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([MOVIE, SHOW]), st.sampled_from([*TITLES]), st.sampled_from(SOME_IDS)
        ),
        max_size=20,
    )
)
def test_no_row_ever_gets_the_answer_of_another_title(
    rows: list[tuple[str, int, tuple[str, ...]]],
) -> None:
    """The number of one at TMDb is that of another at TVDB, and of a series."""
    cache = AnswerCache(memory())
    cache.begin("ann")
    for kind, simkl, names in rows:
        own = simkl + (10 if kind == SHOW else 0)
        ask = Ask(Title(kind, tuple((name, TITLES[simkl][name]) for name in names)), PLAIN)
        cache.look_up([ask])
        known = cache.known(ask)
        answer: Answer = Film(None, simkl=own) if kind == MOVIE else Series({}, None, simkl=own)
        if known is None:
            cache.remember([(ask, answer)], 1.0)
        else:
            assert known.answer is not None
            assert known.answer.simkl == own


NAMED = Ask(Title(SHOW, (), "Dark", 2017), EPISODES)


def test_a_name_and_a_cours_number_are_not_one() -> None:
    """A name is what its series is called, whose seasons hold several cours."""
    same = SameTitles()
    cour, other = series(mal=1).title, series(tvdb=5).title
    for title in (NAMED.title, cour, other):
        same.answered(title, HEAT)
    assert same.of(NAMED.title) == (other,)
    assert same.of(cour) == ()


def test_a_title_that_was_answered_itself_is_asked_again_where_simkl_says_no_id(box: Box) -> None:
    """The other answer may be of the title that a wrong id is of."""
    box.answer(MORE, Film(None))
    box.answer(film(imdb=IMDB), watched(None))
    box.cache.follow_moves({MOVIE: "1"})
    box.cache.follow_moves({MOVIE: "2"})
    box.answer(film(imdb=IMDB), watched(None), at=5.0)
    assert box.says(MORE) == Film(None)
