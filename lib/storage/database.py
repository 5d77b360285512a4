"""Opens the file that outlives a restart of Kodi, and goes on without it where it cannot be used.

SQLite, with a schema that says its version. What is damaged, or made by a newer version, is moved
aside and named in the log, never deleted. Knows neither of the two doors.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Callable, Iterable, Sequence

SCHEMA = (
    """
    CREATE TABLE made (
        file TEXT PRIMARY KEY, kind TEXT, dbid INTEGER, playcount INTEGER, lastplayed TEXT,
        old_playcount INTEGER, old_lastplayed TEXT, at INTEGER, person TEXT,
        theirs TEXT
    ) WITHOUT ROWID;
    CREATE TABLE removed (
        kind TEXT, dbid INTEGER, names TEXT, season INTEGER, episode INTEGER, at INTEGER,
        person TEXT, PRIMARY KEY (kind, dbid)
    ) WITHOUT ROWID;
    CREATE TABLE alone (names TEXT PRIMARY KEY, label TEXT) WITHOUT ROWID;
    CREATE TABLE answers (
        person TEXT, name TEXT, kind TEXT, depth TEXT, words TEXT, is_old INTEGER, seen INTEGER,
        PRIMARY KEY (person, name)
    ) WITHOUT ROWID;
    CREATE TABLE said (what TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE moves (person TEXT, kind TEXT, at TEXT, PRIMARY KEY (person, kind)) WITHOUT ROWID;
    """,
    """
    ALTER TABLE removed RENAME TO removed_by_id;
    CREATE TABLE removed (
        names TEXT, season INTEGER, episode INTEGER, person TEXT, at INTEGER, is_over INTEGER,
        PRIMARY KEY (names, season, episode, person)
    ) WITHOUT ROWID;
    INSERT OR REPLACE INTO removed
        SELECT names, season, episode, person, at, 0 FROM removed_by_id
        WHERE names != '' ORDER BY at;
    INSERT INTO removed
        SELECT kind || ' of the library ' || dbid, -1, -1, person, at, 0 FROM removed_by_id
        WHERE names = '';
    DROP TABLE removed_by_id;
    CREATE TABLE heard (
        number INTEGER PRIMARY KEY, kind TEXT, dbid INTEGER, what TEXT, at INTEGER
    );
    """,
    """
    CREATE TABLE undrawn (addon TEXT PRIMARY KEY, version TEXT, at INTEGER) WITHOUT ROWID;
    """,
    """
    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT, what TEXT, origin TEXT, kind TEXT,
        ids TEXT, name TEXT, year INTEGER, season INTEGER, episode INTEGER, at INTEGER, label TEXT,
        state TEXT, why TEXT, tried_at INTEGER
    );
    CREATE TABLE playing (
        account TEXT, kind TEXT, ids TEXT, name TEXT, year INTEGER, season INTEGER,
        episode INTEGER, label TEXT, position REAL, length REAL, at INTEGER
    );
    CREATE TABLE unread (
        number INTEGER PRIMARY KEY, account TEXT, kind TEXT, dbid INTEGER, what TEXT, at INTEGER,
        is_explained INTEGER
    );
    CREATE TABLE watching (
        number INTEGER PRIMARY KEY, account TEXT, kind TEXT, ids TEXT, name TEXT, year INTEGER,
        season INTEGER, episode INTEGER, label TEXT, percent REAL, at INTEGER, until INTEGER
    );
    """,
)
"""The statements that lead from each version to the next; the version is how many were run."""

_BUSY_SECONDS = 0.5  # another Kodi may share the file; nobody on a sofa waits longer
_MOST_ASIDE = 9
# The last two are of what is to be kept, not of the file: a name that is no text, a huge number.
_FAILURES = (sqlite3.Error, UnicodeError, OverflowError)


class Database:
    """One connection, used from one thread.

    Each of its methods does what it can: a failure is logged once, and costs what it was about.
    """

    def __init__(self, file: Path, log: Callable[[str], None]) -> None:
        self._file = file
        self._log = log
        self._said: set[str] = set()
        self._is_in_file = True
        self._connection = self._opened()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """What a query finds; nothing where the file fails."""
        try:
            return self._connection.execute(query, values).fetchall()
        except _FAILURES as error:
            self._failed(error)
            return []

    def change(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of these rows, for all or for none."""
        rows = list(rows)
        try:
            with self._connection:
                self._connection.execute("BEGIN")
                self._connection.executemany(statement, rows)
        except _FAILURES as error:
            self._failed(error)

    def keep(self, statement: str, rows: Iterable[Sequence[Any]]) -> bool:
        """The same, and wait for the disk, so that no power cut takes it; whether it was kept.

        Where nothing can be kept in a file, nothing is done.
        """
        rows = list(rows)
        if not self._is_in_file:
            return False
        try:
            self._connection.execute("PRAGMA synchronous = FULL")
            try:
                with self._connection:
                    self._connection.execute("BEGIN IMMEDIATE")
                    self._connection.executemany(statement, rows)
            finally:
                self._connection.execute("PRAGMA synchronous = NORMAL")
        except _FAILURES as error:
            self._failed(error)
            return False
        return True

    def close(self) -> None:
        self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        for _ in range(2):
            try:
                return _connected(self._file)
            except sqlite3.OperationalError as error:
                self._say(f"what is remembered cannot be opened: {error}")
                break
            except (sqlite3.DatabaseError, _NewerError) as error:
                self._say(f"what was remembered cannot be used: {error}")
                if not self._move_aside():
                    break
            except OSError as error:
                self._say(f"what is remembered cannot be opened: {type(error).__name__}")
                break
        self._is_in_file = False
        return _with_schema(sqlite3.connect(":memory:", isolation_level=None))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, sqlite3.Error):
            self._say(f"it cannot be remembered: {type(error).__name__}")
            return
        self._say(f"what is remembered: {type(error).__name__}: {error}")
        if not isinstance(error, (sqlite3.OperationalError, sqlite3.ProgrammingError)):
            self._connection.close()  # damaged: begin anew
            self._move_aside()
            self._connection = self._opened()

    def _move_aside(self) -> bool:
        for number in range(1, _MOST_ASIDE + 1):
            aside = self._file.with_name(f"{self._file.name}.aside{number}")
            if not aside.exists():
                break
        try:
            for end in ("", "-wal", "-shm"):  # the three files of one SQLite database
                part = Path(f"{self._file}{end}")
                if part.exists():
                    part.replace(f"{aside}{end}")
        except OSError as error:
            self._say(f"it cannot be moved aside: {type(error).__name__}")
            return False
        self._log(f"it was moved aside, to {aside.name}")
        return True

    def _say(self, words: str) -> None:
        if words not in self._said:
            self._said.add(words)
            self._log(words)


class _NewerError(Exception):
    pass


def _connected(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(str(file), timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        # Written aside first: a kill in the middle leaves the file whole, and a commit need not
        # wait for the disk: one of 25 answers takes 0.14 ms, 0.8 ms with a rollback journal (ext4,
        # medians of 200). A power cut may cost the last moments.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # a login that was kept is gone for good
        return _with_schema(connection)
    except BaseException:
        connection.close()
        raise


def _with_schema(connection: sqlite3.Connection) -> sqlite3.Connection:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(SCHEMA):
        raise _NewerError(f"it is of version {version}, this add-on knows {len(SCHEMA)}")
    for number, statements in enumerate(SCHEMA[version:], version + 1):
        connection.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")
    return connection
