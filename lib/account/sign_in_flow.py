"""The two sign-in flows of Simkl as one state machine: a code, polls, and a token in the end.

Knows neither Kodi nor HTTP: the client of Simkl is passed in, and somebody else shows the code
and waits. Generation 2 is tried first; a client id that it refuses is tried with generation 1.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, NamedTuple

from lib.simkl.errors import (
    AccessDenied,
    BadRequest,
    ClientIdRefused,
    CodeExpired,
    Refused,
    SignedOut,
    TooFast,
    Unreachable,
)
from lib.simkl.tokens import READ_SCOPE, Code, Poll, Token

if TYPE_CHECKING:
    from lib.simkl.client import Simkl

MOST_CODES = 4  # the first, and three more for codes that vanish
_SLOWER_BY = 5.0  # seconds, as RFC 8628 wants after slow_down


class _Flow(NamedTuple):
    generation: int
    begin: Callable[[str], Code]
    poll: Callable[[str, Code], Token | Poll]


class SignInFlow:
    """One attempt to sign in. `step` calls Simkl and blocks; `wait` says when it is due."""

    def __init__(
        self,
        simkl: Simkl,
        client_id: str,
        clock: Callable[[], float] = time.monotonic,
        scope: str = READ_SCOPE,
    ) -> None:
        """scope: what is asked for; generation 1 has none, and its tokens may write."""
        self._flows = [
            _Flow(2, lambda client_id: simkl.device_code(client_id, scope), simkl.poll_device),
            _Flow(1, simkl.pin, simkl.poll_pin),
        ]
        self._client_id = client_id
        self._clock = clock
        self._codes = 0
        self._is_gone = False
        self._interval = 0.0
        self._next = clock()
        self._deadline = 0.0
        self.code: Code | None = None

    @property
    def generation(self) -> int:
        """Of the client id, as far as it is known by now."""
        return self._flows[0].generation

    def wait(self) -> float:
        """Seconds until the next step is due: at the latest when the code's time is over."""
        due = self._next if self.code is None else min(self._next, self._deadline)
        return max(0.0, due - self._clock())

    def left(self) -> float:
        """Seconds that the code is still good for."""
        return max(0.0, self._deadline - self._clock())

    def step(self) -> Token | None:
        """The token once the person has approved; None while there is more to do.

        Errors: CodeExpired, AccessDenied, ClientIdRefused, and for the very first code also
        Unreachable and TooFast. A poll that fails on the way goes on.
        """
        if self.code is None:
            self._new_code()
            return None
        if not self.left():
            raise CodeExpired("nobody entered the code in time")
        self._next = self._clock() + self._interval
        try:
            answer = self._poll(self.code)
            if isinstance(answer, Token):
                return answer
            self._go_on(answer)
        except (Unreachable, TooFast) as error:
            told = getattr(error, "retry_after", None)
            self._next = self._clock() + max(self._interval, told or 0.0)
        return None

    def _poll(self, code: Code) -> Token | Poll:
        """Simkl's answer to a poll. A code that is gone is not polled again, though the new one
        was lost on the way.
        """
        return Poll.GONE if self._is_gone else self._flows[0].poll(self._client_id, code)

    def _go_on(self, poll: Poll) -> None:
        if poll is Poll.EXPIRED:
            raise CodeExpired("Simkl says that the code has expired")
        if poll is Poll.DENIED:
            raise AccessDenied("Simkl says that access is denied")
        if poll is Poll.SLOW_DOWN:
            self._interval += _SLOWER_BY
        self._next = self._clock() + self._interval
        if poll is Poll.GONE:
            self._is_gone = True
            self._new_code()

    def _new_code(self) -> None:
        if self._codes == MOST_CODES:
            raise CodeExpired("too many codes vanished")
        code = self._begin()
        self._codes += 1
        self._is_gone = False
        self.code = code
        self._interval = max(1.0, code.interval)
        self._next = self._clock() + self._interval
        self._deadline = self._clock() + code.expires_in

    def _begin(self) -> Code:
        """A code from the first flow that takes the client id."""
        while True:
            try:
                return self._flows[0].begin(self._client_id)
            except (BadRequest, ClientIdRefused, Refused, SignedOut):
                if self._codes or len(self._flows) == 1:
                    raise ClientIdRefused("refused by every generation") from None
                del self._flows[0]
