"""Follows a person who browses: notices the list that is opened and runs its visit.

Also writes the backlog while nothing else is due.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lib import kodi
from lib.fresh import Fresh
from lib.hearing import Hearing
from lib.home_lists import HomeLists, rows_on_home
from lib.identify import identities
from lib.others import OthersVisit, may_ask_again
from lib.paths import addon_of
from lib.screen import Spot
from lib.starting import Starting
from lib.telling import Telling
from lib.visit import Visit

if TYPE_CHECKING:
    from lib.choices import Choices
    from lib.house import House
    from lib.identify import Identity
    from lib.screen import Listed
    from lib.watched import Watched

_LOOK_EVERY = 0.05  # seconds between looks at what is on screen
# Each look wakes a core of the box: fewer do where nothing has changed for so many seconds.
_LOOK_RARELY = ((60.0, 0.2), (10.0, 0.1))
_LOOK_EVERY_WHILE_ASKING = 0.02
_LOOK_LATER = 0.5  # while a film fills the screen
_GO_ON = 0.001
_LOOK_FOR_STILLNESS_EVERY = 0.5
_LOOK_AT_PEOPLE_EVERY = 0.25
_LOOK_AT_STILLNESS_EVERY = 0.1
_SHOWN_AFTER = 0.3  # seconds after naming a list's path by which Kodi shows its rows
NOT_NOW = "VideoPlayer.IsFullscreen | System.ScreenSaverActive"
_SOMEBODY_IS_THERE = "!System.IdleTime(60)"
_STILL = "System.IdleTime(1) + !System.HasActiveModalDialog"
_NO_VIDEOS = ("addons://", "musicdb://", "pvr://", "sources://")
_LIBRARY = ("videodb://", "library://")
_VIDEOS = "Window.IsActive(videos)"
# Unequal to all that can be on screen, so that the next look takes it in anew; also where a list
# was left in the middle of a step that found its rows gone.
_NOT_LOOKED = Spot("", -1, hides_watched=False)
_PLAYING = "Player.FilenameAndPath"


class Browsing:
    def __init__(self, watched: Watched, house: House) -> None:
        self._watched = watched
        self.house = house
        self._screen = house.screen
        self._hearing = Hearing(
            house, lambda: kodi.label(_PLAYING), self._read_again, self.look_again
        )
        self._telling = Telling(house)
        self._starting = Starting(watched)
        self._fresh = Fresh()
        self._is_somebody_there = kodi.Polled(_SOMEBODY_IS_THERE, _LOOK_AT_PEOPLE_EVERY)
        self._is_still = kodi.Polled(_STILL, _LOOK_AT_STILLNESS_EVERY)
        self._spot = _NOT_LOOKED
        self._changed_at = time.monotonic()
        self._visits: list[Visit | OthersVisit] = []
        self._begun_at = self._still_asked_at = 0.0
        self._is_confirmed = self._is_look_due = False
        self._path = self._loaded_path = self._person = ""

    def follow(self, choices: Choices) -> None:
        """Tick by these choices from now on."""
        if choices != self.house.follow.choices:
            self.house.follow.choices = choices
            self.start_over()

    def begin_person(self) -> None:
        """Somebody may have signed in. What they watch is seen from the first look on."""
        self.start_over()
        if self._watched.person != self._person:
            self._person = self._watched.person
            self._fresh.begin_anew()

    def start_over(self) -> None:
        """Other rows are to be ticked, or ticks were taken back: nothing settled holds."""
        self.look_again()
        self._starting.begin_home_anew()
        self.house.drawn.clear()
        self.house.leftovers.clear()

    def look_again(self) -> None:
        """The library has changed, or the person asks anew: no row counts as settled."""
        self._look_anew()
        self.house.settled.clear()
        self.house.backlog.clear()

    def look_again_and_load(self) -> None:
        """The same, and the list that is open may be loaded once more for what is found."""
        self.look_again()
        self._loaded_path = ""

    def draw_anew(self) -> None:
        """Ticks were taken back: no row counts as settled, and other add-ons' rows lack words."""
        self.start_over()
        may_load = self._path != "" and not self.is_in_library and not may_ask_again(self._path)
        if may_load and not kodi.condition(NOT_NOW):
            self._loaded_path = self._path
            kodi.refresh_list()

    @property
    def is_list_open(self) -> bool:
        return self._path != ""

    @property
    def is_in_library(self) -> bool:
        """Whether a list of the library is open."""
        return self._path.startswith(_LIBRARY)

    def identity_of(self, row: Listed) -> Identity | None:
        """What a row of the list that is open is, where that is not one of the library."""
        others = [visit for visit in self._visits if isinstance(visit, OthersVisit)]
        shown = others[0].identity_of(row.path) if others else None
        return shown or identities([row], self._path)[0]

    def leave(self) -> None:
        """Kodi leaves, or this add-on does."""
        self._telling.leave()

    def turn(self) -> float:
        """Look at the screen and do a little; seconds until the next look is worth while."""
        try:
            self._telling.turn(self._visits if self._path else [])
            return self._turn()
        except kodi.ListMoved:
            self._look_anew()
            return _LOOK_EVERY

    def _turn(self) -> float:
        if self._screen.is_covered():
            if self._watched.can_ask:
                self._watched.step()
            return _LOOK_EVERY
        self._notice()
        if not self._watched.can_ask:
            return self._until_next_look()
        self._visit_home()
        if not self._is_busy():
            self._starting.make_ready()
            self._look_while_it_stays()
            self._confirm_list()
            self._when_still()
            return self._until_next_look()
        return self._work()

    def _until_next_look(self) -> float:
        """Seconds."""
        still = time.monotonic() - self._changed_at
        return next((pause for since, pause in _LOOK_RARELY if still > since), _LOOK_EVERY)

    def _work(self) -> float:
        """Do a little of what is due."""
        # Asked at each turn, though it waits for Kodi's frame: what is read next is built then, and
        # Kodi draws what was written, which a script that writes on and on keeps it from.
        if kodi.condition(NOT_NOW):
            self._read_again()
            return _LOOK_LATER
        if self._waits_for_nobody():
            return _LOOK_LATER
        self._watched.step()
        if self._watched.take_news():
            if any(isinstance(visit, HomeLists) for visit in self._visits):
                self._starting.begin_home_anew(after=0.0)
            self._look_anew()
            return _GO_ON
        if time.monotonic() > self._still_asked_at + _LOOK_FOR_STILLNESS_EVERY:
            self._when_still()  # also while a long list is still being read
        if self._step_visit() or self._write_backlog() or self._write_leftovers():
            return _GO_ON
        self._look_if_due()
        self._confirm_list()
        self._when_still()
        return _LOOK_EVERY_WHILE_ASKING if self._watched.is_asking else _LOOK_EVERY

    def _waits_for_nobody(self) -> bool:
        """Whether only a person who is not there would see what is asked once more, or at home."""
        is_home = any(isinstance(visit, HomeLists) for visit in self._visits)
        is_repeating = self._watched.trouble is not None or is_home
        return is_repeating and not self._is_somebody_there()

    def _visit_home(self) -> None:
        """Kodi's own lists on the home screen get their ticks, where the person wants that."""
        may_visit = self.house.follow.choices.on_home and not self._path and not self._visits
        if may_visit and self._starting.is_home_due():
            self._visits = [HomeLists(rows_on_home(kodi.rpc_batch), self.house)]
            self._is_look_due = self._fresh.opens_list()

    def _look_while_it_stays(self) -> None:
        """A list that stays open before somebody follows what moves at Simkl, too."""
        may_be_due = bool(self._visits) and self._fresh.may_be_due
        if may_be_due and self._is_somebody_there() and self._fresh.is_there():
            self._is_look_due = True
        self._look_if_due()

    def _look_if_due(self) -> None:
        """Ask what has moved once the list is ticked as far as it is known: not before that."""
        if self._is_look_due and self._visits and all(each.is_finished for each in self._visits):
            self._is_look_due = False
            self._watched.look()

    def _is_busy(self) -> bool:
        return (
            not all(visit.is_finished for visit in self._visits)
            or self._may_write_backlog()
            or self._may_write_leftovers()
            or self._watched.has_work
            or self._watched.has_news
        )

    def _step_visit(self) -> bool:
        """One after another: each has its own titles asked about."""
        visit = next((visit for visit in self._visits if not visit.is_finished), None)
        return visit is not None and visit.step()

    def _may_write_backlog(self) -> bool:
        return self.house.backlog.is_due and not self._hides_watched()

    def _hides_watched(self) -> bool:
        """Whether rows would vanish from the list that is open; its visit may just begin anew."""
        if self._visits:
            return any(visit.holds_back for visit in self._visits)
        return self._screen.spot().hides_watched

    def _may_write_leftovers(self) -> bool:
        return (
            self.house.leftovers.is_due(self._spot.path) and not self.house.follow.hand.is_playing
        )

    def _write_leftovers(self) -> bool:
        if not self._may_write_leftovers():
            return False
        self.house.leftovers.step(self._spot.path)
        return True

    def _write_backlog(self) -> bool:
        return self._may_write_backlog() and self.house.backlog.step()

    def heard(self, event: kodi.Event) -> None:
        """Something that Kodi announced."""
        self._changed_at = time.monotonic()
        if event.method == "System.OnWake":
            self._fresh.begin_anew()
        self._hearing.heard(event.method, event.data)

    def _read_again(self) -> None:
        """The person has changed a video, or may have: what was read of the library is old."""
        self._look_anew()
        self.house.backlog.put_back()

    def _look_anew(self) -> None:
        self._spot = _NOT_LOOKED
        self._leave_list()

    def _leave_list(self) -> None:
        self._telling.leave()
        for visit in self._visits:
            visit.leave()
        self._visits = []

    def _notice(self) -> None:
        """Begin a visit where a list is open that was not, and has loaded."""
        spot = self._screen.spot()
        if spot != self._spot:
            self._changed_at = time.monotonic()
            if spot.path != self._path:
                self._path, self._loaded_path = spot.path, ""
                self._telling.open_list()
                self._watched.opens_list()
                if spot.path and self._fresh.opens_list():
                    self._is_look_due = True
            self._spot = spot
            self._leave_list()
            self._watched.begin_list()
        is_new = not self._visits and spot.size > 0 and self._may_hold_videos(spot.path)
        if is_new and self._watched.can_ask and not kodi.condition("Container.IsUpdating"):
            self._visits = self._visits_of(spot)
            self._telling.begin_visit()
            self._begun_at = time.monotonic()
            self._is_confirmed = False

    def _may_hold_videos(self, path: str) -> bool:
        choices = self.house.follow.choices
        is_off = addon_of(path) != "" and not choices.of_addons
        return not (path.startswith(_NO_VIDEOS) or is_off or choices.leaves_out(path))

    def _visits_of(self, spot: Spot) -> list[Visit | OthersVisit]:
        """What a list may hold: rows of the library, others, or in a folder of files both."""
        visits: list[Visit | OthersVisit] = []
        if not addon_of(spot.path):
            visits.append(Visit(spot, self.house))
        if not spot.path.startswith(_LIBRARY) and kodi.condition(_VIDEOS):
            visits.append(OthersVisit(spot, self.house))
        return visits

    def _confirm_list(self) -> None:
        """Begin anew, once, where the visit has seen the rows of the list before."""
        if self._is_confirmed or time.monotonic() - self._begun_at < _SHOWN_AFTER:
            return
        self._is_confirmed = True
        if any(visit.is_of_another_list() for visit in self._visits):
            self._look_anew()

    def _when_still(self) -> None:
        """What waits for the person to be still, unless they have changed it meanwhile.

        The list is loaded again once at most.
        """
        for visit in self._visits:
            if isinstance(visit, OthersVisit):
                visit.look_for_changes()
        waiting = [visit for visit in self._visits if visit.waits_for_stillness]
        if not waiting:
            return
        self._still_asked_at = time.monotonic()
        if not self._is_still() or not kodi.condition(_STILL):  # it may have been a while ago
            return
        may_load = self._loaded_path != self._spot.path
        if any(visit.when_still(may_load=may_load) for visit in waiting):
            kodi.debug("ticks were written and not drawn: the list is loaded again")
            self._loaded_path = self._spot.path
            kodi.refresh_list()
