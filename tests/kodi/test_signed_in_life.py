"""The years after signing in: tokens that end, a Simkl that refuses or is away, settings."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

DAY = 24 * 3600
ASK, TOKEN = "/sync/watched", "/oauth2/token"
SIGNED_OUT = (
    "Simkl Watched: "
    "Simkl has signed you out. To see your ticks again, open Simkl Watched and sign in."
)
REFUSED = (
    "Simkl Watched: "
    "Simkl does not accept the client id. Please check it in the settings of Simkl Watched."
)
USED_UP = "Simkl Watched: Today's calls to Simkl are used up. New lists are ticked again tomorrow."
BAD_ADDRESS = (
    "Simkl Watched: The address of Simkl in the settings cannot be used. It must begin with https."
)


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        for number, title in enumerate(("Heat", "Alien"), 900):
            library.film(title, 1995, ids={"tmdb": str(number)}, genre=title)
            film = room.simkl.add_film(title, 1995, tmdb=number)
            room.simkl.person.watch(film, at="2024-03-01T20:00:00Z")
        library.series("Dark", 2017, {1: 1}, ids={"tvdb": "334824"})
        room.simkl.add_series("Dark", 2017, {1: 1}, tvdb=334824)
        room.kodi.add_library(library)
        room.kodi.start()
        wait_until_it_runs(room)  # before it is stopped (docs/kodi.md, "Leaving")
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    """The home screen; Ann is signed in, no film is ticked and nothing has been asked yet."""
    for film in shared_room.kodi.films():
        shared_room.untick(film["file"])
    take_up(shared_room, shared_room.sign_in)
    shared_room.kodi.builtin("Dialog.Close(notification,true)")
    shared_room.press_a_key()
    yield shared_room
    shared_room.kodi.home()
    shared_room.simkl.behave()
    shared_room.simkl.person.calls_left = 400
    assert shared_room.simkl.violations == []
    shared_room.simkl.forget_requests()


def take_up(room: LivingRoom, change: object = None) -> None:
    """Have the add-on begin anew with the account file, as Kodi's next start would."""
    with room.without_the_add_on():
        if callable(change):
            change()
    wait_until_it_runs(room)
    room.simkl.forget_requests()


def wait_until_it_runs(room: LivingRoom) -> None:
    room.kodi.wait_for(
        lambda: room.kodi.get_setting(ADDON_ID, "account") == "Ann", what="the add-on to run"
    )


def change_account(room: LivingRoom, **values: object) -> None:
    def change() -> None:
        room.account_file.write_text(json.dumps({**account(room), **values}))

    take_up(room, change)


def account(room: LivingRoom) -> dict[str, object]:
    content: dict[str, object] = json.loads(room.account_file.read_text())
    return content


def asked_for(room: LivingRoom) -> list[str]:
    """What was asked for, but for the look at what has moved, which comes after the first ticks."""
    return [each.path for each in room.simkl.requests if each.path != "/sync/activities"]


def open_three_more_lists(room: LivingRoom) -> None:
    for path in (SERIES, FILMS, "videodb://movies/genres/"):
        room.kodi.open(path)
        room.let_it_look(0.5)


def test_an_access_token_that_ran_out_is_noticed_by_nobody(room: LivingRoom) -> None:
    said = len(room.kodi.notifications())
    before = account(room)
    room.simkl.expire_access(str(before["access_token"]))
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Alien")
    after = account(room)
    assert len(room.simkl.requests_to(TOKEN)) == 1
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] == before["refresh_token"]
    room.kodi.open(SERIES)
    assert room.simkl.wait_for(lambda: len(room.asked()) == 3)
    assert len(room.simkl.requests_to(TOKEN)) == 1
    assert len(room.kodi.notifications()) == said


def test_a_token_is_refreshed_a_day_before_its_end(room: LivingRoom) -> None:
    change_account(room, expires_at=time.time() + DAY - 60)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Alien")
    assert asked_for(room) == [TOKEN, ASK]


def test_a_token_good_for_two_days_is_left_alone(room: LivingRoom) -> None:
    change_account(room, expires_at=time.time() + 2 * DAY)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Alien")
    assert asked_for(room) == [ASK]


