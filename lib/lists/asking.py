"""What one list wants to know of Simkl, and what of the list waits for the answers.

The same for every list: subjects (a film, a series with its rows, a row of another add-on) wait for
an answer about their title, and for answers about single episodes where the series' leaves some
open. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Iterable, Iterator, TypeVar

from lib.simkl.asks import MOST_ITEMS
from lib.storage.answer_cache import completed, left_open

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.answers import EpisodeKey
    from lib.simkl.asks import Ask
    from lib.storage.answer_cache import Known
    from lib.titles.title import Title

_MOST_SINGLES = MOST_ITEMS - 1  # one more item proves them (simkl/asks.py)

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Answered(Generic[Subject]):
    """A subject that waits no more.

    is_complete: what its series' answer left open was asked about singly, and is in it.
    """

    subject: Subject
    known: Known
    is_complete: bool = False


@dataclass(frozen=True)
class _LeftOpen(Generic[Subject]):
    """A subject of whose episodes the series' answer does not list some: those are asked about."""

    subject: Subject
    known: Known
    asks: list[Ask]


class Asking(Generic[Subject]):
    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self._waiting: dict[Ask, list[Subject]] = {}
        self._places: dict[Title, int] = {}
        self._left_open: list[_LeftOpen[Subject]] = []
        self._singles: dict[Title, set[EpisodeKey | None]] = {}
        self._passed_by: dict[Title, list[EpisodeKey]] = {}
        self._passed_over: set[Title] = set()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self._waiting or self._left_open)

    @property
    def titles(self) -> int:
        """How many titles wait for an answer, those left out that wait for single episodes."""
        return len(self._waiting)

    @property
    def subjects(self) -> Iterator[Subject]:
        """Those that wait."""
        for some in self._waiting.values():
            yield from some
        yield from (left.subject for left in self._left_open)

    def add(self, ask: Ask, subject: Subject) -> None:
        """Have a subject wait for an answer. `send` follows."""
        self._waiting.setdefault(ask, []).append(subject)
        self._places.setdefault(ask.title, len(self._places))

    def exchange(self, ask: Ask, other: Ask) -> None:
        """Have what waits for an answer wait for another one, if anything does. `send` follows."""
        if ask != other and ask in self._waiting:
            self._waiting.setdefault(other, []).extend(self._waiting.pop(ask))

    def ask_singly(self, answered: Answered[Subject], episodes: Iterable[EpisodeKey]) -> bool:
        """Have a subject wait for what its series' answer does not say of these episodes.

        Whether it leaves any of them open that may be asked about: of each series as many as one
        POST holds, the first that are passed in. `send` follows.
        """
        asks = [] if answered.is_complete else left_open(answered.known, episodes)
        for ask in left_open(answered.known, self._passed_by.pop(answered.known.title, ())):
            self._is_among_the_first(ask)
        asks = [ask for ask in asks if self._is_among_the_first(ask)]
        if asks:
            self._left_open.append(_LeftOpen(answered.subject, answered.known, asks))
        return bool(asks)

    def pass_by(self, title: Title, episodes: Iterable[EpisodeKey]) -> None:
        """Rows of a series that need no answer: they are among the first as well.

        Else a list would be asked about a little further on, each time that some got their ticks.
        """
        self._passed_by.setdefault(title, []).extend(episodes)

    def has_passed_over(self, title: Title) -> bool:
        """Whether episodes of a series were left open that will not be asked about in this list."""
        return title in self._passed_over

    def _is_among_the_first(self, ask: Ask) -> bool:
        # Of a list of a thousand only those near the focus: the others when that has moved, and
        # the list is opened again. What is answered is not asked again as long as that stands.
        first = self._singles.setdefault(ask.title, set())
        if len(first) < _MOST_SINGLES:
            first.add(ask.episode)
        elif ask.episode not in first:
            self._passed_over.add(ask.title)
            return False
        return True

    def send(self, *, more_follow: bool = False) -> None:
        """Have the coordinator ask what is waited for, and nothing else.

        In the order in which the titles came, also where one is asked about once more.
        more_follow: rows are still to be read. Single episodes wait for those of the same series,
        to go in one POST with them.
        """
        titles = sorted(self._waiting, key=lambda ask: self._places[ask.title])
        single = [
            ask
            for left in self._left_open
            for ask in left.asks
            if not more_follow or len(self._singles[ask.title]) == _MOST_SINGLES
        ]
        self._coordinator.queue.want([*titles, *single])

    def take_answered(self) -> Iterator[Answered[Subject]]:
        """What waits no more."""
        known = self._coordinator.known
        answers = {ask: known(ask) for ask in self._waiting}
        for ask, answer in answers.items():
            if answer is not None:
                yield from (Answered(subject, answer) for subject in self._waiting.pop(ask))
        for left in [left for left in self._left_open if all(map(known, left.asks))]:
            self._left_open.remove(left)
            whole = completed(left.known, map(known, left.asks))
            yield Answered(left.subject, whole, is_complete=True)
