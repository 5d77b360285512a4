"""Whether Kodi may be made to load the list in focus again, and what such a load may do to it.

Where a list takes more than a tenth of a second, Kodi shows its busy dialog. It swallows every key,
takes Back for "cancel", and goes to the root of the window where the list that is cancelled is the
one that is shown. So a list that opened with it is not loaded again. A load that meets another one
may leave a list without rows (docs/kodi.md, "Lists"). Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import Callable

from lib.titles.paths import addon_of, may_ask_for_words

_PATH = "Container.FolderPath"
_ROWS = "Container.NumItems"  # but ".."
_FIRST_ROW = "Container.ListItemAbsolute(0)."
_SETTLED = "!Container.IsUpdating + !System.HasActiveModalDialog"
_AT_HOME = f"Window.IsActive(home) + {_SETTLED}"
_ON_ITS_WAY = f"Window.IsActive(videos) + ![{_SETTLED}]"
_AT_ROOT = f"Window.IsActive(videos) + {_SETTLED}"
_BUSY_BEFORE = 0.5  # seconds after its busy dialog by which a list is seen that was opened
_MOMENT = 0.2  # seconds between two looks without the dialog: it was there for less
_BUSY_DIALOG_AFTER = 0.1  # seconds that a list loads before Kodi shows it
_SHOWN_AFTER = 1.0  # seconds after naming a list's path by which Kodi has begun to load it
_ENDS_WITHIN = 10.0  # seconds for a load: by then it has cancelled or emptied nothing
_NOWHERE = ""


class ListLoads:
    def __init__(
        self,
        label: Callable[[str], str],
        condition: Callable[[str], bool],
        shows_busy_dialog: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """clock: in seconds."""
        self._label = label
        self._condition = condition
        self._shows_busy_dialog = shows_busy_dialog
        self._clock = clock
        self._is_busy = False
        self._clear_at = self._busy_until = self._opened_at = self._begun_at = float("-inf")
        self._busy_seconds = 0.0
        self._path = self._loaded = self._above = self._list_above = _NOWHERE
        self.is_slow = False
        """Whether a load of the list that is open would keep the person's keys."""

    def look(self, *, is_covered: bool) -> bool:
        """See whether Kodi is loading a list for longer than a moment; gives `is_covered` back.

        is_covered: a dialog is in front of the list. `opens` follows, where another list is shown.
        """
        now = self._clock()
        if is_covered and self._shows_busy_dialog():
            self._is_busy = True
            return is_covered
        if self._is_busy:  # it may have been there from the look before on, and until now
            self._is_busy = False
            self._busy_until, self._busy_seconds = now, now - self._clear_at
            self.is_slow = self.is_slow or self._was_busy
        self._clear_at = now
        return is_covered

    def rested(self, nothing_seen_until: float) -> None:
        """Nobody has looked for a while. nothing_seen_until: when no key had been pressed yet.

        What is loaded since then has had no busy dialog before a tenth of a second.
        """
        if not self._is_busy:
            self._clear_at = max(self._clear_at, nothing_seen_until + _BUSY_DIALOG_AFTER)

    @property
    def path(self) -> str:
        """Of the list that is open, "" for none."""
        return self._path

    def opens(self, path: str) -> None:
        """Another list is shown, "" for none."""
        self._path = path
        self._opened_at = self._clock()
        self.is_slow = self._was_busy
        if path not in (_NOWHERE, self._loaded):  # the person has gone on, to the root as well
            self._loaded = self._above = self._list_above = _NOWHERE

    @property
    def _was_busy(self) -> bool:
        """Whether there was a busy dialog just now, and for longer than a moment."""
        is_over = self._clock() - self._busy_until > _BUSY_BEFORE
        return not is_over and self._busy_seconds > _MOMENT

    def may_begin(self) -> bool:
        """Whether something may be sent to Kodi that has it load the list in focus.

        That is so on the home screen, and where a list is shown that is no add-on's: those are
        loaded by `Reload` alone. Not while a list is opened.
        """
        if self._label(_PATH) != self._path or addon_of(self._path):
            return False
        return self._condition(_SETTLED if self._path else _AT_HOME)

    def begin(self) -> bool:
        """The same, and it is sent then."""
        may_begin = self.may_begin()
        if may_begin:
            self.note()
        return may_begin

    def note(self) -> None:
        """Something is sent that has Kodi load the list in focus."""
        self._begun_at = self._clock()
        self._loaded = self._path
        above = self._label(_FIRST_ROW + "FolderPath")
        # After the first load of a list ".." names the list itself.
        if self._label(_FIRST_ROW + "Label") == ".." and above != self._path:
            self._above = above
        self._list_above = self._above

    @property
    def _is_under_way(self) -> bool:
        return self._clock() - self._begun_at < _ENDS_WITHIN

    def take_cancelled(self) -> str:
        """The list above the one that Kodi has left for the root of its window, amid our load.

        "" where it has not. Once for each.
        """
        above = self._list_above
        if not above or self._path or not self._is_under_way:
            return _NOWHERE
        if self._condition(_ON_ITS_WAY):
            return _NOWHERE
        self._list_above = _NOWHERE
        return above if self._condition(_AT_ROOT) else _NOWHERE

    def take_emptied(self) -> bool:
        """Whether a list was opened amid our load, and has no rows by now. Once for each.

        Not where it may ask for words: it may have found nothing, and would ask once more.
        """
        has_crossed = abs(self._opened_at - self._begun_at) < _ENDS_WITHIN
        is_shown = self._clock() - self._opened_at > _SHOWN_AFTER
        if not (has_crossed and is_shown and addon_of(self._path)) or self._label(_ROWS) != "0":
            return False
        if may_ask_for_words(self._path) or not self._condition(_SETTLED):
            return False
        self._begun_at = float("-inf")
        return True
