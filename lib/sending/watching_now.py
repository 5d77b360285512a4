"""What Simkl shows as being watched: told once a play has gone on for a minute, and once it rests.

Simkl moves the place on by itself, so nothing is told on a timer or for a seek, and what gets lost
is not told again. Neither of the two marks anything. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.sending.scrobble_session import LATER, PAUSE, START

if TYPE_CHECKING:
    from lib.account.signed_in_client import SignedInClient
    from lib.sending.player import Position
    from lib.sending.scrobble_session import ScrobbleSession, Tell
    from lib.sending.what_plays import WhatPlays
    from lib.simkl.worker import Pending

_AFTER = 60.0  # seconds of a play, or of a pause


def telling(client: SignedInClient) -> Tell:
    """Tells it in the name of whoever is signed in, where that sign-in may write.

    Not where few of the day's calls are left: watches need them.
    """

    def tell(action: str, body: Mapping[str, Any]) -> Pending[Any] | None:
        grant = client.grant
        if grant is None or not grant.may_write or not client.may_repeat:
            return None
        return client.submit(
            lambda simkl, client_id, token: simkl.scrobble(client_id, token, action, body)
        )

    return tell


class WatchingNow:
    def __init__(
        self, session: ScrobbleSession, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session = session
        self._clock = clock
        self._forget()

    def _forget(self) -> None:
        self._what: WhatPlays | None = None
        self._percent = 0.0
        self._since = 0.0  # when it began, or began to rest, by the clock
        self._rests = False
        self._said = ""

    def take_in(self) -> None:
        """What Simkl answered meanwhile."""
        self._session.take_in()

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
                self._start(what, position)
        elif self._clock() - self._since >= _AFTER:
            if not self._rests and not self._said:
                self._start(what, position)
            elif self._rests and self._said == START:
                self._pause()

    def ends(self, *, is_watched: bool) -> None:
        """The play is over. is_watched: it counts, and Simkl is told that in another way."""
        if self._said == START and not is_watched:
            self._pause()
        self._forget()

    def leave(self) -> None:
        """This add-on leaves; the video may play on."""
        if self._said == START:
            self._session.leave(self._percent)

    def _start(self, what: WhatPlays, position: Position) -> None:
        """Where it cannot be told yet, it is looked at again."""
        said = self._session.start(what, position)
        if said != LATER:
            self._said = said

    def _pause(self) -> None:
        self._said = PAUSE
        self._session.pause(self._percent)
