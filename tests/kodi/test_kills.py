"""Kodi is killed while ticks are written: nothing is damaged, and nothing is missing in the end."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
FILM_COUNT = 150
KILLS = 10


def integrity(room: LivingRoom) -> str:
    with closing(sqlite3.connect(room.memory, timeout=10)) as memory:
        return str(memory.execute("PRAGMA integrity_check").fetchone()[0])


def test_ten_kills_damage_nothing_and_lose_no_tick(kodi_factory: KodiFactory) -> None:
    moments = random.Random(11)
    with living_room(kodi_factory) as room:
        library = room.new_library()
        library.many_films(FILM_COUNT)
        for n in range(1, FILM_COUNT + 1):
            film = room.simkl.add_film(f"Film {n:04}", 1950 + n % 70, tmdb=100_000 + n)
            room.simkl.person.watch(film, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        ticked = 0
        for _ in range(KILLS):
            room.kodi.open(FILMS)
            room.let_it_look(moments.uniform(0.1, 1.0))
            room.kodi.kill()
            room.kodi.start()
            assert integrity(room) == "ok"
            now = sum(film["playcount"] for film in room.kodi.films())
            assert now >= ticked
            ticked = now
        room.kodi.open(FILMS)
        room.kodi.wait_for(lambda: len(room.ticked()) == FILM_COUNT, what="every tick")
        assert list(room.memory.parent.glob("*.aside*")) == []
        assert len(room.asked()) < KILLS
