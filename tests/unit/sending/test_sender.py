"""What waits is asked about, told once with its true date, and read back where that is in doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Iterator

import pytest

from lib.simkl.client import Simkl
from lib.storage.outbox import PLAY, TOLD, UNPLACED, WAITING
from lib.titles.title import MOVIE, SHOW, Title
from tests.simkl_server import SimklServer, faults
from tests.simkl_server import Title as SimklTitle
from tests.simkl_server.clock import stamp
from tests.unit.coordinator_setup import film as ask_film
from tests.unit.sending.send_setup import (
    ASKED,
    HISTORY,
    ON,
    REMOVE,
    SendSetup,
    film,
    hours,
    series,
    stamps,
)

HEAT, RONIN, DARK, ANIME = 949, 8195, 70523, 5000
DAY = 24 * 3600.0


@pytest.fixture
def titles(server: SimklServer) -> dict[int, SimklTitle]:
    return {
        HEAT: server.add_film("Heat", 1995, tmdb=HEAT),
        RONIN: server.add_film("Ronin", 1998, tmdb=RONIN),
        DARK: server.add_series("Dark", 2017, {0: 1, 1: 3, 2: 70}, tmdb=DARK),
    }


@pytest.fixture
def simkl(
    server: SimklServer, door: Simkl, tmp_path: Path, titles: dict[int, SimklTitle]
) -> Iterator[SendSetup]:
    setup = SendSetup(server, door, tmp_path)
    assert titles
    yield setup
    door.leave()
    setup.worker.leave(5)


def good(simkl: SendSetup) -> bool:
    return simkl.server.violations == []


# -- what is told --


def test_a_film_is_told_once_with_the_moment_it_was_watched(simkl: SendSetup) -> None:
    entry = simkl.entry(film(HEAT), origin=PLAY)
    simkl.add(entry)
    simkl.server.clock.forward(3 * DAY)
    simkl.send(2 * DAY)
    assert simkl.recorded == [("Heat", None, *stamps([entry]))]
    assert (simkl.count(ASKED), simkl.count(HISTORY)) == (1, 1)
    assert simkl.waiting == []
    assert simkl.said_told == [entry.label]
    assert good(simkl)


def test_episodes_of_one_series_go_in_one_body_with_films_beside_them(simkl: SendSetup) -> None:
    entries = [simkl.entry(series(DARK), 1, number) for number in (1, 2, 3)]
    simkl.add(*entries, simkl.entry(film(HEAT)))
    simkl.send()
    assert [episode for _, episode, _ in simkl.recorded] == [None, (1, 1), (1, 2), (1, 3)]
    assert (simkl.count(ASKED), simkl.count(HISTORY)) == (1, 1)
    assert good(simkl)


def test_at_most_fifty_watches_go_in_one_body(simkl: SendSetup) -> None:
    simkl.add(*(simkl.entry(series(DARK), 2, number) for number in range(1, 64)))
    simkl.send()
    assert len(simkl.recorded) == 63
    bodies = [request.body for request in simkl.server.requests_to(HISTORY)]
    sizes = [len(body["shows"][0]["seasons"][0]["episodes"]) for body in bodies]  # type: ignore[index]
    assert sizes == [50, 13]
    assert good(simkl)


def test_what_has_only_a_name_is_told_by_simkls_own_id(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(Title(MOVIE, (), "Heat", 1995)))
    simkl.send()
    assert [title for title, _, _ in simkl.recorded] == ["Heat"]
    body = simkl.server.requests_to(HISTORY)[0].body
    assert list(body["movies"][0]["ids"]) == ["simkl"]  # type: ignore[index]


def test_a_moment_that_is_still_to_come_is_told_as_now(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(HEAT), at=(simkl.now() + hours(0.1)).replace(microsecond=0)))
    simkl.send()
    assert len(simkl.recorded) == 1
    assert good(simkl)


def test_another_accounts_watches_stay_until_they_are_back(simkl: SendSetup) -> None:
    bob = simkl.server.add_person("Bob")
    bob.may_be_written = True
    simkl.add(simkl.entry(film(HEAT)))
    simkl.sign_in(bob)
    simkl.sender.begin_person()
    simkl.send(DAY)
    assert bob.record.watches == []
    simkl.sign_in()
    simkl.sender.begin_person()
    simkl.send()
    assert len(simkl.recorded) == 1
    assert bob.record.watches == []


def test_nothing_is_sent_while_it_is_switched_off(simkl: SendSetup) -> None:
    simkl.sender.settings = replace(ON, is_on=False)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(DAY)
    assert simkl.server.requests == []


def test_what_the_open_list_needs_comes_first(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(HEAT)))
    simkl.coordinator.queue.want([ask_film(RONIN)])
    simkl.send(60)
    assert simkl.server.requests == []
    simkl.ask(ask_film(RONIN))
    simkl.send()
    assert len(simkl.recorded) == 1


def test_what_the_open_list_needs_is_waited_for_five_minutes_at_most(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(HEAT)))
    simkl.coordinator.queue.want([ask_film(RONIN)])
    simkl.send(400)
    assert len(simkl.recorded) == 1


def test_below_a_tenth_of_the_days_calls_nothing_is_sent(simkl: SendSetup) -> None:
    simkl.ask(ask_film(RONIN))
    low = {"x-ratelimit-limit": "500", "x-ratelimit-remaining": "49"}
    simkl.door.quota.read_headers(low)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(60)
    assert simkl.recorded == []


# -- what is asked before --


def test_what_simkl_has_from_the_same_moment_or_any_is_done(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    at = simkl.now()
    simkl.server.person.watch(titles[HEAT], at=stamp(at.timestamp() - 90))
    simkl.server.person.watch(titles[DARK], season=1, episode=2, at="2020-01-01T00:00:00Z")
    simkl.add(simkl.entry(film(HEAT)), simkl.entry(series(DARK), 1, 2))
    simkl.send()
    assert simkl.waiting == []
    assert simkl.count(HISTORY) == 0
    assert simkl.said_told == []


def test_what_the_lists_asked_just_now_is_not_asked_again(simkl: SendSetup) -> None:
    simkl.ask(ask_film(HEAT))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send()
    assert (simkl.count(ASKED), len(simkl.recorded)) == (1, 1)


def test_what_the_lists_asked_a_while_ago_is(simkl: SendSetup) -> None:
    simkl.ask(ask_film(HEAT))
    simkl.server.clock.forward(61)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send()
    assert (simkl.count(ASKED), len(simkl.recorded)) == (2, 1)


def test_an_episode_that_simkl_does_not_list_is_never_sent(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.add(simkl.entry(series(DARK), 1, 4), simkl.entry(series(DARK), 9, 1))
    simkl.send(10 * DAY)
    assert simkl.count(HISTORY) == 0
    assert simkl.waiting == [(UNPLACED, "unplaced")] * 2
    assert simkl.server.person.watches == {}
    assert simkl.count(ASKED) < 50
    assert good(simkl)
    assert titles


def test_it_goes_when_the_list_has_grown(simkl: SendSetup, titles: dict[int, SimklTitle]) -> None:
    simkl.add(simkl.entry(series(DARK), 1, 4))
    simkl.send()
    object.__setattr__(titles[DARK], "seasons", {0: 1, 1: 4, 2: 70})
    simkl.send()
    assert simkl.recorded == []
    simkl.add(simkl.entry(series(DARK), 1, 1))  # the series is asked about all the same
    simkl.server.clock.forward(120)
    simkl.send()
    assert [episode for _, episode, _ in simkl.recorded] == [(1, 1), (1, 4)]
    assert good(simkl)


def test_what_the_person_sends_again_is_tried_at_once(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.add(simkl.entry(series(DARK), 1, 4))
    simkl.send()
    object.__setattr__(titles[DARK], "seasons", {0: 1, 1: 4, 2: 70})
    simkl.store.outbox.send_again(simkl.store.outbox.waiting(simkl.server.person.name))
    simkl.server.clock.forward(120)
    simkl.send()
    assert len(simkl.recorded) == 1


def test_what_the_person_sends_again_waits_for_nothing_that_went_wrong_before(
    simkl: SendSetup,
) -> None:
    simkl.server.misbehave(HISTORY, faults.status(403, error="insufficient_scope"))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(60)
    assert simkl.recorded == []
    simkl.store.outbox.send_again(simkl.store.outbox.waiting(simkl.server.person.name))
    simkl.send(60)
    assert simkl.recorded == []  # it holds for hours
    simkl.sender.try_again()
    simkl.send(60)
    assert len(simkl.recorded) == 1


def test_what_simkl_does_not_know_waits_and_is_said_to(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(1)), simkl.entry(series(2), 1, 1))
    simkl.send(3600)
    assert simkl.waiting == [(UNPLACED, "not found")] * 2
    assert simkl.count(HISTORY) == 0


def test_an_anime_by_tvdb_goes_where_its_cour_has_the_number(
    simkl: SendSetup, server: SimklServer
) -> None:
    first = server.add_series("Anime", 2013, {1: 25}, anime=True, tvdb=str(ANIME))
    server.add_series("Anime 2", 2017, {1: 12}, anime=True, cour_of=first, tvdb_season=2, mal=25777)
    title = Title(SHOW, (("tvdb", str(ANIME)),))
    simkl.add(simkl.entry(title, 2, 3), simkl.entry(title, 1, 25), simkl.entry(title, 2, 13))
    simkl.send(3600)
    assert {(name, episode) for name, episode, _ in simkl.recorded} == {
        ("Anime 2", (1, 3)),
        ("Anime", (1, 25)),
    }
    assert simkl.waiting == [(UNPLACED, "unplaced")]
    assert good(simkl)


def test_a_film_that_simkl_keeps_in_parts_is_not_told(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.server.misbehave(ASKED, faults.lie(titles[HEAT], result=True, list="watching"), 1)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(60)
    assert simkl.count(HISTORY) == 0


# -- what a second watch is --


def test_a_second_watch_is_told_only_where_the_person_wants_it(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.server.person.plan = "vip"
    simkl.server.person.watch(titles[HEAT], at=stamp(simkl.now().timestamp() - 5 * DAY))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.sender.settings = replace(ON, rewatches=True)
    simkl.send()
    assert len(simkl.server.person.record.rewatches) == 1
    assert simkl.waiting == []
    assert good(simkl)


def test_a_second_watch_within_two_days_is_none(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.server.person.plan = "vip"
    simkl.server.person.watch(titles[HEAT], at=stamp(simkl.now().timestamp() - 1.5 * DAY))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.sender.settings = replace(ON, rewatches=True)
    simkl.send()
    assert simkl.count(HISTORY) == 0
    assert simkl.waiting == []


# -- what is taken away --


def test_an_unmarked_episode_is_taken_away_and_nothing_else(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    dark = titles[DARK]
    for number in (1, 2):
        simkl.server.person.watch(dark, season=1, episode=number, at="2020-01-01T00:00:00Z")
    simkl.sender.settings = replace(ON, unmarks=True)
    simkl.add(simkl.unmark(series(DARK), 1, 1))
    simkl.send()
    assert list(simkl.server.person.watches) == [(dark, (1, 2))]
    assert simkl.waiting == []
    assert good(simkl)


def test_what_was_watched_elsewhere_after_it_was_unmarked_stays(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.sender.settings = replace(ON, unmarks=True)
    simkl.add(simkl.unmark(series(DARK), 1, 1))
    simkl.server.clock.forward(DAY)
    at = stamp(simkl.now().timestamp() - 3600)
    simkl.server.person.watch(titles[DARK], season=1, episode=1, at=at)
    simkl.send()
    assert simkl.count(REMOVE) == 0
    assert simkl.waiting == []


@pytest.mark.parametrize("is_film", [True, False])
def test_nothing_is_taken_away_that_must_not_be(
    simkl: SendSetup, titles: dict[int, SimklTitle], is_film: bool
) -> None:
    simkl.server.person.watch(titles[HEAT], at="2020-01-01T00:00:00Z")
    simkl.server.person.watch(titles[DARK], season=1, episode=1, at="2020-01-01T00:00:00Z")
    if is_film:
        simkl.sender.settings = replace(ON, unmarks=True)
        simkl.add(simkl.unmark(film(HEAT), -1, -1))
    else:
        simkl.add(simkl.unmark(series(DARK), 1, 1))
    simkl.send(2 * DAY)
    assert simkl.count(REMOVE) == 0
    assert len(simkl.server.person.watches) == 2


def test_who_marks_unmarks_and_marks_again_has_it_watched_in_the_end(
    simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    simkl.sender.settings = replace(ON, unmarks=True)
    simkl.add(simkl.entry(series(DARK), 1, 1))
    simkl.server.clock.forward(5)
    simkl.add(simkl.unmark(series(DARK), 1, 1))
    simkl.server.clock.forward(5)
    last = simkl.entry(series(DARK), 1, 1)
    simkl.add(last)
    simkl.send()
    assert simkl.watched_at_simkl(titles[DARK], (1, 1)) == stamps([last])[0]
    assert simkl.waiting == []


# -- what may go wrong --


NOT_STORED = [faults.silent_close, faults.status(500), faults.html, faults.no_content]
STORED = [
    *map(faults.after_storing, NOT_STORED),
    faults.cut_in_the_middle,
    faults.half_json,
    faults.counted_nothing,
]


@pytest.mark.parametrize("fault", [*NOT_STORED, *STORED])
def test_an_answer_that_is_lost_is_followed_by_a_question(
    simkl: SendSetup, fault: faults.Fault
) -> None:
    simkl.server.misbehave(HISTORY, fault)
    entries = [simkl.entry(film(HEAT)), simkl.entry(series(DARK), 1, 1)]
    simkl.add(*entries)
    simkl.send(600)
    assert [at for _, _, at in simkl.recorded] == stamps(entries)
    assert simkl.waiting == []
    assert sorted(simkl.said_told) == sorted(entry.label for entry in entries)
    assert good(simkl)


def test_what_simkl_says_to_have_recorded_and_lacks_is_not_told_twice_in_a_day(
    simkl: SendSetup,
) -> None:
    empty = faults.answer({"added": {"movies": 0, "shows": 0, "episodes": 0}, "not_found": {}}, 201)
    simkl.server.misbehave(HISTORY, empty)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(DAY - 3600)
    assert simkl.count(HISTORY) == 1
    assert simkl.waiting == [(WAITING, "unclear")]
    simkl.send(2 * 3600)
    assert len(simkl.recorded) == 1


def test_what_a_201_has_not_found_waits(simkl: SendSetup) -> None:
    simkl.server.misbehave(HISTORY, faults.recorded_nothing)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(3600)
    assert simkl.count(HISTORY) == 1
    assert simkl.waiting == [(UNPLACED, "not found")]


@pytest.mark.parametrize("status", [423, 429])
def test_the_lock_is_waited_for_and_tried_again(simkl: SendSetup, status: int) -> None:
    simkl.server.misbehave(HISTORY, faults.status(status, error="rate_limit"))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send()
    assert simkl.waiting == [(WAITING, "busy")]
    simkl.send(60)
    assert len(simkl.recorded) == 1
    assert good(simkl)


def test_a_400_with_the_name_of_the_lock_is_waited_for(simkl: SendSetup) -> None:
    simkl.server.person.lock_writes(15)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(60)
    assert len(simkl.recorded) == 1
    assert good(simkl)


def test_a_409_is_read_and_done(simkl: SendSetup, titles: dict[int, SimklTitle]) -> None:
    already = faults.status(409, error="already_watched")
    simkl.server.misbehave(HISTORY, faults.after_storing(already))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(60)
    assert simkl.waiting == []
    assert simkl.count(HISTORY) == 1
    assert titles


def test_a_409_of_what_simkl_lacks_is_not_taken_for_recorded(simkl: SendSetup) -> None:
    """It may speak of another one of the body: only what is read back says which Simkl has."""
    simkl.server.misbehave(HISTORY, faults.status(409, error="already_watched"))
    entries = [simkl.entry(film(HEAT)), simkl.entry(series(DARK), 1, 1)]
    simkl.add(*entries)
    simkl.send(60)
    assert (simkl.said_told, simkl.recorded) == ([], [])
    assert simkl.waiting == [(WAITING, "unclear")] * 2
    simkl.send(DAY)
    assert [at for _, _, at in simkl.recorded] == stamps(entries)
    assert simkl.waiting == []
    assert good(simkl)


def test_what_simkl_does_not_take_stops_no_other(simkl: SendSetup) -> None:
    simkl.server.misbehave(HISTORY, faults.status(400, error="wrong_parameter"), 2)
    simkl.add(simkl.entry(film(HEAT)), simkl.entry(film(RONIN)))
    simkl.send(60)
    assert [title for title, _, _ in simkl.recorded] == ["Ronin"]
    assert simkl.waiting == [(WAITING, "refused")]
    simkl.send(DAY)
    assert len(simkl.recorded) == 2


def test_a_later_watch_of_a_video_waits_for_the_one_before_it(simkl: SendSetup) -> None:
    second = simkl.entry(film(HEAT))
    first = replace(second, at=second.at - hours(3))
    simkl.server.misbehave(HISTORY, faults.status(404), 1)
    simkl.add(first)
    simkl.send(60)
    simkl.add(second)
    simkl.send(60)
    assert simkl.recorded == []
    simkl.send(2 * DAY)
    assert [at for _, _, at in simkl.recorded] == stamps([first])
    assert simkl.waiting == []
    assert good(simkl)


def test_a_play_beside_a_mark_that_waits_is_one_watch(simkl: SendSetup) -> None:
    played = simkl.entry(film(HEAT), origin=PLAY)
    marked = replace(simkl.entry(film(HEAT)), at=played.at - hours(0.1))
    simkl.add(marked)
    simkl.add(played)
    simkl.send(60)
    assert [at for _, _, at in simkl.recorded] == stamps([marked])
    assert simkl.waiting == []
    assert good(simkl)


def test_a_question_that_simkl_does_not_take_stops_no_other(simkl: SendSetup) -> None:
    simkl.server.misbehave(ASKED, faults.status(400, error="wrong_parameter"), 2)
    simkl.add(simkl.entry(film(HEAT)), simkl.entry(film(RONIN)))
    simkl.send(60)
    assert len(simkl.recorded) == 1
    assert simkl.waiting == [(WAITING, "refused")]


def test_a_sign_in_that_may_only_read_writes_nothing_and_says_so(simkl: SendSetup) -> None:
    simkl.sign_in_read_only()
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(DAY)
    assert simkl.server.requests == []
    assert simkl.waiting == [(WAITING, "read only")]


def test_a_token_that_may_not_write_any_more_is_found_out_once(simkl: SendSetup) -> None:
    grant = simkl.account.grant
    assert grant is not None
    simkl.server.make_read_only(grant.access_token)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(3600)
    assert simkl.count(HISTORY) == 1
    assert simkl.waiting == [(WAITING, "read only")]
    simkl.ask(ask_film(RONIN))  # reading goes on
    assert simkl.coordinator.trouble is None


def test_a_lost_network_is_waited_for(simkl: SendSetup, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lost:
        simkl.cut_the_network(lost)
        simkl.add(simkl.entry(film(HEAT)))
        simkl.send(3600)
        assert simkl.waiting == [(WAITING, "offline")]
    simkl.send(600)
    assert len(simkl.recorded) == 1
    assert good(simkl)


def test_writes_that_fail_on_and_on_cost_few_calls(simkl: SendSetup) -> None:
    simkl.server.misbehave(HISTORY, faults.status(500), None)
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(DAY)
    assert simkl.count(HISTORY) <= 30
    assert simkl.store.outbox.count(simkl.server.person.name) == 1


# -- the clock --


def test_a_clock_that_is_far_from_simkls_holds_all(simkl: SendSetup) -> None:
    simkl.ahead = 7200.0
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send(3600)
    assert simkl.count(HISTORY) == 0
    assert simkl.waiting == [(WAITING, "clock wrong")]
    simkl.ahead = 0.0
    simkl.send(600)
    assert len(simkl.recorded) == 1


def test_a_moment_from_before_the_add_on_was_there_is_never_told(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(HEAT), at=simkl.now() - hours(24 * 365 * 20)))
    simkl.send(2 * DAY)
    assert simkl.server.requests == []


# -- what the lists see of it --


def test_the_lists_ask_anew_about_what_was_told(simkl: SendSetup) -> None:
    simkl.ask(ask_film(HEAT))
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send()
    known = simkl.coordinator.known(ask_film(HEAT))
    assert known is not None
    assert known.is_old


def test_what_simkl_has_is_remembered_as_told(simkl: SendSetup) -> None:
    simkl.add(simkl.entry(film(HEAT)))
    simkl.send()
    again = simkl.entry(film(HEAT))
    assert simkl.store.outbox.add([again]) == 0
    assert TOLD not in [state for state, _ in simkl.waiting]


def test_one_film_under_ids_that_have_nothing_in_common_is_told_once(
    server: SimklServer, simkl: SendSetup
) -> None:
    """The library knows it by one service's id, another add-on's list by another's."""
    alien = server.add_film("Alien", 1979, tmdb=348, imdb="tt0078748")
    first = simkl.entry(film(348), at=simkl.now() - hours(5))
    again = simkl.entry(Title(MOVIE, (("imdb", "tt0078748"),)), at=simkl.now() - hours(2))
    simkl.add(first, again)
    simkl.send(120)
    assert [name for name, *_ in simkl.recorded] == ["Alien"]
    assert simkl.watched_at_simkl(alien) == stamps([first])[0]
    assert simkl.waiting == []
    assert good(simkl)


