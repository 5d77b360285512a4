"""The row of a film set is ticked once all its films are, without loading its list again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
SETS = "videodb://movies/sets/"
LOADED = "the list is loaded again"


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    """Of two sets one was seen whole, of the other a film; and a film of no set was seen."""
    with living_room(kodi_factory) as room:
        library = room.new_library()
        films = (("Seen", 1), ("Seen", 2), ("Begun", 3), ("Begun", 4), (None, 5))
        for name, number in films:
            library.film(f"Film {number}", 2000, ids={"tmdb": str(number)}, set_name=name)
            film = room.simkl.add_film(f"Film {number}", 2000, tmdb=number)
            if number != 4:
                room.simkl.person.watch(film, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.mark.parametrize("path", [SETS, FILMS], ids=["the list of sets", "films grouped by sets"])
def test_the_row_of_a_set_follows_the_ticks_of_its_films(room: LivingRoom, path: str) -> None:
    setting = "videolibrary.groupmoviesets"
    room.kodi.rpc("Settings.SetSettingValue", setting=setting, value=path == FILMS)
    room.kodi.open(path)
    room.wait_for_ticks("Seen")
    room.let_it_look(3)
    assert "Begun" not in room.ticked()
    assert sum(film["playcount"] for film in room.kodi.films()) == (4 if path == FILMS else 3)
    assert len(room.asked()) == 1
    assert LOADED not in room.kodi.log()
    assert room.kodi.marks_heard() == []
