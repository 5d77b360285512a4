"""An add-on that deletes what was watched is spoken of once, before the first tick beside it."""

from __future__ import annotations

from typing import Mapping, Sequence

import pytest

from lib.storage.store import Store
from lib.ui.cleaner_notice import CLEANERS, CleanerNotice
from tests.unit.clocks import Clock
from tests.unit.memory import memory

JANITOR, FILE_CLEANER = CLEANERS
FILMS, SERIES = "videodb://movies/titles/", "videodb://tvshows/titles/"


class Kodi:
    """The add-ons that are switched on: id to name."""

    def __init__(self, **enabled: str) -> None:
        self.enabled = dict(enabled)
        self.looks = 0
        self.clock = Clock()

    def names_of(self, addon_ids: Sequence[str]) -> Mapping[str, str]:
        self.looks += 1
        return {each: self.enabled[each] for each in addon_ids if each in self.enabled}

    def notice(self, store: Store) -> CleanerNotice:
        return CleanerNotice(store, self.names_of, self.clock)


@pytest.fixture
def store() -> Store:
    return memory()


@pytest.fixture
def kodi() -> Kodi:
    return Kodi(**{JANITOR: "Janitor"})


def test_it_is_spoken_of_as_the_first_list_opens_and_never_again(kodi: Kodi, store: Store) -> None:
    notice = kodi.notice(store)
    assert notice.names(FILMS) == ["Janitor"]
    assert notice.names(SERIES) == []
    assert kodi.notice(store).names(FILMS) == []


def test_before_the_home_screen_is_ticked_it_is_spoken_of_there(kodi: Kodi, store: Store) -> None:
    notice = kodi.notice(store)
    assert notice.names("") == []
    kodi.clock.now += 4.5
    assert notice.names("") == ["Janitor"]


def test_one_that_is_switched_on_later_is_spoken_of_then(kodi: Kodi, store: Store) -> None:
    notice = kodi.notice(store)
    notice.names(FILMS)
    kodi.enabled[FILE_CLEANER] = "File Cleaner"
    assert notice.names(SERIES) == ["File Cleaner"]


def test_while_a_list_stays_open_nobody_is_looked_for(kodi: Kodi, store: Store) -> None:
    notice = kodi.notice(store)
    for _ in range(9):
        notice.names(FILMS)
    assert kodi.looks == 1


def test_without_one_nothing_is_said(store: Store) -> None:
    assert Kodi(**{"script.other": "Other"}).notice(store).names(FILMS) == []
