"""Which questions go into one `POST /sync/watched`, and what its entries answer.

Knows the contract (docs/simkl-api.md), but neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterator, NamedTuple, Sequence

from lib.simkl.answers import (
    Answer,
    EpisodeKey,
    Series,
    answer_for,
    episode_answer_for,
    is_not_found,
)

if TYPE_CHECKING:
    from lib.titles.title import Title

MOST_ITEMS = 100  # of one POST /sync/watched (docs/simkl-api.md)

# What to ask of a title; of two asks in one call the later here serves both.
PLAIN = ""
COUNTERS = "counters"
EPISODES = "episodes,specials"
DEPTHS = (PLAIN, COUNTERS, EPISODES)

# No season has it. Simkl's page leaves open whether an answer about one episode is of the
# episode or of its whole series; one that calls this episode watched is of the series.
_NO_SUCH_EPISODE = 9999


class Ask(NamedTuple):
    """A title to ask about, and how deep: PLAIN (films), COUNTERS or EPISODES.

    episode: None, or with PLAIN the only episode that is asked about.
    """

    title: Title
    depth: str
    episode: EpisodeKey | None = None

    def item(self) -> dict[str, Any]:
        """The item of `POST /sync/watched` that asks this."""
        if self.episode is None:
            return self.title.item()
        return {**self.title.item(), "season": self.episode[0], "episode": self.episode[1]}


@dataclass(frozen=True)
class Call:
    """One POST. extended: what its query says."""

    asks: Sequence[Ask]
    extended: str = PLAIN

    def items(self) -> list[dict[str, Any]]:
        return [ask.item() for ask in self.asks]

    def answers(self, entries: Sequence[object]) -> Iterator[tuple[Ask, Answer]]:
        """What Simkl's entries, in the order of the items, answer to each ask."""
        told = list(zip(self.asks, entries))
        proved = {ask.title: _is_of_episode(ask, entry) for ask, entry in told if _is_proof(ask)}
        for ask, entry in told:
            if not _is_proof(ask):
                is_told = ask.episode is None or proved.get(ask.title)
                yield ask, _meant(ask, entry) if is_told else None

    def placed(self, entries: Sequence[object]) -> set[Ask]:
        """The single episodes of which it is proved that Simkl has them: it knows each of them, and
        does not know the one that no season has.
        """
        told = list(zip(self.asks, entries))
        proved = {ask.title for ask, entry in told if _is_proof(ask) and is_not_found(entry)}
        return {
            ask
            for ask, entry in told
            if ask.episode is not None and not _is_proof(ask) and ask.title in proved
            if _meant(ask, entry) is not None
        }

    def simkl_ids(self, entries: Sequence[object]) -> dict[Ask, int]:
        """Simkl's own id of the title that each single episode is of: of an anime one cour's."""
        found = {ask: answer_for(ask.title, entry) for ask, entry in zip(self.asks, entries)}
        return {
            ask: answer.simkl
            for ask, answer in found.items()
            if ask.episode is not None and answer is not None and answer.simkl is not None
        }

    def unclear(self, entries: Sequence[object], answers: Sequence[tuple[Ask, Answer]]) -> set[Ask]:
        """Asks whose entries are none of the contract: asked later, Simkl may know better.

        answers: what `answers` gave for the same entries, so that only the unknown are read again.
        """
        entry_of = dict(zip(self.asks, entries))
        unknown = [ask for ask, answer in answers if _lacks(ask, answer)]
        return {
            ask
            for ask in unknown
            if not is_not_found(entry_of[ask]) and _lacks(ask, _meant(ask, entry_of[ask]))
        }


def next_call(waiting: Sequence[Ask], most: int) -> Call:
    """As many as go together, in their order. most: items in one call."""
    # Counters are asked to spare Simkl the episodes: the two do not go together. And a single
    # episode's answer counts only without the series' episodes beside it.
    extended = next((ask.depth for ask in waiting if ask.depth != PLAIN), PLAIN)
    if extended != PLAIN:
        is_plain = [ask.depth == PLAIN and ask.episode is None for ask in waiting]
        together = [ask for ask, plain in zip(waiting, is_plain) if plain or ask.depth == extended]
        return Call(together[:most], extended)
    return Call(_with_proofs(waiting, most))


def _with_proofs(waiting: Sequence[Ask], most: int) -> list[Ask]:
    """The first asks, and for each series of single episodes one about an episode that is none."""
    asks: list[Ask] = []
    proved: set[Title] = set()
    for ask in waiting:
        more = [ask]
        if ask.episode is not None and ask.title not in proved and most > 1:
            more.insert(0, ask._replace(episode=(ask.episode[0], _NO_SUCH_EPISODE)))
        if len(asks) + len(more) > most:
            break
        asks += more
        proved.add(ask.title)
    return asks


def _is_proof(ask: Ask) -> bool:
    return ask.episode is not None and ask.episode[1] == _NO_SUCH_EPISODE


def _is_of_episode(ask: Ask, entry: object) -> bool:
    answer = ask.episode and episode_answer_for(ask.title, ask.episode, entry)
    return not (isinstance(answer, Series) and any((answer.episodes or {}).values()))


def _meant(ask: Ask, entry: object) -> Answer:
    """What an entry says."""
    if ask.episode is not None:
        return episode_answer_for(ask.title, ask.episode, entry)
    return answer_for(ask.title, entry)


def _lacks(ask: Ask, answer: Answer) -> bool:
    """Whether an answer says nothing, or not of the episodes that were asked about."""
    if isinstance(answer, Series) and ask.depth == EPISODES:
        return answer.episodes is None and answer.all_watched is None
    return answer is None
