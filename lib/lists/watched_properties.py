"""What skins are told of a row: the values of the properties (docs/skins.md).

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Mapping, NamedTuple

from lib.lists.place_answers import watches_of
from lib.simkl.answers import Film, Series, Watch
from lib.simkl.asks import EPISODES
from lib.titles.datetimes import for_kodi

if TYPE_CHECKING:
    from lib.storage.answer_cache import Known
    from lib.titles.title import Place

_YES, _NO = "true", "false"


class Properties(NamedTuple):
    """Each "" where it is not known, and where it says nothing of such a row.

    watched: "true" or "false". last_watched: Kodi's local time. watched_episodes, total_episodes:
    numbers, of a series or a season.
    """

    watched: str = ""
    last_watched: str = ""
    watched_episodes: str = ""
    total_episodes: str = ""


NOTHING = Properties()


def properties_of(place: Place, known: Known) -> Properties:
    """What an answer says of a film, a series, a season or an episode."""
    answer = known.answer
    if isinstance(answer, Film):
        return NOTHING if answer.is_in_parts else _of_one(answer.watch)
    if not isinstance(answer, Series):
        return NOTHING
    watches = watches_of(place, answer)
    if place.episode >= 0:
        return _of_one(next(iter(watches.values()))) if watches else _of_unlisted(answer, known)
    # Specials count on their own season alone: nobody needs them to have seen the series.
    counted = [watch for (season, _), watch in watches.items() if season > 0 or place.season == 0]
    if counted:
        return _of_several(sum(map(bool, counted)), len(counted), _latest(counted))
    return _by_counters(place, answer, known)


def _of_one(watch: Watch | None) -> Properties:
    return NOTHING._replace(watched=_YES, last_watched=_local(watch)) if watch else _UNWATCHED


_UNWATCHED = Properties(_NO)


def _of_unlisted(series: Series, known: Known) -> Properties:
    return _UNWATCHED if _is_in_no_list(series, known) else NOTHING


def _of_several(watched: int, episodes: int, last: Watch | None) -> Properties:
    is_watched = _YES if watched == episodes else _NO
    return Properties(is_watched, _local(last), str(watched), str(episodes))


def _by_counters(place: Place, series: Series, known: Known) -> Properties:
    """Where no episode is listed."""
    everything = series.all_watched
    if everything is not None and place.season == -1:
        return _of_several(everything.count, everything.count, everything.watch)
    counts = _of_season(series.watched_counts, place.season)
    if everything is not None and place.season > 0:
        count = str(counts[0]) if counts else ""
        return Properties(_YES, "", count, count)
    if not counts:
        return _of_unlisted(series, known)
    return Properties(_NO if sum(counts) == 0 else "", "", str(sum(counts)))


def _of_season(counts: Mapping[int, int], season: int) -> list[int]:
    """Of the regular seasons where it is -1."""
    return [count for of, count in counts.items() if of == season or (season == -1 and of > 0)]


def _is_in_no_list(series: Series, known: Known) -> bool:
    """Whether Simkl has just said that the person has nothing of it.

    What was kept over a restart says of no list which it was; with its episodes it is not kept.
    """
    is_fresh = known.depth == EPISODES and series.all_watched is None and series.episodes is None
    return is_fresh and series.list_name is None and not any(series.watched_counts.values())


def _latest(watches: Iterable[Watch | None]) -> Watch | None:
    moments = [watch.at for watch in watches if watch is not None and watch.at is not None]
    return Watch(max(moments)) if moments else None


def _local(watch: Watch | None) -> str:
    return (for_kodi(watch.at) if watch is not None and watch.at is not None else None) or ""
