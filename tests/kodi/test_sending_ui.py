"""Switching on and off that Simkl is told what is watched, and what waits for it, as a person does.

The tests follow one another: at first the sign-in may only read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timezone
from typing import Any

import pytest

from lib.account.token_file import TokenFile
from lib.storage.outbox import MARK, PLAY, UNPLACED, WATCHED, OutboxEntry
from lib.storage.store import Store
from lib.titles.title import MOVIE, SHOW, Title
from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room
from .test_settings import walk
from .test_sign_in import (
    DEVICE,
    REVOKE,
    TOKEN,
    account,
    approve,
    code_on_screen,
    wait_for_no_dialog,
    wait_for_notification,
    wait_for_words,
)

NAME = "Simkl Watched"
AT = datetime(2024, 3, 1, 20, 0, tzinfo=timezone.utc)
PURPOSE = "With this sign-in Simkl Watched may tell Simkl what you watch in Kodi."
ON = f"{NAME}: From now on Simkl is told what you watch in Kodi."
OFF = f"{NAME}: Simkl is no longer told what you watch in Kodi."
READ_ONLY = "Simkl lets this sign-in only read, so it is told nothing."
BOTH = "media:read media:write"
# Simkl has neither, so neither is ever sent.
HEAT = Title(MOVIE, (("tmdb", "949"),))
DARK = Title(SHOW, (("tmdb", "70523"),))


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.film("Alien", 1979, ids={"tmdb": "348"})
        alien = room.simkl.add_film("Alien", 1979, tmdb=348)
        room.simkl.person.watch(alien, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        room.simkl.set_code(interval=1)
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    yield shared_room
    shared_room.simkl.behave()
    shared_room.leave_dialogs()
    shared_room.simkl.forget_requests()


def is_on(room: LivingRoom) -> bool:
    return room.kodi.get_setting(ADDON_ID, "send") == "true"


def wait_until(room: LivingRoom, *, on: bool) -> None:
    room.kodi.wait_for(lambda: is_on(room) == on, what="the setting")


def put(room: LivingRoom) -> None:
    """Have a film wait that Simkl refused, and an episode that it cannot place."""
    grant = TokenFile(room.account_file).read()
    assert grant is not None
    who = grant.account or grant.person
    heat = OutboxEntry(who, WATCHED, PLAY, HEAT, -1, -1, AT, "Heat (1995)", UNPLACED, "refused", AT)
    dark = OutboxEntry(who, WATCHED, MARK, DARK, 2, 99, AT, "Dark 2x99", UNPLACED, "unplaced", AT)
    with closing(Store(room.memory, print)) as store:
        store.outbox.add([heat, dark])


def waiting(room: LivingRoom) -> list[OutboxEntry]:
    with closing(Store(room.memory, print)) as store:
        accounts = store.outbox.accounts()
        return [entry for each in accounts for entry in store.outbox.waiting(each)]


def entries(room: LivingRoom) -> list[str]:
    count = int(room.kodi.label("Container(103).NumItems") or 0)
    labels = [f"Container(103).ListItemAbsolute({number}).Label" for number in range(count)]
    return list(room.kodi.labels(*labels).values())


def wait_for_entries(room: LivingRoom, *beginnings: str) -> None:
    def are_shown() -> bool:
        shown = entries(room)
        return len(shown) == len(beginnings) and all(map(str.startswith, shown, beginnings))

    room.kodi.wait_for(are_shown, what=f"{beginnings}")


def choose(room: LivingRoom, beginning: str) -> None:
    """Not before the panel has its rows and the focus: both come after its words."""

    def is_chosen() -> bool:
        shown = entries(room)
        numbers = [number for number, row in enumerate(shown) if row.startswith(beginning)]
        if not numbers:
            return False
        room.kodi.builtin(f"SetFocus(103,{numbers[0]},absolute)")
        label = room.kodi.label("Container(103).ListItem.Label")
        return label.startswith(beginning) and room.kodi.condition("Control.HasFocus(103)")

    room.kodi.wait_for(is_chosen, what=beginning, every=0.2)
    room.kodi.key("return")


def open_menu(room: LivingRoom, *beginnings: str) -> None:
    room.kodi.builtin(f"RunScript({ADDON_ID})")
    wait_for_entries(room, *beginnings)


MENU = ("Check this list now", "Take back ticks…", "How it is going", "Settings", "Sign out")


def menu_with(entry: str) -> Sequence[str]:
    return (MENU[0], entry, *MENU[1:])


def bodies(room: LivingRoom, path: str) -> list[Any]:
    return [request.body for request in room.simkl.requests_to(path)]


@pytest.mark.newest
def test_it_is_switched_on_in_the_settings_and_off_again_where_the_window_is_cancelled(
    room: LivingRoom,
) -> None:
    kodi, before = room.kodi, account(room)
    log = len(kodi.log())
    kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(addonsettings)"), what="the settings")
    walk(room, "Tell Simkl", "left", "down")
    kodi.picture("settings-send-off")
    walk(room, "Tell Simkl what I watch", "right", "down")
    kodi.key("enter")
    room.let_it_look(0.5)
    kodi.picture("settings-send-on")
    kodi.key("right")  # the bar of the list, which is longer than the screen
    room.let_it_look(0.3)
    walk(room, "OK", "right", "up")
    kodi.key("enter")
    code_on_screen(room)
    # Kodi says so where it does not understand one.
    assert [
        line for line in kodi.log()[log:].splitlines() if "unable to" in line and "send" in line
    ] == []
    assert kodi.label("Control.GetLabel(108)") == PURPOSE
    room.let_it_look(1)
    kodi.picture("sign-in-to-send")
    assert [body["scope"] for body in bodies(room, DEVICE)] == [BOTH]
    assert is_on(room)
    kodi.press_cancel()
    wait_for_no_dialog(room)
    wait_until(room, on=False)
    room.let_it_look()
    assert before.items() <= account(room).items()  # whose it is may have been kept beside that
    assert kodi.dialog() == ""  # nothing waits, so nothing is asked
    assert room.simkl.requests_to(REVOKE) == []


def test_where_simkl_grants_reading_alone_it_is_said_and_reading_goes_on(room: LivingRoom) -> None:
    def without_writing(body: Any) -> Any:
        return {**body, "scope": "media:read"} if "scope" in body else body

    room.simkl.misbehave(TOKEN, faults.change(without_writing), times=None)
    room.set_setting("send", "true")
    room.simkl.approve(code_on_screen(room))
    wait_for_words(room, READ_ONLY)
    room.let_it_look(0.5)
    room.kodi.picture("sign-in-read-only")
    room.kodi.press_cancel()
    wait_for_no_dialog(room)
    wait_until(room, on=False)
    assert account(room)["scope"] == "media:read"
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")


@pytest.mark.newest
def test_the_old_sign_in_is_ended_once_the_new_one_works(room: LivingRoom) -> None:
    old, before = account(room), len(room.kodi.notifications())
    room.set_setting("send", "true")
    code = code_on_screen(room)
    assert room.simkl.requests_to(REVOKE) == []
    new = approve(room, code)
    wait_for_notification(room, ON, before)
    assert is_on(room)
    assert new["scope"] == BOTH
    assert room.simkl.wait_for(lambda: room.simkl.requests_to(REVOKE))
    assert [body["token"] for body in bodies(room, REVOKE)] == [old["refresh_token"]]
    paths = [request.path for request in room.simkl.requests]
    assert paths.index("/users/settings") < paths.index(REVOKE)


# From here on the sign-in may write.
@pytest.mark.newest
def test_what_waits_is_seen_dropped_and_sent_again(room: LivingRoom) -> None:
    kodi = room.kodi
    open_menu(room, *MENU)
    kodi.press_cancel()
    wait_for_no_dialog(room)
    put(room)
    open_menu(room, *menu_with("Waiting for Simkl (2)"))
    kodi.picture("menu-waiting")
    choose(room, "Waiting for Simkl")
    wait_for_entries(room, "Heat (1995) · ", "Dark 2x99 · ", "Send all again", "Drop all", "Back")
    assert entries(room)[0].endswith(" · Simkl refused it")
    assert entries(room)[1].endswith(" · Simkl cannot place it")
    kodi.picture("waiting")
    choose(room, "Dark")
    wait_for_entries(room, "Send again", "Drop it", "Back")
    room.let_it_look(0.5)
    kodi.picture("waiting-one")
    assert "Marked as watched: " in kodi.label("Control.GetLabel(102)")
    choose(room, "Send again")
    kodi.wait_for(
        lambda: [each.tried_at for each in waiting(room) if each.title == DARK] != [AT],
        what="another try",
    )
    choose(room, "Heat")
    choose(room, "Drop it")
    wait_for_entries(room, "Dark 2x99 · ", "Send all again", "Drop all", "Back")
    assert [each.label for each in waiting(room)] == ["Dark 2x99"]
    choose(room, "Back")
    choose(room, "How it is going")
    wait_for_entries(room, "Back")
    kodi.picture("how-it-is-going-sending")
    assert "Told Simkl today: 0\nWaiting for Simkl: 1" in kodi.label("Control.GetLabel(102)")


def test_switched_off_it_asks_what_to_do_with_what_waits_and_keeps_it(room: LivingRoom) -> None:
    room.set_setting("send", "false")
    wait_for_entries(room, "Keep it", "Drop all")
    room.let_it_look(0.5)
    room.kodi.picture("keep-or-drop")
    choose(room, "Keep it")
    wait_for_no_dialog(room)
    assert [each.label for each in waiting(room)] == ["Dark 2x99"]
    open_menu(room, *menu_with("Waiting for Simkl (1)"))
    choose(room, "Waiting for Simkl")
    wait_for_entries(room, "Dark 2x99 · ", "Drop all", "Back")
    assert "is off in the settings" in room.kodi.label("Control.GetLabel(102)")


def test_switched_on_and_off_again_it_needs_no_sign_in_and_what_waits_can_be_dropped(
    room: LivingRoom,
) -> None:
    room.set_setting("send", "true")
    room.let_it_look()
    assert is_on(room)
    assert room.simkl.requests_to(DEVICE) == []
    room.set_setting("send", "false")
    wait_for_entries(room, "Keep it", "Drop all")
    choose(room, "Drop all")
    wait_for_entries(room, "Back")
    assert waiting(room) == []
    room.kodi.press_cancel()
    wait_for_no_dialog(room)
    open_menu(room, *MENU)
    room.kodi.press_cancel()
    wait_for_no_dialog(room)
    before = len(room.kodi.notifications())
    room.set_setting("send", "true")
    room.let_it_look()
    room.set_setting("send", "false")
    wait_for_notification(room, OFF, before)


def test_with_an_old_client_id_the_sign_in_that_is_there_may_write(room: LivingRoom) -> None:
    with room.without_the_add_on():
        room.sign_in(room.simkl.old_client_id)
    room.set_setting("client_id", room.simkl.old_client_id)
    room.kodi.wait_for(lambda: json.loads(room.account_file.read_text())["generation"] == 1)
    room.let_it_look()
    before = len(room.kodi.notifications())
    room.set_setting("send", "true")
    wait_for_notification(room, ON, before)
    assert room.simkl.requests_to("/oauth/pin") == []
