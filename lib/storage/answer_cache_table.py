"""What Simkl answered, as it is kept over a restart, and when its kinds of titles last moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Iterable, Mapping, Sequence

from lib.storage.sql import parts, placeholders

if TYPE_CHECKING:
    from lib.storage.database import Database

_DAYS_UNSEEN = 365  # after which an answer goes
_DAYS_BETWEEN = 7  # two notes that an answer was seen


@dataclass(frozen=True)
class StoredAnswer:
    """An answer of Simkl's. name: what it is about. kind: of the title. depth: as of the ask.

    words: as of `answer_text.py`. is_old: something has moved at Simkl since.
    """

    name: str
    kind: str
    depth: str
    words: str
    is_old: bool = False


class AnswerCacheTable:
    def __init__(self, database: Callable[[], Database], now: Callable[[], float]) -> None:
        """now: seconds since 1970."""
        self._database = database
        self._now = now

    def forget_unseen(self) -> None:
        """Those that no list has shown for a year."""
        unseen = [(self._today() - _DAYS_UNSEEN,)]
        self._database().change("DELETE FROM answers WHERE seen < ?", unseen)

    def of(self, person: str, names: Sequence[str]) -> list[StoredAnswer]:
        """What was kept under these names; it counts as seen today."""
        found, today = [], self._today()
        query = "SELECT name, kind, depth, words, is_old FROM answers WHERE person = ? AND name IN"
        for some in parts(names):
            rows = self._database().rows(f"{query} ({placeholders(some)})", (person, *some))
            found += [StoredAnswer(*row) for row in rows]
        self._database().change(
            "UPDATE answers SET seen = ? WHERE person = ? AND name = ? AND seen < ?",
            ((today, person, kept.name, today - _DAYS_BETWEEN) for kept in found),
        )
        return found

    def count(self, person: str) -> int:
        """Of how many titles an answer is kept."""
        single_episode = "name GLOB '*' || char(10) || '[0-9]*'"
        query = f"SELECT count(*) FROM answers WHERE person = ? AND NOT {single_episode}"  # noqa: S608
        counted = self._database().rows(query, (person,))
        return int(counted[0][0]) if counted else 0

    def note(self, person: str, answers: Iterable[StoredAnswer]) -> None:
        today = self._today()
        self._database().change(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((person, each.name, each.kind, each.depth, each.words, 0, today) for each in answers),
        )

    def forget(self, person: str, name: str) -> None:
        """Those about a title, and about single episodes of it."""
        self._database().change(
            "DELETE FROM answers WHERE person = ?1 AND"
            " (name = ?2 OR substr(name, 1, length(?2) + 1) = ?2 || char(10))",
            [(person, name)],
        )

    def forget_others(self, person: str) -> None:
        """All that was answered to other people."""
        self._database().change("DELETE FROM answers WHERE person != ?", [(person,)])
        self._database().change("DELETE FROM moves WHERE person != ?", [(person,)])

    def make_old(self, person: str) -> None:
        """All that was answered to a person is to be asked once more."""
        self._database().change("UPDATE answers SET is_old = 1 WHERE person = ?", [(person,)])

    def moves(self, person: str) -> dict[str, str]:
        """When each kind of title last moved at Simkl, as of the last look."""
        return dict(self._database().rows("SELECT kind, at FROM moves WHERE person = ?", (person,)))

    def note_moves(self, person: str, moves: Mapping[str, str], old: Iterable[str]) -> None:
        """old: the kinds of which all that was answered is old now."""
        self._database().change(
            "UPDATE answers SET is_old = 1 WHERE person = ? AND kind = ?",
            ((person, kind) for kind in old),
        )
        self._database().change(
            "INSERT OR REPLACE INTO moves VALUES (?, ?, ?)",
            ((person, kind, at) for kind, at in moves.items()),
        )

    def _today(self) -> int:
        """Days since 1970."""
        return int(self._now() // 86400)
