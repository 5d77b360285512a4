"""What Kodi's library knows as watched, asked by title through JSON-RPC."""

from __future__ import annotations

from typing import Any, NamedTuple

from .process import Process

_COMMON = ["title", "file", "playcount", "lastplayed", "resume", "uniqueid"]


class Watched(NamedTuple):
    """`lastplayed` is Kodi's local time ("2026-01-31 20:15:00") or ""; `resume` in seconds."""

    playcount: int
    lastplayed: str
    resume: float


class Collection(Process):
    """The library of a Kodi. Every question raises LookupError for a title that is not there."""

    def films(self) -> list[dict[str, Any]]:
        found = self.rpc("VideoLibrary.GetMovies", properties=[*_COMMON, "year", "premiered"])
        return list(found.get("movies", []))

    def series(self) -> list[dict[str, Any]]:
        kept = [name for name in _COMMON if name != "resume"]
        found = self.rpc(
            "VideoLibrary.GetTVShows", properties=[*kept, "year", "episode", "watchedepisodes"]
        )
        return list(found.get("tvshows", []))

    def episodes(self, title: str | None = None) -> list[dict[str, Any]]:
        """Episodes of one series, or of all; by season and number."""
        scope = {} if title is None else {"tvshowid": one(self.series(), title=title)["tvshowid"]}
        found = self.rpc(
            "VideoLibrary.GetEpisodes",
            properties=[*_COMMON, "season", "episode", "showtitle", "tvshowid"],
            **scope,
        )
        return sorted(
            found.get("episodes", []), key=lambda e: (e["showtitle"], e["season"], e["episode"])
        )

    def film(self, title: str) -> dict[str, Any]:
        return one(self.films(), title=title)

    def episode(self, title: str, season: int, number: int) -> dict[str, Any]:
        return one(self.episodes(title), season=season, episode=number)

    def watched(self, title: str, season: int | None = None, number: int = 0) -> Watched:
        """Of a film, or with season and number of an episode."""
        row = self.film(title) if season is None else self.episode(title, season, number)
        return Watched(row["playcount"], row["lastplayed"], row["resume"]["position"])


def one(rows: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    """The first row that has the wanted values."""
    for row in rows:
        if all(row[key] == value for key, value in wanted.items()):
            return row
    raise LookupError(f"{wanted} is not in the library")
