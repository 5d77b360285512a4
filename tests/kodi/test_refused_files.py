"""Files that Kodi takes no tick for: each speaks for itself alone, and the person is told why."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5
from pathlib import Path

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room
from .harness.sources import source, use_sources
from .test_context_menu import CHECK_AGAIN, choose

AT = "2024-03-01T20:00:00Z"
TICKED = (1, "2024-03-01 21:00:00")
LOADED_AGAIN = "the list is loaded again"
PANEL = "Window.IsVisible(simkl-watched-panel.xml)"
CODE = md5(b"1234").hexdigest()
LOCKED = f"<lockmode>1</lockmode><lockcode>{CODE}</lockcode><badpwdcount>0</badpwdcount>"
NOT_SHARED = "<allowsharing>false</allowsharing>"


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        yield room


def state(room: LivingRoom) -> dict[str, tuple[int, str]]:
    return {film["title"]: (film["playcount"], film["lastplayed"]) for film in room.kodi.films()}


def is_untouched_or_ticked(state: tuple[int, str]) -> bool:
    return state == (0, "") or (state[0] > 0 and state[1] != "")


def how_it_is_going(room: LivingRoom) -> str:
    """What the menu's entry of that name says."""
    room.press("open")
    room.kodi.wait_for(lambda: room.kodi.condition(PANEL), what="the menu")
    room.let_it_look(1)
    count = int(room.kodi.label("Container(103).NumItems"))
    entries = [room.kodi.label(f"Container(103).ListItemAbsolute({n}).Label") for n in range(count)]
    room.kodi.builtin(f"SetFocus(103,{entries.index('How it is going')},absolute)")
    room.let_it_look(0.5)
    room.kodi.key("return")
    room.let_it_look(1)
    return room.kodi.label("Control.GetLabel(102)")


# -- files that are gone --


def films(room: LivingRoom, *names: str) -> Library:
    """Due films in one source; the file of one named "Gone" goes after the scan."""
    library = room.new_library()
    gone: list[Path] = []
    for number, name in enumerate(names, 1):
        files = library.film(name, 2000, ids={"tmdb": str(number)})
        if "Gone" in name:
            gone += files
        room.simkl.person.watch(room.simkl.add_film(name, 2000, tmdb=number), at=AT)
    room.kodi.add_library(library)
    room.kodi.start()
    delete(room, *gone)
    return library


def delete(room: LivingRoom, *files: Path) -> None:
    """Delete files outside Kodi, which has forgotten what it listed of their folders."""
    for file in files:
        file.unlink()
    room.kodi.quit()
    room.kodi.start()


def test_a_gone_file_that_comes_first_keeps_no_tick_from_the_others(room: LivingRoom) -> None:
    """The first film's file is gone: the others of its source are ticked all the same."""
    films(room, "A Gone", "B", "C")
    room.kodi.open(FILMS)
    room.let_it_look(4)
    assert is_untouched_or_ticked(state(room)["A Gone"])
    assert {"B", "C"} <= set(room.ticked())


def test_a_gone_file_that_comes_last_gets_no_date_without_a_tick(room: LivingRoom) -> None:
    """The last film's file is gone: it gets no date, and no list is loaded again for it."""
    films(room, "B", "C", "Z Gone")
    loads = []
    for _ in range(3):
        room.kodi.open(FILMS)
        room.wait_for_ticks("B", "C")
        room.let_it_look(4)
        loads.append(room.kodi.log().count(LOADED_AGAIN))
        room.kodi.open("videodb://movies/years/")
        room.let_it_look(1)
    assert is_untouched_or_ticked(state(room)["Z Gone"])
    assert loads == [0, 0, 0]


