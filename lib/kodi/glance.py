"""The cheapest look at Kodi: whether a key was pressed, or another window or list has come.

Kodi tells nobody that a list is opened, nor that a person is back (docs/kodi.md). These calls wait
for no frame, so they can be made several times a second where nothing happens, and all else more
rarely.
"""

from __future__ import annotations

import time

from kodi_six import xbmcgui

from lib.kodi.info_labels import ListMoved, idle_seconds, label

VIDEOS = 10025
"""The window that has all lists of videos."""
_FULLSCREEN_VIDEO = 12005
# Seconds between two glances. Each costs as much as one of the ten looks a second that Kodi's own
# wait takes; the key that opens a list comes 0.3 s and more before Kodi has drawn it.
_PAUSE = 0.5
_PAUSE_WHERE_NOBODY_IS = 0.8
_NOBODY_AFTER = 60  # seconds without a key
_PAUSE_OVER_A_FILM = 1.0  # and over the screensaver, which ends with an announcement
_SCREENSAVER = {"GUI.OnScreensaverActivated": True, "GUI.OnScreensaverDeactivated": False}


def window_id() -> int:
    """Of the window that is shown, whatever dialog is in front of it; waits for no frame."""
    return int(xbmcgui.getCurrentWindowId())


def _list_path() -> str:
    """Of the list in the window of videos; waits for no frame."""
    try:
        return label("Container.FolderPath")
    except ListMoved:
        return ""  # the next glance has it


class Glance:
    def __init__(self) -> None:
        self._idle = self._window = 0
        self._path = ""
        self._is_screensaver_on = False
        self.pause = _PAUSE
        """Seconds until the next one."""
        self.nothing_until = 0.0
        """When, by `time.monotonic`, nothing had happened yet."""

    def heard(self, method: str) -> None:
        """Something that Kodi announced."""
        self._is_screensaver_on = _SCREENSAVER.get(method, self._is_screensaver_on)

    def sees_news(self) -> bool:
        """Whether a key was pressed since the last look, or there is another window or list.

        A remote control with a screen of its own opens lists without a key.
        """
        idle, shown = self._idle, (self._window, self._path)
        until = self.nothing_until
        self._look()
        is_news = self._idle < idle or (self._window, self._path) != shown
        if is_news:
            self.nothing_until = until
        return is_news

    def _look(self) -> None:
        self._idle, self._window = idle_seconds(), window_id()
        self._path = _list_path() if self._window == VIDEOS else ""
        self.nothing_until = time.monotonic()
        if self._is_screensaver_on or self._window == _FULLSCREEN_VIDEO:
            self.pause = _PAUSE_OVER_A_FILM
        else:
            self.pause = _PAUSE_WHERE_NOBODY_IS if self._idle >= _NOBODY_AFTER else _PAUSE
