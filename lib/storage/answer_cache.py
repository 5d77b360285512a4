"""What is known of titles: what Simkl answered, over restarts, and what of it may be old.

Each person's answers are their own. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Collection, Iterable, Iterator, Mapping, Sequence, Tuple

from lib.simkl.answers import Series
from lib.simkl.asks import DEPTHS, PLAIN, Ask
from lib.storage.answer_cache_table import StoredAnswer
from lib.storage.answer_text import answer_of, words_of
from lib.storage.same_titles import SameTitles, titles_within

if TYPE_CHECKING:
    from lib.simkl.answers import Answer, EpisodeKey
    from lib.storage.store import Store
    from lib.titles.title import Title

_MOST_IN_MEMORY = 3000  # titles; the others are read again when they are wanted
BEFORE_THE_START = -1.0
"""When an answer of an earlier run of Kodi was asked for, by this run's clock."""

_Key = Tuple["Title", "EpisodeKey | None"]


@dataclass(frozen=True)
class Known:
    """What Simkl said of a title. answer: None is unknown. asked_at: of the clock, when asked.

    is_old: something has moved at Simkl since. unclear_at: when it was asked about again and Simkl
    answered against its contract. is_outdated: the next answer is news, whatever it says.
    """

    title: Title
    answer: Answer
    depth: str
    asked_at: float
    is_old: bool = False
    unclear_at: float | None = None
    is_outdated: bool = False


def left_open(known: Known, episodes: Iterable[EpisodeKey]) -> list[Ask]:
    """Asks about single episodes that a series' answer does not list."""
    listed = known.answer.episodes if isinstance(known.answer, Series) else None
    if listed is None:
        return []
    return [Ask(known.title, PLAIN, episode) for episode in episodes if episode not in listed]


def completed(known: Known, singles: Iterable[Known | None]) -> Known:
    """A series' answer, and with it those about single episodes."""
    series = known.answer
    if not isinstance(series, Series):
        return known
    episodes = dict(series.episodes or {})
    for single in singles:
        if single is not None and isinstance(single.answer, Series):
            episodes.update(single.answer.episodes or {})
    return replace(known, answer=replace(series, episodes=episodes))


def with_all_watched(known: Known, episodes: Iterable[EpisodeKey]) -> Known:
    """A series' answer by counters alone, with its regular episodes listed as watched.

    episodes: all that Kodi has of the series. Where these are more than Simkl counts, it speaks of
    a part of them, as of one cour of an anime, and nobody knows which.
    """
    series = known.answer
    if not isinstance(series, Series) or series.all_watched is None:
        return known
    regular = {key for key in episodes if key[0] > 0}
    if len(regular) > series.all_watched.count:
        return known
    watched = dict.fromkeys(regular, series.all_watched.watch)
    return replace(known, answer=replace(series, episodes=watched))


