"""What follows from trouble with Simkl: how long to leave it alone, and what to say, each once.

Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, NamedTuple

from lib.simkl.backoff import Backoff, seconds_to_midnight
from lib.simkl.errors import (
    BadRequest,
    Busy,
    ClientIdRefused,
    DayUsedUp,
    NotConnected,
    ProxyNotUsable,
    ProxyRefused,
    ProxySilent,
    Refused,
    TooFast,
    Unreachable,
)

if TYPE_CHECKING:
    from lib.simkl.errors import Trouble

_REFUSED_SECONDS = 6 * 3600.0
# The person has set it, and can mend it.
_OF_THE_PROXY = (ProxyNotUsable, ProxyRefused, ProxySilent)


class Said(NamedTuple):
    """A trouble, and when it was. at: seconds since 1970."""

    trouble: Trouble
    at: float


class RetryPolicy:
    def __init__(
        self,
        tell: Callable[[Trouble], None],
        log: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """tell: says a trouble to the person. log: writes a line for whoever looks for why."""
        self.worked_at: float | None = None
        """When Simkl last answered, in seconds since 1970."""
        self.last_trouble: Said | None = None
        """Of whoever was signed in since the start."""
        self._tell = tell
        self._log = log
        self._backoff = Backoff(clock)
        self._said: set[type[Trouble]] = set()
        self.trouble: Trouble | None = None
        """Of the latest call, None where it went well."""

    def begin(self) -> None:
        """Somebody else is signed in: nothing was said to them, and nothing went wrong."""
        self.trouble = None
        self._backoff.worked()
        self._said.clear()

    def wait(self) -> float:
        """Seconds until Simkl may be asked again; 0.0 for now."""
        return self._backoff.wait()

    def end_for_now(self) -> None:
        """The person asks: do not wait because Simkl failed, or refused, before.

        Where Simkl said how long to wait, that counts all the same.
        """
        if isinstance(self.trouble, (Unreachable, BadRequest, Refused, ClientIdRefused)):
            self.trouble = None
            self._backoff.worked()

    def opens_list(self) -> None:
        """The person opens a list: a network that was not there may be by now."""
        if isinstance(self.trouble, NotConnected):
            self._backoff.end_wait()

    def worked(self) -> None:
        if any(issubclass(kind, Unreachable) for kind in self._said):
            self._log("Simkl can be reached again")
        self.begin()
        self.worked_at = time.time()

    def failed(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self.last_trouble = Said(trouble, time.time())
        if isinstance(trouble, (ClientIdRefused, Refused, BadRequest)):
            self._backoff.failed(_REFUSED_SECONDS)
        elif isinstance(trouble, DayUsedUp):
            self._backoff.failed(trouble.retry_after or seconds_to_midnight())
        elif isinstance(trouble, NotConnected):
            self._backoff.found_no_network()
        else:
            self._backoff.failed(getattr(trouble, "retry_after", None))
        self.say_once(trouble)

    def say_once(self, trouble: Trouble) -> None:
        is_of_proxy = isinstance(trouble, _OF_THE_PROXY)
        mends_itself = isinstance(trouble, Unreachable) and not is_of_proxy
        kind = Unreachable if mends_itself else type(trouble)
        if kind in self._said:
            return
        self._said.add(kind)
        self._log(f"{type(trouble).__name__}: {trouble}")
        # A lost network and a moment's haste mend themselves: nobody on a sofa need know.
        is_of_the_moment = type(trouble) in (TooFast, Busy)
        if not (mends_itself or isinstance(trouble, BadRequest) or is_of_the_moment):
            self._tell(trouble)
