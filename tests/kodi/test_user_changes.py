"""What the person does in Kodi by hand stays, until Simkl reports a newer watch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
LATER = "2099-01-01T20:00:00Z"
WITNESS = "Zulu"


class Home:
    """A living room with a library that it can throw away."""

    def __init__(self, room: LivingRoom, library: Library) -> None:
        self.room = room
        self.library = library
        self.titles = {}
        for number, name in enumerate(("Alien", "Brazil", "Casino", "Moved", WITNESS), 1):
            library.film(name, 2000, ids={"tmdb": str(number)})
            self.titles[name] = room.simkl.add_film(name, 2000, tmdb=number)
            if name != "Casino":
                room.simkl.person.watch(self.titles[name], at=AT)
        library.series("Dark", 2017, {1: 3, 2: 2}, ids={"tvdb": "9"})
        self.dark = room.simkl.add_series("Dark", 2017, {1: 3, 2: 2}, tvdb=9)
        room.simkl.person.watch(self.dark, at=AT)

    def open_films(self, *expected: str) -> list[str]:
        """The ticked rows of the list, opened anew, once the add-on had time for it."""
        room = self.room
        room.kodi.home()
        room.kodi.open(FILMS)
        room.wait_for_ticks(WITNESS, *expected)
        room.let_it_look(0.7)
        return room.ticked()

    def toggle(self, label: str) -> None:
        """Press the button that marks the row as watched, or as not watched."""
        kodi = self.room.kodi
        was_ticked = label in self.room.ticked()
        kodi.focus([row["Label"] for row in kodi.rows("Label")].index(label))
        kodi.wait_for(lambda: kodi.label("ListItem.Label") == label, what=f"focus on {label}")
        kodi.builtin("Action(ToggleWatched)")
        kodi.wait_for(
            lambda: (label in self.room.ticked()) != was_ticked, what=f"{label} to be toggled"
        )


@pytest.fixture(scope="module")
def home(shared_kodi_factory: KodiFactory) -> Iterator[Home]:
    with living_room(shared_kodi_factory) as room:
        home = Home(room, room.new_library())
        room.kodi.add_library(home.library)
        room.kodi.start()
        yield home


@pytest.mark.newest
def test_a_removed_tick_is_not_put_back_until_a_newer_watch(home: Home) -> None:
    assert "Alien" in home.open_films()
    home.toggle("Alien")
    assert "Alien" not in home.open_films()
    home.room.kodi.home()
    home.room.forget_answers()
    assert "Alien" not in home.open_films()
    home.room.simkl.person.watch(home.titles["Alien"], at=LATER)
    home.room.kodi.home()
    home.room.forget_answers()
    assert "Alien" in home.open_films("Alien")
    assert home.room.kodi.watched("Alien").lastplayed == "2099-01-01 21:00:00"


def test_a_removed_tick_stays_away_over_a_restart(home: Home) -> None:
    assert "Moved" in home.open_films()
    home.toggle("Moved")
    home.room.kodi.home()
    home.room.kodi.quit()
    home.room.kodi.start()
    assert "Moved" not in home.open_films()
    home.toggle("Moved")
    assert "Moved" in home.open_films()


def test_a_removed_tick_that_the_person_sets_again_stays(home: Home) -> None:
    assert "Brazil" in home.open_films()
    home.toggle("Brazil")
    home.toggle("Brazil")
    state = home.room.kodi.watched("Brazil")
    assert "Brazil" in home.open_films()
    assert home.room.kodi.watched("Brazil") == state


def test_a_tick_set_by_hand_stays(home: Home) -> None:
    assert "Casino" not in home.open_films()
    home.toggle("Casino")
    state = home.room.kodi.watched("Casino")
    assert "Casino" in home.open_films()
    home.room.kodi.home()
    home.room.forget_answers()
    assert "Casino" in home.open_films()
    assert home.room.kodi.watched("Casino") == state


def test_a_season_marked_as_unwatched_stays_so(home: Home) -> None:
    room = home.room
    number = room.kodi.series()[0]["tvshowid"]
    room.kodi.open(f"{SERIES}{number}/")
    room.wait_for_ticks("Season 1", "Season 2")
    home.toggle("Season 1")
    room.kodi.home()
    room.kodi.open(f"{SERIES}{number}/1/")
    room.let_it_look()
    assert room.ticked() == []
    home.room.kodi.home()
    home.room.forget_answers()
    room.kodi.open(f"{SERIES}{number}/1/")
    room.let_it_look()
    assert room.ticked() == []
    room.kodi.open(f"{SERIES}{number}/2/")
    assert len(room.ticked()) == 2
    room.simkl.person.watch(home.dark, season=1, episode=2, at=LATER)
    home.room.kodi.home()
    home.room.forget_answers()
    room.kodi.open(f"{SERIES}{number}/1/")
    room.wait_for_ticks("02. Episode 2")
    assert room.ticked() == ["02. Episode 2"]


def test_a_film_that_left_and_came_back_is_ticked_again(home: Home) -> None:
    """Its file moves, as when a disk is sorted: for Kodi it is another film without a tick."""
    kodi = home.room.kodi
    assert "Moved" in home.open_films()
    folder = home.library.films / "Moved (2000)"
    shutil.move(folder, home.library.root / "elsewhere")
    kodi.home()
    kodi.rpc("VideoLibrary.RemoveMovie", movieid=kodi.film("Moved")["movieid"])
    shutil.move(home.library.root / "elsewhere", home.library.films / "Moved again (2000)")
    kodi.scan(home.library)
    assert kodi.watched("Moved").playcount == 0
    assert "Moved" in home.open_films()


def test_a_library_that_is_scanned_anew_is_ticked_again_but_for_what_was_unmarked(
    home: Home,
) -> None:
    """Its rows are new, with other library ids; the titles are the same."""
    kodi = home.room.kodi
    home.open_films()
    home.toggle("Brazil")
    kodi.home()
    for film in kodi.films():
        kodi.rpc("VideoLibrary.RemoveMovie", movieid=film["movieid"])
    assert kodi.films() == []
    shutil.move(home.library.films, home.library.root / "elsewhere")
    shutil.move(home.library.root / "elsewhere", home.library.films)
    kodi.scan(home.library)
    ticked = home.open_films("Alien", "Moved")
    assert {"Alien", "Moved", WITNESS} <= set(ticked)
    assert "Brazil" not in ticked