class AnswerCache:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._person = ""
        self._has_looked = False
        self._known: dict[_Key, Known] = {}
        self._looked_up: set[_Key] = set()
        self._same = SameTitles()

    def begin(self, person: str) -> None:
        """Whose answers count from now on; "" for nobody's."""
        if person != self._person:
            self._person = person
            self._known.clear()
            self._looked_up.clear()
            self._has_looked = False

    def known(self, ask: Ask) -> Known | None:
        """What Simkl said, if it was asked at least that deep; None when it was not asked.

        Also of the same title under other ids, where it says more, or of a later moment.
        """
        known = self._known.get((ask.title, ask.episode))
        if known is not None and DEPTHS.index(known.depth) < DEPTHS.index(ask.depth):
            known = None
        if known is None or known.is_old:
            of_same = self._known_of_same(ask)
            return known if of_same is None or (known and of_same.is_old) else of_same
        return known

    def _known_of_same(self, ask: Ask) -> Known | None:
        """The latest that is known of its title under other ids, at least as deep as asked."""
        found = [self._known.get((same, ask.episode)) for same in self._same.of(ask.title)]
        clear = [each for each in found if each and each.answer and each.unclear_at is None]
        deep = [each for each in clear if DEPTHS.index(each.depth) >= DEPTHS.index(ask.depth)]
        if not deep:
            return None
        latest = max(deep, key=lambda each: (not each.is_old, each.asked_at))
        return replace(latest, title=ask.title)

    def look_up(self, asks: Iterable[Ask]) -> None:
        """Load what is stored of these."""
        wanted = {(ask.title, ask.episode): ask for ask in asks}
        missing = {key: ask for key, ask in wanted.items() if key not in self._looked_up}
        if not missing:
            return
        if (
            self._person and not self._has_looked
        ):  # not at the start of Kodi, which has enough to do
            self._has_looked = True
            self._store.answers.forget_others(self._person)
        if len(self._known) > _MOST_IN_MEMORY:
            self._known = {key: known for key, known in self._known.items() if key in wanted}
            self._looked_up = self._looked_up & wanted.keys()
        self._looked_up.update(missing)
        names = {_name(each): (each.title, each.episode) for each in _with_parts(missing.values())}
        for kept in self._store.answers.of(self._person, list(names)):
            key = names[kept.name]
            known = _known(key[0], kept)
            if known is not None:
                self._note(key, self._known.get(key, known))

    def _note(self, key: _Key, known: Known) -> None:
        self._known[key] = known
        if known.answer is not None and key[1] is None:
            self._same.answered(key[0], known.answer.simkl)

    def remember(
        self,
        answers: Sequence[tuple[Ask, Answer]],
        asked_at: float,
        unclear: Collection[Ask] = (),
    ) -> bool:
        """Simkl said this; whether any of it is other than what it said before.

        unclear: those of them that what was known goes on for, and nothing is kept of.
        """
        is_news = False
        said = dict(answers)
        for ask in unclear:
            known = self.known(ask) or Known(ask.title, said.get(ask), ask.depth, asked_at)
            # Still as of when it was answered: what was played since then is newer.
            known = replace(known, is_old=False, unclear_at=asked_at)
            self._known[ask.title, ask.episode] = known
        answers = [(ask, answer) for ask, answer in answers if ask not in unclear]
        for ask, answer in answers:
            key = (ask.title, ask.episode)
            before = self._known.get(key) or self._known_of_same(ask._replace(depth=PLAIN))
            is_news = is_news or (before is not None and _is_news(before, ask.depth, answer))
            self._looked_up.add(key)
            self._note(key, Known(ask.title, answer, ask.depth, asked_at))
        self._store.answers.note(
            self._person,
            [
                StoredAnswer(_name(ask), ask.title.kind, ask.depth, words_of(said))
                for ask, said in answers
            ],
        )
        return is_news

    def forget(self, title: Title) -> None:
        """Also what is known of the same title under other ids."""
        titles = {title, *self._same.of(title)}
        keys = [key for key in self._known if key[0] in titles]
        for key in keys:
            del self._known[key]
        self._looked_up.update(keys, {(title, None)})
        for each in titles:
            self._store.answers.forget(self._person, each.words)

    def outdate(self, title: Title, by: float) -> None:
        """Have what was asked of a title until then asked once more, and the answer be news."""
        titles = {title, *self._same.of(title)}
        for key, known in self._known.items():
            if key[0] in titles and known.asked_at <= by:
                # What is unclear has a time of its own.
                is_old = known.is_old or known.unclear_at is None
                self._known[key] = replace(known, is_old=is_old, is_outdated=True)

    def make_all_old(self) -> None:
        """Have all asked about once more, when it is wanted."""
        self._known = {key: replace(known, is_old=True) for key, known in self._known.items()}
        self._store.answers.make_old(self._person)

    def follow_moves(self, moved: Mapping[str, str]) -> None:
        """Make old what has moved since the last look. moved: when each kind of title last did."""
        before = self._store.answers.moves(self._person)
        kinds = {kind for kind, at in moved.items() if before.get(kind, at) != at}
        for key, known in self._known.items():
            if known.title.kind in kinds:
                self._known[key] = replace(known, is_old=True)
        self._store.answers.note_moves(self._person, moved, kinds)


def _is_news(before: Known, depth: str, answer: Answer) -> bool:
    """Whether an answer says something else than before; of two depths only counters compare."""
    if before.is_outdated:
        return True
    old = before.answer
    if before.depth != depth and isinstance(old, Series) and isinstance(answer, Series):
        return old.watched_counts != answer.watched_counts
    return old != answer


def _with_parts(asks: Iterable[Ask]) -> Iterator[Ask]:
    """These, and each about its title with fewer of its ids."""
    for ask in asks:
        yield ask
        yield from (ask._replace(title=each) for each in titles_within(ask.title))


def _name(ask: Ask) -> str:
    """What an ask is kept under, however deep it goes."""
    if ask.episode is None:
        return ask.title.words
    return f"{ask.title.words}\n{ask.episode[0]}x{ask.episode[1]}"


def _known(title: Title, kept: StoredAnswer) -> Known | None:
    try:
        answer = answer_of(kept.words)
    except ValueError:
        return None
    if kept.depth not in DEPTHS:
        return None
    return Known(title, answer, kept.depth, BEFORE_THE_START, kept.is_old)
