"""The loop that Kodi starts at log-in. It sleeps in Kodi's own wait and leaves when Kodi does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Mapping, TypeVar

from lib.kodi import commands, string_ids
from lib.kodi.addon import NotEnabled, data_folder, log, names_of_enabled
from lib.kodi.info_labels import Polled
from lib.kodi.localization import text
from lib.kodi.messages import has_to_say, notify, say_next
from lib.kodi.monitor import SETTINGS_CHANGED, Monitor
from lib.kodi.settings import Settings
from lib.lists.browsing import NOT_NOW, Browsing
from lib.lists.build import build_dependencies
from lib.simkl.worker import Worker
from lib.storage.answer_cache import AnswerCache
from lib.storage.store import Store
from lib.ui.cleaner_notice import CleanerNotice
from lib.ui.context_menu import ContextMenu
from lib.ui.for_skins import ForSkins
from lib.ui.list_progress import ListProgress
from lib.ui.optional_sending import OptionalSending
from lib.ui.send_messages import SendMessages
from lib.ui.send_switch import SendSwitch
from lib.ui.session import Session
from lib.ui.settings import forget_logins, may_say_trouble, tick_settings_from
from lib.ui.welcome import Welcome

# The welcome is said once in a life: it takes no chance.
_IS_SAYING = "Window.IsVisible(notification)"
_FIRST_LOOK_AFTER = 0.05  # seconds
_GO_ON = 0.001
_LOOK_SOON = 0.1
_LOOK_WHETHER_TO_WELCOME = 0.5
_SECONDS_TO_HEAR = 0.3
_AFTER_A_FAULT = 5.0
_SECONDS_TO_LEAVE = 0.7

if TYPE_CHECKING:
    from lib.ticks.undo import Undo
    from lib.ui.main_menu import MainMenu

Result = TypeVar("Result")


class Service:
    def __init__(self, monitor: Monitor) -> None:
        """Errors: NotEnabled."""
        self._monitor = monitor
        self._settings = Settings()
        self._worker = Worker()
        self._store = Store(data_folder() / "memory.db", log)
        self._session = Session(
            self._settings,
            self._worker,
            AnswerCache(self._store),
            self._monitor.leaves_within,
            self._start_over,
        )
        deps = build_dependencies(self._session.coordinator, self._store)
        self._browsing = Browsing(self._session.coordinator, deps, ListProgress(deps))
        self._context_menu = ContextMenu(self._browsing, self._session.coordinator)
        self._for_skins = ForSkins(self._browsing)
        may_not_say = Polled(NOT_NOW, _LOOK_WHETHER_TO_WELCOME)
        self._sending = OptionalSending(
            *(self._settings, self._browsing, self._store),
            SendMessages(self._settings, may_not_say),
        )
        self._main_menu: MainMenu | None = None
        self._send_switch = SendSwitch(self._settings, self._session, self._ask_what_to_do)
        self._welcome = Welcome(
            self._store, Polled(f"{NOT_NOW} | {_IS_SAYING}", _LOOK_WHETHER_TO_WELCOME)
        )
        self._cleaner_notice = CleanerNotice(self._store, names_of_enabled)
        self._may_say_trouble = False
        self._commands: dict[str, Callable[[Mapping[str, str]], None]] = {
            commands.OPEN: lambda _: self._open_main_menu(),
            commands.SIGN_IN: lambda _: self._session.sign_in(),
            commands.SIGN_OUT: lambda _: self._session.sign_out(),
            commands.CHECK_NOW: lambda _: self._context_menu.check_now(),
            commands.CHECK_AGAIN: self._context_menu.check_again,
            commands.LEAVE_ALONE: self._context_menu.leave_alone,
            commands.TICK_AGAIN: self._context_menu.tick_again,
        }

    def run(self) -> None:
        try:
            self._session.start()
            self._apply_settings()
            pause = _FIRST_LOOK_AFTER
            while not self._monitor.rest(pause):
                self._browsing.deps.loads.rested(self._monitor.nothing_seen_until)
                pause = self._guarded(self._turn, _AFTER_A_FAULT)
        finally:
            # Also when Kodi gives us no more time: it waits for our thread, for ever if need be.
            for end in (
                self._hear_the_rest,
                self._session.end,
                self._close_main_menu,
                self._for_skins.leave,
                self._sending.leave,
                self._browsing.leave,
                lambda: self._worker.leave(_SECONDS_TO_LEAVE),
                self._store.close,
            ):
                self._guarded(end, None)

    def _guarded(self, do: Callable[[], Result], otherwise: Result) -> Result:
        """What `do` gives. A fault of ours costs this one thing, and no more."""
        try:
            return do()
        except NotEnabled:  # switched off amid this turn: Kodi ends this script now
            return otherwise
        except Exception as fault:
            import traceback  # it takes a tenth of the add-on's start, and is hardly ever needed

            # Without its message, which may quote anything: where it happened is enough.
            places = "".join(traceback.format_tb(fault.__traceback__))
            log(f"a fault in this add-on: {type(fault).__name__}\n{places}")
            return otherwise

    def _turn(self) -> float:
        if not self._heard_all():
            return _GO_ON  # nothing is done before all that the person did is known
        command = commands.take_command()
        if command.action in self._commands:
            self._commands[command.action](command.row)
            commands.take_command()  # pressed again meanwhile: that was answered too
            return _GO_ON  # Kodi may have asked to leave in the minutes of a sign-in
        menu = self._main_menu
        if self._send_switch.turn() or (menu is not None and menu.turn()):
            return _GO_ON
        self._welcome.turn(self._session.grant, may_say=self._may_say_trouble)
        self._speak_of_cleaners()
        self._context_menu.turn()
        self._sending.messages.turn()
        say_next()
        if menu is not None and menu.undo.is_due:
            self._take_some_back(menu.undo)
            return _GO_ON
        pause = self._sending.turn(self._for_skins.turn(self._browsing.turn()))
        return min(pause, _LOOK_SOON) if self._waits_for_somebody() else pause

    def _waits_for_somebody(self) -> bool:
        """Whether something is to be said soon, or a window is open, whose keys Kodi counts not."""
        is_open = self._main_menu is not None and self._main_menu.is_open
        may_welcome = self._welcome.may_be_due and self._may_say_trouble
        return is_open or has_to_say() or self._context_menu.is_due or may_welcome

    def _speak_of_cleaners(self) -> None:
        """Before anything is ticked beside one."""
        if self._session.is_signed_in and self._may_say_trouble:
            for name in self._cleaner_notice.names(self._browsing.current_list.path):
                notify(text(string_ids.BESIDE_CLEANER, name=name))

    def _open_main_menu(self) -> None:
        self._browsing.deps.marks.take_in_all()
        self._made_main_menu().open()

    def _made_main_menu(self) -> MainMenu:
        if self._main_menu is None:
            from lib.lists.build import build_undo
            from lib.ui.main_menu import Actions, MainMenu  # not at the start: most never open it
            from lib.ui.send_menu import SendMenu

            deps = self._browsing.deps
            self._main_menu = MainMenu(
                self._session,
                self._store,
                build_undo(deps, self._store),
                deps.writer.refusals.counts,
                Actions(self._context_menu.check_now, self._let_come_back),
                SendMenu(self._session, self._store.outbox, self._sending),
            )
        return self._main_menu

    def _ask_what_to_do(self) -> bool:
        return self._made_main_menu().waiting_list.ask_what_to_do()

    def _close_main_menu(self) -> None:
        if self._main_menu is not None:
            self._main_menu.close()

    def _take_some_back(self, undo: Undo) -> None:
        """Nothing else is written meanwhile; the list that is open is looked at anew then."""
        undo.step()
        if undo.is_due:
            return
        self._browsing.draw_anew()
        count, changed = str(undo.taken), undo.changed
        if changed:
            notify(text(string_ids.TAKEN_BACK_BUT, count=count, changed=str(changed)))
        else:
            notify(text(string_ids.TAKEN_BACK, count=count))

    def _let_come_back(self, undo: Undo) -> None:
        count = undo.kept_away
        undo.let_come_back()
        self._browsing.start_over()
        self._browsing.look_again_and_load()
        notify(text(string_ids.MAY_COME_BACK, count=str(count)))

    def _heard_all(self) -> bool:
        """Take in what Kodi announced; False when that takes longer: Kodi may want to leave."""
        end = time.monotonic() + _SECONDS_TO_HEAR
        while self._monitor.has_events and time.monotonic() < end:
            self._hear_next()
        return self._browsing.has_taken_in() and not self._monitor.has_events

    def _hear_the_rest(self) -> None:
        """What the person did before Kodi leaves is kept, though nothing is read of it any more."""
        self._monitor.hear_the_rest()
        while self._monitor.has_events:
            event = self._monitor.next_event()
            self._browsing.heard_at_the_end(event)
            self._sending.heard(event)
        self._browsing.deps.marks.keep()

    def _hear_next(self) -> None:
        event = self._monitor.next_event()
        if event is SETTINGS_CHANGED:
            self._session.follow_settings()
            self._send_switch.follow()
            self._apply_settings()
        else:
            self._browsing.heard(event)
            self._sending.heard(event)

    def _apply_settings(self) -> None:
        forget_logins(self._settings)
        self._may_say_trouble = may_say_trouble(self._settings)
        self._browsing.apply_settings(tick_settings_from(self._settings))
        self._sending.apply_settings()

    def _start_over(self) -> None:
        self._browsing.begin_person()
        self._sending.begin_person()
