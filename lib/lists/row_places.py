"""Which title a single row is, in whatever list or widget it stands, by the labels that it says.

For the row of a context menu, and for the one in focus. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

from lib.titles.locations import without_login
from lib.titles.paths import addon_of
from lib.titles.rows import EPISODE, MOVIE, SEASON, TVSHOW, NonLibraryRow, whole
from lib.titles.title import MOVIE as FILM
from lib.titles.title import Place

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies
    from lib.storage.removed_ticks import Key

Labels = Mapping[str, str]
"""What a row says, by the names of info labels; "" or nothing where it does not say it."""

LEFT_ALONE, LEFT_OUT, SWITCHED_OFF = "left alone", "left out", "switched off"
"""Why the person wants no tick: by the context menu; by the settings, its add-on or folder; by the
settings, all of its kind, or of such lists."""

_KINDS = (MOVIE, TVSHOW, SEASON, EPISODE)


class RowPlaces:
    def __init__(self, deps: Dependencies, current_list: CurrentList) -> None:
        self._deps = deps
        self._list = current_list

    def library_key(self, row: Labels) -> Key | None:
        """Kodi's media type and library id of a row; None for one that is not of the library."""
        kind, dbid = row.get("DBTYPE", ""), whole(row.get("DBID", ""))
        # Another add-on's row may carry any DBID; in a list of the library it is the library's.
        is_addons = addon_of(row.get("FileNameAndPath", "")) != ""
        if dbid < 1 or kind not in _KINDS or (is_addons and not self._list.is_in_library):
            return None
        if kind == SEASON and whole(row.get("Season", "")) < 0:
            return TVSHOW, dbid  # "* All seasons" has the id of its series (docs/kodi.md)
        return kind, dbid

    def place(self, row: Labels) -> Place:
        """What a row is: one of the library by its id, any other by what its list shows."""
        key = self.library_key(row)
        if key is not None:
            return self._deps.library.place(*key)
        listed = listed_row(row)
        identity = self._list.identity_of(listed)
        if identity is None:
            from lib.titles.identify import series_of_folder

            is_season = row.get("DBTYPE") == SEASON
            return Place(
                series_of_folder(listed), whole(row.get("Season", "")) if is_season else -1
            )
        return Place(identity.title, *(identity.episodes[0] if identity.episodes else (-1, -1)))

    def left_out(self, row: Labels, place: Place) -> str | None:
        """Why the person wants no tick on a row: one of the above; None where they do."""
        settings = self._deps.policy.tick_settings
        if place.title is not None and self._deps.ignored_titles.has(place.title):
            return LEFT_ALONE
        is_film = place.title is not None and place.title.kind == FILM
        if (MOVIE if is_film else EPISODE) not in settings.kinds:
            return SWITCHED_OFF
        if self.library_key(row) is None:
            is_addons = addon_of(row.get("FileNameAndPath", "")) != ""
            if not (settings.of_addons if is_addons else settings.of_files):
                return SWITCHED_OFF
        paths = self._paths(row)
        is_left_out = bool(paths) and all(map(settings.leaves_out, paths))
        return LEFT_OUT if is_left_out or settings.leaves_out(self._list.path) else None

    def _paths(self, row: Labels) -> list[str]:
        """The files of what a row is, or its path, by which the settings may leave it out.

        A series is its episodes' files: Kodi names one folder of it, and it may lie on several
        disks. Nothing is read of the library where no folder is left out; none are found of what
        has left it.
        """
        key = self.library_key(row)
        if key is None:
            return [listed_row(row).path]
        library = self._deps.library
        if not self._deps.policy.tick_settings.folders:
            return [""]
        if key[0] in (MOVIE, EPISODE):
            return [video.file for video in library.videos([key]).values()]
        series, season, _ = library.belongs_to(*key)
        videos = library.episodes(series, season if season >= 0 else None)
        return [video.file for video in videos]


def listed_row(row: Labels) -> NonLibraryRow:
    """A row as its list is read: with the login of its source its path may come without."""
    said = {name: words for name, words in row.items() if words}
    return NonLibraryRow(without_login(row.get("FileNameAndPath", "")), said, 0, is_begun=False)
