"""What Simkl's 2xx answer to a write says of each watch in the body that was sent.

Knows the contract (docs/simkl-api.md, "Writes"), but neither of the two doors. A 2xx may have
recorded nothing, so a watch counts as recorded only where the numbers account for each one.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Sequence

from lib.simkl.counters import number


class Outcome(enum.Enum):
    RECORDED = "Simkl says that it has taken it in"
    NOT_FOUND = "Simkl does not know the title or the episode, and has recorded nothing"
    UNCLEAR = "the answer does not say: only asking what is watched will"


class SentEpisode(NamedTuple):
    """show: its place in the `shows` of the body."""

    show: int
    season: int
    number: int


@dataclass(frozen=True)
class WriteAnswer:
    """movies: in the order of the body's. episodes: each that the body has.

    may_have_marked_more: Simkl counts more than was sent, or a series whose episodes it knows
    none of: it may have marked the whole of it.
    """

    movies: Sequence[Outcome]
    episodes: Mapping[SentEpisode, Outcome]
    may_have_marked_more: bool = False


def read_added(body: Mapping[str, Any], answer: Mapping[str, Any]) -> WriteAnswer:
    """What the answer to `/sync/history` says of that body."""
    return _read(body, answer, "added")


def read_removed(body: Mapping[str, Any], answer: Mapping[str, Any]) -> WriteAnswer:
    """What the answer to `/sync/history/remove` says. It names no episode that is not found."""
    return _read(body, answer, "deleted")


def _read(body: Mapping[str, Any], answer: Mapping[str, Any], done: str) -> WriteAnswer:
    movies, shows = _items(body, "movies"), _items(body, "shows")
    sent = {each for place, show in enumerate(shows) for each in _episodes(place, show)}
    missing = _Missing(movies, shows, sent)
    missing.read(answer.get("not_found"))
    counts = answer.get(done)
    counted = {kind: _count(counts, kind) for kind in ("movies", "shows", "episodes")}
    known = {
        "movies": len(movies) - len(missing.movies),
        "shows": len({each.show for each in sent - missing.episodes}),
        "episodes": len(sent - missing.episodes),
    }
    more = any((counted[kind] or 0) > known[kind] for kind in known)
    movie = _known(missing.is_clear and counted["movies"] == known["movies"])
    episode = _known(missing.is_clear and not more and counted["episodes"] == known["episodes"])
    not_found = Outcome.NOT_FOUND
    return WriteAnswer(
        [not_found if at in missing.movies else movie for at in range(len(movies))],
        {each: not_found if each in missing.episodes else episode for each in sent},
        more,
    )


class _Missing:
    """Which of the sent Simkl names as not found. is_clear: whether each name is of one of them."""

    def __init__(
        self,
        movies: Sequence[Mapping[str, Any]],
        shows: Sequence[Mapping[str, Any]],
        sent: Iterable[SentEpisode],
    ) -> None:
        self.movies: set[int] = set()
        self.episodes: set[SentEpisode] = set()
        self.is_clear = True
        self._movies = movies
        self._shows = shows
        self._sent = set(sent)

    def read(self, not_found: object) -> None:
        if not isinstance(not_found, Mapping):
            self.is_clear = not_found is None
            return
        # An anime stands among the series, and one that was sent as such may stand apart.
        readers: dict[str, Callable[[Mapping[str, Any]], bool]] = {
            "movies": self._read_movie,
            "shows": self._read_show,
            "anime": self._read_show,
            "episodes": self._read_episodes,
        }
        for kind, reader in readers.items():
            entries = not_found.get(kind) or []
            if not isinstance(entries, list):
                self.is_clear = False
                continue
            for entry in entries:
                if not (isinstance(entry, Mapping) and reader(entry)):
                    self.is_clear = False

    def _read_movie(self, entry: Mapping[str, Any]) -> bool:
        found = _places(self._movies, entry)
        self.movies |= found
        return bool(found)

    def _read_show(self, entry: Mapping[str, Any]) -> bool:
        shows, named = _places(self._shows, entry), _numbers(entry)
        of_it = {each for each in self._sent if each.show in shows}
        found = {each for each in of_it if not named or each[1:] in named}
        self.episodes |= found
        return bool(found)

    def _read_episodes(self, entry: Mapping[str, Any]) -> bool:
        """An entry repeats the series with its seasons, or only one season and number."""
        named = _numbers(entry) or _single(entry)
        shows = _places(self._shows, entry) if _names(entry) else set(range(len(self._shows)))
        found = {each for each in self._sent if each.show in shows and each[1:] in named}
        if len({each.show for each in found}) != 1:
            return False  # no such number was sent, or two series have it
        self.episodes |= found
        return True


def _known(is_accounted_for: bool) -> Outcome:
    return Outcome.RECORDED if is_accounted_for else Outcome.UNCLEAR


def _count(counts: object, kind: str) -> int | None:
    return number(counts, kind) if isinstance(counts, Mapping) else None


def _items(of: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    items = of.get(kind) or []
    return [each for each in items if isinstance(each, Mapping)] if isinstance(items, list) else []


def _episodes(place: int, show: Mapping[str, Any]) -> list[SentEpisode]:
    return [SentEpisode(place, *each) for each in _numbers(show)]


def _numbers(show: Mapping[str, Any]) -> set[tuple[int, int]]:
    """Season and number of each episode that an item has."""
    found = [
        (number(season, "number"), number(episode, "number"))
        for season in _items(show, "seasons")
        for episode in _items(season, "episodes")
    ]
    return {(season, at) for season, at in found if season is not None and at is not None}


def _single(entry: Mapping[str, Any]) -> set[tuple[int, int]]:
    season = number(entry, "season")
    at = number(entry, "number") if "number" in entry else number(entry, "episode")
    return {(season, at)} if season is not None and at is not None else set()


def _places(sent: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> set[int]:
    """Of the items that were sent, those that an entry repeats."""
    names = _names(entry)
    return {place for place, item in enumerate(sent) if names & _names(item)}


def _names(item: Mapping[str, Any]) -> set[str]:
    """Each id by itself; title and year where there is none."""
    ids = item.get("ids")
    if isinstance(ids, Mapping) and ids:
        return {f"{name} {value}".lower() for name, value in ids.items()}
    title = item.get("title")
    return {f"{title} {item.get('year')}".casefold()} if isinstance(title, str) else set()
