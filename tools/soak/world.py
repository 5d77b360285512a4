"""What there is to browse: lists of each kind, what was watched of them, and what Kodi has."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.kodi.harness import plugin
from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import FILMS, SERIES, LivingRoom, living_room
from tests.simkl_server.catalogue import Episode, Title

_ADDON = "plugin.video.test.soak"
_FILMS, _SERIES, _SEASONS = 120, 24, {1: 10, 2: 8}
_OTHER_FILMS, _OTHER_EPISODES, _LOOSE_FILES = 60, 25, 12
_WATCHED = 0.4  # of everything, at first
_AT = "2024-03-01T20:00:00Z"


class Thing(NamedTuple):
    """A film, or an episode of a series, and where Kodi has it."""

    title: Title
    episode: Episode | None
    file: str


class World:
    def __init__(self, room: LivingRoom, things: list[Thing], dice: random.Random) -> None:
        self.room = room
        self.things = things
        self._dice = dice

    def lists(self) -> list[str]:
        """Paths of all lists."""
        seasons = [
            f"{SERIES}{row['tvshowid']}/{number}/"
            for row in self.room.kodi.series()
            for number in _SEASONS
        ]
        return [
            *(FILMS, SERIES, "videodb://movies/genres/", "videodb://recentlyaddedmovies/"),
            *("videodb://recentlyaddedepisodes/", "videodb://movies/years/"),
            *(plugin.path(_ADDON, "films"), plugin.path(_ADDON, "season")),
            f"{_loose(self.room.kodi)}/",
            *seasons,
        ]

    def watch(self, thing: Thing, at: str) -> None:
        """Have the person watch it at Simkl."""
        season, number = thing.episode or (None, None)
        self.room.simkl.person.watch(thing.title, season=season, episode=number, at=at)

    def watch_something(self, at: str) -> None:
        self.watch(self._dice.choice(self.things), at)

    def wrong_and_lost(self) -> tuple[list[str], list[str]]:
        """Files that Kodi has ticked though they were not watched, and the other way round."""
        ticked = _ticked(self.room.kodi)
        watched = {thing.file for thing in self.things if self._is_watched(thing)}
        every = {thing.file for thing in self.things}
        return sorted((ticked & every) - watched), sorted(watched - ticked)

    def _is_watched(self, thing: Thing) -> bool:
        entry = self.room.simkl.person.entry(thing.title)
        return entry is not None and thing.episode in entry.watched


@contextmanager
def world(make: Any, folder: Path, dice: random.Random) -> Iterator[World]:
    """A world with a part of it watched; its Kodi is not started."""
    rows: dict[str, dict[str, Any]] = {
        "films": {"rows": [_film_row(number) for number in range(_OTHER_FILMS)]},
        "season": {
            "rows": plugin.season(
                _ADDON, "Elsewhere", 1, range(1, _OTHER_EPISODES + 1),
                uids={"tvshow.tmdb": "90000"},
            ),
            "content": "episodes",
        },
    }  # fmt: skip
    made = plugin.plugin(folder, _ADDON, rows)
    with living_room(make, addons=[made], settings={"home": "true"}) as room:
        room.simkl.person.quota.left = 1_000_000  # an hour at random asks more than a day
        things = [*_library(room), *_elsewhere(room, rows), *_loose_files(room)]
        found = World(room, things, dice)
        for thing in things:
            if dice.random() < _WATCHED:
                found.watch(thing, _AT)
        yield found


def _library(room: LivingRoom) -> list[Thing]:
    library, things = room.new_library(), []
    for number in range(_FILMS):
        name, tmdb = f"Film {number:03}", 1000 + number
        (file,) = library.film(name, 1990 + number % 20, ids={"tmdb": str(tmdb)}, genre="Drama")
        things.append(
            Thing(room.simkl.add_film(name, 1990 + number % 20, tmdb=tmdb), None, f"{file}")
        )
    for number in range(_SERIES):
        name, tvdb = f"Series {number:02}", 5000 + number
        series = library.series(name, 2001, _SEASONS, ids={"tvdb": str(tvdb)})
        title = room.simkl.add_series(name, 2001, _SEASONS, tvdb=tvdb)
        for season, count in _SEASONS.items():
            for episode in range(1, count + 1):
                file = series / f"{name} S{season:02}E{episode:02}.mkv"
                things.append(Thing(title, (season, episode), str(file)))
    room.kodi.add_library(library)
    return things


def _elsewhere(room: LivingRoom, rows: dict[str, Any]) -> list[Thing]:
    things = []
    for row in rows["films"]["rows"]:
        film = room.simkl.add_film(row["title"], row["year"], tmdb=int(row["uids"]["tmdb"]))
        things.append(Thing(film, None, row["path"]))
    series = room.simkl.add_series("Elsewhere", 2010, {1: _OTHER_EPISODES}, tmdb=90000)
    episodes = rows["season"]["rows"]
    return things + [Thing(series, (1, row["episode"]), row["path"]) for row in episodes]


def _film_row(number: int) -> plugin.Row:
    return {
        "mediatype": "movie",
        "title": f"Other {number:02}",
        "year": 1995,
        "uids": {"tmdb": str(80000 + number)},
        "path": f"plugin://{_ADDON}/play/?film={number}",
    }


def _loose_files(room: LivingRoom) -> list[Thing]:
    folder = _loose(room.kodi)
    folder.mkdir(parents=True)
    things = []
    for number in range(_LOOSE_FILES):
        file = folder / f"Loose {number:02} (1999).mkv"
        file.touch()
        things.append(Thing(room.simkl.add_film(f"Loose {number:02}", 1999), None, str(file)))
    return things


def _loose(kodi: Kodi) -> Path:
    return kodi.home_folder.media / "loose"


def _ticked(kodi: Kodi) -> set[str]:
    """Files that Kodi's database has a playcount of: as Kodi itself would draw them."""
    file = next((kodi.home_folder.userdata / "Database").glob("MyVideos*.db"))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)) as database:
        rows = database.execute(
            "SELECT path.strPath, files.strFilename FROM files JOIN path USING (idPath)"
            " WHERE files.playCount > 0"
        ).fetchall()
    return {name if name.startswith("plugin:") else path + name for path, name in rows}
