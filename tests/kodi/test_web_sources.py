"""Videos on a web server: a login in the paths, and names that are encoded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.web import Web, web

AT = "2024-03-01T20:00:00Z"
LOCAL = "2024-03-01 21:00:00"
PASSWORD = "s3cret-of-ann"
PANEL = "Window.IsVisible(simkl-watched-panel.xml)"


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        yield room


@pytest.fixture
def guarded(room: LivingRoom, tmp_path: Path) -> Iterator[Web]:
    """A source with a login in Kodi: films in the library from two folders, and a plain file."""
    library = Library(tmp_path / "served")
    with web(library.root, f"ann:{PASSWORD}") as served:
        for number, (name, folder) in enumerate((("Alien", "films"), ("Cars", "Kids")), 1):
            library.film(name, 2000, ids={"tmdb": str(number)})
            room.simkl.person.watch(room.simkl.add_film(name, 2000, tmdb=number), at=AT)
            (library.root / folder).mkdir(exist_ok=True)
            if folder != "films":
                made = library.films / f"{name} (2000)"
                made.rename(library.root / folder / made.name)
        room.simkl.person.watch(room.simkl.add_film("Heat", 1995, tmdb=949), at=AT)
        (library.root / "loose").mkdir()
        (library.root / "loose" / "Heat (1995).mkv").touch()
        room.kodi.home_folder.web_sources = [served.url]
        room.kodi.start()
        for folder in ("films/", "Kids/"):
            room.kodi.scan_films(served.url + folder)
        yield served


def kept_by_the_add_on(room: LivingRoom) -> bytes:
    """All that it has written: its files, and its lines in Kodi's log."""
    lines = [line for line in room.kodi.log().splitlines() if f"[{ADDON_ID}]" in line]
    files = (file for file in room.account_file.parent.rglob("*") if file.is_file())
    return b"".join([*(file.read_bytes() for file in files), "\n".join(lines).encode()])


def ids_asked(room: LivingRoom) -> set[int]:
    return {item["ids"]["tmdb"] for body in room.asked() for item in body}


# A login.


def test_a_folder_is_left_out_also_where_the_librarys_paths_carry_a_login(
    room: LivingRoom, guarded: Web
) -> None:
    room.set_setting("left_out_1", guarded.bare_url + "Kids/")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    room.let_it_look(2)
    assert ids_asked(room) == {1}
    assert room.kodi.watched("Cars")[:2] == (0, "")
    assert PASSWORD.encode() not in kept_by_the_add_on(room)


def test_a_folder_that_is_chosen_from_a_source_with_a_login_is_kept_without_it(
    room: LivingRoom, guarded: Web
) -> None:
    choose_folder(room, "The web", "Kids")
    file = room.account_file.with_name("settings.xml")
    kept = guarded.bare_url + "Kids/"
    room.kodi.wait_for(lambda: kept in file.read_text(), what="the folder without its login")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    room.let_it_look(2)
    assert ids_asked(room) == {1}
    # The dialog does not bring it back.
    open_settings(room)
    leave_settings(room)
    assert kept in file.read_text()
    assert PASSWORD.encode() not in kept_by_the_add_on(room)


def test_a_login_that_an_older_version_has_kept_is_taken_out_at_the_start(
    room: LivingRoom, guarded: Web
) -> None:
    with room.without_the_add_on():
        home = room.kodi.home_folder
        settings = {"api_url": room.simkl.url, "client_id": room.simkl.client_id, "home": "false"}
        settings["left_out_2"] = guarded.url + "Kids/"
        home.write_addon_settings(ADDON_ID, settings)
    file = room.account_file.with_name("settings.xml")
    room.kodi.wait_for(
        lambda: guarded.bare_url + "Kids/" in file.read_text(), what="the folder without its login"
    )
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    room.let_it_look(2)
    assert ids_asked(room) == {1}
    assert PASSWORD.encode() not in kept_by_the_add_on(room)


def test_what_was_ticked_on_a_source_with_a_login_is_taken_back_and_no_password_is_kept(
    room: LivingRoom, guarded: Web
) -> None:
    loose = guarded.url + "loose/"
    room.kodi.open(loose)
    room.wait_for_ticks("Heat (1995).mkv")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Cars")
    room.let_it_look(1)
    assert PASSWORD.encode() not in kept_by_the_add_on(room)
    take_back_all(room, 3)
    heat = loose + quote("Heat (1995).mkv", safe="()")
    wanted: dict[str, Any] = {"file": heat, "media": "video", "properties": ["playcount"]}
    room.kodi.wait_for(
        lambda: not room.kodi.rpc("Files.GetFileDetails", **wanted)["filedetails"]["playcount"],
        what="no tick",
    )
    assert [film["playcount"] for film in room.kodi.films()] == [0, 0]
    room.kodi.open(loose)
    room.let_it_look(2)
    assert room.ticked() == []
    assert PASSWORD.encode() not in kept_by_the_add_on(room)


