"""Asks Simkl what it has of some titles, one call after another, as deep as it answers.

What it answers is known to the lists as well. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Iterable, Sequence

from lib.simkl.asks import EPISODES, MOST_ITEMS, PLAIN, Ask, Call, next_call
from lib.simkl.errors import BadRequest
from lib.titles.title import SHOW

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.answers import Answer
    from lib.simkl.worker import Pending
    from lib.titles.title import Title

_FRESH = 60.0  # seconds that an answer to the lists counts for as well


@dataclass(frozen=True)
class Said:
    """What Simkl answered to an ask. answer: None where it does not know the title or episode.

    is_unclear: it answered against its contract. is_placed: of a single episode, it is proved that
    Simkl has it. is_refused: it does not take the question at all. simkl: of a single episode, its
    own id of the title that it is of.
    """

    answer: Answer
    is_unclear: bool = False
    is_placed: bool = False
    is_refused: bool = False
    simkl: int | None = None


def ask_about(title: Title) -> Ask:
    """The whole title, as deep as Simkl answers."""
    return Ask(title, EPISODES if title.kind == SHOW else PLAIN)


class Questions:
    def __init__(
        self, coordinator: Coordinator, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """clock: that of `Known.asked_at`."""
        self._coordinator = coordinator
        self._clock = clock
        self._open: list[Ask] = []
        self._call = Call([])
        self._asked_at = 0.0
        self._pending: Pending[list[Any]] | None = None
        self._most = MOST_ITEMS
        self._changed_at: dict[Title, float] = {}
        self.said: dict[Ask, Said] = {}

    def begin(self, titles: Iterable[Title]) -> None:
        """Ask about these, but for what is known from just now."""
        self._open, self.said, self._most, self._pending = [], {}, MOST_ITEMS, None
        asks = [ask_about(title) for title in titles]
        self._coordinator.queue.look_up(asks)
        for ask in asks:
            known = self._fresh(ask)
            if known is not None:
                self.said[ask] = known
        self.ask(ask for ask in asks if ask not in self.said)

    def ask(self, asks: Iterable[Ask]) -> None:
        """Ask these too."""
        self._open += [ask for ask in asks if ask not in self._open]

    def has_changed(self, titles: Iterable[Title]) -> None:
        """Simkl was told of these, or may have been: what it said before counts no more."""
        self._changed_at.update(dict.fromkeys(titles, self._clock()))

    @property
    def is_asking(self) -> bool:
        return self._pending is not None

    @property
    def is_finished(self) -> bool:
        """Whether all that was asked is answered."""
        return not self._open and not self.is_asking

    def step(self) -> None:
        """Take in an answer that has come, and send the next call. Errors: Trouble."""
        if self._pending is not None and self._pending.done:
            pending, self._pending = self._pending, None
            try:
                self._take_in(pending.outcome())
            except BadRequest:
                self._narrow_down()
        if self._pending is None and self._open:
            self._send()

    def _send(self) -> None:
        self._call = next_call(self._open, self._most)
        items, extended = self._call.items(), self._call.extended
        self._asked_at = self._clock()
        self._pending = self._coordinator.client.submit(
            lambda simkl, client_id, token: simkl.watched(client_id, token, items, extended)
        )

    def _take_in(self, entries: Sequence[Any]) -> None:
        call = self._call
        self._coordinator.retry_policy.worked()
        self._coordinator.take_in(call, entries, self._asked_at)
        answers = list(call.answers(entries))
        unclear, placed = call.unclear(entries, answers), call.placed(entries)
        simkl_ids = call.simkl_ids(entries)
        for ask, answer in answers:
            is_placed, simkl = ask in placed, simkl_ids.get(ask)
            self.said[ask] = Said(answer, ask in unclear, is_placed, simkl=simkl)
        self._open = [ask for ask in self._open if ask not in self.said]

    def _narrow_down(self) -> None:
        """Find the question that Simkl does not take: it must not stop the others."""
        asks = [ask for ask in self._call.asks if ask in self._open]
        if len(asks) > 1:
            self._most = max(2, len(self._call.asks) // 2)
            if len(self._call.asks) <= 2:
                self._most = 1
            return
        self.said.update(dict.fromkeys(asks, Said(None, is_refused=True)))
        self._open = [ask for ask in self._open if ask not in self.said]

    def _fresh(self, ask: Ask) -> Said | None:
        """What Simkl answered to the lists just now; None where it is to be asked."""
        known = self._coordinator.known(ask)
        if known is None or known.answer is None or known.unclear_at is not None:
            return None
        if known.is_old or known.is_outdated:
            return None
        since = max(self._clock() - _FRESH, self._changed_at.get(ask.title, float("-inf")))
        return Said(known.answer) if known.asked_at > since else None
