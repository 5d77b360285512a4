"""Answers stay over a restart, cost nothing then, and what moves at Simkl shows up by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room
from .harness.wire import Wire

AT = "2024-03-01T20:00:00Z"
LATER = "2024-04-01T20:00:00Z"
LOOK = "/sync/activities"


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        for number, name in enumerate(("Alien", "Brazil", "Casino"), 1):
            library.film(name, 2000, ids={"tmdb": str(number)})
            room.titles[name] = room.simkl.add_film(name, 2000, tmdb=number)
        library.series("Dark", 2017, {1: 3}, ids={"tvdb": "9"})
        room.titles["Dark"] = room.simkl.add_series("Dark", 2017, {1: 3}, tvdb=9)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> LivingRoom:
    """The add-on has seen the list of films, and was started again."""
    room = shared_room
    room.simkl.behave()
    room.begin_anew()
    room.press_a_key()
    room.simkl.person.watch(room.titles["Alien"], at=AT)
    room.simkl.person.watch(room.titles["Dark"], season=1, episode=1, at=AT)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    room.kodi.wait_for(lambda: room.simkl.requests_to(LOOK), what="the first look")
    room.let_it_look(0.5)
    room.kodi.home()
    room.restart_the_add_on()
    room.simkl.forget_requests()
    return room


def test_what_was_answered_before_a_restart_is_drawn_without_a_question(room: LivingRoom) -> None:
    room.untick(room.kodi.film("Alien")["file"])
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    room.kodi.wait_for(lambda: room.simkl.requests_to(LOOK), what="the look")
    room.let_it_look()
    assert room.asked() == []
    room.kodi.home()
    room.kodi.open(FILMS)
    room.let_it_look()
    assert len(room.simkl.requests_to(LOOK)) == 1
    assert room.asked() == []


def test_what_was_watched_on_the_phone_shows_up_when_a_list_is_opened_after_a_pause(
    room: LivingRoom,
) -> None:
    room.simkl.person.watch(room.titles["Brazil"], at=LATER)
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien", "Brazil")
    assert len(room.asked()) == 1
    # A series was not asked about before; nothing of it has moved since.
    room.kodi.open(f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/")
    room.wait_for_ticks("01. Episode 1")
    assert len(room.simkl.requests_to(LOOK)) == 1


def test_a_rating_causes_no_question(room: LivingRoom) -> None:
    room.simkl.person.rate(room.titles["Alien"])
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: room.simkl.requests_to(LOOK), what="the look")
    room.let_it_look(1.5)
    assert room.asked() == []


def test_check_now_asks_at_once_about_the_list_that_is_open(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: room.simkl.requests_to(LOOK), what="the look")
    room.let_it_look(0.5)
    room.simkl.person.watch(room.titles["Casino"], at=LATER)
    room.let_it_look()
    assert "Casino" not in room.ticked()
    room.press("check_now")
    room.wait_for_ticks("Casino")
    assert len(room.asked()) == 1


def test_a_list_that_was_seen_in_this_session_follows_simkl_too(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: room.simkl.requests_to(LOOK), what="the look")
    room.let_it_look(0.5)
    room.kodi.home()
    room.simkl.person.watch(room.titles["Casino"], at=LATER)
    room.kodi.open(FILMS)
    room.let_it_look()
    assert "Casino" not in room.ticked()  # a minute has not passed
    room.press("check_now")
    room.wait_for_ticks("Casino")


def test_without_a_network_nothing_is_said_and_the_list_is_ticked_within_five_seconds_of_it(
    room: LivingRoom,
) -> None:
    wire = Wire(room.simkl.url)
    room.set_setting("api_url", wire.url)
    with room.without_the_add_on():
        room.sign_in(api_url=wire.url)
    before = len(room.kodi.notifications())
    try:
        room.kodi.open(f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/")
        room.let_it_look(8)
        assert room.ticked() == []
        wire.mend()
        room.wait_for_ticks("01. Episode 1", timeout=8)
        wire.cut()
        room.kodi.home()
        room.kodi.open(FILMS)
        room.let_it_look(3)
        wire.mend()
        room.wait_for_ticks("Alien", timeout=8)
        assert room.kodi.notifications()[before:] == []
    finally:
        wire.cut()
        room.set_setting("api_url", room.simkl.url)


def test_another_account_sees_nothing_of_the_last_one(room: LivingRoom) -> None:
    room.simkl.person = room.simkl.add_person("Bob")
    with room.without_the_add_on():
        room.sign_in()
    room.untick(room.kodi.film("Alien")["file"])
    room.kodi.open(FILMS)
    room.kodi.wait_for(room.asked, what="a question of their own")
    room.let_it_look()
    assert room.ticked() == []
