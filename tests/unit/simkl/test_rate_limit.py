"""When Simkl may be called again: a second between POSTs, a back-off, the end of Simkl's day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from lib.simkl.backoff import LONGEST_BACKOFF, Backoff, seconds_to_midnight
from lib.simkl.rate_limit import RateLimit
from tests.unit.clocks import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_first_post_after_a_start_waits_as_if_one_had_just_been_sent(clock: Clock) -> None:
    """An update restarts the add-on within a second, and Simkl would see two POSTs in it."""
    pace = RateLimit(clock)
    assert pace.wait() == 1.0
    clock.now += 1
    assert pace.wait() == 0.0


def test_a_post_may_follow_a_second_after_the_answer_to_the_last(clock: Clock) -> None:
    pace = RateLimit(clock)
    clock.now += 5  # as long as the answer took
    pace.answered()
    assert pace.wait() == 1.0
    clock.now += 0.25
    assert pace.wait() == 0.75
    clock.now += 0.75
    assert pace.wait() == 0.0
    clock.now += 60
    assert pace.wait() == 0.0


def test_without_trouble_simkl_may_be_asked_at_once(clock: Clock) -> None:
    assert Backoff(clock).wait() == 0.0


@pytest.mark.parametrize(("chance", "share"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_each_trouble_doubles_the_wait_which_is_never_the_same_for_two_boxes(
    clock: Clock, chance: float, share: float
) -> None:
    backoff = Backoff(clock, lambda: chance)
    waits = []
    for _ in range(12):
        backoff.failed()
        waits.append(backoff.wait())
    steps = [2, 4, 8, 16, 32, 64, 128, 256, *[LONGEST_BACKOFF] * 4]
    assert waits == [step * share for step in steps]


def test_without_a_network_it_is_tried_again_within_four_seconds_for_a_minute_and_then_rarely(
    clock: Clock,
) -> None:
    backoff = Backoff(clock, lambda: 1.0)
    waits = []
    for _ in range(30):
        backoff.found_no_network()
        waits.append(backoff.wait())
    assert waits[:20] == [2, *[4] * 19]
    assert waits[20:] == [2, 4, 8, 16, 32, 64, 128, 256, *[LONGEST_BACKOFF] * 2]


def test_trouble_for_a_week_waits_no_longer_than_the_longest(clock: Clock) -> None:
    backoff = Backoff(clock, lambda: 1.0)
    for _ in range(5000):
        backoff.failed()
    assert backoff.wait() == LONGEST_BACKOFF


@pytest.mark.parametrize("told", [1.0, 7.0, 20 * 3600.0])
def test_simkl_is_left_alone_for_just_as_long_as_it_says(clock: Clock, told: float) -> None:
    backoff = Backoff(clock)
    backoff.failed(told)
    assert backoff.wait() == told
    clock.now += told
    assert backoff.wait() == 0.0


def test_being_told_to_wait_no_second_is_no_leave_to_go_on_at_once(clock: Clock) -> None:
    backoff = Backoff(clock, lambda: 1.0)
    backoff.failed(0.0)
    assert backoff.wait() == 2.0


def test_an_answer_ends_the_wait_and_the_next_trouble_begins_anew(clock: Clock) -> None:
    backoff = Backoff(clock, lambda: 1.0)
    for _ in range(6):
        backoff.failed()
    backoff.worked()
    assert backoff.wait() == 0.0
    backoff.failed()
    assert backoff.wait() == 2.0


@pytest.mark.parametrize(
    ("utc", "seconds"),
    [
        # Winter: midnight in New York is 5:00 UTC.
        (datetime(2024, 1, 15, 4, 59, 59, tzinfo=timezone.utc), 1),
        (datetime(2024, 1, 15, 5, 0, 0, tzinfo=timezone.utc), 24 * 3600),
        (datetime(2024, 1, 15, 17, 0, 0, tzinfo=timezone.utc), 12 * 3600),
        (datetime(2024, 12, 31, 23, 0, 0, tzinfo=timezone.utc), 6 * 3600),
        (datetime(2024, 2, 28, 6, 0, 0, tzinfo=timezone.utc), 23 * 3600),
        # Summer: it is 4:00 UTC, and an hour is waited too long rather than a call too many made.
        (datetime(2024, 7, 15, 3, 0, 0, tzinfo=timezone.utc), 2 * 3600),
    ],
)
def test_simkls_day_ends_at_midnight_in_new_york(utc: datetime, seconds: float) -> None:
    assert seconds_to_midnight(utc) == seconds


def test_simkls_day_is_over_when_the_wait_is_all_year_round() -> None:
    hours = (datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(hours=n) for n in range(8784))
    for utc in hours:
        new_york = utc + timedelta(seconds=seconds_to_midnight(utc)) - timedelta(hours=5)
        assert new_york.hour == 0
        assert new_york.date() == (utc - timedelta(hours=5)).date() + timedelta(days=1)


def test_the_day_ends_within_a_day_from_now() -> None:
    assert 0 < seconds_to_midnight() <= 24 * 3600
