"""Switching on needs a sign-in that may write; switching off asks what to do with what waits."""

from __future__ import annotations

from typing import Any, Callable, cast

import pytest

from lib.account.grant import Grant
from tests.unit import kodi_in_memory
from tests.unit.ui.test_settings import Kept
from tests.unit.ui.words import text

kodi_in_memory.install()

from lib.ui import send_switch  # noqa: E402
from lib.ui.send_switch import SendSwitch  # noqa: E402

READS = Grant(2, "id", "https://api.simkl.com", "a", "r", scope="media:read")
WRITES = Grant(2, "id", "https://api.simkl.com", "b", "s", scope="media:read media:write")
OLD = Grant(1, "id", "https://api.simkl.com", "c")
ON = "From now on Simkl is told what you watch in Kodi."
OFF = "Simkl is no longer told what you watch in Kodi."


class Session:
    def __init__(self, grant: Grant | None) -> None:
        self.grant = grant
        self.sign_ins = 0
        self.comes: Callable[[], Grant | None] = lambda: self.grant
        self.is_signed_in = grant is not None

    def sign_in(self) -> None:
        self.sign_ins += 1
        self.grant = self.comes()
        self.is_signed_in = self.grant is not None


class Home:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        self.hosts = self.asked = 0
        self.waits = False
        monkeypatch.setattr(send_switch, "text", text)
        monkeypatch.setattr(send_switch, "notify", self.said.append)
        monkeypatch.setattr(send_switch, "host_windows", self._host)
        self.kept = Kept(send="false")

    def _host(self) -> None:
        self.hosts += 1

    def _ask(self) -> bool:
        self.asked += 1
        return self.waits

    def begins(self, grant: Grant | None) -> None:
        self.session = Session(grant)
        self.switch = SendSwitch(cast("Any", self.kept), cast("Any", self.session), self._ask)

    def chooses(self, value: str) -> bool:
        self.kept.values["send"] = value
        self.switch.follow()
        return self.switch.turn()


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Home:
    return Home(monkeypatch)


def test_another_setting_changes_nothing_here(home: Home) -> None:
    home.begins(READS)
    home.switch.follow()
    assert not home.switch.turn()
    assert home.chooses("true")
    home.switch.follow()
    assert not home.switch.turn()


@pytest.mark.parametrize("grant", [WRITES, OLD])
def test_a_sign_in_that_may_write_is_used_as_it_is(home: Home, grant: Grant) -> None:
    home.begins(grant)
    home.chooses("true")
    assert (home.session.sign_ins, home.hosts, home.said) == (0, 0, [ON])
    assert home.kept.text("send") == "true"


@pytest.mark.parametrize("grant", [READS, None])
def test_without_one_the_person_signs_in_anew(home: Home, grant: Grant | None) -> None:
    home.begins(grant)
    home.session.comes = lambda: WRITES
    home.chooses("true")
    assert (home.session.sign_ins, home.hosts, home.said) == (1, 1, [ON])
    assert home.kept.text("send") == "true"


@pytest.mark.parametrize("grant", [READS, None])
def test_where_the_window_is_cancelled_it_is_off_again_and_nothing_else_follows(
    home: Home, grant: Grant | None
) -> None:
    home.begins(grant)
    home.waits = True
    home.chooses("true")
    assert (home.kept.text("send"), home.said) == ("false", [])
    home.switch.follow()  # Kodi says that it has changed
    assert not home.switch.turn()
    assert home.asked == 0


def test_where_simkl_grants_reading_alone_it_is_off_again(home: Home) -> None:
    home.begins(None)
    home.session.comes = lambda: READS
    home.chooses("true")
    assert (home.kept.text("send"), home.said) == ("false", [])


def test_a_sign_in_that_only_reads_is_spoken_of_once_where_it_is_on_from_the_start(
    home: Home,
) -> None:
    home.kept.values["send"] = "true"
    home.begins(READS)
    for _ in range(3):
        home.switch.turn()
    assert [said.startswith("Simkl lets this sign-in only read") for said in home.said] == [True]
    assert home.kept.text("send") == "true"
    home.kept.values["messages"] = "never"
    home.begins(READS)
    home.switch.turn()
    assert len(home.said) == 1


def test_after_switching_off_it_is_asked_about_what_waits_and_said_where_nothing_does(
    home: Home,
) -> None:
    home.kept.values["send"] = "true"
    home.begins(WRITES)
    assert not home.switch.turn()  # it was on when Kodi started
    home.chooses("false")
    assert (home.asked, home.hosts, home.said) == (1, 0, [OFF])
    home.chooses("true")
    home.waits = True
    home.chooses("false")
    assert (home.asked, home.hosts, home.said[2:]) == (2, 1, [])


@pytest.mark.parametrize(("grant", "sign_ins"), [(READS, 1), (WRITES, 0)])
def test_who_switches_it_on_before_anything_was_loaded_signs_in_too(
    home: Home, grant: Grant, sign_ins: int
) -> None:
    home.kept.put("send", "true")
    home.begins(grant)
    home.session.comes = lambda: WRITES
    home.switch.follow()
    home.switch.turn()
    assert home.session.sign_ins == sign_ins
    assert home.said == [ON] * sign_ins
    assert home.kept.is_on("send")
