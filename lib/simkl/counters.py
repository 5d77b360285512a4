"""What Simkl's counters say of a series beside its episodes. Knows no HTTP and no Kodi.

Simkl's page leaves open whether they count an episode that has not aired, and a special: either
way is taken for right.
"""

from __future__ import annotations

import math
from typing import Any, Mapping


def number(entry: object, key: str) -> int | None:
    """A number of an entry that counts something, or None."""
    value = entry.get(key) if isinstance(entry, Mapping) else None
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def seasons_of(entry: Mapping[str, Any]) -> list[Any]:
    """What an entry has for its seasons, good and broken."""
    seasons = entry.get("seasons")
    return seasons if isinstance(seasons, list) else []


def lists_episodes(entry: Mapping[str, Any]) -> bool:
    """Whether there is a list of episodes, and not counters alone."""
    return any(_episodes(season) is not None for season in seasons_of(entry))


def contradict_episodes(entry: Mapping[str, Any]) -> bool:
    """Whether an entry counts as watched what its own list of episodes cannot hold."""
    if not lists_episodes(entry):
        return False
    if any(_is_outside(season, *_span(season)) for season in seasons_of(entry)):
        return True
    regular = [season for season in seasons_of(entry) if number(season, "number") != 0]
    if len({number(season, "number") for season in regular}) < len(regular):
        return False  # a season that comes twice would be counted twice
    least = sum(_span(season)[0] for season in regular)
    most = sum(_span(season)[1] for season in seasons_of(entry))
    listed = sum(len(_episodes(season) or ()) for season in regular)
    return _is_outside(entry, least, most + max(0, (number(entry, "episodes_total") or 0) - listed))


def all_watched_count(entry: Mapping[str, Any]) -> int | None:
    """How many regular episodes there are, where the counters say that each is watched."""
    count = number(entry, "episodes_total")
    if not count or number(entry, "episodes_watched") != count:
        return None
    regular = [season for season in seasons_of(entry) if number(season, "number") != 0]
    counted = [number(season, "episodes_watched") for season in regular]
    if regular and (None in counted or sum(each or 0 for each in counted) != count):
        return None
    return count


def some_are_left(entry: Mapping[str, Any]) -> bool:
    """Whether the counters say that it has several parts, and not all of them are watched."""
    watched, parts = number(entry, "episodes_watched"), number(entry, "episodes_total")
    return watched is not None and parts is not None and parts > 1 and watched < parts


def _episodes(season: object) -> list[Any] | None:
    if not isinstance(season, Mapping) or number(season, "number") is None:
        return None
    episodes = season.get("episodes")
    return episodes if isinstance(episodes, list) else None


def _is_outside(entry: object, least: float, most: float) -> bool:
    counted = number(entry, "episodes_watched")
    return counted is not None and not least <= counted <= most


def _span(season: object) -> tuple[float, float]:
    """How many episodes of a season are watched, at least and at most, by its list of them."""
    episodes = _episodes(season)
    if episodes is None:
        return 0, math.inf
    watched: set[int] = set()
    unwatched: set[int] = set()
    previews: set[int] = set()
    for episode in episodes:
        key = number(episode, "number")
        if key is None or not isinstance(episode.get("watched"), bool):
            continue
        (watched if episode["watched"] else unwatched).add(key)
        if episode.get("aired") is False:
            previews.add(key)
    listed = watched | unwatched
    all_there_are = max(number(season, "episodes_total") or 0, len(episodes))
    not_said = all_there_are - len(listed)
    return len(watched - unwatched - previews), len(watched) + not_said
