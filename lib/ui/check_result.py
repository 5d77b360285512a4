"""What is said of a title that the person asked about: watched, when, how much of it.

Knows neither of the two doors: the words of a sentence come through a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.kodi import string_ids
from lib.lists import row_places, why_no_tick
from lib.lists.place_answers import watches_of
from lib.simkl.answers import COMPLETED, Film, Series, Watch
from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES
from lib.titles import datetimes

if TYPE_CHECKING:
    from lib.simkl.answers import Answer
    from lib.titles.title import Place

Say = Callable[..., str]
"""A sentence by its number, its {placeholders} filled by keyword."""


_REASONS = {
    GONE: string_ids.REFUSED_GONE,
    NO_SOURCE: string_ids.REFUSED_NO_SOURCE,
    SEVERAL_FILES: string_ids.REFUSED_SEVERAL_FILES,
    KEEPS_WAITING: string_ids.REFUSED_KEEPS_WAITING,
    ADDON_PATH: string_ids.REFUSED_ADDON_PATH,
    row_places.LEFT_ALONE: string_ids.WHY_LEFT_ALONE,
    row_places.LEFT_OUT: string_ids.WHY_LEFT_OUT,
    row_places.SWITCHED_OFF: string_ids.WHY_SWITCHED_OFF,
    why_no_tick.NO_ID: string_ids.WHY_NO_ID,
    why_no_tick.IN_DOUBT: string_ids.WHY_IN_DOUBT,
    why_no_tick.NOT_DRAWN: string_ids.WHY_NOT_DRAWN,
    why_no_tick.BEGUN: string_ids.WHY_BEGUN,
    why_no_tick.ADDON_DRAWS_OWN: string_ids.WHY_ADDON_DRAWS_OWN,
    why_no_tick.HELD_BACK: string_ids.WHY_HELD_BACK,
    why_no_tick.REMOVED: string_ids.WHY_REMOVED,
}


class CheckResult:
    """say: as kodi.text. date: Kodi's local time as the person's region writes its date."""

    def __init__(self, name: str, say: Say, date: Callable[[str], str]) -> None:
        self._name = name
        self._say = say
        self._date = date

    def with_reason(self, sentence: str, reason: str) -> str:
        """What an answer says, and why its row has no tick all the same."""
        return f"{sentence} {self._say(_REASONS[reason])}"

    def is_watched(self, place: Place, answer: Answer) -> bool:
        """Whether a film or an episode is, or each regular episode of a series or a season."""
        if isinstance(answer, Film):
            return answer.watch is not None
        if isinstance(answer, Series) and answer.all_watched is not None and place.season == -1:
            return True
        watches = watches_of(place, answer).items()
        needed = [watch for (season, _), watch in watches if season > 0 or place.season == 0]
        return bool(needed) and all(needed)

    def sentence(self, place: Place, answer: Answer, *, is_unclear: bool = False) -> str:
        """What an answer says of a film, a series, a season or an episode.

        is_unclear: what Simkl said was against its contract.
        """
        if isinstance(answer, Film):
            if answer.is_in_parts:
                return self._say(string_ids.FOUND_PARTS, name=self._name)
            return self._of_one(answer.watch)
        if not isinstance(answer, Series):
            if is_unclear:
                return self._say(string_ids.FOUND_UNCLEAR, name=self._name)
            return self._say(string_ids.FOUND_NOTHING, name=self._name)
        if answer.episodes is None:
            return self._of_whole(place, answer)
        return self._of_listed(place, answer)

    def _of_listed(self, place: Place, answer: Series) -> str:
        watches = list(watches_of(place, answer).values())
        if not watches:
            return self._say(string_ids.FOUND_NOTHING, name=self._name)
        if place.episode >= 0:
            return self._of_one(watches[0])
        return self._of_several(sum(map(bool, watches)), len(watches))

    def _of_whole(self, place: Place, series: Series) -> str:
        """Where no episode is listed."""
        if series.all_watched is not None and place.season == -1:
            return self._of_several(series.all_watched.count, series.all_watched.count)
        if series.list_name is None:
            return self._of_one(None)
        if series.list_name == COMPLETED:
            return self._say(string_ids.FOUND_COMPLETED, name=self._name)
        return self._say(string_ids.FOUND_IN_LIST, name=self._name)

    def _of_several(self, watched: int, episodes: int) -> str:
        return self._say(
            string_ids.FOUND_EPISODES,
            name=self._name,
            watched=str(watched),
            episodes=str(episodes),
        )

    def _of_one(self, watch: Watch | None) -> str:
        if watch is None:
            return self._say(string_ids.FOUND_NOT_WATCHED, name=self._name)
        local = datetimes.for_kodi(watch.at) if watch.at else None
        if local is None:
            return self._say(string_ids.FOUND_WATCHED_ONCE, name=self._name)
        return self._say(string_ids.FOUND_WATCHED, name=self._name, date=self._date(local))
