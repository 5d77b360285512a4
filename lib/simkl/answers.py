"""What Simkl said of a title, in types. Knows the shape of the answers, but no HTTP and no Kodi.

An answer is a Film or a Series; None is "unknown", which never changes anything in Kodi and is
not the same as unwatched. The rules are those of docs/simkl-api.md, "POST /sync/watched".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Mapping, Tuple, Union

from lib.simkl.counters import (
    all_watched_count,
    contradict_episodes,
    lists_episodes,
    number,
    seasons_of,
    some_are_left,
)
from lib.titles import datetimes
from lib.titles.title import MOVIE, SHOW, Title

EpisodeKey = Tuple[int, int]
"""Season and episode, as Simkl and Kodi count them; season 0 holds the specials."""

COMPLETED = "completed"
# Only what has several parts can be in these: an anime that Simkl keeps in parts, though it is
# one film elsewhere.
_LISTS_OF_SERIES = ("watching", "hold")


@dataclass(frozen=True)
class Watch:
    """A video was watched. at: aware UTC; None where Simkl does not know when."""

    at: datetime | None


@dataclass(frozen=True)
class Film:
    """watch: None where Simkl knows the film and it is not watched.

    is_in_parts: Simkl keeps it in parts, of which not all are watched: which of them a file holds
    nobody knows. There is no watch then, and it does not count as unwatched either.
    simkl: Simkl's own id of it, where it is said.
    """

    watch: Watch | None
    is_in_parts: bool = field(default=False, compare=False)
    simkl: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class AllWatched:
    """Each regular episode of a series is watched. count: of these. watch: that of the last."""

    count: int
    watch: Watch


@dataclass(frozen=True)
class Series:
    """watched_counts: season to number of watched episodes, where counted.

    episodes: None where none are listed; an episode that is missing is unknown, one that is None
    is known and not watched. all_watched: said by counters alone, where no episodes are listed.
    list_name: the person's list that the series is in, "" where Simkl does not say which; None
    for no list. simkl: Simkl's own id of it, where it is said.
    """

    watched_counts: Mapping[int, int]
    episodes: Mapping[EpisodeKey, Watch | None] | None
    all_watched: AllWatched | None = None
    list_name: str | None = field(default=None, compare=False)
    simkl: int | None = field(default=None, compare=False)


Answer = Union[Film, Series, None]


def answer_for(title: Title, entry: object) -> Answer:
    """What one entry of Simkl's answer says of the title that stood in its place."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("result"), bool):
        return None
    if _echoes_another(title, entry):
        return None
    answer = _film(entry) if title.kind == MOVIE else _series(entry)
    return None if answer is None else replace(answer, simkl=number(entry, "simkl") or None)


def is_not_found(entry: object) -> bool:
    """Whether Simkl says that it does not know the title: unknown, and so it stays for now."""
    return isinstance(entry, Mapping) and entry.get("result") == "not_found"


def episode_answer_for(title: Title, episode: EpisodeKey, entry: object) -> Series | None:
    """What one entry says of the only episode that was asked about, and of no other."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("result"), bool):
        return None
    said = (entry.get("season", episode[0]), entry.get("episode", episode[1]))
    if _echoes_another(title, entry) or said != episode:
        return None
    if "seasons" in entry:
        series = _series(entry)
        told = (series and series.episodes) or {}
        return Series({}, {episode: told[episode]}) if episode in told else None
    date = entry.get("last_watched_at")
    watch = _watch(date) if entry["result"] else None
    return None if watch is None and date is not None else Series({}, {episode: watch})


def _echoes_another(title: Title, entry: Mapping[str, Any]) -> bool:
    """Whether the entry repeats an id (or name, or kind) other than the one that was sent."""
    # Simkl's own "anime" holds films and series; these two never mean each other.
    if entry.get("type") in (MOVIE, SHOW) and entry["type"] != title.kind:
        return True
    nested = entry.get("ids")
    sent = {key: value for key, value in title.item().items() if key not in ("type", "ids")}
    sent.update(title.ids)
    return any(
        key in echoed and str(echoed[key]).lower() != str(value).lower()
        for echoed in (entry, nested if isinstance(nested, Mapping) else {})
        for key, value in sent.items()
    )


def _film(entry: Mapping[str, Any]) -> Film | None:
    date = entry.get("last_watched_at")
    if not entry["result"]:
        return Film(None)
    if entry.get("list") in _LISTS_OF_SERIES or some_are_left(entry):
        return Film(None, is_in_parts=True)
    watch = _watch(date)
    if watch or entry.get("list") == COMPLETED:
        return Film(watch or Watch(None))
    return Film(None) if date is None else None


def _series(entry: Mapping[str, Any]) -> Series | None:
    if contradict_episodes(entry):
        return None
    counts: dict[int, int] = {}
    said: dict[EpisodeKey, list[Watch | None]] = {}
    for season in seasons_of(entry):
        of_season = number(season, "number")
        if of_season is None:
            continue
        counted = number(season, "episodes_watched")
        if counted is not None:
            counts[of_season] = counted
        if isinstance(season.get("episodes"), list):
            _add_episodes(said, of_season, season["episodes"])
    episodes = _agreed(said) if lists_episodes(entry) else None
    if not entry["result"]:
        if any(counts.values()) or any((episodes or {}).values()):
            return None  # in no list, and yet watched: one of the two is wrong
        return Series(counts, episodes)
    name = entry.get("list")
    name = name if isinstance(name, str) else ""
    return Series(counts, episodes, _all_watched(entry), name)


def _all_watched(entry: Mapping[str, Any]) -> AllWatched | None:
    if entry.get("list") != COMPLETED or lists_episodes(entry):
        return None
    count = all_watched_count(entry)
    if count is None:
        return None
    return AllWatched(count, _watch(entry.get("last_watched_at")) or Watch(None))


def _add_episodes(
    said: dict[EpisodeKey, list[Watch | None]], season: int, entries: list[Any]
) -> None:
    for entry in entries:
        of_episode = number(entry, "number")
        if of_episode is None or not isinstance(entry.get("watched"), bool):
            continue
        watch = (_watch(entry.get("last_watched_at")) or Watch(None)) if entry["watched"] else None
        said.setdefault((season, of_episode), []).append(watch)


def _agreed(said: Mapping[EpisodeKey, list[Watch | None]]) -> dict[EpisodeKey, Watch | None]:
    """The episodes of which not both was said, that they are watched and that they are not."""
    return {
        key: watches[-1]
        for key, watches in said.items()
        if len({watch is None for watch in watches}) == 1
    }


def _watch(date: object) -> Watch | None:
    """The watch at a date of Simkl's; None where the date is missing or is none."""
    moment = datetimes.from_simkl(date)
    if moment is None:
        return None
    return Watch(None if datetimes.is_long_ago(moment) else moment)
