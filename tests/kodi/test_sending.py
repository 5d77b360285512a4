"""A flight: what was watched and marked without a network reaches Simkl in the end, dated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simkl_server import faults

from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room
from .harness.media import video
from .test_plays import MINUTES_20, Evening, at_simkl, film, outbox

BOTH = "media:read media:write"


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    options: dict[str, Any] = {"settings": {"send": "true"}}
    with living_room(kodi_factory, signed_in=False, **options) as room:
        room.sign_in(scope=BOTH)
        room.simkl.person.may_be_written = True
        library = room.new_library()
        for number in range(1, 6):
            [file] = film(room, library, f"Film {number:02}", 700 + number)
            video(file, MINUTES_20)
        room.simkl.add_series("Dark", 2017, {1: 3}, tvdb=334824)
        for file in library.series("Dark", 2017, {1: 3}, ids={"tvdb": "334824"}).glob("*.mkv"):
            video(file, MINUTES_20)
        room.kodi.add_library(library)
        room.simkl.misbehave("*", faults.silent_close, times=None)
        room.kodi.start()
        yield room


def mark(evening: Evening, number: int) -> None:
    """As a person does it in a list: Kodi announces the same."""
    film = evening.kodi.film(f"Film {number:02}")["movieid"]
    with evening.told(f"Film {number:02} (2000)"):
        evening.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=film, playcount=1)
        evening.look()


def fly(evening: Evening) -> None:
    """Five plays and two marks without a network, a restart, and a kill amid the third play."""
    evening.film(1)
    evening.stop("Film 01 (2000)", at=95)
    mark(evening, 4)
    evening.episode(1)
    evening.stop("Dark 1x01", at=95)
    evening.kodi.quit()
    evening.kodi.start()
    evening.film(2)
    with evening.told("Film 02 (2000)"):
        evening.kodi.seek(95)
        evening.look()
        evening.kodi.kill()
    evening.kodi.start()
    evening.episode(2)
    evening.stop("Dark 1x02", at=95)
    mark(evening, 5)
    evening.film(3)
    evening.stop("Film 03 (2000)", at=95)


def test_a_flight_ends_with_all_its_watches_at_simkl(room: LivingRoom) -> None:
    evening = Evening(room)
    fly(evening)
    assert at_simkl(room) == {}
    room.kodi.quit()
    room.simkl.behave()
    room.kodi.start()
    room.kodi.wait_for(lambda: len(at_simkl(room)) == 7, what="the watches at Simkl")
    room.let_it_look(1.0)
    held = at_simkl(room)
    assert held == dict(outbox(room))
    for label, began, ended in evening.expected:
        assert began <= held[label] <= ended, label
    history = room.simkl.requests_to("/sync/history", method="POST")
    assert len([request for request in history if request.status == 201]) <= 2
