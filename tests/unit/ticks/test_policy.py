"""Which answer counts for a video, and when two counts call for a closer look."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from lib.simkl.answers import AllWatched, Answer, Film, Series, Watch
from lib.simkl.asks import EPISODES
from lib.storage.answer_cache import Known
from lib.ticks.due import EPISODE, FILM, Video
from lib.ticks.library_facts import SeasonCount
from lib.ticks.policy import Policy
from lib.ticks.tick_settings import TickSettings
from lib.ticks.user_changes import UserChanges
from lib.titles.title import MOVIE, Place, Title
from tests.unit.memory import memory

HEAT = Title(MOVIE, (("tmdb", "949"),))
WATCH = Watch(datetime(2024, 3, 1, 12, tzinfo=timezone.utc))
A_FILM = Video(FILM, 1, "/media/heat.mkv", 0, "")
AN_EPISODE = Video(EPISODE, 1, "/media/dark.mkv", 0, "", 7, 1, 2)


@pytest.fixture
def follow() -> Policy:
    return Policy(UserChanges(memory(), lambda: "somebody", lambda: 100.0))


def known(answer: Answer) -> Known:
    return Known(HEAT, answer, EPISODES, 200.0)


@pytest.mark.parametrize(
    ("video", "answer", "watch", "is_unwatched"),
    [
        (A_FILM, Film(WATCH), WATCH, False),
        (A_FILM, Film(None), None, True),
        (A_FILM, None, None, False),
        (A_FILM, Film(None, is_in_parts=True), None, False),
        (A_FILM, Series({}, {(-1, -1): WATCH}), None, False),
        (AN_EPISODE, Series({}, {(1, 2): WATCH}), WATCH, False),
        (AN_EPISODE, Series({}, {(1, 2): None}), None, True),
        (AN_EPISODE, Series({}, {(1, 1): WATCH}), None, False),
        (AN_EPISODE, Series({1: 2}, None), None, False),
        (AN_EPISODE, Film(WATCH), None, False),
    ],
)
def test_what_an_answer_says_of_a_video(
    follow: Policy, video: Video, answer: Answer, watch: Watch | None, is_unwatched: bool
) -> None:
    assert follow.watch_of(video, known(answer)) == watch
    assert follow.is_unwatched(video, known(answer)) is is_unwatched


def test_a_video_that_is_left_out_is_neither_ticked_nor_cleared(follow: Policy) -> None:
    follow.tick_settings = TickSettings(folders=("/media",))
    assert follow.watch_of(A_FILM, known(Film(WATCH))) is None
    assert not follow.is_unwatched(A_FILM, known(Film(None)))


def test_a_tick_that_was_removed_in_the_library_stays_away_in_other_lists_too(
    follow: Policy,
) -> None:
    follow.user_changes.removes(A_FILM.key, Place(HEAT), None)
    elsewhere = replace(A_FILM, dbid=-1, file="plugin://plugin.video.films/heat")
    assert follow.watch_of(elsewhere, known(Film(WATCH))) is None


def test_a_video_that_was_played_since_is_not_cleared_by_an_older_answer(follow: Policy) -> None:
    follow.user_changes.plays(A_FILM.key)
    follow.user_changes.stops()
    assert follow.is_unwatched(A_FILM, known(Film(None)))
    older = Known(HEAT, Film(None), EPISODES, 99.0)
    assert not follow.is_unwatched(A_FILM, older)


@pytest.mark.parametrize(
    ("there", "here", "differs", "differs_where_simkl_may_clear"),
    [
        (3, (5, 0), True, True),
        (3, (5, 3), False, False),
        (0, (5, 3), False, True),
        (2, (5, 3), True, True),
        (4, (5, 5), False, True),
        (5, (5, 5), False, False),
        (0, (5, 0), False, False),
    ],
)
def test_counters_call_for_a_closer_look(
    follow: Policy,
    there: int,
    here: tuple[int, int],
    differs: bool,
    differs_where_simkl_may_clear: bool,
) -> None:
    answer, counts = Series({1: there, 9: 1}, None), {1: SeasonCount(*here)}
    assert follow.may_differ(answer, counts) is differs
    follow.tick_settings = TickSettings(may_clear=True)
    assert follow.may_differ(answer, counts) is differs_where_simkl_may_clear


@pytest.mark.parametrize(
    ("here", "differs"),
    [
        ({1: SeasonCount(5, 5), 2: SeasonCount(5, 0)}, True),
        ({1: SeasonCount(5, 5), 2: SeasonCount(5, 5)}, False),
        ({0: SeasonCount(3, 0), 1: SeasonCount(5, 5)}, False),
    ],
)
def test_a_series_that_is_counted_as_all_watched_calls_for_a_closer_look(
    follow: Policy, here: dict[int, SeasonCount], differs: bool
) -> None:
    answer = Series({}, None, AllWatched(10, WATCH))
    assert follow.may_differ(answer, here) is differs
