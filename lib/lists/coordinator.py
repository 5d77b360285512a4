"""The coordinator: answers "watched, and when?" for titles; the only asker while browsing.

What it does not know it asks Simkl, at most 100 titles a call and one call at a time. It knows
neither Kodi nor HTTP. "Signed out" and "unreachable" are cases of their own; each is said once,
and "back" is said once.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

from lib.account.signed_in_client import SignedInClient
from lib.lists.ask_queue import AskQueue
from lib.lists.batch_size import BatchSize
from lib.simkl.activities import moved_at
from lib.simkl.asks import Ask, Call, next_call
from lib.simkl.errors import AccountBroken, BadRequest, SignedOut, Trouble
from lib.simkl.retry_policy import RetryPolicy

if TYPE_CHECKING:
    from lib.account.account import Account
    from lib.simkl.client import Simkl
    from lib.simkl.worker import Pending, Worker
    from lib.storage.answer_cache import AnswerCache, Known
    from lib.titles.title import Title


class Coordinator:
    """What is known of the titles of one signed-in person, and the asking for more."""

    def __init__(
        self,
        account: Account,
        worker: Worker,
        answer_cache: AnswerCache,
        tell: Callable[[Trouble], None],
        log: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """tell: says a trouble to the person. log: writes a line for whoever looks for why."""
        self.client = SignedInClient(account, worker)
        self.retry_policy = RetryPolicy(tell, log, clock)
        self.queue = AskQueue(answer_cache, clock)
        self.person = ""
        """Who is signed in, as their answers are kept; "" for nobody."""
        self.has_news = False
        """Whether Simkl has said something else than before since the last `take_news`."""
        self._answer_cache = answer_cache
        self._log = log
        self._clock = clock
        self._batch_size = BatchSize()
        self._asked = Call([])
        self._asked_at = 0.0
        self._call: Pending[list[Any]] | None = None
        self._look: Pending[Mapping[str, Any]] | None = None
        self._is_look_due = False

    def begin(self, simkl: Simkl | None, client_id: str) -> None:
        """Ask that client from now on, for whoever is signed in.

        What was answered and said before counts only for the same sign-in.
        """
        self.client.begin(simkl, client_id)
        self._call = self._look = None
        grant = self.client.grant
        person = "" if grant is None else grant.person
        if not person or person != self.person:
            self.person = person
            self._nothing_is_due()
            self._batch_size = BatchSize()
            self.retry_policy.begin()
        self._answer_cache.begin(person)

    # -- what is wanted --

    def known(self, ask: Ask) -> Known | None:
        """What Simkl said, if it was asked at least that deep; None when it was not asked."""
        return self._answer_cache.known(ask)

    def ask_again(self, ask: Ask) -> None:
        """Ask this before all else, whatever was known of its title."""
        self._answer_cache.forget(ask.title)
        self.retry_policy.end_for_now()
        self.queue.ask_first([ask])

    def outdate(self, title: Title, by: float) -> None:
        """What is watched at Simkl was played then: ask once more, and take it for news.

        by: of the clock.
        """
        self._answer_cache.outdate(title, by)
        self.queue.sort_out()

    def look(self) -> None:
        """Ask whether anything has moved at Simkl, and again about what has, if it is wanted."""
        self._is_look_due = self.can_ask

    def look_now(self) -> None:
        """The same, and ask again in any case about all that is wanted, now or later."""
        self._answer_cache.make_all_old()
        self.queue.sort_out()
        self.retry_policy.end_for_now()
        self.look()

    def _nothing_is_due(self) -> None:
        self.queue.clear()
        self._is_look_due = False

    # -- how it stands --

    @property
    def can_ask(self) -> bool:
        """Whether somebody is signed in whom Simkl can be asked about."""
        return self.client.grant is not None

    @property
    def trouble(self) -> Trouble | None:
        """Of the latest call, None where it went well."""
        return self.retry_policy.trouble

    def take_news(self) -> bool:
        """Whether there are any, and take them in."""
        has_news, self.has_news = self.has_news, False
        return has_news

    @property
    def is_asking(self) -> bool:
        return self._call is not None or self._look is not None

    @property
    def has_work(self) -> bool:
        """Whether an answer is under way, or something is to be asked and may be."""
        is_repeat_due = bool(self.queue.old) or self._is_look_due
        is_due = self.queue.has_unknown or (self.client.may_repeat and is_repeat_due)
        return self.is_asking or (is_due and not self.retry_policy.wait())

    # -- asking --

    def step(self) -> None:
        """Take in an answer that has come, and send the next call when it may be sent."""
        if self._call is not None and self._call.done:
            call, self._call = self._call, None
            self._take_in(call)
        if self._look is not None and self._look.done:
            look, self._look = self._look, None
            self._take_in_look(look)
        if not self.is_asking and not self.retry_policy.wait():
            self._send_next()

    def _send_next(self) -> None:
        """What is not known comes first, then whether anything has moved, then what has."""
        unknown = self.queue.unknown
        if unknown:
            self._send(unknown)
        elif not self.client.may_repeat:
            return
        elif self._is_look_due:
            self._is_look_due = False
            self._look = self.client.submit(
                lambda simkl, client_id, token: simkl.activities(client_id, token)
            )
        elif self.queue.old:
            self._send(self.queue.old)
        if not self.can_ask:
            self._nothing_is_due()

    def _send(self, asks: Sequence[Ask]) -> None:
        self._asked = next_call(asks, self._batch_size.items)
        items, extended = self._asked.items(), self._asked.extended
        self._asked_at = self._clock()
        self._call = self.client.submit(
            lambda simkl, client_id, token: simkl.watched(client_id, token, items, extended)
        )

    def _take_in(self, call: Pending[list[Any]]) -> None:
        try:
            entries = call.outcome()
        except BadRequest as trouble:
            self._narrow_down()
            self.retry_policy.say_once(trouble)
        except Trouble as trouble:
            self.failed(trouble)
        else:
            self.retry_policy.worked()
            self._batch_size.worked()
            self.take_in(self._asked, entries, self._asked_at)

    def take_in(self, call: Call, entries: Sequence[object], asked_at: float) -> None:
        """Simkl answered this to a call, whoever made it. asked_at: by the clock."""
        answers = list(call.answers(entries))
        unclear = call.unclear(entries, answers)
        if self._answer_cache.remember(answers, asked_at, unclear):
            self.has_news = True
        self.queue.sort_out()

    def _take_in_look(self, look: Pending[Mapping[str, Any]]) -> None:
        try:
            activities = look.outcome()
        except BadRequest as trouble:
            self.retry_policy.say_once(trouble)  # the lists can be asked about all the same
        except Trouble as trouble:
            self.failed(trouble)
        else:
            self.retry_policy.worked()
            self._answer_cache.follow_moves(moved_at(activities))
            self.queue.sort_out()

    def failed(self, trouble: Trouble) -> None:
        """A call went wrong, whoever made it: what that means for all that follow."""
        if isinstance(trouble, SignedOut):
            self._nothing_is_due()
            try:
                self.client.forget()
            except AccountBroken as broken:
                self._log(f"{type(broken).__name__}: {broken}")
        self.retry_policy.failed(trouble)

    def _narrow_down(self) -> None:
        """Find the title that Simkl chokes on: it must not stop the others."""
        asks = self._asked.asks
        self._batch_size.refused(len(asks))
        if self._batch_size.is_not_the_titles:
            self.retry_policy.failed(BadRequest("one title after another is refused"))
        elif len(asks) == 1:
            self._answer_cache.remember([(asks[0], None)], self._asked_at)
            self.queue.sort_out()