def take_back_all(room: LivingRoom, count: int) -> None:
    kodi = room.kodi
    kodi.builtin(f"RunScript({ADDON_ID})")
    for wanted in ("Take back ticks…", f"All: {count}"):
        kodi.wait_for(lambda: wanted in entries(room), what=wanted)  # noqa: B023
        kodi.builtin(f"SetFocus(103,{entries(room).index(wanted)},absolute)")
        kodi.wait_for(
            lambda: kodi.label("Container(103).ListItem.Label") == wanted,  # noqa: B023
            what=f"focus on {wanted}",
        )
        kodi.key("return")
    kodi.wait_for(lambda: not kodi.condition(PANEL), what="no menu")


def entries(room: LivingRoom) -> list[str]:
    count = int(room.kodi.label("Container(103).NumItems") or 0)
    labels = [f"Container(103).ListItemAbsolute({number}).Label" for number in range(count)]
    return list(room.kodi.labels(*labels).values()) if labels else []


def choose_folder(room: LivingRoom, source: str, folder: str) -> None:
    """In the settings, with keys, as a person does."""
    kodi = room.kodi
    open_settings(room)
    walk(room, "Left alone", "left", "down")
    walk(room, "Folder", "right", "down")
    kodi.key("enter")
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(filebrowser)"), what="the browser")
    room.let_it_look(1)
    for wanted in (source, folder):
        for _ in range(15):
            if focused(room).startswith(wanted):
                break
            kodi.key("down")
            room.let_it_look(0.3)
        kodi.key("enter")
        room.let_it_look(1)
    walk(room, "OK", "right", "up")
    kodi.key("enter")
    room.let_it_look(1)
    leave_settings(room)


def open_settings(room: LivingRoom) -> None:
    room.kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    room.kodi.wait_for(lambda: room.kodi.condition("Window.IsActive(addonsettings)"))
    room.let_it_look(0.5)


def leave_settings(room: LivingRoom) -> None:
    """With OK."""
    walk(room, "OK", "right", "up")
    room.kodi.key("enter")
    room.kodi.wait_for(lambda: not room.kodi.condition("Window.IsActive(addonsettings)"))
    room.let_it_look(1)
    room.kodi.home()


def walk(room: LivingRoom, label: str, *keys: str) -> None:
    """Press the first key once, and the others until a control has the focus."""
    first, then = keys
    for number in range(13):
        before = focused(room)
        room.kodi.key(then if number else first)
        end = time.monotonic() + 2
        while focused(room) == before and time.monotonic() < end:
            room.let_it_look(0.02)
        if focused(room).startswith(label):
            return
    raise AssertionError(f"{label} is not to be found; {focused(room)}")


def focused(room: LivingRoom) -> str:
    return room.kodi.label("System.CurrentControl").strip("[]")


# Encoded names.


def test_files_are_asked_by_their_decoded_names(room: LivingRoom, tmp_path: Path) -> None:
    """Kodi's path says %20; Simkl is asked about "Heat", and the row is ticked."""
    files = (
        "Heat (1995).mkv",
        "Amélie (2001).mkv",
        "Dark (2017) S01E02.mkv",
        "100% Wolf (2020).mkv",
        "Rock & Rule (1983).mkv",
        "Zulu {tmdb-14433}.mkv",
    )
    simkl, person = room.simkl, room.simkl.person
    films = (("Heat", 1995), ("Amélie", 2001), ("100% Wolf", 2020), ("Rock & Rule", 1983))
    for name, year in films:
        person.watch(simkl.add_film(name, year, tmdb=year), at=AT)
    person.watch(simkl.add_film("Zulu", 1964, tmdb=14433), at=AT)
    person.watch(simkl.add_series("Dark", 2017, {1: 3}, tmdb=7), at=AT)
    with web(tmp_path / "served") as served:
        for name in files:
            (tmp_path / "served" / name).touch()
        room.kodi.home_folder.web_sources = [served.url]
        room.kodi.start()
        for _ in range(2):
            room.kodi.open(served.url)
            room.wait_for_ticks(*files)
            room.kodi.home()
    asked = [item for body in room.asked() for item in body]
    by_name = [item["title"] for item in asked if "title" in item]
    assert sorted(by_name) == sorted(["Dark", *(name for name, _ in films)])
    assert [item["ids"] for item in asked if "title" not in item] == [{"tmdb": 14433}]
