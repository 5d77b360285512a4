"""A Kodi of a few films and series in memory, for what no real one can do a thousand times over.

It answers what this add-on asks of the library and of a list of it, as Kodi 20.1 does
(docs/kodi.md). Whether Kodi does is tested in tests/kodi/; here the order of things is.
"""

from __future__ import annotations

import json
import re
import sys
import types
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping
from unittest.mock import MagicMock

MOVIE, TVSHOW, EPISODE = "movie", "tvshow", "episode"
FILMS, SERIES = "videodb://movies/titles/", "videodb://tvshows/titles/"
FILES = "/media/files/"
ADDONS = ("plugin://plugin.video.films/list/", "plugin://plugin.video.films/more/")
UNWATCHED = "a word"
_ITEM = re.compile(r"Container\.ListItemAbsolute\((\d+)\)\.(.+)$")
_DETAILS = re.compile(r"VideoLibrary\.(Get|Set)(Movie|TVShow|Episode)Details$")
_STILL = "System.IdleTime(1) + !System.HasActiveModalDialog"
_HOLDS = {
    "Window.IsActive(videos)",
    "!System.IdleTime(60)",
    "!Window.IsActive(home) | System.IdleTime(2)",
    "!Container.IsUpdating + !System.HasActiveModalDialog",
    "Window.IsActive(home) + !Container.IsUpdating + !System.HasActiveModalDialog",
}


@dataclass
class Entry:
    """A film, a series or an episode. tmdb: of the film or the series.

    dbid: in the library; -1 for what is not in it: a plain file, or a row of another add-on.
    """

    kind: str
    dbid: int
    title: str
    tmdb: int
    file: str = ""
    playcount: int = 0
    lastplayed: str = ""
    series: int = -1
    season: int = -1
    episode: int = -1

    def told(self, field: str) -> str:
        """What a rule goes by. Errors: KeyError for a field that none asks for."""
        return {"title": self.title, "filename": Path(self.file).name}[field]

    @property
    def is_addons(self) -> bool:
        return self.file.startswith("plugin:")

    @property
    def details(self) -> dict[str, Any]:
        return {
            self.kind + "id": self.dbid,
            "title": self.title,
            "year": 1990,
            "uniqueid": {"tmdb": str(self.tmdb)},
            "file": self.file,
            "playcount": self.playcount,
            "lastplayed": self.lastplayed,
            "tvshowid": self.series if self.kind == EPISODE else self.dbid,
            "season": self.season,
            "episode": self.episode,
        }


