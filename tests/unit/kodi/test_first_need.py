"""Most of the add-on is loaded only when it is needed: what tells that, and what does not."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib.kodi import first_need  # noqa: E402
from lib.kodi.addon import ADDON_ID  # noqa: E402
from lib.kodi.first_need import concerns_us, is_needed  # noqa: E402
from lib.kodi.monitor import SETTINGS_CHANGED, Event, Monitor  # noqa: E402

ROOT = Path(__file__).parents[3]


class Box:
    """A Kodi in which nobody does anything, until it leaves at the third rest."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.labels: dict[str, str] = {}
        self.idle, self.window = 1000, 10000
        self.files = {"account.json": "{}", "memory.db": ""}
        self.wishes_home = self.wanted_by_skin = self.is_sending = False
        self.events: list[Event] = []
        self.heard_last: list[Event] = []
        self.rests: list[float] = []
        monkeypatch.setattr(Monitor, "is_leaving", False)
        for name, stand_in in {
            "this_addon": lambda: None,
            "label": lambda name: self.labels.get(name, ""),
            "idle_seconds": lambda: self.idle,
            "window_id": lambda: self.window,
            "condition": lambda _: self.wanted_by_skin,
            "Settings": lambda: self,
            "xbmcvfs": self,
        }.items():
            monkeypatch.setattr(first_need, name, stand_in)
        monkeypatch.setattr("lib.kodi.files.text_of", lambda path: self.files[_name(path)])

    # -- in place of the settings, of Kodi's files and of the monitor --

    def is_on(self, key: str) -> bool:
        return {"home": self.wishes_home, "send": self.is_sending}[key]

    def exists(self, path: str) -> bool:
        return _name(path) in self.files

    @property
    def has_events(self) -> bool:
        return bool(self.events)

    def next_event(self) -> Event:
        return self.events.pop(0)

    def put_back(self, event: Event) -> None:
        self.events.insert(0, event)

    def hear_the_rest(self) -> None:
        self.events += self.heard_last

    def rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        Monitor.is_leaving = len(self.rests) == 3


def _name(path: str) -> str:
    return path.rsplit("/", maxsplit=1)[-1]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    monkeypatch.setattr(Monitor, "begun_at", time.monotonic() - 60)
    return Box(monkeypatch)


def needs(box: Any) -> bool:
    return is_needed(box)


def test_where_nobody_does_anything_nothing_is_loaded(box: Box) -> None:
    box.events = [Event("xbmc", "VideoLibrary.OnScanFinished", {}), Event("other", "Other.x", {})]
    assert not needs(box)
    assert box.events == []
    assert all(seconds > 600 for seconds in box.rests)


def test_a_key_that_was_pressed_since_the_start_is_a_need(box: Box) -> None:
    box.idle = 57
    assert needs(box)


def test_that_kodi_started_is_no_key(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.idle = 0
    monkeypatch.setattr(Monitor, "begun_at", time.monotonic() - 1.5)
    assert not needs(box)


def test_a_list_that_is_open_is_a_need(box: Box) -> None:
    box.window = 10025
    assert needs(box)


def test_what_a_person_started_is_a_need(box: Box) -> None:
    box.labels[f"Window(10000).Property({ADDON_ID}.command)"] = '["open", {}]'
    assert needs(box)


@pytest.mark.parametrize(
    "event",
    [
        SETTINGS_CHANGED,
        Event(ADDON_ID, "Other.command", {}),
        Event("xbmc", "Player.OnPlay", {}),
        Event("xbmc", "VideoLibrary.OnRemove", {"type": "movie", "id": 1}),
        Event("xbmc", "VideoLibrary.OnUpdate", {"playcount": 0}),
    ],
)
def test_what_is_announced_of_marks_and_plays_is_a_need_and_not_lost(
    box: Box, event: Event
) -> None:
    box.events = [Event("xbmc", "System.OnWake", {}), event]
    assert needs(box)
    assert box.events == [event]


def test_what_was_only_added_is_none() -> None:
    assert not concerns_us(Event("xbmc", "VideoLibrary.OnUpdate", {"added": True}))


def test_who_was_never_welcomed_is_greeted(box: Box) -> None:
    box.files = {}
    assert needs(box)


def test_who_is_not_signed_in_and_was_welcomed_needs_nothing(box: Box) -> None:
    del box.files["account.json"]
    assert not needs(box)


def test_ticks_on_the_home_screen_are_a_need(box: Box) -> None:
    box.wishes_home = True
    assert needs(box)


def test_what_waits_for_simkl_is_one_where_it_is_to_be_told(box: Box) -> None:
    box.is_sending = True
    assert needs(box)


def test_a_skin_that_wants_to_be_told_is_one(box: Box) -> None:
    box.wanted_by_skin = True
    assert needs(box)


def test_a_sign_in_that_cannot_be_read_is_said(box: Box) -> None:
    box.files["account.json"] = '{"version": 1, "acc'
    assert needs(box)


def test_before_kodi_shows_its_home_screen_nothing_of_that_is_looked_at(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.wishes_home = True
    monkeypatch.setattr(Monitor, "begun_at", time.monotonic())
    assert not needs(box)
    assert all(0 < seconds <= 5 for seconds in box.rests)


def test_what_waits_for_the_first_need_loads_none_of_what_is_needed_then() -> None:
    code = (
        "from tests.unit import kodi_in_memory; kodi_in_memory.install()\n"
        "import sys, lib.kodi.monitor\n"
        "import lib.kodi.first_need\n"
        "print(*sorted(name for name in sys.modules if name.startswith('lib.')))"
    )
    run = [sys.executable, "-c", code]
    loaded = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {name for name in loaded.split() if not name.startswith("lib.kodi")} == set()
    assert len(loaded.split()) <= 9


@pytest.mark.parametrize("when", ["before", "amid"])
def test_a_mark_that_was_made_as_kodi_leaves_is_heard(box: Box, when: str) -> None:
    mark = Event("xbmc", "VideoLibrary.OnUpdate", {"playcount": 0})
    if when == "before":
        box.events = [mark]
        Monitor.is_leaving = True
    else:
        box.heard_last = [Event("xbmc", "System.OnQuit", {}), mark]
    assert needs(box)
    assert box.events == [mark]
