"""The loop that Kodi starts at log-in. It sleeps in Kodi's own wait and leaves when Kodi does."""

from __future__ import annotations

import time
from typing import Callable, Mapping, TypeVar

from lib import kodi, kodi_wishes, texts
from lib.browsing import NOT_NOW, Browsing
from lib.choices import Choices
from lib.context_menu import ContextMenu
from lib.furnish import house_of, take_back_of
from lib.main_menu import MainMenu
from lib.remembered import Remembered
from lib.screen import EPISODE, MOVIE, SEASON, TVSHOW
from lib.session import SAY_NOTHING, SAY_TICKS, Session
from lib.store import Store
from lib.welcome import Welcome
from lib.worker import Worker

_FILM_ROWS = {MOVIE}
_EPISODE_ROWS = {TVSHOW, SEASON, EPISODE}
_FOLDERS_LEFT_OUT = ("left_out_1", "left_out_2", "left_out_3")
# The welcome is said once in a life: it takes no chance.
_IS_SAYING = "Window.IsVisible(notification)"
_FIRST_LOOK_AFTER = 0.05  # seconds
_GO_ON = 0.001
_LOOK_WHETHER_TO_WELCOME = 0.5
_SECONDS_TO_HEAR = 0.3
_AFTER_A_FAULT = 5.0
_SECONDS_TO_LEAVE = 0.7

Result = TypeVar("Result")


class Service:
    def __init__(self, monitor: kodi.Monitor) -> None:
        """Errors: NotEnabled."""
        self._monitor = monitor
        self._settings = kodi.Settings()
        self._worker = Worker()
        self._store = Store(kodi.data_folder() / "memory.db", kodi.log)
        self._session = Session(
            self._settings,
            self._worker,
            Remembered(self._store),
            self._monitor.leaves_within,
            self._start_over,
        )
        house = house_of(self._session.watched, self._store)
        self._browsing = Browsing(self._session.watched, house)
        self._take_back = take_back_of(house, self._store)
        self._context_menu = ContextMenu(self._browsing, self._session.watched)
        self._main_menu = MainMenu(
            self._session, self._store, self._take_back, self._context_menu.check_now
        )
        self._welcome = Welcome(self._store)
        self._may_not_welcome = kodi.Polled(f"{NOT_NOW} | {_IS_SAYING}", _LOOK_WHETHER_TO_WELCOME)
        self._wishes: dict[str, Callable[[Mapping[str, str]], None]] = {
            kodi_wishes.OPEN: lambda _: self._main_menu.open(),
            kodi_wishes.SIGN_IN: lambda _: self._session.sign_in(),
            kodi_wishes.SIGN_OUT: lambda _: self._session.sign_out(),
            kodi_wishes.CHECK_NOW: lambda _: self._context_menu.check_now(),
            kodi_wishes.CHECK_AGAIN: self._context_menu.check_again,
            kodi_wishes.LEAVE_ALONE: self._context_menu.leave_alone,
            kodi_wishes.TICK_AGAIN: self._context_menu.tick_again,
        }

    def run(self) -> None:
        try:
            self._session.start()
            self._browsing.follow(self._choices())
            pause = _FIRST_LOOK_AFTER
            while not self._monitor.leaves_within(pause):
                pause = self._guarded(self._turn, _AFTER_A_FAULT)
        finally:
            # Also when Kodi has lost its patience: it waits for our thread, for ever if need be.
            for end in (
                self._session.end,
                self._main_menu.close,
                self._browsing.leave,
                lambda: self._worker.leave(_SECONDS_TO_LEAVE),
                self._store.close,
            ):
                self._guarded(end, None)

    def _guarded(self, do: Callable[[], Result], otherwise: Result) -> Result:
        """What `do` gives. A fault of ours costs this one thing, and no more."""
        try:
            return do()
        except kodi.NotEnabled:  # switched off amid this turn: Kodi ends this script now
            return otherwise
        except Exception as fault:
            import traceback  # it takes a tenth of the add-on's start, and is hardly ever needed

            # Without its message, which may quote anything: where it happened is enough.
            places = "".join(traceback.format_tb(fault.__traceback__))
            kodi.log(f"a fault in this add-on: {type(fault).__name__}\n{places}")
            return otherwise

    def _turn(self) -> float:
        if not self._heard_all():
            return _GO_ON  # nothing is done before all of the person's hand is known
        wish = kodi_wishes.take_wish()
        if wish.action in self._wishes:
            self._wishes[wish.action](wish.row)
            kodi_wishes.take_wish()  # pressed again meanwhile: that was answered too
            return _GO_ON  # Kodi may have asked to leave in the minutes of a sign-in
        if self._main_menu.turn():
            return _GO_ON
        self._welcome_once()
        self._context_menu.turn()
        kodi.say_next()
        if self._take_back.is_due:
            self._take_some_back()
            return _GO_ON
        return self._browsing.turn()

    def _welcome_once(self) -> None:
        """Not over a film, nor over another message, and not to who wants to hear nothing."""
        grant = self._session.grant
        if not self._welcome.is_due(grant) or self._settings.text("messages") == SAY_NOTHING:
            return
        if self._may_not_welcome():
            return
        words = self._welcome.words_for(grant)
        if words is not None:
            kodi.notify(kodi.text(words))

    def _take_some_back(self) -> None:
        """Nothing else is written meanwhile; the list that is open is looked at anew then."""
        self._take_back.step()
        if self._take_back.is_due:
            return
        self._browsing.draw_anew()
        count, changed = str(self._take_back.taken), self._take_back.changed
        if changed:
            kodi.notify(kodi.text(texts.TAKEN_BACK_BUT, count=count, changed=str(changed)))
        else:
            kodi.notify(kodi.text(texts.TAKEN_BACK, count=count))

    def _heard_all(self) -> bool:
        """Take in what Kodi announced; False when that takes longer: Kodi may want to leave."""
        end = time.monotonic() + _SECONDS_TO_HEAR
        while time.monotonic() < end:
            event = self._monitor.next_event()
            if event is None:
                return True
            self._heard(event)
        return False

    def _heard(self, event: kodi.Event) -> None:
        if event is kodi.SETTINGS_CHANGED:
            self._session.follow_settings()
            self._browsing.follow(self._choices())
        else:
            self._browsing.heard(event)

    def _start_over(self) -> None:
        self._browsing.begin_person()

    def _choices(self) -> Choices:
        settings = self._settings
        films = _FILM_ROWS if settings.is_on("films") else set()
        episodes = _EPISODE_ROWS if settings.is_on("episodes") else set()
        return Choices(
            frozenset(films | episodes),
            settings.is_on("clear"),
            settings.is_on("home"),
            settings.is_on("of_addons"),
            settings.is_on("of_files"),
            frozenset(settings.several("left_out_addons")),
            tuple(filter(None, map(settings.text, _FOLDERS_LEFT_OUT))),
            settings.text("messages") == SAY_TICKS,
            settings.is_on("progress"),
        )
