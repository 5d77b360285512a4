"""The ticks that the person took away, by the title that they were of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Iterable, Tuple

from lib.storage.sql import joined, moment, split

if TYPE_CHECKING:
    from datetime import datetime

    from lib.storage.database import Database

Key = Tuple[str, int]
"""A video of the library: Kodi's media type and library id."""


@dataclass(frozen=True)
class RemovedTick:
    """A tick that the person took away.

    names: of the film or series (`Title.names`), or `name_of_key`. season, episode: -1 for a
    film. at: aware UTC. person: whose watches it keeps away, "" for everybody's. is_over: Simkl
    has reported a newer watch since.
    """

    names: frozenset[str]
    season: int
    episode: int
    at: datetime
    person: str = ""
    is_over: bool = False


class RemovedTicks:
    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def all(self) -> list[RemovedTick]:
        return [
            RemovedTick(split(names), season, episode, moment(at), person, bool(is_over))
            for names, season, episode, person, at, is_over in self._database().rows(
                "SELECT names, season, episode, person, at, is_over FROM removed"
            )
        ]

    def note(self, ticks: Iterable[RemovedTick]) -> None:
        self._database().change(
            "INSERT OR REPLACE INTO removed VALUES (?, ?, ?, ?, ?, ?)",
            [(*_identity(tick), int(tick.at.timestamp()), int(tick.is_over)) for tick in ticks],
        )

    def forget(self, ticks: Iterable[RemovedTick]) -> None:
        self._database().change(
            "DELETE FROM removed WHERE names = ? AND season = ? AND episode = ? AND person = ?",
            map(_identity, ticks),
        )


def name_of_key(key: Key) -> str:
    """In place of the names of a video of the library that has none: as long as it stays there.

    The update of the database writes it, too.
    """
    return f"{key[0]} of the library {key[1]}"


def _identity(tick: RemovedTick) -> tuple[str, int, int, str]:
    return joined(tick.names), tick.season, tick.episode, tick.person
