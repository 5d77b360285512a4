"""What the person chooses in the settings: what is left out, and whether Simkl may clear ticks."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest

from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

NAME = "Simkl Watched"
SIGN_IN_ANEW = f"{NAME}: The client id has changed. Please sign in to Simkl again."
AT = "2024-03-01T20:00:00Z"
ADDON, OTHER = "plugin.video.test.kids", "plugin.video.test.other"
NOW = "2025-06-01 12:00:00"
CHOSEN_FIRST = {
    "left_out_addons": "",
    "left_out_1": "",
    "clear": "false",
    "of_addons": "true",
    "of_files": "true",
    "messages": "trouble",
    "progress": "true",
}


class Setup:
    """A living room: films in two folders, a series, two add-ons, a folder of files."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.library = room.new_library()
        self.kids = room.new_library()
        self.titles = {}
        for number, (library, name) in enumerate(
            [(self.library, "Alien"), (self.library, "Brazil"), (self.kids, "Cars")], 1
        ):
            library.film(name, 2000, ids={"tmdb": str(number)})
            self.titles[name] = room.simkl.add_film(name, 2000, tmdb=number)
        self.kids.series("Bluey", 2018, {1: 3}, ids={"tvdb": "9"})
        self.titles["Bluey"] = room.simkl.add_series("Bluey", 2018, {1: 3}, tvdb=9)
        self.titles["Heat"] = room.simkl.add_film("Heat", 1995, tmdb=949)
        self.watch_all()
        room.kodi.add_library(self.library)
        room.kodi.add_library(self.kids)
        self.file = room.kodi.home_folder.media / "Heat (1995).mkv"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(b"")

    def watch_all(self) -> None:
        for title in self.titles.values():
            self.room.simkl.person.watch(title, at=AT)

    def forget_ticks(self) -> None:
        """Nothing is ticked, known or remembered."""
        room = self.room
        room.kodi.home()
        files = [row["file"] for row in [*room.kodi.films(), *room.kodi.episodes()]]
        for file in [*files, row(ADDON)["path"], row(OTHER)["path"], str(self.file)]:
            room.untick(file)
        if room.memory.exists():
            room.forget_deeds()
        self.watch_all()
        room.forget_answers()
        room.simkl.forget_requests()

    def open(self, path: str) -> None:
        """Open a list anew, when Simkl's answers were forgotten."""
        self.room.kodi.home()
        self.room.forget_answers()
        self.room.kodi.open(path)


def row(addon: str) -> plugin.Row:
    said = {"mediatype": "movie", "title": "Heat", "year": 1995, "uids": {"tmdb": "949"}}
    return {**said, "path": f"plugin://{addon}/play/?film=949"}


@pytest.fixture(scope="module")
def shared_house(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Setup]:
    folder = tmp_path_factory.mktemp("addons")
    addons = [
        plugin.plugin(folder, name, {"all": {"rows": [row(name)]}}) for name in (ADDON, OTHER)
    ]
    with living_room(shared_kodi_factory, addons=addons) as room:
        setup = Setup(room)
        room.kodi.start()
        yield setup


@pytest.fixture
def setup(shared_house: Setup) -> Iterator[Setup]:
    shared_house.forget_ticks()
    yield shared_house
    shared_house.room.simkl.behave()
    for key, value in CHOSEN_FIRST.items():
        shared_house.room.set_setting(key, value)


@pytest.fixture
def room(setup: Setup) -> LivingRoom:
    return setup.room


# What is ticked.


def test_lists_of_other_add_ons_can_be_switched_off(setup: Setup, room: LivingRoom) -> None:
    room.set_setting("of_addons", "false")
    room.kodi.open(plugin.path(ADDON, "all"))
    room.let_it_look(1.5)
    assert (room.asked(), room.ticked()) == ([], [])
    room.set_setting("of_addons", "true")
    room.wait_for_ticks("Heat")


def test_files_can_be_switched_off(setup: Setup, room: LivingRoom) -> None:
    room.set_setting("of_files", "false")
    room.kodi.open(f"{setup.file.parent}/")
    room.let_it_look(1.5)
    assert (room.asked(), room.ticked()) == ([], [])
    room.set_setting("of_files", "true")
    room.wait_for_ticks("Heat (1995).mkv")


# What is said.


def test_by_choice_it_is_said_how_many_ticks_a_list_got(setup: Setup, room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil", "Cars")
    room.let_it_look(2)
    said = f"{NAME}: Ticks from Simkl in this list: 3"
    assert said not in room.kodi.notifications()
    setup.forget_ticks()
    room.set_setting("messages", "ticks")
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: said in room.kodi.notifications(), what="how many ticks")


