"""What the person has chosen by now, and whose watches are kept. Knows neither of the two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.sending.send_settings import SendSettings

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator


class Choice:
    """The settings as they are by now, and whose watches are kept."""

    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self.settings = SendSettings()

    def account(self) -> str:
        """Whose watches are kept, as in `OutboxEntry`; "" for nobody's.

        Also of a sign-in that is good for nothing any more, as long as the person has not signed
        out: they are sent once the same account is signed in again.
        """
        client = self._coordinator.client
        if client.grant is not None:
            return client.grant.account or client.grant.person
        kept = client.kept_grant
        return "" if kept is None else kept.account  # by their next sign-in no other name is known
