"""How the rows near the focus stand, of an open list that is not of the library.

Kodi announces nothing of what a person marks there: it can only be seen. Knows neither of the two
doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

from lib.titles.rows import whole

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies
    from lib.lists.non_library_visit import NonLibraryVisit

_NEAR = 20  # rows
_OF_FOCUS = ("Container.CurrentItem", "Container.NumAllItems", "Container.NumItems")


class RowsSeen(NamedTuple):
    """visit: of the list. focus: number of the row in focus. states: path and playcount as they are
    drawn, by the number of the row.
    """

    visit: NonLibraryVisit
    focus: int
    states: dict[int, tuple[str, int]]


class RowsNearFocus:
    def __init__(
        self,
        deps: Dependencies,
        current_list: CurrentList,
        label: Callable[[str], str],
        is_loading: Callable[[], bool],
    ) -> None:
        """is_loading: whether Kodi exchanges the rows just now."""
        self._deps = deps
        self._current_list = current_list
        self._label = label
        self._is_loading = is_loading

    def look(self, last: RowsSeen | None) -> RowsSeen | None:
        """None where no such list is open, or something plays, by which Kodi sets ticks as well.

        last: what was seen before; it is given back where nothing is to be read just now.
        """
        from lib.lists.non_library_visit import NonLibraryVisit

        visits = [each for each in self._current_list.visits if isinstance(each, NonLibraryVisit)]
        if not visits or self._deps.policy.user_changes.is_playing:
            return None
        if self._deps.container.is_covered() or self._is_loading():
            return last
        states: dict[int, tuple[str, int]] = {}
        for position in visits[0].near_focus(_NEAR):
            for path, (playcount, _) in self._deps.container.states([position]).items():
                states[position] = (path, playcount)
        return RowsSeen(visits[0], self._focus(), states)

    def _focus(self) -> int:
        current, rows, videos = (whole(self._label(name), 0) for name in _OF_FOCUS)
        return current - 1 + rows - videos  # Kodi counts from 1, and ".." is none