def test_by_choice_no_trouble_is_said(setup: Setup, room: LivingRoom) -> None:
    before = len(room.kodi.notifications())
    room.set_setting("messages", "never")
    room.simkl.misbehave("/sync/watched", faults.status(403))
    room.kodi.open(FILMS)
    room.kodi.wait_for(room.asked, what="a question")
    room.let_it_look(1.5)
    # Forgetting the answers changed the client id: what was said then may be shown only now.
    assert set(room.kodi.notifications()[before:]) <= {SIGN_IN_ANEW}


def test_a_bar_shows_how_far_a_long_list_is_and_goes(setup: Setup, room: LivingRoom) -> None:
    bar = "Window.IsVisible(extendedprogressdialog)"
    room.simkl.misbehave("/sync/watched", faults.hang(6))
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: room.kodi.condition(bar), what="the bar")
    room.kodi.picture("progress")
    room.kodi.wait_for(lambda: not room.kodi.condition(bar), what="no bar")


def test_by_choice_there_is_no_bar(setup: Setup, room: LivingRoom) -> None:
    room.set_setting("progress", "false")
    room.simkl.misbehave("/sync/watched", faults.hang(6))
    room.kodi.open(FILMS)
    for _ in range(10):
        assert not room.kodi.condition("Window.IsVisible(extendedprogressdialog)")
        room.let_it_look(0.5)


# Left out.


def test_an_add_on_that_is_left_out_causes_no_request_and_gets_no_tick(
    setup: Setup, room: LivingRoom
) -> None:
    room.set_setting("left_out_addons", ADDON)
    room.kodi.open(plugin.path(ADDON, "all"))
    room.let_it_look(1.5)
    assert room.asked() == []
    assert room.ticked() == []
    room.kodi.open(plugin.path(OTHER, "all"))
    room.wait_for_ticks("Heat")
    room.set_setting("left_out_addons", "")
    room.kodi.home()
    room.kodi.open(plugin.path(ADDON, "all"))
    room.wait_for_ticks("Heat")


def test_a_folder_that_is_left_out_is_left_out_of_the_library_too(
    setup: Setup, room: LivingRoom
) -> None:
    room.set_setting("left_out_1", f"{setup.kids.root}/")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil")
    room.let_it_look()
    assert "Cars" not in room.ticked()
    room.kodi.open(SERIES)
    room.let_it_look()
    room.kodi.open(f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/")
    room.let_it_look()
    assert room.ticked() == []
    assert len(room.asked()) == 1
    assert {item["ids"]["tmdb"] for item in room.asked()[0]} == {1, 2}


def test_a_folder_of_files_that_is_left_out_causes_no_request(
    setup: Setup, room: LivingRoom
) -> None:
    room.set_setting("left_out_1", f"{setup.file.parent}/")
    room.kodi.open(f"{setup.file.parent}/")
    room.let_it_look(1.5)
    assert room.asked() == []
    room.set_setting("left_out_1", str(setup.file.parent)[:-2])  # a part of a name is no folder
    room.kodi.home()
    room.kodi.open(f"{setup.file.parent}/")
    room.kodi.wait_for(lambda: "Heat (1995).mkv" in room.ticked(), what="the tick")


def test_an_archive_in_a_folder_that_is_left_out_causes_no_request(
    setup: Setup, room: LivingRoom
) -> None:
    folder = room.kodi.home_folder.media / "Packed"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "Heat.zip", "w") as packed:
        packed.writestr("Heat (1995).mkv", b"x")
        packed.writestr("Jaws (1975).mkv", b"x")
    archive = f"zip://{quote(f'{folder}/Heat.zip', safe='').replace('%2F', '%2f')}/"
    room.set_setting("left_out_1", f"{folder}/")
    room.let_it_look(1)
    room.kodi.open(archive)
    room.let_it_look(3)
    assert (room.asked(), room.ticked()) == ([], [])
    room.set_setting("left_out_1", "")
    room.kodi.wait_for(room.asked, what="a question")
    assert {item["title"] for item in room.asked()[0]} == {"Heat", "Jaws"}


def test_an_add_on_is_left_out_in_the_settings(setup: Setup, room: LivingRoom) -> None:
    kodi = room.kodi
    kodi.home()
    log = len(kodi.log())
    kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(addonsettings)"), what="the settings")
    walk(room, "Left alone", "left", "down")
    kodi.picture("settings-left-out")
    walk(room, "Add-ons", "right", "down")
    kodi.key("enter")
    kodi.wait_for(lambda: ADDON in kodi.dialog(), what="the add-ons to choose from")
    room.let_it_look(0.5)
    kodi.key("enter")
    room.let_it_look(0.3)
    kodi.picture("settings-left-out-add-ons")
    for _ in range(2):  # of the selection, then of the settings
        walk(room, "OK", "right", "up")
        kodi.key("enter")
        kodi.wait_for(lambda: not kodi.condition("Window.IsActive(selectdialog)"), what="its end")
        room.let_it_look(0.5)
    kodi.wait_for(lambda: not kodi.condition("Window.IsActive(addonsettings)"), what="the end")
    assert "left_out" not in kodi.log()[log:]  # where Kodi does not understand a setting
    assert kodi.get_setting(ADDON_ID, "left_out_addons") == ADDON
    room.simkl.forget_requests()
    kodi.open(plugin.path(ADDON, "all"))
    room.let_it_look()
    assert room.asked() == []


