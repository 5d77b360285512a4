"""The loop loses nothing that Kodi announces, however much it is at once."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit import kodi_in_memory
from tools.zip import ROOT

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
    loop._sending = SimpleNamespace(heard=lambda _: None)
    turns = 1
    while not loop._heard_all():
        turns += 1
    assert heard == events
    assert turns > 1


LIFE_WITHOUT_SENDING = """
import sys
from pathlib import Path
from types import SimpleNamespace
from tests.unit import kodi_in_memory
kodi_in_memory.install()
from lib import service
from lib.kodi.monitor import Event
from lib.storage.store import Store
from lib.ui.optional_sending import OptionalSending
from lib.ui.send_messages import SendMessages
settings = SimpleNamespace(is_on=lambda _: False, text=lambda _: "")
messages = SendMessages(settings, lambda: False)
sending = OptionalSending(settings, None, Store(Path(":memory:"), print), messages)
sending.apply_settings()
sending.begin_person()
sending.heard(Event("xbmc", "Player.OnPlay", {"item": {"type": "movie", "id": 1}}, 1.0))
assert sending.turn(0.25) == 0.25
sending.leave()
loaded = sorted(name for name in sys.modules if name.startswith("lib.sending"))
assert loaded == [], loaded
assert service.Service
"""


def test_nothing_of_sending_is_loaded_while_it_is_switched_off() -> None:
    done = subprocess.run(  # in a process of its own: here other tests have loaded it
        [sys.executable, "-c", LIFE_WITHOUT_SENDING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
