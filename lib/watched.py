"""The coordinator: answers "watched, and when?" for titles; the only asker while browsing.

What it does not know it asks Simkl, at most 100 titles a call and one call at a time. It knows
neither Kodi nor HTTP. "Signed out" and "unreachable" are cases of their own; each is said once,
and "back" is said once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Sequence

from lib.answers import Answer, Series, answer_for
from lib.errors import (
    AccountBroken,
    BadRequest,
    ClientIdRefused,
    DayUsedUp,
    Refused,
    SignedOut,
    TooFast,
    Trouble,
    Unreachable,
)
from lib.pace import Backoff, seconds_to_midnight
from lib.simkl import MOST_ITEMS

if TYPE_CHECKING:
    from lib.account import Account, Grant
    from lib.simkl import Simkl
    from lib.titles import Title
    from lib.worker import Pending, Worker

_REFUSED_SECONDS = 6 * 3600.0
_MOST_REFUSALS = 3  # of one title alone, in a row

# What to ask of a title; of two asks in one call the later here serves both.
PLAIN = ""
COUNTERS = "counters"
EPISODES = "episodes,specials"
_DEPTHS = (PLAIN, COUNTERS, EPISODES)


class Ask(NamedTuple):
    """A title to ask about, and how deep: PLAIN (films), COUNTERS or EPISODES."""

    title: Title
    depth: str


@dataclass(frozen=True)
class Known:
    """What Simkl said. answer: None is unknown. asked_at: of the clock, when it was asked."""

    answer: Answer
    depth: str
    asked_at: float


class Watched:
    """What is known of the titles of one signed-in person, and the asking for more."""

    def __init__(
        self,
        account: Account,
        worker: Worker,
        tell: Callable[[Trouble], None],
        log: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """tell: says a trouble to the person. log: writes a line for whoever looks for why."""
        self._account = account
        self._worker = worker
        self._tell = tell
        self._log = log
        self._clock = clock
        self._simkl: Simkl | None = None
        self._client_id = ""
        self._person: object = None
        self._known: dict[Title, Known] = {}
        self._items_a_call = MOST_ITEMS
        self._refusals = 0
        self._waiting: list[Ask] = []
        self._asked: list[Ask] = []
        self._asked_at = 0.0
        self._call: Pending[list[Any]] | None = None
        self._backoff = Backoff(clock)
        self._said: set[type[Trouble]] = set()

    def begin(self, simkl: Simkl | None, client_id: str) -> None:
        """Ask that client from now on, for whoever is signed in.

        What was answered, told and said before counts only for the same sign-in.
        """
        self._simkl = simkl
        self._client_id = client_id
        self._call = None
        grant = self._grant()
        person = None if grant is None else grant.identity
        if person is None or person != self._person:
            self._person = person
            self._known.clear()
            self._waiting = []
            self._items_a_call = MOST_ITEMS
            self._refusals = 0
            self._backoff.worked()
            self._said.clear()

    def known(self, ask: Ask) -> Known | None:
        """What Simkl said, if it was asked at least that deep; None when it was not asked."""
        known = self._known.get(ask.title)
        if known is None or _DEPTHS.index(known.depth) < _DEPTHS.index(ask.depth):
            return None
        return known

    def want(self, asks: Sequence[Ask]) -> None:
        """Ask these, in this order, instead of whatever was still waiting."""
        # One of which the answer is under way waits too, in case that there will be none.
        deepest: dict[Title, Ask] = {}
        for ask in asks:
            other = deepest.setdefault(ask.title, ask)
            if _DEPTHS.index(ask.depth) > _DEPTHS.index(other.depth):
                deepest[ask.title] = ask
        self._waiting = [ask for ask in deepest.values() if not self.known(ask)]

    def prepare(self) -> None:
        """Somebody is about to browse: make ready to ask."""
        if self._simkl is not None:
            self._worker.submit(self._simkl.prepare)

    @property
    def can_ask(self) -> bool:
        """Whether somebody is signed in whom Simkl can be asked about."""
        return self._grant() is not None

    @property
    def is_asking(self) -> bool:
        return self._call is not None

    def step(self) -> None:
        """Take in an answer that has come, and send the next call when it may be sent."""
        if self._call is not None and self._call.done:
            call, self._call = self._call, None
            self._take_in(call)
        if self._call is None and self._waiting and not self._backoff.wait():
            self._send()

    def _grant(self) -> Grant | None:
        if self._simkl is None:
            return None
        return self._account.grant_for(self._client_id, self._simkl.api_url)

    def _send(self) -> None:
        simkl, grant, client_id = self._simkl, self._grant(), self._client_id
        if simkl is None or grant is None:
            self._waiting = []
            return
        # Counters are asked to spare Simkl the episodes: the two do not go together.
        extended = next((ask.depth for ask in self._waiting if ask.depth != PLAIN), PLAIN)
        together = [ask for ask in self._waiting if ask.depth in (PLAIN, extended)]
        self._asked = together[: self._items_a_call]
        items = [ask.title.item() for ask in self._asked]
        self._asked_at = self._clock()
        self._call = self._worker.submit(
            lambda: self._account.call(
                simkl, grant, lambda token: simkl.watched(client_id, token, items, extended)
            )
        )

    def _take_in(self, call: Pending[list[Any]]) -> None:
        try:
            entries = call.outcome()
        except Trouble as trouble:
            self._failed(trouble)
            return
        self._worked()
        for ask, entry in zip(self._asked, entries):
            self._remember(ask, answer_for(ask.title, entry))
        self._waiting = [ask for ask in self._waiting if not self.known(ask)]

    def _remember(self, ask: Ask, answer: Answer) -> None:
        depth = ask.depth
        if isinstance(answer, Series) and answer.episodes is None:
            depth = min(depth, COUNTERS, key=_DEPTHS.index)
        if answer is not None and depth != ask.depth:
            answer = None  # the breakdown that was asked for is missing: not understood
        self._known[ask.title] = Known(answer, ask.depth, self._asked_at)

    def _worked(self) -> None:
        self._backoff.worked()
        self._refusals = 0
        self._items_a_call = min(2 * self._items_a_call, MOST_ITEMS)
        if Unreachable in self._said:
            self._log("Simkl can be reached again")
        self._said.clear()

    def _failed(self, trouble: Trouble) -> None:
        if isinstance(trouble, BadRequest):
            self._narrow_down()
        elif isinstance(trouble, SignedOut):
            self._waiting = []
            self._forget()
        elif isinstance(trouble, (ClientIdRefused, Refused)):
            self._backoff.failed(_REFUSED_SECONDS)
        elif isinstance(trouble, DayUsedUp):
            self._backoff.failed(trouble.retry_after or seconds_to_midnight())
        else:
            self._backoff.failed(getattr(trouble, "retry_after", None))
        self._say_once(trouble)

    def _narrow_down(self) -> None:
        """Find the title that Simkl chokes on, by halves: it must not stop the others."""
        if len(self._asked) > 1:
            self._items_a_call = len(self._asked) // 2
            return
        self._refusals += 1
        if self._refusals >= _MOST_REFUSALS:  # it is not the titles
            self._backoff.failed(_REFUSED_SECONDS)
            return
        self._remember(self._asked[0], None)
        self._waiting = [ask for ask in self._waiting if not self.known(ask)]

    def _forget(self) -> None:
        try:
            self._account.forget()
        except AccountBroken as trouble:
            self._log(f"{type(trouble).__name__}: {trouble}")

    def _say_once(self, trouble: Trouble) -> None:
        if type(trouble) in self._said:
            return
        self._said.add(type(trouble))
        self._log(f"{type(trouble).__name__}: {trouble}")
        # A lost network and a moment's haste mend themselves: nobody on a sofa need know.
        if not isinstance(trouble, (Unreachable, BadRequest)) and type(trouble) is not TooFast:
            self._tell(trouble)
