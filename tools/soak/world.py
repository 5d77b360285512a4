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
from tests.kodi.harness.media import video
from tests.simkl_server.catalogue import Episode, Title

_ADDON = "plugin.video.test.soak"
_FILMS, _SERIES, _SEASONS = 120, 24, {1: 10, 2: 8}
_OTHER_FILMS, _OTHER_EPISODES, _LOOSE_FILES = 60, 25, 12
_REAL_EVERY = 8  # films and series of the library: the other videos are empty files
_MINUTES_20 = 1200  # seconds
_WATCHED = 0.4  # of everything, at first
_AT = "2024-03-01T20:00:00Z"


class Thing(NamedTuple):
    """A film, or an episode of a series, and where Kodi has it."""

    title: Title
    episode: Episode | None
    file: str


class World:
    """things: all that there is. playable: those of them that are real videos. elsewhere: those
    that the person watched at Simkl itself.
    """

    def __init__(self, room: LivingRoom, things: list[Thing], dice: random.Random) -> None:
        self.room = room
        self.things = things
        self.playable = [thing for thing in things if _is_video(thing)]
        self.elsewhere: set[Thing] = set()
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
        self.elsewhere.add(thing)
        season, number = thing.episode or (None, None)
        self.room.simkl.person.watch(thing.title, season=season, episode=number, at=at)

    def watch_something(self, at: str) -> None:
        self.watch(self._dice.choice(self.things), at)

    def list_of(self, thing: Thing) -> str:
        """The path of the other add-on's list that has it."""
        return plugin.path(_ADDON, "season" if thing.episode else "films")

    def leave_out(self, thing: Thing) -> None:
        """Nobody knows whether it was watched: compare it no more."""
        for some in (self.things, self.playable):
            if thing in some:
                some.remove(thing)

    def playcounts(self) -> dict[str, int]:
        """Of each file that Kodi's database has one of: as Kodi itself would draw them."""
        return _playcounts(self.room.kodi)

    def wrong_and_lost(self) -> tuple[list[str], list[str]]:
        """Files that Kodi has ticked though they were not watched, and the other way round."""
        ticked = set(self.playcounts())
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
    video(made / "film.y4m", _MINUTES_20)
    settings = {"home": "true", "send": "true"}
    with living_room(make, signed_in=False, addons=[made], settings=settings) as room:
        room.sign_in(scope="media:read media:write")
        room.simkl.person.may_be_written = True
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
        if number % _REAL_EVERY == 0:
            video(file, _MINUTES_20)
    for number in range(_SERIES):
        name, tvdb = f"Series {number:02}", 5000 + number
        series = library.series(name, 2001, _SEASONS, ids={"tvdb": str(tvdb)})
        title = room.simkl.add_series(name, 2001, _SEASONS, tvdb=tvdb)
        for season, count in _SEASONS.items():
            for episode in range(1, count + 1):
                file = series / f"{name} S{season:02}E{episode:02}.mkv"
                things.append(Thing(title, (season, episode), str(file)))
                if number % _REAL_EVERY == 0:
                    video(file, _MINUTES_20)
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
        video(file, _MINUTES_20)
        things.append(Thing(room.simkl.add_film(f"Loose {number:02}", 1999), None, str(file)))
    return things


def _is_video(thing: Thing) -> bool:
    return thing.file.startswith("plugin:") or Path(thing.file).stat().st_size > 0


def _loose(kodi: Kodi) -> Path:
    return kodi.home_folder.media / "loose"


def _playcounts(kodi: Kodi) -> dict[str, int]:
    file = next((kodi.home_folder.userdata / "Database").glob("MyVideos*.db"))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)) as database:
        rows = database.execute(
            "SELECT path.strPath, files.strFilename, files.playCount FROM files"
            " JOIN path USING (idPath) WHERE files.playCount > 0"
        ).fetchall()
    return {
        name if name.startswith("plugin:") else path + name: count for path, name, count in rows
    }