def walk(room: LivingRoom, label: str, *keys: str) -> None:
    """Press the first key once, and the others until a control has the focus."""
    first, then = keys
    for number in range(13):
        before = focused(room)
        room.kodi.key(then if number else first)
        with suppress(AssertionError):  # two controls may have one name
            room.kodi.wait_for(lambda: focused(room) != before, timeout=2)  # noqa: B023
        if focused(room).startswith(label):
            return
    raise AssertionError(f"{label} is not to be found")


def focused(room: LivingRoom) -> str:
    return room.kodi.label("System.CurrentControl").strip("[]")


# Let Simkl clear ticks.


def every_list(setup: Setup) -> list[tuple[str, str]]:
    """A list, and the row in it that Simkl has as watched at first."""
    number = setup.room.kodi.series()[0]["tvshowid"]
    return [
        (FILMS, "Alien"),
        (f"{SERIES}{number}/1/", "02. Episode 2"),
        (plugin.path(ADDON, "all"), "Heat"),
        (f"{setup.file.parent}/", setup.file.name),
    ]


def unwatch(setup: Setup) -> None:
    person = setup.room.simkl.person
    person.unwatch(setup.titles["Bluey"], season=1, episode=2)
    for name in ("Alien", "Heat"):
        person.unwatch(setup.titles[name])


def test_ticks_of_ours_stay_when_simkl_has_them_no_more(setup: Setup, room: LivingRoom) -> None:
    for path, label in every_list(setup):
        setup.open(path)
        room.wait_for_ticks(label)
    unwatch(setup)
    for path, label in every_list(setup):
        setup.open(path)
        room.let_it_look(1.5)
        assert label in room.ticked()


def test_where_simkl_may_ticks_of_ours_are_cleared_and_others_stay(
    setup: Setup, room: LivingRoom
) -> None:
    for path, label in every_list(setup):
        setup.open(path)
        room.wait_for_ticks(label)
    by_hand = room.kodi.film("Brazil")
    room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=by_hand["movieid"], lastplayed=NOW)
    setup.room.simkl.person.unwatch(setup.titles["Brazil"])
    unwatch(setup)
    marks = len(room.kodi.marks_heard())
    room.set_setting("clear", "true")
    for path, label in every_list(setup):
        setup.open(path)
        wait_until_cleared(room, label)
    assert room.kodi.watched("Alien").playcount == 0
    assert room.kodi.watched("Alien").lastplayed == ""
    assert room.kodi.watched("Bluey", 1, 1).playcount == 1
    assert room.kodi.watched("Brazil").playcount == 1  # its date was changed by somebody else
    assert room.kodi.watched("Cars").playcount == 1
    assert len(room.kodi.marks_heard()) == marks


def wait_until_cleared(room: LivingRoom, label: str) -> None:
    room.kodi.wait_for(lambda: label not in room.ticked(), what=f"no tick on {label}")


def test_what_simkl_does_not_know_is_not_cleared(setup: Setup, room: LivingRoom) -> None:
    room.set_setting("clear", "true")
    setup.open(FILMS)
    room.wait_for_ticks("Alien")
    room.simkl.misbehave("/sync/watched", faults.change(_not_found), times=None)
    setup.open(FILMS)
    room.kodi.wait_for(lambda: len(room.asked()) == 2, what="the second question")
    room.let_it_look()
    room.simkl.behave()
    assert "Alien" in room.ticked()


def _not_found(body: object) -> object:
    assert isinstance(body, list)
    return [{"result": "not_found"} for _ in body]


def test_ticks_are_cleared_from_a_list_of_series(setup: Setup, room: LivingRoom) -> None:
    room.set_setting("clear", "true")
    setup.open(SERIES)
    room.kodi.wait_for(lambda: room.kodi.watched("Bluey", 1, 3).playcount == 1, what="the ticks")
    room.simkl.person.unwatch(setup.titles["Bluey"], season=1, episode=2)
    setup.open(SERIES)
    room.kodi.wait_for(lambda: room.kodi.watched("Bluey", 1, 2).playcount == 0, what="one to go")
    assert room.kodi.watched("Bluey", 1, 1).playcount == 1
