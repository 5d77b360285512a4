"""Reads the list in focus: which list it is, and what its rows say of themselves.

Labels come through a function that is handed in, so this knows no Kodi. Row numbers are those of
`Container.ListItemAbsolute(n)`; row 0 may be "..", which has no media type (docs/kodi.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable, Mapping, NamedTuple, Sequence

from lib.paths import addon_of

MOVIE, TVSHOW, SEASON, EPISODE = "movie", "tvshow", "season", "episode"
_KINDS = (MOVIE, TVSHOW, SEASON, EPISODE)


class Spot(NamedTuple):
    """A list as it can be told from another.

    size: number of rows, ".." included. hides_watched: it drops a row that is ticked as soon as
    Kodi loads it again.
    """

    path: str
    size: int
    hides_watched: bool


NOWHERE = Spot("", 0, hides_watched=False)


@dataclass(frozen=True)
class Row:
    """A row of the library.

    kind: one of the four. dbid: its id in the library. title: as the library has it.
    series: Kodi's tvshowid, of the row itself or of what it belongs to; -1 for a film.
    season: of an episode; None where the row names none. is_ticked: as it is drawn.
    """

    kind: str
    dbid: int
    title: str
    series: int
    season: int | None
    is_ticked: bool


@dataclass(frozen=True)
class Listed:
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


class Screen:
    def __init__(
        self,
        label: Callable[[str], str],
        condition: Callable[[str], bool],
        unwatched: Callable[[], str],
    ) -> None:
        """unwatched: Kodi's word for its filter that hides what is watched."""
        self._label = label
        self._condition = condition
        self._unwatched = unwatched

    def spot(self) -> Spot:
        """The list that is open in a media window; NOWHERE in any other window."""
        path = self._label("Container.FolderPath")
        if not path:
            return NOWHERE
        size = _number(self._label("Container.NumAllItems"), 0)
        return Spot(path, size, self._label("Control.GetLabel(10)") == self._unwatched())

    def positions(self, size: int) -> list[int]:
        """Every row's number but that of "..", those nearest to the focus first."""
        focus = _number(self._label("Container.CurrentItem"), 0)
        has_way_up = _number(self._label("Container.NumItems"), size) == size - 1
        return sorted(range(int(has_way_up), size), key=lambda position: abs(position - focus))

    def sample(self, size: int, name: str) -> list[str]:
        """A label of a few rows, to see whether the rows are still the same."""
        return [self._item(position, name) for position in (1, size // 2, size - 1)]

    def rows(self, positions: Iterable[int]) -> list[Row]:
        """The rows of the library among these, in the same order."""
        found = (self._row(position) for position in positions)
        return [row for row in found if row is not None]

    def listed(self, positions: Iterable[int], labels: Sequence[str]) -> list[Listed]:
        """The videos among these rows that are not of the library, in the same order."""
        found = (self._listed(position, labels) for position in positions)
        return [row for row in found if row is not None]

    def states(self, positions: Iterable[int]) -> dict[str, tuple[int, bool]]:
        """How rows stand now, by path: the playcount as it is drawn, and whether it was begun."""
        return {
            self._item(position, "FileNameAndPath"): (
                self._number_of(position, "PlayCount"),
                self._number_of(position, "PercentPlayed") > 0,
            )
            for position in positions
        }

    def _listed(self, position: int, labels: Sequence[str]) -> Listed | None:
        path = self._item(position, "FileNameAndPath")
        is_addons = addon_of(path) != ""
        # Another add-on's row may carry any DBID; elsewhere it is the library's.
        if not path or path[-1] in "/\\" or (self._item(position, "DBID") and not is_addons):
            return None
        if self._condition(f"Container.ListItemAbsolute({position}).IsFolder"):
            return None
        said = {name: self._item(position, name) for name in labels}
        if self._item(position, "FileNameAndPath") != path:
            return None  # Kodi has changed the list meanwhile
        return Listed(
            path,
            {name: text for name, text in said.items() if text},
            self._number_of(position, "PlayCount"),
            self._number_of(position, "PercentPlayed") > 0,
        )

    def _row(self, position: int) -> Row | None:
        kind = self._item(position, "DBTYPE")
        dbid = _number(self._item(position, "DBID"), -1)
        if kind not in _KINDS or dbid < 1:
            return None
        series = -1
        if kind in (SEASON, EPISODE):
            series = _number(self._item(position, "TvShowDBID"), -1)
            if series < 1:
                return None
        season = _number(self._item(position, "Season"), -1)
        if kind == SEASON and season < 0:
            return None  # "* All seasons": its DBID is the series', not a season's
        return Row(
            kind,
            dbid,
            self._item(position, "Title"),
            dbid if kind == TVSHOW else series,
            season if kind == EPISODE and season >= 0 else None,
            self._number_of(position, "PlayCount") > 0,
        )

    def _number_of(self, position: int, name: str) -> int:
        return _number(self._item(position, name), 0)

    def _item(self, position: int, name: str) -> str:
        return self._label(f"Container.ListItemAbsolute({position}).{name}")


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else default
