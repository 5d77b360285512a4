"""What happens to Kodi while ticks are made: each film gets its tick all the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

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


# -- while ticks are being written --


def wait_until_it_writes(room: LivingRoom) -> None:
    room.kodi.wait_for(lambda: ticks_made(room) > 0, what="the first tick", every=0.002)


def ticks_made(room: LivingRoom) -> int:
    with closing(sqlite3.connect(room.memory, timeout=10)) as memory:
        return int(memory.execute("SELECT count(*) FROM made").fetchone()[0])


@pytest.mark.parametrize("what", ["Scan", "Clean"])
def test_the_library_changes_amid_the_writing(room: LivingRoom, what: str) -> None:
    wait_until_it_writes(room)
    done = f"VideoLibrary.On{what}Finished"
    before = len(room.kodi.announced(done))
    room.kodi.rpc(f"VideoLibrary.{what}", showdialogs=False)
    room.kodi.wait_for(lambda: len(room.kodi.announced(done)) > before, what=done)
    wait_for_all(room, len(room.kodi.films()))


def test_a_tick_that_is_removed_amid_the_writing_stays_away(room: LivingRoom) -> None:
    count = len(room.kodi.films())
    wait_until_it_writes(room)
    ticked = next(film for film in room.kodi.films() if film["playcount"])
    room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=ticked["movieid"], playcount=0)
    wait_for_all(room, count - 1)
    room.let_it_look(0.5)
    assert [film["file"] for film in room.kodi.films() if not film["playcount"]] == [ticked["file"]]


def test_nothing_is_written_once_the_person_has_signed_out(room: LivingRoom) -> None:
    wait_until_it_writes(room)
    room.press("sign_out")
    room.kodi.wait_for(lambda: not room.account_file.exists(), what="the end of the sign-in")
    room.let_it_look(0.2)
    written = ticks_made(room)
    room.let_it_look(1)
    assert ticks_made(room) == written
    assert sum(film["playcount"] for film in room.kodi.films()) == written


def test_a_film_that_is_removed_amid_the_writing_harms_no_other(room: LivingRoom) -> None:
    wait_until_it_writes(room)
    gone = room.kodi.films()[-1]
    room.kodi.rpc("VideoLibrary.RemoveMovie", movieid=gone["movieid"])
    wait_for_all(room, len(room.kodi.films()))
