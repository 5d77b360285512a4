"""Why a row has no tick, though Simkl has its title as watched: the first reason that holds.

What the person chose comes first, then what Kodi or an add-on does not draw, then what they may
wait for. What Kodi refuses is known to `refusals.py`. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.lists.row_places import listed_row
from lib.storage.made_ticks import REMOVED as REMOVED_BY_HAND
from lib.storage.made_ticks import TAKEN_BACK
from lib.titles import paths
from lib.titles.addon_facts import COUR_IDS, ROW_IDS, SERIES_IDS
from lib.titles.identify import is_drawn_by_kodi
from lib.titles.rows import MOVIE
from lib.titles.title import MOVIE as FILM
from lib.titles.title import usable_ids

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies
    from lib.lists.row_places import Labels, RowPlaces
    from lib.titles.rows import NonLibraryRow
    from lib.titles.title import Place

NO_ID, IN_DOUBT = "no id", "in doubt"
"""Why it is not known which title a row is: nothing that it says counts; what it says is not
certain to be its title's."""

NOT_DRAWN, BEGUN, ADDON_DRAWS_OWN = "not drawn", "begun", "add-on draws its own"
"""Of another add-on's row: Kodi draws no tick on such a one; it was begun; none of our ticks was
drawn when the add-on's lists were loaded again."""

HELD_BACK, REMOVED = "held back", "removed"
"""What may change: the tick is written when the list is left; the person took the tick away, which
counts no more once they ask."""


class WhyNoTick:
    def __init__(self, deps: Dependencies, current_list: CurrentList, places: RowPlaces) -> None:
        self._deps = deps
        self._list = current_list
        self._places = places

    def unknown(self, row: Labels) -> str:
        """Why Simkl cannot be asked about a row: NO_ID or IN_DOUBT."""
        if self._places.library_key(row) is not None:
            return NO_ID  # what the library knows of a title is that title's
        return IN_DOUBT if _names_something(listed_row(row)) else NO_ID

    def known(self, row: Labels, place: Place) -> str | None:
        """Why a row whose title is known has no tick; None where no reason is known.

        One of the above, or of those of `RowPlaces.left_out`.
        """
        reason = self._places.left_out(row, place)
        if reason is None and self._places.library_key(row) is None:
            reason = self._of_other(listed_row(row), row, place)
        if reason is not None:
            return reason
        if self._is_held_back(row, place):
            return HELD_BACK
        return REMOVED if self._was_removed(row, place) else None

    def _of_other(self, listed: NonLibraryRow, row: Labels, place: Place) -> str | None:
        """Of a row that is not of the library."""
        addon = paths.addon_of(listed.path)
        if any(visit.names_several(listed.path) for visit in self._list.visits):
            return IN_DOUBT
        if not addon:
            return None
        is_folder = bool(row.get("IsFolder")) or _is_whole_series(place)
        if is_folder or not self._list.path or not is_drawn_by_kodi(listed):
            return NOT_DRAWN
        if row.get("IsBegun"):
            return BEGUN
        return None if self._deps.overlays.draws(addon) else ADDON_DRAWS_OWN

    def _is_held_back(self, row: Labels, place: Place) -> bool:
        """Films of the library never are: Kodi loads no list for their ticks."""
        key = self._places.library_key(row)
        if key is not None and key[0] == MOVIE:
            return False
        waits = any(visit.waits_to_be_left for visit in self._list.visits)
        return waits and (key is not None or not _is_whole_series(place))

    def _was_removed(self, row: Labels, place: Place) -> bool:
        if _is_whole_series(place):
            return False
        key = self._places.library_key(row)
        person = self._deps.coordinator.person
        if key is None:
            made = self._deps.journal.made([row.get("FileNameAndPath", "")]).values()
            return any(
                mine.theirs == REMOVED_BY_HAND
                or (mine.theirs == TAKEN_BACK and mine.person == person)
                for mine in made
            )
        removed = self._deps.policy.user_changes.removed(key, place)
        return any(not tick.is_over and tick.person in ("", person) for tick in removed)


def _is_whole_series(place: Place) -> bool:
    """Whether it is a series or a season, of which Kodi draws what its episodes have."""
    return place.title is not None and place.title.kind != FILM and place.episode < 0


def _names_something(row: NonLibraryRow) -> bool:
    """Whether another add-on's row has an id, or a name with a year, of whatever title."""
    labels = {**SERIES_IDS, **ROW_IDS, **COUR_IDS}
    ids = usable_ids({kind: row.labels.get(label, "")} for label, kind in labels.items())
    named = (("Title", "Year"), ("TVShowTitle", "Property(tvshow.year)"))
    is_film = row.labels.get("DBTYPE") == MOVIE
    name, year = named[0] if is_film else named[1]
    return bool(ids or paths.read(row.path).ids or (name in row.labels and year in row.labels))
