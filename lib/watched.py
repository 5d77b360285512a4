"""The coordinator: answers "watched, and when?" for titles; the only asker while browsing.

What it does not know it asks Simkl, at most 100 titles a call and one call at a time. It knows
neither Kodi nor HTTP. "Signed out" and "unreachable" are cases of their own; each is said once,
and "back" is said once.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Sequence, TypeVar

from lib.activities import moved_at
from lib.asks import DEPTHS, Ask, Call, next_call
from lib.errors import AccountBroken, BadRequest, SignedOut, Trouble
from lib.patience import Patience
from lib.simkl import MOST_ITEMS

if TYPE_CHECKING:
    from lib.account import Account, Grant
    from lib.answers import EpisodeKey
    from lib.budget import Calls
    from lib.patience import Said
    from lib.remembered import Known, Remembered
    from lib.simkl import Simkl
    from lib.titles import Title
    from lib.worker import Pending, Worker

Result = TypeVar("Result")

_MOST_REFUSALS = 3  # of one title alone, in a row
_UNCLEAR_SECONDS = 900.0  # until what Simkl said against its contract is asked once more


class Watched:
    """What is known of the titles of one signed-in person, and the asking for more."""

    def __init__(
        self,
        account: Account,
        worker: Worker,
        remembered: Remembered,
        tell: Callable[[Trouble], None],
        log: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """tell: says a trouble to the person. log: writes a line for whoever looks for why."""
        self._account = account
        self._worker = worker
        self._remembered = remembered
        self._log = log
        self._clock = clock
        self._simkl: Simkl | None = None
        self._client_id = ""
        self._person = ""
        self._items_a_call = MOST_ITEMS
        self._refusals = 0
        self._first: list[Ask] = []
        self._wanted: list[Ask] = []
        self._shown: dict[tuple[Title, EpisodeKey | None], Ask] = {}
        self._waiting: list[Ask] = []
        self._old: list[Ask] = []
        self._asked = Call([])
        self._asked_at = 0.0
        self._call: Pending[list[Any]] | None = None
        self._look: Pending[Mapping[str, Any]] | None = None
        self._is_look_due = False
        self._has_news = False
        self._patience = Patience(tell, log, clock)

    def begin(self, simkl: Simkl | None, client_id: str) -> None:
        """Ask that client from now on, for whoever is signed in.

        What was answered, told and said before counts only for the same sign-in.
        """
        self._simkl = simkl
        self._client_id = client_id
        self._call = self._look = None
        grant = self._grant()
        person = "" if grant is None else grant.person
        if not person or person != self._person:
            self._person = person
            self._nothing_is_due()
            self._items_a_call = MOST_ITEMS
            self._refusals = 0
            self._patience.begin()
        self._remembered.begin(person)

    def known(self, ask: Ask) -> Known | None:
        """What Simkl said, if it was asked at least that deep; None when it was not asked."""
        return self._remembered.known(ask)

    def begin_list(self) -> None:
        """Another list is shown: what was wanted for the last one is not any more."""
        self._shown.clear()
        self.want([])

    def opens_list(self) -> None:
        """The person opens a list: a network that was not there may be by now."""
        self._patience.opens_list()

    def want(self, asks: Sequence[Ask]) -> None:
        """Ask these, in this order, instead of whatever was still waiting.

        What was wanted of the same list before is asked once more when it is old.
        """
        # One of which the answer is under way waits too, in case that there will be none.
        self._wanted = list(_deepest(asks).values())
        self._shown = _deepest([*self._shown.values(), *self._wanted])
        self._remembered.look_up(self._wanted)
        self._sort_out()

    def show(self, asks: Sequence[Ask]) -> None:
        """The list shows these too: they are known, and asked once more when that is old."""
        self._shown = _deepest([*self._shown.values(), *asks])

    def _sort_out(self) -> None:
        """Which of the wanted are still to be asked, and which once more."""
        shown = [(ask, self.known(ask)) for ask in self._shown.values()]
        self._waiting = [ask for ask in self._wanted if not self.known(ask)]
        self._old = [ask for ask, known in shown if known is not None and self._is_old(known)]
        self._first = [ask for ask in self._first if not self.known(ask)]

    def _is_old(self, known: Known) -> bool:
        unclear_at = known.unclear_at
        is_late = unclear_at is not None and self._clock() - unclear_at > _UNCLEAR_SECONDS
        return known.is_old or is_late

    def ask_again(self, ask: Ask) -> None:
        """Ask this before all else, whatever was known of its title."""
        self._remembered.forget(ask.title)
        self._patience.end_for_now()
        self.ask_first([ask])

    def outdate(self, title: Title, by: float) -> None:
        """What is watched at Simkl was played then: ask once more, and take it for news.

        by: of the clock.
        """
        self._remembered.outdate(title, by)
        self._sort_out()

    def ask_first(self, asks: Sequence[Ask]) -> None:
        """Ask these before all else."""
        self._remembered.look_up(asks)
        self._first = [ask for ask in asks if not self.known(ask)]

    def look(self) -> None:
        """Ask whether anything has moved at Simkl, and again about what has, if it is wanted."""
        self._is_look_due = self.can_ask

    def look_now(self) -> None:
        """The same, and ask again in any case about all that is wanted, now or later."""
        self._remembered.make_all_old()
        self._sort_out()
        self._patience.end_for_now()
        self.look()

    @property
    def trouble(self) -> Trouble | None:
        """Of the latest call, None where it went well."""
        return self._patience.trouble

    @property
    def answered_at(self) -> float | None:
        """When Simkl last answered since Kodi started, in seconds since 1970."""
        return self._patience.worked_at

    @property
    def last_trouble(self) -> Said | None:
        """The last one since Kodi started, though it may be over."""
        return self._patience.last_trouble

    @property
    def calls(self) -> Calls | None:
        """What is left of the day's calls; None where Simkl has not said it."""
        return self._simkl.budget.calls if self._simkl is not None else None

    @property
    def has_news(self) -> bool:
        """Whether Simkl has said something else than before since the last `take_news`."""
        return self._has_news

    def take_news(self) -> bool:
        """The same, and take it in."""
        has_news, self._has_news = self._has_news, False
        return has_news

    @property
    def person(self) -> str:
        """Who is signed in, as their answers are kept; "" for nobody."""
        return self._person

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
        return self._call is not None or self._look is not None

    @property
    def has_work(self) -> bool:
        """Whether an answer is under way, or something is to be asked and may be."""
        is_due = self._first or self._waiting or (self._may_repeat and self._is_repeat_due)
        return self.is_asking or (bool(is_due) and not self._patience.wait())

    @property
    def _is_repeat_due(self) -> bool:
        return bool(self._old) or self._is_look_due

    @property
    def _may_repeat(self) -> bool:
        """Whether enough of the day's calls is left to ask about what is known."""
        return self._simkl is not None and not self._simkl.budget.is_low

    def step(self) -> None:
        """Take in an answer that has come, and send the next call when it may be sent."""
        if self._call is not None and self._call.done:
            call, self._call = self._call, None
            self._take_in(call)
        if self._look is not None and self._look.done:
            look, self._look = self._look, None
            self._take_in_look(look)
        if not self.is_asking and not self._patience.wait():
            self._send_next()

    def _send_next(self) -> None:
        """What is not known comes first, then whether anything has moved, then what has."""
        unknown = list(dict.fromkeys([*self._first, *self._waiting]))
        if unknown:
            self._send(unknown)
        elif not self._may_repeat:
            return
        elif self._is_look_due:
            self._send_look()
        elif self._old:
            self._send(self._old)

    def _grant(self) -> Grant | None:
        if self._simkl is None:
            return None
        return self._account.grant_for(self._client_id, self._simkl.api_url)

    def _send(self, asks: Sequence[Ask]) -> None:
        self._asked = next_call(asks, self._items_a_call)
        items, extended = self._asked.items(), self._asked.extended
        self._asked_at = self._clock()
        self._call = self._submit(
            lambda simkl, client_id, token: simkl.watched(client_id, token, items, extended)
        )

    def _send_look(self) -> None:
        self._is_look_due = False
        self._look = self._submit(
            lambda simkl, client_id, token: simkl.activities(client_id, token)
        )

    def _submit(self, call: Callable[[Simkl, str, str], Result]) -> Pending[Result] | None:
        """Have a call made with client id and token; None where nobody is signed in any more."""
        simkl, grant = self._simkl, self._grant()
        if simkl is None or grant is None:
            self._nothing_is_due()
            return None
        return self._worker.submit(
            lambda: self._account.call(
                simkl, grant, lambda token: call(simkl, grant.client_id, token)
            )
        )

    def _nothing_is_due(self) -> None:
        self._first, self._wanted, self._waiting, self._old = [], [], [], []
        self._shown.clear()
        self._is_look_due = False

    def _take_in(self, call: Pending[list[Any]]) -> None:
        try:
            entries = call.outcome()
        except BadRequest as trouble:
            self._narrow_down()
            self._patience.say_once(trouble)
        except Trouble as trouble:
            self._failed(trouble)
        else:
            self._patience.worked()
            self._refusals = 0
            self._items_a_call = min(2 * self._items_a_call, MOST_ITEMS)
            answers = list(self._asked.answers(entries))
            unclear = self._asked.unclear(entries, answers)
            if self._remembered.remember(answers, self._asked_at, unclear):
                self._has_news = True
            self._sort_out()

    def _take_in_look(self, look: Pending[Mapping[str, Any]]) -> None:
        try:
            activities = look.outcome()
        except BadRequest as trouble:
            self._patience.say_once(trouble)  # the lists can be asked about all the same
            return
        except Trouble as trouble:
            self._failed(trouble)
            return
        self._patience.worked()
        self._remembered.follow_moves(moved_at(activities))
        self._sort_out()

    def _failed(self, trouble: Trouble) -> None:
        if isinstance(trouble, SignedOut):
            self._nothing_is_due()
            self._forget()
        self._patience.failed(trouble)

    def _narrow_down(self) -> None:
        """Find the title that Simkl chokes on, by halves: it must not stop the others."""
        if len(self._asked.asks) > 1:
            self._items_a_call = len(self._asked.asks) // 2
            return
        self._refusals += 1
        if self._refusals >= _MOST_REFUSALS:  # it is not the titles
            self._patience.failed(BadRequest("one title after another is refused"))
            return
        self._remembered.remember([(self._asked.asks[0], None)], self._asked_at)
        self._sort_out()

    def _forget(self) -> None:
        try:
            self._account.forget()
        except AccountBroken as trouble:
            self._log(f"{type(trouble).__name__}: {trouble}")


def _deepest(asks: Iterable[Ask]) -> dict[tuple[Title, EpisodeKey | None], Ask]:
    """One ask about each title and each single episode: that which goes deepest."""
    deepest: dict[tuple[Title, EpisodeKey | None], Ask] = {}
    for ask in asks:
        other = deepest.setdefault((ask.title, ask.episode), ask)
        if DEPTHS.index(ask.depth) > DEPTHS.index(other.depth):
            deepest[ask.title, ask.episode] = ask
    return deepest
