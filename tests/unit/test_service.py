"""The loop loses nothing that Kodi announces, however much it is at once."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib import service  # noqa: E402
from lib.kodi.monitor import Event, Monitor  # noqa: E402


def test_no_announcement_is_lost_where_there_are_more_than_there_is_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moments = iter(range(1000))  # the time of each look at the clock: three are heard in a turn
    monkeypatch.setattr(service, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    monkeypatch.setattr(service, "_SECONDS_TO_HEAR", 4)
    events = [Event("xbmc", f"VideoLibrary.{number}", {}) for number in range(20)]
    heard: list[Event] = []
    loop: Any = service.Service.__new__(service.Service)
    loop._monitor = Monitor.__new__(Monitor)
    loop._monitor._events = deque(events)
    loop._browsing = SimpleNamespace(heard=heard.append, has_taken_in=lambda: True)
    turns = 1
    while not loop._heard_all():
        turns += 1
    assert heard == events
    assert turns > 1
