"""Kodi's own lists on the home screen: what they are made of gets its ticks soon after the start.

They are read from the library, not from the screen: each skin shows them in its own way. What
follows is the visit of a list that nobody sees the rows of. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Mapping, Sequence

from lib.library import entries_of
from lib.screen import EPISODE, MOVIE, Row, Screen, Spot
from lib.visit import Visit
from lib.write import Writer

if TYPE_CHECKING:
    from lib.house import House
    from lib.library import Batch
    from lib.ticks import Tick

# Of each list: the default skin shows 15 to 25, and all four together are one question to Simkl.
_MOST = 25
_FEW = {"limits": {"end": _MOST}}
_IN_PROGRESS = {"field": "inprogress", "operator": "true", "value": ""}
_UNWATCHED = {"field": "playcount", "operator": "is", "value": "0"}
_FILM = ["title", "playcount"]
_EPISODE = ["title", "playcount", "tvshowid", "season"]


class HomeLists(Visit):
    """The visit of these lists. House: the rooms that any visit goes through."""

    def __init__(self, rows: Sequence[Row], house: House) -> None:
        screen, writer = _Rows(rows), _Unseen(house.writer)
        nowhere = Spot("", len(rows), hides_watched=False)
        super().__init__(nowhere, house._replace(screen=screen, writer=writer))

    @property
    def waits_for_stillness(self) -> bool:
        """Never: Kodi loads these lists by itself, once what was written is announced."""
        return False


def rows_on_home(batch: Batch) -> list[Row]:
    """Videos without a tick: recently added, begun, and next of the series in progress."""
    begun = {"properties": _FILM, "filter": _IN_PROGRESS, **_FEW}
    added, going_on, new_episodes, series = batch(
        [
            ("VideoLibrary.GetRecentlyAddedMovies", {"properties": _FILM, **_FEW}),
            ("VideoLibrary.GetMovies", begun),
            ("VideoLibrary.GetRecentlyAddedEpisodes", {"properties": _EPISODE, **_FEW}),
            ("VideoLibrary.GetInProgressTVShows", _FEW),
        ]
    )
    next_ones = batch(
        [
            ("VideoLibrary.GetEpisodes", _next_of(each.get("tvshowid")))
            for each in entries_of(series, "tvshows")
        ]
    )
    films = [*entries_of(added, "movies"), *entries_of(going_on, "movies")]
    episodes = [
        entry for reply in (new_episodes, *next_ones) for entry in entries_of(reply, "episodes")
    ]
    rows = [*map(_film, films), *map(_episode, episodes)]
    return list({(row.kind, row.dbid): row for row in rows if row is not None}.values())


def _next_of(series: object) -> dict[str, object]:
    order = {"method": "episode", "order": "ascending"}
    first = {"limits": {"end": 1}, "sort": order, "filter": _UNWATCHED}
    return {"tvshowid": series, "properties": _EPISODE, **first}


def _film(entry: Mapping[str, object]) -> Row | None:
    dbid = entry.get("movieid")
    if not isinstance(dbid, int) or entry.get("playcount") != 0:
        return None
    return Row(MOVIE, dbid, str(entry.get("title", "")), -1, None, is_ticked=False)


def _episode(entry: Mapping[str, object]) -> Row | None:
    dbid, series, season = (entry.get(name) for name in ("episodeid", "tvshowid", "season"))
    if not (isinstance(dbid, int) and isinstance(series, int) and isinstance(season, int)):
        return None
    if entry.get("playcount") != 0:
        return None
    return Row(EPISODE, dbid, str(entry.get("title", "")), series, season, is_ticked=False)


class _Rows(Screen):
    """In place of the screen."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__(lambda _: "", lambda _: False, lambda: "")
        self._rows = rows

    def rows(self, positions: Iterable[int]) -> list[Row]:
        return [self._rows[position] for position in positions]


class _Unseen(Writer):
    """In place of the writer: what it writes is announced by the backlog, once for all."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def look_anew(self) -> None:
        self._writer.look_anew()

    def accepts(self, file: str) -> bool:
        return self._writer.accepts(file)

    def write(self, ticks: Sequence[Tick]) -> list[Tick]:
        self._writer.write_unseen(ticks)
        return []
