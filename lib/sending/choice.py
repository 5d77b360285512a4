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
        """Who is signed in, as in `OutboxEntry`; "" for nobody."""
        grant = self._coordinator.client.grant
        return "" if grant is None else grant.account or grant.person