@dataclass
class KodiInMemory:
    """written: hears of each write by file, before it is made: entry, playcount, lastplayed.

    dated: hears of each date that is set by library id.
    """

    written: Callable[[Entry, int, str], None]
    dated: Callable[[Entry, str], None]
    entries: dict[tuple[str, int], Entry] = field(default_factory=dict)
    others: list[Entry] = field(default_factory=list)
    """What is not in the library."""
    hides_watched: bool = False
    is_still: bool = True
    events: deque[tuple[str, dict[str, Any]]] = field(default_factory=deque)
    path: str = ""
    rows: list[Entry] = field(default_factory=list)
    """Of the list that is open."""
    focus: int = 1
    """The row that has it, as Kodi counts them, from 1. In sight are those beside it."""
    blank: set[str] = field(default_factory=set)
    """Files of those that have lost their words, until the list is loaded again."""
    lost: set[str] = field(default_factory=set)
    """The same of films of the library, which can be mended one by one, too."""
    loads: int = 0
    """How often the list that is open was loaded by the add-on."""

    # -- what a person and Kodi do --

    def add(self, entry: Entry) -> None:
        self.entries[entry.kind, entry.dbid] = entry

    def remove(self, entry: Entry) -> None:
        del self.entries[entry.kind, entry.dbid]
        self.events.append(("VideoLibrary.OnRemove", {"type": entry.kind, "id": entry.dbid}))

    def of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries.values() if entry.kind == kind]

    @property
    def videos(self) -> list[Entry]:
        return [*self.of_kind(MOVIE), *self.of_kind(EPISODE), *self.others]

    def open(self, path: str) -> None:
        self.path, self.focus = path, 1
        self.load()

    @property
    def in_sight(self) -> list[Entry]:
        return self.rows[max(self.focus - 2, 0) : self.focus + 1]

    def load(self) -> None:
        """Kodi loads the list that is open again."""
        self.rows = []
        self.blank.clear()
        self.lost.clear()
        if self.path in (FILMS, SERIES):
            self.rows = self.of_kind(MOVIE if self.path == FILMS else TVSHOW)
        elif self.path in (FILES, *ADDONS):
            self.rows = [each for each in self.others if each.is_addons == (self.path != FILES)]
        elif self.path:
            series = int(self.path[len(SERIES) :].split("/", maxsplit=1)[0])
            self.rows = [each for each in self.of_kind(EPISODE) if each.series == series]
        if self.hides_watched:
            self.rows = [row for row in self.rows if not row.playcount]

    # -- what xbmc has --

    def label(self, name: str) -> str:
        item = _ITEM.match(name)
        if item:
            return self._row(int(item[1]), item[2])
        count = str(len(self.rows)) if self.path else ""
        return {
            "System.CurrentWindow": "Videos",
            "Container.FolderPath": self.path,
            "Container.NumAllItems": count,
            "Container.NumItems": count,
            "Container.CurrentItem": str(self.focus),
            "Container.NumPages": "99",  # of one row each
            "Control.GetLabel(10)": UNWATCHED if self.hides_watched else "",
        }.get(name, "")

    def _row(self, position: int, name: str) -> str:
        if position >= len(self.rows):
            return ""
        row = self.rows[position]
        return (self._said_of_other(row) if row.dbid < 0 else self._said(row)).get(name, "")

    def _said(self, row: Entry) -> dict[str, str]:
        if row.file in self.lost:
            return {"FileNameAndPath": row.file, "PlayCount": _count(row)}
        return {
            "FileNameAndPath": row.file if row.kind == MOVIE else "",
            "DBTYPE": row.kind,
            "DBID": str(row.dbid),
            "TvShowDBID": str(row.series) if row.kind == EPISODE else "",
            "Season": str(row.season) if row.kind == EPISODE else "",
            "Title": row.title,
            "PlayCount": _count(row),
        }

    def _said_of_other(self, row: Entry) -> dict[str, str]:
        kept = {"FileNameAndPath": row.file, "PlayCount": _count(row), "Size": "1 B"}
        if not row.is_addons or row.file in self.blank:
            return kept
        said = {"DBTYPE": row.kind, "Title": row.title, "Property(IsPlayable)": "true", **kept}
        if row.kind == MOVIE:
            return {**said, "UniqueID(tmdb)": str(row.tmdb)}
        place = {"Season": str(row.season), "Episode": str(row.episode)}
        return {**said, **place, "UniqueID(tvshow.tmdb)": str(row.tmdb)}

    def run(self, method: str, params: Mapping[str, Any]) -> Any:
        """The result of a JSON-RPC call. Errors: KeyError for what the library does not have."""
        details = _DETAILS.match(method)
        if details:
            kind = details[2].lower()
            entry = self.entries[kind, params[kind + "id"]]
            if details[1] == "Set":
                return self._set(entry, params)
            return {kind + "details": entry.details}
        calls: dict[str, Callable[[], Any]] = {
            "Files.GetSources": lambda: {"sources": [{"file": "/media/"}]},
            "Files.GetFileDetails": lambda: {"filedetails": self._file(params["file"])},
            "Files.SetFileDetails": lambda: self._set_file(params),
            "VideoLibrary.GetMovies": lambda: self._list(MOVIE, params),
            "VideoLibrary.GetTVShows": lambda: self._list(TVSHOW, params),
            "VideoLibrary.GetEpisodes": lambda: self._list(EPISODE, params),
            "VideoLibrary.GetSeasons": lambda: self._seasons(params["tvshowid"]),
        }
        return calls[method]()

    def _list(self, kind: str, params: Mapping[str, Any]) -> dict[str, Any]:
        found = self.of_kind(kind)
        if "filter" in params:
            field, value = params["filter"]["field"], params["filter"]["value"]
            found = [each for each in found if each.told(field) in value]
        for name in ("tvshowid", "season"):
            if name in params:
                found = [each for each in found if each.details[name] == params[name]]
        return {kind + "s": [each.details for each in found]}

    def _seasons(self, series: int) -> dict[str, Any]:
        episodes = [each for each in self.of_kind(EPISODE) if each.series == series]
        return {
            "seasons": [
                {
                    "season": season,
                    "episode": sum(each.season == season for each in episodes),
                    "watchedepisodes": sum(
                        each.season == season and each.playcount > 0 for each in episodes
                    ),
                }
                for season in sorted({each.season for each in episodes})
            ]
        }

    def _file(self, file: str) -> dict[str, Any]:
        entry = next(entry for entry in self.videos if entry.file == file)
        details = {"playcount": entry.playcount, "lastplayed": entry.lastplayed}
        return details if entry.dbid < 0 else {**details, "id": entry.dbid, "type": entry.kind}

    def _set_file(self, params: Mapping[str, Any]) -> str:
        if "playcount" in params:
            for entry in self.videos:
                if entry.file == params["file"]:
                    self.written(entry, params["playcount"], params["lastplayed"])
                    entry.playcount = params["playcount"]
                    entry.lastplayed = params["lastplayed"]
                    if entry.is_addons and entry in self.rows:
                        self.blank.add(entry.file)
                    elif entry.kind == MOVIE and entry.dbid > 0 and entry in self.rows:
                        self.lost.add(entry.file)
        return "OK"

    def _set(self, entry: Entry, params: Mapping[str, Any]) -> str:
        lastplayed = params.get("lastplayed", entry.lastplayed)
        self.lost.discard(entry.file)
        if lastplayed != entry.lastplayed:
            self.dated(entry, lastplayed)
            entry.lastplayed = lastplayed
            update = {"item": {"type": entry.kind, "id": entry.dbid}}
            self.events.append(("VideoLibrary.OnUpdate", update))
        return "OK"


