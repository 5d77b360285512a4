"""What Kodi's library says of films, series and episodes: values, no reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lib.ticks.due import Video
    from lib.titles.title import Title


class FilmFacts(NamedTuple):
    """title: None where Simkl cannot be asked about it."""

    title: Title | None
    video: Video


class SeriesFacts(NamedTuple):
    """title: None where Simkl cannot be asked about it. folder: where its files are."""

    title: Title | None
    folder: str


class NamedFilm(NamedTuple):
    """name: as the library has it. title: None where Simkl cannot be asked about it."""

    name: str
    title: Title | None


class NamedEpisode(NamedTuple):
    """show: the title of its series. series: Kodi's tvshowid."""

    show: str
    season: int
    number: int
    series: int


class SeasonCount(NamedTuple):
    """Numbers of episodes in the library."""

    episodes: int
    watched: int
