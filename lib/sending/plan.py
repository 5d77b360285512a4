"""Whether the person's plan at Simkl keeps more than one watch of a title.

Asked only where they want each of them told. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.simkl.errors import BadRequest, Trouble

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.tokens import User
    from lib.simkl.worker import Pending

_KEEPING = ("pro", "vip")


class Plan:
    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self.begin()

    def begin(self) -> None:
        """Somebody else may be signed in."""
        self.keeps_rewatches = False
        self.is_known = False
        self._asked: Pending[User] | None = None

    def step(self) -> None:
        """Find it out, a little at a time."""
        if self._asked is not None:
            if self._asked.done:
                self._take_in(self._asked)
        elif not (self._coordinator.has_work or self._coordinator.retry_policy.wait()):
            self._asked = self._coordinator.client.submit(
                lambda simkl, client_id, token: simkl.user(client_id, token)
            )

    def _take_in(self, asked: Pending[User]) -> None:
        self._asked = None
        try:
            plan = asked.outcome().plan
        except BadRequest:
            plan = ""  # it will not be told in another minute either
        except Trouble as trouble:
            self._coordinator.failed(trouble)
            return
        self.is_known, self.keeps_rewatches = True, plan.lower() in _KEEPING
