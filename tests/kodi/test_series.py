"""Lists of series, seasons and episodes: what is asked, and what is drawn by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
MANY = 120
SEASONS = {0: 2, 1: 4, 2: 3, 3: 2}
# name: seasons; each is for one test, because an answer is kept for the session.
SHOWS = {
    "Dark": SEASONS, "Fargo": SEASONS, "Lost": SEASONS, "Luther": {1: 3, 2: 2},
    "Misfits": {1: 3, 2: 4}, "Utopia": {1: 3, 2: 4},
}  # fmt: skip


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        for number, (name, seasons) in enumerate(SHOWS.items(), 1):
            library.series(name, 2000 + number, seasons, ids={"tvdb": str(number)})
            title = room.simkl.add_series(name, 2000 + number, seasons, tvdb=number)
            room.simkl.person.watch(title, season=1, at=AT)
            room.simkl.person.watch(title, season=2, episode=2, at=AT)
            if name == "Luther":
                room.simkl.person.watch(title, season=2, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(scope="module")
def crowded(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    """A room with more series than one call may ask about."""
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.many_series(MANY, {1: 2})
        for number in range(1, MANY + 1):
            title = room.simkl.add_series("Series", 1980, {1: 2}, tvdb=200_000 + number)
            if number in (2, MANY):
                room.simkl.person.watch(title, season=1, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


def number_of(name: str) -> int:
    return list(SHOWS).index(name) + 1


def seasons_of(room: LivingRoom, name: str) -> str:
    shows = room.kodi.series()
    return f"{SERIES}{next(show['tvshowid'] for show in shows if show['title'] == name)}/"


def item(name: str) -> dict[str, object]:
    return {"type": "show", "ids": {"tvdb": number_of(name)}}


def asks_about(room: LivingRoom, name: str) -> list[str]:
    """How deep a series was asked about, ask for ask."""
    requests = room.simkl.requests_to("/sync/watched")
    about = [request for request in requests if item(name) in (request.body or [])]  # type: ignore[operator]
    return [request.query["extended"] for request in about]


def counters(room: LivingRoom) -> dict[str, tuple[str, str, str]]:
    """Label of each row: episodes watched, not watched, and its overlay, as drawn."""
    names = ("Property(WatchedEpisodes)", "Property(UnWatchedEpisodes)", "Overlay")
    rows = room.kodi.rows("Label", *names)
    return {row["Label"]: (row[names[0]], row[names[1]], row["Overlay"]) for row in rows}


def state(watched: int, unwatched: int) -> tuple[str, str, str]:
    overlay = "OverlayUnwatched.png" if unwatched else "OverlayWatched.png"
    return str(watched), str(unwatched), overlay


def watched_episodes(room: LivingRoom, name: str) -> set[tuple[int, int]]:
    return {
        (each["season"], each["episode"])
        for each in room.kodi.episodes(name)
        if each["playcount"] > 0
    }


@pytest.mark.newest
def test_a_season_asks_one_item_and_ticks_exactly_what_is_watched(room: LivingRoom) -> None:
    before = len(room.asked())
    room.kodi.open(seasons_of(room, "Dark") + "2/")
    room.wait_for_ticks("02. Episode 2")
    room.let_it_look(0.5)
    assert room.ticked() == ["02. Episode 2"]
    assert room.asked()[before:] == [[item("Dark")]]
    extended = room.simkl.requests_to("/sync/watched")[-1].query["extended"]
    assert set(extended.split(",")) == {"episodes", "specials"}


def test_another_season_of_it_asks_nothing_and_is_there_already(room: LivingRoom) -> None:
    seasons = seasons_of(room, "Fargo")
    room.kodi.open(seasons + "2/")
    room.wait_for_ticks("02. Episode 2")
    room.kodi.wait_for(
        lambda: watched_episodes(room, "Fargo") == {(1, 1), (1, 2), (1, 3), (1, 4), (2, 2)},
        what="the other seasons to be written in the background",
    )
    before = len(room.asked())
    room.kodi.open(seasons + "1/")
    room.kodi.wait_for(lambda: len(room.ticked()) == 4, what="four ticks")
    room.kodi.open(seasons + "3/")
    room.let_it_look(0.5)
    assert room.ticked() == []
    assert len(room.asked()) == before


def test_counters_and_ticks_of_seasons_come_right_in_place(room: LivingRoom) -> None:
    room.kodi.open(seasons_of(room, "Lost"))
    room.kodi.focus(2)
    right = {
        "Season 1": state(4, 0),
        "Season 2": state(1, 2),
        "Season 3": state(0, 2),
        "Specials": state(0, 2),
    }
    room.kodi.wait_for(
        lambda: {k: v for k, v in counters(room).items() if k in right} == right,
        what="the counters of the seasons",
    )
    # The watched season may sink: Estuary sorts by number, so every row stands where it stood.
    assert room.kodi.label("ListItem.Label") == "Season 2"


@pytest.mark.newest
def test_counters_and_ticks_of_series_come_right_in_place(room: LivingRoom) -> None:
    room.kodi.open(SERIES)
    room.kodi.focus(number_of("Misfits") - 1)
    right = {"Luther": state(5, 0), "Misfits": state(4, 3), "Lost": state(5, 6)}
    room.kodi.wait_for(
        lambda: {k: v for k, v in counters(room).items() if k in right} == right,
        what="the counters of the series",
    )
    assert room.kodi.label("ListItem.Label") == "Misfits"
    assert asks_about(room, "Misfits")[0] == "counters"


def test_only_series_that_differ_are_asked_about_deeper(crowded: LivingRoom) -> None:
    crowded.kodi.open(SERIES)
    crowded.wait_for_ticks("Series 002", f"Series {MANY:03}")
    assert crowded.ticked() == ["Series 002", f"Series {MANY:03}"]
    requests = crowded.simkl.requests_to("/sync/watched")
    shallow = [each for each in requests if each.query["extended"] == "counters"]
    deep = [each.body for each in requests if each.query["extended"] != "counters"]
    asked = [[each["ids"]["tvdb"] - 200_000 for each in request.body] for request in shallow]  # type: ignore[attr-defined]
    assert [len(numbers) for numbers in asked] == [100, 20]
    assert sorted(asked[0]) == list(range(1, 101))
    assert shallow[1].at - shallow[0].at >= 1
    numbers = [each["ids"]["tvdb"] - 200_000 for body in deep for each in body]  # type: ignore[attr-defined]
    assert sorted(numbers) == [2, MANY]


def test_rows_in_sight_are_asked_about_first(crowded: LivingRoom) -> None:
    crowded.kodi.open(SERIES)
    crowded.kodi.focus(MANY - 10)
    before = len(crowded.asked())
    crowded.forget_answers()
    crowded.kodi.wait_for(lambda: len(crowded.asked()) > before + 1, what="the calls")
    numbers = [item["ids"]["tvdb"] - 200_000 for item in crowded.asked()[before]]
    assert numbers[:3] in ([111, 110, 112], [111, 112, 110])
    assert sorted(numbers) == list(range(21, 121))


def test_what_was_not_sent_is_cancelled_when_the_list_is_left(crowded: LivingRoom) -> None:
    crowded.kodi.home()
    crowded.forget_answers()
    before = len(crowded.asked())
    crowded.simkl.delay = 30.0
    crowded.kodi.open(SERIES)
    crowded.kodi.wait_for(lambda: len(crowded.asked()) > before, what="the first call")
    crowded.kodi.home()
    crowded.let_it_look(1)  # and sees that the list was left
    crowded.simkl.delay = 0.0
    crowded.let_it_look(3)
    assert [len(items) for items in crowded.asked()[before:]] == [100]
    crowded.kodi.open(SERIES)
    crowded.kodi.wait_for(
        lambda: 20 in [len(items) for items in crowded.asked()[before + 1 :]], what="the rest"
    )
