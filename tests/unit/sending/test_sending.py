"""What is heard is kept at once, whose it is is found out, and what the disk refuses is said."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping

import pytest

from lib.sending.choice import Choice
from lib.sending.clock_check import ClockCheck
from lib.sending.keeper import Keeper
from lib.sending.sending import Parts, Sending
from lib.simkl.client import Simkl
from lib.simkl.errors import SignedOut
from lib.storage.outbox import NotKept, OutboxEntry
from tests.simkl_server import SimklServer
from tests.unit import kodi_in_memory
from tests.unit.sending.send_setup import ON, NoRowMarks, SendSetup, film, hours, stamps

kodi_in_memory.install()

from lib.kodi.monitor import Event  # noqa: E402

HEAT = 949
SETTINGS_AT_SIMKL = "/users/settings"


class NoMarks:
    is_coming = False

    def __init__(self) -> None:
        self.heard_of: list[tuple[str, float, str]] = []
        self.is_kept = False

    def heard(self, method: str, _: Mapping[str, Any], at: float, account: str) -> None:
        self.heard_of.append((method, at, account))

    def keep(self) -> None:
        self.is_kept = True

    def step(self) -> bool:
        return False


class NoPlays:
    def __init__(self) -> None:
        self.heard_of: list[str] = []
        self.heard_at: float | None = None
        self.has_left = False

    def heard(self, method: str, _: Mapping[str, Any], at: float | None = None) -> None:
        self.heard_of.append(method)
        self.heard_at = at

    def turn(self) -> float:
        return 0.5

    def leave(self) -> None:
        self.has_left = True

    def is_of_a_play(self, _: object) -> bool:
        return False


class Whole(SendSetup):
    """All of it but what is heard."""

    def __init__(self, server: SimklServer, door: Simkl, folder: Path) -> None:
        super().__init__(server, door, folder)
        self.marks = NoMarks()
        marks: Any = self.marks
        self.plays = NoPlays()
        self.choice = Choice(self.coordinator)
        self.said_not_kept = 0
        self.keeper = Keeper(self.store.outbox, self.not_kept)
        self.hears_the_clock = False
        clock = ClockCheck(self._ahead_as_heard, server.clock.now, self.now)
        outbox, messages = self.store.outbox, Messages(self)
        self.row_marks = NoRowMarks()
        self.is_playing = False
        row_marks: Any = self.row_marks
        parts = Parts(
            *(self.coordinator, outbox, marks, row_marks, self.plays, self.sender, clock, messages),
            lambda: self.is_playing,
        )
        self.sending = Sending(parts, self.choice, self.keeper)
        self.sending.apply_settings(ON)

    def not_kept(self) -> None:
        self.said_not_kept += 1

    def _ahead_as_heard(self) -> float | None:
        return 0.0 if self.hears_the_clock else None  # it was right at Simkl's last answer

    def set_clock(self, ahead: float) -> None:
        """Set the clock here, ahead of Simkl's by so many seconds."""
        self.ahead = ahead

    def turn(self) -> None:
        """A look, and another one once the answer has come."""
        for _ in range(3):
            self.sending.turn()
            time.sleep(0.05)

    def knows_whose(self) -> bool:
        grant = self.account.grant
        return grant is not None and grant.account != ""

    def turn_until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + 10
        while not is_so() and time.monotonic() < end:
            self.turn()


class Messages:
    """What is said to the person."""

    def __init__(self, whole: Whole) -> None:
        self.not_kept = whole.not_kept

    def told(self, entries: Iterable[OutboxEntry]) -> None:
        pass

    def ask_about_burst(self, _: int) -> bool | None:
        return None


@pytest.fixture
def whole(server: SimklServer, door: Simkl, tmp_path: Path) -> Iterator[Whole]:
    server.add_film("Heat", 1995, tmdb=HEAT)
    whole = Whole(server, door, tmp_path)
    yield whole
    door.leave()
    whole.worker.leave(5)


def test_what_kodi_announces_is_heard_by_both_with_its_moment(whole: Whole) -> None:
    whole.sending.heard(Event("xbmc", "VideoLibrary.OnUpdate", {}, 12.5))
    whole.sending.heard(Event("xbmc", "System.OnSleep", {}, 13.0))
    name = whole.server.person.name
    assert whole.marks.heard_of[0] == ("VideoLibrary.OnUpdate", 12.5, name)
    assert whole.plays.heard_of == ["VideoLibrary.OnUpdate"]
    assert whole.plays.heard_at == 12.5


def test_what_was_heard_is_kept_when_it_leaves(whole: Whole) -> None:
    whole.sending.leave()
    assert whole.marks.is_kept
    assert whole.plays.has_left


