"""What films and episodes of the library are, by their ids. Knows neither of the two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, NamedTuple

from lib.ticks.due import EPISODE, FILM
from lib.titles.title import Place

if TYPE_CHECKING:
    from lib.storage.removed_ticks import Key
    from lib.ticks.library import Library


class Found(NamedTuple):
    """file: the exact path."""

    place: Place
    file: str


def places(library: Library, keys: Iterable[Key]) -> dict[Key, Found]:
    """What is where, by media type and library id; those that have gone are left out."""
    wanted = list(keys)
    films = library.films({dbid: "" for kind, dbid in wanted if kind == FILM})
    episodes = library.videos([key for key in wanted if key[0] == EPISODE]).values()
    series = library.series({video.series: "" for video in episodes})
    found = {film.video.key: Found(Place(film.title), film.video.file) for film in films.values()}
    for video in episodes:
        facts = series.get(video.series)
        place = Place(facts.title if facts else None, video.season, video.episode)
        found[video.key] = Found(place, video.file)
    return found
