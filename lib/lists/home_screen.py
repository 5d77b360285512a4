"""Kodi's own lists on the home screen: what they are made of gets its ticks soon after the start.

They are read from the library, not from the screen: each skin shows them in its own way. What
follows is the visit of a list that nobody sees the rows of. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

from lib.lists.library_visit import LibraryVisit
from lib.lists.row_sources import GivenRows
from lib.ticks.library import entries_of
from lib.titles.rows import EPISODE, MOVIE, LibraryRow

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.ticks.library import Batch

# Of each list: the default skin shows 15 to 25, and all four together are one question to Simkl.
_MOST = 25
_FEW = {"limits": {"end": _MOST}}
_IN_PROGRESS = {"field": "inprogress", "operator": "true", "value": ""}
_UNWATCHED = {"field": "playcount", "operator": "is", "value": "0"}
_FILM = ["title", "playcount"]
_EPISODE = ["title", "playcount", "tvshowid", "season"]


def home_screen_visit(batch: Batch, deps: Dependencies) -> LibraryVisit:
    """The visit of these lists. Kodi loads them by itself, once what was written is announced.

    What is written is announced by the backlog, once for all.
    """
    return LibraryVisit(GivenRows(rows_on_home(batch)), deps, deps.writer.write_unseen)


def rows_on_home(batch: Batch) -> list[LibraryRow]:
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


def _film(entry: Mapping[str, object]) -> LibraryRow | None:
    dbid = entry.get("movieid")
    if not isinstance(dbid, int) or entry.get("playcount") != 0:
        return None
    return LibraryRow(MOVIE, dbid, str(entry.get("title", "")), -1, None, is_ticked=False)


def _episode(entry: Mapping[str, object]) -> LibraryRow | None:
    dbid, series, season = (entry.get(name) for name in ("episodeid", "tvshowid", "season"))
    if not (isinstance(dbid, int) and isinstance(series, int) and isinstance(season, int)):
        return None
    if entry.get("playcount") != 0:
        return None
    return LibraryRow(EPISODE, dbid, str(entry.get("title", "")), series, season, is_ticked=False)
