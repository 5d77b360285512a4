"""What tells Simkl what is watched, where the person wants that; without it nothing is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

from lib.kodi.addon import names_of_enabled, setting_of
from lib.ui.settings import SEND, send_settings_from

if TYPE_CHECKING:
    from lib.kodi.monitor import Event
    from lib.kodi.settings import Settings
    from lib.lists.browsing import Browsing
    from lib.sending.sending import Sending
    from lib.storage.store import Store
    from lib.ui.send_messages import SendMessages


class OptionalSending:
    def __init__(
        self, settings: Settings, browsing: Browsing, store: Store, messages: SendMessages
    ) -> None:
        self._settings = settings
        self._browsing = browsing
        self._store = store
        self.messages = messages
        self._sending: Sending | None = None

    @property
    def is_on(self) -> bool:
        """Whether the person wants Simkl to be told."""
        return self._settings.is_on(SEND)

    def apply_settings(self) -> None:
        """A setting may have changed: tell Simkl by these from now on, or nothing."""
        if not self.is_on:
            self.leave()
            return
        if self._sending is None:
            from lib.sending.build import build_sending

            self._sending = build_sending(self._browsing, self._store, self.messages)
            self._sending.begin_person()
        self._sending.apply_settings(send_settings_from(self._settings))

    def begin_person(self) -> None:
        """Somebody may have signed in, or out."""
        if self._sending is not None:
            self._sending.begin_person()

    def heard(self, event: Event) -> None:
        """Something that Kodi announced."""
        if self._sending is not None:
            self._sending.heard(event)

    def turn(self, pause: float) -> float:
        """Do a little; seconds until the next turn is worth while. pause: for all else."""
        return pause if self._sending is None else min(pause, self._sending.turn())

    def try_again(self) -> None:
        """The person wants what waits to be sent now, whatever went wrong before."""
        if self._sending is not None:
            self._sending.try_again()

    def left_to(self) -> Sequence[str]:
        """The names of other add-ons that tell Simkl what is played, and so are left to do it.

        To be asked while SEND is on only.
        """
        from lib.sending.other_scrobblers import OtherScrobblers

        settings = send_settings_from(self._settings)
        if not settings.is_on or not settings.plays or settings.beside_others:
            return []
        return list(names_of_enabled(OtherScrobblers(setting_of).all_that_tell()).values())

    def leave(self) -> None:
        """Kodi leaves, or the person wants Simkl to be told nothing any more."""
        sending, self._sending = self._sending, None
        if sending is not None:
            sending.leave()
