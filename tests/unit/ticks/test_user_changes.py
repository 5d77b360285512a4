"""What the person does wins: what they took away stays away, until Simkl has a newer watch."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from lib.simkl.answers import Watch
from lib.storage.made_ticks import MadeTick
from lib.ticks.due import EPISODE, Video
from lib.ticks.due import FILM as A_FILM
from lib.ticks.user_changes import UserChanges
from lib.titles.title import MOVIE, SHOW, Place, Title
from tests.unit.memory import memory

HEAT = Title(MOVIE, (("imdb", "tt0113277"), ("tmdb", "949")))
HEAT_TOO = Title(MOVIE, (("tmdb", "949"),))
RONIN = Title(MOVIE, (("tmdb", "8195"),))
DARK = Title(SHOW, (("tmdb", "70523"),))
FILM = ("movie", 7)
NOW = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
BEFORE, AFTER = Watch(NOW - timedelta(days=1)), Watch(NOW + timedelta(days=1))
MADE = MadeTick("/heat.mkv", *FILM, 1, "2025-12-31 12:00:00", 0, "", 0, "somebody")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory.db"


def hand(file: Path, person: str = "somebody") -> UserChanges:
    """The user's changes as they are after a start of Kodi."""
    return UserChanges(memory(file), lambda: person, lambda: 100.0, lambda: NOW)


def allows(hand: UserChanges, watch: Watch, title: Title = HEAT, asked_at: float = 200.0) -> bool:
    return hand.allows(film(7), title, watch, asked_at)


def film(dbid: int) -> Video:
    return Video(A_FILM, dbid, f"/{dbid}.mkv", 0, "")


def an_episode(dbid: int, season: int, number: int) -> Video:
    return Video(EPISODE, dbid, f"/{dbid}.mkv", 0, "", 1, season, number)


