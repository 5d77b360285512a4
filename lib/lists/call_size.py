"""How many titles go into one call: fewer while Simkl refuses, to find the one it chokes on."""

from __future__ import annotations

from lib.simkl.client import MOST_ITEMS

_MOST_REFUSALS = 3  # of one title alone, in a row


class CallSize:
    def __init__(self) -> None:
        self.items = MOST_ITEMS
        self._refusals = 0

    def worked(self) -> None:
        self._refusals = 0
        self.items = min(2 * self.items, MOST_ITEMS)

    def refused(self, items: int) -> None:
        """A call about so many was: by halves, so that one title does not stop the others."""
        if items > 1:
            self.items = items // 2
        else:
            self._refusals += 1

    @property
    def is_not_the_titles(self) -> bool:
        """Whether one title after another was refused."""
        return self._refusals >= _MOST_REFUSALS
