"""What opening the add-on shows, and "Take back ticks…" in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room
from .harness.media import playable

AT = "2024-03-01T20:00:00Z"
LATER = "2099-01-01T20:00:00Z"
PANEL = "Window.IsVisible(simkl-watched-panel.xml)"
ADDON = "plugin.video.test.takeback"
LIST = f"plugin://{ADDON}/all/"
OTHERS = ("Ikiru", "Jaws", "Klute")
MENU = ["Check this list now", "Take back ticks…", "How it is going", "Settings", "Sign out"]
WORDS = ("Label", "Title", "Plot", "UniqueID(tmdb)")


class Setup:
    """A living room with films, a series and another add-on, all of it watched on Simkl."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.films = {}
        library = room.new_library()
        for number, name in enumerate(("Alien", "Brazil", "Casino"), 1):
            library.film(name, 2000, ids={"tmdb": str(number)})
            self.films[name] = room.simkl.add_film(name, 2000, tmdb=number)
        library.series("Dark", 2017, {1: 3}, ids={"tvdb": "9"})
        for number, name in enumerate(OTHERS, 11):
            self.films[name] = room.simkl.add_film(name, 2000, tmdb=number)
        self.dark = room.simkl.add_series("Dark", 2017, {1: 3}, tvdb=9)
        room.kodi.add_library(library)

    def begin_anew(self) -> None:
        self.room.begin_anew()
        for row in rows():
            self.room.untick(row["path"])
        for film in self.films.values():
            self.room.simkl.person.watch(film, at=AT)
        self.room.simkl.person.watch(self.dark, season=1, at=AT)

    def open_menu(self) -> None:
        self.room.kodi.builtin("RunScript(service.simkl.watched)")
        self.room.kodi.wait_for(lambda: self.room.kodi.condition(PANEL), what="the menu")
        self.wait_for_entry()

    def wait_for_entry(self) -> None:
        self.room.kodi.wait_for(
            lambda: self.room.kodi.label("Container(103).ListItem.Label"), what="an entry"
        )

    def entries(self) -> list[str]:
        count = int(self.room.kodi.label("Container(103).NumItems"))
        labels = [f"Container(103).ListItemAbsolute({number}).Label" for number in range(count)]
        return list(self.room.kodi.labels(*labels).values())

    def words(self) -> str:
        return self.room.kodi.label("Control.GetLabel(102)")

    def choose(self, entry: str) -> None:
        """Press keys until the entry is reached, and Select."""
        kodi = self.room.kodi
        number = self.entries().index(entry)
        kodi.builtin(f"SetFocus(103,{number},absolute)")
        kodi.wait_for(
            lambda: kodi.label("Container(103).ListItem.Label") == entry, what=f"focus on {entry}"
        )
        kodi.key("return")

    def wait_for_entries(self, entries: Sequence[str]) -> None:
        self.room.kodi.wait_for(lambda: self.entries() == list(entries), what=f"{entries}")

    def wait_until_left(self) -> None:
        self.room.kodi.wait_for(lambda: not self.room.kodi.condition(PANEL), what="no menu")

    def take_back_all(self, count: int) -> None:
        self.open_menu()
        self.choose("Take back ticks…")
        self.wait_for_entries(
            [
                f"Those of today: {count}",
                f"Those of the last 7 days: {count}",
                f"All: {count}",
                "Back",
            ]
        )
        self.choose(f"All: {count}")
        self.wait_until_left()


def rows() -> list[plugin.Row]:
    return [
        {
            "mediatype": "movie",
            "title": name,
            "year": 2000,
            "plot": f"What happens in {name}",
            "uids": {"tmdb": str(number)},
            "path": f"plugin://{ADDON}/play/?film={number}",
        }
        for number, name in enumerate(OTHERS, 11)
    ]


def words_of_rows() -> list[dict[str, str]]:
    """What Kodi shows of the rows, by WORDS."""
    told = [(row["title"], row["title"], row["plot"], row["uids"]["tmdb"]) for row in rows()]
    return [dict(zip(WORDS, words)) for words in told]


@pytest.fixture(scope="module")
def shared_house(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Setup]:
    folder = tmp_path_factory.mktemp("addons")
    addon = plugin.plugin(folder, ADDON, {"all": {"rows": rows()}})
    with living_room(shared_kodi_factory, addons=[addon]) as room:
        setup = Setup(room)
        room.kodi.start()
        yield setup


@pytest.fixture
def setup(shared_house: Setup) -> Setup:
    shared_house.begin_anew()
    return shared_house


@pytest.mark.newest
def test_the_menu_shows_who_is_signed_in_and_leaves_with_the_remote(setup: Setup) -> None:
    setup.open_menu()
    assert setup.words() == "Ann"
    assert setup.entries() == MENU
    setup.room.kodi.picture("menu")
    setup.choose("How it is going")
    setup.wait_for_entries(["Back"])
    setup.room.kodi.picture("how-it-is-going")
    assert re.search(r"Simkl Watched 0\.1\.0, Kodi 2[01]\.\d", setup.words())
    setup.choose("Back")
    setup.wait_for_entries(MENU)
    setup.room.kodi.key("backspace")
    setup.wait_until_left()
    # A list that is opened after that is ticked as ever.
    setup.room.kodi.open(FILMS)
    setup.room.wait_for_ticks("Alien", "Brazil", "Casino")


