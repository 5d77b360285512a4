"""What is told to Simkl: how it is asked, and each refusal of a write by its name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.simkl import errors
from lib.simkl.client import PAUSE, START, Simkl
from lib.simkl.server_clock import ServerClock
from lib.simkl.tokens import WRITE_SCOPE
from lib.simkl.write_answers import Outcome, SentEpisode, read_added, read_removed
from tests.simkl_server import SimklServer, faults
from tests.unit.clocks import ForwardPace

BODY = {"movies": [{"ids": {"tmdb": 949}, "watched_at": "2026-11-20T20:00:00Z"}]}
TOLD = {"added": {"movies": 1}}
DATE = "Wed, 21 Oct 2026 07:28:00 GMT"  # 1792567680


@pytest.mark.parametrize(
    ("status", "error", "trouble"),
    [
        (400, "RATE_LIMIT", errors.Busy),
        (400, "rate_limit", errors.Busy),
        (423, "locked", errors.Busy),
        (423, "something_new", errors.Busy),
        (429, "rate_limit", errors.TooFast),
        (429, "user_limit_exceeded", errors.DayUsedUp),
        (409, "already_watched", errors.AlreadyWatched),
        (409, "conflict", errors.BadRequest),
        (403, "insufficient_scope", errors.ReadOnly),
        (403, "something_new", errors.Refused),
        (404, "id_err", errors.BadRequest),
        (400, "wrong_parameter", errors.BadRequest),
        (401, "user_token_failed", errors.SignedOut),
        (412, "client_id_failed", errors.ClientIdRefused),
        (500, "server_error", errors.Unreachable),
    ],
)
def test_every_refusal_of_a_write_has_its_name(
    door: Simkl, server: SimklServer, status: int, error: str, trouble: type[errors.Trouble]
) -> None:
    server.misbehave("/sync/history", faults.status(status, error))
    with pytest.raises(errors.Trouble) as caught:
        door.add_to_history(server.client_id, server.sign_in().access_token, BODY)
    assert type(caught.value) is trouble
    assert str(status) in str(caught.value)


@pytest.mark.parametrize(("told", "seconds"), [(None, 20.0), (7, 7.0)])
def test_who_is_busy_is_waited_for_as_told_or_as_long_as_the_lock_holds(
    door: Simkl, server: SimklServer, told: float | None, seconds: float
) -> None:
    server.misbehave("/sync/history", faults.status(400, "RATE_LIMIT", retry_after=told))
    with pytest.raises(errors.Busy) as caught:
        door.add_to_history(server.client_id, server.sign_in().access_token, BODY)
    assert caught.value.retry_after == seconds


def test_each_write_goes_to_its_endpoint_as_it_is_given(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    server.person.may_be_written = True
    server.misbehave("*", faults.answer(TOLD, 201), times=None)
    assert door.add_to_history(server.client_id, token, BODY) == TOLD
    door.add_to_history(server.client_id, token, BODY, allow_rewatch=True)
    door.remove_from_history(server.client_id, token, BODY)
    door.scrobble(server.client_id, token, START, BODY)
    door.scrobble(server.client_id, token, PAUSE, BODY)
    paths = [request.path for request in server.requests]
    history = ["/sync/history", "/sync/history", "/sync/history/remove"]
    assert paths == [*history, "/scrobble/start", "/scrobble/pause"]
    assert [request.body for request in server.requests] == [BODY] * 5
    rewatches = [request.query.get("allow_rewatch") for request in server.requests]
    assert rewatches == [None, "yes", None, None, None]
    skipped = [request.query.get("skip_auto_watching") for request in server.requests]
    assert skipped == ["yes", "yes", None, None, None]


@pytest.mark.parametrize("said", [None, [], "OK", 7])
def test_a_success_that_says_nothing_leaves_open_what_was_recorded(
    door: Simkl, server: SimklServer, said: object
) -> None:
    server.misbehave("/sync/history", faults.answer(said, 201))
    with pytest.raises(errors.Unreachable):
        door.add_to_history(server.client_id, server.sign_in().access_token, BODY)


# Whether the clock here is right.


def test_how_far_the_clock_here_is_from_simkls() -> None:
    clock = ServerClock(lambda: 1792567680.0 + 90)
    assert clock.seconds_ahead is None
    clock.read_headers({})
    clock.read_headers({"Date": "yesterday"})
    assert clock.seconds_ahead is None
    clock.read_headers({"Date": DATE})
    assert clock.seconds_ahead == 90
    clock.read_headers({})
    assert clock.seconds_ahead == 90


def test_each_answer_says_what_time_it_is_there(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    door.user(server.client_id, token)
    assert abs(door.clock.seconds_ahead or 99) < 5
    server.clock.forward(3600)
    door.user(server.client_id, token)
    assert -3605 < (door.clock.seconds_ahead or 0) < -3595


# What was told is there.


AT = "2026-11-20T20:00:00Z"
FILMS = st.lists(st.sampled_from([1, 2, 9]), unique=True, max_size=3)
NUMBERS = st.lists(st.sampled_from([1, 2, 3, 4, 5]), unique=True, min_size=1, max_size=3)
SERIES = st.dictionaries(st.sampled_from([11, 12, 19]), NUMBERS, max_size=3)
CHANGES = st.sampled_from(
    [None, faults.counted_nothing, faults.recorded_nothing, faults.answer({}, 201)]
)


def series(tvdb: int, numbers: list[int]) -> dict[str, Any]:
    episodes = [{"number": number, "watched_at": AT} for number in numbers]
    return {"ids": {"tvdb": tvdb}, "seasons": [{"number": 1, "episodes": episodes}]}


@given(films=FILMS, shows=SERIES, fault=CHANGES)
def test_what_counts_as_recorded_is_there_and_what_is_not_found_is_not(
    films: list[int], shows: dict[int, list[int]], fault: faults.Fault | None
) -> None:
    """Two films and two series of three episodes are known, one of each is not."""
    with SimklServer() as server:
        door = Simkl(server.url, "0.1.0", ForwardPace(server))
        known = {tmdb: server.add_film(f"Film {tmdb}", 2000, tmdb=tmdb) for tmdb in (1, 2)}
        for tvdb in (11, 12):
            known[tvdb] = server.add_series(f"Series {tvdb}", 2000, {1: 3}, tvdb=tvdb)
        server.person.may_be_written = True
        body = {
            "movies": [{"ids": {"tmdb": tmdb}, "watched_at": AT} for tmdb in films],
            "shows": [series(tvdb, numbers) for tvdb, numbers in shows.items()],
        }
        if fault is not None:
            server.misbehave("/sync/history", fault)
        token = server.sign_in(scope=WRITE_SCOPE).access_token
        read = read_added(body, door.add_to_history(server.client_id, token, body))
        door.leave()
        watched = server.person.watches
        outcomes = {(films[place], None): told for place, told in enumerate(read.movies)}
        for each, told in read.episodes.items():
            outcomes[list(shows)[each.show], (1, each.number)] = told  # type: ignore[index]
        there = {(number, at): (known.get(number), at) in watched for number, at in outcomes}
        assert all(there[what] for what, told in outcomes.items() if told is Outcome.RECORDED)
        missing = [what for what, told in outcomes.items() if told is Outcome.NOT_FOUND]
        assert not any(there[what] for what in missing)
        is_whole = any(min(numbers) > 3 for tvdb, numbers in shows.items() if tvdb in known)
        if fault is None:
            assert read.may_have_marked_more == is_whole
            is_clear = Outcome.UNCLEAR not in outcomes.values()
            assert is_clear or is_whole


def test_what_was_taken_back_is_gone(door: Simkl, server: SimklServer) -> None:
    dark = server.add_series("Dark", 2017, {1: 3}, tvdb=11)
    server.person.may_be_written = True
    server.person.watch(dark, at=AT)
    token = server.sign_in(scope=WRITE_SCOPE).access_token
    door.watched(server.client_id, token, [{"type": "show", "ids": {"tvdb": 11}}], "")
    body = {"shows": [series(11, [1, 2])]}
    read = read_removed(body, door.remove_from_history(server.client_id, token, body))
    assert read.episodes == {
        SentEpisode(0, 1, 1): Outcome.RECORDED,
        SentEpisode(0, 1, 2): Outcome.RECORDED,
    }
    assert list(server.person.watches) == [(dark, (1, 3))]
    assert server.violations == []


def test_an_account_that_may_only_read_is_told_so(door: Simkl, server: SimklServer) -> None:
    server.person.may_be_written = True
    token = server.sign_in(scope=WRITE_SCOPE).access_token
    server.make_read_only(token)
    with pytest.raises(errors.ReadOnly):
        door.add_to_history(server.client_id, token, BODY)
    server.person.lock_writes(5)
    with pytest.raises(errors.Busy):
        door.add_to_history(server.client_id, server.sign_in(scope=WRITE_SCOPE).access_token, BODY)
    assert server.violations == []
