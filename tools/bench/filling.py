"""Fills Kodi's library and the add-on's memory in a second, where a scan would take minutes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# What a series is made of in Kodi's video database (version 121, Kodi 20), and its numbers.
_TABLES = {
    "tvshow": ("idShow",),
    "seasons": ("idSeason", "idShow"),
    "path": ("idPath", "idParentPath"),
    "tvshowlinkpath": ("idShow", "idPath"),
    "files": ("idFile", "idPath"),
    "episode": ("idEpisode", "idFile", "idShow", "idSeason"),
    "uniqueid": ("uniqueid_id", "media_id"),
}
_APART = 1000  # between the numbers of one copy and of the next
_UNIQUE = {"path": "strPath", "uniqueid": "value"}


def copy_series(databases: Path, count: int) -> None:
    """Have the one series of a library `count` times. databases: Kodi's, which does not run."""
    file = next(databases.glob("MyVideos*.db"))
    with closing(sqlite3.connect(file)) as database, database:
        columns = {table: _columns(database, table) for table in _TABLES}
        for table in _TABLES:
            database.execute(f"CREATE TEMP TABLE one_{table} AS SELECT * FROM {table}")
        for number in range(1, count):
            for table, numbers in _TABLES.items():
                values = [_value(table, name, numbers, number) for name in columns[table]]
                database.execute(
                    f"INSERT INTO {table} ({', '.join(columns[table])})"
                    f" SELECT {', '.join(values)} FROM one_{table}"
                )


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _value(table: str, column: str, numbers: tuple[str, ...], copy: int) -> str:
    if column in numbers:
        return f"{column} + {copy * _APART}"
    if column == _UNIQUE.get(table):
        return f"{column} || '{copy}'"
    return column


def copy_answers(memory: Path, count: int) -> None:
    """Have every answer of the add-on's memory `count` times, under other names."""
    with closing(sqlite3.connect(memory, timeout=20)) as database, database:
        database.execute("CREATE TEMP TABLE one AS SELECT * FROM answers")
        # By what this database has: another commit's may have other columns.
        columns = _columns(database, "answers")
        values = [f"{column} || ?" if column == "name" else column for column in columns]
        database.executemany(
            f"INSERT OR IGNORE INTO answers ({', '.join(columns)})"
            f" SELECT {', '.join(values)} FROM one",
            [(f" {number}",) for number in range(1, count)],
        )
