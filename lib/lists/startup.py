"""What is done once after the start, as the person shows up: making ready, and the home screen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lib.kodi.info_labels import condition, idle_seconds
from lib.kodi.monitor import Monitor

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator

_READY_AFTER = 3.0  # seconds, longer than two: Kodi counts its start as a key press
_HOME_AFTER = 5.0  # seconds after the start, or after signing in
_LOOK_EVERY = 0.5
_A_KEY_WAS_PRESSED = 2  # seconds ago at most
_HOME_IS_SEEN = "Window.IsActive(home) + !System.IdleTime(60) + !Player.HasVideo"


class Startup:
    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self._ready_at: float | None = Monitor.begun_at + _READY_AFTER
        self._home_at: float | None = Monitor.begun_at + _HOME_AFTER

    def make_ready(self) -> None:
        """Once: the first key press tells that lists will be opened.

        Not before: Kodi's start has enough to do, and `requests` takes a second to import.
        """
        if self._ready_at is None or time.monotonic() < self._ready_at:
            return
        self._ready_at = time.monotonic() + _LOOK_EVERY
        if idle_seconds() < _A_KEY_WAS_PRESSED:
            self._ready_at = None
            self._coordinator.client.prepare()
            import lib.lists.library_visit
            import lib.lists.non_library_visit  # noqa: F401

    def is_home_due(self) -> bool:
        """Whether the lists on the home screen are to be ticked now, once; somebody is there."""
        if self._home_at is None or time.monotonic() < self._home_at:
            return False
        is_seen = condition(_HOME_IS_SEEN)
        self._home_at = None if is_seen else time.monotonic() + _LOOK_EVERY
        return is_seen

    def begin_home_anew(self, after: float = _HOME_AFTER) -> None:
        """They are to be ticked once more. after: seconds."""
        self._home_at = time.monotonic() + after