def test_rows_of_others_are_looked_at_in_each_turn_and_it_is_said_whether_a_video_plays(
    whole: Whole,
) -> None:
    whole.sending.turn()
    whole.is_playing = True
    whole.sending.turn()
    assert whole.row_marks.looks == [False, True]


def test_a_disk_that_takes_nothing_is_said_once(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> int:
        raise NotKept

    monkeypatch.setattr(whole.store.outbox, "add", refuse)
    for _ in range(3):
        whole.keeper.add([whole.entry(film(HEAT))])
    assert whole.said_not_kept == 1


def test_whose_a_sign_in_is_is_asked_once_and_what_waits_goes_with_it(whole: Whole) -> None:
    grant = whole.account.grant
    assert grant is not None
    whole.account.keep(replace(grant, account=""))
    whole.sending.apply_settings(replace(ON, is_on=False))  # so that all of it waits
    whole.add(whole.entry(film(HEAT), account=grant.person))
    whole.sending.begin_person()
    whole.turn_until(whole.knows_whose)
    whole.turn()
    known = whole.account.grant
    assert known is not None
    assert known.account
    assert whole.store.outbox.accounts() == {known.account}
    assert whole.count(SETTINGS_AT_SIMKL) == 1


def test_the_plan_is_asked_only_where_each_watch_is_wanted(whole: Whole) -> None:
    whole.turn()
    assert whole.count(SETTINGS_AT_SIMKL) == 0
    whole.sending.apply_settings(replace(ON, rewatches=True))
    whole.turn()
    whole.turn()
    assert whole.count(SETTINGS_AT_SIMKL) == 1
    assert not whole.sender.settings.rewatches  # a free account keeps no second watch


# -- a sign-in that is good for nothing any more --


def watch(whole: Whole) -> OutboxEntry:
    """Something that is watched now is kept for whom it is."""
    entry = whole.entry(film(HEAT), account=whole.choice.account())
    whole.keeper.add([entry])
    return entry


def is_refused(whole: Whole) -> None:
    """Simkl does not know the sign-in any more, as after it was taken back there."""
    grant = whole.account.grant
    assert grant is not None
    whole.server.revoke(grant.refresh_token or "")
    whole.server.revoke(grant.access_token)


def is_for_another_client_id(whole: Whole) -> None:
    """The person has put another one into the settings."""
    whole.coordinator.begin(whole.door, "another")
    whole.sending.begin_person()


@pytest.mark.parametrize("is_over", [is_refused, is_for_another_client_id])
def test_what_is_watched_then_goes_out_once_the_same_account_is_signed_in(
    whole: Whole, is_over: Callable[[Whole], None]
) -> None:
    is_over(whole)
    entry = watch(whole)
    whole.send(60)
    assert whole.recorded == []
    assert is_over is is_for_another_client_id or SignedOut in whole.told
    other = whole.server.add_person("Bob")
    other.may_be_written = True
    whole.sign_in(other)
    whole.sending.begin_person()
    whole.send(7 * 3600)
    assert whole.recorded == []
    assert other.record.watches == []
    whole.sign_in()
    whole.sending.begin_person()
    whole.send(60)
    assert [at for _, _, at in whole.recorded] == stamps([entry])


def test_what_is_watched_after_the_person_has_signed_out_is_nobodys(whole: Whole) -> None:
    whole.account.forget()
    whole.sending.begin_person()
    assert whole.choice.account() == ""


def test_what_was_noted_by_a_clock_that_was_right_stays_though_it_is_set_wrong_and_right_again(
    whole: Whole,
) -> None:
    whole.hears_the_clock = True
    whole.sending.apply_settings(replace(ON, is_on=False))  # so that all of it waits
    right = whole.entry(film(HEAT))
    whole.add(right)
    whole.sending.turn()
    whole.set_clock(hours(30).total_seconds())
    whole.sending.turn()
    wrong = whole.entry(film(1))
    whole.add(wrong)
    whole.sending.turn()
    whole.set_clock(0)
    whole.sending.turn()
    waiting = whole.store.outbox.waiting(whole.server.person.name)
    assert [each.at for each in waiting] == [right.at, wrong.at - hours(30)]


def test_what_is_added_of_a_sign_in_once_its_account_is_known_is_the_accounts(whole: Whole) -> None:
    """A mark that was heard before that, and read after it."""
    grant = whole.account.grant
    assert grant is not None
    assert grant.account
    whole.sending.apply_settings(replace(ON, is_on=False))
    whole.sending.begin_person()
    whole.sending.turn()
    whole.add(whole.entry(film(HEAT), account=grant.person))
    whole.sending.turn()
    assert whole.store.outbox.accounts() == {grant.account}
