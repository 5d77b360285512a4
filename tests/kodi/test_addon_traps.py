"""Lists as the add-ons in the wild make them, each with a trap that one of them has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import LivingRoom, living_room
from .test_addon_lists import film, listings, wait_for_ticks
from .test_context_menu import CHECK_AGAIN, choose

AT = "2024-03-01T20:00:00Z"
JACKTOOK = "plugin.video.jacktook"
POPULAR = f"plugin://{JACKTOOK}/?action=handle_tmdb_query&mode=movies&query=tmdb_popular"
SLASH, ZERO, RANDOM, LIBRARY, IDS, BELOW = (
    f"plugin.video.test.{name}" for name in ("slash", "zero", "random", "library", "ids", "below")
)
HEAT, RONIN, ALIEN = {"tmdb": "949"}, {"tmdb": "8195"}, {"tmdb": "348"}
FILMS = {"Heat": HEAT, "Ronin": RONIN, "Alien": ALIEN}


def films(addon: str, **said: Any) -> list[plugin.Row]:
    return [film(addon, name, uids=ids, **said) for name, ids in FILMS.items()]


def lists() -> dict[str, dict[str, Any]]:
    films_path = f"plugin://{SLASH}/play_movie/32281/"
    folder = {"title": "A folder", "path": f"plugin://{SLASH}/more/", "folder": True}
    return {
        JACKTOOK: {"": {"rows": films(JACKTOOK)}},
        SLASH: {"list": {"rows": [film(SLASH, "Heat", uids=HEAT, path=films_path), folder]}},
        ZERO: {
            "list": {"rows": films(ZERO, playcount=0)},
            "more": {"rows": [film(ZERO, "Begun", uids={"tmdb": "949001"}, playcount=0)]},
        },
        RANDOM: {
            "random_films": {"rows": films(RANDOM)},
            "list": {"rows": films(RANDOM), "shown": 1},
        },
        LIBRARY: {"list": {"rows": []}, "other": {"rows": films(LIBRARY)[1:]}},
        BELOW: {
            "": {"rows": [{"title": "Films", "path": plugin.path(BELOW, "list"), "folder": True}]},
            "list": {"rows": films(BELOW)},
        },
        IDS: {
            "list": {"rows": [film(IDS, "Heat", uids=HEAT)]},
            "more": {"rows": [film(IDS, "Heat", uids={"imdb": "tt0113277", **HEAT})]},
        },
    }


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    """Somebody has watched all of it; Heat is in the library too, and not ticked there."""
    addons = plugin.plugins(tmp_path_factory.mktemp("addons"), lists())
    with living_room(shared_kodi_factory, addons=addons) as room:
        simkl = room.simkl
        for title in (
            simkl.add_film("Heat", 1995, tmdb=949, imdb="tt0113277"),
            simkl.add_film("Ronin", 1998, tmdb=8195),
            simkl.add_film("Alien", 1979, tmdb=348),
            simkl.add_film("Begun", 1995, tmdb=949001),
        ):
            simkl.person.watch(title, at=AT)
        library = room.new_library()
        library.film("Heat", 1995, ids=HEAT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _no_list_is_open(room: LivingRoom) -> None:
    room.kodi.home()
    room.let_it_look(0.3)
    room.simkl.forget_requests()


def test_a_film_list_whose_path_holds_the_word_query_is_ticked_at_once(room: LivingRoom) -> None:
    room.kodi.open(POPULAR)
    wait_for_ticks(room, [*FILMS])
    assert listings(room, JACKTOOK) == 2


def test_a_film_whose_path_ends_in_a_slash_is_ticked(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(SLASH, "list"))
    wait_for_ticks(room, ["Heat"])


def test_an_add_on_that_gives_every_row_a_playcount_of_0_costs_one_list_and_no_more(
    room: LivingRoom,
) -> None:
    room.kodi.open(plugin.path(ZERO, "list"))
    room.kodi.wait_for(lambda: listings(room, ZERO) == 2, what="the list, loaded again")
    room.let_it_look(3)
    assert room.ticked() == []
    with closing(sqlite3.connect(room.memory, timeout=10)) as memory:
        assert memory.execute("SELECT addon, version FROM undrawn").fetchall() == [(ZERO, "1.0.0")]
    room.kodi.quit()
    room.kodi.start()
    room.simkl.forget_requests()
    for count, name in enumerate(("more", "list"), 3):
        room.kodi.open(plugin.path(ZERO, name))
        room.let_it_look(3)
        assert room.asked() == []
        assert listings(room, ZERO) == count
    plugin.change(room.kodi.home_folder.addons / ZERO, {"list": {"rows": films(ZERO)}})
    before = listings(room, ZERO)
    assert choose(room, "Ronin", CHECK_AGAIN) == (
        "Ronin: watched on 03/01/2024. "
        "Its add-on draws its own ticks, or names its rows anew each time."
    )
    wait_for_ticks(room, [*FILMS])
    assert listings(room, ZERO) == before + 1


def test_a_random_list_is_ticked_when_it_is_left(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(RANDOM, "random_films"))
    room.kodi.wait_for(lambda: room.kodi.rows("Label"), what="the rows")
    room.let_it_look(3)
    assert room.ticked() == []
    assert listings(room, RANDOM) == 1
    room.kodi.home()
    room.let_it_look(2)
    room.kodi.open(plugin.path(RANDOM, "random_films"))
    wait_for_ticks(room, [*FILMS])


def test_a_list_that_has_other_rows_each_time_is_loaded_again_once_in_its_session(
    room: LivingRoom,
) -> None:
    for row in films(RANDOM):
        room.untick(row["path"])
    room.forget_deeds()
    before = listings(room, RANDOM)
    room.kodi.open(plugin.path(RANDOM, "list"))
    room.kodi.wait_for(lambda: listings(room, RANDOM) == before + 2, what="the list, once more")
    room.let_it_look(3)
    for opened in (3, 4):
        room.kodi.home()
        room.let_it_look(1)
        room.kodi.open(plugin.path(RANDOM, "list"))
        room.let_it_look(3)
        assert listings(room, RANDOM) == before + opened


def test_rows_that_show_the_librarys_playcount_say_nothing_of_the_others(
    room: LivingRoom,
) -> None:
    heat = room.kodi.rpc("VideoLibrary.GetMovies")["movies"][0]["movieid"]
    of_library = film(LIBRARY, "Heat", uids=HEAT, dbid=heat, playcount=0)
    changed = {**lists()[LIBRARY], "list": {"rows": [of_library]}}
    plugin.change(room.kodi.home_folder.addons / LIBRARY, changed)
    room.kodi.open(plugin.path(LIBRARY, "list"))
    room.kodi.wait_for(lambda: listings(room, LIBRARY) == 2, what="the list, loaded again")
    room.let_it_look(3)
    room.kodi.open(plugin.path(LIBRARY, "other"))
    wait_for_ticks(room, ["Ronin", "Alien"])


def test_a_film_whose_row_has_more_ids_in_another_list_is_asked_about_once(
    room: LivingRoom,
) -> None:
    room.forget_answers()
    room.simkl.forget_requests()
    room.kodi.open(plugin.path(IDS, "list"))
    wait_for_ticks(room, ["Heat"])
    room.untick(film(IDS, "Heat")["path"])
    room.forget_deeds()
    room.kodi.home()
    room.let_it_look(0.5)
    room.kodi.open(plugin.path(IDS, "more"))
    room.let_it_look(2)
    assert len(room.asked()) == 1


def test_a_tick_that_kodi_refuses_an_add_ons_row_is_said_to_be_so(room: LivingRoom) -> None:
    """Kodi has listed the folder that the row's path lies in, and the row is not there."""
    room.kodi.open(plugin.path(BELOW, ""))
    room.let_it_look(0.5)
    room.kodi.open(plugin.path(BELOW, "list"))
    room.let_it_look(3)
    assert room.ticked() == []
    assert listings(room, BELOW) == 2  # each list once: there is nothing to draw
    assert choose(room, "Ronin", CHECK_AGAIN) == (
        "Ronin: watched on 03/01/2024. "
        "Kodi takes no tick for it, because of the path that its add-on gives it."
    )
