"""What the person does in Kodi by hand: it wins over whatever Simkl said before.

Knows neither of the two doors. Videos are named by Kodi's media type and library id.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Callable, Tuple

if TYPE_CHECKING:
    from lib.answers import Watch

Key = Tuple[str, int]


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class Hand:
    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """clock: that of `Known.asked_at`. now: aware UTC."""
        self._clock = clock
        self._now = now
        self.is_playing = False
        self._playing: Key | None = None
        self._played: dict[Key, float] = {}
        self._removed: dict[Key, datetime] = {}

    def plays(self, key: Key | None) -> None:
        """A video starts; None for one that is not in the library."""
        self.stops()
        self.is_playing = True
        self._playing = key

    def stops(self) -> None:
        if self._playing is not None:
            self._played[self._playing] = self._clock()
        self.is_playing = False
        self._playing = None

    def marks(self, key: Key, playcount: int) -> None:
        """The person (or another add-on) set a playcount."""
        if playcount == 0:
            self._removed[key] = self._now()
        else:
            self._removed.pop(key, None)

    def forget(self, key: Key) -> None:
        """The video has left the library: its id may come to stand for another."""
        self._removed.pop(key, None)
        self._played.pop(key, None)

    def allows(self, key: Key, watch: Watch, asked_at: float) -> bool:
        """Whether a video may be ticked for a watch that Simkl was asked about at `asked_at`.

        Not while it plays, not by an answer from before the play, and not where the person
        removed the tick after that watch.
        """
        if key == self._playing or asked_at <= self._played.get(key, float("-inf")):
            return False
        removed = self._removed.get(key)
        return removed is None or (watch.at is not None and watch.at > removed)
