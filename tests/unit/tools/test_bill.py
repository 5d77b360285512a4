"""What evenings cost at Simkl, and that no jump of a clock costs more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.lists.activity_checks import ActivityChecks
from lib.simkl.asks import EPISODES, Ask
from lib.simkl.client import Simkl
from lib.titles.title import SHOW, Title
from tests.simkl_server import SimklServer
from tests.unit.coordinator_setup import CoordinatorSetup

SEEN, NEW = 40, 60
MINUTE, HOUR, DAY = 60, 3600, 86400


def series(number: int) -> Ask:
    return Ask(Title(SHOW, (("tmdb", str(number)),)), EPISODES)


class Evening:
    """Somebody opens lists, each a season of one series. Time is Simkl's own."""

    def __init__(self, setup: CoordinatorSetup) -> None:
        self.setup = setup
        self.clock = setup.server.clock
        self.fresh = ActivityChecks(self.clock.now)

    def open(self, number: int) -> None:
        watched = self.setup.coordinator
        if self.fresh.opens_list():
            watched.look()
        watched.queue.begin_list()
        watched.queue.want([series(number)])
        for _ in range(4):
            self.setup.turn()

    @property
    def requests(self) -> int:
        return len(self.setup.server.requests)


@pytest.fixture
def evening(server: SimklServer, door: Simkl, tmp_path: Path) -> Iterator[Evening]:
    for number in range(1, SEEN + NEW + 1):
        server.add_series(f"Series {number}", 2000, {1: 10}, tmdb=number)
    setup = CoordinatorSetup(server, door, tmp_path)
    evening = Evening(setup)
    for number in range(1, SEEN + 1):
        evening.open(number)
        evening.clock.forward(20)
    evening.clock.forward(DAY)
    evening.open(1)  # the day's new token
    server.forget_requests()
    yield evening
    assert server.violations == []
    door.leave()
    setup.worker.leave(5)


def test_a_long_evening_of_60_new_lists_and_200_seen_ones_is_120_requests_or_fewer(
    evening: Evening,
) -> None:
    new = iter(range(SEEN + 1, SEEN + NEW + 1))
    for number in range(260):
        evening.open(next(new, 1) if number % 4 == 0 else number % SEEN + 1)
        evening.clock.forward(4 * HOUR / 260)
    assert evening.requests <= 120


def test_an_evening_of_40_lists_25_of_them_seen_is_15_posts(evening: Evening) -> None:
    for number in range(1, 41):
        evening.open(number if number <= 25 else SEEN + number)
        evening.clock.forward(3 * MINUTE)
    posts = [request for request in evening.setup.server.requests if request.method == "POST"]
    assert len(posts) == 15


def test_what_moved_is_asked_again_once_for_each_list_that_shows_it(evening: Evening) -> None:
    titles = evening.setup.server
    watched = titles.add_series("Moved", 2001, {1: 3}, tmdb=900)
    evening.open(900)
    titles.person.watch(watched, season=1, at="2024-03-01T20:00:00Z")
    evening.clock.forward(2 * MINUTE)
    before = evening.requests
    for number in (900, 1, 900, 1, 900):
        evening.open(number)
        evening.clock.forward(10)
    # One look, and each of the two lists once.
    assert evening.requests == before + 3


@pytest.mark.parametrize("jump", [-50 * 365 * DAY, -DAY, DAY, 400 * DAY])
def test_a_clock_that_jumps_causes_no_storm(evening: Evening, jump: float) -> None:
    account = evening.setup.account
    now = account._now
    account._now = lambda: now() + jump
    for number in range(1, 21):
        evening.open(number)
        evening.clock.forward(10)
    # A look, and at most a new token for a clock that says that the old one is over.
    assert evening.requests <= 3
