"""Of the episodes that a series' answer does not list one POST asks: those near the focus."""

from __future__ import annotations

from typing import Iterable

import pytest

from lib.lists.asking import Answered, Asking
from lib.simkl.answers import EpisodeKey
from lib.simkl.asks import Ask
from tests.unit.coordinator_setup import ASKED, DARK, CoordinatorSetup, series

PROOF = 9999
FARGO = series(60622)
THOUSAND = [(2, number) for number in range(1, 1001)]


class Opened:
    """A list of episodes that somebody opened, whose series' answers are there."""

    def __init__(self, setup: CoordinatorSetup) -> None:
        self.setup = setup
        self.asking: Asking[str] = Asking(setup.coordinator)
        self.dark = self.answer()

    def answer(self, ask: Ask = DARK) -> Answered[str]:
        self.asking.add(ask, "a row")
        self.asking.send()
        self.turn()
        [answered] = self.asking.take_answered()
        return answered

    def shows(self, episodes: Iterable[EpisodeKey], *, more_follow: bool = False) -> bool:
        """Whether any of these are asked about, as the rows of a list one by one."""
        is_asking = [self.asking.ask_singly(self.dark, [episode]) for episode in episodes]
        self.asking.send(more_follow=more_follow)
        self.turn()
        return any(is_asking)

    def turn(self) -> None:
        for _ in range(10):
            self.setup.turn()

    @property
    def singles(self) -> list[list[int]]:
        """The numbers of the episodes that were asked about singly, POST by POST."""
        bodies = [request.body for request in self.setup.server.requests_to(ASKED)]
        numbers = [
            [item["episode"] for item in body if "episode" in item]
            for body in bodies
            if isinstance(body, list)
        ]
        return [some for some in numbers if some]


@pytest.fixture
def opened(setup: CoordinatorSetup) -> Opened:
    return Opened(setup)


def test_of_a_thousand_rows_the_nearest_are_asked_about_in_one_post(opened: Opened) -> None:
    assert opened.shows(THOUSAND)
    assert opened.singles == [[PROOF, *range(1, 100)]]
    answered = list(opened.asking.take_answered())
    assert len(answered) == 99
    assert all(each.is_complete for each in answered)
    assert opened.asking.is_empty


def test_a_thousand_episodes_of_one_row_are_no_more(opened: Opened) -> None:
    """As in Kodi's library, where a series has all its rows."""
    assert opened.asking.ask_singly(opened.dark, THOUSAND)
    opened.asking.send()
    opened.turn()
    assert opened.singles == [[PROOF, *range(1, 100)]]
    [whole] = opened.asking.take_answered()
    assert whole.is_complete
    assert opened.asking.has_passed_over(DARK.title)


def test_the_same_list_again_asks_nothing_as_long_as_the_answers_stand(opened: Opened) -> None:
    opened.shows(THOUSAND)
    again = Opened(opened.setup)
    assert again.shows(THOUSAND)
    assert len(again.singles) == 1
    assert len(list(again.asking.take_answered())) == 99


def test_old_answers_of_single_episodes_are_asked_again_in_one_post(opened: Opened) -> None:
    opened.shows(THOUSAND)
    opened.setup.coordinator.look_now()
    again = Opened(opened.setup)
    again.shows(THOUSAND)
    assert [sorted(some) for some in again.singles] == 2 * [[*range(1, 100), PROOF]]


def test_where_the_focus_has_moved_the_rows_there_are_asked_about(opened: Opened) -> None:
    opened.shows(THOUSAND)
    Opened(opened.setup).shows(THOUSAND[::-1])
    assert opened.singles[1:] == [[PROOF, *range(1000, 901, -1)]]


def test_a_new_episode_of_a_list_that_fits_is_asked_about(opened: Opened) -> None:
    opened.shows(THOUSAND[:20])
    Opened(opened.setup).shows(THOUSAND[:21])
    assert opened.singles[1:] == [[PROOF, 21]]


def test_rows_that_have_their_ticks_are_among_the_nearest_too(opened: Opened) -> None:
    opened.shows(THOUSAND)
    again = Opened(opened.setup)
    again.asking.pass_by(DARK.title, [(1, 1), (1, 2), *THOUSAND[:30]])
    again.shows(THOUSAND[30:])
    assert len(again.singles) == 1


def test_rows_that_are_read_one_after_another_go_in_one_post(opened: Opened) -> None:
    opened.shows(THOUSAND[:50], more_follow=True)
    assert opened.singles == []
    opened.shows(THOUSAND[50:80])
    assert opened.singles == [[PROOF, *range(1, 81)]]


def test_a_full_post_does_not_wait_for_rows_that_follow(opened: Opened) -> None:
    opened.shows(THOUSAND[:99], more_follow=True)
    assert opened.singles == [[PROOF, *range(1, 100)]]


def test_each_series_has_a_post_of_its_own(opened: Opened) -> None:
    opened.setup.server.add_series("Fargo", 2014, {1: 1}, tmdb=60622)
    fargo = opened.answer(FARGO)
    opened.shows(THOUSAND)
    assert opened.asking.ask_singly(fargo, THOUSAND)
    opened.asking.send()
    opened.turn()
    assert len(opened.singles) == 2
    assert [len(some) for some in opened.singles] == [100, 100]
