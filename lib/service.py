"""The loop that Kodi starts at log-in. It sleeps in Kodi's own wait and leaves when Kodi does."""

from __future__ import annotations

import traceback

from lib import kodi
from lib.browsing import EPISODE_ROWS, FILM_ROWS, Browsing
from lib.session import Session
from lib.worker import Worker

_FIRST_LOOK_AFTER = 0.05  # seconds
_AFTER_A_FAULT = 5.0
_SECONDS_TO_LEAVE = 0.7


class Service:
    def __init__(self) -> None:
        self._monitor = kodi.Monitor()
        self._settings = kodi.Settings()
        self._worker = Worker()
        self._session = Session(
            self._settings, self._worker, self._monitor.leaves_within, self._start_over
        )
        self._browsing = Browsing(self._session.watched)
        self._wishes = {
            kodi.OPEN: self._open,
            kodi.SIGN_IN: self._session.sign_in,
            kodi.SIGN_OUT: self._session.sign_out,
        }

    def run(self) -> None:
        try:
            self._session.start()
            self._browsing.follow(self._kinds())
            pause = _FIRST_LOOK_AFTER
            while not self._monitor.leaves_within(pause):
                pause = self._guarded_turn()
        finally:
            # Also when Kodi has lost its patience: it waits for our thread, for ever if need be.
            self._session.end()
            self._worker.leave(_SECONDS_TO_LEAVE)

    def _guarded_turn(self) -> float:
        """Seconds until the next turn. A fault of ours costs this turn, and no more."""
        try:
            return self._turn()
        except Exception as fault:
            # Without its message, which may quote anything: where it happened is enough.
            places = "".join(traceback.format_tb(fault.__traceback__))
            kodi.log(f"a fault in this add-on: {type(fault).__name__}\n{places}")
            return _AFTER_A_FAULT

    def _turn(self) -> float:
        for event in self._monitor.events():
            self._heard(event)
        wish = self._wishes.get(kodi.take_wish())
        if wish is not None:
            wish()
            kodi.take_wish()  # pressed again meanwhile: that was answered too
        return self._browsing.turn()

    def _heard(self, event: kodi.Event) -> None:
        if event is kodi.SETTINGS_CHANGED:
            self._session.follow_settings()
            self._browsing.follow(self._kinds())
        else:
            self._browsing.heard(event)

    def _open(self) -> None:
        """The person opened the add-on itself."""
        if self._session.is_signed_in:
            kodi.open_settings()
        else:
            self._session.sign_in()

    def _start_over(self) -> None:
        self._browsing.start_over()

    def _kinds(self) -> set[str]:
        films = FILM_ROWS if self._settings.is_on("films") else set()
        return films | (EPISODE_ROWS if self._settings.is_on("episodes") else set())
