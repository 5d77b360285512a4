"""Flushes to disk are counted by what they are of."""

from __future__ import annotations

from tools.bench.slow_disk import Flushes, counted

USERDATA = "/home/ann/.kodi/userdata"


def test_the_flushes_of_a_film_and_of_what_is_remembered() -> None:
    database = f"{USERDATA}/Database"
    film = [f"{database}/MyVideos121.db-journal", database, f"{database}/MyVideos121.db"]
    memory = [f"{USERDATA}/addon_data/service.simkl.watched/memory.db-wal"]
    others = [f"{database}/ViewModes6.db", f"{USERDATA}/guisettings.xml", "/tmp/a (deleted)"]
    assert counted([*film, *film, *film, *memory, *others]) == Flushes(9, 1, 3)
    assert counted([]) == Flushes(0, 0, 0)
