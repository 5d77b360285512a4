"""What Simkl was told is said by choice, several as one; what is in doubt is asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from lib.storage.outbox import UNWATCHED
from tests.unit import kodi_in_memory
from tests.unit.clocks import Clock
from tests.unit.ui.test_settings import Kept
from tests.unit.ui.test_waiting_list import DARK, HEAT
from tests.unit.ui.words import Panel, text

kodi_in_memory.install()

from lib.ui import send_messages  # noqa: E402
from lib.ui.menu_entry import Entry  # noqa: E402
from lib.ui.send_messages import SendMessages  # noqa: E402


class Spoken:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        monkeypatch.setattr(send_messages, "text", text)
        monkeypatch.setattr(send_messages, "notify", self.said.append)
        self.kept = Kept(messages="ticks")
        self.clock = Clock()
        self.is_film_on = False
        self.messages = SendMessages(cast("Any", self.kept), lambda: self.is_film_on, self.clock)
        self.panel = Panel()
        self.back = Entry("Back", lambda: None)

    def later(self, seconds: float = 5.0) -> list[str]:
        self.clock.now += seconds
        self.messages.turn()
        return self.said

    def menu(self) -> list[str]:
        entries = self.messages.menu_entries(self.panel.show, self.back)
        self.panel.show("", entries)
        return self.panel.rows


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    return Spoken(monkeypatch)


def test_one_that_was_told_is_named(spoken: Spoken) -> None:
    spoken.messages.told([DARK])
    assert spoken.later(1) == []  # more may follow
    assert spoken.later() == ["Told Simkl: Dark 2x03"]
    assert spoken.later() == ["Told Simkl: Dark 2x03"]


def test_one_that_was_taken_away_is_named_as_such(spoken: Spoken) -> None:
    spoken.messages.told([replace(DARK, what=UNWATCHED)])
    assert spoken.later() == ["Told Simkl as unwatched: Dark 2x03"]


def test_several_are_one_message(spoken: Spoken) -> None:
    spoken.messages.told([HEAT])
    spoken.later(2)
    spoken.messages.told([DARK, replace(DARK, episode=4)])
    assert spoken.later() == ["Told Simkl of so many: 3"]


def test_nothing_is_said_over_a_film_and_then_all_of_it_at_once(spoken: Spoken) -> None:
    spoken.is_film_on = True
    spoken.messages.told([HEAT])
    assert spoken.later(3000) == []
    spoken.messages.told([DARK])
    assert spoken.later(3000) == []
    spoken.is_film_on = False
    assert spoken.later() == ["Told Simkl of so many: 2"]


@pytest.mark.parametrize("choice", ["never", "trouble"])
def test_who_does_not_want_to_hear_of_it_does_not(spoken: Spoken, choice: str) -> None:
    spoken.kept.values["messages"] = choice
    spoken.messages.told([HEAT])
    assert spoken.later() == []


def test_a_full_disk_is_said_but_to_who_wants_to_hear_nothing(spoken: Spoken) -> None:
    spoken.messages.not_kept()
    assert "could not be stored" in spoken.said[0]
    spoken.kept.values["messages"] = "never"
    spoken.messages.not_kept()
    assert len(spoken.said) == 1


@pytest.mark.parametrize("answer", [True, False])
def test_a_burst_is_asked_about_once_and_answered_in_the_menu(
    spoken: Spoken, *, answer: bool
) -> None:
    assert spoken.menu() == []
    for _ in range(3):
        assert spoken.messages.ask_about_burst(62) is None
        spoken.later()
    assert len(spoken.said) == 1
    assert "at once: 62." in spoken.said[0]
    assert spoken.menu() == ["Marked all at once (62)…"]
    spoken.panel.choose("Marked")
    # The first has the focus: who presses a key too many has told nothing.
    assert spoken.panel.rows == ["No, do not tell Simkl", "Yes, tell Simkl", "Back"]
    spoken.panel.choose("Yes" if answer else "No")
    assert spoken.menu() == []
    assert spoken.messages.ask_about_burst(62) is answer
    assert spoken.menu() == []
    assert spoken.messages.ask_about_burst(9) is None  # another one is asked about anew
    assert len(spoken.later()) == 2


def test_leaving_the_question_is_no_answer(spoken: Spoken) -> None:
    spoken.messages.ask_about_burst(62)
    spoken.menu()
    spoken.panel.choose("Marked")
    spoken.panel.choose("Back")
    assert spoken.messages.ask_about_burst(62) is None
    assert spoken.menu() == ["Marked all at once (62)…"]


def test_a_burst_is_not_spoken_of_over_a_film_nor_to_who_wants_to_hear_nothing(
    spoken: Spoken,
) -> None:
    spoken.is_film_on = True
    spoken.messages.ask_about_burst(62)
    assert spoken.later() == []
    spoken.is_film_on = False
    spoken.kept.values["messages"] = "never"
    assert spoken.later() == []
    assert spoken.menu() == ["Marked all at once (62)…"]
