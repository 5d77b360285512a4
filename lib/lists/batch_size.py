"""How many titles go into one POST: fewer while Simkl refuses, to find the one it refuses."""

from __future__ import annotations

from lib.simkl.asks import MOST_ITEMS

_MOST_REFUSALS = 3  # of one title alone, in a row


class BatchSize:
    def __init__(self) -> None:
        self.items = MOST_ITEMS
        self._refusals = 0

    def worked(self) -> None:
        self._refusals = 0
        self.items = min(2 * self.items, MOST_ITEMS)

    def refused(self, items: int) -> None:
        """A call with so many items was refused: half as many next, so that one stops no other."""
        if items > 1:
            self.items = items // 2
        else:
            self._refusals += 1

    @property
    def is_not_the_titles(self) -> bool:
        """Whether one title after another was refused."""
        return self._refusals >= _MOST_REFUSALS