def test_one_episode_under_ids_that_have_nothing_in_common_is_told_once(
    server: SimklServer, simkl: SendSetup
) -> None:
    lost = server.add_series("Lost", 2004, {1: 3}, tmdb=4607, tvdb=73739)
    by_tvdb = Title(SHOW, (("tvdb", "73739"),))
    first = simkl.entry(series(4607), 1, 1, at=simkl.now() - hours(5))
    again = simkl.entry(by_tvdb, 1, 1, at=simkl.now() - hours(2))
    other = simkl.entry(by_tvdb, 1, 2, at=simkl.now() - hours(1))
    simkl.add(first, again, other)
    simkl.send(120)
    assert [episode for _, episode, _ in simkl.recorded] == [(1, 1), (1, 2)]
    assert simkl.watched_at_simkl(lost, (1, 1)) == stamps([first])[0]
    assert simkl.waiting == []
    assert good(simkl)


def test_a_full_disk_has_nothing_told_or_asked_again_and_again(simkl: SendSetup) -> None:
    """What came of it cannot be kept then, and is known all the same."""
    simkl.add(simkl.entry(film(HEAT)), simkl.entry(film(1), label="unknown"))
    simkl.store._database().rows("PRAGMA query_only = ON")
    simkl.send(3600)
    assert len(simkl.recorded) == 1
    assert simkl.waiting == [(UNPLACED, "not found")]
    assert simkl.count(ASKED) <= 2
    simkl.store._database().rows("PRAGMA query_only = OFF")
    assert simkl.store.outbox.keep()
    assert simkl.waiting == [(UNPLACED, "not found")]


def test_a_second_watch_that_simkl_did_not_find_is_not_taken_for_told(
    server: SimklServer, simkl: SendSetup, titles: dict[int, SimklTitle]
) -> None:
    server.person.plan = "pro"
    server.person.watch(titles[HEAT], at="2026-01-01T00:00:00Z")
    simkl.begin(replace(ON, rewatches=True))
    simkl.add(simkl.entry(film(HEAT)))
    server.misbehave(HISTORY, faults.recorded_nothing)
    simkl.send(60)
    assert simkl.waiting == [(UNPLACED, "not found")]
    assert server.person.record.rewatches == []
    simkl.store.outbox.send_again(simkl.store.outbox.waiting(server.person.name))
    simkl.send(60)
    assert len(server.person.record.rewatches) == 1
    assert simkl.waiting == []
