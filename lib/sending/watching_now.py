"""What Simkl shows as being watched: told once a play has gone on for a minute, and once it rests.

Simkl moves the place on by itself, so nothing is told on a timer or for a seek, and what gets lost
is not told again. Neither of the two marks anything. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Mapping

if TYPE_CHECKING:
    from lib.account.signed_in_client import SignedInClient
    from lib.sending.player import Position
    from lib.sending.what_plays import WhatPlays

START, PAUSE = "start", "pause"
_AFTER = 60.0  # seconds of a play, or of a pause

Tell = Callable[[str, Mapping[str, Any]], object]
"""Tells Simkl: START or PAUSE, and the body of the request. It is lost where that cannot be."""


def telling(client: SignedInClient) -> Tell:
    """Tells it in the name of whoever is signed in, where that sign-in may write.

    Not where few of the day's calls are left: watches need them.
    """

    def tell(action: str, body: Mapping[str, Any]) -> None:
        grant = client.grant
        if grant is not None and grant.may_write and client.may_repeat:
            client.submit(
                lambda simkl, client_id, token: simkl.scrobble(client_id, token, action, body)
            )

    return tell


class WatchingNow:
    def __init__(self, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._forget()

    def _forget(self) -> None:
        self._what: WhatPlays | None = None
        self._percent = 0.0
        self._since = 0.0  # when it began, or began to rest, by the clock
        self._rests = False
        self._said = ""

    def plays(self, what: WhatPlays, position: Position) -> None:
        """A look at what plays."""
        if what != self._what:
            self._forget()
            self._what, self._since = what, self._clock()
        self._percent = position.percent
        if position.is_paused != self._rests:
            self._rests, goes_on = position.is_paused, not position.is_paused
            self._since = self._clock()
            if goes_on and self._said == PAUSE:
                self._say(START)
        elif self._clock() - self._since >= _AFTER:
            if not self._rests and not self._said:
                self._say(START)
            elif self._rests and self._said == START:
                self._say(PAUSE)

    def ends(self, *, is_watched: bool) -> None:
        """The play is over. is_watched: it counts, and Simkl is told that in another way."""
        if self._said == START and not is_watched:
            self._say(PAUSE)
        self._forget()

    def _say(self, action: str) -> None:
        self._said = action
        if self._what is not None and self._what.title.ids:
            self._tell(action, _body(self._what, self._percent))


def _body(what: WhatPlays, percent: float) -> dict[str, Any]:
    """The body of a scrobble. Of a file with several episodes the first is named."""
    progress = {"progress": round(percent, 2)}
    title = {"ids": what.title.item()["ids"]}
    if not what.episodes:
        return {**progress, "movie": title}
    season, number = what.episodes[0]
    return {**progress, "show": title, "episode": {"season": season, "number": number}}
