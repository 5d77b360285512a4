"""Finds out what is known of the row in focus, in any list or widget, for skins (docs/skins.md).

What is not known is asked behind what the open list wants, once the focus has stayed for a moment:
who scrolls past rows asks nothing. What lies beside it is asked in the same call. Labels come
through a function that is passed in, so this knows no Kodi.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable

from lib.lists.activity_checks import ActivityChecks
from lib.lists.non_library_ticks import at_least
from lib.lists.non_library_visit import NonLibraryVisit
from lib.lists.place_answers import answer_about, ask_about
from lib.lists.row_places import RowPlaces
from lib.lists.watched_properties import NOTHING, Properties, properties_of
from lib.simkl.asks import COUNTERS, PLAIN, Ask
from lib.storage.answer_cache import with_all_watched
from lib.titles.identify import LABELS
from lib.titles.paths import addon_of
from lib.titles.title import Place

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.dependencies import Dependencies
    from lib.storage.answer_cache import Known
    from lib.ticks.tick_settings import TickSettings
    from lib.titles.title import Title

_LOOK_EVERY = 0.05  # seconds
_FIND_AGAIN_AFTER = 0.5  # seconds: the rest of the list may show by then which title a row is
_ASK_AFTER = 0.5  # seconds that the focus has to stay
_NEARBY = (1, -1, 2, -2, 3, -3, 4, -4)
"""Rows beside it, the nearest first."""

_MARKS = ("FileNameAndPath", "DBTYPE", "DBID", "Label")
"""By which one row is told from another."""


class FocusedRow:
    def __init__(
        self,
        deps: Dependencies,
        current_list: CurrentList,
        label: Callable[[str], str],
        show: Callable[[Properties], None],
        is_not_now: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """label: reads an info label. show: takes what skins are to be told. is_not_now: whether
        a video or the screensaver fills the screen. clock: in seconds.
        """
        self._deps = deps
        self._list = current_list
        self._places = RowPlaces(deps, current_list)
        self._label = label
        self._show = show
        self._is_not_now = is_not_now
        self._clock = clock
        self._checks = ActivityChecks(clock)
        self._looked_at = float("-inf")
        self._shown: Properties | None = None
        self._is_left_out = False
        self._begin(())

    def _begin(self, marks: tuple[str, ...]) -> None:
        """Another row is in focus; nothing is known of it yet."""
        self._marks = marks
        self._since = self._clock()
        self._found_at: float | None = None
        self._place = Place(None)
        self._row: dict[str, str] = {}
        self._nearby: list[Ask] | None = None
        self._forget()

    def _forget(self) -> None:
        """Tell nothing of the row, and ask nothing."""
        self._chosen: tuple[TickSettings, bool] | None = None
        self._parts: tuple[Known | None, ...] | None = None
        self._missing: list[Ask] = []
        self._tell(NOTHING)
        self._ask([])

    def leave(self) -> None:
        """Nothing is in focus, or nobody wants to know of it."""
        if self._marks:
            self._begin(())

    def turn(self) -> None:
        """Look at the row in focus, some times a second. Errors: ListMoved."""
        if not self._deps.coordinator.can_ask:
            self.leave()
            return
        now = self._clock()
        if now - self._looked_at < _LOOK_EVERY or self._deps.container.is_covered():
            return
        self._looked_at = now
        marks = self._read_marks()
        if marks != self._marks:
            self._begin(marks)
        elif any(marks):
            self._follow()

    def _read_marks(self) -> tuple[str, ...]:
        return tuple(self._label(f"ListItem.{name}") for name in _MARKS)

    def _follow(self) -> None:
        """The focus has stayed on a row since the last look."""
        if self._place.title is None and self._may_find():
            self._found_at = self._clock()
            self._find()
        title = self._place.title
        if title is None:
            return
        if not self._is_wanted(title):
            return
        self._take_in(title)
        if self._clock() - self._since >= _ASK_AFTER:
            self._ask(self._asks_about(title))

    # -- which title it is --

    def _may_find(self) -> bool:
        """Whether to look what the row is: once, and once more where its list may show it later."""
        if self._found_at is None:
            return not self._is_not_now()
        is_late = self._clock() - self._found_at >= _FIND_AGAIN_AFTER
        return is_late and self._places.library_key(self._row) is None

    def _find(self) -> None:
        self._row = self._read("ListItem")
        if self._read_marks() != self._marks or not self._may_be_video():
            return  # the focus has moved on meanwhile, or may be on anything
        self._place = self._places.place(self._row)
        if self._place.title is None:
            return
        self._deps.coordinator.queue.look_up([ask_about(self._place.title)])
        # A list that is open looks itself whether anything has moved at Simkl.
        if not self._list.path and self._checks.opens_list():
            self._deps.coordinator.look()

    def _read(self, item: str) -> dict[str, str]:
        """What a row says. item: as info labels call it."""
        names = dict.fromkeys((*_MARKS, *LABELS))
        return {name: self._label(f"{item}.{name}") for name in names}

    def _may_be_video(self) -> bool:
        """Plain files count only in a list of videos: elsewhere they may be music, or folders."""
        path = self._row["FileNameAndPath"]
        if addon_of(path) or self._places.library_key(self._row) is not None:
            return True
        visits = [visit for visit in self._list.visits if isinstance(visit, NonLibraryVisit)]
        return any(visit.identity_of(path) is not None for visit in visits)

    def _is_wanted(self, title: Title) -> bool:
        """Whether the person lets it be asked about; looked at when they choose otherwise."""
        chosen = self._deps.policy.tick_settings, self._deps.ignored_titles.has(title)
        if chosen != self._chosen:
            self._forget()
            self._chosen = chosen
            self._is_left_out = self._places.left_out(self._row, self._place) is not None
        return not self._is_left_out

    # -- what is known of it --

    def _take_in(self, title: Title) -> None:
        """Tell what is known by now, where that is something else than at the last look."""
        known_of = self._deps.coordinator.known
        counters = Ask(title, COUNTERS)
        single = Ask(title, PLAIN, (self._place.season, self._place.episode))
        parts = tuple(map(known_of, (ask_about(title), counters, single)))
        if parts == self._parts:
            return
        self._parts = parts
        known, self._missing = answer_about(title, self._place, known_of)
        if known is not None:
            known = self._listed(known)
        elif self._place.episode < 0:
            known = parts[1]  # what a list of series itself has asked says some of it
        self._tell(NOTHING if known is None else properties_of(self._place, known))

    def _listed(self, known: Known) -> Known:
        """With the episode, where Simkl only counts that all of its series are watched."""
        place = self._place
        if place.episode < 0:
            return known
        key = self._places.library_key(self._row)
        if key is None:
            return with_all_watched(known, at_least([(place.season, place.episode)]))
        library = self._deps.library
        videos = library.episodes(library.belongs_to(*key)[0])
        return with_all_watched(known, [video.place for video in videos])

    def _asks_about(self, title: Title) -> list[Ask]:
        """What is missing, and what is known, for when that is old."""
        if self._missing and not self._deps.coordinator.client.may_repeat:
            return []  # few of the day's calls are left: they are for what lists show
        if self._missing and self._nearby is None:
            self._nearby = self._unknown_nearby()
        return list(dict.fromkeys([ask_about(title), *self._missing, *(self._nearby or [])]))

    def _unknown_nearby(self) -> list[Ask]:
        """About rows beside the one in focus, to be known when the focus comes to them.

        One call for all of them. Not of the library: what they are costs calls to Kodi.
        """
        asks: list[Ask] = []
        for offset in _NEARBY:
            row = self._read(f"ListItem({offset})")
            if not addon_of(row["FileNameAndPath"]) or self._places.library_key(row) is not None:
                continue
            place = self._places.place(row)
            if place.title is not None and self._places.left_out(row, place) is None:
                asks.append(ask_about(place.title))
        self._deps.coordinator.queue.look_up(asks)
        return [ask for ask in asks if self._deps.coordinator.known(ask) is None]

    def _ask(self, asks: list[Ask]) -> None:
        queue = self._deps.coordinator.queue
        if asks != queue.focused:
            queue.focus(asks)

    def _tell(self, properties: Properties) -> None:
        if properties != self._shown:
            self._shown = properties
            self._show(properties)
