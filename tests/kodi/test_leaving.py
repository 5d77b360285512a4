"""Kodi leaves without waiting for this add-on, whatever that is doing."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

LEFTOVERS = (
    "didn't stop",
    "let's kill it",
    "Traceback",
    "has left several classes",
    "EXCEPTION Thrown",  # what a call raises and a script catches is no leftover
)
# Seconds, on a machine that may be busy; on one that is not it takes 0.02 to 0.3 s. Kodi's own
# share is up to 0.3 s: it looks for what is left ten times a second.
QUICKLY = 2
_END = re.compile(rf"{ADDON_ID}/service\.py\): script termination took (\d+)ms")


@contextmanager
def furnished_room(make: KodiFactory) -> Iterator[LivingRoom]:
    """A long list of watched films; Kodi is not started."""
    with living_room(make) as room:
        library = room.new_library()
        library.many_films(150)
        for n in range(1, 151):
            film = room.simkl.add_film(f"Film {n:04}", 1950 + n % 70, tmdb=100_000 + n)
            room.simkl.person.watch(film, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        yield room


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with furnished_room(shared_kodi_factory) as room:
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    """Signed in, started; Kodi and Simkl are as new but for ticks."""
    shared_room.sign_in()
    shared_room.kodi.start()
    yield shared_room
    if shared_room.kodi.running:
        shared_room.kodi.quit()
    shared_room.simkl.behave()
    shared_room.simkl.forget_requests()


def seconds_to_end(room: LivingRoom) -> float:
    """Quit Kodi; how long it had to wait for the add-on's service. Nothing must be left over."""
    room.kodi.quit()
    log = room.kodi.log()
    left = [line for line in log.splitlines() if any(word in line for word in LEFTOVERS)]
    assert left == []
    took = _END.findall(log)
    assert len(took) == 1
    return int(took[0]) / 1000


def wait_for_request(room: LivingRoom, path: str) -> None:
    assert room.simkl.wait_for(lambda: room.simkl.requests_to(path), timeout=40)


def test_kodi_leaves_while_the_add_on_is_idle(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.wait_for_ticks("Film 0001", "Film 0150", timeout=60)
    room.let_it_look()
    assert seconds_to_end(room) < QUICKLY


@pytest.mark.newest
def test_kodi_leaves_while_a_request_hangs(room: LivingRoom) -> None:
    room.simkl.misbehave("/sync/watched", faults.hang(60))
    room.kodi.open(FILMS)
    wait_for_request(room, "/sync/watched")
    assert seconds_to_end(room) < QUICKLY


def test_kodi_leaves_while_a_connection_is_not_answered(room: LivingRoom) -> None:
    try:
        with deaf_host() as address:
            room.set_setting("api_url", address)
            room.press("sign_in")
            room.kodi.wait_for(room.kodi.dialog, what="the sign-in dialog")
            room.let_it_look(4)  # importing requests, on a machine that is busy, cannot be cut
            assert seconds_to_end(room) < QUICKLY
    finally:
        restore_address(room)


def test_kodi_leaves_during_a_sign_in(room: LivingRoom) -> None:
    room.press("sign_in")
    room.kodi.wait_for(lambda: "simkl.com/pin" in room.kodi.dialog(), what="the code")
    assert seconds_to_end(room) < QUICKLY


def test_kodi_leaves_while_a_sentence_is_on_the_screen(room: LivingRoom) -> None:
    room.simkl.misbehave("/oauth2/device", faults.silent_close)
    room.press("sign_in")
    room.kodi.wait_for(lambda: "cannot be reached" in room.kodi.dialog(), what="the sentence")
    assert seconds_to_end(room) < QUICKLY


def test_kodi_leaves_while_the_settings_are_open(room: LivingRoom) -> None:
    room.kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    room.kodi.wait_for(
        lambda: room.kodi.condition("Window.IsActive(addonsettings)"), what="the settings"
    )
    assert seconds_to_end(room) < QUICKLY


def test_kodi_leaves_during_a_back_off(room: LivingRoom) -> None:
    room.simkl.misbehave("/sync/watched", faults.status(429, retry_after=300))
    room.kodi.open(FILMS)
    wait_for_request(room, "/sync/watched")
    room.let_it_look()
    assert seconds_to_end(room) < QUICKLY


def test_kodi_leaves_while_a_long_list_is_written(room: LivingRoom) -> None:
    for film in room.kodi.films():
        # Not SetMovieDetails: that would be a mark by hand, which the add-on follows.
        file = film["file"]
        room.kodi.rpc("Files.SetFileDetails", file=file, media="video", playcount=0, lastplayed="")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Film 0001", timeout=60)
    assert seconds_to_end(room) < QUICKLY


def test_switched_off_while_it_starts_it_ends_before_kodi_ends_it(room: LivingRoom) -> None:
    room.let_it_look()
    for tenths in range(10):
        room.enable(False)
        room.kodi.wait_for(lambda: room.services() == 0, what="its end")
        for compiled in (room.kodi.home_folder.addons / ADDON_ID).rglob("*.pyc"):
            compiled.unlink()  # as after an update: it takes its time to start
        room.enable(True)
        room.kodi.wait_for(lambda: room.services() == 1, what="its start")
        room.let_it_look(tenths / 10)
    room.kodi.quit()
    assert "didn't stop" not in room.kodi.log()


@contextmanager
def deaf_host() -> Iterator[str]:
    """The address of a server that takes no connection and refuses none: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        for caller in callers:
            caller.close()


def restore_address(room: LivingRoom) -> None:
    """Kodi has written its settings while it left."""
    file = room.account_file.with_name("settings.xml")
    text = re.sub(r"http://127\.0\.0\.1:\d+", room.simkl.url, file.read_text())
    file.write_text(text)
