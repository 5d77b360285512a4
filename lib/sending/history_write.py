"""One write to Simkl's history under way, and what came of each of its watches.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

from lib.sending.history_body import HistoryBody
from lib.simkl.errors import AlreadyWatched
from lib.simkl.write_answers import Outcome, read_added, read_removed
from lib.storage.outbox import UNWATCHED, OutboxEntry

if TYPE_CHECKING:
    from datetime import datetime

    from lib.lists.coordinator import Coordinator
    from lib.sending.history_body import Telling
    from lib.simkl.worker import Pending


class HistoryWrite:
    def __init__(
        self,
        coordinator: Coordinator,
        log: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        """log: writes a line for whoever looks for why. now: aware UTC."""
        self._client = coordinator.client
        self._log = log
        self._now = now
        self._body = HistoryBody([], now())
        self._pending: Pending[Mapping[str, Any]] | None = None
        self._is_again = False

    def begin(self, tellings: Sequence[Telling], *, again: bool) -> None:
        """Send these: all of them watched, or all of them to be taken away.

        again: Simkl has them, and is to keep another watch of each.
        """
        self._body = HistoryBody(tellings, self._now())
        self._is_again = again
        words = self._body.body()
        if self._removes:
            self._pending = self._client.submit(
                lambda simkl, client_id, token: simkl.remove_from_history(client_id, token, words)
            )
        else:
            self._pending = self._client.submit(
                lambda simkl, client_id, token: simkl.add_to_history(
                    client_id, token, words, allow_rewatch=again
                )
            )

    def forget(self) -> None:
        """What is under way is of nobody who is signed in."""
        self._pending = None

    @property
    def is_under_way(self) -> bool:
        return self._pending is not None

    @property
    def is_done(self) -> bool:
        return self._pending is not None and self._pending.done

    @property
    def entries(self) -> list[OutboxEntry]:
        return self._body.entries

    def take(self) -> list[tuple[OutboxEntry, Outcome]]:
        """What came of each, once it is done. Errors: Trouble."""
        pending, self._pending = self._pending, None
        if pending is None:
            return []
        try:
            answer = pending.outcome()
        except AlreadyWatched:
            answer = {}  # which of them it speaks of is to be read
        said = (read_removed if self._removes else read_added)(self._body.body(), answer)
        if said.may_have_marked_more:
            self._log("Simkl may have marked more than it was told")
        outcomes = [(entry, self._body.outcome_of(entry, said)) for entry in self.entries]
        if self._is_again:  # a second watch of a title is not counted, and cannot be read back
            done = Outcome.RECORDED
            return [(entry, how if how is Outcome.NOT_FOUND else done) for entry, how in outcomes]
        return outcomes

    @property
    def _removes(self) -> bool:
        return any(entry.what == UNWATCHED for entry in self.entries)
