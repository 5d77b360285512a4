"""The session that Simkl holds of what is being watched, so that it makes no watch of it by itself.

Simkl counts a session as watched when one of another video is started and the first has come to
80 % by then, by the place that Simkl moves on itself (docs/simkl-api.md). So a start is told only
where no session of another video may still run. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.simkl.errors import Trouble
from lib.storage.playing import PlayingVideo
from lib.storage.watching import Watching

if TYPE_CHECKING:
    from lib.sending.player import Position
    from lib.sending.what_plays import WhatPlays
    from lib.simkl.worker import Pending
    from lib.storage.watching import WatchingTable

START, PAUSE = "start", "pause"
LATER, NEVER = "later", "never"  # what comes of a start, beside START: it was told

_FILM, _EPISODE = 90 * 60.0, 45 * 60.0  # seconds that Simkl takes for a length it does not know
_LONGER = 10 * 60.0  # seconds by which the length at Simkl may be another
_NONE_RUNS_FOR = timedelta(days=1)

Tell = Callable[[str, Mapping[str, Any]], "Pending[Any] | None"]
"""Tells Simkl: START or PAUSE, and the body of the request. None where it is not sent at all."""


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class ScrobbleSession:
    def __init__(
        self,
        table: WatchingTable,
        tell: Tell,
        account: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """account: as in `OutboxEntry`, "" while nobody is signed in. now: aware UTC."""
        self._table = table
        self._tell = tell
        self._account = account
        self._clock = clock
        self._now = now
        self._pausing: Pending[Any] | None = None
        self._has_paused_first = False
        self._until = float("-inf")  # by the clock, of a session that was started in this run

    def start(self, what: WhatPlays, position: Position) -> str:
        """Tell that this is being watched: START where it was told; LATER, NEVER where not."""
        self.take_in()
        account = self._account()
        video = _video(what, account)
        before = self._running()
        if before is not None and not before.video.is_same(video):
            return self._end_first(before, account)
        remaining = _remaining(what, position)
        until = self._now() + timedelta(seconds=remaining)
        if before is not None:  # should this start get lost, the one before goes on
            until = max(until, before.until)
        session = Watching(video, position.percent, self._now(), until)
        if not video.title.ids or not self._table.keep(session):
            return NEVER
        if self._tell(START, _body(video, position.percent)) is None:
            self._put_back(before)
            return NEVER
        self._pausing, self._has_paused_first = None, False
        ends = self._clock() + remaining
        self._until = ends if before is None else max(self._until, ends)
        return START

    def pause(self, percent: float) -> None:
        """Tell that it rests, or was left. percent: of its length."""
        session = self._note(percent)
        if session is not None:
            self._pausing = self._tell(PAUSE, _body(session.video, percent))

    def leave(self, percent: float) -> None:
        """Nothing follows it from now on: keep where it is, for a pause at the next start."""
        self._note(percent)

    def take_in(self) -> None:
        """The answer to a pause: only then the session is surely over."""
        if self._pausing is None or not self._pausing.done:
            return
        pausing, self._pausing = self._pausing, None
        try:
            pausing.outcome()
        except Trouble:
            return
        self._table.end()

    def _running(self) -> Watching | None:
        """The session that Simkl may still hold."""
        session = self._table.last()
        if session is None or not self._is_over(session):
            return session
        self._table.end()
        return None

    def _is_over(self, session: Watching) -> bool:
        """Once Simkl has its watch, it may count it again: the first date stays."""
        if self._table.is_told(session):
            return True
        now = self._now()
        if now < session.until or self._clock() < self._until:
            return False
        return now - session.until > _NONE_RUNS_FOR or not self._table.waits(session.video)

    def _end_first(self, session: Watching, account: str) -> str:
        """A session of another video may still run: it is to be over before the next one."""
        if session.video.account != account:
            return NEVER  # nothing of it can be told in another's name
        if self._pausing is not None or self._table.waits(session.video):
            return LATER
        if self._has_paused_first:
            return NEVER
        self._has_paused_first = True
        self._pausing = self._tell(PAUSE, _body(session.video, session.percent))
        return LATER if self._pausing is not None else NEVER

    def _note(self, percent: float) -> Watching | None:
        """Where the session is, if there is one of who is signed in."""
        session = self._table.last()
        if session is None or session.video.account != self._account():
            return None
        session = replace(session, percent=percent)
        self._table.keep(session)
        return session

    def _put_back(self, session: Watching | None) -> None:
        if session is None:
            self._table.end()
        else:
            self._table.keep(session)


def _video(what: WhatPlays, account: str) -> PlayingVideo:
    """Of a file with several episodes the first is named."""
    place = what.places[0]
    return PlayingVideo(account, what.title, *place, what.label(*place))


def _remaining(what: WhatPlays, position: Position) -> float:
    """Seconds after which Simkl has surely ended it by itself: it may take it for longer."""
    length = max(position.length, _EPISODE if what.episodes else _FILM)
    return length * (1 - position.percent / 100) + _LONGER


def _body(video: PlayingVideo, percent: float) -> dict[str, Any]:
    """The body of a scrobble."""
    progress = {"progress": round(percent, 2)}
    title = {"ids": video.title.item()["ids"]}
    if video.episode < 0:
        return {**progress, "movie": title}
    place = {"season": video.season, "number": video.episode}
    return {**progress, "show": title, "episode": place}
