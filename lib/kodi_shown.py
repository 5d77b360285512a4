"""Shows the windows of the service, in the script that a person has started. Part of the door.

Not in the service itself: a Kodi that updates an add-on, or switches it off, hangs for good while
one of its service's windows is up (docs/kodi.md). What a window is to show, and what the person
does there, travel as two properties of the home window; `kodi_windows.py` is the other end.

No window is one that a script waits in: while it does, a Kodi that wants to quit waits five seconds
for the script and then for ever (docs/kodi.md). Kodi calls a window's `onInit`, `onClick` and
`onAction` while the script sleeps.
"""

from __future__ import annotations

import json
import time
from typing import Any, Mapping

from kodi_six import xbmc, xbmcgui

from lib.kodi import this_addon
from lib.kodi_windows import HOME, HOST, SAID, SHOWN, property_of_home

_LOOK_EVERY = 0.02  # seconds
_NO_DIALOG = 9999
_NUMBERS = range(13000, 13100)  # of windows of add-ons
_SERVICE_ENDS_WITHIN = 6.0  # seconds: Kodi gives it five
_STAYS_FOR = 10.0  # without a window: the service may have much to do before it shows one
_SIGN_OF_LIFE_EVERY = 1.0
_LEAVE = (xbmcgui.ACTION_PREVIOUS_MENU, xbmcgui.ACTION_NAV_BACK, xbmcgui.ACTION_STOP)


class _Window(xbmcgui.WindowXMLDialog):
    """xml: its file in resources/skins. told: what it is to show. drawn: what it shows."""

    xml = ""
    is_left = False
    is_filled = False
    number: int | None = None
    """Kodi's, once it was seen on the screen."""
    told: Mapping[str, Any] = {}
    drawn: Mapping[str, Any] = {}

    def onInit(self) -> None:  # noqa: N802
        if self.is_filled:
            self.is_left = True  # the skin was loaded anew
            return
        self.is_filled = True
        self.draw_all()

    def look(self) -> None:
        """See whether it is up, or something else has closed it.

        Not by a condition: while that waits for Kodi's frame no other script can end, and a Kodi
        that is just then ending the service waits for ever (docs/kodi.md).
        """
        number = xbmcgui.getCurrentWindowDialogId()
        if self.number is None and self.is_filled and number in _NUMBERS:
            self.number = number
        if self.number is not None and number == _NO_DIALOG:
            self.is_left = True

    @property
    def may_draw(self) -> bool:
        """Whether it is on the screen, and nothing before it.

        Kodi closes it when the skin is loaded anew, but keeps its controls, which have gone, and
        falls over where one is touched (20.1, docs/kodi.md).
        """
        is_up = self.number is not None and not self.is_left
        return is_up and self.number == xbmcgui.getCurrentWindowDialogId()

    def onAction(self, action: xbmcgui.Action) -> None:  # noqa: N802
        if action.getId() in _LEAVE:
            self.is_left = True

    def draw_all(self) -> None:
        """Show what it was told; called once the window is there, and when that has changed."""
        self.drawn = self.told
        self.draw()

    def draw(self) -> None:
        """Fill all its controls."""

    def draw_change(self) -> None:
        """What it was told is not what it shows."""
        self.draw_all()

    def said(self) -> dict[str, Any]:
        """What the person has done in what it shows now."""
        return {}

    def control(self, number: int) -> Any:
        """A control of the window, as the class that it has in the XML."""
        return self.getControl(number)


class _PanelWindow(_Window):
    xml = "simkl-watched-panel.xml"
    chosen: int | None = None
    clicks = 0
    _HEADING, _WORDS, _ENTRIES = 101, 102, 103

    def draw(self) -> None:
        self.chosen = None
        self.control(self._HEADING).setLabel(self.told["heading"])
        self.control(self._WORDS).setText(self.told["words"])
        entries = self.control(self._ENTRIES)
        entries.reset()
        entries.addItems(list(self.told["entries"]))
        self.setFocusId(self._ENTRIES)

    def said(self) -> dict[str, Any]:
        return {"chosen": self.chosen, "clicks": self.clicks}

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._ENTRIES:
            self.chosen = self.control(self._ENTRIES).getSelectedPosition()
            self.clicks += 1


class _SignInWindow(_Window):
    xml = "simkl-watched-sign-in.xml"
    wants_again = False
    _HEADING, _WORDS, _SHARP, _ENLARGED = 101, 102, 105, 106
    _LINES = (103, 104, 107)
    _PICTURE, _TIME_LEFT, _LEAVE, _AGAIN = 110, 111, 120, 121

    def draw(self) -> None:
        told, has_failed = self.told, self.told["has_failed"]
        self.wants_again = False
        has_large_font = xbmc.getSkinDir().startswith("skin.estuary")
        self.setProperty("sharp", "yes" if has_large_font else "")
        self.control(self._HEADING).setLabel(told["heading"])
        self.control(self._WORDS).setText(told["words"])
        for control, line in zip(self._LINES, told["lines"]):
            self.control(control).setText(line)
        for control in (self._SHARP, self._ENLARGED):
            self.control(control).setLabel(told["code"])
        self.control(self._PICTURE).setImage(told["picture"], False)
        self.control(self._LEAVE).setLabel(told["leave"])
        again = self.control(self._AGAIN)
        again.setLabel(told["again"])
        # Not by a condition: it would become true with the next frame, too late for the focus.
        again.setVisible(has_failed)
        self._draw_time_left()
        self.setProperty("state", "failed" if has_failed else "code" if told["code"] else "")
        self.setFocusId(self._AGAIN if has_failed else self._LEAVE)

    def draw_change(self) -> None:
        if {**self.drawn, "share_left": self.told["share_left"]} == self.told:
            self.drawn = self.told
            self._draw_time_left()
        else:
            self.draw_all()

    def _draw_time_left(self) -> None:
        self.control(self._TIME_LEFT).setPercent(100 * self.told["share_left"])

    def said(self) -> dict[str, Any]:
        return {"wants_again": self.wants_again}

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._LEAVE:
            self.is_left = True
        elif control == self._AGAIN:
            self.wants_again = True


_KINDS: dict[str, type[_Window]] = {"panel": _PanelWindow, "sign in": _SignInWindow}


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
        self._window: _Window | None = None
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
