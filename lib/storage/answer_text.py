"""Answers as they are kept over a restart: in few words, and back. Knows neither of the doors.

In which of the person's lists a series is, is not kept: who wants to hear it asks anew.

A moment is a number: seconds since 1970, 0 for a watch of which Simkl does not know when; None
stands for "not watched".
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from lib.simkl.answers import AllWatched, Film, Series, Watch

if TYPE_CHECKING:
    from lib.simkl.answers import Answer, EpisodeKey


def words_of(answer: Answer) -> str:
    """An answer as text; "" for what Simkl does not know."""
    if answer is None:
        return ""
    told = _told_of_film(answer) if isinstance(answer, Film) else _told_of_series(answer)
    if answer.simkl is not None:
        told["simkl"] = answer.simkl
    return json.dumps(told, separators=(",", ":"))


def _told_of_film(answer: Film) -> dict[str, Any]:
    told: dict[str, Any] = {"film": _number(answer.watch)}
    if answer.is_in_parts:
        told["parts"] = True
    return told


def _told_of_series(answer: Series) -> dict[str, Any]:
    told: dict[str, Any] = {"counts": sorted(answer.watched_counts.items())}
    if answer.all_watched is not None:
        told["all"] = [answer.all_watched.count, _number(answer.all_watched.watch)]
    if answer.episodes is not None:
        seasons: dict[int, list[tuple[int, int | None]]] = {}
        for (season, episode), watch in answer.episodes.items():
            seasons.setdefault(season, []).append((episode, _number(watch)))
        told["seasons"] = sorted(seasons.items())
    return told


def answer_of(words: str) -> Answer:
    """The answer that was kept. Errors: ValueError where the text is none of these."""
    if not words:
        return None
    try:
        told = json.loads(words)
        simkl = int(told.get("simkl", 0)) or None
        if "film" in told:
            return Film(_watch(told["film"]), told.get("parts") is True, simkl)
        counts = {int(season): int(count) for season, count in told["counts"]}
        episodes = _episodes(told["seasons"]) if "seasons" in told else None
        all_watched = _all_watched(told["all"]) if "all" in told else None
        return Series(counts, episodes, all_watched, simkl=simkl)
    except (TypeError, AttributeError, KeyError, OverflowError, OSError, RecursionError) as error:
        raise ValueError(type(error).__name__) from None


def _episodes(seasons: Any) -> dict[EpisodeKey, Watch | None]:
    return {
        (int(season), int(episode)): _watch(at)
        for season, episodes in seasons
        for episode, at in episodes
    }


def _all_watched(told: Any) -> AllWatched:
    count, at = told
    return AllWatched(int(count), _watch(at) or Watch(None))


def _number(watch: Watch | None) -> int | None:
    if watch is None:
        return None
    return 0 if watch.at is None else int(watch.at.timestamp())


def _watch(number: int | None) -> Watch | None:
    if number is None:
        return None
    return Watch(datetime.fromtimestamp(number, timezone.utc) if number else None)