def test_a_tick_that_was_taken_away_waits_for_a_newer_watch_over_restarts(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    for again in (hand(file), hand(file)):
        assert not allows(again, BEFORE)
        assert not allows(again, Watch(None))
        assert allows(again, AFTER)


def test_on_a_box_whose_clock_begins_in_1970_it_waits_too(file: Path) -> None:
    begin = datetime(1970, 1, 1, tzinfo=timezone.utc)
    no_clock = UserChanges(memory(file), lambda: "somebody", lambda: 100.0, lambda: begin)
    no_clock.removes(FILM, Place(HEAT), None)
    assert not allows(hand(file), BEFORE)
    assert allows(hand(file), AFTER)


@pytest.mark.parametrize(("ahead", "stays_away"), [(2, True), (14, True), (24 * 365, False)])
def test_a_tick_of_a_watch_that_is_dated_ahead_by_hours_stays_away_too(
    file: Path, ahead: int, stays_away: bool
) -> None:
    shown = NOW + timedelta(hours=ahead)
    hand(file).removes(FILM, Place(HEAT), shown)
    assert allows(hand(file), Watch(shown)) is not stays_away
    assert allows(hand(file), Watch(shown + timedelta(hours=1)))


def test_a_tick_that_was_taken_back_keeps_away_the_watches_of_that_person_only(file: Path) -> None:
    hand(file).has_taken_back(FILM, Place(HEAT), MADE)
    assert not allows(hand(file), BEFORE)
    assert allows(hand(file), AFTER)
    assert allows(hand(file, "somebody else"), BEFORE)


def test_a_tick_that_was_taken_away_by_hand_keeps_away_everybodys(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    assert not allows(hand(file, "somebody else"), BEFORE)


def test_it_is_known_by_any_id_that_is_the_same(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    assert not allows(hand(file), BEFORE, HEAT_TOO)


def test_a_film_that_has_got_the_library_id_of_another_is_ticked(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    assert allows(hand(file), BEFORE, RONIN)


def test_where_it_is_not_known_which_film_it_was_it_stays_away(file: Path) -> None:
    hand(file).removes(FILM, Place(None), None)
    assert not allows(hand(file), BEFORE)


def test_where_it_is_not_known_which_film_it_was_that_ends_when_its_library_id_goes(
    file: Path,
) -> None:
    hand(file).removes(FILM, Place(None), None)
    hand(file).forget(("movie", 8))
    assert not allows(hand(file), BEFORE)
    hand(file).forget(FILM)
    assert allows(hand(file), BEFORE)


@pytest.mark.parametrize("place", [Place(HEAT), Place(None)])
def test_a_tick_that_is_set_again_is_forgotten(file: Path, place: Place) -> None:
    hand(file).removes(FILM, place, None)
    hand(file).sets(FILM, Place(HEAT))
    assert allows(hand(file), BEFORE)


def test_it_stays_away_when_kodi_gives_the_title_another_library_id(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    hand(file).forget(FILM)
    assert not hand(file).allows(film(22), HEAT, BEFORE, 200.0)
    assert hand(file).allows(film(22), HEAT, AFTER, 200.0)


def test_an_episode_that_was_removed_stays_away_by_season_and_number(file: Path) -> None:
    hand(file).removes(("episode", 7), Place(DARK, 1, 2), None)
    hand(file).forget(("episode", 7))
    again = hand(file)
    videos = [an_episode(7, *place) for place in ((1, 1), (1, 2), (2, 2))]
    allowed = [again.allows(video, DARK, BEFORE, 200) for video in videos]
    assert allowed == [True, False, True]


def test_a_tick_that_was_removed_twice_is_kept_away_once_by_all_its_names(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT_TOO), None)
    hand(file).removes(("movie", 8), Place(HEAT), None)
    assert hand(file).kept_away == 1
    imdb_alone = Title(MOVIE, (("imdb", "tt0113277"),))
    assert not allows(hand(file), BEFORE, imdb_alone)
    hand(file).sets(FILM, Place(imdb_alone))
    assert allows(hand(file), BEFORE, HEAT_TOO)


def test_what_a_newer_watch_has_ended_is_kept_away_no_more_but_older_ones_are(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    hand(file).removes(("movie", 8), Place(RONIN), None)
    assert allows(hand(file), AFTER)
    assert hand(file).kept_away == 1
    assert not allows(hand(file), BEFORE)
    hand(file).removes(FILM, Place(HEAT), None)
    assert hand(file).kept_away == 2


def test_all_that_is_kept_away_from_this_person_may_come_back(file: Path) -> None:
    hand(file).removes(FILM, Place(HEAT), None)
    hand(file).has_taken_back(FILM, Place(RONIN), MADE)
    assert hand(file, "somebody else").kept_away == 1
    assert hand(file).kept_away == 2
    hand(file, "somebody else").pardon_all()
    assert allows(hand(file), BEFORE)
    assert not allows(hand(file), BEFORE, RONIN)
    hand(file).pardon_all()
    assert allows(hand(file), BEFORE, RONIN)
    assert hand(file).kept_away == 0


@pytest.mark.parametrize(
    ("asked", "pardoned"),
    [
        (Place(DARK), [(1, 1), (1, 2), (2, 1)]),
        (Place(DARK, 1), [(1, 1), (1, 2)]),
        (Place(DARK, 1, 2), [(1, 2)]),
        (Place(HEAT), []),
    ],
)
def test_who_asks_anew_takes_back_what_they_took_away_of_that(
    file: Path, asked: Place, pardoned: list[tuple[int, int]]
) -> None:
    places = {(1, 1): 1, (1, 2): 2, (2, 1): 3}
    for (season, episode), dbid in places.items():
        hand(file).removes(("episode", dbid), Place(DARK, season, episode), None)
    hand(file).pardon(asked)
    again = hand(file)
    videos = {place: an_episode(dbid, *place) for place, dbid in places.items()}
    allowed = [place for place in places if again.allows(videos[place], DARK, BEFORE, 200)]
    assert allowed == pardoned


def test_what_plays_or_was_played_since_waits_for_a_newer_answer(file: Path) -> None:
    person = hand(file)
    person.plays(FILM)
    assert not allows(person, AFTER)
    person.stops()
    assert not allows(person, AFTER, asked_at=99.0)
    assert allows(person, AFTER, asked_at=101.0)
