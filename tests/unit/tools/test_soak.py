"""What the soak compares in the end: each kind of difference is found, and nothing else is one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any, Iterator

import pytest

from tests.simkl_server import SimklServer
from tests.simkl_server.clock import stamp
from tests.simkl_server.record import Told

pytest.importorskip("Xlib", reason="what drives a Kodi is not installed there")

from tools.soak.watches import Watch, at_simkl, in_kodi
from tools.soak.world import Thing

BEGAN = datetime(2026, 11, 27, 20, 0, tzinfo=timezone.utc)
ENDED = BEGAN + timedelta(seconds=5)


class Evening:
    """A film and an episode, what was watched of them, and what Kodi and Simkl have of it."""

    def __init__(self, simkl: SimklServer) -> None:
        self.person = simkl.person
        series = simkl.add_series("Dark", 2017, {1: 2}, tmdb=70523)
        self.heat = Thing(simkl.add_film("Heat", 1995, tmdb=949), None, "/Heat.mkv")
        self.dark = Thing(series, (1, 2), "/Dark S01E02.mkv")
        self.playcounts: dict[str, int] = {}
        self.elsewhere: set[Thing] = set()
        self.watches: list[Watch] = []
        self.world: Any = SimpleNamespace(
            room=SimpleNamespace(simkl=simkl),
            things=[self.heat, self.dark],
            elsewhere=self.elsewhere,
            playcounts=lambda: self.playcounts,
            wrong_and_lost=lambda: ([], []),
        )

    def watch(self, thing: Thing) -> None:
        self.watches.append(Watch(thing, BEGAN, ENDED))

    def watch_at_simkl(self, thing: Thing) -> None:
        season, number = thing.episode or (None, None)
        self.person.watch(thing.title, season=season, episode=number, at=stamp(0))
        self.elsewhere.add(thing)

    def tell(self, thing: Thing, at: datetime = ENDED) -> None:
        told = Told(thing.title, thing.episode, stamp(at.timestamp()))
        self.person.take_in(told.title, told.episode, str(told.at))
        self.person.record.watches.append(told)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are wrong, doubled and lost at Simkl."""
        wrong, doubled, lost = at_simkl(self.world, self.watches)
        return len(wrong), len(doubled), len(lost)


@pytest.fixture
def evening() -> Iterator[Evening]:
    with SimklServer() as simkl:
        yield Evening(simkl)


def test_what_was_told_once_with_its_moment_is_right(evening: Evening) -> None:
    for thing in (evening.heat, evening.dark):
        evening.watch(thing)
        evening.tell(thing)
    assert evening.counts == (0, 0, 0)


def test_what_was_not_told_is_lost_unless_simkl_had_it(evening: Evening) -> None:
    evening.watch(evening.heat)
    evening.watch(evening.dark)
    evening.watch_at_simkl(evening.dark)
    assert evening.counts == (0, 0, 1)


@pytest.mark.parametrize("seconds", [-60, 3])
def test_what_was_told_with_another_moment_is_wrong(evening: Evening, seconds: int) -> None:
    evening.watch(evening.heat)
    evening.tell(evening.heat, ENDED + timedelta(seconds=seconds))
    assert evening.counts == (1, 0, 0)


def test_what_nobody_watched_is_wrong_and_what_was_removed(evening: Evening) -> None:
    evening.tell(evening.dark)
    evening.person.record.removed.append(Told(evening.heat.title))
    assert evening.counts == (2, 0, 0)


def test_what_was_told_twice_is_doubled(evening: Evening) -> None:
    evening.watch(evening.heat)
    evening.tell(evening.heat)
    evening.tell(evening.heat)
    assert evening.counts == (0, 1, 0)
    evening.person.record.rewatches.append(Told(evening.heat.title))
    assert evening.counts == (0, 2, 0)


def test_what_nobody_knows_of_is_compared_no_more(evening: Evening) -> None:
    evening.watch(evening.heat)
    evening.tell(evening.dark)
    evening.world.things.clear()
    assert evening.counts == (0, 0, 0)


def test_a_tick_is_counted_no_oftener_in_kodi_than_it_was_watched(evening: Evening) -> None:
    evening.playcounts = {evening.heat.file: 1, evening.dark.file: 1}
    assert in_kodi(evening.world, evening.watches).doubled == []
    evening.playcounts = {evening.heat.file: 2, evening.dark.file: 2}
    evening.watch(evening.heat)
    evening.watch(evening.dark)
    evening.elsewhere.add(evening.dark)
    assert in_kodi(evening.world, evening.watches).doubled == ["/Heat.mkv: 2"]