def test_ticks_are_taken_back_but_for_those_that_the_person_changed(setup: Setup) -> None:
    room = setup.room
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil", "Casino")
    series = f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/"
    room.kodi.open(series)
    room.wait_for_ticks("01. Episode 1", "02. Episode 2", "03. Episode 3")
    casino = room.kodi.film("Casino")
    room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=casino["movieid"], playcount=2)
    setup.take_back_all(6)
    room.kodi.wait_for(lambda: room.ticked() == [], what="no tick in the season")
    room.kodi.wait_for(
        lambda: any("Ticks taken back: 5. Changed since, and left as they are: 1." in said
                    for said in room.kodi.notifications()),
        what="the sentence",
    )  # fmt: skip
    assert room.kodi.film("Alien")["playcount"] == 0
    assert room.kodi.film("Alien")["lastplayed"] == ""
    assert room.kodi.film("Casino")["playcount"] == 2
    assert {mark["playcount"] for mark in room.kodi.marks_heard()} == {2}  # the person's


def test_what_was_taken_back_stays_away_until_it_is_watched_again(setup: Setup) -> None:
    room = setup.room
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil", "Casino")
    setup.take_back_all(3)
    room.kodi.wait_for(lambda: room.ticked() == [], what="no tick")
    room.kodi.home()
    room.restart_the_add_on()
    room.simkl.person.watch(setup.films["Brazil"], at=LATER)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Brazil")
    room.let_it_look()
    assert room.ticked() == ["Brazil"]


def test_what_was_taken_back_stays_away_over_a_refresh_until_it_is_let_come_back(
    setup: Setup,
) -> None:
    room = setup.room
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil", "Casino")
    room.kodi.open(LIST)
    room.wait_for_ticks(*OTHERS)
    setup.take_back_all(6)
    room.kodi.wait_for(lambda: room.ticked() == [], what="no tick")
    room.kodi.home()
    old = room.kodi.film("Alien")["movieid"]
    updates = len(room.kodi.announced("VideoLibrary.OnUpdate"))
    room.kodi.rpc("VideoLibrary.RefreshMovie", movieid=old)
    room.kodi.wait_for(
        lambda: len(room.kodi.announced("VideoLibrary.OnUpdate")) > updates, what="the refresh"
    )
    room.let_it_look()
    room.kodi.open(FILMS)
    room.let_it_look(2)
    assert room.ticked() == []
    setup.open_menu()
    setup.choose("How it is going")
    setup.wait_for_entries(["Back"])
    assert "Removed ticks that are kept away: 6" in setup.words()
    setup.choose("Back")
    setup.wait_for_entries(MENU)
    setup.choose("Take back ticks…")
    setup.wait_for_entries(["Let removed ones come back: 6", "Back"])
    setup.choose("Let removed ones come back: 6")
    setup.wait_until_left()
    room.wait_for_ticks("Alien", "Brazil", "Casino")
    room.kodi.wait_for(
        lambda: any("may come back now: 6." in said for said in room.kodi.notifications()),
        what="the sentence",
    )
    room.kodi.open(LIST)
    room.wait_for_ticks(*OTHERS)


def test_ticks_of_another_add_ons_rows_are_taken_back_and_the_rows_keep_their_words(
    setup: Setup,
) -> None:
    room = setup.room
    room.kodi.open(LIST)
    room.wait_for_ticks(*OTHERS)
    setup.take_back_all(3)
    room.kodi.wait_for(
        lambda: room.ticked() == [] and room.kodi.rows(*WORDS) == words_of_rows(),
        what="the rows without ticks, with their words",
    )
    room.kodi.home()
    room.restart_the_add_on()
    room.kodi.open(LIST)
    room.let_it_look(4)
    assert room.ticked() == []


def test_what_the_person_played_of_another_add_on_is_theirs_and_stays(setup: Setup) -> None:
    room = setup.room
    playable(room.kodi.home_folder.addons / ADDON / "film.y4m")
    room.kodi.open(LIST)
    room.wait_for_ticks(*OTHERS)
    # Kodi 20.1 ends itself where a list is loaded while another add-on's video is opened.
    room.let_it_look(1.5)
    room.kodi.wait_for(lambda: room.kodi.shows(LIST), what="a list that stands still")
    room.kodi.rpc("Player.Open", item={"file": f"plugin://{ADDON}/play/?film=12"})
    room.kodi.wait_for(lambda: room.kodi.condition("Player.HasVideo"), what="the film")
    room.let_it_look()
    room.kodi.rpc("Player.Stop", playerid=1)
    room.kodi.wait_for(lambda: not room.kodi.condition("Player.HasVideo"), what="its end")
    room.let_it_look(1.5)
    room.kodi.open(LIST)
    setup.take_back_all(2)
    room.kodi.wait_for(lambda: room.ticked() == ["Jaws"], what="the person's tick alone")
    room.let_it_look()
    assert room.ticked() == ["Jaws"]


# The last test: it ends this Kodi.
def test_kodi_leaves_at_once_while_the_menu_is_open(setup: Setup) -> None:
    setup.open_menu()
    setup.room.kodi.quit()
