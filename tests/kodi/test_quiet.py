"""Ticks come without a sound: no mark, no jump, no lost detail, nothing loaded that need not be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
COUNT, WATCHED = 40, 25
FOCUS = 12
KEPT = ("Label", "Title", "DBID", "Season", "Episode", "Plot", "FileNameAndPath", "Year")
STAYS = ("Container.CurrentItem", "Container.Position", "ListItem.Label", "Container.FolderPath")
RECENT_FILMS, SERIES_IN_PROGRESS, RECENT_EPISODES = (
    5200,
    6100,
    6200,
)  # Estuary's lists on the home screen


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.many_films(COUNT)
        for number in range(1, COUNT + 1):
            film = room.simkl.add_film("Film", 1950, tmdb=100_000 + number)
            if number > COUNT - WATCHED:
                room.simkl.person.watch(film, at=AT)
        library.series("Long", 2017, {1: COUNT, 2: 2}, ids={"tvdb": "1"})
        series = room.simkl.add_series("Long", 2017, {1: COUNT, 2: 2}, tvdb=1)
        for episode in range(COUNT - WATCHED + 1, COUNT + 1):
            room.simkl.person.watch(series, season=1, episode=episode, at=AT)
        library.series("Begun", 2018, {1: 2})
        outside = Library(room.kodi.home_folder.root / "outside")
        outside.film("Outside", 2000, ids={"tmdb": "7"})
        outside.film("Outside with a date", 2001, ids={"tmdb": "8"})
        for number in (7, 8):
            film = room.simkl.add_film("Outside", 2000 + number, tmdb=number)
            room.simkl.person.watch(film, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        room.kodi.scan(outside)
        # Kodi never loads a list of the home screen again that was empty: this one is not.
        begun = room.kodi.episode("Begun", 1, 1)["file"]
        room.kodi.rpc("Files.SetFileDetails", file=begun, media="video", playcount=1)
        yield room


def home_list(room: LivingRoom, control: int, section: int) -> list[str]:
    """Labels in a list of the home screen, once its section has the focus."""
    room.kodi.home()
    room.kodi.builtin(f"SetFocus(9000,{section},absolute)")
    container = f"Container({control})"
    room.kodi.wait_for(
        lambda: int(room.kodi.label(f"{container}.NumItems") or 0) > 0, what=f"list {control}"
    )
    room.let_it_look(0.5)
    count = int(room.kodi.label(f"{container}.NumItems"))
    names = [f"{container}.ListItemAbsolute({n}).Label" for n in range(count)]
    return list(room.kodi.labels(*names).values())


class Spell:
    """What was seen and loaded while a list got its ticks."""

    def __init__(self, room: LivingRoom, path: str) -> None:
        room.simkl.delay = 20  # until somebody watches
        room.kodi.open(path)
        room.kodi.focus(FOCUS)
        assert room.ticked() == []
        self.before = room.kodi.rows(*KEPT)
        log = len(room.kodi.log())
        self.seen: list[dict[str, str]] = []
        watching = threading.Thread(target=self._watch, args=(room.kodi.watch,))
        watching.start()
        room.let_it_look(0.5)
        room.simkl.delay = 0.0
        room.kodi.wait_for(lambda: len(room.ticked()) >= WATCHED, what="the ticks")
        watching.join()
        self.after = room.kodi.rows(*KEPT)
        self.log = room.kodi.log()[log:]
        self.loads = self.log.count("CGUIMediaWindow::GetDirectory")

    def _watch(self, watch: Callable[..., dict[str, Any]]) -> None:
        self.seen = [labels for _, labels in watch(STAYS, 4.0)["changes"]]


@pytest.fixture(scope="module")
def home_before(room: LivingRoom) -> dict[int, list[str]]:
    """The lists on the home screen before anything was ticked."""
    return {
        RECENT_FILMS: home_list(room, RECENT_FILMS, 0),
        SERIES_IN_PROGRESS: home_list(room, SERIES_IN_PROGRESS, 1),
        RECENT_EPISODES: home_list(room, RECENT_EPISODES, 1),
    }


@pytest.fixture(scope="module")
def films(room: LivingRoom, home_before: dict[int, list[str]]) -> Spell:
    film = room.kodi.film("Film 0030")["movieid"]
    resume = {"position": 600, "total": 3600}
    room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=film, resume=resume)
    film = room.kodi.film("Outside with a date")["movieid"]
    date = "2020-01-01 10:00:00"
    room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=film, lastplayed=date)
    return Spell(room, FILMS)


@pytest.fixture(scope="module")
def season(room: LivingRoom, home_before: dict[int, list[str]]) -> Spell:
    episode = room.kodi.episode("Long", 1, 30)["episodeid"]
    resume = {"position": 600, "total": 3600}
    room.kodi.rpc("VideoLibrary.SetEpisodeDetails", episodeid=episode, resume=resume)
    long = room.kodi.episode("Long", 1, 30)["tvshowid"]
    return Spell(room, f"{SERIES}{long}/1/")


@pytest.fixture(params=["films", "season"])
def spell(request: pytest.FixtureRequest) -> Spell:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Spell)
    return found


@pytest.mark.newest
def test_no_other_tracker_hears_a_mark(room: LivingRoom, spell: Spell) -> None:
    assert room.kodi.updates_heard() != []
    assert room.kodi.marks_heard() == []


@pytest.mark.newest
def test_rows_keep_their_details(spell: Spell) -> None:
    assert len(spell.after) >= COUNT
    assert all(row["Title"] and row["DBID"] and row["Plot"] for row in spell.after)
    assert spell.after == spell.before


def test_focus_and_scroll_stay(spell: Spell) -> None:
    assert spell.seen[0]["Container.CurrentItem"] == str(FOCUS + 1)
    assert spell.seen == spell.seen[:1]


def test_nothing_is_loaded_that_need_not_be(films: Spell, season: Spell) -> None:
    # Films in sight mend themselves, and the list is loaded once for all others at most; of a
    # batch of episodes one has Kodi load the list.
    assert films.loads <= 1
    assert season.loads == 1
    for spell in (films, season):
        assert "the list is loaded again" not in spell.log
    assert "DialogBusy" not in films.log


def test_resume_points_stay(room: LivingRoom, films: Spell, season: Spell) -> None:
    assert room.kodi.watched("Film 0030").resume == 600.0
    assert room.kodi.watched("Long", 1, 30).resume == 600.0


def test_lists_on_the_home_screen_follow(
    room: LivingRoom, home_before: dict[int, list[str]], films: Spell, season: Spell
) -> None:
    watched = {f"Film {number:04}" for number in range(COUNT - WATCHED + 1, COUNT + 1)}
    assert watched & set(home_before[RECENT_FILMS])
    room.kodi.wait_for(
        lambda: not watched & set(home_list(room, RECENT_FILMS, 0)), what="the films"
    )
    assert f"1x{COUNT}. Episode {COUNT}" in home_before[RECENT_EPISODES]
    room.kodi.wait_for(
        lambda: f"1x{COUNT}. Episode {COUNT}" not in home_list(room, RECENT_EPISODES, 1),
        what="the episodes",
    )
    assert home_before[SERIES_IN_PROGRESS] == ["Begun"]
    room.kodi.wait_for(
        lambda: sorted(home_list(room, SERIES_IN_PROGRESS, 1)) == ["Begun", "Long"],
        what="the series",
    )


def test_a_file_outside_every_source_stays_as_it_is(room: LivingRoom, films: Spell) -> None:
    assert room.kodi.watched("Outside") == (0, "", 0.0)
    assert room.kodi.watched("Outside with a date") == (0, "2020-01-01 10:00:00", 0.0)
    assert room.kodi.watched("Film 0040") == (1, "2024-03-01 21:00:00", 0.0)
