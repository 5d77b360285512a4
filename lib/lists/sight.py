"""Which rows of the open list are in sight, and which come next: by where the focus is and moves.

Labels come through a function that is passed in, so this knows no Kodi.
"""

from __future__ import annotations

from typing import Callable

from lib.titles.rows import whole


class Sight:
    def __init__(self, label: Callable[[str], str]) -> None:
        self._label = label
        self._focus = 0
        self._step = 0

    @property
    def focus(self) -> int:
        """The number of the row in focus; 0 on "..", or where none is."""
        return whole(self._label("Container.CurrentItem"), 0)

    @property
    def place(self) -> tuple[str, int, int]:
        """The path of the list that is shown, its rows, and the number of the row in focus."""
        return self.path, whole(self._label("Container.NumItems"), 0), self.focus

    @property
    def path(self) -> str:
        """Of the list that is shown; "" where none is."""
        return self._label("Container.FolderPath")

    def rows(self) -> list[int]:
        """Row numbers, those nearest to the focus first: a page in both directions, because the
        focus may be anywhere on the one that is shown, and one more where it was last seen to move.
        """
        focus, page = self.focus, self._page()
        if focus != self._focus:
            self._step = 1 if focus > self._focus else -1
            self._focus = focus
        first = focus - page * (2 if self._step < 0 else 1)
        last = focus + page * (2 if self._step > 0 else 1)
        numbers = range(max(first, 0), last + 1)
        return sorted(numbers, key=lambda number: abs(number - focus))

    def begin_list(self) -> None:
        """Another list is open: nobody has moved in it."""
        self._focus, self._step = self.focus, 0

    def _page(self) -> int:
        """How many rows a page has, at most."""
        rows = whole(self._label("Container.NumItems"), 0)
        pages = whole(self._label("Container.NumPages"), 0)
        return rows if pages < 2 else -(-rows // (pages - 1))
