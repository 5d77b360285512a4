"""What is remembered over a restart: the ticks that this add-on made, and the person's own hand.

Each fact in one table, and all of its SQL here; `database.py` opens the file. Used from the
script's thread alone. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from dataclasses import astuple, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, Iterable, Iterator, Mapping, Sequence, Tuple

if TYPE_CHECKING:
    from pathlib import Path

    from lib.database import Database

BY_HAND, TAKEN_BACK = "by hand", "taken back"
Key = Tuple[str, int]
"""A video of the library: Kodi's media type and library id."""

_DAYS_UNSEEN = 365  # after which an answer goes
_DAYS_BETWEEN = 7  # two notes that an answer was seen
_AT_ONCE = 500  # values in one query: SQLite's oldest limit is 999


@dataclass(frozen=True)
class Made:
    """A tick that this add-on made, and what was there before.

    file: the exact path. kind: Kodi's media type. dbid: its library id, -1 outside the library.
    playcount, lastplayed: as they were written, in Kodi's local time. at: seconds since 1970.
    person: whose watch it shows. theirs: "" for ours; BY_HAND, TAKEN_BACK: what made it theirs,
    which is never taken back or cleared, and which only a newer watch ticks again.
    """

    file: str
    kind: str
    dbid: int
    playcount: int
    lastplayed: str
    old_playcount: int
    old_lastplayed: str
    at: int
    person: str
    theirs: str = ""


@dataclass(frozen=True)
class Removed:
    """A tick of the library that the person took away.

    names: of the film or series (`Title.names`), none where it has none. season, episode: -1 for
    a film. at: aware UTC. person: whose watches it keeps away, "" for everybody's.
    """

    key: Key
    names: frozenset[str]
    season: int
    episode: int
    at: datetime
    person: str = ""


@dataclass(frozen=True)
class Kept:
    """An answer of Simkl's. name: what it is about. kind: of the title. depth: as of the ask.

    words: as of `kept.py`. is_old: something has moved at Simkl since.
    """

    name: str
    kind: str
    depth: str
    words: str
    is_old: bool = False


