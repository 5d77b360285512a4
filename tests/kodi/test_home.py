"""Kodi's own lists on the home screen get their ticks with one question after the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory, settings={"home": "true"}) as room:
        library = room.new_library()
        for number in range(1, 6):
            name = f"Film {number}"
            library.film(name, 2000, ids={"tmdb": str(number)})
            room.titles[name] = room.simkl.add_film(name, 2000, tmdb=number)
        for number, name in enumerate(("Dark", "Fargo"), 70):
            library.series(name, 2017, {1: 3}, ids={"tvdb": str(number)})
            room.titles[name] = room.simkl.add_series(name, 2017, {1: 3}, tvdb=number)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> LivingRoom:
    """The add-on has just started, and three films and two episodes are watched on Simkl."""
    room = shared_room
    room.begin_anew()
    for name in ("Film 1", "Film 2", "Film 3"):
        room.simkl.person.watch(room.titles[name], at=AT)
    for name in ("Dark", "Fargo"):
        room.simkl.person.watch(room.titles[name], season=1, episode=1, at=AT)
    room.kodi.key("down")  # somebody is there
    return room


def ticks(room: LivingRoom) -> int:
    return sum(1 for row in [*room.kodi.films(), *room.kodi.episodes()] if row["playcount"])


def test_one_question_after_the_start_ticks_what_is_new_and_no_other_add_on_hears_a_mark(
    room: LivingRoom,
) -> None:
    room.kodi.wait_for(lambda: ticks(room) == 5, what="the ticks")
    room.let_it_look()
    assert [len(items) for items in room.asked()] == [7]
    assert room.kodi.marks_heard() == []


def test_the_lists_follow_with_one_announcement(room: LivingRoom) -> None:
    heard = len(room.kodi.updates_heard())
    room.kodi.wait_for(lambda: ticks(room) == 5, what="the ticks")
    room.let_it_look()
    assert len(room.kodi.updates_heard()) - heard == 1


def test_nothing_is_announced_while_somebody_moves_on_the_home_screen(room: LivingRoom) -> None:
    """Each announcement shuffles the lists there that are in random order."""
    heard = len(room.kodi.updates_heard())
    room.kodi.wait_for(lambda: _moves(room) and ticks(room) == 5, what="the ticks")
    for _ in range(12):
        _moves(room)
        room.let_it_look(0.3)
    assert len(room.kodi.updates_heard()) == heard
    room.kodi.wait_for(lambda: len(room.kodi.updates_heard()) > heard, what="the announcement")
    room.let_it_look()
    assert len(room.kodi.updates_heard()) == heard + 1


def test_a_list_of_films_is_announced_once_and_drawn_whole(room: LivingRoom) -> None:
    room.kodi.open(FILMS)
    heard = len(room.kodi.updates_heard())
    room.wait_for_ticks("Film 1", "Film 2", "Film 3")
    room.let_it_look()
    assert [row["Title"] for row in room.kodi.rows("Title")] == [f"Film {n}" for n in range(1, 6)]
    assert len(room.kodi.updates_heard()) == heard + 1


def _moves(room: LivingRoom) -> bool:
    room.kodi.key("down")
    return True


def test_what_has_moved_while_kodi_was_off_is_asked_again(room: LivingRoom) -> None:
    room.kodi.wait_for(lambda: ticks(room) == 5, what="the ticks")
    room.kodi.wait_for(lambda: room.simkl.requests_to("/sync/activities"), what="the look")
    room.let_it_look(0.5)
    with room.without_the_add_on():
        room.simkl.person.watch(room.titles["Film 4"], at="2024-04-01T20:00:00Z")
        room.simkl.forget_requests()
    room.kodi.key("down")
    room.kodi.wait_for(lambda: room.kodi.film("Film 4")["playcount"], what="the new tick")
    assert len(room.simkl.requests_to("/sync/activities")) == 1


def test_it_can_be_switched_off(room: LivingRoom) -> None:
    room.set_setting("home", "false")
    room.restart_the_add_on()
    room.kodi.key("down")
    room.let_it_look(7)
    assert room.simkl.requests == []
    room.set_setting("home", "true")
