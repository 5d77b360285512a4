"""The sleep between two looks: what ends it early, and that it hears all that Kodi announces."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Callable

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib.kodi import glance  # noqa: E402
from lib.kodi import monitor as module  # noqa: E402
from lib.kodi.monitor import Event, Monitor  # noqa: E402

HOME, VIDEOS, FULLSCREEN = 10000, 10025, 12005
LONG = 5.0  # seconds: much longer than anything here may take


class Kodi:
    """As it stands: without a key for so many seconds, in this window."""

    def __init__(self) -> None:
        self.idle, self.window, self.path = 100, HOME, ""
        self.leaves = threading.Event()
        self.take: Callable[[Event], None] = lambda _: None
        self.glances = 0

    def announcements(self, take: Callable[[Event], None]) -> Kodi:
        self.take = take
        return self

    def waitForAbort(self, seconds: float | None = None) -> bool:  # noqa: N802
        return self.leaves.wait(seconds)

    def hear_the_rest(self) -> None:
        self.take(Event("xbmc", "the last one", {}))

    def idle_seconds(self) -> int:
        self.glances += 1
        return self.idle


@pytest.fixture
def kodi(monkeypatch: pytest.MonkeyPatch) -> Kodi:
    kodi = Kodi()
    monkeypatch.setattr(Monitor, "is_leaving", False)
    monkeypatch.setattr(module, "_Announcements", kodi.announcements)
    monkeypatch.setattr(glance, "idle_seconds", kodi.idle_seconds)
    windows = SimpleNamespace(getCurrentWindowId=lambda: kodi.window)
    monkeypatch.setattr(glance, "xbmcgui", windows)
    monkeypatch.setattr(glance, "label", lambda _: kodi.path)
    return kodi


@pytest.fixture
def monitor(kodi: Kodi) -> Iterator[Monitor]:
    monitor = Monitor()
    monitor.rest(LONG)  # the first one only sees what is there
    assert kodi.glances
    yield monitor
    kodi.leaves.set()
    monitor.hear_the_rest()  # its thread ends before the next one begins


def seconds_of(rest: Callable[[float], bool], meanwhile: Callable[[], None]) -> float:
    """How long a long rest takes where something happens a tenth of a second after it began."""
    began = time.monotonic()
    later = threading.Timer(0.1, meanwhile)
    later.start()
    rest(LONG)
    later.join()
    return time.monotonic() - began


def test_a_key_ends_a_long_rest(kodi: Kodi, monitor: Monitor) -> None:
    def press() -> None:
        kodi.idle = 0

    assert 0.1 <= seconds_of(monitor.rest, press) < 1


def test_another_window_ends_a_long_rest_though_no_key_was_pressed(
    kodi: Kodi, monitor: Monitor
) -> None:
    def open_list() -> None:
        kodi.window = VIDEOS

    assert 0.1 <= seconds_of(monitor.rest, open_list) < 1


def test_another_list_in_the_same_window_ends_a_long_rest_though_no_key_was_pressed(
    kodi: Kodi, monitor: Monitor
) -> None:
    def open_list() -> None:
        kodi.path = "videodb://movies/titles/"

    kodi.window = VIDEOS
    monitor.rest(LONG)
    assert 0.1 <= seconds_of(monitor.rest, open_list) < 1


def test_a_window_that_came_amid_a_turn_is_news_at_once(kodi: Kodi, monitor: Monitor) -> None:
    kodi.window = VIDEOS
    began = time.monotonic()
    assert not monitor.rest(LONG)
    assert time.monotonic() - began < 0.1


def test_an_announcement_ends_a_rest_and_is_there(kodi: Kodi, monitor: Monitor) -> None:
    event = Event("xbmc", "Player.OnPlay", {})
    assert seconds_of(monitor.rest, lambda: kodi.take(event)) < 0.25
    assert monitor.next_event() == event


def test_where_nothing_happens_it_rests_as_long_as_it_may(kodi: Kodi, monitor: Monitor) -> None:
    before, began = kodi.glances, time.monotonic()
    assert not monitor.rest(1.1)
    assert 1.1 <= time.monotonic() - began < 2
    assert kodi.glances - before <= 5


def test_a_short_rest_takes_no_glance(kodi: Kodi, monitor: Monitor) -> None:
    before = kodi.glances
    monitor.rest(0.05)
    assert kodi.glances == before


@pytest.mark.parametrize("name", ["rest", "leaves_within"])
def test_a_kodi_that_leaves_ends_each_sleep_at_once_and_the_rest_is_heard(
    kodi: Kodi, monitor: Monitor, name: str
) -> None:
    assert seconds_of(getattr(monitor, name), kodi.leaves.set) < 0.3
    assert Monitor.is_leaving
    monitor.hear_the_rest()
    assert monitor.next_event().method == "the last one"


def test_no_announcement_ends_a_sleep_that_is_to_last(kodi: Kodi, monitor: Monitor) -> None:
    kodi.take(Event("xbmc", "Player.OnPlay", {}))
    began = time.monotonic()
    assert not monitor.leaves_within(0.2)
    assert time.monotonic() - began >= 0.2


def test_a_film_on_the_screen_and_a_screensaver_are_glanced_at_once_a_second(kodi: Kodi) -> None:
    look = glance.Glance()
    kodi.idle = 0
    look.sees_news()
    assert look.pause <= 0.5
    kodi.idle = 60
    assert not look.sees_news()
    assert 0.5 < look.pause <= 0.8
    kodi.window = FULLSCREEN
    assert look.sees_news()
    assert look.pause == 1.0
    kodi.window = HOME
    assert look.sees_news()
    look.heard("GUI.OnScreensaverActivated")
    assert not look.sees_news()
    assert look.pause == 1.0
    look.heard("Player.OnPlay")
    look.heard("GUI.OnScreensaverDeactivated")
    assert not look.sees_news()
    assert look.pause < 1.0


def test_until_when_nothing_was_seen_is_before_the_key(kodi: Kodi) -> None:
    look = glance.Glance()
    look.sees_news()
    began = time.monotonic()
    assert not look.sees_news()
    until = look.nothing_until
    assert until >= began
    kodi.idle = 0
    assert look.sees_news()
    assert look.nothing_until == until


@pytest.mark.parametrize("when", ["made", "waiting"])
def test_where_kodi_can_be_heard_no_more_the_script_ends(
    kodi: Kodi, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """As where Kodi ends its threads by force: whoever waits for them would wait for ever."""

    def fail(*_: object) -> None:
        raise SystemExit

    if when == "made":
        monkeypatch.setattr(module, "_Announcements", fail)
    else:
        monkeypatch.setattr(kodi, "waitForAbort", fail)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    ends: list[bool] = []

    def run() -> None:
        monitor = Monitor()
        ends.append(monitor.rest(LONG))
        monitor.hear_the_rest()  # its thread ends before the next test begins

    script = threading.Thread(target=run, daemon=True)
    script.start()
    script.join(1)
    assert ends == [True]


def test_where_kodi_asked_before_there_was_a_monitor_the_thread_ends_with_the_script(
    kodi: Kodi,
) -> None:
    """Nothing wakes it then, and Kodi would wait for it for ever."""
    monitor = Monitor()
    monitor.end()
    monitor._thread.join(LONG)
    assert not monitor._thread.is_alive()
