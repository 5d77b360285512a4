"""Titles that Simkl knows, and which title a set of ids means; nothing of any person."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Mapping

Episode = tuple[int, int]  # season, number

NUMBER_IDS = frozenset({"simkl", "tmdb", "mal", "anidb", "anilist", "kitsu", "anisearch"})
WORD_IDS = frozenset(
    {"slug", "imdb", "tvdb", "animeplanet", "livechart", "letterboxd", "netflix", "hulu"}
    | {"crunchyroll", "traktslug"}
)
ID_NAMES = NUMBER_IDS | WORD_IDS
# Ids that number seasons as TVDB does; all others name one cour.
WHOLE_SERIES_IDS = frozenset({"imdb", "tmdb", "tvdb", "traktslug", "netflix", "hulu"})


@dataclass(frozen=True, eq=False)
class Title:
    """A film (`movie`), a series (`show`) or an `anime`. Seasons map numbers to episode counts."""

    kind: str
    title: str
    year: int
    simkl: int
    ids: Mapping[str, str]
    seasons: Mapping[int, int] = field(default_factory=dict)
    unaired: frozenset[Episode] = frozenset()

    @property
    def is_film(self) -> bool:
        return self.kind == "movie"

    def episodes(self, season: int) -> list[Episode]:
        return [(season, number) for number in range(1, self.seasons.get(season, 0) + 1)]

    def aired(self) -> list[Episode]:
        """Without specials: they never decide whether a series is finished."""
        every = (episode for season in self.seasons if season for episode in self.episodes(season))
        return [episode for episode in every if episode not in self.unaired]


@dataclass(frozen=True)
class Asked:
    """What one item names: its ids as sent, or a title and a year; all checked beforehand."""

    ids: tuple[tuple[str, str], ...]
    title: str | None = None
    year: int | None = None
    type: str | None = None
    episode: Episode | None = None


class Catalogue:
    """A film and a series may have the same number at TMDb: ids are looked up among each alone."""

    def __init__(self) -> None:
        self._titles: list[Title] = []
        self._by_id: dict[tuple[str, str], list[Title]] = defaultdict(list)
        self._cours: dict[tuple[Title, int], Title] = {}
        self._numbers = itertools.count(100001)

    def add(
        self,
        kind: str,
        title: str,
        year: int,
        ids: Mapping[str, object],
        seasons: Mapping[int, int] | None = None,
        unaired: tuple[Episode, ...] = (),
    ) -> Title:
        """Raises ValueError for an id that the contract does not know or that another title has."""
        simkl = ids.get("simkl") or next(self._numbers)
        words = {name: normal(name, value) for name, value in {**ids, "simkl": simkl}.items()}
        added = Title(
            kind, title, year, int(words["simkl"]), words, seasons or {}, frozenset(unaired)
        )
        for name, value in words.items():
            if name not in ID_NAMES:
                raise ValueError(f"Simkl has no id called {name}")
            if any(other.is_film == added.is_film for other in self._having(name, value)):
                raise ValueError(f"another title has {name} {value}")
        self._titles.append(added)
        for each in words.items():
            self._by_id[each].append(added)
        return added

    def map_season(self, first: Title, tvdb_season: int, cour: Title) -> None:
        """From now on that season of the first cour's TVDB series is the other cour."""
        self._cours[first, tvdb_season] = cour

    def resolve(self, asked: Asked) -> Title | None:
        """The one title that is meant; None when there is none, or when the ids disagree."""
        found = self._by_ids(asked) if asked.ids else self._by_name(asked)
        if found is None or asked.episode is None:
            return found
        if found.is_film:
            return None
        return self._cour(found, asked, asked.episode[0])

    def knows_any(self, asked: Asked) -> bool:
        """Whether one of the ids is of any title."""
        return any(self._having(name, value) for name, value in asked.ids)

    def season_of(self, title: Title, asked: Asked) -> int:
        """The season of an asked episode in the title's own numbers: a mapped cour has only 1."""
        season = asked.episode[0] if asked.episode else 0
        return 1 if self._maps_seasons(asked) and self._is_mapped(title, season) else season

    def _cour(self, first: Title, asked: Asked, season: int) -> Title:
        return self._cours.get((first, season), first) if self._maps_seasons(asked) else first

    def _is_mapped(self, title: Title, season: int) -> bool:
        return any(cour is title and number == season for (_, number), cour in self._cours.items())

    @staticmethod
    def _maps_seasons(asked: Asked) -> bool:
        return all(name in WHOLE_SERIES_IDS for name, _ in asked.ids)

    def _by_ids(self, asked: Asked) -> Title | None:
        # An id that nobody knows does not contradict the others; two that mean two titles do.
        hits = [self._having(name, value) for name, value in asked.ids]
        known = [titles for titles in hits if titles]
        first = known[0] if known else []
        both = [title for title in first if all(title in some for some in known)]
        fitting = [title for title in both if _fits(title, asked.type)]
        return fitting[0] if len(fitting) == 1 else None

    def _by_name(self, asked: Asked) -> Title | None:
        name = (asked.title or "").casefold()
        same = [
            title
            for title in self._titles
            if title.title.casefold() == name and title.year == asked.year
        ]
        fitting = [title for title in same if _fits(title, asked.type)]
        return fitting[0] if len(fitting) == 1 else None

    def _having(self, name: str, value: str) -> list[Title]:
        return self._by_id.get((name, value), [])


def normal(name: str, value: object) -> str:
    """One spelling for an id, so that 949 and "949" are the same."""
    text = str(value).strip().lower()
    return text.lstrip("0") if name in NUMBER_IDS and re.fullmatch(r"0*[1-9]\d*", text) else text


def _fits(title: Title, kind: str | None) -> bool:
    # Who asks by TMDb or TVDB cannot know what Simkl counts as anime: `show` means both.
    return kind is None or (kind == "movie") == title.is_film
