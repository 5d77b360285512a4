"""What is said of a title that the person asked about: watched, when, how much of it.

Knows neither of the two doors: the words of a sentence come through a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.kodi import string_ids
from lib.simkl.answers import Film, Series, Watch
from lib.titles import datetimes

if TYPE_CHECKING:
    from lib.simkl.answers import Answer
    from lib.titles.title import Place

Say = Callable[..., str]
"""A sentence by its number, its {placeholders} filled by keyword."""


class CheckResult:
    """say: as kodi.text. date: Kodi's local time as the person's region writes its date."""

    def __init__(self, name: str, say: Say, date: Callable[[str], str]) -> None:
        self._name = name
        self._say = say
        self._date = date

    def sentence(self, place: Place, answer: Answer) -> str:
        """What an answer says of a film, a series, a season or an episode."""
        if isinstance(answer, Film):
            return self._of_one(answer.watch)
        told = answer.episodes if isinstance(answer, Series) else None
        watches = [
            watch
            for (season, episode), watch in (told or {}).items()
            if place.season in (-1, season) and place.episode in (-1, episode)
        ]
        if not watches:
            return self._say(string_ids.FOUND_NOTHING, name=self._name)
        if place.episode >= 0:
            return self._of_one(watches[0])
        watched, episodes = str(sum(map(bool, watches))), str(len(watches))
        return self._say(
            string_ids.FOUND_EPISODES, name=self._name, watched=watched, episodes=episodes
        )

    def _of_one(self, watch: Watch | None) -> str:
        if watch is None:
            return self._say(string_ids.FOUND_NOT_WATCHED, name=self._name)
        local = datetimes.for_kodi(watch.at) if watch.at else None
        if local is None:
            return self._say(string_ids.FOUND_WATCHED_ONCE, name=self._name)
        return self._say(string_ids.FOUND_WATCHED, name=self._name, date=self._date(local))
