"""A list of films, from opening it to the ticks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.film("Heat", 1995, ids={"imdb": "tt0113277", "tmdb": "949"}, default_id="tmdb")
        library.film("Alien", 1979, ids={"imdb": "tt0078748"}, default_id="imdb")
        heat = room.simkl.add_film("Heat", 1995, imdb="tt0113277", tmdb=949)
        room.simkl.add_film("Alien", 1979, imdb="tt0078748")
        room.simkl.person.watch(heat, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.mark.newest
def test_a_watched_film_is_ticked_and_another_is_not(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    assert room.ticked() == ["Heat"]
    # 20:00 UTC on a winter's day is 21:00 in Berlin, where this Kodi stands.
    room.kodi.wait_for(
        lambda: room.kodi.watched("Heat")[:2] == (1, "2024-03-01 21:00:00"), what="the date"
    )


def test_the_second_look_asks_nothing_and_writes_nothing(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    room.let_it_look()
    asked, updates = len(room.asked()), len(room.kodi.updates_heard())
    room.kodi.home()
    room.kodi.open(FILMS)
    room.let_it_look()
    assert (len(room.asked()), len(room.kodi.updates_heard())) == (asked, updates)
