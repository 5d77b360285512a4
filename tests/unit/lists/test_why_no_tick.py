"""The one reason why a row has no tick, though Simkl has its title as watched."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lib.lists.row_places import LEFT_ALONE, LEFT_OUT, SWITCHED_OFF, RowPlaces
from lib.lists.why_no_tick import (
    ADDON_DRAWS_OWN,
    BEGUN,
    HELD_BACK,
    IN_DOUBT,
    NO_ID,
    NOT_DRAWN,
    REMOVED,
    WhyNoTick,
)
from lib.simkl.answers import Watch
from lib.storage.made_ticks import TAKEN_BACK, MadeTick
from lib.ticks.due import Tick, Video
from lib.ticks.tick_settings import TickSettings
from lib.titles.title import MOVIE, SHOW, Place, Title
from tests.unit import kodi_in_memory
from tests.unit.coordinator_setup import CoordinatorSetup
from tests.unit.kodi_in_memory import EPISODE, TVSHOW, XBMC, Entry

kodi_in_memory.install()

from lib.lists.build import build_dependencies  # noqa: E402

KINDS = frozenset({"movie", "tvshow", "season", "episode"})
ADDON = "plugin.video.some"
LIST = f"plugin://{ADDON}/all/"
HEAT, DARK = Title(MOVIE, (("tmdb", "949"),)), Title(SHOW, (("tmdb", "70523"),))
FILM = {
    "DBTYPE": "movie",
    "Title": "Heat",
    "FileNameAndPath": f"plugin://{ADDON}/heat",
    "UniqueID(tmdb)": "949",
    "Property(IsPlayable)": "true",
}
EPISODE_ROW = {**FILM, "DBTYPE": "episode", "TVShowTitle": "Dark", "Season": "1", "Episode": "2"}
OF_LIBRARY = {"DBTYPE": "movie", "DBID": "7", "FileNameAndPath": "/media/heat.mkv"}
EPISODE_OF_LIBRARY = {
    "DBTYPE": "episode",
    "DBID": "8",
    "Season": "1",
    "Episode": "2",
    "FileNameAndPath": "/media/dark/2.mkv",
}


class Room:
    """A list that is open, with one visit."""

    def __init__(self, setup: CoordinatorSetup) -> None:
        XBMC.kodi = kodi_in_memory.KodiInMemory(lambda *_: None, lambda *_: None)
        XBMC.kodi.add(Entry("movie", 7, "Heat", 949, "/media/heat.mkv"))
        XBMC.kodi.add(Entry(TVSHOW, 1, "Dark", 70523, "/media/dark/"))
        file = "/media/dark/2.mkv"
        XBMC.kodi.add(Entry(EPISODE, 8, "Part 2", 70523, file, 0, "", 1, 1, 2))
        self.deps = build_dependencies(setup.coordinator, setup.store)
        self.choose(TickSettings(KINDS))
        self.visit = SimpleNamespace(waits_to_be_left=False, names_several=lambda _: False)
        shown: Any = SimpleNamespace(
            path=LIST, is_in_library=False, visits=[self.visit], identity_of=lambda _: None
        )
        self.list = shown
        self.why = WhyNoTick(self.deps, shown, RowPlaces(self.deps, shown))

    def choose(self, settings: TickSettings) -> None:
        self.deps.policy.tick_settings = settings

    def reason(self, row: dict[str, str] = FILM, place: Place | None = None) -> str | None:
        return self.why.known(row, place or Place(HEAT))


@pytest.fixture
def room(setup: CoordinatorSetup) -> Room:
    return Room(setup)


def test_where_nothing_is_in_the_way_there_is_no_reason(room: Room) -> None:
    assert room.reason() is None
    assert room.reason(EPISODE_ROW, Place(DARK, 1, 2)) is None
    assert room.reason(OF_LIBRARY) is None
    assert room.reason(EPISODE_OF_LIBRARY, Place(DARK, 1, 2)) is None


# What is not known.


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**FILM, "UniqueID(tmdb)": ""}, NO_ID),
        ({**FILM, "UniqueID(tmdb)": "None"}, NO_ID),
        ({**FILM, "UniqueID(tmdb)": "", "Year": "1995"}, IN_DOUBT),
        (EPISODE_ROW, IN_DOUBT),
        ({**EPISODE_ROW, "UniqueID(tmdb)": ""}, NO_ID),
        ({**EPISODE_ROW, "UniqueID(tmdb)": "", "Year": "2017"}, NO_ID),  # when it was aired
        ({**EPISODE_ROW, "UniqueID(tmdb)": "", "Property(tvshow.year)": "2017"}, IN_DOUBT),
        ({**FILM, "UniqueID(tmdb)": "", "FileNameAndPath": f"{LIST}?tmdb_id=5&x=1"}, IN_DOUBT),
        ({**OF_LIBRARY, "UniqueID(tmdb)": "949"}, NO_ID),
    ],
)
def test_why_it_is_not_known_which_title_it_is(
    room: Room, row: dict[str, str], reason: str
) -> None:
    assert room.why.unknown(row) == reason


# What the person chose.


def test_a_title_that_is_left_alone(room: Room) -> None:
    room.deps.ignored_titles.leave(HEAT, "Heat")
    assert room.reason() == LEFT_ALONE
    assert room.reason(OF_LIBRARY) == LEFT_ALONE
    assert room.reason(EPISODE_ROW, Place(DARK, 1, 2)) is None


@pytest.mark.parametrize(
    ("row", "settings", "reason"),
    [
        (FILM, TickSettings(KINDS, addons=frozenset({ADDON})), LEFT_OUT),
        (FILM, TickSettings(KINDS, of_addons=False), SWITCHED_OFF),
        (FILM, TickSettings(KINDS, of_files=False), None),
        (FILM, TickSettings(KINDS - {"movie"}), SWITCHED_OFF),
        (FILM, TickSettings(KINDS - {"episode"}), None),
        (OF_LIBRARY, TickSettings(KINDS - {"movie"}), SWITCHED_OFF),
        (OF_LIBRARY, TickSettings(KINDS, of_addons=False, of_files=False), None),
        (OF_LIBRARY, TickSettings(KINDS, folders=("/media/",)), LEFT_OUT),
        (OF_LIBRARY, TickSettings(KINDS, folders=("/media/dark/",)), None),
    ],
)
def test_what_the_settings_say(
    room: Room, row: dict[str, str], settings: TickSettings, reason: str | None
) -> None:
    room.list.path = "videodb://movies/titles/" if row is OF_LIBRARY else LIST
    room.choose(settings)
    assert room.reason(row) == reason


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"DBTYPE": "tvshow", "DBID": "1"}, Place(DARK)),
        ({"DBTYPE": "season", "DBID": "1"}, Place(DARK)),  # "* All seasons"
        (EPISODE_OF_LIBRARY, Place(DARK, 1, 2)),
    ],
)
def test_a_series_of_the_library_is_left_out_by_the_files_of_its_episodes(
    room: Room, row: dict[str, str], place: Place
) -> None:
    room.choose(TickSettings(KINDS, folders=("/media/other/",)))
    assert room.reason(row, place) is None
    room.choose(TickSettings(KINDS, folders=("/media/dark/",)))
    assert room.reason(row, place) == LEFT_OUT


def test_nothing_is_read_of_the_library_where_no_folder_is_left_out(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(XBMC.kodi, "run", None)
    assert room.reason(OF_LIBRARY) is None


def test_an_add_ons_row_is_not_what_the_library_has_under_its_number(room: Room) -> None:
    row = {**FILM, "DBID": "7"}
    assert room.why.unknown(row) == IN_DOUBT
    room.choose(TickSettings(KINDS, of_addons=False))
    assert room.reason(row) == SWITCHED_OFF


def test_what_has_left_the_library_is_not_said_to_be_left_out(room: Room) -> None:
    room.choose(TickSettings(KINDS, folders=("/media/other/",)))
    assert room.reason({**OF_LIBRARY, "DBID": "99"}) is None


def test_a_list_of_an_add_on_that_is_left_out(room: Room) -> None:
    room.list.path = "plugin://plugin.video.lister/all/"
    room.choose(TickSettings(KINDS, addons=frozenset({"plugin.video.lister"})))
    assert room.reason() == LEFT_OUT


# What is not drawn.


@pytest.mark.parametrize(
    "row",
    [
        {**FILM, "Property(IsPlayable)": ""},
        {**FILM, "IsFolder": "1"},
        {**FILM, "FileNameAndPath": f"plugin://{ADDON}/play?a=1"},
    ],
)
def test_a_row_on_which_kodi_draws_no_tick(room: Room, row: dict[str, str]) -> None:
    assert room.reason(row) == NOT_DRAWN


def test_a_folder_of_a_series_or_a_season_of_another_add_on(room: Room) -> None:
    assert room.reason({**FILM, "DBTYPE": "tvshow"}, Place(DARK)) == NOT_DRAWN
    assert room.reason({**FILM, "DBTYPE": "season"}, Place(DARK, 1)) == NOT_DRAWN
    assert room.reason({**FILM, "DBTYPE": "tvshow"}, Place(DARK, 1, 2)) is None  # an episode


def test_a_row_of_another_add_on_outside_of_a_list(room: Room) -> None:
    room.list.path = ""
    assert room.reason() == NOT_DRAWN
    assert room.reason(OF_LIBRARY) is None


def test_a_video_that_was_begun(room: Room) -> None:
    assert room.reason({**FILM, "IsBegun": "1"}) == BEGUN
    assert room.reason({**OF_LIBRARY, "IsBegun": "1"}) is None


def test_an_add_on_that_draws_its_own(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.deps.overlays, "draws", lambda addon: addon != ADDON)
    assert room.reason() == ADDON_DRAWS_OWN
    assert room.reason({**FILM, "FileNameAndPath": "plugin://plugin.video.other/heat"}) is None


def test_one_path_for_two_titles_is_in_doubt(room: Room) -> None:
    room.visit.names_several = lambda path: path == FILM["FileNameAndPath"]
    assert room.reason() == IN_DOUBT
    assert room.reason({**FILM, "FileNameAndPath": f"plugin://{ADDON}/other"}) is None


# What may come.


def test_what_is_held_back_until_the_list_is_left(room: Room) -> None:
    room.visit.waits_to_be_left = True
    assert room.reason() == HELD_BACK
    assert room.reason(EPISODE_OF_LIBRARY, Place(DARK, 1, 2)) == HELD_BACK
    assert room.reason({"DBTYPE": "tvshow", "DBID": "1"}, Place(DARK)) == HELD_BACK
    assert room.reason(OF_LIBRARY) is None  # films are ticked at once


def test_a_tick_that_the_person_took_away(room: Room) -> None:
    changes = room.deps.policy.user_changes
    changes.removes(("movie", 7), Place(HEAT), None)
    assert room.reason(OF_LIBRARY) == REMOVED
    assert room.reason(EPISODE_OF_LIBRARY, Place(DARK, 1, 2)) is None
    changes.pardon(Place(HEAT))
    assert room.reason(OF_LIBRARY) is None


def test_one_that_was_watched_since_it_was_removed_is_not_kept_away(room: Room) -> None:
    changes = room.deps.policy.user_changes
    changes.removes(("movie", 7), Place(HEAT), None)
    heat = Video("movie", 7, "/media/heat.mkv", 0, "")
    later = Watch(changes.now() + timedelta(days=2))
    assert changes.allows(heat, HEAT, later, 0.0)
    assert room.reason(OF_LIBRARY) is None


def test_a_tick_of_another_add_ons_row_that_the_person_took_away(room: Room) -> None:
    file = FILM["FileNameAndPath"]
    journal = room.deps.journal
    journal.note([Tick(Video("movie", -1, file, 0, ""), 1, "2024-03-01 20:00:00")])
    assert room.reason() is None
    journal.note_removed([file])
    assert room.reason() == REMOVED


def test_a_tick_that_was_taken_back_is_kept_away_from_whom_it_was_made_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = FILM["FileNameAndPath"]
    mine = MadeTick(file, "movie", -1, 1, "2024", 0, "", 0, "somebody else", TAKEN_BACK)
    monkeypatch.setattr(room.deps.journal, "made", lambda _: {file: mine})
    assert room.reason() is None
    monkeypatch.setattr(room.deps.coordinator, "person", "somebody else")
    assert room.reason() == REMOVED
