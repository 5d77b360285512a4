"""Reads Kodi's library: what a film or series is, which files it has, how it stands with them.

JSON-RPC comes through a function that is passed in, so this knows no Kodi. Films and series are
read by their titles: one call for all costs a tenth of a call for each (docs/kodi.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Sequence, Tuple

from lib.ticks.due import EPISODE, FILM, Video
from lib.ticks.library_facts import (
    FilmFacts,
    NamedEpisode,
    NamedFilm,
    SeasonCount,
    SeriesFacts,
    video_from,
    whole_from,
)
from lib.titles.datetimes import checked_kodi_time
from lib.titles.locations import without_login
from lib.titles.title import MOVIE, SHOW, Place, title_of, year_of

if TYPE_CHECKING:
    from lib.storage.removed_ticks import Key

Batch = Callable[[Sequence[Tuple[str, Mapping[str, Any]]]], List[Any]]
"""Runs JSON-RPC calls (method, parameters) and gives their results, or errors, in their order."""

_TITLE = ["title", "year", "premiered", "uniqueid"]
_STATE = ["file", "playcount", "lastplayed"]
_PLACE = ["tvshowid", "season", "episode"]
_VIDEOS = (
    (FILM, "VideoLibrary.GetMovie", _STATE),
    (EPISODE, "VideoLibrary.GetEpisode", [*_STATE, *_PLACE]),
)


class Library:
    def __init__(self, batch: Batch, exists: Callable[[str], bool | None]) -> None:
        """exists: whether a file is there; None where its source keeps us waiting."""
        self._batch = batch
        self._exists = exists

    def films(self, wanted: Mapping[int, str]) -> dict[int, FilmFacts]:
        """Facts by movieid. wanted: movieid to title. A film that has gone is left out."""
        found = {}
        for details in self._details("VideoLibrary.GetMovie", "movie", wanted, _TITLE + _STATE):
            video = video_from(FILM, details.get("movieid"), details)
            if video is not None:
                found[video.dbid] = FilmFacts(title_of(MOVIE, details), video)
        return found

    def series(self, wanted: Mapping[int, str]) -> dict[int, SeriesFacts]:
        """Facts by tvshowid. wanted: tvshowid to title, "" where it is not known."""
        found = {}
        properties = [*_TITLE, "file"]
        for details in self._details("VideoLibrary.GetTVShow", "tvshow", wanted, properties):
            facts = SeriesFacts(title_of(SHOW, details), str(details.get("file") or ""))
            found[whole_from(details, "tvshowid")] = facts
        return found

    def place(self, kind: str, dbid: int) -> Place:
        """What a row of the library is. kind: Kodi's media type. dbid: its library id."""
        if kind == "movie":
            film = self.films({dbid: ""}).get(dbid)
            return Place(film.title if film else None)
        series, season, episode = self.belongs_to(kind, dbid)
        facts = self.series({series: ""}).get(series)
        return Place(facts.title if facts else None, season, episode)

    def belongs_to(self, kind: str, dbid: int) -> tuple[int, int, int]:
        """tvshowid, season and episode of a series, a season or an episode; -1 for all."""
        if kind == "tvshow":
            return dbid, -1, -1
        method = "VideoLibrary.GetSeason" if kind == "season" else "VideoLibrary.GetEpisode"
        properties = ["tvshowid", "season", *(["episode"] if kind == EPISODE else [])]
        found = self._details(method, kind, {dbid: ""}, properties)
        details = found[0] if found else {}
        episode = whole_from(details, "episode") if kind == EPISODE else -1
        return whole_from(details, "tvshowid"), whole_from(details, "season"), episode

    def episodes(self, series: int, season: int | None = None) -> list[Video]:
        """The episodes of a series, or of one of its seasons."""
        params = {"tvshowid": series, "properties": [*_STATE, *_PLACE]}
        if season is not None:
            params["season"] = season
        entries = self._list("VideoLibrary.GetEpisodes", params, "episodes")
        videos = (video_from(EPISODE, entry.get("episodeid"), entry) for entry in entries)
        return [video for video in videos if video is not None]

    def unwatched_of_sets(self, sets: Iterable[int]) -> dict[int, dict[int, str]]:
        """The films without a tick of each set, movieid to title, by setid."""
        wanted, films = list(sets), {"properties": ["title", "playcount"]}
        calls = [("VideoLibrary.GetMovieSetDetails", {"setid": n, "movies": films}) for n in wanted]
        replies = self._batch(calls)
        details = [each.get("setdetails") if isinstance(each, dict) else None for each in replies]
        return {
            dbid: {
                whole_from(film, "movieid"): str(film.get("title") or "")
                for film in entries_of(some, "movies")
                if film.get("playcount") == 0
            }
            for dbid, some in zip(wanted, details)
        }

    def episode_files(self, series: Iterable[int]) -> dict[int, dict[int, str]]:
        """The files of all episodes, by tvshowid and episodeid."""
        wanted = list(series)
        replies = self._batch(
            [
                ("VideoLibrary.GetEpisodes", {"tvshowid": dbid, "properties": ["file"]})
                for dbid in wanted
            ]
        )
        return {
            dbid: {
                whole_from(entry, "episodeid"): str(entry.get("file") or "")
                for entry in entries_of(reply, "episodes")
            }
            for dbid, reply in zip(wanted, replies)
        }

    def videos(self, keys: Iterable[Key]) -> dict[Key, Video]:
        """Films and episodes as they stand, by media type and library id."""
        wanted = list(keys)
        found = {}
        for kind, method, properties in _VIDEOS:
            dbids = {dbid: "" for of_kind, dbid in wanted if of_kind == kind}
            for details in self._details(method, kind, dbids, properties):
                video = video_from(kind, details.get(kind + "id"), details)
                if video is not None:
                    found[video.key] = video
        return found

    def named_films(self, dbids: Iterable[int]) -> dict[int, NamedFilm]:
        """What films are called, by movieid."""
        wanted = dict.fromkeys(dbids, "")
        return {
            whole_from(film, "movieid"): NamedFilm(
                str(film.get("title", "")), title_of(MOVIE, film), year_of(film)
            )
            for film in self._details("VideoLibrary.GetMovie", "movie", wanted, _TITLE)
        }

    def named_episodes(self, dbids: Iterable[int]) -> dict[int, NamedEpisode]:
        """What episodes are called, by episodeid."""
        wanted = dict.fromkeys(dbids, "")
        properties = ["showtitle", "season", "episode", "tvshowid"]
        return {
            whole_from(episode, "episodeid"): NamedEpisode(
                str(episode.get("showtitle", "")),
                *(whole_from(episode, name) for name in properties[1:]),
            )
            for episode in self._details("VideoLibrary.GetEpisode", "episode", wanted, properties)
        }

    def video_of(self, file: str) -> Video | None:
        """A film or an episode of the library by its file, as it stands; None for any other.

        Never of another add-on's path, as for `file_state`.
        """
        details = self._file_details(file)
        if not details:
            return self._video_named(file)
        kind, dbid = details.get("type"), details.get("id")
        if kind not in (FILM, EPISODE) or not isinstance(dbid, int):
            return None
        return self.videos([(str(kind), dbid)]).get((str(kind), dbid))

    def _video_named(self, file: str) -> Video | None:
        """The same of the database alone: the file has gone, or its source keeps us waiting."""
        name = {"field": "filename", "operator": "is", "value": re.split(r"[/\\]", file)[-1]}
        wanted = without_login(file)
        for kind, method, properties in _VIDEOS:
            params = {"properties": properties, "filter": name}
            for details in self._list(method + "s", params, kind + "s"):
                video = video_from(kind, details.get(kind + "id"), details)
                if video is not None and without_login(video.file) == wanted:
                    return video
        return None

    def file_state(self, file: str) -> tuple[int, str] | None:
        """Playcount and date of a plain file; None for one that is in the library.

        Never of another add-on's path: Kodi would have that add-on play it.
        """
        details = self._file_details(file)
        if not details or "id" in details:
            return None
        playcount = details.get("playcount")
        lastplayed = checked_kodi_time(details.get("lastplayed"))
        return playcount if isinstance(playcount, int) else 0, lastplayed

    def _file_details(self, file: str) -> Mapping[str, Any]:
        """Empty where Kodi does not tell, or would wait for the file's source."""
        if not self._exists(file):
            return {}
        asked = {"file": file, "media": "video", "properties": ["playcount", "lastplayed"]}
        reply = self._batch([("Files.GetFileDetails", asked)])[0]
        details = reply.get("filedetails") if isinstance(reply, dict) else None
        return details if isinstance(details, dict) else {}

    def season_counts(self, series: int) -> dict[int, SeasonCount]:
        """By season number, specials under 0."""
        properties = ["season", "episode", "watchedepisodes"]
        params = {"tvshowid": series, "properties": properties}
        entries = self._list("VideoLibrary.GetSeasons", params, "seasons")
        return {
            int(entry["season"]): SeasonCount(int(entry["episode"]), int(entry["watchedepisodes"]))
            for entry in entries
            if all(isinstance(entry.get(name), int) for name in properties)
        }

    def _details(
        self, method: str, kind: str, wanted: Mapping[int, str], properties: list[str]
    ) -> list[Mapping[str, Any]]:
        """The details of these, by their titles at once, and one by one where that misses."""
        found: dict[int, Mapping[str, Any]] = {}
        titles = sorted({title for title in wanted.values() if title})
        if len(titles) > 1:
            rule = {"field": "title", "operator": "is", "value": titles}
            params = {"properties": properties, "filter": rule}
            for entry in self._list(method + "s", params, kind + "s"):
                found[whole_from(entry, kind + "id")] = entry
        missed = [dbid for dbid in wanted if dbid not in found]
        calls = [
            (method + "Details", {kind + "id": dbid, "properties": properties}) for dbid in missed
        ]
        for dbid, reply in zip(missed, self._batch(calls)):
            details = reply.get(kind + "details") if isinstance(reply, dict) else None
            if isinstance(details, dict):
                found[dbid] = details
        return [found[dbid] for dbid in wanted if dbid in found]

    def _list(self, method: str, params: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        return entries_of(self._batch([(method, params)])[0], name)


def entries_of(reply: object, name: str) -> list[Mapping[str, Any]]:
    """What a reply lists under a name; nothing where it does not."""
    entries = reply.get(name) if isinstance(reply, dict) else None
    entries = entries if isinstance(entries, list) else []
    return [entry for entry in entries if isinstance(entry, dict)]