def test_signed_out_by_simkl_is_said_once_and_nothing_more_is_asked(room: LivingRoom) -> None:
    said = len(room.kodi.notifications())
    room.simkl.revoke(str(account(room)["access_token"]))
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: len(room.kodi.notifications()) > said, what="the sentence")
    assert room.kodi.get_setting(ADDON_ID, "account") == "Ann (please sign in again)"
    assert not room.account_file.exists()
    asked = len(room.simkl.requests)
    open_three_more_lists(room)
    assert len(room.simkl.requests) == asked
    assert room.kodi.notifications()[said:] == [SIGNED_OUT]
    assert room.ticked() == []


def test_signing_in_again_ticks_the_list_that_is_open(room: LivingRoom) -> None:
    room.simkl.revoke(str(account(room)["access_token"]))
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: not room.account_file.exists(), what="being signed out")
    room.simkl.set_code(interval=1)
    room.press("sign_in")
    assert room.simkl.wait_for(room.simkl.waiting_codes)
    room.simkl.approve(room.simkl.waiting_codes()[-1])
    room.wait_for_ticks("Heat", "Alien")


def test_a_client_id_that_is_refused_is_said_once_and_asking_stops(room: LivingRoom) -> None:
    said = len(room.kodi.notifications())
    room.simkl.misbehave(ASK, faults.status(412), times=None)
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: len(room.kodi.notifications()) > said, what="the sentence")
    open_three_more_lists(room)
    assert len(room.simkl.requests) == 1
    assert room.kodi.notifications()[said:] == [REFUSED]
    assert room.account_file.exists()


def test_a_day_whose_calls_are_used_up_is_left_alone(room: LivingRoom) -> None:
    room.simkl.person.calls_left = 0
    said = len(room.kodi.notifications())
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: len(room.kodi.notifications()) > said, what="the sentence")
    open_three_more_lists(room)
    assert len(room.simkl.requests) == 1
    assert room.kodi.notifications()[said:] == [USED_UP]


@pytest.mark.parametrize("fault", [faults.silent_close, faults.html])
def test_a_simkl_out_of_reach_is_silent_and_the_open_list_is_ticked_later(
    room: LivingRoom, fault: faults.Fault
) -> None:
    said = len(room.kodi.notifications())
    room.simkl.misbehave(ASK, fault, times=1)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Alien", timeout=20)
    failed, after = room.simkl.requests_to(ASK)[:2]
    assert 1 <= after.at - failed.at < 5
    assert len(room.kodi.notifications()) == said


def test_the_wait_that_simkl_asks_for_is_kept(room: LivingRoom) -> None:
    said = len(room.kodi.notifications())
    room.simkl.misbehave(ASK, faults.status(429, retry_after=4))
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat", "Alien", timeout=15)
    told, after = room.simkl.requests_to(ASK)
    assert 4 <= after.at - told.at < 7
    assert len(room.kodi.notifications()) == said


def test_an_open_road_to_another_host_is_refused(room: LivingRoom) -> None:
    said = len(room.kodi.notifications())
    room.set_setting("api_url", "http://192.0.2.1:8080")
    room.kodi.wait_for(lambda: len(room.kodi.notifications()) > said, what="the sentence")
    assert room.kodi.notifications()[said] == BAD_ADDRESS
    room.kodi.open(FILMS)
    room.let_it_look()
    assert room.ticked() == []
    room.set_setting("api_url", room.simkl.url)
    room.wait_for_ticks("Heat", "Alien")


@pytest.mark.newest
def test_films_can_be_left_out_and_taken_in_again(room: LivingRoom) -> None:
    room.set_setting("films", "false")
    room.kodi.open(FILMS)
    room.let_it_look()
    assert room.asked() == []
    room.set_setting("films", "true")
    room.wait_for_ticks("Heat", "Alien")


def test_episodes_can_be_left_out_and_taken_in_again(room: LivingRoom) -> None:
    room.set_setting("episodes", "false")
    room.kodi.open(SERIES)
    room.let_it_look()
    assert room.asked() == []
    room.set_setting("episodes", "true")
    assert room.simkl.wait_for(room.asked)


# The last test: it looks at all that the others have left in this home.
def test_no_secret_is_anywhere_but_in_the_account_and_the_settings(room: LivingRoom) -> None:
    room.simkl.set_code(interval=1)
    room.press("sign_in")
    assert room.simkl.wait_for(room.simkl.waiting_codes)
    code = room.simkl.waiting_codes()[-1]
    room.simkl.approve(code)
    room.kodi.wait_for(lambda: room.simkl.requests_to("/users/settings"), what="the sign-in")
    room.let_it_look()
    assert len(room.simkl.secrets()) > 10
    assert room.holders_of_secrets(code) == room.homes_of_secrets