def _count(row: Entry) -> str:
    return str(row.playcount) if row.playcount else ""


class Door:
    """In place of `xbmc`: whichever Kodi is there at the moment."""

    Monitor = object
    LOGINFO = LOGDEBUG = 0
    kodi: KodiInMemory

    def getInfoLabel(self, name: str) -> str:  # noqa: N802
        return self.kodi.label(name)

    def getCondVisibility(self, expression: str) -> bool:  # noqa: N802
        return expression in _HOLDS or (self.kodi.is_still and expression == _STILL)

    def getLocalizedString(self, _: int) -> str:  # noqa: N802
        return UNWATCHED

    def executebuiltin(self, command: str) -> None:
        if command == "Container.Refresh":
            self.kodi.loads += 1
            self.kodi.load()

    def getGlobalIdleTime(self) -> int:  # noqa: N802
        return 1 if self.kodi.is_still else 0

    def executeJSONRPC(self, words: str) -> str:  # noqa: N802
        return json.dumps([self._reply(**call) for call in json.loads(words)])

    def _reply(self, method: str, params: Mapping[str, Any], **told: Any) -> dict[str, Any]:
        try:
            return {"id": told["id"], "result": self.kodi.run(method, params)}
        except KeyError:
            return {"id": told["id"], "error": {"code": -32602}}

    def log(self, *_: object) -> None:
        pass


XBMC = Door()


def install() -> None:
    """Have `lib.kodi` find this Kodi. To be called before it is imported."""
    windows = MagicMock()
    windows.WindowXMLDialog = windows.WindowXML = object
    six = types.ModuleType("kodi_six")
    six.xbmc, six.xbmcgui = XBMC, windows  # type: ignore[attr-defined]
    six.xbmcaddon, six.xbmcvfs = MagicMock(), MagicMock()  # type: ignore[attr-defined]
    sys.modules["kodi_six"] = six
