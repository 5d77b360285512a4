"""Says that an add-on which deletes what was watched long ago may delete what is ticked here.

Ticks from Simkl have the dates of Simkl, which may be years old. Said once of each such add-on,
before the first tick beside it. Knows no Kodi.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Mapping, Sequence

if TYPE_CHECKING:
    from lib.storage.store import Store

# Janitor, and what it was called before: both go by playcount and the date of the last time.
CLEANERS = ("script.service.janitor", "script.filecleaner")

_AFTER_THE_START = 4.0  # seconds: Kodi shows its home screen, whose lists are not ticked yet


class CleanerNotice:
    def __init__(
        self,
        store: Store,
        names_of: Callable[[Sequence[str]], Mapping[str, str]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """names_of: what those of these add-ons are called that are switched on, by id."""
        self._store = store
        self._names_of = names_of
        self._clock = clock
        self._home_at = clock() + _AFTER_THE_START
        self._looked_at: str | None = None

    def names(self, path: str) -> list[str]:
        """The add-ons to speak of now. path: the list that is open, "" for none.

        They are looked for when another list is opened.
        """
        if path == self._looked_at or (not path and self._clock() < self._home_at):
            return []
        self._looked_at = path
        found = self._names_of(CLEANERS)
        return [
            name for addon, name in found.items() if self._store.is_first_time(f"beside {addon}")
        ]
