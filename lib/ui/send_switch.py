"""What follows when the person switches on or off that Simkl is told what they watch.

Switching on needs a sign-in that may write; without one it is off again. Switching off asks what is
to become of what waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.kodi import string_ids
from lib.kodi.builtin_commands import host_windows
from lib.kodi.localization import text
from lib.kodi.messages import notify
from lib.ui.settings import SEND, may_say_trouble

if TYPE_CHECKING:
    from lib.kodi.settings import Settings
    from lib.ui.session import Session


class SendSwitch:
    def __init__(
        self, settings: Settings, session: Session, ask_what_to_do: Callable[[], bool]
    ) -> None:
        """ask_what_to_do: with what waits; False where nothing does."""
        self._settings = settings
        self._session = session
        self._ask_what_to_do = ask_what_to_do
        self._was_on = settings.is_on(SEND)
        self._is_due = False
        self._is_start = self._was_on

    def follow(self) -> None:
        """A setting has changed."""
        is_on = self._settings.is_on(SEND)
        # What a person changes before anything of this was loaded may be just that.
        may_be_new = self._is_start and is_on and not self._may_write
        self._is_due = self._is_due or is_on != self._was_on or may_be_new
        self._was_on = is_on

    def turn(self) -> bool:
        """Do what follows; whether there was anything. A sign-in takes minutes."""
        is_due, self._is_due = self._is_due, False
        is_start, self._is_start = self._is_start, False
        if is_due and self._was_on:
            self._switched_on()
        elif is_due:
            self._switched_off()
        elif is_start:
            self._say_whether_it_only_reads()
        return is_due

    def _switched_on(self) -> None:
        if not self._may_write:
            host_windows()
            self._session.sign_in()
        if self._may_write:
            notify(text(string_ids.SENDING_IS_ON))
        else:
            self._was_on = False
            self._settings.put(SEND, "false")

    def _switched_off(self) -> None:
        if self._ask_what_to_do():
            host_windows()
        else:
            notify(text(string_ids.SENDING_IS_OFF))

    def _say_whether_it_only_reads(self) -> None:
        """Where the settings came from another Kodi: what is watched is kept, and waits."""
        is_in_vain = self._session.is_signed_in and not self._may_write
        if is_in_vain and may_say_trouble(self._settings):
            notify(text(string_ids.READ_ONLY))

    @property
    def _may_write(self) -> bool:
        grant = self._session.grant
        return self._session.is_signed_in and grant is not None and grant.may_write
