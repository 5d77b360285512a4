"""Ticks of ours are taken back as they were made, those that nobody has changed since, for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Mapping, Sequence

import pytest

from lib.storage.made_ticks import TAKEN_BACK, MadeTick
from lib.storage.removed_ticks import name_of_key
from lib.ticks import undo
from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.files import Files
from lib.ticks.journal import Journal
from lib.ticks.library import Library
from lib.ticks.places import Found
from lib.ticks.sources import Sources
from lib.ticks.undo import EVER, Undo
from lib.ticks.user_changes import UserChanges
from lib.ticks.writer import Writer
from lib.titles.title import MOVIE, Place, Title
from tests.unit.memory import memory

THEN, LATER, BEFORE = "2024-03-01 21:00:00", "2025-03-01 21:00:00", "2020-01-01 10:00:00"
ADDONS = "plugin://plugin.video.x/play/?film=1"
MADE = MadeTick("/gone/a.mkv", FILM, 7, 1, THEN, 0, "", 10, "somebody")
State = tuple[int, str]


class Kodi:
    """Films and episodes of a library, and plain files, as JSON-RPC reads and writes them."""

    def __init__(self) -> None:
        self.stands: dict[str, State] = {}
        self.library: dict[tuple[str, int], str] = {}
        self.written: list[str] = []
        self.sources = ["/media/"]

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return [self._answer(method.split(".")[1], params) for method, params in calls]

    def _answer(self, method: str, params: Mapping[str, Any]) -> Any:
        for kind, name in ((FILM, "Movie"), (EPISODE, "Episode")):
            if method == f"Get{name}Details":
                return self._details(kind, params[kind + "id"])
            if method == f"Set{name}Details" and "lastplayed" in params:
                file = self.library[kind, params[kind + "id"]]
                self.stands[file] = (self.stands[file][0], params["lastplayed"])
        if method == "GetFileDetails":
            file = params["file"]
            state = {"playcount": self.stands[file][0], "lastplayed": self.stands[file][1]}
            return {"filedetails": {**state, **self._in_library(file)}}
        if method == "GetSources":
            return {"sources": [{"file": source} for source in self.sources]}
        of_sources = (*self.sources, "plugin:")
        if method == "SetFileDetails" and not params["file"].startswith(of_sources):
            return RuntimeError("outside the sources")
        if method == "SetFileDetails" and "playcount" in params:
            self.stands[params["file"]] = (params["playcount"], params["lastplayed"])
            self.written.append(params["file"])
        return "OK"

    def _details(self, kind: str, dbid: int) -> Any:
        file = self.library.get((kind, dbid))
        if file is None:
            return None
        playcount, lastplayed = self.stands[file]
        found = {"file": file, "playcount": playcount, "lastplayed": lastplayed, kind + "id": dbid}
        return {kind + "details": found}

    def _in_library(self, file: str) -> dict[str, Any]:
        keys = [key for key, of_key in self.library.items() if of_key == file]
        return {"type": keys[0][0], "id": keys[0][1]} if keys else {}


class Room:
    def __init__(self) -> None:
        self.kodi = Kodi()
        self.now = 1000.0
        store = memory()
        self.journal = Journal(store, lambda: "somebody", lambda: self.now)
        self.store = store
        batch = Sources(self.kodi.batch)
        self.is_silent = False
        self.files = files = Files(
            lambda _: True, lambda _: self.is_silent, batch, lambda: self.now
        )
        writer = Writer(batch, self.journal.note_taken_back, files)
        library = Library(batch, files.exists)
        hand = UserChanges(store, lambda: "somebody")
        self.take_back = Undo(store, self.journal, library, writer, hand)

    def ticked(
        self, file: str, dbid: int = -1, *, before: State = (0, ""), kind: str = FILM
    ) -> None:
        """We ticked a file that stood so before."""
        tick = Tick(Video(kind, dbid, file, *before), 1, THEN)
        self.journal.note([tick])
        self.kodi.stands[file] = (1, THEN)
        if dbid > 0:
            self.kodi.library[kind, dbid] = file

    def run(self, since: float = EVER) -> None:
        self.take_back.begin(since)
        while self.take_back.is_due:
            self.take_back.step()


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize("kind", [FILM, EPISODE])
@pytest.mark.parametrize("before", [(0, ""), (0, BEFORE), (1, BEFORE)])
def test_a_tick_goes_back_to_what_was_there(room: Room, kind: str, before: State) -> None:
    room.ticked("/media/a.mkv", 7, before=before, kind=kind)
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == before
    assert (room.take_back.taken, room.take_back.changed) == (1, 0)


def test_it_stays_away_like_one_that_the_person_removed(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.run()
    assert [(tick.names, tick.person) for tick in room.store.removed_ticks.all()] == [
        (frozenset({name_of_key((FILM, 7))}), "somebody")
    ]


@pytest.mark.parametrize("file", ["/media/b.mkv", ADDONS])
def test_what_is_not_in_the_library_goes_back_too_and_is_known_as_taken_back(
    room: Room, file: str
) -> None:
    room.ticked(file)
    room.run()
    assert room.kodi.stands[file] == (0, "")
    assert room.journal.made([file])[file].theirs == TAKEN_BACK


@pytest.mark.parametrize("now", [(2, THEN), (1, LATER), (0, "")])
@pytest.mark.parametrize(("file", "dbid"), [("/media/a.mkv", 7), ("/media/b.mkv", -1)])
def test_one_that_somebody_has_changed_since_stays(
    room: Room, file: str, dbid: int, now: State
) -> None:
    room.ticked(file, dbid)
    room.kodi.stands[file] = now
    room.run()
    assert room.kodi.stands[file] == now
    assert (room.take_back.taken, room.take_back.changed) == (0, 1)


def test_a_library_id_that_has_come_to_stand_for_another_film_is_not_written_to(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.kodi.library[FILM, 7] = "/media/other.mkv"
    room.kodi.stands["/media/other.mkv"] = (1, THEN)
    room.run()
    assert room.kodi.stands["/media/other.mkv"] == (1, THEN)


def test_a_video_that_has_got_another_library_id_is_found_by_its_file(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.kodi.library = {(FILM, 907): "/media/a.mkv"}
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == (0, "")
    assert [tick.names for tick in room.store.removed_ticks.all()] == [{name_of_key((FILM, 907))}]


def test_of_another_add_ons_file_that_is_gone_from_the_library_nobody_knows_how_it_stands(
    room: Room,
) -> None:
    room.ticked(ADDONS, 7)
    room.kodi.library = {(FILM, 907): ADDONS}
    room.kodi.stands[ADDONS] = (2, LATER)
    room.run()
    assert room.kodi.stands[ADDONS] == (2, LATER)


def test_what_the_person_has_changed_or_played_of_another_add_on_is_theirs(room: Room) -> None:
    room.ticked(ADDONS)
    room.journal.note_theirs([ADDONS])
    room.run()
    assert room.kodi.stands[ADDONS] == (1, THEN)
    assert room.take_back.count(EVER) == 0


def test_what_kodi_refuses_is_not_counted_and_follows_simkl_as_before(room: Room) -> None:
    room.ticked("/gone/a.mkv", 7)
    room.run()
    assert (room.take_back.taken, room.take_back.changed) == (0, 1)
    assert room.store.removed_ticks.all() == []


def test_what_kodi_refuses_leaves_what_others_had_removed_of_that_title(room: Room) -> None:
    room.ticked("/gone/a.mkv", 7)
    place, at = Place(None), datetime(2026, 5, 1, tzinfo=timezone.utc)
    for person in ("somebody", "somebody else"):
        hand = UserChanges(room.store, lambda: person, now=lambda: at)  # noqa: B023 — used at once
        hand.has_taken_back((FILM, 7), place, replace(MADE, person=person))
    before = room.store.removed_ticks.all()
    assert len(before) == 2
    room.run()
    assert room.kodi.stands["/gone/a.mkv"] == (1, THEN)
    assert room.store.removed_ticks.all() == before


@pytest.mark.parametrize("refused", ["/gone/a.mkv", "/gone/c.mkv"])
def test_what_kodi_refuses_of_one_copy_leaves_what_is_taken_back_of_another(
    room: Room, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    heat = Place(Title(MOVIE, (("tmdb", "949"),)))
    monkeypatch.setattr(
        undo, "places", lambda _, keys: {key: Found(heat, room.kodi.library[key]) for key in keys}
    )
    room.ticked("/media/b.mkv", 8)
    room.ticked(refused, 7)
    room.run()
    assert room.take_back.taken == 1
    removed = room.store.removed_ticks.all()
    assert [tick.person for tick in removed] == ["somebody"]
    assert removed[0].names == {"movie tmdb 949"}


def test_what_cannot_be_taken_back_is_offered_once(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.kodi.stands["/media/a.mkv"] = (2, LATER)
    assert room.take_back.count(EVER) == 1
    room.run()
    assert room.take_back.count(EVER) == 0


def test_a_tick_that_was_only_moved_on_today_is_as_old_as_before(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.now = 5000.0
    room.journal.note([Tick(Video(FILM, 7, "/media/a.mkv", 1, THEN), 1, LATER)])
    room.kodi.stands["/media/a.mkv"] = (1, LATER)
    assert room.take_back.count(4000.0) == 0
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == (0, "")


def test_a_date_that_kodi_did_not_have_cannot_be_given_back_and_stays(room: Room) -> None:
    room.ticked("/media/a.mkv", 7, before=(1, ""))
    room.run()
    assert room.kodi.written == []


def test_only_those_since_then_and_each_once(room: Room) -> None:
    room.ticked("/media/old.mkv", 1)
    room.now = 5000.0
    for number in range(2, 62):
        room.ticked(f"/media/{number}.mkv", number)
    assert room.take_back.count(4000.0) == 60
    room.run(4000.0)
    assert len(room.kodi.written) == len(set(room.kodi.written)) == 60
    assert room.kodi.stands["/media/old.mkv"] == (1, THEN)
    assert (room.take_back.count(4000.0), room.take_back.count(EVER)) == (0, 1)


def test_one_that_is_ticked_again_later_can_be_taken_back_again(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.run()
    room.ticked("/media/a.mkv", 7)
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == (0, "")


WITH_LOGIN = "http://ann:s3cret@nas/a.mkv"


@pytest.mark.parametrize("dbid", [7, -1])
@pytest.mark.parametrize("is_known_by", ["id", "file"])
def test_what_lies_on_a_source_with_a_login_is_taken_back(
    room: Room, dbid: int, is_known_by: str
) -> None:
    room.kodi.sources.append("http://ann:s3cret@nas/")
    room.ticked(WITH_LOGIN, dbid)
    if is_known_by == "file" and dbid > 0:
        room.kodi.library = {(FILM, 907): WITH_LOGIN}
    room.run()
    assert room.kodi.stands[WITH_LOGIN] == (0, "")
    assert (room.take_back.taken, room.take_back.changed) == (1, 0)


def test_what_was_taken_back_may_come_back_again(room: Room) -> None:
    room.ticked("/media/a.mkv", 7)
    room.ticked("/media/b.mkv")
    room.ticked(ADDONS)
    room.journal.note_removed([ADDONS])
    room.ticked("/media/c.mkv")
    room.journal.note_theirs(["/media/c.mkv"])
    room.run()
    assert room.take_back.kept_away == 3
    room.take_back.let_come_back()
    assert room.take_back.kept_away == 0
    assert room.store.removed_ticks.all() == []
    assert room.journal.made(["/media/b.mkv", ADDONS, "/media/c.mkv"]).keys() == {"/media/c.mkv"}


@pytest.mark.parametrize("dbid", [7, -1])
def test_where_a_source_keeps_silent_it_can_be_taken_back_later(room: Room, dbid: int) -> None:
    room.ticked("/media/a.mkv", dbid)
    room.is_silent = True
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == (1, THEN)
    room.is_silent, room.now = False, 1061.0
    assert room.files.has_news()
    room.run()
    assert room.kodi.stands["/media/a.mkv"] == (0, "")
