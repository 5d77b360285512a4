"""Signing in with a code, in both generations: every state that Simkl can answer."""

from __future__ import annotations

from typing import Callable

import pytest

from lib.account.sign_in_flow import MOST_CODES, SignInFlow
from lib.simkl import errors
from lib.simkl.client import Simkl
from lib.simkl.tokens import Token
from tests.simkl_server import SimklServer, faults


class Attempt:
    """A sign-in that is stepped as soon as it says that it is due; time passes on Simkl's clock."""

    def __init__(self, door: Simkl, server: SimklServer, generation: int) -> None:
        self.server = server
        self.generation = generation
        self.client_id = server.client_id if generation == 2 else server.old_client_id
        self.polls = "/oauth2/token" if generation == 2 else "/oauth/pin/*"
        self.codes = "/oauth2/device" if generation == 2 else "/oauth/pin"
        self.flow = SignInFlow(door, self.client_id, server.clock.now)

    def step(self) -> Token | None:
        self.server.clock.forward(self.flow.wait())
        return self.flow.step()

    def shown(self) -> str:
        """The code, after the step that fetches it."""
        if self.flow.code is None:
            self.step()
        assert self.flow.code is not None
        return self.flow.code.user_code

    def wait_in_vain(self) -> None:
        for _ in range(9):
            assert self.step() is None

    def count(self, path: str) -> int:
        return len(self.server.requests_to(path))


@pytest.fixture(params=[2, 1], ids=["generation 2", "generation 1"])
def attempt(request: pytest.FixtureRequest, door: Simkl, server: SimklServer) -> Attempt:
    return Attempt(door, server, request.param)


@pytest.fixture
def modern(door: Simkl, server: SimklServer) -> Attempt:
    return Attempt(door, server, 2)


@pytest.fixture
def old(door: Simkl, server: SimklServer) -> Attempt:
    return Attempt(door, server, 1)


def test_a_code_that_is_approved_becomes_a_token(attempt: Attempt, server: SimklServer) -> None:
    code = attempt.shown()
    assert server.waiting_codes() == [code]
    for _ in range(3):
        assert attempt.step() is None
    server.approve(code)
    token = attempt.step()
    assert token is not None
    assert (token.refresh_token is not None) == (attempt.generation == 2)
    assert attempt.flow.generation == attempt.generation
    assert attempt.count(attempt.codes) == 1
    assert server.violations == []


def test_a_client_id_of_generation_2_never_meets_generation_1(
    modern: Attempt, server: SimklServer
) -> None:
    server.approve(modern.shown())
    assert modern.step()
    assert server.requests_to("/oauth/pin*") == []


def test_a_client_id_of_generation_1_is_tried_with_generation_2_just_once(
    old: Attempt, server: SimklServer
) -> None:
    server.approve(old.shown())
    assert old.step()
    assert old.count("/oauth2/device") == 1
    assert old.count("/oauth2/token") == 0


def test_a_client_id_that_both_generations_refuse_is_refused(
    door: Simkl, server: SimklServer
) -> None:
    with pytest.raises(errors.ClientIdRefused):
        SignInFlow(door, "nobody's", server.clock.now).step()
    assert [request.path for request in server.requests] == ["/oauth2/device", "/oauth/pin"]
    assert server.violations == []


def test_nothing_is_asked_between_two_polls(attempt: Attempt, server: SimklServer) -> None:
    server.set_code(interval=7)
    attempt.shown()
    assert attempt.flow.wait() == pytest.approx(7, abs=0.5)
    for _ in range(4):
        attempt.step()
        assert attempt.flow.wait() == pytest.approx(7, abs=0.5)
    assert attempt.count(attempt.polls) == 4
    assert server.violations == []


def test_slow_down_lengthens_the_interval_by_five_seconds_each_time(
    attempt: Attempt, server: SimklServer
) -> None:
    code = attempt.shown()
    for interval in (10, 15, 20):
        server.slow_down(code)
        assert attempt.step() is None
        assert attempt.flow.wait() == pytest.approx(interval, abs=0.5)
    server.approve(code)
    assert attempt.step()
    assert server.violations == []


def test_a_code_that_nobody_enters_ends_when_its_time_is_over(
    attempt: Attempt, server: SimklServer
) -> None:
    server.set_code(interval=5, life=12)
    attempt.shown()
    start = server.clock.now()
    assert attempt.flow.left() == pytest.approx(12, abs=0.5)
    with pytest.raises(errors.CodeExpired):
        attempt.wait_in_vain()
    assert server.clock.now() - start == pytest.approx(12, abs=0.5)
    assert attempt.count(attempt.polls) == 2
    assert server.violations == []


def test_simkl_may_say_first_that_a_device_code_has_expired(
    modern: Attempt, server: SimklServer
) -> None:
    server.forget_code(modern.shown())
    with pytest.raises(errors.CodeExpired):
        modern.step()
    assert server.violations == []


def test_a_sign_in_that_simkl_denies_is_over(modern: Attempt, server: SimklServer) -> None:
    server.deny(modern.shown())
    with pytest.raises(errors.AccessDenied):
        modern.step()
    assert server.violations == []


def test_a_person_who_declines_stays_pending_until_the_time_is_over(
    old: Attempt, server: SimklServer
) -> None:
    server.set_code(interval=5, life=12)
    server.deny(old.shown())
    with pytest.raises(errors.CodeExpired):
        old.wait_in_vain()


