"""What is put into the store comes out again, after a restart too, and each person's is theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Tuple

import pytest

from lib.storage.answer_cache_table import StoredAnswer
from lib.storage.heard_marks import GONE, SET, HeardMark
from lib.storage.heard_marks import REMOVED as UNMARKED
from lib.storage.made_ticks import BY_HAND, REMOVED, TAKEN_BACK, MadeTick
from lib.storage.removed_ticks import RemovedTick
from lib.storage.store import Store
from tests.unit.memory import close_all, memory

DAY = 86400.0
Change = Tuple[int, str]


class Box:
    """A Kodi's store, over restarts and years."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.now = 20_000 * DAY + 3600

    def start(self) -> Store:
        return memory(self._file, lambda: self.now)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "memory.db")


def kept(name: str, kind: str = "movie") -> StoredAnswer:
    return StoredAnswer(name, kind, "", "words")


def names_known(box: Box, person: str, *names: str) -> set[str]:
    return {each.name for each in box.start().answers.of(person, names)}


def made(file: str, at: int) -> MadeTick:
    return MadeTick(file, "movie", 7, 1, "2024-03-01 20:00:00", 0, "", at, "Ann")


def test_answers_come_back_whole(box: Box) -> None:
    answer = StoredAnswer("tmdb:1", "show", "counters", '{"a": "ä"}')
    box.start().answers.note("Ann", [answer])
    assert box.start().answers.of("Ann", ["tmdb:1", "tmdb:2"]) == [answer]
    assert box.start().answers.of("Bob", ["tmdb:1"]) == []


def test_more_answers_than_sqlite_takes_at_once_come_back(box: Box) -> None:
    names = [f"tmdb:{number}" for number in range(2500)]
    box.start().answers.note("Ann", map(kept, names))
    assert names_known(box, "Ann", *names) == set(names)


def test_what_is_seen_now_and_then_stays_and_what_nobody_sees_goes(box: Box) -> None:
    box.start().answers.note("Ann", [kept("seen"), kept("unseen")])
    for _ in range(20):
        box.now += 30 * DAY
        assert names_known(box, "Ann", "seen") == {"seen"}
    assert names_known(box, "Ann", "seen", "unseen") == {"seen"}


def test_seeing_an_answer_every_day_writes_nothing(box: Box) -> None:
    store = box.start()
    store.answers.note("Ann", [kept("seen")])
    box.now += DAY
    store.answers.of("Ann", ["seen"])
    assert _seen(store) == [(20_000,)]
    box.now += 40 * DAY
    store.answers.of("Ann", ["seen"])
    assert _seen(store) == [(20_041,)]


def _seen(store: Store) -> list[object]:
    return list(store._database().rows("SELECT seen FROM answers"))


def test_what_others_were_answered_is_forgotten_with_when_it_moved(box: Box) -> None:
    store = box.start()
    for person in ("Ann", "Bob"):
        store.answers.note(person, [kept("a")])
        store.answers.note_moves(person, {"movie": "2024"}, [])
    store.answers.forget_others("Bob")
    assert names_known(box, "Ann", "a") == set()
    assert names_known(box, "Bob", "a") == {"a"}
    assert box.start().answers.moves("Ann") == {}
    assert box.start().answers.moves("Bob") == {"movie": "2024"}


def test_all_of_a_person_is_old_or_only_what_has_moved(box: Box) -> None:
    store = box.start()
    for person in ("Ann", "Bob"):
        store.answers.note(person, [kept("a"), kept("b", "show")])

    def old(person: str) -> set[str]:
        return {each.name for each in box.start().answers.of(person, ["a", "b"]) if each.is_old}

    store.answers.note_moves("Ann", {"show": "2025"}, ["show"])
    assert (old("Ann"), old("Bob")) == ({"b"}, set())
    store.answers.make_old("Ann")
    assert (old("Ann"), old("Bob")) == ({"a", "b"}, set())


def test_titles_are_counted_and_their_single_episodes_are_not(box: Box) -> None:
    store = box.start()
    assert store.answers.count("Ann") == 0
    store.answers.note("Ann", [kept("a"), kept("b", "show"), kept("b\n1x2", "show")])
    store.answers.note("Bob", [kept("c")])
    assert store.answers.count("Ann") == 2


def test_ticks_are_counted_from_a_moment_on_until_they_are_theirs(box: Box) -> None:
    store = box.start()
    assert store.made_ticks.count(0.0) == 0
    ticks = [made("a", 10), made("b", 20), made("c", 30)]
    store.made_ticks.note(ticks)
    assert box.start().made_ticks.of(["a", "c", "d"]) == {"a": ticks[0], "c": ticks[2]}
    assert store.made_ticks.count(20.0) == 2
    assert store.made_ticks.since(10.0, "a", 1) == [ticks[1]]
    store.made_ticks.note_theirs(["b"], BY_HAND)
    assert store.made_ticks.count(10.0) == 2
    assert store.made_ticks.since(10.0, "", 9) == [ticks[0], ticks[2]]
    store.made_ticks.forget(["a"])
    assert store.made_ticks.of(["a", "b", "c"]).keys() == {"b", "c"}


def test_a_tick_that_was_taken_away_comes_back_whole(box: Box) -> None:
    at = datetime(2026, 11, 26, 12, 30, tzinfo=timezone.utc)
    names = frozenset({"imdb:tt1", "tmdb:2"})
    gone = RemovedTick(names, 2, 3, at, "Ann", is_over=True)
    store = box.start()
    store.removed_ticks.note([gone])
    assert box.start().removed_ticks.all() == [gone]
    store.removed_ticks.forget([replace(gone, person=""), replace(gone, episode=4)])
    assert store.removed_ticks.all() == [gone]
    store.removed_ticks.forget([gone])
    assert store.removed_ticks.all() == []


