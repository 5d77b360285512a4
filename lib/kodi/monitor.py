"""What Kodi announces, and the sleep that ends when Kodi wants to leave.

Kodi's own wait takes a thread of its own: a call of it costs five times what a lock costs, and
nothing but the end of Kodi wakes it early (docs/kodi.md, "Waits and wakes").
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any, Callable, Mapping, NamedTuple

from kodi_six import xbmc

from lib.kodi.glance import Glance
from lib.kodi.json_rpc import parsed

_TO_HEAR_THE_REST = 10  # milliseconds: what waits is heard all at once
_MAY_HAVE_MISSED_IT = 30.0  # seconds after the start: longer than Kodi lets a script run on
_LOOK_WHETHER_IT_IS_OVER = 1.0  # seconds
_ENDS_WITHIN = 0.5  # seconds: the thread, once Kodi wants to leave


class Event(NamedTuple):
    """Something that Kodi announced. data: the announcement's, as JSON gave it.

    at: when, in seconds since 1970. It may wait for minutes until it is heard, as in a sign-in.
    """

    sender: str
    method: str
    data: Mapping[str, Any]
    at: float = 0.0


SETTINGS_CHANGED = Event("", "settings changed", {})


class _Announcements(xbmc.Monitor):
    """Hears Kodi in the thread that makes and waits in it: Kodi calls it back in no other."""

    def __init__(self, take: Callable[[Event], None]) -> None:
        super().__init__()
        self._take = take

    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802
        content = parsed(data)
        content = content if isinstance(content, dict) else {}
        self._take(Event(sender, method, content, time.time()))

    def onSettingsChanged(self) -> None:  # noqa: N802
        self._take(SETTINGS_CHANGED)

    def hear_the_rest(self) -> None:
        """Take in what Kodi announced before it asked this script to end.

        `waitForAbort` gives nothing more then, a sleep does.
        """
        xbmc.sleep(_TO_HEAR_THE_REST)


class Monitor:
    """Collects what Kodi announces, and sleeps until Kodi wants to leave."""

    is_leaving = False
    """Whether Kodi has asked this script to end."""
    begun_at = time.monotonic()
    """When this script did."""

    def __init__(self) -> None:
        """Returns when Kodi is heard."""
        self._events: deque[Event] = deque()
        self._glance = Glance()
        self._wants_to_leave = threading.Event()
        self._is_over = False
        self._news = threading.Lock()  # released when there are some: `rest` waits for it
        self._news.acquire()
        self._is_heard = threading.Event()
        self._thread = threading.Thread(target=self._hear, name="announcements", daemon=True)
        self._thread.start()
        self._is_heard.wait()

    def _hear(self) -> None:
        try:
            announcements = _Announcements(self._take)
            self._is_heard.set()
            self._wait_for_abort(announcements)
        finally:  # also where Kodi ends this thread by force: nobody waits for it then
            Monitor.is_leaving = True
            self._is_heard.set()
            self._wants_to_leave.set()
            self._wake()
        announcements.hear_the_rest()

    def _wait_for_abort(self, announcements: _Announcements) -> None:
        """Where Kodi asked before there was a `Monitor`, it wakes none: `end` is all that tells.

        Kodi waits for this thread, for ever if need be.
        """
        until = time.monotonic() + _MAY_HAVE_MISSED_IT
        while not self._is_over and time.monotonic() < until:
            if announcements.waitForAbort(_LOOK_WHETHER_IT_IS_OVER):
                return
        if not self._is_over:
            announcements.waitForAbort()

    def end(self) -> None:
        """This script ends, and nothing more is to be heard."""
        self._is_over = True

    def _take(self, event: Event) -> None:
        self._events.append(event)
        self._glance.heard(event.method)
        self._wake()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # it was released already, and nobody has waited since
            self._news.release()

    @property
    def has_events(self) -> bool:
        """Whether something was announced that was not taken yet."""
        return bool(self._events)

    def next_event(self) -> Event:
        """The oldest that was not taken yet. Errors: IndexError where there is none."""
        return self._events.popleft()

    def put_back(self, event: Event) -> None:
        """It is the next one again."""
        self._events.appendleft(event)

    def hear_the_rest(self) -> None:
        """Wait until what Kodi announced before it asked this script to end was taken in."""
        self._thread.join(_ENDS_WITHIN)

    def leaves_within(self, seconds: float) -> bool:
        """Sleep so long, more than 0: True at once when Kodi wants to leave."""
        self._wants_to_leave.wait(seconds)
        return Monitor.is_leaving

    def rest(self, seconds: float) -> bool:
        """Sleep at most so long; whether Kodi wants to leave.

        It ends early where Kodi announces something. A sleep of more than a glance's pause ends
        early, too, where a key is pressed or another window comes.
        """
        if seconds <= self._glance.pause:
            self._news.acquire(timeout=seconds)
            return Monitor.is_leaving
        end = time.monotonic() + seconds
        # The first glance is against the one before the turn: what came amid that counts.
        while not self._glance.sees_news():
            left = end - time.monotonic()
            if left <= 0 or self._news.acquire(timeout=min(left, self._glance.pause)):
                break
        return Monitor.is_leaving

    @property
    def nothing_seen_until(self) -> float:
        """When, by `time.monotonic`, it was last seen that no key was pressed."""
        return self._glance.nothing_until
