"""What `GET /sync/activities` says: when watched state last moved. Knows neither of the doors."""

from __future__ import annotations

from typing import Mapping

from lib.titles.datetimes import from_simkl
from lib.titles.title import MOVIE, SHOW

# Simkl keeps anime apart; whether a series is one is not known before it is asked about.
_DOMAINS = {MOVIE: ("movies",), SHOW: ("tv_shows", "anime")}
# A rating, or a stop in the middle, moves these and changes nothing that is drawn.
_NOT_WATCHED_STATE = {"all", "rated_at", "playback"}


def moved_at(answer: Mapping[str, object]) -> dict[str, str]:
    """The latest move of each kind of title, as Simkl wrote it; "" where nothing ever moved."""
    return {
        kind: max([moment for domain in domains for moment in _moments(answer.get(domain))])[1]
        for kind, domains in _DOMAINS.items()
    }


def _moments(domain: object) -> list[tuple[float, str]]:
    """When each list of a domain moved, with the words for it."""
    told = domain if isinstance(domain, Mapping) else {}
    lists = [words for name, words in told.items() if name not in _NOT_WATCHED_STATE]
    found = [(from_simkl(words), words) for words in lists]
    never = (float("-inf"), "")
    return [never] + [(at.timestamp(), str(words)) for at, words in found if at is not None]
