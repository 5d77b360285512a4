"""What waits for Simkl is seen with its moment and its reason, and the person decides on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from lib.storage.outbox import MARK, PLAY, UNPLACED, UNWATCHED, WAITING, WATCHED, OutboxEntry
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit import kodi_in_memory
from tests.unit.memory import memory
from tests.unit.ui.words import Panel, text

kodi_in_memory.install()

from lib.ui import waiting_list  # noqa: E402
from lib.ui.menu_entry import Entry  # noqa: E402
from lib.ui.waiting_list import MOST_ROWS, Actions, WaitingList  # noqa: E402

AT = datetime(2026, 11, 27, 20, 15, tzinfo=timezone.utc)
HEAT = OutboxEntry(
    "ann", WATCHED, PLAY, Title(MOVIE, (("tmdb", "949"),)), -1, -1, AT, "Heat (1995)"
)
DARK = replace(
    HEAT,
    title=Title(SHOW, (("tmdb", "70523"),)),
    season=2,
    episode=3,
    at=AT + timedelta(hours=1),
    label="Dark 2x03",
    origin=MARK,
)


class Shown:
    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(waiting_list, "text", text)
        monkeypatch.setattr(waiting_list, "moment", lambda at: f"@{at - AT.timestamp():.0f}")
        self.outbox = memory(file).outbox
        self.account = "ann"
        self.is_on = True
        self.panel = Panel()
        self.menu = self.tries = 0
        self.list = WaitingList(
            self.outbox,
            lambda: self.account,
            lambda: self.is_on,
            self.panel.show,
            Entry("Back", self._back),
            Actions(self.panel.close, self._try_again),
        )

    def _back(self) -> None:
        self.menu += 1

    def _try_again(self) -> None:
        self.tries += 1

    def add(self, *entries: OutboxEntry) -> None:
        self.outbox.add(entries)

    def stands(self, label: str, **how: object) -> None:
        """Have the entry of that label stand otherwise."""
        [entry] = [each for each in self.outbox.waiting("ann") if each.label == label]
        self.outbox.change([replace(entry, **how)])  # type: ignore[arg-type]

    def labels(self, account: str = "ann") -> list[str]:
        return [entry.label for entry in self.outbox.waiting(account)]


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(tmp_path / "memory.db", monkeypatch)


def test_the_menu_has_an_entry_with_the_number_where_something_waits_and_none_else(
    shown: Shown,
) -> None:
    assert shown.list.menu_entries() == []
    shown.add(HEAT, DARK)
    assert [entry.words for entry in shown.list.menu_entries()] == ["Waiting for Simkl (2)"]
    shown.is_on = False
    assert [entry.words for entry in shown.list.menu_entries()] == ["Waiting for Simkl (2)"]


def test_each_is_shown_with_its_moment_and_its_reason_the_oldest_first(shown: Shown) -> None:
    shown.add(DARK, HEAT)
    shown.stands("Dark 2x03", state=UNPLACED, why="unplaced")
    shown.list.open()
    assert shown.panel.rows == [
        "Heat (1995) · @0 · It waits for its turn",
        "Dark 2x03 · @3600 · Simkl cannot place it",
        "Send all again",
        "Drop all",
        "Back",
    ]


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("offline", "No connection to Simkl"),
        ("busy", "Simkl is busy"),
        ("day used up", "Today's calls are used up"),
        ("read only", "The sign-in may only read"),
        ("clock wrong", "This device's clock is wrong"),
        ("refused", "Simkl refused it"),
        ("not found", "Simkl does not know it"),
        ("unclear", "Unclear whether Simkl has it"),
        ("nobody", "Of another account"),
        ("of a newer version", "Could not be told yet"),
    ],
)
def test_each_reason_has_its_words(shown: Shown, why: str, words: str) -> None:
    shown.add(HEAT)
    shown.stands("Heat (1995)", why=why)
    shown.list.open()
    assert shown.panel.rows[0] == f"Heat (1995) · @0 · {words}"


def test_one_is_shown_whole_and_what_cannot_be_placed_is_explained(shown: Shown) -> None:
    shown.add(HEAT, DARK)
    tried = AT + timedelta(hours=2)
    shown.stands("Dark 2x03", state=UNPLACED, why="unplaced", tried_at=tried)
    shown.list.open()
    shown.panel.choose("Dark")
    lines = shown.panel.words.split("\n")
    assert lines[:4] == [
        "Dark 2x03",
        "Marked as watched: @3600",
        "Simkl cannot place it",
        "Last tried: @7200",
    ]
    assert lines[4].startswith("Simkl does not list an episode of this number.")
    assert shown.panel.rows == ["Send again", "Drop it", "Back"]
    shown.panel.choose("Back")
    shown.panel.choose("Heat")
    assert shown.panel.words.split("\n")[1:] == ["Watched: @0", "It waits for its turn"]


def test_what_was_marked_as_unwatched_says_so(shown: Shown) -> None:
    shown.add(replace(DARK, what=UNWATCHED))
    shown.list.open()
    shown.panel.choose("Dark")
    assert shown.panel.words.split("\n")[1] == "Marked as unwatched: @3600"


def test_one_is_sent_again_and_the_others_stay_as_they_are(shown: Shown) -> None:
    shown.add(HEAT, DARK)
    for label in ("Heat (1995)", "Dark 2x03"):
        shown.stands(label, state=UNPLACED, why="unplaced", tried_at=AT)
    shown.list.open()
    shown.panel.choose("Dark")
    shown.panel.choose("Send again")
    assert [(each.state, each.why) for each in shown.outbox.waiting("ann")] == [
        (UNPLACED, "unplaced"),
        (WAITING, ""),
    ]
    assert shown.panel.rows[1] == "Dark 2x03 · @3600 · It waits for its turn"
    assert shown.tries == 1


def test_one_is_dropped_and_the_list_is_shown_again(shown: Shown) -> None:
    shown.add(HEAT, DARK)
    shown.list.open()
    shown.panel.choose("Heat")
    shown.panel.choose("Drop it")
    assert shown.labels() == ["Dark 2x03"]
    assert shown.panel.rows[0].startswith("Dark")


def test_all_are_sent_again(shown: Shown) -> None:
    shown.add(HEAT, DARK)
    shown.stands("Dark 2x03", why="refused", tried_at=AT)
    shown.list.open()
    shown.panel.choose("Send all again")
    assert [each.why for each in shown.outbox.waiting("ann")] == ["", ""]
    assert shown.tries == 1


def test_all_are_dropped_only_after_one_more_question(shown: Shown) -> None:
    shown.add(HEAT, DARK)
    shown.list.open()
    shown.panel.choose("Drop all")
    assert shown.panel.words == "Simkl will never be told of these: 2. Drop them all?"
    assert shown.panel.rows == ["Back", "Drop all"]  # the first has the focus
    shown.panel.choose("Back")
    assert shown.labels() == ["Heat (1995)", "Dark 2x03"]
    shown.panel.choose("Drop all")
    shown.panel.choose("Drop all")
    assert shown.labels() == []
    assert (shown.panel.words, shown.panel.rows) == ("Nothing waits for Simkl.", ["Back"])


def test_what_is_another_accounts_is_neither_sent_nor_dropped_with_ones_own(shown: Shown) -> None:
    shown.add(HEAT, replace(DARK, account="bob"))
    assert [entry.words for entry in shown.list.menu_entries()] == ["Waiting for Simkl (2)"]
    shown.list.open()
    assert shown.panel.rows[1] == "Dark 2x03 · @3600 · Of another account"
    shown.panel.choose("Dark")
    assert shown.panel.rows == ["Drop it", "Back"]
    shown.panel.choose("Back")
    shown.panel.choose("Drop all")
    shown.panel.choose("Drop all")
    assert (shown.labels(), shown.labels("bob")) == ([], ["Dark 2x03"])


def test_those_of_several_accounts_stand_in_the_order_of_their_moments(shown: Shown) -> None:
    later = [
        replace(DARK, account=who, episode=hour, at=AT + timedelta(hours=hour), label=f"{hour}")
        for hour, who in enumerate(("ann", "bob", "ann", "bob"), 1)
    ]
    shown.add(*later)
    shown.list.open()
    assert [row[0] for row in shown.panel.rows[:4]] == ["1", "2", "3", "4"]


def test_while_nobody_is_signed_in_nothing_can_be_sent(shown: Shown) -> None:
    shown.add(HEAT)
    shown.account = ""
    shown.list.open()
    assert shown.panel.rows == ["Heat (1995) · @0 · Of another account", "Back"]


def test_while_it_is_switched_off_what_waits_can_be_dropped_and_not_sent(shown: Shown) -> None:
    shown.add(HEAT)
    shown.is_on = False
    shown.list.open()
    assert "is off in the settings" in shown.panel.words
    assert shown.panel.rows[1:] == ["Drop all", "Back"]
    shown.panel.choose("Heat")
    assert shown.panel.rows == ["Drop it", "Back"]


def test_of_very_many_the_first_are_shown_and_it_is_said(shown: Shown) -> None:
    many = [replace(DARK, episode=number, label=f"Dark 2x{number:02}") for number in range(1, 71)]
    shown.add(*many)
    shown.list.open()
    rows = [row for row in shown.panel.rows if re.match(r"Dark 2x\d\d ·", row)]
    assert len(rows) == MOST_ROWS
    assert shown.panel.words.endswith(f"Shown here: {MOST_ROWS} of 70")
    shown.panel.choose("Drop all")
    shown.panel.choose("Drop all")
    assert shown.labels() == []


def test_after_switching_off_it_is_asked_what_to_do_with_what_waits(shown: Shown) -> None:
    assert not shown.list.ask_what_to_do()
    assert shown.panel.rows == []
    shown.add(HEAT, DARK, replace(DARK, account="bob"))
    assert shown.list.ask_what_to_do()
    assert "Not sent yet: 2." in shown.panel.words
    assert shown.panel.rows == ["Keep it", "Drop all"]
    shown.panel.choose("Keep it")
    assert shown.panel.is_closed
    assert shown.labels() == ["Heat (1995)", "Dark 2x03"]
    shown.list.ask_what_to_do()
    shown.panel.choose("Drop all")
    assert (shown.labels(), shown.labels("bob")) == ([], ["Dark 2x03"])
