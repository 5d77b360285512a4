"""What Simkl was told is being watched, for as long as it may take it for that.

Kept over a restart: Simkl counts it as watched at the next start of another video.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Iterator

from lib.storage.outbox import TOLD, UNWATCHED, WAITING, WATCHED
from lib.storage.playing import PlayingVideo
from lib.storage.sql import moment
from lib.storage.title_text import columns_of, title_from

if TYPE_CHECKING:
    from datetime import datetime

    from lib.storage.database import Database

_COLUMNS = "account, kind, ids, name, year, season, episode, label, percent, at, until"


@dataclass(frozen=True)
class Watching:
    """A session of Simkl's. percent: where it was last known to be, of its length.

    at: aware UTC: when it was started. until: aware UTC: it has surely ended by itself by then.
    """

    video: PlayingVideo
    percent: float
    at: datetime
    until: datetime


class WatchingTable:
    """Holds one session at most."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database

    def last(self) -> Watching | None:
        """The one that was started and is not known to have ended; None for none."""
        rows = self._database().rows(f"SELECT {_COLUMNS} FROM watching")  # noqa: S608 — columns
        if not rows:
            return None
        account, *title, season, episode, label, percent, at, until = rows[0]
        video = PlayingVideo(account, title_from(*title), season, episode, label)
        return Watching(video, float(percent or 0), moment(at), moment(until))

    def keep(self, watching: Watching) -> bool:
        """This one from now on, and no other; whether it is on the disk."""
        video = watching.video
        row = (
            *(video.account, *columns_of(video.title)),
            *(video.season, video.episode, video.label, watching.percent),
            *(int(watching.at.timestamp()), int(watching.until.timestamp())),
        )
        return self._database().keep(
            f"INSERT OR REPLACE INTO watching (number, {_COLUMNS}) "  # noqa: S608 — columns
            f"VALUES (1, {', '.join('?' * 11)})",
            [row],
        )

    def end(self) -> None:
        """It has ended."""
        self._database().change("DELETE FROM watching", [()])

    def waits(self, video: PlayingVideo) -> bool:
        """Whether anything of this video is still to be told to Simkl."""
        return any(state == WAITING for _, state, _ in self._of_outbox(video))

    def is_told(self, watching: Watching) -> bool:
        """Whether Simkl has the watch that this session came to, and is to keep it."""
        began = int(watching.at.timestamp())
        found = list(self._of_outbox(watching.video))
        since = [(what, state) for what, state, at in found if at >= began]
        return (WATCHED, TOLD) in since and all(what != UNWATCHED for what, _ in since)

    def _of_outbox(self, video: PlayingVideo) -> Iterator[tuple[str, str, int]]:
        """What the outbox holds of this video: what, state and moment of each entry."""
        query = (
            "SELECT what, state, at, kind, ids, name, year FROM outbox "
            "WHERE account = ? AND season = ? AND episode = ?"
        )
        values = (video.account, video.season, video.episode)
        for what, state, at, *title in self._database().rows(query, values):
            if title_from(*title).names & video.title.names:
                yield what, state, at
