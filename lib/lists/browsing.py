"""Follows a person who browses: a little of what is due at each turn, the list that is open first.

Also writes the backlog while nothing else is due.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lib.kodi.info_labels import ListMoved, Polled, condition, idle_seconds, label
from lib.kodi.json_rpc import rpc_batch
from lib.lists.activity_checks import ActivityLook
from lib.lists.background_writes import BackgroundWrites
from lib.lists.current_list import CurrentList
from lib.lists.kodi_events import KodiEvents
from lib.lists.pace import LOOK_EVERY, Pace
from lib.lists.reload import Reload
from lib.lists.startup import Startup

if TYPE_CHECKING:
    from lib.kodi.monitor import Event
    from lib.lists.coordinator import Coordinator
    from lib.lists.current_list import ProgressDisplay
    from lib.lists.dependencies import Dependencies
    from lib.lists.library_visit import LibraryVisit
    from lib.ticks.tick_settings import TickSettings

_LOOK_EVERY_WHILE_ASKING = 0.02
_LOOK_LATER = 1.0  # while a film fills the screen, or nobody is there
_GO_ON = 0.001
_LOOK_AT_PEOPLE_EVERY = 0.25
NOT_NOW = "VideoPlayer.IsFullscreen | System.ScreenSaverActive"
_LOOK_AT_HOME_EVERY = 0.5
_NOBODY_MOVES_ON_HOME = "!Window.IsActive(home) | System.IdleTime(2)"
_SOMEBODY_IS_THERE = "!System.IdleTime(60)"
_PLAYING = "Player.FilenameAndPath"


class Browsing:
    def __init__(
        self, coordinator: Coordinator, deps: Dependencies, display: ProgressDisplay
    ) -> None:
        self._coordinator = coordinator
        self.deps = deps
        self._display = display
        self.current_list = CurrentList(deps, display, self._opens_list)
        self._reload = Reload(self.current_list, deps.loads, deps.unmended)
        self._kodi_events = KodiEvents(
            deps, lambda: label(_PLAYING), self._read_again, self.look_again
        )
        self._startup = Startup(coordinator)
        self._is_somebody_there = Polled(_SOMEBODY_IS_THERE, _LOOK_AT_PEOPLE_EVERY)
        self._activity = ActivityLook(coordinator, self._is_somebody_there)
        nobody_moves_on_home = Polled(_NOBODY_MOVES_ON_HOME, _LOOK_AT_HOME_EVERY)
        self._background = BackgroundWrites(deps, self.current_list, nobody_moves_on_home)
        self._home_visit: LibraryVisit | None = None
        self._person = ""
        self._pace = Pace(idle_seconds)

    # -- what changes what is to be ticked --

    def apply_settings(self, tick_settings: TickSettings) -> None:
        """Tick by these from now on."""
        if tick_settings != self.deps.policy.tick_settings:
            self.deps.policy.tick_settings = tick_settings
            self.start_over()

    def begin_person(self) -> None:
        """Somebody may have signed in. What they watch is seen from the first look on."""
        self.start_over()
        if self._coordinator.person != self._person:
            self._person = self._coordinator.person
            self._activity.begin_anew()

    def start_over(self) -> None:
        """Other rows are to be ticked, or ticks were taken back: nothing settled holds."""
        self.look_again()
        self._startup.begin_home_anew()
        self.deps.overlays.clear()
        self.deps.deferred.clear()

    def look_again(self) -> None:
        """The library has changed, or the person asks anew: no row counts as settled."""
        self.current_list.look_anew()
        self.deps.settled.clear()
        self.deps.backlog.clear()

    def look_again_and_load(self) -> None:
        """The same, and the list that is open may be loaded once more for what is found."""
        self.look_again()
        self._reload.begin_list()

    def draw_anew(self) -> None:
        """Ticks were taken back: no row counts as settled, and other add-ons' rows lack words."""
        self.start_over()
        if self._reload.may_load_at_once and not condition(NOT_NOW):
            self._reload.at_once()

    def heard(self, event: Event) -> None:
        """Something that Kodi announced."""
        self.current_list.changed_at = time.monotonic()
        if event.method == "System.OnWake":
            self._activity.begin_anew()
        self._kodi_events.heard(event.method, event.data)

    def has_taken_in(self) -> bool:
        """Keep the marks that were heard, and read of some what they are about; whether of all.

        Nothing is to be ticked before that.
        """
        marks = self.deps.marks
        marks.keep()
        if marks.is_due:
            marks.step()
        return not marks.is_due

    def heard_at_the_end(self, event: Event) -> None:
        """Something that Kodi announced before it ends this; `deps.marks.keep` follows."""
        self._kodi_events.heard_at_the_end(event.method, event.data)

    def _read_again(self) -> None:
        """The person has changed a video, or may have: what was read of the library is old."""
        self.current_list.look_anew()
        self.deps.backlog.put_back()

    def _opens_list(self, path: str) -> None:
        self._reload.begin_list()
        self.deps.loads.opens(path)
        self.deps.changing_lists.open_list()
        self._coordinator.retry_policy.opens_list()
        if path:
            self._activity.opens_list()

    def leave(self) -> None:
        """Kodi leaves, or this add-on does."""
        self._display.leave()
        self.deps.files.leave()

    # -- one turn --

    def turn(self) -> float:
        """Look at the screen and do a little; seconds until the next look is worth while."""
        try:
            self._display.turn(self.current_list.visits if self.current_list.path else [])
            return self._turn()
        except ListMoved:
            self.current_list.look_anew()
            return LOOK_EVERY

    def _turn(self) -> float:
        if self.deps.loads.look(is_covered=self.deps.container.is_covered()):
            if self._coordinator.can_ask:
                self._coordinator.step()
            return LOOK_EVERY
        return self.deps.unmended.pause(self._turn_in_list())

    def _turn_in_list(self) -> float:
        self.current_list.notice()
        self._reload.mend()
        if not self._coordinator.can_ask:
            return self._pace.until_next_look(self.current_list.changed_at)
        if self.deps.files.has_news() and self._is_somebody_there():
            self._try_again()
        self._visit_home()
        if not self._is_busy():
            self._startup.make_ready()
            self._activity.while_it_stays(self.current_list.visits)
            self.current_list.confirm()
            self._reload.when_still()
            return self._pace.until_next_look(self.current_list.changed_at)
        return self._work()

    def _try_again(self) -> None:
        """A source that kept us waiting may be asked again: what lies in it is not settled yet."""
        self.deps.files.take_news()
        self.current_list.look_anew()
        self.deps.backlog.try_again()
        self._startup.begin_home_anew(after=0.0)

    def _work(self) -> float:
        """Do a little of what is due."""
        self._pace.works()
        # Asked at each turn, though it waits for Kodi's frame: what is read next is built then, and
        # Kodi draws what was written, which a script that writes on and on keeps it from.
        if condition(NOT_NOW):
            self._read_again()
            return _LOOK_LATER
        if self._waits_for_nobody():
            return _LOOK_LATER
        self._coordinator.step()
        if self._coordinator.take_news():
            if self._visits_home:
                self._startup.begin_home_anew(after=0.0)
            self.current_list.look_anew()
            return _GO_ON
        if self._reload.is_late:
            self._reload.when_still()  # also while a long list is still being read
        if self._step_visit() or self._background.step():
            return _GO_ON
        self._activity.when_ticked(self.current_list.visits)
        self.current_list.confirm()
        self._reload.when_still()
        return _LOOK_EVERY_WHILE_ASKING if self._coordinator.is_asking else LOOK_EVERY

    @property
    def _visits_home(self) -> bool:
        """Whether the visits are of the home screen's lists."""
        return self._home_visit in self.current_list.visits

    def _waits_for_nobody(self) -> bool:
        """Whether only a person who is not there would see what is asked once more, or at home."""
        is_repeating = self._coordinator.trouble is not None or self._visits_home
        return is_repeating and not self._is_somebody_there()

    def _visit_home(self) -> None:
        """Kodi's own lists on the home screen get their ticks, where the person wants that."""
        current = self.current_list
        may_visit = self.deps.policy.tick_settings.on_home and not current.path
        if may_visit and not current.visits and self._startup.is_home_due():
            from lib.lists.home_screen import home_screen_visit

            self._home_visit = home_screen_visit(rpc_batch, self.deps)
            current.visits = [self._home_visit]
            self._activity.opens_list()

    def _is_busy(self) -> bool:
        return (
            not all(visit.is_finished for visit in self.current_list.visits)
            or self._background.is_due
            or self._coordinator.has_work
            or self._coordinator.has_news
        )

    def _step_visit(self) -> bool:
        """One after another: each has its own titles asked about."""
        visits = self.current_list.visits
        visit = next((visit for visit in visits if not visit.is_finished), None)
        return visit is not None and visit.step()