# A code that vanishes.


def vanish(attempt: Attempt) -> str:
    """The code is gone, and the next poll finds it so. Gives the code that is shown then."""
    if attempt.generation == 2:
        attempt.server.misbehave(attempt.polls, faults.status(400, "invalid_grant"))
    else:
        attempt.server.forget_code(attempt.shown())
    attempt.step()
    return attempt.shown()


def test_a_code_that_is_gone_is_replaced_by_a_new_one(
    attempt: Attempt, server: SimklServer
) -> None:
    first = attempt.shown()
    second = vanish(attempt)
    assert second != first
    assert attempt.flow.left() == pytest.approx(900, abs=1)
    server.approve(second)
    assert attempt.step()
    assert server.violations == []


def test_after_three_new_codes_the_sign_in_ends(attempt: Attempt, server: SimklServer) -> None:
    codes = {attempt.shown()}
    for _ in range(3):
        codes.add(vanish(attempt))
    assert len(codes) == MOST_CODES == 4
    with pytest.raises(errors.CodeExpired):
        vanish(attempt)
    assert attempt.count(attempt.codes) == 4
    assert server.violations == []


@pytest.mark.parametrize(
    "fault",
    [faults.status(503), faults.silent_close, faults.html, faults.status(429, retry_after=40)],
)
def test_a_code_that_is_gone_is_not_polled_again_when_the_new_one_is_lost_on_the_way(
    attempt: Attempt, server: SimklServer, fault: faults.Fault
) -> None:
    first = attempt.shown()
    server.misbehave(attempt.codes, fault, times=2)
    assert vanish(attempt) == first  # nothing else to show yet
    assert attempt.step() is None
    assert attempt.shown() == first
    assert attempt.step() is None
    assert attempt.shown() != first
    assert attempt.count(attempt.polls) == 1
    server.approve(attempt.shown())
    assert attempt.step()
    assert server.violations == []


# The network.


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(500),
        faults.status(502),
        faults.silent_close,
        faults.html,
        faults.half_json,
        faults.empty_body,
        faults.redirect("https://evil.example/"),
    ],
)
def test_a_poll_that_is_lost_on_the_way_goes_on(
    attempt: Attempt, server: SimklServer, fault: faults.Fault
) -> None:
    code = attempt.shown()
    server.misbehave(attempt.polls, fault, times=2)
    assert attempt.step() is None
    assert attempt.step() is None
    server.approve(code)
    assert attempt.step()
    assert server.violations == []


def test_a_poll_that_came_too_fast_waits_for_as_long_as_told(
    attempt: Attempt, server: SimklServer
) -> None:
    code = attempt.shown()
    server.misbehave(attempt.polls, faults.status(429, retry_after=40))
    assert attempt.step() is None
    assert attempt.flow.wait() == pytest.approx(40, abs=0.5)
    server.approve(code)
    assert attempt.step()
    assert server.violations == []


def test_being_told_to_wait_for_hours_ends_with_the_code(
    attempt: Attempt, server: SimklServer
) -> None:
    attempt.shown()
    server.misbehave(attempt.polls, faults.status(429, retry_after=20_000))
    assert attempt.step() is None
    assert attempt.flow.wait() <= 900
    with pytest.raises(errors.CodeExpired):
        attempt.step()


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (faults.status(503), errors.Unreachable),
        (faults.silent_close, errors.Unreachable),
        (faults.status(429, retry_after=3), errors.TooFast),
    ],
)
def test_without_a_first_code_the_person_is_told_at_once(
    attempt: Attempt, server: SimklServer, fault: faults.Fault, trouble: type[errors.Trouble]
) -> None:
    server.misbehave(attempt.codes, fault)
    with pytest.raises(trouble):
        attempt.step()
    assert attempt.flow.code is None


def test_cancelling_ends_a_poll_that_hangs(
    attempt: Attempt, door: Simkl, server: SimklServer
) -> None:
    attempt.shown()

    def hang_then_leave(exchange: object) -> None:
        door.leave()
        faults.hang(30)(exchange)  # type: ignore[arg-type]

    server.misbehave(attempt.polls, hang_then_leave)
    assert attempt.step() is None
    assert attempt.count(attempt.polls) == 1


@pytest.mark.parametrize("interval", [0, -5, None, "5", True])
def test_an_interval_that_is_none_polls_no_faster_than_simkl_wants(
    attempt: Attempt, server: SimklServer, interval: object
) -> None:
    def told(answer: dict[str, object]) -> object:
        return {**answer, "interval": interval}

    server.misbehave(attempt.codes, faults.change(told))
    attempt.shown()
    assert attempt.flow.wait() == pytest.approx(5, abs=0.5)
    attempt.step()
    attempt.step()
    assert server.violations == []


@pytest.mark.parametrize(
    "strip",
    [
        lambda answer: {**answer, "verification_uri": None},
        lambda answer: {key: answer[key] for key in answer if key != "verification_uri"},
        lambda answer: {key: answer[key] for key in answer if not key.startswith("verification")},
    ],
)
def test_the_address_is_shown_whatever_an_older_answer_lacks(
    attempt: Attempt, server: SimklServer, strip: Callable[[dict[str, object]], object]
) -> None:
    server.misbehave(attempt.codes, faults.change(strip))
    attempt.shown()
    assert attempt.flow.code is not None
    assert attempt.flow.code.address == "https://simkl.com/pin"
