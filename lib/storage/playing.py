"""What plays, and how far it has come, so that a kill at its end is a watch at the next start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from lib.storage.sql import moment
from lib.storage.title_text import columns_of, title_from

if TYPE_CHECKING:
    from datetime import datetime

    from lib.storage.database import Database
    from lib.titles.title import Title

_COLUMNS = "account, kind, ids, name, year, season, episode, label, position, length, at"


@dataclass(frozen=True)
class PlayingVideo:
    """A film or an episode. account: as in `OutboxEntry`. title: the film or the series.

    season, episode: -1 for a film. label: as it is shown.
    """

    account: str
    title: Title
    season: int
    episode: int
    label: str

    def is_same(self, other: PlayingVideo) -> bool:
        """Whether both are of one account and one film, or one episode."""
        where = (self.account, self.season, self.episode)
        is_there = where == (other.account, other.season, other.episode)
        return is_there and bool(self.title.names & other.title.names)


@dataclass(frozen=True)
class Playing:
    """A play that goes on. videos: what it is: several where one file holds several episodes.

    position, length: seconds. at: aware UTC, to the second: when it was there.
    """

    videos: tuple[PlayingVideo, ...]
    position: float
    length: float
    at: datetime


class PlayingTable:
    """Holds one play at most."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def last(self) -> Playing | None:
        """The play that was noted and has not ended; None for none."""
        rows = self._database().rows(f"SELECT {_COLUMNS} FROM playing")  # noqa: S608 — columns
        if not rows:
            return None
        videos = tuple(PlayingVideo(row[0], title_from(*row[1:5]), *row[5:8]) for row in rows)
        position, length, at = rows[0][8:]
        return Playing(videos, float(position or 0), float(length or 0), moment(at))

    def begin(self, playing: Playing) -> None:
        """This plays from now on, and nothing else."""
        self.end()
        how_far = (playing.position, playing.length, int(playing.at.timestamp()))
        self._database().change(
            f"INSERT INTO playing ({_COLUMNS}) VALUES ({', '.join('?' * 11)})",  # noqa: S608
            [
                (
                    each.account,
                    *columns_of(each.title),
                    *(each.season, each.episode, each.label),
                    *how_far,
                )
                for each in playing.videos
            ],
        )

    def move(self, position: float, length: float, at: datetime) -> None:
        """It has come so far. position, length: seconds. at: aware UTC."""
        self._database().change(
            "UPDATE playing SET position = ?, length = ?, at = ?",
            [(position, length, int(at.timestamp()))],
        )

    def end(self) -> None:
        """It has ended, and what follows from it is kept."""
        self._database().change("DELETE FROM playing", [()])
