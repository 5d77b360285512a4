"""Which film or episodes the video is that plays, where that is as certain as for a tick.

Of the library it is what its id says; of another add-on's row what the row said in its list, what
the playing item says itself, and then the ids that the add-on left on the home window; of a file
what its name says. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.lists.dbids import with_library
from lib.ticks.due import EPISODE, FILM
from lib.titles.addon_row import addon_row_of
from lib.titles.identify import Identity
from lib.titles.locations import without_login
from lib.titles.paths import addon_of
from lib.titles.rows import NonLibraryRow
from lib.titles.title import MOVIE, SHOW, Title, clean_ids

if TYPE_CHECKING:
    from lib.sending.home_ids import HomeIds
    from lib.sending.player import PlayingItem
    from lib.storage.removed_ticks import Key
    from lib.ticks.library import Library

LIBRARY, ADDON, FILE = "library", "add-on", "file"

_LABELS = {
    "type": "DBTYPE",
    "id": "DBID",
    "title": "Title",
    "label": "Label",
    "showtitle": "TVShowTitle",
    "season": "Season",
    "episode": "Episode",
    "year": "Year",
    "imdbnumber": "IMDBNumber",
}
"""What `Player.GetItem` calls the labels of a row."""


@dataclass(frozen=True)
class WhatPlays:
    """title: the film, or the series of the episodes. episodes: season and number of each that the
    file holds; none of a film. name: of the film or the series, as it is shown. source: LIBRARY,
    ADDON or FILE. path: what Kodi keeps its tick under.
    """

    title: Title
    episodes: tuple[tuple[int, int], ...]
    name: str
    source: str
    path: str

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Season and number of each episode; of a film -1 and -1, once."""
        return self.episodes or ((-1, -1),)

    def label(self, season: int, episode: int) -> str:
        """As it is shown: "Heat (1995)", "Dark 2x03"."""
        return self.name if episode < 0 else f"{self.name} {season}x{episode:02}"


class Identifying:
    def __init__(
        self,
        library: Library,
        listed: Callable[[NonLibraryRow], Identity | None],
        home_ids: HomeIds,
    ) -> None:
        """listed: what a row is that is not of the library, by what the open list says of it."""
        self._library = library
        self._listed = listed
        self._home_ids = home_ids

    def is_announced_as(self, key: Key | None, item: PlayingItem) -> bool:
        """Whether what plays is the video that was announced, and not the next one already.

        key: None for one that is not of the library. Of a file with several episodes Kodi announces
        the one that was chosen, and `Player.GetItem` names the first (20.1).
        """
        if key is None or key == key_of(item.details):
            return key == key_of(item.details)
        video = self._library.videos([key]).get(key)
        return video is not None and video.file == item.path

    def what_plays(self, item: PlayingItem) -> WhatPlays | None:
        """None where it is not certain: an add-on may say it a little later."""
        if addon_of(item.path):
            return self._of_addon(item)
        if item.path != item.details.get("file"):
            return None  # a trailer from the library, which has all that the film has
        key = key_of(item.details)
        if key is not None:
            return self._of_library(key, item)
        if item.details.get("type") != "unknown":
            return None  # live television, a recording, a music video
        row = NonLibraryRow(without_login(item.path), {}, 0, is_begun=False)
        return _found(self._listed(row), item, FILE)

    def _of_library(self, key: Key, item: PlayingItem) -> WhatPlays | None:
        kind, dbid = key
        title, season, _ = self._library.place(kind, dbid)
        if title is None:
            return None
        if kind == FILM:
            return _found(Identity(title), item, LIBRARY)
        series = self._library.belongs_to(kind, dbid)[0]
        episodes = self._library.episodes(series, season)
        files = {video.dbid: video.file for video in episodes}
        of_file = [video for video in episodes if video.file == files.get(dbid)]
        places = tuple(sorted((video.season, video.episode) for video in of_file))
        return _found(Identity(title, places), item, LIBRARY) if places else None

    def _of_addon(self, item: PlayingItem) -> WhatPlays | None:
        row = NonLibraryRow(item.path, _labels(item.details), 0, is_begun=False)
        listed = with_library([row], [self._listed(row)], self._library)[0]
        return _found(listed or self._by_home_ids(row, item.details), item, ADDON)

    def _by_home_ids(self, row: NonLibraryRow, details: Mapping[str, Any]) -> Identity | None:
        said = addon_row_of(row)
        if said is None:
            return None  # by its own words neither a film nor an episode
        if said.kind == FILM:
            ids, own = self._home_ids.ids(-1, -1), clean_ids(details.get("uniqueid"))
            is_another = any(own.get(kind, value) != value for kind, value in ids.items())
            return Identity(_title(MOVIE, ids)) if ids and not is_another else None
        if said.season is None or not said.episode:
            return None
        ids = self._home_ids.ids(said.season, said.episode)
        return Identity(_title(SHOW, ids), ((said.season, said.episode),)) if ids else None


def key_of(said: Mapping[str, Any]) -> Key | None:
    """Media type and library id of a film or an episode that Kodi names; None where it has none."""
    kind, dbid = said.get("type"), said.get("id")
    if kind in (FILM, EPISODE) and isinstance(dbid, int) and dbid > 0:
        return str(kind), dbid
    return None


def _title(kind: str, ids: Mapping[str, str]) -> Title:
    return Title(kind, tuple(sorted(ids.items())))


def _found(identity: Identity | None, item: PlayingItem, source: str) -> WhatPlays | None:
    if identity is None:
        return None
    title, details = identity.title, item.details
    name = str(details.get("showtitle" if identity.episodes else "title") or "")
    name, year = name or title.name or str(details.get("label") or ""), details.get("year")
    if not identity.episodes:
        year = title.year or (year if isinstance(year, int) and year > 1880 else None)
        name = f"{name} ({year})" if year and f"({year})" not in name else name
    return WhatPlays(title, identity.episodes, name, source, item.path)


def _labels(details: Mapping[str, Any]) -> dict[str, str]:
    """The labels of the row that was played, as its list would have shown them."""
    said = {label: details.get(name) for name, label in _LABELS.items()}
    for kind, value in _mapping(details.get("uniqueid")).items():
        said[f"UniqueID({kind})"] = value
    for name, value in _mapping(details.get("customproperties")).items():
        said[f"Property({name})"] = value
    return {label: str(value) for label, value in said.items() if value not in (None, "", -1)}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
