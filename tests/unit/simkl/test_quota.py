"""When the day's calls run out, what is known is not asked again."""

from __future__ import annotations

from typing import Mapping

import pytest

from lib.simkl.quota import Calls, Quota
from tests.unit.clocks import Clock


def told(limit: object, remaining: object) -> Mapping[str, str]:
    return {"x-ratelimit-limit": str(limit), "x-ratelimit-remaining": str(remaining)}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quota(clock: Clock) -> Quota:
    return Quota(clock, lambda: 3600.0)


def test_nothing_is_low_before_simkl_has_said_anything(quota: Quota) -> None:
    assert (quota.calls, quota.is_low) == (None, False)


@pytest.mark.parametrize(("left", "is_low"), [(50, False), (49, True), (0, True)])
def test_below_a_tenth_it_is_low(quota: Quota, left: int, is_low: bool) -> None:
    quota.read_headers(told(500, left))
    assert (quota.calls, quota.is_low) == (Calls(500, left), is_low)


def test_with_simkls_midnight_it_is_forgotten(quota: Quota, clock: Clock) -> None:
    quota.read_headers(told(500, 3))
    clock.now += 3600.0
    assert (quota.calls, quota.is_low) == (None, False)


@pytest.mark.parametrize(
    "headers",
    [{}, told(0, 0), told("many", 3), told(500, "-1"), told(500, "9" * 30)],
)
def test_headers_that_say_nothing_change_nothing(quota: Quota, headers: Mapping[str, str]) -> None:
    quota.read_headers(told(500, 3))
    quota.read_headers(headers)
    assert quota.calls == Calls(500, 3)
