"""What the menu has of what Simkl is told: what waits, what is asked, how it stands."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, Sequence

from lib.ticks.undo import midnight
from lib.ui.status_report import SendFacts
from lib.ui.waiting_list import Actions, WaitingList

if TYPE_CHECKING:
    from lib.storage.outbox import Outbox
    from lib.ui.menu_entry import Entry
    from lib.ui.optional_sending import OptionalSending
    from lib.ui.session import Session


class SendMenu:
    def __init__(self, session: Session, outbox: Outbox, sending: OptionalSending) -> None:
        self._session = session
        self._outbox = outbox
        self._sending = sending

    def waiting_list(
        self, show: Callable[[str, Sequence[Entry]], None], back: Entry, leave: Callable[[], None]
    ) -> WaitingList:
        """In the panel of the menu: see `WaitingList`."""
        actions = Actions(leave, self._sending.try_again)
        return WaitingList(
            self._outbox, self._account, lambda: self._sending.is_on, show, back, actions
        )

    def question(self, show: Callable[[str, Sequence[Entry]], None], back: Entry) -> list[Entry]:
        """The entry of what only the person can decide; none where there is nothing."""
        return self._sending.messages.menu_entries(show, back)

    def facts(self, waiting: int) -> SendFacts:
        """For "How it is going". waiting: how many wait."""
        if not self._sending.is_on:
            return SendFacts(None, waiting, ())
        today = datetime.fromtimestamp(midnight(), timezone.utc)
        told = self._outbox.told_since(self._account(), today)
        return SendFacts(told, waiting, self._sending.left_to())

    def _account(self) -> str:
        """Who is signed in, as the outbox has them; "" for nobody."""
        grant = self._session.grant
        return "" if grant is None else grant.account or grant.person
