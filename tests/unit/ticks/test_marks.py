"""What Kodi announced of ticks is kept at once, and read later what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Mapping, Sequence

import pytest

from lib.storage.database import Database
from lib.storage.removed_ticks import name_of_key
from lib.ticks.due import FILM, Tick, Video
from lib.ticks.journal import Journal
from lib.ticks.library import Library
from lib.ticks.marks import Marks
from lib.ticks.policy import Policy
from lib.ticks.user_changes import UserChanges
from lib.titles.datetimes import for_kodi
from tests.unit.kodi_in_memory import EPISODE, MOVIE, TVSHOW, Entry, KodiInMemory
from tests.unit.memory import memory

NOW = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
LATER = datetime(2026, 5, 2, 12, tzinfo=timezone.utc)
SHOWN = "2024-03-01 21:00:00"
COUNT = 60
ALL = frozenset(range(1, COUNT + 1))


class Setup:
    """A library of one series and one film, and the file that outlives a restart."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now = NOW
        self.read: list[str] = []
        self.answers: bool | None = True
        self.kodi = KodiInMemory(lambda *_: None, lambda *_: None)
        self.kodi.add(Entry(TVSHOW, 1, "Dark", 9, "/dark/"))
        for number in ALL:
            self.kodi.add(Entry(EPISODE, number, "", 9, f"/dark/{number}.mkv", 0, "", 1, 1, number))
        self.kodi.add(Entry(MOVIE, 5, "Heat", 949, "/heat.mkv"))
        self.start()

    def start(self) -> None:
        """Kodi starts."""
        self.store = memory(self.file)
        self.journal = Journal(self.store, lambda: "somebody")
        changes = UserChanges(self.store, lambda: "somebody", lambda: 100.0, lambda: self.now)
        self.marks = Marks(
            self.store, Library(self.batch, lambda _: self.answers), self.journal, Policy(changes)
        )

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        self.read += [method for method, _ in calls]
        return [self._answer(*call) for call in calls]

    def _answer(self, method: str, params: Mapping[str, Any]) -> Any:
        try:
            return self.kodi.run(method, params)
        except (KeyError, StopIteration):
            return RuntimeError("Kodi has no such video")

    def give_another_id(self, entry: Entry, dbid: int) -> None:
        del self.kodi.entries[entry.kind, entry.dbid]
        self.marks.is_gone((entry.kind, entry.dbid))
        entry.dbid = dbid
        self.kodi.add(entry)

    def finish(self) -> None:
        self.marks.keep()
        while self.marks.is_due:
            self.marks.step()

    @property
    def removed(self) -> set[tuple[str, int]]:
        """A name, and the number of an episode."""
        ticks = self.store.removed_ticks.all()
        return {(name, tick.episode) for tick in ticks for name in tick.names}

    @property
    def heat(self) -> Entry:
        return next(iter(self.kodi.of_kind(MOVIE)))


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(tmp_path / "memory.db")


def test_hundreds_are_kept_in_one_go_before_anything_is_read(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.store.is_first_time("it is opened")
    changes: list[str] = []
    real = Database.change

    def change(database: Database, statement: str, rows: Any) -> None:
        changes.append(statement)
        real(database, statement, rows)

    monkeypatch.setattr(Database, "change", change)
    for number in ALL:
        setup.marks.removes((EPISODE, number))
    setup.marks.keep()
    assert len(changes) == 1
    assert setup.read == []


def test_what_was_not_read_before_the_end_is_read_at_the_next_start(setup: Setup) -> None:
    for number in ALL:
        setup.marks.removes((EPISODE, number))
    setup.marks.keep()
    setup.start()
    setup.now = LATER
    setup.finish()
    assert setup.removed == {("show tmdb 9", number) for number in ALL}
    assert {tick.at for tick in setup.store.removed_ticks.all()} == {NOW}
    assert setup.store.heard_marks.all() == []


def test_an_end_amid_the_reading_loses_nothing(setup: Setup) -> None:
    for number in ALL:
        setup.marks.removes((EPISODE, number))
    setup.marks.keep()
    setup.marks.step()
    setup.start()
    setup.finish()
    assert setup.removed == {("show tmdb 9", number) for number in ALL}


def test_the_last_mark_of_a_title_counts(setup: Setup) -> None:
    for mark in (setup.marks.removes, setup.marks.sets, setup.marks.removes):
        mark((MOVIE, 5))
    setup.marks.removes((EPISODE, 1))
    setup.finish()
    setup.marks.sets((EPISODE, 1))
    setup.finish()
    assert setup.removed == {("movie tmdb 949", -1)}


def test_ticks_that_were_set_are_not_read_where_nothing_was_removed(setup: Setup) -> None:
    for number in ALL:
        setup.marks.sets((EPISODE, number))
    setup.finish()
    assert setup.read == []
    assert setup.store.heard_marks.all() == []


@pytest.mark.parametrize("is_kept", [False, True])
def test_what_has_got_another_id_before_it_was_read_is_found_by_its_file(
    setup: Setup, is_kept: bool
) -> None:
    setup.journal.note([Tick(Video(FILM, 5, "/heat.mkv", 0, ""), 1, SHOWN)])
    setup.marks.removes((MOVIE, 5))
    if is_kept:
        setup.marks.keep()
        setup.start()
    setup.give_another_id(setup.heat, 7)
    setup.kodi.add(Entry(MOVIE, 5, "Ronin", 8195, "/ronin.mkv"))
    setup.finish()
    assert setup.removed == {("movie tmdb 949", -1)}


@pytest.mark.parametrize("answers", [None, False])
@pytest.mark.parametrize("key", [(MOVIE, 5), (EPISODE, 1)])
def test_it_is_found_where_its_source_keeps_silent_or_the_file_has_gone(
    setup: Setup, key: tuple[str, int], answers: bool | None
) -> None:
    entry = setup.kodi.entries[key]
    setup.journal.note([Tick(Video(*key, entry.file, 0, ""), 1, SHOWN)])
    setup.marks.removes(key)
    setup.answers = answers
    setup.give_another_id(entry, 700)
    setup.finish()
    assert {tick.episode for tick in setup.store.removed_ticks.all()} == {entry.episode}


def test_what_has_left_for_good_is_taken_for_no_other(setup: Setup) -> None:
    setup.marks.removes((MOVIE, 5))
    setup.give_another_id(setup.heat, 7)  # nothing tells by now which film it was
    setup.kodi.add(Entry(MOVIE, 5, "Ronin", 8195, "/ronin.mkv"))
    setup.finish()
    assert setup.removed == set()


def test_what_kodi_does_not_tell_is_kept_away_by_its_library_id(setup: Setup) -> None:
    setup.marks.removes((MOVIE, 99))
    setup.finish()
    assert setup.removed == {(name_of_key((MOVIE, 99)), -1)}


def test_a_tick_that_was_dated_ahead_is_kept_away_from_that_date_on(setup: Setup) -> None:
    ahead = for_kodi(NOW + timedelta(hours=9)) or ""
    setup.journal.note([Tick(Video(FILM, 5, "/heat.mkv", 0, ""), 1, ahead)])
    setup.marks.removes((MOVIE, 5))
    setup.finish()
    assert [tick.at for tick in setup.store.removed_ticks.all()] == [NOW + timedelta(hours=9)]
