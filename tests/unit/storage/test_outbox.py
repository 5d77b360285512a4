"""A watch is kept once, from the moment it counts, whatever happens to the disk and to Kodi."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from lib.sending.keeper import Keeper
from lib.storage.outbox import (
    MARK,
    PLAY,
    TOLD,
    UNPLACED,
    UNWATCHED,
    WAITING,
    WATCHED,
    NotKept,
    Outbox,
    OutboxEntry,
)
from lib.storage.playing import Playing, PlayingVideo
from lib.storage.store import Store
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.memory import memory

AT = datetime(2026, 11, 20, 20, 15, 7, tzinfo=timezone.utc)
NOW = AT.timestamp() + 3600
HEAT = Title(MOVIE, (("imdb", "tt0113277"), ("tmdb", "949")))
DARK = Title(SHOW, (("tmdb", "70523"),))
ANN, BOB = "ann", "bob"


def film(**other: Any) -> OutboxEntry:
    entry = OutboxEntry(ANN, WATCHED, PLAY, HEAT, -1, -1, AT, "Heat (1995)")
    return replace(entry, **other)


def episode(number: int, **other: Any) -> OutboxEntry:
    entry = OutboxEntry(ANN, WATCHED, PLAY, DARK, 2, number, AT, f"Dark 2x{number:02}")
    return replace(entry, **other)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory.db"


@pytest.fixture
def store(file: Path) -> Store:
    return memory(file, lambda: NOW)


def bare(entries: list[OutboxEntry]) -> list[OutboxEntry]:
    return [replace(each, number=0) for each in entries]


def cut_off(store: Store, is_full: bool) -> None:
    """Have the disk take nothing more, or take it again."""
    database = store._database()
    pages = database.rows("PRAGMA page_count")[0][0]
    database.rows(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}")


def test_what_is_added_is_there_after_a_start_with_all_that_it_is(store: Store, file: Path) -> None:
    named = Title(MOVIE, (), "Ronin", 1998)
    added = [film(), episode(3, origin=MARK), film(title=named, why="x", tried_at=AT)]
    assert store.outbox.add(added) == 3
    store.close()
    again = memory(file).outbox
    assert bare(again.waiting(ANN)) == added
    assert again.count(ANN) == 3
    assert len({each.number for each in again.waiting(ANN)}) == 3


def test_what_is_added_has_a_moment_to_the_second(store: Store) -> None:
    store.outbox.add([film(at=AT + timedelta(microseconds=900_000))])
    assert store.outbox.waiting(ANN)[0].at == AT


@pytest.mark.parametrize("state", [WAITING, UNPLACED, TOLD])
@pytest.mark.parametrize("minutes", [-10, 0, 10])
def test_one_watch_that_comes_by_two_ways_is_kept_once(
    store: Store, state: str, minutes: int
) -> None:
    store.outbox.add([film()])
    store.outbox.change([replace(store.outbox.waiting(ANN)[0], state=state, tried_at=AT)])
    under_other_ids = Title(MOVIE, (("imdb", "tt0113277"), ("tvdb", "7")))
    twin = film(title=under_other_ids, origin=MARK, at=AT + timedelta(minutes=minutes))
    assert store.outbox.add([twin]) == 0
    assert store.outbox.count(ANN) == (0 if state == TOLD else 1)


def test_a_play_after_a_mark_stays_where_the_mark_is_taken_back(store: Store) -> None:
    mark = film(origin=MARK)
    store.outbox.add([mark])
    assert store.outbox.add([film(at=AT + timedelta(minutes=9))]) == 1
    Keeper(store.outbox, lambda: None).withdraw(
        film(what=UNWATCHED, origin=MARK, at=AT + timedelta(hours=1))
    )
    assert [each.origin for each in store.outbox.waiting(ANN)] == [PLAY]


def test_one_watch_that_is_passed_in_twice_is_kept_once(store: Store) -> None:
    assert store.outbox.add([episode(1), episode(1, origin=MARK)]) == 1


@pytest.mark.parametrize(
    "other",
    [
        film(at=AT + timedelta(minutes=10, seconds=1)),
        film(account=BOB),
        film(title=Title(MOVIE, (("tmdb", "8195"),))),
        film(title=Title(SHOW, (("tmdb", "949"),))),
        film(season=1, episode=1),
    ],
)
def test_another_watch_is_none_that_is_there(store: Store, other: OutboxEntry) -> None:
    assert store.outbox.add([film(), other]) == 2


def test_who_marks_unmarks_and_marks_again_has_done_all_three(store: Store) -> None:
    marks = [episode(1, what=what, origin=MARK) for what in (WATCHED, UNWATCHED, WATCHED)]
    later = [replace(each, at=AT + timedelta(seconds=number)) for number, each in enumerate(marks)]
    assert [store.outbox.add([each]) for each in later] == [1, 1, 1]
    assert [each.what for each in store.outbox.waiting(ANN)] == [WATCHED, UNWATCHED, WATCHED]


def test_what_waits_comes_the_oldest_first_and_is_each_accounts_own(store: Store) -> None:
    old = episode(1, at=AT - timedelta(days=3))
    store.outbox.add([film(), film(account=BOB), old])
    assert bare(store.outbox.waiting(ANN)) == [old, film()]
    assert store.outbox.accounts() == {ANN, BOB}
    store.outbox.drop_all(ANN)
    assert store.outbox.accounts() == {BOB}


def test_what_was_told_waits_no_more_and_is_counted(store: Store) -> None:
    store.outbox.add([film(), episode(1), episode(2)])
    first, second, _ = store.outbox.waiting(ANN)
    store.outbox.change([replace(first, state=TOLD, tried_at=AT), replace(second, state=UNPLACED)])
    assert [each.state for each in store.outbox.waiting(ANN)] == [UNPLACED, WAITING]
    assert store.outbox.count(ANN) == 2
    assert store.outbox.told_since(ANN, AT) == 1
    assert store.outbox.told_since(ANN, AT + timedelta(seconds=1)) == 0


def test_what_simkl_had_already_was_not_told(store: Store) -> None:
    store.outbox.add([film()])
    had = replace(store.outbox.waiting(ANN)[0], state=TOLD, why="simkl has it", tried_at=AT)
    store.outbox.change([had])
    assert store.outbox.told_since(ANN, AT) == 0


def test_what_was_added_by_a_wrong_clock_is_moved_and_nothing_older(store: Store) -> None:
    store.outbox.add([film()])
    before = store.outbox.last_number()
    store.outbox.add([episode(1), episode(2)])
    told = store.outbox.waiting(ANN)[-1]
    store.outbox.change([replace(told, state=TOLD)])
    store.outbox.shift(before, 3600.0)
    hour_later = episode(1, at=AT + timedelta(hours=1))
    assert bare(store.outbox.waiting(ANN)) == [film(), hour_later]


def test_what_is_sent_again_stands_as_it_was_new(store: Store) -> None:
    store.outbox.add([film(state=UNPLACED, why="no number", tried_at=AT)])
    store.outbox.send_again(store.outbox.waiting(ANN))
    assert bare(store.outbox.waiting(ANN)) == [film()]


def test_a_dropped_entrys_number_is_given_to_no_other(store: Store) -> None:
    store.outbox.add([film()])
    dropped = store.outbox.waiting(ANN)
    store.outbox.drop(dropped)
    store.outbox.add([episode(1)])
    store.outbox.change([replace(dropped[0], state=TOLD)])
    assert [each.label for each in store.outbox.waiting(ANN)] == ["Dark 2x01"]


def test_what_was_kept_of_a_sign_in_becomes_its_accounts(store: Store) -> None:
    store.outbox.add([film(account="a sign-in"), episode(1, account=BOB)])
    store.outbox.belongs("a sign-in", ANN)
    assert bare(store.outbox.waiting(ANN)) == [film()]
    assert store.outbox.count("a sign-in") == 0
    assert store.outbox.count(BOB) == 1


def test_what_a_full_disk_does_not_take_is_kept_in_memory_until_it_does(
    store: Store, file: Path
) -> None:
    store.outbox.add([film()])
    cut_off(store, is_full=True)
    many = [episode(number, label="x" * 5000) for number in range(1, 9)]
    with pytest.raises(NotKept):
        store.outbox.add(many)
    assert store.outbox.count(ANN) == 9
    assert {each.season for each in store.outbox.waiting(ANN)} == {-1, 2}
    assert not store.outbox.keep()
    cut_off(store, is_full=False)
    assert store.outbox.keep()
    store.close()
    assert memory(file).outbox.count(ANN) == 9


def test_what_is_only_in_memory_is_kept_once_too_and_can_be_told_and_dropped(store: Store) -> None:
    store.outbox.add([film()])
    cut_off(store, is_full=True)
    many = [episode(number, label="x" * 5000) for number in range(1, 9)]
    with pytest.raises(NotKept):
        store.outbox.add(many)
    assert store.outbox.add(many) == 0
    first, second, *_ = [each for each in store.outbox.waiting(ANN) if each.number < 0]
    store.outbox.change([replace(first, state=TOLD, tried_at=AT)])
    store.outbox.drop([second])
    assert store.outbox.count(ANN) == 7
    cut_off(store, is_full=False)
    store.outbox.keep()
    assert store.outbox.told_since(ANN, AT) == 1
    assert store.outbox.count(ANN) == 7


def test_where_no_file_can_be_opened_a_watch_is_kept_as_long_as_kodi_runs(tmp_path: Path) -> None:
    (tmp_path / "no folder").write_bytes(b"")
    outbox: Outbox = memory(tmp_path / "no folder" / "memory.db").outbox
    with pytest.raises(NotKept):
        outbox.add([film()])
    assert outbox.count(ANN) == 1


def test_a_watch_is_on_the_disk_before_anything_follows(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    store._database()._connection.set_trace_callback(said.append)
    store.outbox.add([film(), episode(1)])
    commit = said.index("COMMIT")
    assert said.index("PRAGMA synchronous = FULL") < commit
    assert said.count("COMMIT") == 2  # all in one, and one that forgets what is old


def test_a_play_that_goes_on_is_known_after_a_kill(store: Store, file: Path) -> None:
    videos = tuple(PlayingVideo(ANN, DARK, 1, number, f"Dark 1x0{number}") for number in (1, 2))
    store.playing.begin(Playing(videos, 0.0, 2800.5, AT))
    store.playing.move(2700.25, 2800.5, AT + timedelta(minutes=45))
    killed = sqlite3.connect(str(file))
    killed.close()
    again = memory(file).playing
    assert again.last() == Playing(videos, 2700.25, 2800.5, AT + timedelta(minutes=45))
    again.end()
    assert store.playing.last() is None


def test_what_came_of_an_entry_is_known_though_the_disk_does_not_take_it(
    store: Store, file: Path
) -> None:
    store.outbox.add([film(), episode(3)])
    first, second = store.outbox.waiting(ANN)
    store._database().rows("PRAGMA query_only = ON")
    store.outbox.change([replace(first, state=TOLD, tried_at=AT)])
    store.outbox.change([replace(second, state=UNPLACED, why="unplaced")])
    assert [each.why for each in store.outbox.waiting(ANN)] == ["unplaced"]
    assert store.outbox.count(ANN) == 1
    assert not store.outbox.is_kept
    assert not store.outbox.keep()
    store._database().rows("PRAGMA query_only = OFF")
    assert store.outbox.keep()
    assert store.outbox.is_kept
    store.close()
    again = memory(file).outbox
    assert [each.why for each in again.waiting(ANN)] == ["unplaced"]
    assert again.told_since(ANN, AT) == 1


def test_what_was_dropped_is_gone_though_the_disk_does_not_take_it(
    store: Store, file: Path
) -> None:
    store.outbox.add([film(), episode(3)])
    first, _ = store.outbox.waiting(ANN)
    store._database().rows("PRAGMA query_only = ON")
    store.outbox.drop([first])
    assert [each.episode for each in store.outbox.waiting(ANN)] == [3]
    store._database().rows("PRAGMA query_only = OFF")
    assert store.outbox.keep()
    store.close()
    again = memory(file).outbox
    assert [each.episode for each in again.waiting(ANN)] == [3]
    assert again.told_since(ANN, AT - timedelta(days=1)) == 0
