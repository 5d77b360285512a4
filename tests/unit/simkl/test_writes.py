"""What is told to Simkl: how it is asked, and each refusal of a write by its name."""

from __future__ import annotations

import pytest

from lib.simkl import errors
from lib.simkl.client import PAUSE, START, Simkl
from lib.simkl.server_clock import ServerClock
from tests.simkl_server import SimklServer, faults

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
