"""What is on the screen: info labels, and conditions of the skin."""

from __future__ import annotations

import time

from kodi_six import xbmc, xbmcgui

_BUSY_DIALOG = 10138


class ListMoved(Exception):
    """Kodi exchanged the rows of a list while one of them was read."""


def label(name: str) -> str:
    """An info label of what is on screen; 3 µs, waits for nothing. Errors: ListMoved."""
    try:
        return str(xbmc.getInfoLabel(name))
    except RuntimeError:  # it waits for nothing, so a list may change under it (docs/kodi.md)
        raise ListMoved from None


def condition(expression: str) -> bool:
    """A condition of what is on screen; up to 0.5 ms, because Kodi finishes its frame first.

    A Kodi that begins to leave at that moment finishes no frame, and kills the script after 5 s
    (docs/kodi.md): where nothing is read of a list, `Polled` asks seldom.
    """
    return bool(xbmc.getCondVisibility(expression))


def idle_seconds() -> int:
    """Since the last key, touch or move of the mouse, in whole seconds; waits for no frame.

    Kodi counts its own start as one.
    """
    return int(xbmc.getGlobalIdleTime())


def shows_busy_dialog() -> bool:
    """Whether Kodi loads something for longer than a moment; it waits for no frame."""
    return bool(xbmcgui.getCurrentWindowDialogId() == _BUSY_DIALOG)


class Polled:
    """A condition that is asked in a loop: what it last was counts for some time."""

    def __init__(self, expression: str, every: float) -> None:
        """every: seconds."""
        self._expression = expression
        self._every = every
        self._asked_at: float | None = None
        self._last = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if self._asked_at is None or now - self._asked_at >= self._every:
            self._asked_at = now
            self._last = condition(self._expression)
        return self._last
