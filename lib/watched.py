"""The coordinator: answers "watched, and when?" for titles; the only asker while browsing.

What it does not know it asks Simkl, at most 100 titles a call and one call at a time. It knows
neither Kodi nor HTTP. "Signed out" and "unreachable" are cases of their own; each is said once,
and "back" is said once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Callable, Iterable, Sequence

from lib.answers import Series
from lib.asks import DEPTHS, PLAIN, Ask, Call, next_call
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
    from lib.answers import Answer, EpisodeKey
    from lib.simkl import Simkl
    from lib.titles import Title
    from lib.worker import Pending, Worker

_REFUSED_SECONDS = 6 * 3600.0
_MOST_REFUSALS = 3  # of one title alone, in a row


@dataclass(frozen=True)
class Known:
    """What Simkl said of a title. answer: None is unknown. asked_at: of the clock, when asked."""

    title: Title
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
        self._known: dict[tuple[Title, EpisodeKey | None], Known] = {}
        self._items_a_call = MOST_ITEMS
        self._refusals = 0
        self._first: list[Ask] = []
        self._waiting: list[Ask] = []
        self._asked = Call([])
        self._asked_at = 0.0
        self._call: Pending[list[Any]] | None = None
        self._backoff = Backoff(clock)
        self._said: set[type[Trouble]] = set()
        self.trouble: Trouble | None = None
        """Of the latest call, None where it went well."""

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
            self._first = []
            self._waiting = []
            self._items_a_call = MOST_ITEMS
            self._refusals = 0
            self._backoff.worked()
            self._said.clear()

    def known(self, ask: Ask) -> Known | None:
        """What Simkl said, if it was asked at least that deep; None when it was not asked."""
        known = self._known.get((ask.title, ask.episode))
        if known is None or DEPTHS.index(known.depth) < DEPTHS.index(ask.depth):
            return None
        return known

    def want(self, asks: Sequence[Ask]) -> None:
        """Ask these, in this order, instead of whatever was still waiting."""
        # One of which the answer is under way waits too, in case that there will be none.
        deepest: dict[tuple[Title, EpisodeKey | None], Ask] = {}
        for ask in asks:
            other = deepest.setdefault((ask.title, ask.episode), ask)
            if DEPTHS.index(ask.depth) > DEPTHS.index(other.depth):
                deepest[ask.title, ask.episode] = ask
        self._waiting = [ask for ask in deepest.values() if not self.known(ask)]

    def ask_again(self, ask: Ask) -> None:
        """Ask this before all else, whatever was known of its title."""
        for title, episode in list(self._known):
            if title == ask.title:
                del self._known[title, episode]
        if isinstance(self.trouble, Unreachable):
            self._backoff.worked()
            self.trouble = None
        self.ask_first([ask])

    def ask_first(self, asks: Sequence[Ask]) -> None:
        """Ask these before all else."""
        self._first = [ask for ask in asks if not self.known(ask)]

    def left_open(self, known: Known, episodes: Iterable[EpisodeKey]) -> list[Ask]:
        """Asks about single episodes that a series' answer does not list."""
        listed = known.answer.episodes if isinstance(known.answer, Series) else None
        if listed is None:
            return []
        return [Ask(known.title, PLAIN, episode) for episode in episodes if episode not in listed]

    def completed(self, known: Known, asks: Iterable[Ask]) -> Known:
        """A series' answer, and with it those to asks about single episodes."""
        series, singles = known.answer, [self.known(ask) for ask in asks]
        if not isinstance(series, Series):
            return known
        episodes = dict(series.episodes or {})
        for single in singles:
            if single is not None and isinstance(single.answer, Series):
                episodes.update(single.answer.episodes or {})
        return replace(known, answer=replace(series, episodes=episodes))

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

    @property
    def is_in_a_hurry(self) -> bool:
        """Whether an answer is under way, or something is to be asked before all else."""
        return self.is_asking or bool(self._first)

    def step(self) -> None:
        """Take in an answer that has come, and send the next call when it may be sent."""
        if self._call is not None and self._call.done:
            call, self._call = self._call, None
            self._take_in(call)
        if self._call is None and self._due() and not self._backoff.wait():
            self._send()

    def _due(self) -> list[Ask]:
        return list(dict.fromkeys([*self._first, *self._waiting]))

    def _grant(self) -> Grant | None:
        if self._simkl is None:
            return None
        return self._account.grant_for(self._client_id, self._simkl.api_url)

    def _send(self) -> None:
        simkl, grant, client_id = self._simkl, self._grant(), self._client_id
        if simkl is None or grant is None:
            self._nothing_is_due()
            return
        self._asked = next_call(self._due(), self._items_a_call)
        items, extended = self._asked.items(), self._asked.extended
        self._asked_at = self._clock()
        self._call = self._worker.submit(
            lambda: self._account.call(
                simkl, grant, lambda token: simkl.watched(client_id, token, items, extended)
            )
        )

    def _nothing_is_due(self) -> None:
        self._first = []
        self._waiting = []

    def _take_in(self, call: Pending[list[Any]]) -> None:
        try:
            entries = call.outcome()
        except Trouble as trouble:
            self._failed(trouble)
            return
        self._worked()
        for ask, answer in self._asked.answers(entries):
            self._remember(ask, answer)
        self._drop_known()

    def _remember(self, ask: Ask, answer: Answer) -> None:
        known = Known(ask.title, answer, ask.depth, self._asked_at)
        self._known[ask.title, ask.episode] = known

    def _drop_known(self) -> None:
        self._first = [ask for ask in self._first if not self.known(ask)]
        self._waiting = [ask for ask in self._waiting if not self.known(ask)]

    def _worked(self) -> None:
        self.trouble = None
        self._backoff.worked()
        self._refusals = 0
        self._items_a_call = min(2 * self._items_a_call, MOST_ITEMS)
        if Unreachable in self._said:
            self._log("Simkl can be reached again")
        self._said.clear()

    def _failed(self, trouble: Trouble) -> None:
        self.trouble = trouble
        if isinstance(trouble, BadRequest):
            self._narrow_down()
        elif isinstance(trouble, SignedOut):
            self._nothing_is_due()
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
        if len(self._asked.asks) > 1:
            self._items_a_call = len(self._asked.asks) // 2
            return
        self._refusals += 1
        if self._refusals >= _MOST_REFUSALS:  # it is not the titles
            self._backoff.failed(_REFUSED_SECONDS)
            return
        self._remember(self._asked.asks[0], None)
        self._drop_known()

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
