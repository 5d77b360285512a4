"""What Kodi's library says of films, series and episodes: values, and how replies are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, NamedTuple

from lib.ticks.due import Video
from lib.titles.datetimes import checked_kodi_time

if TYPE_CHECKING:
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
    """name: as the library has it. title: None where Simkl cannot be asked about it. year: None
    where it is not known.
    """

    name: str
    title: Title | None
    year: int | None = None

    @property
    def label(self) -> str:
        """As it is shown: "Heat (1995)"."""
        return f"{self.name} ({self.year})" if self.year else self.name


class NamedEpisode(NamedTuple):
    """show: the title of its series. series: Kodi's tvshowid."""

    show: str
    season: int
    number: int
    series: int

    @property
    def label(self) -> str:
        """As it is shown: "Dark 2x03"."""
        return f"{self.show} {self.season}x{self.number:02}"


class SeasonCount(NamedTuple):
    """Numbers of episodes in the library."""

    episodes: int
    watched: int


def video_from(kind: str, dbid: object, details: Mapping[str, Any]) -> Video | None:
    """The video behind JSON-RPC details; None where they name no file."""
    file, playcount = details.get("file"), details.get("playcount")
    if not isinstance(dbid, int) or not isinstance(file, str) or not file:
        return None
    return Video(
        kind,
        dbid,
        file,
        playcount if isinstance(playcount, int) else 0,
        checked_kodi_time(details.get("lastplayed")),
        *(whole_from(details, name) for name in ("tvshowid", "season", "episode")),
    )


def whole_from(details: Mapping[str, Any], name: str) -> int:
    value = details.get(name)
    return value if isinstance(value, int) else -1
