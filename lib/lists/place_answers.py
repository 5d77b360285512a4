"""What Simkl's answers say of one row: a film, a series, a season or an episode.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.simkl.answers import Series
from lib.simkl.asks import EPISODES, PLAIN, Ask
from lib.storage.answer_cache import completed, left_open
from lib.titles.title import MOVIE

if TYPE_CHECKING:
    from lib.simkl.answers import Answer, EpisodeKey, Watch
    from lib.storage.answer_cache import Known
    from lib.titles.title import Place, Title


def ask_about(title: Title) -> Ask:
    """The question whose answer says all of a film, or of a series with its episodes."""
    return Ask(title, PLAIN if title.kind == MOVIE else EPISODES)


def answer_about(
    title: Title, place: Place, known_of: Callable[[Ask], Known | None]
) -> tuple[Known | None, list[Ask]]:
    """What is known of a row, or None and what is to be asked for it.

    An episode that its series' answer does not list is asked about singly.
    """
    ask = ask_about(title)
    known = known_of(ask)
    if known is None:
        return None, [ask]
    if place.episode < 0:
        return known, []
    asks = left_open(known, [(place.season, place.episode)])
    singles = [known_of(each) for each in asks]
    if not all(singles):
        return None, asks
    return completed(known, singles), []


def watches_of(place: Place, answer: Answer) -> dict[EpisodeKey, Watch | None]:
    """The episodes that an answer lists of a series, a season, or of one episode."""
    told = answer.episodes if isinstance(answer, Series) else None
    return {
        (season, episode): watch
        for (season, episode), watch in (told or {}).items()
        if place.season in (-1, season) and place.episode in (-1, episode)
    }
