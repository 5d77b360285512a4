"""Shows the windows of the service, in the script that a person has started.

Not in the service itself: a Kodi that updates an add-on, or switches it off, hangs for good while
one of its service's windows is up (docs/kodi.md). What a window is to show, and what the person
does there, travel as two properties of the home window; `windows.py` is the other end.
"""

from __future__ import annotations

import json
import time
from typing import Any, Mapping

from kodi_six import xbmc, xbmcgui

from lib.kodi.addon import this_addon
from lib.kodi.dialogs import AddonDialog, PanelDialog, SignInDialog
from lib.kodi.windows import HOME, HOST, SAID, SHOWN, property_of_home

_LOOK_EVERY = 0.02  # seconds
_SERVICE_ENDS_WITHIN = 6.0  # seconds: Kodi gives it five
_STAYS_FOR = 10.0  # without a window: the service may have much to do before it shows one
_SIGN_OF_LIFE_EVERY = 1.0

_KINDS: dict[str, type[AddonDialog]] = {"panel": PanelDialog, "sign in": SignInDialog}


def show_windows() -> None:
    """Show what the service has to show, as long as it has; then this script may end."""
    monitor, host = xbmc.Monitor(), _Host()
    try:
        while host.is_needed and not monitor.waitForAbort(_LOOK_EVERY):
            host.turn()
    finally:
        host.leave()


class _Host:
    """One script at a time shows windows; another one waits for its turn."""

    def __init__(self) -> None:
        self._name = time.monotonic_ns()
        self._window: AddonDialog | None = None
        self._number = 0
        self._said = ""
        self._needed_until = time.monotonic() + _STAYS_FOR
        self._sign_of_life = 0.0
        self._ended_at: float | None = None

    @property
    def is_needed(self) -> bool:
        return self._window is not None or time.monotonic() < self._needed_until

    def turn(self) -> None:
        if not self._is_its_turn():
            return
        told = property_of_home(SHOWN)
        if told.get("has_ended") and not self._has_ended_long_ago():
            return
        number = None if told.get("has_ended") else told.get("number")
        if self._window is not None:
            self._window.look()
            if self._window.is_left or number != self._number:
                self._close()
        if number and number != self._number and told.get("kind") in _KINDS:
            self._open(told)
        elif self._window is not None:
            self._window.told = told
            if self._window.drawn != told and self._window.may_draw:
                self._window.draw_change()
            self._say(is_gone=False)

    def _has_ended_long_ago(self) -> bool:
        """Whether nothing is left of the service by now.

        `Window.close` lets no other script go on until Kodi has closed the window, and a Kodi that
        is ending the service does not before the service could end (20.1, docs/kodi.md).
        """
        now = time.monotonic()
        self._ended_at = self._ended_at or now
        return now - self._ended_at > _SERVICE_ENDS_WITHIN

    def _is_its_turn(self) -> bool:
        now = time.monotonic()
        if now < self._sign_of_life + _SIGN_OF_LIFE_EVERY:
            return True
        alive = property_of_home(HOST)
        is_anothers = alive.get("host") != self._name
        if is_anothers and now - float(alive.get("at", 0)) < 3 * _SIGN_OF_LIFE_EVERY:
            return False
        self._sign_of_life = now
        xbmcgui.Window(HOME).setProperty(HOST, json.dumps({"host": self._name, "at": now}))
        return True

    def _open(self, told: Mapping[str, Any]) -> None:
        self._number, self._ended_at = int(told["number"]), None
        kind = _KINDS[str(told["kind"])]
        self._window = kind(kind.xml, this_addon().getAddonInfo("path"), "Default", "1080i")
        self._window.told = told
        self._window.show()

    def _say(self, *, is_gone: bool) -> None:
        if self._window is None or not self._window.is_filled:
            return
        said = {"number": self._number, "drawing": self._window.drawn.get("drawing")}
        words = json.dumps({**said, "is_gone": is_gone, **self._window.said()})
        if words != self._said:
            self._said = words
            xbmcgui.Window(HOME).setProperty(SAID, words)

    def _close(self) -> None:
        self._say(is_gone=True)
        window, self._window = self._window, None
        if window is not None:
            window.close()
            self._needed_until = time.monotonic() + _STAYS_FOR

    def leave(self) -> None:
        self._close()
        if property_of_home(HOST).get("host") == self._name:
            xbmcgui.Window(HOME).clearProperty(HOST)
