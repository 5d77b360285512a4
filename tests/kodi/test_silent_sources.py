"""A network source that takes connections and keeps silent, as of a NAS that sleeps."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.sources import source, use_sources
from .harness.web import Web, web

AT = "2024-03-01T20:00:00Z"
LOCAL = "2024-03-01 21:00:00"
PANEL = "Window.IsVisible(simkl-watched-panel.xml)"


def state(room: LivingRoom) -> dict[str, tuple[int, str]]:
    return {film["title"]: (film["playcount"], film["lastplayed"]) for film in room.kodi.films()}


def furnish(room: LivingRoom, served: Web, folder: Path, count: int) -> None:
    """Watched films, by turns on the web server ("A") and on this machine ("B"); Kodi has ended."""
    there, here = Library(folder), room.new_library()
    for number in range(1, count + 1):
        for tmdb, where, name in ((number * 2, there, "A"), (number * 2 + 1, here, "B")):
            where.film(f"{number:02} {name}", 2000, ids={"tmdb": str(tmdb)})
            title = room.simkl.add_film(f"{number:02} {name}", 2000, tmdb=tmdb)
            room.simkl.person.watch(title, at=AT)
    use_sources(room, [source(f"{room.kodi.home_folder.media}/"), source(served.url)])
    room.kodi.start()
    room.kodi.scan(here)
    room.kodi.scan_films(served.url + "films/")
    room.kodi.quit()
    served.asked.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "served"


@pytest.fixture
def served(folder: Path) -> Iterator[Web]:
    with web(folder) as served:
        yield served


def watch_the_list(room: LivingRoom, seconds: int) -> tuple[float, int]:
    """Go down the list: how long a key, and its rows, took at most, and most ticks of the "B"."""
    longest, ticks = 0.0, 0
    for _ in range(seconds):
        before = time.monotonic()
        room.kodi.rpc("Input.Down", timeout=60)
        longest = max(longest, time.monotonic() - before)
        room.let_it_look(1)
        ticks = max(ticks, sum(name.endswith("B") for name in room.ticked()))
        longest = max(longest, time.monotonic() - before - 1)
    return longest, ticks


def test_a_server_that_sleeps_keeps_nothing_standing(
    kodi_factory: KodiFactory, served: Web, folder: Path
) -> None:
    """The other source's ticks come, the window goes on, and Kodi leaves at once."""
    with living_room(kodi_factory) as room:
        furnish(room, served, folder, 20)
        room.kodi.start()
        served.sleeps = True
        room.kodi.open(FILMS)
        longest, ticks = watch_the_list(room, 12)
        log = len(room.kodi.log())
        took = room.kodi.quit(timeout=120)
        was_killed = "didn't stop" in room.kodi.log()[log:]
        served.sleeps = False
        room.kodi.start()
        room.kodi.open(FILMS)
        room.let_it_look(5)
        seen = state(room)
        assert all(each in ((0, ""), (1, LOCAL)) for each in seen.values())
        assert longest < 3
        assert took < 5
        assert not was_killed
        assert ticks == 20
        assert all(each == (1, LOCAL) for each in seen.values())


def test_at_the_start_a_server_that_sleeps_keeps_kodi_from_nothing(
    kodi_factory: KodiFactory, served: Web, folder: Path
) -> None:
    """The lists on the home screen: the menu opens at once, and the local film is ticked."""
    with living_room(kodi_factory, signed_in=False, settings={"home": "true"}) as room:
        furnish(room, served, folder, 1)
        room.sign_in()
        served.sleeps = True
        room.kodi.start()
        room.kodi.wait_for(room.asked, what="the question")
        room.press("open")
        room.let_it_look(3)
        has_menu = room.kodi.condition(PANEL)
        room.let_it_look(5)
        # Kodi itself looks for discs on the source meanwhile: how quickly it leaves tells nothing.
        assert has_menu
        assert state(room)["01 B"] == (1, LOCAL)


def test_while_kodi_waits_for_a_file_the_add_on_goes_on(
    kodi_factory: KodiFactory, served: Web, folder: Path
) -> None:
    """The server is awake, its disk is not: the menu opens meanwhile, a mark by hand is heard, and
    what was late is ticked once the disk has woken up.
    """
    with living_room(kodi_factory) as room:
        furnish(room, served, folder, 3)
        room.kodi.start()
        served.sleeps_in_folders = True
        room.kodi.open(FILMS)
        room.wait_for_ticks("01 B", "02 B", "03 B", timeout=15)
        [film] = [film for film in room.kodi.films() if film["title"] == "02 B"]
        room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=film["movieid"], playcount=0)
        room.press("open")
        room.let_it_look(2)
        has_menu = room.kodi.condition(PANEL)
        room.leave_dialogs()
        calls = [path for _, _, path in served.asked if path.endswith(".mkv")]
        served.sleeps_in_folders = False
        room.wait_for_ticks("01 A", "02 A", "03 A", timeout=15)
        assert has_menu
        assert len(calls) == 1
        assert state(room)["02 B"][0] == 0
