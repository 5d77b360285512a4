"""What is to be asked of Simkl next, and in which order. Knows neither of the two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.simkl.asks import DEPTHS, Ask

if TYPE_CHECKING:
    from lib.simkl.answers import EpisodeKey
    from lib.storage.answer_cache import AnswerCache, Known
    from lib.titles.title import Title

_UNCLEAR_SECONDS = 900.0  # until what Simkl said against its contract is asked once more


class AskQueue:
    """What the open list wants to know, what it shows, what the person asks about, and what skins
    want to know of the row in focus.
    """

    def __init__(self, answer_cache: AnswerCache, clock: Callable[[], float]) -> None:
        self._answer_cache = answer_cache
        self._clock = clock
        self._first: list[Ask] = []
        self._wanted: list[Ask] = []
        self._shown: dict[tuple[Title, EpisodeKey | None], Ask] = {}
        self._waiting: list[Ask] = []
        self.focused: list[Ask] = []
        """What skins want to know of the row in focus."""
        self.old: list[Ask] = []
        """What is known and shown, but is to be asked once more."""

    @property
    def unknown(self) -> list[Ask]:
        """What is not known, in the order in which it is to be asked."""
        return list(dict.fromkeys([*self._first, *self._waiting]))

    @property
    def has_unknown(self) -> bool:
        return bool(self._first or self._waiting)

    def begin_list(self) -> None:
        """Another list is shown: what was wanted for the last one is not any more."""
        self._shown.clear()
        self.want([])

    def want(self, asks: Sequence[Ask]) -> None:
        """Ask these, in this order, instead of whatever was still waiting.

        What was wanted of the same list before is asked once more when it is old.
        """
        # One of which the answer is under way waits too, in case that there will be none.
        self._wanted = list(_deepest(asks).values())
        self._shown = _deepest([*self._shown.values(), *self._wanted])
        self._answer_cache.look_up(self._wanted)
        self.sort_out()

    def show(self, asks: Sequence[Ask]) -> None:
        """The list shows these too: they are known, and asked once more when that is old."""
        self._shown = _deepest([*self._shown.values(), *asks])

    def focus(self, asks: Sequence[Ask]) -> None:
        """A skin wants to know these of the row in focus: after what the list wants.

        They are asked once more when they are old.
        """
        self.focused = list(asks)
        self.look_up(asks)
        self.sort_out()

    def look_up(self, asks: Iterable[Ask]) -> None:
        """Load what is stored of these: they may be known then."""
        self._answer_cache.look_up(asks)

    def ask_first(self, asks: Sequence[Ask]) -> None:
        """Ask these before all else."""
        self._answer_cache.look_up(asks)
        self._first = [ask for ask in asks if not self._answer_cache.known(ask)]

    def sort_out(self) -> None:
        """Which of the wanted are still to be asked, and which once more."""
        known = self._answer_cache.known
        seen = _deepest([*self._shown.values(), *self.focused])
        shown = [(ask, known(ask)) for ask in seen.values()]
        self._waiting = [ask for ask in [*self._wanted, *self.focused] if not known(ask)]
        self.old = [ask for ask, answer in shown if answer is not None and self._is_old(answer)]
        self._first = [ask for ask in self._first if not known(ask)]

    def _is_old(self, known: Known) -> bool:
        unclear_at = known.unclear_at
        is_late = unclear_at is not None and self._clock() - unclear_at > _UNCLEAR_SECONDS
        return known.is_old or is_late

    def clear(self) -> None:
        self._first, self._wanted, self.focused, self._waiting, self.old = [], [], [], [], []
        self._shown.clear()


def _deepest(asks: Iterable[Ask]) -> dict[tuple[Title, EpisodeKey | None], Ask]:
    """One ask about each title and each single episode: that which goes deepest."""
    deepest: dict[tuple[Title, EpisodeKey | None], Ask] = {}
    for ask in asks:
        other = deepest.setdefault((ask.title, ask.episode), ask)
        if DEPTHS.index(ask.depth) > DEPTHS.index(other.depth):
            deepest[ask.title, ask.episode] = ask
    return deepest
