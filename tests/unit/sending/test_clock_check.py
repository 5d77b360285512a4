"""A clock that is wrong is found out, and by how much it was once it is set right."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from lib.sending.clock_check import ClockCheck

RIGHT = datetime(2026, 12, 24, 20, 0, 0, tzinfo=timezone.utc).timestamp()
HOUR = 3600.0


class Box:
    """set_ahead: what its clock is ahead of the right time. heard_ahead: as Simkl last said."""

    def __init__(self, set_ahead: float) -> None:
        self.set_ahead = set_ahead
        self.heard_ahead: float | None = None
        self.runs = 0.0
        self.check = ClockCheck(lambda: self.heard_ahead, lambda: self.runs, self._now)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(RIGHT + self.runs + self.set_ahead, timezone.utc)


def test_a_clock_that_is_right_is_no_trouble() -> None:
    box = Box(0.0)
    assert not box.check.is_wrong
    box.runs += HOUR
    assert box.check.take_shift() == 0.0
    for some_minutes in (-300.0, 300.0):
        box.heard_ahead = some_minutes
        assert not box.check.is_wrong


def test_a_box_without_a_clock_begins_in_1970_and_is_set_right() -> None:
    box = Box(-RIGHT)
    assert box.check.is_wrong
    box.runs += HOUR
    assert box.check.take_shift() == 0.0
    box.set_ahead = 0.0
    assert box.check.take_shift() == pytest.approx(RIGHT)
    assert box.check.take_shift() == 0.0
    assert not box.check.is_wrong


@pytest.mark.parametrize("ahead", [2 * HOUR, -2 * HOUR])
def test_one_that_is_far_from_simkls_is_wrong_until_it_is_set(ahead: float) -> None:
    box = Box(ahead)
    box.heard_ahead = ahead
    assert box.check.is_wrong
    box.set_ahead = 0.0
    assert box.check.take_shift() == pytest.approx(-ahead)
    assert not box.check.is_wrong
    box.heard_ahead = 1.0
    assert not box.check.is_wrong


def test_one_that_is_set_wrong_moves_nothing() -> None:
    box = Box(0.0)
    box.heard_ahead = 0.0
    box.set_ahead = 2 * HOUR
    assert box.check.take_shift() == 0.0
    assert box.check.is_wrong


def test_a_box_that_slept_moves_nothing() -> None:
    box = Box(0.0)
    box.heard_ahead = 0.0
    box.set_ahead = 8 * HOUR  # what its other clock has not counted
    assert box.check.take_shift() == 0.0
    box.heard_ahead = 0.5  # by the next answer
    assert not box.check.is_wrong
