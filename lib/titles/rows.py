"""The rows of a list as Kodi's window has them, and which list it is: values, no reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, NamedTuple
from urllib.parse import unquote

from lib.titles.locations import without_login

MOVIE, TVSHOW, SEASON, EPISODE, SET = "movie", "tvshow", "season", "episode", "set"
"""Kodi's media types."""


class OpenList(NamedTuple):
    """A list as it can be told from another.

    size: number of rows, ".." included. hides_watched: it may drop a row that is ticked, or put it
    elsewhere, as soon as Kodi loads it again.
    """

    path: str
    size: int
    hides_watched: bool


NO_LIST = OpenList("", 0, hides_watched=False)


@dataclass(frozen=True)
class LibraryRow:
    """A row of the library.

    kind: one of the five. dbid: its id in the library. title: as the library has it.
    series: Kodi's tvshowid, of the row itself or of what it belongs to; -1 for a film or a set.
    season: of an episode; None where the row names none. is_ticked: as it is drawn.
    file: of a film, what Kodi keeps the row's tick under; "" where the row does not tell.
    """

    kind: str
    dbid: int
    title: str
    series: int
    season: int | None
    is_ticked: bool
    file: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Media type and library id."""
        return self.kind, self.dbid


@dataclass(frozen=True)
class NonLibraryRow:
    """A row that is not of the library: of another add-on, or a plain file.

    path: what Kodi keeps its tick under. labels: those that were asked for and say something.
    playcount: as it is drawn. is_begun: it has a resume point.
    """

    path: str
    labels: Mapping[str, str]
    playcount: int
    is_begun: bool

    @property
    def is_ticked(self) -> bool:
        return self.playcount > 0


def is_same_file(shown: str, file: str) -> bool:
    """Whether a row shows a file of the library: on the screen Kodi leaves out a login."""
    return unquote(without_login(shown)) == unquote(without_login(file))


def whole(text: str, default: int = -1) -> int:
    """The number that a label says."""
    return int(text) if text.isdecimal() and len(text) < 10 else default
