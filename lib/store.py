"""What is remembered over a restart: the ticks that this add-on made, and the person's own hand.

Each fact in one table, and all of its SQL here; `database.py` opens the file. Used from the
script's thread alone. Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, Iterable, Sequence, Tuple

if TYPE_CHECKING:
    from pathlib import Path

    from lib.database import Database

Key = Tuple[str, int]
"""A video of the library: Kodi's media type and library id."""

_AT_ONCE = 500  # values in one query: SQLite's oldest limit is 999


@dataclass(frozen=True)
class Made:
    """A tick that this add-on made, and what was there before.

    file: the exact path. kind: Kodi's media type. dbid: its library id, -1 outside the library.
    playcount, lastplayed: as they were written, in Kodi's local time. at: seconds since 1970.
    """

    file: str
    kind: str
    dbid: int
    playcount: int
    lastplayed: str
    old_playcount: int
    old_lastplayed: str
    at: int


@dataclass(frozen=True)
class Removed:
    """A tick of the library that the person took away.

    names: of the film or series (`Title.names`), none where it has none. season, episode: -1 for
    a film. at: aware UTC.
    """

    key: Key
    names: frozenset[str]
    season: int
    episode: int
    at: datetime


class Store:
    def __init__(self, file: Path, log: Callable[[str], None]) -> None:
        self._file = file
        self._log = log
        self._opened: Database | None = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            from lib.database import Database  # SQLite is loaded when it is first needed

            self._opened = Database(self._file, self._log)
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    # -- the ticks that this add-on made --

    def made(self, files: Sequence[str]) -> dict[str, Made]:
        """Those of these files, by file."""
        found = {}
        for start in range(0, len(files), _AT_ONCE):
            some = files[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT * FROM made WHERE file IN ({marks})"  # noqa: S608 — question marks
            found.update({row[0]: Made(*row) for row in self._database.rows(query, some)})
        return found

    def note_made(self, ticks: Iterable[Made]) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, ticks)
        )

    def forget_made(self, files: Iterable[str]) -> None:
        self._database.change("DELETE FROM made WHERE file = ?", ([file] for file in files))

    # -- the ticks that the person took away --

    def removed(self) -> list[Removed]:
        return [
            Removed((kind, dbid), _split(names), season, episode, _moment(at))
            for kind, dbid, names, season, episode, at in self._database.rows(
                "SELECT kind, dbid, names, season, episode, at FROM removed"
            )
        ]

    def note_removed(self, tick: Removed) -> None:
        at = int(tick.at.timestamp())
        values = (*tick.key, _joined(tick.names), tick.season, tick.episode, at)
        self._database.change("INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?, ?, ?)", [values])

    def forget_removed(self, keys: Iterable[Key]) -> None:
        self._database.change("DELETE FROM removed WHERE kind = ? AND dbid = ?", keys)

    # -- the films and series that the person wants left alone --

    def alone(self) -> list[tuple[frozenset[str], str]]:
        """The names of each (`Title.names`), and what it is called."""
        rows = self._database.rows("SELECT names, label FROM alone")
        return [(_split(names), label) for names, label in rows]

    def note_alone(self, names: frozenset[str], label: str) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO alone VALUES (?, ?)", [(_joined(names), label)]
        )

    def forget_alone(self, names: frozenset[str]) -> None:
        self._database.change("DELETE FROM alone WHERE names = ?", [(_joined(names),)])


def _joined(names: frozenset[str]) -> str:
    return "\n".join(sorted(names))


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split("\n")) if names else frozenset()


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, timezone.utc)
