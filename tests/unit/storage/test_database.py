"""What is remembered survives a kill, and nothing that is wrong with its file stops the add-on."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Iterator

import pytest

from lib.storage.database import SCHEMA, Database
from lib.storage.removed_ticks import name_of_key
from tools.zip import ROOT

PUT = "INSERT OR REPLACE INTO alone VALUES (?, ?)"
ALL = "SELECT names, label FROM alone ORDER BY names"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "memory.db"


class Memory:
    """A database, and what it said in the log."""

    def __init__(self, file: Path) -> None:
        self.log: list[str] = []
        self.database = Database(file, self.log.append)

    def put(self, name: str) -> None:
        self.database.change(PUT, [(name, name)])

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.database.rows(ALL)]


@pytest.fixture
def memory(file: Path) -> Iterator[Memory]:
    memory = Memory(file)
    yield memory
    memory.database.close()


def opened(file: Path) -> Memory:
    return Memory(file)


def test_what_was_put_is_there_when_it_is_opened_again(memory: Memory, file: Path) -> None:
    memory.put("a")
    memory.database.close()
    again = opened(file)
    assert again.names == ["a"]
    assert again.log == []
    again.database.close()


def test_a_change_of_several_rows_is_made_whole_or_not_at_all(memory: Memory) -> None:
    memory.database.change(PUT, [("a", "a"), ("b",)])
    assert memory.names == []
    memory.put("c")
    assert memory.names == ["c"]


@pytest.mark.parametrize("content", [b"", b"no database" * 500, b"SQLite format 3\0" + b"x" * 4000])
def test_a_file_that_is_no_database_is_moved_aside_and_named(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    memory = opened(file)
    memory.put("a")
    assert memory.names == ["a"]
    memory.database.close()
    aside = [each for each in file.parent.iterdir() if "aside" in each.name]
    assert [each.read_bytes() for each in aside] == ([content] if content else [])
    assert any("memory.db.aside1" in line for line in memory.log) == bool(content)


def test_a_file_that_is_damaged_later_is_moved_aside_too(memory: Memory, file: Path) -> None:
    for number in range(2000):
        memory.put(f"{number:06}")
    memory.database.close()
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(os.urandom(20 * 4096))
    again = opened(file)
    assert again.names == []
    again.put("a")
    assert again.names == ["a"]
    assert (file.parent / "memory.db.aside1").exists()
    again.database.close()


def test_a_file_of_a_newer_version_is_kept_aside(memory: Memory, file: Path) -> None:
    memory.put("of the future")
    memory.database.rows(f"PRAGMA user_version = {len(SCHEMA) + 1}")
    memory.database.close()
    again = opened(file)
    assert again.names == []
    again.database.close()
    with closing(sqlite3.connect(file.parent / "memory.db.aside1")) as kept:
        assert kept.execute(ALL).fetchall() == [("of the future", "of the future")]


def test_what_the_first_version_kept_of_removed_ticks_is_of_titles_now(file: Path) -> None:
    """Two library ids of one film are one, and what had no title stays with its library id."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as first:
        first.executescript(f"BEGIN; {SCHEMA[0]} PRAGMA user_version = 1; COMMIT;")
        rows = [
            ("movie", 1, "movie tmdb 949", -1, -1, 200, ""),
            ("movie", 2, "movie tmdb 949", -1, -1, 100, ""),
            ("movie", 3, "movie tmdb 949", -1, -1, 50, "Ann"),
            ("episode", 7, "show tvdb 9", 1, 2, 300, ""),
            ("movie", 4, "", -1, -1, 400, ""),
        ]
        first.executemany("INSERT INTO removed VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        first.commit()
    memory = opened(file)
    assert memory.database.rows("SELECT * FROM removed ORDER BY at") == [
        ("movie tmdb 949", -1, -1, "Ann", 50, 0),
        ("movie tmdb 949", -1, -1, "", 200, 0),
        ("show tvdb 9", 1, 2, "", 300, 0),
        (name_of_key(("movie", 4)), -1, -1, "", 400, 0),
    ]
    assert memory.log == []
    memory.database.close()


def test_earlier_files_that_were_moved_aside_stay(file: Path) -> None:
    file.parent.mkdir()
    for number in (1, 2):
        file.write_bytes(b"damage %d" % number * 100)
        opened(file).database.close()
    kept = sorted(each.read_bytes()[:8] for each in file.parent.glob("*.aside?"))
    assert kept == [b"damage 1", b"damage 2"]


def test_a_folder_that_cannot_be_written_costs_the_memory_only(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    memory = opened(tmp_path / "data" / "memory.db")
    memory.put("a")
    assert memory.names == ["a"]
    assert len(memory.log) == 1
    memory.database.close()


def test_a_file_that_somebody_holds_costs_that_change_only_and_is_said_once(
    memory: Memory, file: Path
) -> None:
    memory.put("a")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        memory.put("b")
        memory.put("c")
        assert memory.names == ["a"]
        other.execute("ROLLBACK")
    memory.put("d")
    assert memory.names == ["a", "d"]
    assert len(memory.log) == 1


def test_a_name_that_is_no_text_costs_that_alone(memory: Memory) -> None:
    memory.put("a")
    memory.put("Am\udce9lie")
    assert memory.database.rows("SELECT * FROM alone WHERE names = ?", ["Am\udce9lie"]) == []
    memory.put("b")
    assert memory.names == ["a", "b"]
    assert len(memory.log) == 1


def test_a_full_disk_costs_what_is_new_only(memory: Memory) -> None:
    memory.put("a")
    memory.database.rows("PRAGMA max_page_count = 1")
    for number in range(200):
        memory.put(f"{number:05}" * 100)
    assert "a" in memory.names
    assert len(memory.log) == 1
    memory.database.rows("PRAGMA max_page_count = 100000")
    memory.put("b")
    assert "b" in memory.names


WRITER = """
import sys
from pathlib import Path
from lib.storage.database import Database
database = Database(Path(sys.argv[1]), print)
number = int(sys.argv[2])
while True:
    rows = [(f"{number}-{part}", "") for part in range(5)]
    database.change("INSERT INTO alone VALUES (?, ?)", rows)
    print(number, flush=True)
    number += 1
"""


def test_a_kill_at_any_moment_damages_nothing_and_loses_nothing_that_was_done(file: Path) -> None:
    """Each time all that the process which writes has called done is there."""
    done = -1
    for _ in range(200):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), str(done + 100)],
            stdout=subprocess.PIPE, cwd=ROOT, text=True,
        ) as writer:  # fmt: skip
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(random.uniform(0, 0.004))
            writer.send_signal(signal.SIGKILL)
            said = [first, *writer.stdout.read().splitlines(keepends=True)]
        done = max(int(line) for line in said if line.endswith("\n"))
        with closing(sqlite3.connect(file)) as reader:
            assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            query = "SELECT count(*) FROM alone WHERE names LIKE ?"
            assert reader.execute(query, (f"{done}-%",)).fetchone() == (5,)
            numbers = "SELECT count(*) % 5 FROM alone"
            assert reader.execute(numbers).fetchone() == (0,)
