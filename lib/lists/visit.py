"""One list that somebody opened, from its rows to its ticks, in steps of a few hundredths.

    rows ─► titles ─► asked ─► answered ─► due ─► written
       read_some        take_answers   settle_some   write_some

What is the same for all lists is here. `library_visit.py` has the lists of Kodi's library,
`non_library_visit.py` those of other add-ons and of files. Knows neither of the two doors.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, NamedTuple

from lib.lists.asking import Answered, Asking, Subject

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.lists.row_sources import RowSource

ROWS_A_STEP = 100
_READ_AHEAD = 200  # titles that wait for an answer before more rows are read


class Progress(NamedTuple):
    """Of a list: its rows, and how many of them wait for nothing any more."""

    rows: int
    done: int


class Visit(Generic[Subject]):
    def __init__(self, rows: RowSource, coordinator: Coordinator, *, holds_back: bool) -> None:
        """holds_back: the list hides what is watched, so that rows would vanish under the person's
        eyes: what is due there waits until it is left.
        """
        self._rows = rows
        self._unread = list(rows.positions)
        self._asking: Asking[Subject] = Asking(coordinator)
        self._answered: deque[Answered[Subject]] = deque()
        self.holds_back = holds_back

    def step(self) -> bool:
        """Do a little; False when there is nothing to do before Simkl answers.

        What is answered is written in the same step: between two steps Kodi takes a frame.
        """
        if self._write_some():
            return True
        if self._settle_some() or (self._take_answers() and self._settle_some()):
            self._write_some()
            return True
        return self._read_some()

    @property
    def is_finished(self) -> bool:
        return self._asking.is_empty and not (self._unread or self._answered)

    @property
    def progress(self) -> Progress:
        rows = len(self._rows.positions)
        waiting = sum(map(self._row_count, self._asking.subjects))
        return Progress(rows, rows - len(self._unread) - waiting)

    def is_of_another_list(self) -> bool:
        """Whether Kodi had the rows of the list before on screen when this visit began."""
        return self._rows.have_changed()

    def leave(self) -> None:
        """The list is left: what it held back is written later."""

    @property
    def waits_to_be_left(self) -> bool:
        """Whether what is due in this list is written when it is left, and not before."""
        return self.holds_back

    def may_show(self, path: str) -> bool | None:  # noqa: ARG002 — only who reads such rows knows
        """Whether the list may have another add-on's row of that path; None where those are not
        read, as in a list of the library, one of whose nodes may be an add-on's.
        """
        return None

    def names_several(self, path: str) -> bool:  # noqa: ARG002 — only other add-ons' rows may
        """Whether the row at a path was found to be of several titles."""
        return False

    @property
    def waits_for_stillness(self) -> bool:
        """Whether something is to be done as soon as nobody presses a key."""
        return False

    def when_still(self, *, may_load: bool) -> bool:
        """Do that; whether the list is to be loaded again now.

        may_load: it was not loaded again since it was opened.
        """
        raise NotImplementedError

    def look_for_changes(self) -> None:
        """The person may have played or marked a row meanwhile."""

    # -- rows, titles, asked --

    def _read_some(self) -> bool:
        """Read the next rows, those nearest to the focus first, and ask about what they need."""
        if not self._unread or self._asking.titles >= _READ_AHEAD:
            return False
        nearest = self._rows.by_nearness(self._unread)
        self._unread = nearest[ROWS_A_STEP:]
        self._take_rows(nearest[:ROWS_A_STEP])
        self._send()
        return True

    def _send(self) -> None:
        """Have asked what is waited for."""
        may_read_on = bool(self._unread) and self._asking.titles < _READ_AHEAD
        self._asking.send(more_follow=may_read_on)

    def _take_rows(self, positions: list[int]) -> None:
        """Find out which titles these rows are, and have them wait for their answers."""
        raise NotImplementedError

    def _row_count(self, subject: Subject) -> int:
        """How many rows a subject stands for."""
        raise NotImplementedError

    # -- answered --

    def _take_answers(self) -> bool:
        self._answered.extend(self._asking.take_answered())
        return bool(self._answered)

    # -- due, written --

    def _settle_some(self) -> bool:
        """Find out what is due by answers that have come."""
        raise NotImplementedError

    def _write_some(self) -> bool:
        """Write some of what is due, where it needs not wait."""
        raise NotImplementedError
