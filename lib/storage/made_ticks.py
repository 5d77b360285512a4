"""The ticks that this add-on made, with what was there before.

They are kept under their files' paths without login: no password of a source's is written down.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.storage.sql import parts, placeholders
from lib.titles.locations import without_login

if TYPE_CHECKING:
    from lib.storage.database import Database

BY_HAND, REMOVED, TAKEN_BACK = "by hand", "removed", "taken back"


@dataclass(frozen=True)
class MadeTick:
    """A tick that this add-on made, and what was there before.

    file: the exact path, but for a login. kind: Kodi's media type. dbid: its library id, -1 outside
    the library.
    playcount, lastplayed: as they were written, in Kodi's local time. at: seconds since 1970.
    person: whose watch it shows. theirs: "" for ours; BY_HAND, REMOVED, TAKEN_BACK: what made it
    theirs, which is never taken back or cleared, and which only a newer watch ticks again.
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


class MadeTicks:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def of(self, files: Sequence[str]) -> dict[str, MadeTick]:
        """Those of these files, by file as it is given."""
        kept = {without_login(file): file for file in files}
        found = {}
        for some in parts(list(kept)):
            query = f"SELECT * FROM made WHERE file IN ({placeholders(some)})"  # noqa: S608 — only "?"
            for row in self._database().rows(query, some):
                found[kept[row[0]]] = MadeTick(*row)
        return found

    def files_of(self, kind: str, dbid: int) -> list[str]:
        """Those that had this library id when they were ticked."""
        query = "SELECT file FROM made WHERE kind = ? AND dbid = ?"
        return [row[0] for row in self._database().rows(query, (kind, dbid))]

    def count(self, since: float) -> int:
        """How many were made since then and are ours still. since: seconds since 1970."""
        query = "SELECT count(*) FROM made WHERE at >= ? AND theirs = ''"
        counted = self._database().rows(query, (since,))
        return int(counted[0][0]) if counted else 0

    def since(self, since: float, after: str, most: int) -> list[MadeTick]:
        """Those that were made since then and are ours still, in the order of their files.

        after: the file before the first. most: at a time.
        """
        query = (
            "SELECT * FROM made WHERE at >= ? AND file > ? AND theirs = '' ORDER BY file LIMIT ?"
        )
        return [MadeTick(*row) for row in self._database().rows(query, (since, after, most))]

    def note(self, ticks: Iterable[MadeTick]) -> None:
        self._database().change(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (astuple(replace(tick, file=without_login(tick.file))) for tick in ticks),
        )

    def note_theirs(self, files: Iterable[str], theirs: str) -> None:
        """theirs: BY_HAND, REMOVED or TAKEN_BACK."""
        self._database().change(
            "UPDATE made SET theirs = ? WHERE file = ?",
            ([theirs, without_login(file)] for file in files),
        )

    def kept_away(self, person: str) -> list[str]:
        """The files outside the library whose ticks are kept away from this person."""
        query = (
            "SELECT file FROM made WHERE dbid <= 0 AND (theirs = ? OR theirs = ? AND person = ?)"
        )
        found = self._database().rows(query, (REMOVED, TAKEN_BACK, person))
        return [row[0] for row in found]

    def forget(self, files: Iterable[str]) -> None:
        kept = ([without_login(file)] for file in files)
        self._database().change("DELETE FROM made WHERE file = ?", kept)

    def forget_logins(self) -> None:
        """Take logins out of what an older version has kept."""
        may_hold = "SELECT file FROM made WHERE file LIKE '%@%' OR file LIKE '%\\%40%' ESCAPE '\\'"
        files = [str(row[0]) for row in self._database().rows(may_hold)]
        cleaned = [(without_login(file), file) for file in files if file != without_login(file)]
        if cleaned:  # of two of one file, that stays which the person changed, or else the newer
            self._database().change(
                "UPDATE OR REPLACE made SET file = ?1 WHERE file = ?2 AND NOT EXISTS ("
                "SELECT 1 FROM made AS other "
                "WHERE other.file = ?1 AND (other.theirs != '' OR made.theirs = ''))",
                cleaned,
            )
            left = [[file] for _, file in cleaned]
            self._database().change("DELETE FROM made WHERE file = ?", left)
