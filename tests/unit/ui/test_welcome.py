"""Said once in the life of an installation, and never to somebody whom it does not concern."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from lib.account.grant import Grant
from lib.kodi import string_ids
from lib.storage.store import Store
from tests.unit import kodi_in_memory
from tests.unit.clocks import Clock
from tests.unit.memory import memory

kodi_in_memory.install()

from lib.ui.welcome import Welcome  # noqa: E402

NOW = datetime(2026, 11, 25, tzinfo=timezone.utc).timestamp()
MARCH = datetime(2027, 3, 1, tzinfo=timezone.utc).timestamp()
OLD = Grant(1, "id", "https://api.simkl.com", "token")
NEW = Grant(2, "id", "https://api.simkl.com", "token", "refresh")


@pytest.fixture
def store() -> Store:
    return memory()


def said(store: Store, grant: Grant | None, now: float = NOW) -> list[int]:
    """What is said after one start of Kodi."""
    clock = Clock()
    welcome = Welcome(store, clock=clock, now=lambda: now)
    found = []
    for _ in range(30):
        clock.now += 1
        if welcome.is_due(grant):
            found.append(welcome.words_for(grant))
    assert len(found) == 1
    return [number for number in found if number is not None]


def test_who_has_not_signed_in_is_welcomed_once(store: Store) -> None:
    assert said(store, None) == [string_ids.WELCOME]
    assert said(store, None) == []


def test_who_is_signed_in_is_not(store: Store) -> None:
    assert said(store, NEW) == []
    assert said(store, OLD) == []


def test_who_was_signed_in_once_is_not_welcomed_after_that(store: Store) -> None:
    assert said(store, NEW) == []
    assert said(store, None) == []


def test_who_is_signed_out_right_after_the_start_is_not_welcomed(store: Store) -> None:
    clock = Clock()
    welcome = Welcome(store, clock=clock)
    assert not welcome.is_due(NEW)
    clock.now += 10
    assert welcome.is_due(None)
    assert welcome.words_for(None) is None


def test_from_february_2027_on_an_old_sign_in_is_said_to_end_once(store: Store) -> None:
    assert said(store, OLD, MARCH) == [string_ids.SIGN_IN_ENDS]
    assert said(store, OLD, MARCH) == []
    assert said(store, NEW, MARCH) == []


def test_it_is_said_once_where_nothing_else_is_on_the_screen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences: list[str] = []
    monkeypatch.setattr("lib.ui.welcome.notify", sentences.append)
    clock, is_covered = Clock(), [True]
    welcome = Welcome(store, lambda: is_covered[0], clock=clock)
    clock.now += 60
    welcome.turn(None, may_say=False)
    welcome.turn(None, may_say=True)
    assert sentences == []
    is_covered[0] = False
    welcome.turn(None, may_say=True)
    welcome.turn(None, may_say=True)
    assert len(sentences) == 1


def test_a_film_on_the_screen_is_not_looked_at_for_it_all_the_time(store: Store) -> None:
    clock, is_covered = Clock(), [True]
    welcome = Welcome(store, lambda: is_covered[0], clock=clock)
    assert welcome.may_be_due
    clock.now += 60
    assert not welcome.may_be_due
    is_covered[0] = False
    assert welcome.may_be_due
