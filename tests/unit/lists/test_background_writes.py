"""What is written while nothing else is due, and what it costs to find out whether it may be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lib.lists.background_writes import BackgroundWrites
from lib.simkl.errors import Unreachable
from tests.unit.clocks import Clock


class Owing:
    """Something is to be announced, and nothing else is due. asked: whether a list may be loaded,
    of Kodi, which answers with its next frame.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.may_load = False
        self.asked = self.announced = 0
        nothing = SimpleNamespace(is_due=False)
        deps: Any = SimpleNamespace(
            backlog=nothing,
            deferred=SimpleNamespace(is_due=lambda *_: False),
            writer=SimpleNamespace(
                owes_announcement=True, owes_words=False, announce=self._announce
            ),
            loads=SimpleNamespace(may_begin=self._ask),
            coordinator=SimpleNamespace(trouble=None),
        )
        current: Any = SimpleNamespace(
            path="", hides_watched=False, is_finished=True, may_show=lambda _: False
        )
        self.deps, self.list = deps, current
        self.writes = BackgroundWrites(deps, current, lambda: True, self.clock)

    def _ask(self) -> bool:
        self.asked += 1
        return self.may_load

    def _announce(self) -> None:
        self.announced += 1


@pytest.fixture
def owing() -> Owing:
    return Owing()


def test_what_may_be_announced_is_at_once(owing: Owing) -> None:
    owing.may_load = True
    assert owing.writes.is_due
    assert owing.writes.step()
    assert owing.announced == 1
    assert owing.asked == 1  # each answer waits for Kodi's frame: one serves a turn


def test_what_might_have_been_announced_a_while_ago_is_asked_once_more(owing: Owing) -> None:
    owing.may_load = True
    assert owing.writes.is_due
    owing.clock.now += 0.1
    owing.may_load = False
    assert not owing.writes.step()
    assert owing.announced == 0


def test_where_it_may_not_kodi_is_asked_twice_a_second(owing: Owing) -> None:
    """As through a whole film, of which the list before is not announced yet."""
    for _ in range(100):
        assert not owing.writes.is_due
        assert not owing.writes.step()
        owing.clock.now += 0.05
    assert owing.asked <= 11
    owing.may_load = True
    owing.clock.now += 0.5
    assert owing.writes.step()
    assert owing.announced == 1


@pytest.mark.parametrize("owes_words", [True, False])
def test_films_are_announced_once_for_all_of_a_list_and_rows_of_episodes_wait_for_none(
    owing: Owing, owes_words: bool
) -> None:
    owing.may_load, owing.list.is_finished = True, False
    owing.deps.writer.owes_words = owes_words
    assert owing.writes.is_due is owes_words
    owing.list.is_finished = True
    assert owing.writes.is_due


def test_films_are_announced_though_simkl_does_not_answer_about_the_rest(owing: Owing) -> None:
    owing.may_load, owing.list.is_finished = True, False
    assert not owing.writes.is_due
    owing.deps.coordinator.trouble = Unreachable("down")
    assert owing.writes.is_due
    assert owing.writes.step()
    assert owing.announced == 1
