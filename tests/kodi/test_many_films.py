"""A thousand films that are ticked while somebody moves through them: each row keeps its words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

COUNT = 1000
PLACES = [f"Container.ListItemPosition({n})." for n in range(8)]
IN_SIGHT = [place + name for place in PLACES for name in ("Label", "Title")]
STAYS = ("Container.CurrentItem", "Container.Position", "ListItem.Label", "Container.FolderPath")
TWO_LOOKS = 0.1  # seconds: a row that lacks its words for longer is seen to
# What a key is called, and for how many seconds nothing is pressed after it.
KEYS = [("pagedown", 1.6), *[("down", 0.1)] * 12, ("end", 1.6), *[("pageup", 0.2)] * 6,
        ("home", 1.6), *[("pagedown", 0.15)] * 8, ("end", 0.3), ("home", 0.3)]  # fmt: skip


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.many_films(COUNT)
        for number in range(1, COUNT + 1):
            film = room.simkl.add_film("Film", 1950, tmdb=100_000 + number)
            room.simkl.person.watch(film, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


def titles(room: LivingRoom) -> list[str]:
    return [row["Title"] for row in room.kodi.rows("Title")]


def are_written(room: LivingRoom) -> bool:
    return all(film["playcount"] for film in room.kodi.films())


def longest_without_words(seen: dict[str, Any]) -> float:
    """Seconds in which one place on the screen had a row without a title, which ".." has never."""
    longest = 0.0
    since: dict[str, float] = {}
    for moment, now in seen["changes"]:
        for place in PLACES:
            if not now[place + "Title"] and now[place + "Label"] != "..":
                since.setdefault(place, moment)
            elif place in since:
                longest = max(longest, moment - since.pop(place))
    return float("inf") if since else longest


def test_no_row_is_seen_without_its_words(room: LivingRoom) -> None:
    seen: dict[str, Any] = {}
    room.kodi.open(FILMS)
    seconds = sum(pause for _, pause in KEYS) + 6
    watching = threading.Thread(target=lambda: seen.update(room.kodi.watch(IN_SIGHT, seconds)))
    watching.start()
    for key, pause in KEYS:
        room.kodi.key(key)
        time.sleep(pause)
    watching.join()
    # Between two looks nobody knows when a row lost its words, or had them again.
    assert longest_without_words(seen) < TWO_LOOKS + 2 * seen["longest_gap"]
    assert any(film["playcount"] for film in room.kodi.films())
    room.kodi.wait_for(lambda: are_written(room), timeout=60, what="all ticks")
    room.kodi.wait_for(lambda: len(room.ticked()) == COUNT, what="the rows")
    room.let_it_look()
    assert titles(room) == [f"Film {number:04}" for number in range(1, COUNT + 1)]
    assert room.kodi.marks_heard() == []


def test_the_list_is_loaded_once_for_them_and_focus_and_scroll_stay(room: LivingRoom) -> None:
    room.kodi.home()
    for film in room.kodi.films():
        file = film["file"]
        room.kodi.rpc("Files.SetFileDetails", file=file, media="video", playcount=0, lastplayed="")
    log = len(room.kodi.log())
    heard = len(room.kodi.updates_heard())
    room.kodi.open(FILMS)
    room.kodi.focus(300)
    before = room.kodi.labels(*STAYS)
    room.kodi.wait_for(lambda: are_written(room), timeout=60, what="all ticks")
    room.kodi.wait_for(lambda: "" not in titles(room), what="the words of all rows")
    room.kodi.wait_for(lambda: len(room.kodi.updates_heard()) > heard, what="the announcement")
    room.let_it_look()
    assert room.kodi.labels(*STAYS) == before
    assert len(room.ticked()) == COUNT
    assert len(room.kodi.updates_heard()) == heard + 1
    loads = room.kodi.log()[log:].count("CGUIMediaWindow::GetDirectory")
    assert loads <= 1 + 1, "opened, and loaded once for what was written"
