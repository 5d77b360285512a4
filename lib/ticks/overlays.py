"""Whether Kodi draws what was written for rows that are not of the library.

An add-on may draw ticks of its own, or name each row anew at every listing: then nothing that is
written for its rows is ever drawn, and writing again would have its list loaded again and again.
Which add-ons these are is kept over restarts. Knows neither of the two doors.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Callable, Sequence

from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.storage.undrawn_addons import UndrawnAddons
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow

_FEWEST_LOST = 3


class Overlays:
    def __init__(self, undrawn: UndrawnAddons, version: Callable[[str], str]) -> None:
        """undrawn: which add-ons draw nothing, as it is kept. version: of an add-on, by its id."""
        self._undrawn = undrawn
        self._version = version
        self._written: dict[tuple[str, Identity], str] = {}
        self._seen: set[str] = set()
        self._draws: dict[str, bool] = {}
        self._draws_as_kept: dict[str, bool] = {}
        self._tried: set[str] = set()
        self._saw_ours = False

    def clear(self) -> None:
        self._written.clear()
        self._seen.clear()
        self._draws.clear()
        self._draws_as_kept.clear()
        self._tried.clear()
        self._saw_ours = False

    def draws(self, addon: str) -> bool:
        """Whether a tick that is written for this add-on's rows may be of use. addon: "" for none.

        An add-on that is updated while Kodi runs counts as what it was.
        """
        if not addon:
            return True
        if addon not in self._draws_as_kept:
            is_undrawn = self._undrawn.has(addon, self._version(addon))
            self._draws_as_kept[addon] = not is_undrawn
            if not is_undrawn and self._undrawn.has_of_old(addon):
                self._tried.add(addon)
        return self._draws.get(addon, self._draws_as_kept[addon])

    def try_again(self, file: str) -> None:
        """The person asks anew about a row: it may be written to once more.

        Where its add-on draws nothing, the add-on may by now. file: the row's.
        """
        addon = addon_of(file)
        draws = self.draws(addon)
        self._written = {
            row: written
            for row, written in self._written.items()
            if written != file and (draws or addon_of(written) != addon)
        }
        if not draws:
            self._draws.pop(addon, None)
            self._draws_as_kept.pop(addon, None)
            self._undrawn.forget(addon)
            self._tried.add(addon)

    def is_tried_again(self, addon: str) -> bool:
        """Whether the add-on drew nothing, until somebody asked or for as long as that counts, and
        has shown no tick since.
        """
        return self.draws(addon) and addon in self._tried

    def is_under_another_path(self, path: str, identity: Identity) -> bool:
        """Whether a row of a list that has no tick of ours got one: its path has changed since."""
        return (path, identity) in self._written

    def have_lost_all(self, rows: Sequence[NonLibraryRow]) -> bool:
        """Whether Kodi has lost the ticks that we made for these rows, as with its database.

        That is so where all of several are missing, and no tick of ours was there since Kodi
        started: one by one, the person takes them away.
        """
        is_lost = not self._saw_ours and not any(
            row.is_ticked or row.path in self._seen for row in rows
        )
        return is_lost and len(rows) >= _FEWEST_LOST

    def saw_ours(self) -> None:
        """A tick of ours is drawn: Kodi has not lost them."""
        self._saw_ours = True

    def wrote(self, path: str, identity: Identity, file: str) -> None:
        """path: the list's. file: the row's, which other lists may hold too."""
        self._written[path, identity] = file
        self._seen.add(file)

    def look(
        self, path: str, rows: Sequence[tuple[NonLibraryRow, Identity]], *, is_loaded: bool
    ) -> None:
        """Learn from rows of a list which add-ons' ticks are drawn. path: the list's.

        is_loaded: it was just loaded again for them. Otherwise a single tick that is missing may
        have been removed by hand.
        """
        found: dict[str, list[bool]] = defaultdict(list)
        for row, identity in rows:
            if row.is_ticked:
                self._seen.add(row.path)
            if addon_of(row.path) and (path, identity) in self._written:
                found[addon_of(row.path)].append(row.is_ticked)
        for addon, drawn in found.items():
            if any(drawn):
                self._shows_some(addon)
            elif addon not in self._draws and (is_loaded or len(drawn) > 1):
                # Two may have been removed by hand.
                self._shows_none(addon, is_kept=is_loaded or len(drawn) >= _FEWEST_LOST)

    def _shows_some(self, addon: str) -> None:
        # What was noted of it is of other rows, as of the list before, or of long ago.
        if addon in self._tried or not self._draws.get(addon, True):
            self._undrawn.forget(addon)
        self._draws[addon] = True
        self._tried.discard(addon)

    def _shows_none(self, addon: str, *, is_kept: bool) -> None:
        """is_kept: that is certain enough to be kept over a restart."""
        self._draws[addon] = False
        self._tried.discard(addon)
        if is_kept:
            self._undrawn.note(addon, self._version(addon))
