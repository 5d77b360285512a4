"""The ticks of the library that the person took away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, Iterable, Tuple

from lib.storage.sql import joined, split

if TYPE_CHECKING:
    from lib.storage.database import Database

Key = Tuple[str, int]
"""A video of the library: Kodi's media type and library id."""


@dataclass(frozen=True)
class RemovedTick:
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


class RemovedTicks:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> list[RemovedTick]:
        return [
            RemovedTick((kind, dbid), split(names), season, episode, _moment(at), person)
            for kind, dbid, names, season, episode, at, person in self._database().rows(
                "SELECT kind, dbid, names, season, episode, at, person FROM removed"
            )
        ]

    def note(self, tick: RemovedTick) -> None:
        at = int(tick.at.timestamp())
        values = (*tick.key, joined(tick.names), tick.season, tick.episode, at, tick.person)
        statement = "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._database().change(statement, [values])

    def forget(self, keys: Iterable[Key]) -> None:
        self._database().change("DELETE FROM removed WHERE kind = ? AND dbid = ?", keys)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, timezone.utc)
