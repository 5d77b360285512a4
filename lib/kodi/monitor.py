"""What Kodi announces, and the sleep that ends when Kodi wants to leave."""

from __future__ import annotations

import time
from collections import deque
from typing import Any, Mapping, NamedTuple

from kodi_six import xbmc

from lib.kodi.json_rpc import parsed

_TO_HEAR_THE_REST = 10  # milliseconds: what waits is heard all at once


class Event(NamedTuple):
    """Something that Kodi announced. data: the announcement's, as JSON gave it.

    at: when, in seconds since 1970. It may wait for minutes until it is heard, as in a sign-in.
    """

    sender: str
    method: str
    data: Mapping[str, Any]
    at: float = 0.0


SETTINGS_CHANGED = Event("", "settings changed", {})


class Monitor(xbmc.Monitor):
    """Collects what Kodi announces, and sleeps until Kodi wants to leave."""

    is_leaving = False
    """Whether Kodi has asked this script to end."""

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[Event] = deque()

    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802
        content = parsed(data)
        content = content if isinstance(content, dict) else {}
        self._events.append(Event(sender, method, content, time.time()))

    def onSettingsChanged(self) -> None:  # noqa: N802
        self._events.append(SETTINGS_CHANGED)

    @property
    def has_events(self) -> bool:
        """Whether something was announced that was not taken yet."""
        return bool(self._events)

    def next_event(self) -> Event:
        """The oldest that was not taken yet. Errors: IndexError where there is none."""
        return self._events.popleft()

    def hear_the_rest(self) -> None:
        """Take in what Kodi announced before it asked this script to end.

        `waitForAbort` gives nothing more then, a sleep does.
        """
        xbmc.sleep(_TO_HEAR_THE_REST)

    def leaves_within(self, seconds: float) -> bool:
        """Sleep so long, more than 0: True at once when Kodi wants to leave.

        Kodi takes 0 for ever.
        """
        if self.waitForAbort(seconds):
            Monitor.is_leaving = True
        return Monitor.is_leaving