@pytest.mark.parametrize("number", [1, 5], ids=["first", "last"])
def test_a_gone_episode_keeps_no_tick_from_its_season(room: LivingRoom, number: int) -> None:
    """The others are ticked, and the gone one gets no date. The last is the one that is mended."""
    library = room.new_library()
    folder = library.series("Dark", 2017, {1: 5}, ids={"tvdb": "9"})
    dark = room.simkl.add_series("Dark", 2017, {1: 5}, tvdb=9)
    room.simkl.person.watch(dark, at=AT)
    room.kodi.add_library(library)
    room.kodi.start()
    delete(room, folder / f"Dark S01E{number:02}.mkv")
    room.kodi.open(f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/")
    room.let_it_look(4)
    seen = {e["episode"]: (e["playcount"], e["lastplayed"]) for e in room.kodi.episodes()}
    assert sum(each[0] for each in seen.values()) >= 4
    assert len(room.ticked()) >= 4
    assert is_untouched_or_ticked(seen[number])


def test_a_gone_file_keeps_no_tick_from_the_home_screen(kodi_factory: KodiFactory) -> None:
    """On the home screen's lists too a gone file speaks for itself alone."""
    with living_room(kodi_factory, signed_in=False, settings={"home": "true"}) as room:
        films(room, "B", "C", "New and Gone")
        room.sign_in()
        room.kodi.home()
        room.kodi.quit()
        room.kodi.start()
        room.kodi.wait_for(room.asked, what="the question")
        room.let_it_look(5)
        assert is_untouched_or_ticked(state(room)["New and Gone"])
        assert (state(room)["B"][0], state(room)["C"][0]) == (1, 1)


def test_a_gone_file_keeps_no_tick_from_films_that_come_later(room: LivingRoom) -> None:
    """A new film of the same source is ticked, although the gone one is nearer to the focus."""
    library = films(room, "B", "Y Gone")
    room.kodi.open(FILMS)
    room.wait_for_ticks("B")
    room.let_it_look(3)
    room.kodi.home()
    library.film("Z New", 2001, ids={"tmdb": "99"})
    room.simkl.person.watch(room.simkl.add_film("Z New", 2001, tmdb=99), at=AT)
    room.kodi.scan(library)
    room.kodi.open(FILMS)
    room.let_it_look(4)
    assert {"B", "Z New"} <= set(room.ticked())


def test_why_kodi_takes_no_tick_is_said_of_each(room: LivingRoom) -> None:
    """A film whose file is gone, one in two files, and one that is ticked, in one list."""
    library = films(room, "A Gone", "B")
    parts = [library.films / "C (2000)" / f"C (2000) cd{n}.mkv" for n in (1, 2)]
    room.simkl.person.watch(room.simkl.add_film("C", 2000, tmdb=99), at=AT)
    [whole] = library.film("C", 2000, ids={"tmdb": "99"})
    whole.rename(parts[0])
    parts[1].touch()
    whole.with_suffix(".nfo").rename(parts[0].with_suffix(".nfo"))
    room.kodi.scan(library)
    [stack] = [film["file"] for film in room.kodi.films() if film["title"] == "C"]
    assert stack.startswith("stack://")
    room.kodi.open(FILMS)
    room.wait_for_ticks("B")
    room.let_it_look(2)
    assert {name: each for name, each in state(room).items() if name != "B"} == {
        "A Gone": (0, ""),
        "C": (0, ""),
    }
    said = "watched on 03/01/2024."
    assert choose(room, "A Gone", CHECK_AGAIN) == (
        f"A Gone: {said} Kodi takes no tick for it: its file is gone."
    )
    assert choose(room, "B", CHECK_AGAIN) == f"B: {said}"
    assert choose(room, "C", CHECK_AGAIN) == (
        f"C: {said} Kodi takes no tick for it: it lies in several files."
    )
    report = how_it_is_going(room).split("\n")
    assert "No tick, because the file is gone: 1" in report
    assert "No tick, because the title lies in several files: 1" in report


# -- sources that are locked, not shared, or none at all --


def furnish(room: LivingRoom) -> tuple[str, str]:
    """Films of an open folder and of one within it; the media folder, and the inner one."""
    number = 0
    for library, names in ((room.new_library(), ("B", "C")), (room.new_library(), ("A Adult",))):
        for name in names:
            number += 1
            library.film(name, 2000, ids={"tmdb": str(number)})
            room.simkl.person.watch(room.simkl.add_film(name, 2000, tmdb=number), at=AT)
        room.kodi.add_library(library)
    return f"{room.kodi.home_folder.media}/", f"{library.root}/"


@pytest.mark.parametrize("how", [LOCKED, NOT_SHARED], ids=["locked", "not shared"])
def test_a_locked_source_inside_an_open_one_keeps_no_tick_from_it(
    room: LivingRoom, how: str
) -> None:
    """What Kodi refuses below the inner source does not speak for the outer one."""
    outer, inner = furnish(room)
    room.kodi.start()
    room.kodi.quit()
    use_sources(room, [source(outer), source(inner, how)])
    room.kodi.start()
    room.kodi.open(FILMS)
    room.let_it_look(4)
    assert state(room)["A Adult"] in ((0, ""), TICKED)
    assert {"B", "C"} <= set(room.ticked())


@pytest.mark.parametrize("how", ["none", "not shared"])
def test_that_no_source_holds_the_library_is_said(room: LivingRoom, how: str) -> None:
    """No tick can be written: the report tells it."""
    outer, _ = furnish(room)
    room.kodi.start()
    room.kodi.quit()
    use_sources(room, [] if how == "none" else [source(outer, NOT_SHARED)])
    room.kodi.start()
    loads = []
    for _ in range(2):
        room.kodi.open(FILMS)
        room.let_it_look(4)
        loads.append(room.kodi.log().count(LOADED_AGAIN))
        room.kodi.home()
    report = how_it_is_going(room)
    is_ticked = state(room)["B"][0] == 1
    assert loads == [0, 0]
    assert all(each in ((0, ""), TICKED) for each in state(room).values())
    assert is_ticked or "no video source that is open and shared holds the file: 3" in report
