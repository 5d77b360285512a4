"""A film of Kodi 21 in several versions: one movieid, several files, a tick for each of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
LOADED = "the list is loaded again"
EXTENDED = 40401  # Kodi's number for "Extended Edition"
WATCHED, UNWATCHED = "OverlayWatched.png", "OverlayUnwatched.png"
DEFAULT, OTHER, ZULU = "Heat (1995).mkv", "Heat (1995) Extended.mkv", "Zulu (1964).mkv"

pytestmark = pytest.mark.skipif("KODI_ROOT" not in os.environ, reason="versions came with Kodi 21")


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    """Heat in two versions, and Zulu in one; both are watched."""
    with living_room(kodi_factory) as room:
        library = room.new_library()
        [heat] = library.film("Heat", 1995, ids={"tmdb": "949"})
        library.film("Zulu", 1964, ids={"tmdb": "1"})
        for name, year, number in (("Heat", 1995, 949), ("Zulu", 1964, 1)):
            room.simkl.person.watch(room.simkl.add_film(name, year, tmdb=number), at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        add_version(room, heat)
        yield room


def database(room: LivingRoom) -> sqlite3.Connection:
    [file] = (room.kodi.home_folder.userdata / "Database").glob("MyVideos*.db")
    return sqlite3.connect(file, timeout=20)


def add_version(room: LivingRoom, film: Path) -> None:
    """An extended edition, as Kodi's own dialog enters it in its database.

    In a folder of its own: Kodi remembers what it has listed of the film's.
    """
    other = film.parent.with_name("Extended") / OTHER
    other.parent.mkdir()
    other.touch()
    with closing(database(room)) as opened, opened:
        [movie] = opened.execute(
            "SELECT idMovie FROM movie JOIN files USING (idFile) WHERE strFilename = ?",
            (film.name,),
        ).fetchone()
        folder = opened.execute("INSERT INTO path (strPath) VALUES (?)", (f"{other.parent}/",))
        added = opened.execute(
            "INSERT INTO files (idPath, strFilename, dateAdded)"
            " VALUES (?, ?, '2024-01-01 10:00:00')",
            (folder.lastrowid, other.name),
        )
        opened.execute(
            "INSERT INTO videoversion (idFile, idMedia, media_type, itemType, idType)"
            " VALUES (?, ?, 'movie', 0, ?)",
            (added.lastrowid, movie, EXTENDED),
        )


def set_as_default(room: LivingRoom, name: str) -> None:
    """What "Manage versions > Set as default" does: Kodi announces nothing."""
    with closing(database(room)) as opened, opened:
        opened.execute(
            "UPDATE movie SET idFile = (SELECT idFile FROM files WHERE strFilename = ?)"
            " WHERE idMovie = (SELECT idMedia FROM videoversion WHERE idType = ?)",
            (name, EXTENDED),
        )


def playcounts(room: LivingRoom) -> dict[str, int]:
    """By file, as Kodi keeps them."""
    with closing(database(room)) as opened:
        found = opened.execute("SELECT strFilename, playCount FROM files").fetchall()
    return {name: count or 0 for name, count in found if name.endswith(".mkv")}


def overlays(room: LivingRoom, path: str) -> list[tuple[str, str]]:
    """The rows of a list, some seconds after it was opened, and how they are drawn."""
    room.kodi.home()
    room.kodi.open(path)
    room.let_it_look(3)
    rows = room.kodi.rows("FileNameAndPath", "Overlay")
    return [(Path(row["FileNameAndPath"]).name, row["Overlay"]) for row in rows]


def versions_of(room: LivingRoom, title: str) -> str:
    movie = room.kodi.film(title)["movieid"]
    return f"videodb://movies/videoversions/0?mediaid={movie}&videoversionid=0"


@pytest.mark.parametrize("as_folder", [False, True], ids=["as a film", "as a folder"])
def test_the_film_is_ticked_and_its_list_is_loaded_only_when_it_is_opened(
    room: LivingRoom, as_folder: bool
) -> None:
    setting = "videolibrary.showvideoversionsasfolder"
    room.kodi.rpc("Settings.SetSettingValue", setting=setting, value=as_folder)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Zulu")
    loads = room.kodi.log().count(LOADED)
    for _ in range(2):
        assert overlays(room, FILMS) == [(DEFAULT, WATCHED), (ZULU, WATCHED)]
    assert room.kodi.log().count(LOADED) == loads
    assert len(room.asked()) == 1


def test_in_the_list_of_its_versions_the_other_one_stays_as_it_is(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    loads = room.kodi.log().count(LOADED)
    for _ in range(2):
        rows = overlays(room, versions_of(room, "Heat"))
        assert sorted(rows) == [(OTHER, UNWATCHED), (DEFAULT, WATCHED)]
    assert room.kodi.log().count(LOADED) == loads
    assert len(room.asked()) == 1


@pytest.mark.parametrize("default", [DEFAULT, OTHER])
def test_of_the_rows_with_one_id_only_that_of_the_film_itself_is_ticked(
    room: LivingRoom, default: str
) -> None:
    set_as_default(room, default)
    found = dict(overlays(room, versions_of(room, "Heat")))
    assert found == {DEFAULT: UNWATCHED, OTHER: UNWATCHED, default: WATCHED}
    assert {**playcounts(room), ZULU: 0} == {DEFAULT: 0, OTHER: 0, ZULU: 0, default: 1}


def test_where_only_the_other_version_is_listed_it_stays_as_it_is(room: LivingRoom) -> None:
    loads = room.kodi.log().count(LOADED)
    for _ in range(2):
        path = f"videodb://movies/videoversions/{EXTENDED}/"
        assert overlays(room, path) == [(OTHER, UNWATCHED)]
    assert room.kodi.log().count(LOADED) == loads
    assert playcounts(room)[OTHER] == 0


def test_another_version_that_is_made_the_default_is_ticked_at_the_next_visit(
    room: LivingRoom,
) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Zulu")
    room.kodi.open(versions_of(room, "Heat"))
    room.let_it_look(2)
    room.kodi.home()
    set_as_default(room, OTHER)
    assert room.kodi.film("Heat")["playcount"] == 0
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    assert playcounts(room) == {DEFAULT: 1, OTHER: 1, ZULU: 1}
    assert len(room.asked()) == 1
