"""The list that is open in Kodi's window, and its visits: begun as it opens, ended as it goes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, List, Protocol, Sequence

from lib.kodi.info_labels import condition
from lib.titles.paths import addon_of
from lib.titles.rows import OpenList

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.lists.visit import Visit
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow

    Visits = List[Visit[Any]]

_SHOWN_AFTER = 0.3  # seconds after naming a list's path by which Kodi shows its rows
_NO_VIDEOS = ("addons://", "musicdb://", "pvr://", "sources://")
_LIBRARY = ("videodb://", "library://")
_VIDEOS = "Window.IsActive(videos)"
_IS_LOADING = "Container.IsUpdating"
# Unequal to all that can be on screen, so that the next look takes it in anew; also where a list
# was left in the middle of a step that found its rows gone.
_NOT_LOOKED = OpenList("", -1, hides_watched=False)


class ProgressDisplay(Protocol):
    """What a person may see of the work on a list."""

    def begin_list(self) -> None:
        """Another list is open: what was ticked before was not in it."""
        ...

    def begin_visit(self) -> None: ...

    def turn(self, visits: Sequence[Visit[Any]]) -> None:
        """visits: of the list that is open."""
        ...

    def leave(self) -> None:
        """The list is left, or is gone through anew."""
        ...


class CurrentList:
    def __init__(
        self, deps: Dependencies, display: ProgressDisplay, opens: Callable[[str], None]
    ) -> None:
        """opens: called with the path of each list that is opened, "" when there is none."""
        self._deps = deps
        self._display = display
        self._opens = opens
        self._looked_at = _NOT_LOOKED
        self._begun_at = 0.0
        self._is_confirmed = False
        self.path = ""
        """"" for none."""
        self.visits: Visits = []
        self.changed_at = time.monotonic()
        """When something else was on the screen."""

    @property
    def is_in_library(self) -> bool:
        """Whether a list of the library is open."""
        return self.path.startswith(_LIBRARY)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is due in the list, as far as it was read and answered."""
        return all(visit.is_finished for visit in self.visits)

    @property
    def hides_watched(self) -> bool:
        """Whether rows would vanish from the list that is open; its visit may just begin anew."""
        if self.visits:
            return any(visit.holds_back for visit in self.visits)
        return self._deps.container.open_list().hides_watched

    def identity_of(self, row: NonLibraryRow) -> Identity | None:
        """What a row of the list is, where that is not one of the library."""
        from lib.lists.non_library_visit import NonLibraryVisit
        from lib.titles.identify import identities

        others = [visit for visit in self.visits if isinstance(visit, NonLibraryVisit)]
        shown = others[0].identity_of(row.path) if others else None
        return shown or identities([row], self.path)[0]

    def may_show(self, path: str) -> bool:
        """Whether another add-on's row of that path may be on the screen."""
        # Lists of add-ons, playlists and favourites may hold the rows of any add-on.
        if not self.path or self.path.startswith("videodb://"):
            return False
        said = [visit.may_show(path) for visit in self.visits]
        read = [may_show for may_show in said if may_show is not None]
        return not read or any(read)

    def notice(self) -> None:
        """Begin the visits of a list that was not open before, and has loaded."""
        shown = self._deps.container.open_list()
        if shown != self._looked_at:
            self.changed_at = time.monotonic()
            if shown.path != self.path:
                self.path = shown.path
                self._display.begin_list()
                self._opens(shown.path)
            self._looked_at = shown
            self.leave()
            self._deps.coordinator.queue.begin_list()
        is_new = not self.visits and shown.size > 0 and self._may_hold_videos(shown.path)
        if is_new and self._deps.coordinator.can_ask and not condition(_IS_LOADING):
            self.visits = self._visits_of(shown)
            self._display.begin_visit()
            self._begun_at = time.monotonic()
            self._is_confirmed = False

    def look_anew(self) -> None:
        """Go through the list once more, from its rows on."""
        self._looked_at = _NOT_LOOKED
        self.leave()

    def leave(self) -> None:
        """End the visits."""
        self._display.leave()
        for visit in self.visits:
            visit.leave()
        self.visits = []

    def confirm(self) -> None:
        """Begin anew, once, where the visit has seen the rows of the list before."""
        if self._is_confirmed or time.monotonic() - self._begun_at < _SHOWN_AFTER:
            return
        self._is_confirmed = True
        if any(visit.is_of_another_list() for visit in self.visits):
            self.look_anew()

    def _may_hold_videos(self, path: str) -> bool:
        settings = self._deps.policy.tick_settings
        is_off = addon_of(path) != "" and not settings.of_addons
        return not (path.startswith(_NO_VIDEOS) or is_off or settings.leaves_out(path))

    def _visits_of(self, shown: OpenList) -> Visits:
        """What a list may hold: rows of the library, others, or in a folder of files both."""
        # With much behind them: not at Kodi's start.
        from lib.lists.library_visit import LibraryVisit
        from lib.lists.row_sources import ContainerRows

        visits: Visits = []
        if not addon_of(shown.path):
            rows = ContainerRows(self._deps.container, shown.size, "DBID")
            write, hides = self._deps.writer.write, shown.hides_watched
            visits.append(LibraryVisit(rows, self._deps, write, holds_back=hides))
        if not shown.path.startswith(_LIBRARY) and condition(_VIDEOS):
            from lib.lists.non_library_visit import NonLibraryVisit

            visits.append(NonLibraryVisit(shown, self._deps))
        return visits