@pytest.mark.parametrize("damaged", ["'soon'", "NULL", "1e300", "99999999999999999"])
def test_a_damaged_moment_costs_no_removal(box: Box, tmp_path: Path, damaged: str) -> None:
    at = datetime(2026, 11, 26, 12, 30, tzinfo=timezone.utc)
    removed = [RemovedTick(frozenset({name}), -1, -1, at) for name in ("a", "b")]
    box.start().removed_ticks.note(removed)
    close_all()
    with closing(sqlite3.connect(tmp_path / "memory.db")) as database, database:
        database.execute(f"UPDATE removed SET at = {damaged} WHERE names = 'a'")
    began = datetime.now(timezone.utc)
    found = {next(iter(tick.names)): tick.at for tick in box.start().removed_ticks.all()}
    assert found.pop("b") == at
    assert found.pop("a") >= began


def test_what_was_heard_comes_back_in_its_order(box: Box) -> None:
    heard = [HeardMark("movie", n, what, n) for n, what in enumerate((UNMARKED, SET, GONE), 7)]
    store = box.start()
    store.heard_marks.note(heard[:2])
    store.heard_marks.note(heard[2:])
    assert box.start().heard_marks.all() == heard
    store.heard_marks.clear()
    assert box.start().heard_marks.all() == []


def test_what_is_left_alone_comes_back_whole(box: Box) -> None:
    store = box.start()
    store.ignored_titles.note(frozenset({"b", "a"}), "Dark")
    assert box.start().ignored_titles.all() == [(frozenset({"a", "b"}), "Dark")]
    store.ignored_titles.forget(frozenset({"a", "b"}))
    assert store.ignored_titles.all() == []


def test_what_is_said_once_is_first_once_over_restarts(box: Box) -> None:
    assert box.start().is_first_time("welcome")
    assert not box.start().is_first_time("welcome")
    assert box.start().is_first_time("farewell")


def test_it_opens_again_after_it_was_closed(box: Box) -> None:
    store = box.start()
    assert store.is_first_time("a")
    store.close()
    assert not store.is_first_time("a")


WITH_LOGIN, WITHOUT = "http://ann:s3cret@nas/a.mkv", "http://nas/a.mkv"


def test_no_login_is_kept_of_a_file_and_it_is_found_with_and_without(
    box: Box, tmp_path: Path
) -> None:
    store = box.start()
    store.made_ticks.note([made(WITH_LOGIN, 10)])
    for file in (WITH_LOGIN, WITHOUT, "http://bob@nas/a.mkv"):
        assert store.made_ticks.of([file]) == {file: made(WITHOUT, 10)}
    store.made_ticks.note_theirs([WITH_LOGIN], BY_HAND)
    assert store.made_ticks.of([WITHOUT])[WITHOUT].theirs == BY_HAND
    store.made_ticks.forget([WITH_LOGIN])
    assert store.made_ticks.of([WITHOUT]) == {}
    assert "s3cret" not in contents(tmp_path)


def test_a_login_that_an_older_version_has_kept_is_gone_after_the_start(
    box: Box, tmp_path: Path
) -> None:
    box.start().made_ticks.note([made("/media/b.mkv", 10)])
    archive = "zip://smb%3a%2f%2fann%3as3cret%40nas%2fa.zip/"
    many = [f"smb://ann:s3cret@nas/{number}.mkv" for number in range(500)]
    files = [WITH_LOGIN, archive + "1.mkv", "/media/a@b.mkv", *many]
    close_all()
    with closing(sqlite3.connect(tmp_path / "memory.db")) as database, database:
        database.executemany(
            "INSERT INTO made SELECT ?, kind, dbid, playcount, lastplayed, old_playcount,"
            " old_lastplayed, at, person, theirs FROM made WHERE file = '/media/b.mkv'",
            [[file] for file in files],
        )
        database.execute("DELETE FROM said")  # it had not cleaned anything
    assert "s3cret" in contents(tmp_path)
    kept = [tick.file for tick in box.start().made_ticks.since(0.0, "", 999)]
    cleaned = [WITHOUT, "zip://smb%3a%2f%2fnas%2fa.zip/1.mkv", "/media/a@b.mkv", "/media/b.mkv"]
    cleaned += [f"smb://nas/{number}.mkv" for number in range(500)]
    assert sorted(kept) == sorted(cleaned)
    close_all()
    assert "s3cret" not in contents(tmp_path)


@pytest.mark.parametrize(
    ("older", "newer", "stays"),
    [
        ((10, ""), (20, REMOVED), (20, REMOVED)),
        ((10, TAKEN_BACK), (20, ""), (10, TAKEN_BACK)),
        ((10, BY_HAND), (20, REMOVED), (20, REMOVED)),
        ((10, ""), (20, ""), (20, "")),
    ],
)
def test_what_the_person_changed_stays_where_a_login_was_kept_beside_it(
    box: Box, tmp_path: Path, older: Change, newer: Change, stays: Change
) -> None:
    box.start().made_ticks.note([replace(made(WITHOUT, newer[0]), theirs=newer[1])])
    close_all()
    with closing(sqlite3.connect(tmp_path / "memory.db")) as database, database:
        database.execute(
            "INSERT INTO made SELECT ?, kind, dbid, playcount, lastplayed, old_playcount,"
            " old_lastplayed, ?, person, ? FROM made",
            [WITH_LOGIN, *older],
        )
        database.execute("DELETE FROM said")  # it had not cleaned anything
    tick = box.start().made_ticks.of([WITHOUT])[WITHOUT]
    assert (tick.at, tick.theirs) == stays
    close_all()
    assert "s3cret" not in contents(tmp_path)


def contents(folder: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in folder.iterdir())
