"""What happens to Kodi while ticks are made: each film gets its tick all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.zip import ADDON_ID

from .conftest import KodiFactory
from .living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
COUNT = 60


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.many_films(COUNT)
        for number in range(1, COUNT + 1):
            name = f"Film {number:04}"
            room.titles[name] = room.simkl.add_film(name, 1950 + number, tmdb=100_000 + number)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    shared_room.begin_anew()
    shared_room.press_a_key()
    for film in shared_room.titles.values():
        shared_room.simkl.person.watch(film, at=AT)
    shared_room.simkl.delay = 1
    shared_room.kodi.open(FILMS)
    assert shared_room.simkl.wait_for(shared_room.asked)
    yield shared_room
    shared_room.simkl.delay = 0
    assert shared_room.kodi.addon_errors(ADDON_ID) == []


def wait_for_all(room: LivingRoom, count: int = COUNT) -> None:
    room.kodi.wait_for(
        lambda: sum(film["playcount"] == 1 for film in room.kodi.films()) == count,
        what=f"{count} ticks",
    )


def test_the_skin_is_loaded_anew(room: LivingRoom) -> None:
    room.kodi.builtin("ReloadSkin()")
    wait_for_all(room)


def test_the_library_is_scanned(room: LivingRoom) -> None:
    room.kodi.rpc("VideoLibrary.Scan", showdialogs=False)
    wait_for_all(room)


def test_the_library_is_cleaned(room: LivingRoom) -> None:
    room.kodi.rpc("VideoLibrary.Clean", showdialogs=False)
    wait_for_all(room)


def test_the_add_on_is_switched_off_and_on(room: LivingRoom) -> None:
    room.restart_the_add_on()
    wait_for_all(room)


def test_another_list_is_opened_and_the_first_again(room: LivingRoom) -> None:
    for path in ("videodb://movies/years/", FILMS, "videodb://movies/genres/", FILMS):
        room.kodi.open(path)
    wait_for_all(room)


def test_a_film_is_removed_before_the_answer(room: LivingRoom) -> None:
    gone = room.kodi.films()[0]
    room.kodi.rpc("VideoLibrary.RemoveMovie", movieid=gone["movieid"])
    wait_for_all(room, COUNT - 1)
    assert gone["file"] not in [film["file"] for film in room.kodi.films()]
