"""Two boxes with one video library, in MariaDB: what one of them ticks the other shows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.simkl_server.grants import made_up_client_id
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room, room_beside
from .harness.mariadb import MariaDb

AT = "2024-03-01T20:00:00Z"
FILM_COUNT, EPISODES = 60, 20
_PLAYS = "SELECT playCount, COUNT(*) FROM files GROUP BY playCount"


class Setup:
    """Two rooms, each with a Kodi and a sign-in of its own, beside one library."""

    def __init__(self, shared: MariaDb, rooms: tuple[LivingRoom, LivingRoom]) -> None:
        self.shared = shared
        self.rooms = rooms

    def plays(self) -> dict[str, int]:
        """How many files of the library have which play count."""
        rows = self.shared.ask(_PLAYS, self.shared.library)
        return {count: int(files) for count, files in rows}


@pytest.fixture
def setup(kodi_factory: KodiFactory) -> Iterator[Setup]:
    with ExitStack() as stack:
        # Not below pytest's own folders: the name of a socket has room for 107 characters.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shared = stack.enter_context(MariaDb(folder))
        room = stack.enter_context(living_room(kodi_factory, shared_library=shared))
        library = room.new_library()
        library.many_films(FILM_COUNT)
        library.series("Dark", 2017, {1: EPISODES}, ids={"tvdb": "334824"})
        # Simkl counts calls by client id and token: two boxes have no pace in common.
        second_id = room.simkl.add_client_id(made_up_client_id(2), generation=2)
        beside = room_beside(room.simkl, kodi_factory, client_id=second_id, shared_library=shared)
        beside.sign_in(second_id)
        beside.kodi.sources.append(library.root)
        room.kodi.add_library(library)
        for each in (room, beside):
            each.kodi.start()
        for number in range(1, FILM_COUNT + 1):
            film = room.simkl.add_film(
                f"Film {number:04}", 1950 + number % 70, tmdb=100_000 + number
            )
            room.simkl.person.watch(film, at=AT)
        dark = room.simkl.add_series("Dark", 2017, {1: EPISODES}, tvdb=334824)
        for episode in range(1, EPISODES + 1):
            room.simkl.person.watch(dark, season=1, episode=episode, at=AT)
        yield Setup(shared, (room, beside))


def test_two_boxes_with_one_library_tick_it_together(setup: Setup) -> None:
    season = f"{SERIES}{setup.rooms[0].kodi.series()[0]['tvshowid']}/1/"
    for path, count in ((FILMS, FILM_COUNT), (season, EPISODES)):
        for room in setup.rooms:
            room.kodi.open(path)  # both at once, so that both write
        for room in setup.rooms:
            wait_for_ticks(room, count)
    assert setup.plays() == {"1": FILM_COUNT + EPISODES}
    for room in setup.rooms:
        # One is announced with the second before its date, for a moment.
        room.kodi.wait_for(lambda: len(dates_of_films(room)) == 1, timeout=5, what="one date")  # noqa: B023
        assert room.kodi.addon_errors(ADDON_ID) == []
        assert "eadlock" not in room.kodi.log()
        assert room.kodi.marks_heard() == []


def test_what_the_other_box_ticked_is_drawn_in_a_list_that_was_open_before(setup: Setup) -> None:
    one, other = setup.rooms
    with other.without_the_add_on():
        other.kodi.open(FILMS)
        one.kodi.open(FILMS)
        wait_for_ticks(one, FILM_COUNT)
        assert other.ticked() == []
    wait_for_ticks(other, FILM_COUNT)
    assert setup.plays() == {"1": FILM_COUNT, "NULL": EPISODES}


def dates_of_films(room: LivingRoom) -> set[str]:
    return {film["lastplayed"] for film in room.kodi.films()}


def wait_for_ticks(room: LivingRoom, count: int) -> None:
    room.kodi.wait_for(lambda: len(room.ticked()) == count, what=f"{count} ticks")
