"""What skins are told of the row in focus, as long as one wants it (docs/skins.md).

Where none does, this is a label that is read every few seconds, and a condition where another
window has come; nothing else is loaded.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Callable

from lib.kodi.first_need import WANTED_BY_SKIN
from lib.kodi.info_labels import ListMoved, Polled, condition, label
from lib.lists.browsing import NOT_NOW

if TYPE_CHECKING:
    from lib.lists.browsing import Browsing
    from lib.lists.focused_row import FocusedRow
    from lib.lists.watched_properties import Properties

_LOOK_AT_WINDOW_EVERY = 3.0  # seconds
# Seldom where nothing happens: a condition may keep a Kodi that leaves waiting (docs/kodi.md).
_ASK_AT_LEAST_EVERY = 30.0
_LOOK_AT_FILMS_EVERY = 0.5
_NAMES = ("Watched", "LastWatched", "WatchedEpisodes", "TotalEpisodes")
_LOOK_EVERY = 0.05  # seconds, while a skin wants it: what is drawn must not be of another row


class ForSkins:
    def __init__(self, browsing: Browsing, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: in seconds."""
        self._browsing = browsing
        self._clock = clock
        self._window = ""
        self._looked_at = self._asked_at = float("-inf")
        self._wanted = False
        self._focused_row: FocusedRow | None = None

    def turn(self, pause: float) -> float:
        """Tell what is known of the row in focus; seconds until the next look.

        pause: seconds until the next one if there were no skins.
        """
        if not self._browsing.deps.coordinator.can_ask or not self._is_wanted():
            self.leave()
            return pause
        if self._focused_row is None:
            # Not at the start, nor where no skin wants it.
            from lib.lists.focused_row import FocusedRow

            browsing = self._browsing
            is_not_now = Polled(NOT_NOW, _LOOK_AT_FILMS_EVERY)
            self._focused_row = FocusedRow(
                browsing.deps, browsing.current_list, label, _show, is_not_now
            )
        with suppress(ListMoved):  # Kodi exchanged the rows: the next look finds the new ones
            self._focused_row.turn()
        return min(pause, _LOOK_EVERY)

    def _is_wanted(self) -> bool:
        """Whether a skin wants it, as of the last look."""
        now = self._clock()
        if now - self._looked_at >= _LOOK_AT_WINDOW_EVERY:
            self._looked_at = now
            window = label("System.CurrentWindow")
            if window != self._window or now - self._asked_at >= _ASK_AT_LEAST_EVERY:
                self._window, self._asked_at = window, now
                self._wanted = condition(WANTED_BY_SKIN)
        return self._wanted

    def leave(self) -> None:
        """Nobody wants it now, or this add-on ends."""
        if self._focused_row is not None:
            self._focused_row.leave()


def _show(properties: Properties) -> None:
    from lib.kodi.skin_properties import show_properties

    show_properties(dict(zip(_NAMES, properties)))
