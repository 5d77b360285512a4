"""Signing in and out, as a person does it in front of a Kodi."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room
from .harness.system import outside

HELLO = "Simkl Watched: Hello Ann! What you have watched is now ticked as you browse."
EXPIRED = "The code has expired. Please sign in again."
REFUSED = "Simkl does not accept the client id. Please check it in the settings of Simkl Watched."
UNREACHABLE = "Simkl cannot be reached. Please check the network and try again."
BROKEN = (
    "Simkl Watched: The stored sign-in cannot be used. Please open Simkl Watched and sign in again."
)
# Seconds; nearly all of it is Kodi's own fading out, on a busy machine.
AT_ONCE = 2.0
DEVICE, TOKEN, REVOKE = "/oauth2/device", "/oauth2/token", "/oauth2/revoke"


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory, signed_in=False) as room:
        room.account_file.parent.mkdir(parents=True, exist_ok=True)
        room.account_file.write_text('{"version": 1, "access_token": "simkl_at_ha')
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    """Nothing is on the screen, and codes are polled every second; somebody may be signed in."""
    shared_room.simkl.set_code(interval=1)
    yield shared_room
    shared_room.simkl.behave()
    shared_room.leave_dialogs()
    choose_client_id(shared_room, shared_room.simkl.client_id)
    assert shared_room.simkl.violations == []
    shared_room.simkl.forget_requests()


def choose_client_id(room: LivingRoom, client_id: str) -> None:
    if room.kodi.get_setting(ADDON_ID, "client_id") != client_id:
        room.set_setting("client_id", client_id)
        room.let_it_look(0.2)


def code_on_screen(room: LivingRoom, *, but: str = "") -> str:
    """The code in the dialog, once there is one (another than `but`)."""

    def code() -> str:
        found = re.search(r"\[B\](\S+)\[/B\]|^([0-9A-Z-]{6,9})$", room.kodi.dialog(), re.MULTILINE)
        shown = (found[1] or found[2]) if found else ""
        return "" if shown == but else shown

    return room.kodi.wait_for(code, what="a code in the dialog")


def wait_for_words(room: LivingRoom, words: str) -> None:
    room.kodi.wait_for(lambda: words in room.kodi.dialog(), what=f'"{words}" in a dialog')


def wait_for_notification(room: LivingRoom, words: str, before: int = 0) -> None:
    room.kodi.wait_for(
        lambda: words in room.kodi.notifications()[before:], what=f'the notification "{words}"'
    )


def wait_for_no_dialog(room: LivingRoom, timeout: float = 40) -> None:
    room.kodi.wait_for(lambda: not room.kodi.dialog(), timeout=timeout, what="no dialog")


def account(room: LivingRoom) -> dict[str, object]:
    content: dict[str, object] = json.loads(room.account_file.read_text())
    return content


def said_by(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return str(done.stdout).strip()


def read_qr(picture: Path) -> str:
    """What a phone reads of the QR code in a picture."""
    return said_by("zbarimg", "--quiet", "--raw", str(picture))


def picture_with_qr(room: LivingRoom, name: str) -> Path:
    """A picture of the window when it has faded in, and Kodi has loaded the QR code."""

    def is_drawn() -> bool:
        with suppress(subprocess.CalledProcessError):
            return read_qr(room.kodi.picture(name)) != ""
        return False

    room.kodi.wait_for(is_drawn, what="a QR code", every=0.2)
    room.let_it_look(1)
    return room.kodi.picture(name)


def letter_height(picture: Path) -> float:
    """Height of the code's letters, as a share of the screen's."""
    # Where the first letter of the code stands, as black and white.
    band = ("-crop", "50x110+505+320", "+repage", "-threshold", "60%")
    height = said_by("convert", str(picture), *band, "-trim", "-format", "%h", "info:")
    return int(height) / 720


def choose_in_the_menu(room: LivingRoom, number: int, entry: str) -> None:
    """Not before the menu has its rows and the focus: both come after its words."""

    def is_chosen() -> bool:
        room.kodi.builtin(f"SetFocus(103,{number},absolute)")
        return room.kodi.label("Container(103).ListItem.Label") == entry and room.kodi.condition(
            "Control.HasFocus(103)"
        )

    room.kodi.wait_for(is_chosen, what=entry, every=0.2)
    room.kodi.key("return")


def approve(room: LivingRoom, code: str) -> dict[str, object]:
    """Approve at Simkl; what the account file holds when it has been noticed."""
    before = stamp(room)
    room.simkl.approve(code)
    room.kodi.wait_for(lambda: stamp(room) != before, what="the account file")
    wait_for_no_dialog(room)
    return account(room)


def stamp(room: LivingRoom) -> int:
    """Another one when the account file has changed; 0 while there is none."""
    return room.account_file.stat().st_mtime_ns if room.account_file.exists() else 0


def sign_in(room: LivingRoom) -> dict[str, object]:
    room.press("sign_in")
    return approve(room, code_on_screen(room))


def sign_out(room: LivingRoom) -> None:
    room.press("sign_out")
    wait_until_signed_out(room)


def wait_until_signed_out(room: LivingRoom) -> None:
    room.kodi.wait_for(lambda: not room.account_file.exists(), what="sign-out")


def name_in_the_settings(room: LivingRoom) -> str:
    return room.kodi.get_setting(ADDON_ID, "account")


def polls(room: LivingRoom) -> int:
    return len(room.simkl.requests_to(TOKEN)) + len(room.simkl.requests_to("/oauth/pin/*"))


def wait_for_polls(room: LivingRoom, count: int) -> None:
    """Wait until at least that many were answered."""
    room.kodi.wait_for(
        lambda: polls(room) >= count and room.simkl.requests[-1].status is not None,
        what=f"{count} polls",
    )


def assert_nothing_more_is_asked(room: LivingRoom, seconds: float = 2.2) -> None:
    """seconds: two polls would fit in."""
    before = len(room.simkl.requests)
    room.let_it_look(seconds)
    assert len(room.simkl.requests) == before


def press_in_the_settings(room: LivingRoom, button: str) -> None:
    """Walk down the open settings to a button and press it."""
    room.kodi.wait_for(lambda: focus(room) == "Sign in", what="the settings")
    for _ in range(4):
        if focus(room) == button:
            room.kodi.key("return")
            return
        step_down(room)
    raise AssertionError(f"the keys did not reach {button}")


def step_down(room: LivingRoom) -> None:
    before = focus(room)
    room.kodi.key("down")
    room.kodi.wait_for(lambda: focus(room) != before, what="the focus to move")


def focus(room: LivingRoom) -> str:
    return room.kodi.label("System.CurrentControl")


# The first test: the account file is broken when this Kodi starts.
def test_a_broken_account_file_is_said_and_signing_in_mends_it(room: LivingRoom) -> None:
    wait_for_notification(room, BROKEN)
    assert name_in_the_settings(room) == "You are not signed in to Simkl."
    assert room.simkl.requests == []
    assert sign_in(room)["generation"] == 2


@pytest.mark.newest
def test_signing_in_by_code_greets_by_name_and_closes_by_itself(room: LivingRoom) -> None:
    before = len(room.kodi.notifications())
    room.press("sign_in")
    code = code_on_screen(room)
    assert room.simkl.waiting_codes() == [code]
    assert room.kodi.dialog().startswith("Sign in to Simkl\n")
    assert "open simkl.com/pin" in room.kodi.dialog()
    signed_in = approve(room, code)
    wait_for_notification(room, HELLO, before)
    assert (signed_in["generation"], signed_in["scope"]) == (2, "media:read")
    assert name_in_the_settings(room) == "Ann"
    assert [request.path for request in room.simkl.requests[-2:]] == [TOKEN, "/users/settings"]
    assert len(room.simkl.requests_to(DEVICE)) == 1


# Somebody is signed in by now.
@pytest.mark.newest
def test_the_tokens_are_in_one_private_file_only(room: LivingRoom) -> None:
    signed_in = account(room)
    assert stat.S_IMODE(room.account_file.stat().st_mode) == 0o600
    tokens = [str(signed_in["access_token"]), str(signed_in["refresh_token"])]
    holders = [
        file.relative_to(room.kodi.home_folder.userdata).as_posix()
        for file in room.kodi.home_folder.userdata.rglob("*")
        if file.is_file() and any(token.encode() in file.read_bytes() for token in tokens)
    ]
    assert holders == [f"addon_data/{ADDON_ID}/account.json"]


def test_an_old_client_id_signs_in_by_pin_and_signing_out_says_where_to_disconnect(
    room: LivingRoom,
) -> None:
    choose_client_id(room, room.simkl.old_client_id)
    signed_in = sign_in(room)
    assert (signed_in["generation"], signed_in["refresh_token"]) == (1, None)
    assert len(room.simkl.requests_to("/oauth/pin")) == 1
    room.press("sign_out")
    wait_for_words(room, "open simkl.com/settings/connected-apps")
    assert not room.account_file.exists()
    assert name_in_the_settings(room) == "You are not signed in to Simkl."
    assert room.simkl.requests_to(REVOKE) == []


def test_signing_out_ends_the_sign_in_at_simkl_too(room: LivingRoom) -> None:
    signed_in = sign_in(room)
    before = len(room.kodi.notifications())
    sign_out(room)
    wait_for_notification(
        room, "Simkl Watched: You are signed out of Simkl. The ticks in Kodi stay.", before
    )
    assert room.simkl.wait_for(lambda: room.simkl.requests_to(REVOKE))
    revoked = room.simkl.requests_to(REVOKE)[0]
    assert revoked.body == {
        "client_id": room.simkl.client_id,
        "token": signed_in["refresh_token"],
    }


# Nobody is signed in by now.
def test_the_menu_of_the_add_on_signs_in_and_out(room: LivingRoom) -> None:
    room.kodi.rpc("Addons.ExecuteAddon", addonid=ADDON_ID)
    wait_for_words(room, "You are not signed in to Simkl.")
    choose_in_the_menu(room, 0, "Sign in")
    approve(room, code_on_screen(room))
    room.kodi.rpc("Addons.ExecuteAddon", addonid=ADDON_ID)
    wait_for_words(room, "Signed in as Ann since ")
    choose_in_the_menu(room, 4, "Sign out")
    wait_until_signed_out(room)


@pytest.mark.newest
def test_the_qr_code_is_read_off_the_screen_and_the_code_from_afar(room: LivingRoom) -> None:
    room.press("sign_in")
    code = code_on_screen(room)
    picture = picture_with_qr(room, "sign-in")
    assert read_qr(picture) == f"https://simkl.com/pin/{code}"
    assert letter_height(picture) >= 0.06


def test_no_picture_of_a_code_stays(room: LivingRoom) -> None:
    folder = room.account_file.parent
    room.press("sign_in")
    code_on_screen(room)
    pictures = list(folder.glob("*.png"))
    assert [stat.S_IMODE(picture.stat().st_mode) for picture in pictures] == [0o600]
    room.kodi.press_cancel()
    wait_for_no_dialog(room)
    room.kodi.wait_for(lambda: not list(folder.glob("*.png")), what="no picture")


def test_after_a_failure_the_window_offers_to_try_again(room: LivingRoom) -> None:
    room.simkl.misbehave(DEVICE, faults.silent_close)
    room.press("sign_in")
    wait_for_words(room, UNREACHABLE)
    room.kodi.picture("sign-in-failed")
    room.kodi.key("return")  # "Try again" has the focus
    assert approve(room, code_on_screen(room))["generation"] == 2


def test_its_button_closes_it(room: LivingRoom) -> None:
    room.press("sign_in")
    code_on_screen(room)
    room.kodi.key("return")  # "Cancel" has the focus
    wait_for_no_dialog(room)
    room.let_it_look(0.3)
    assert_nothing_more_is_asked(room)


def test_the_mouse_closes_it(room: LivingRoom) -> None:
    room.press("sign_in")
    code_on_screen(room)
    room.kodi.click(230, 580)  # "Cancel"
    wait_for_no_dialog(room)


def test_the_mouse_tries_again(room: LivingRoom) -> None:
    room.simkl.misbehave(DEVICE, faults.silent_close)
    room.press("sign_in")
    wait_for_words(room, UNREACHABLE)
    room.kodi.click(230, 580)  # "Try again"
    assert approve(room, code_on_screen(room))["generation"] == 2


def test_the_button_in_the_settings_signs_in(room: LivingRoom) -> None:
    room.kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    press_in_the_settings(room, "Sign in")
    approve(room, code_on_screen(room))
    # The dialog keeps the settings that it knew: the name must not get lost under them.
    room.kodi.wait_for(lambda: name_in_the_settings(room) == "Ann", what="the name")


def test_cancel_stops_polling_at_once(room: LivingRoom) -> None:
    room.press("sign_in")
    code_on_screen(room)
    wait_for_polls(room, 1)
    room.kodi.press_cancel()
    wait_for_no_dialog(room, timeout=AT_ONCE)
    assert_nothing_more_is_asked(room)


def test_a_dialog_that_something_else_closes_is_cancelled_too(room: LivingRoom) -> None:
    room.press("sign_in")
    code_on_screen(room)
    room.kodi.builtin("Dialog.Close(all,true)")
    wait_for_no_dialog(room)
    room.let_it_look(0.3)
    assert_nothing_more_is_asked(room)


@pytest.mark.parametrize("path", [DEVICE, TOKEN])
def test_cancel_closes_at_once_while_simkl_hangs(room: LivingRoom, path: str) -> None:
    room.simkl.misbehave(path, faults.hang(60))
    room.press("sign_in")
    assert room.simkl.wait_for(lambda: room.simkl.requests_to(path))
    room.kodi.press_cancel()
    wait_for_no_dialog(room, timeout=AT_ONCE)
    assert_nothing_more_is_asked(room, seconds=1)


def test_signing_in_twice_at_once_shows_one_dialog(room: LivingRoom) -> None:
    room.simkl.set_code(interval=10)  # no poll on the way: another code could be had at once
    for _ in range(2):
        room.press("sign_in")
    code_on_screen(room)
    room.press("sign_in")
    room.let_it_look(3)  # until the script has run
    room.kodi.press_cancel()
    wait_for_no_dialog(room)
    room.let_it_look()
    assert len(room.simkl.requests_to(DEVICE)) == 1
    assert room.kodi.dialog() == ""


def test_a_client_id_that_both_generations_refuse_is_said(room: LivingRoom) -> None:
    choose_client_id(room, "b" * 64)
    room.press("sign_in")
    wait_for_words(room, REFUSED)
    assert [request.path for request in room.simkl.requests] == [DEVICE, "/oauth/pin"]


def test_without_a_client_id_it_says_where_to_get_one(room: LivingRoom) -> None:
    choose_client_id(room, "")
    room.press("sign_in")
    wait_for_words(room, "Get one at simkl.com/settings/developer")
    assert room.simkl.requests == []
    room.kodi.press_cancel()
    room.kodi.wait_for(
        lambda: room.kodi.condition("Window.IsActive(addonsettings)"), what="the settings"
    )


def test_a_simkl_out_of_reach_is_said_when_a_code_is_asked_for(room: LivingRoom) -> None:
    room.simkl.misbehave(DEVICE, faults.silent_close)
    room.press("sign_in")
    wait_for_words(room, UNREACHABLE)
    # It comes where the other dialog goes, and must not go with it.
    room.let_it_look()
    assert UNREACHABLE in room.kodi.dialog()


def test_polls_that_fail_on_the_way_go_on(room: LivingRoom) -> None:
    for fault in (faults.silent_close, faults.status(503), faults.html):
        room.simkl.misbehave(TOKEN, fault)
    room.press("sign_in")
    code = code_on_screen(room)
    wait_for_polls(room, 3)
    assert approve(room, code)["generation"] == 2


def test_a_name_that_simkl_does_not_tell_is_no_hindrance(room: LivingRoom) -> None:
    before = len(room.kodi.notifications())
    room.simkl.misbehave("/users/settings", faults.status(500))
    room.press("sign_in")
    room.simkl.approve(code_on_screen(room))
    wait_for_notification(
        room,
        "Simkl Watched: You are signed in. What you have watched is now ticked as you browse.",
        before,
    )
    room.kodi.wait_for(lambda: name_in_the_settings(room) == "Signed in", what="the settings")


def test_another_code_is_shown_when_the_first_is_gone(room: LivingRoom) -> None:
    choose_client_id(room, room.simkl.old_client_id)
    room.press("sign_in")
    first = code_on_screen(room)
    room.simkl.forget_code(first)
    second = code_on_screen(room, but=first)
    assert approve(room, second)["generation"] == 1


def test_a_code_that_nobody_enters_expires(room: LivingRoom) -> None:
    room.simkl.set_code(interval=1, life=5)
    room.press("sign_in")
    code_on_screen(room)
    wait_for_words(room, EXPIRED)
    assert_nothing_more_is_asked(room, seconds=1)


def test_slow_down_is_obeyed(room: LivingRoom) -> None:
    room.press("sign_in")
    code = code_on_screen(room)
    room.simkl.slow_down(code)
    approve(room, code)
    polls = room.simkl.requests_to(TOKEN)
    told = next(number for number, poll in enumerate(polls) if "slow_down" in str(poll.answer))
    assert 6 <= polls[told + 1].at - polls[told].at < 7.5


def test_an_access_that_simkl_denies_is_said(room: LivingRoom) -> None:
    room.press("sign_in")
    room.simkl.deny(code_on_screen(room))
    wait_for_words(room, "Simkl did not allow the sign-in. Please try again.")


def test_another_client_id_means_signing_in_again(room: LivingRoom) -> None:
    old = sign_in(room)
    before = len(room.kodi.notifications())
    choose_client_id(room, room.simkl.old_client_id)
    wait_for_notification(
        room, "Simkl Watched: The client id has changed. Please sign in to Simkl again.", before
    )
    assert name_in_the_settings(room) == "Ann (please sign in again)"
    room.simkl.forget_requests()
    assert sign_in(room)["client_id"] == room.simkl.old_client_id
    tokens = {request.token for request in room.simkl.requests}
    assert old["access_token"] not in tokens


def test_the_same_client_id_again_needs_no_new_sign_in(room: LivingRoom) -> None:
    signed_in = sign_in(room)
    for client_id, name in (("b" * 64, "Ann (please sign in again)"), (None, "Ann")):
        room.set_setting("client_id", client_id or room.simkl.client_id)
        room.kodi.wait_for(lambda: name_in_the_settings(room) == name, what=name)  # noqa: B023
    assert account(room) == signed_in


def test_without_the_qr_module_the_window_is_the_same_but_for_the_picture(
    kodi_factory: KodiFactory,
) -> None:
    with living_room(kodi_factory, signed_in=False) as room:
        room.kodi.start()
        module = room.kodi.home_folder.addons / "script.module.pyqrcode/lib/pyqrcode/__init__.py"
        module.write_text("raise ImportError")  # the system may have one too
        room.press("sign_in")
        code = code_on_screen(room)
        wait_for_words(room, "1. On your phone or computer, open simkl.com/pin.")
        assert approve(room, code)["generation"] == 2


def test_a_skin_that_is_loaded_anew_takes_the_window_with_it(room: LivingRoom) -> None:
    room.press("sign_in")
    code = code_on_screen(room)
    # The probe reads its words, which a skin that goes would take from under it.
    room.kodi.builtin("Dialog.Close(notification,true)")
    room.kodi.wait_for(
        lambda: not room.kodi.condition("Window.IsVisible(notification)"), what="no message"
    )
    room.kodi.builtin("ReloadSkin()")
    wait_for_no_dialog(room)
    room.let_it_look(1)  # and sees that its window has gone
    room.press("sign_in")
    room.simkl.approve(code_on_screen(room, but=code))
    wait_for_no_dialog(room)
    assert room.account_file.exists()


@pytest.mark.skipif(
    not outside("/usr/share/kodi/addons/skin.estouchy/addon.xml").exists(),
    reason="Debian 13 leaves Estouchy out of its Kodi",
)
def test_in_another_skin_the_code_is_as_large(kodi_factory: KodiFactory) -> None:
    with living_room(kodi_factory, signed_in=False) as room:
        room.kodi.start()
        room.kodi.use_skin("skin.estouchy")
        room.press("sign_in")
        code = code_on_screen(room)
        picture = picture_with_qr(room, "sign-in-estouchy")
        assert read_qr(picture) == f"https://simkl.com/pin/{code}"
        assert letter_height(picture) >= 0.06
        room.kodi.key("return")  # "Cancel" has the focus
        wait_for_no_dialog(room)


# The last test: it ends this Kodi.
def test_kodi_quits_quickly_while_the_dialog_is_open(shared_room: LivingRoom) -> None:
    room = shared_room
    room.simkl.set_code(interval=1)
    room.press("sign_in")
    code_on_screen(room)
    room.kodi.quit(timeout=40)
    asked = len(room.simkl.requests)
    log = room.kodi.log()
    assert not re.search("didn't stop|let's kill|has left several classes|Traceback", log)
    time.sleep(1.2)
    assert len(room.simkl.requests) == asked
