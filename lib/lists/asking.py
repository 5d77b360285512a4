"""What one list wants to know of Simkl, and what of the list waits for the answers.

The same for every list: subjects (a film, a series with its rows, a row of another add-on) wait for
an answer about their title, and for answers about single episodes where the series' leaves some
open. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Iterable, Iterator, TypeVar

from lib.storage.answer_cache import completed, left_open

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.simkl.answers import EpisodeKey
    from lib.simkl.asks import Ask
    from lib.storage.answer_cache import Known
    from lib.titles.title import Title

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

        Whether it leaves any of them open. `send` follows.
        """
        asks = [] if answered.is_complete else left_open(answered.known, episodes)
        if asks:
            self._left_open.append(_LeftOpen(answered.subject, answered.known, asks))
        return bool(asks)

    def send(self) -> None:
        """Have the coordinator ask what is waited for, and nothing else.

        In the order in which the titles came, also where one is asked about once more.
        """
        titles = sorted(self._waiting, key=lambda ask: self._places[ask.title])
        single = [ask for left in self._left_open for ask in left.asks]
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
