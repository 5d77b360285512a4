"""Which titles are the same under other ids, so that what Simkl answered of one is known of both.

A row has ids of one title, so an answer about some of them is about all. The reverse does not hold:
where a row has a wrong id, the title that this id is of would get its answer. And two titles are
the same where Simkl answered both with its own id. Knows neither of the two doors.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations

from lib.titles.title import Title

# They name one cour of an anime, and answers about cours count episodes in another way.
_OF_COUR = frozenset({"mal", "anidb", "anilist", "kitsu", "simkl"})
_MOST_IDS = 4  # of a title with more of them only single ones are looked for
_REMEMBERED = 4000  # titles


class SameTitles:
    """Films and series are never the same, nor two titles that contradict each other in an id."""

    def __init__(self) -> None:
        self._simkl: dict[Title, int | None] = {}
        self._of_simkl: dict[tuple[str, int], set[Title]] = defaultdict(set)
        self._claimed: dict[Title, set[Title]] = defaultdict(set)
        self._found: dict[Title, tuple[Title, ...]] = {}

    def clear(self) -> None:
        self._simkl.clear()
        self._of_simkl.clear()
        self._claimed.clear()
        self._found.clear()

    def answered(self, title: Title, simkl: int | None) -> None:
        """Simkl knows a title. simkl: its own id of it; None where it was not said."""
        if len(self._simkl) > _REMEMBERED:
            self.clear()
        if title in self._simkl and self._simkl[title] == simkl:
            return
        self._found.clear()
        self._simkl[title] = simkl
        if simkl is not None:
            self._of_simkl[title.kind, simkl].add(title)

    def of(self, title: Title) -> tuple[Title, ...]:
        """Other titles that were answered, whose answers are this one's too."""
        if title not in self._found:
            self._found[title] = tuple(self._look(title))
        return self._found[title]

    def _look(self, title: Title) -> list[Title]:
        parts = [each for each in titles_within(title) if self._is_part(each, title)]
        known = {self._simkl[each] for each in [title, *parts] if each in self._simkl}
        if len(known) != 1:
            return []  # Simkl takes its ids for those of different titles, or they were not asked
        simkl = known.pop()
        if simkl is None:
            return parts if len(parts) == 1 and title not in self._simkl else []
        same = [each for each in self._of_simkl[title.kind, simkl] if self._simkl[each] == simkl]
        joined = [each for each in same if each != title and _agree(each, title)]
        return [*parts, *(each for each in joined if each not in parts)]

    def _is_part(self, part: Title, title: Title) -> bool:
        """Whether an answer about some of a title's ids is the title's.

        Not where another title has the same ids, and beside them one that contradicts.
        """
        if part not in self._simkl:
            return False
        if title not in self._claimed[part]:
            self._claimed[part].add(title)
            self._found.clear()
        return all(_agree(title, other) for other in self._claimed[part])


@lru_cache(maxsize=256)
def titles_within(title: Title) -> tuple[Title, ...]:
    """The title with fewer of its ids, in each way that Simkl may have been asked about it."""
    sizes = range(1, len(title.ids) if len(title.ids) <= _MOST_IDS else 2)
    return tuple(
        Title(title.kind, some) for size in sizes for some in combinations(title.ids, size)
    )


def _agree(title: Title, other: Title) -> bool:
    """Whether two titles have no ids of one kind that differ, nor both sorts: cours and others.

    A name is no cour's: it is what the series is called.
    """
    ids, others = dict(title.ids), dict(other.ids)
    is_of_cour = {name in _OF_COUR for name in (*ids, *others)}
    if not (ids and others) and is_of_cour != {False}:
        return False
    return len(is_of_cour) == 1 and all(others.get(name, ids[name]) == ids[name] for name in ids)