class Store:
    def __init__(
        self, file: Path, log: Callable[[str], None], now: Callable[[], float] = time.time
    ) -> None:
        """now: seconds since 1970."""
        self._file = file
        self._log = log
        self._now = now
        self._opened: Database | None = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            from lib.database import Database  # SQLite is loaded when it is first needed

            self._opened = Database(self._file, self._log)
            unseen = [(self._today() - _DAYS_UNSEEN,)]
            self._opened.change("DELETE FROM answers WHERE seen < ?", unseen)
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    # -- what Simkl answered --

    def answers(self, person: str, names: Sequence[str]) -> list[Kept]:
        """What was kept under these names; it counts as seen today."""
        found, today = [], self._today()
        query = "SELECT name, kind, depth, words, is_old FROM answers WHERE person = ? AND name IN"
        for some in _parts(names):
            rows = self._database.rows(f"{query} ({_marks(some)})", (person, *some))
            found += [Kept(*row) for row in rows]
        self._database.change(
            "UPDATE answers SET seen = ? WHERE person = ? AND name = ? AND seen < ?",
            ((today, person, kept.name, today - _DAYS_BETWEEN) for kept in found),
        )
        return found

    def count_answers(self, person: str) -> int:
        """Of how many titles an answer is kept."""
        single_episode = "name GLOB '*' || char(10) || '[0-9]*'"
        query = f"SELECT count(*) FROM answers WHERE person = ? AND NOT {single_episode}"  # noqa: S608
        counted = self._database.rows(query, (person,))
        return int(counted[0][0]) if counted else 0

    def note_answers(self, person: str, answers: Iterable[Kept]) -> None:
        today = self._today()
        self._database.change(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((person, each.name, each.kind, each.depth, each.words, 0, today) for each in answers),
        )

    def forget_answers(self, person: str, name: str) -> None:
        """Those about a title, and about single episodes of it."""
        self._database.change(
            "DELETE FROM answers WHERE person = ?1 AND"
            " (name = ?2 OR substr(name, 1, length(?2) + 1) = ?2 || char(10))",
            [(person, name)],
        )

    def forget_others(self, person: str) -> None:
        """All that was answered to other people."""
        self._database.change("DELETE FROM answers WHERE person != ?", [(person,)])
        self._database.change("DELETE FROM moves WHERE person != ?", [(person,)])

    def make_old(self, person: str) -> None:
        """All that was answered to a person is to be asked once more."""
        self._database.change("UPDATE answers SET is_old = 1 WHERE person = ?", [(person,)])

    def moves(self, person: str) -> dict[str, str]:
        """When each kind of title last moved at Simkl, as of the last look."""
        return dict(self._database.rows("SELECT kind, at FROM moves WHERE person = ?", (person,)))

    def note_moves(self, person: str, moves: Mapping[str, str], old: Iterable[str]) -> None:
        """old: the kinds of which all that was answered is old now."""
        self._database.change(
            "UPDATE answers SET is_old = 1 WHERE person = ? AND kind = ?",
            ((person, kind) for kind in old),
        )
        self._database.change(
            "INSERT OR REPLACE INTO moves VALUES (?, ?, ?)",
            ((person, kind, at) for kind, at in moves.items()),
        )

    def _today(self) -> int:
        """Days since 1970."""
        return int(self._now() // 86400)

    # -- the ticks that this add-on made --

    def made(self, files: Sequence[str]) -> dict[str, Made]:
        """Those of these files, by file."""
        found = {}
        for some in _parts(files):
            query = f"SELECT * FROM made WHERE file IN ({_marks(some)})"  # noqa: S608 — only "?"
            found.update({row[0]: Made(*row) for row in self._database.rows(query, some)})
        return found

    def count_made(self, since: float) -> int:
        """How many were made since then and are ours still. since: seconds since 1970."""
        query = "SELECT count(*) FROM made WHERE at >= ? AND theirs = ''"
        counted = self._database.rows(query, (since,))
        return int(counted[0][0]) if counted else 0

    def made_since(self, since: float, after: str, most: int) -> list[Made]:
        """Those that were made since then and are ours still, in the order of their files.

        after: the file before the first. most: at a time.
        """
        query = (
            "SELECT * FROM made WHERE at >= ? AND file > ? AND theirs = '' ORDER BY file LIMIT ?"
        )
        return [Made(*row) for row in self._database.rows(query, (since, after, most))]

    def note_made(self, ticks: Iterable[Made]) -> None:
        self._database.change(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(astuple, ticks),
        )

    def note_theirs(self, files: Iterable[str], theirs: str) -> None:
        """theirs: BY_HAND or TAKEN_BACK."""
        self._database.change(
            "UPDATE made SET theirs = ? WHERE file = ?", ([theirs, file] for file in files)
        )

    def forget_made(self, files: Iterable[str]) -> None:
        self._database.change("DELETE FROM made WHERE file = ?", ([file] for file in files))

    # -- the ticks that the person took away --

    def removed(self) -> list[Removed]:
        return [
            Removed((kind, dbid), _split(names), season, episode, _moment(at), person)
            for kind, dbid, names, season, episode, at, person in self._database.rows(
                "SELECT kind, dbid, names, season, episode, at, person FROM removed"
            )
        ]

    def note_removed(self, tick: Removed) -> None:
        at = int(tick.at.timestamp())
        values = (*tick.key, _joined(tick.names), tick.season, tick.episode, at, tick.person)
        statement = "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._database.change(statement, [values])

    def forget_removed(self, keys: Iterable[Key]) -> None:
        self._database.change("DELETE FROM removed WHERE kind = ? AND dbid = ?", keys)

    # -- what is said only once --

    def is_first_time(self, what: str) -> bool:
        """Whether this is said for the first time: it counts as said from now on."""
        if self._database.rows("SELECT 1 FROM said WHERE what = ?", (what,)):
            return False
        self._database.change("INSERT OR IGNORE INTO said VALUES (?)", [(what,)])
        return True

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


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _joined(names: frozenset[str]) -> str:
    return "\n".join(sorted(names))


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split("\n")) if names else frozenset()


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, timezone.utc)
