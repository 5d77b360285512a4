"""What Simkl is told, from what Kodi announces to the outbox and on to Simkl, a little at a turn.

Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, NamedTuple, Protocol

from lib.sending.plan import Plan
from lib.simkl.errors import Trouble

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.sending.choice import Choice
    from lib.sending.clock_check import ClockCheck
    from lib.sending.keeper import Keeper
    from lib.sending.marks import Marks
    from lib.sending.row_marks import RowMarks
    from lib.sending.send_settings import SendSettings
    from lib.sending.sender import Sender
    from lib.simkl.worker import Pending
    from lib.storage.outbox import Outbox, OutboxEntry
    from lib.storage.removed_ticks import Key

_GO_ON = 0.001  # seconds
_LOOK_AT_MARKS_EVERY = 0.25
_ASK_WHOSE_EVERY = 600.0
_KEEP_EVERY = 30.0


class Follower(Protocol):
    """What follows what plays, as `Plays` does."""

    def heard(self, method: str, data: Mapping[str, Any], at: float | None = None) -> None: ...

    def turn(self) -> float: ...

    def leave(self) -> None: ...

    def is_of_a_play(self, _: Key) -> bool: ...


class Announcement(Protocol):
    """Something that Kodi announced, as `Event`."""

    @property
    def method(self) -> str: ...

    @property
    def data(self) -> Mapping[str, Any]: ...

    @property
    def at(self) -> float: ...


class Messages(Protocol):
    """What is said to the person."""

    def told(self, entries: Iterable[OutboxEntry]) -> None:
        """Simkl has recorded these just now."""

    def not_kept(self) -> None:
        """The disk does not take what was watched."""

    def ask_about_burst(self, count: int) -> bool | None:
        """Whether so many marks that came at once are to be told; None until it is said."""


class Parts(NamedTuple):
    """outbox, marks, row_marks, plays, sender: what Simkl is told goes from the second three to the
    last. is_playing: whether a video plays.
    """

    coordinator: Coordinator
    outbox: Outbox
    marks: Marks
    row_marks: RowMarks
    plays: Follower
    sender: Sender
    clock_check: ClockCheck
    messages: Messages
    is_playing: Callable[[], bool]


class Sending:
    def __init__(self, parts: Parts, choice: Choice, keeper: Keeper) -> None:
        self._parts = parts
        self._choice = choice
        self._keeper = keeper
        self._whose: tuple[str, Pending[str]] | None = None
        self._ask_whose_at = self._keep_at = float("-inf")
        self._before = parts.outbox.last_number()
        self._jumps = 0
        self._claimed = -1  # the version of the outbox
        self._plan = Plan(parts.coordinator)

    def apply_settings(self, settings: SendSettings) -> None:
        """Tell Simkl by these from now on."""
        self._choice.settings = settings

    def begin_person(self) -> None:
        """Somebody may have signed in, or out."""
        self._whose, self._ask_whose_at, self._claimed = None, float("-inf"), -1
        self._plan.begin()
        self._parts.sender.begin_person()
        grant = self._parts.coordinator.client.grant
        if grant is not None and grant.account:
            self._parts.outbox.belongs(grant.person, grant.account)

    def heard(self, event: Announcement) -> None:
        """Something that Kodi announced."""
        # The play takes its own tick for its own once it has heard of it.
        account = self._choice.account()
        self._parts.marks.heard(event.method, event.data, event.at, account)
        if event.method.startswith(("Player.", "VideoLibrary.")):
            self._parts.plays.heard(event.method, event.data, event.at)

    def try_again(self) -> None:
        """The person wants what waits to be sent now, whatever went wrong before."""
        self._parts.sender.try_again()

    def leave(self) -> None:
        """Kodi leaves, or nothing is to be told any more: what was heard is kept."""
        self._parts.plays.leave()
        self._parts.marks.keep()

    # -- one turn --

    def turn(self) -> float:
        """Do a little; seconds until the next turn is worth while."""
        self._parts.marks.keep()
        self._set_right()
        is_playing = self._parts.is_playing()
        pause = min(self._parts.plays.turn(), self._parts.row_marks.turn(is_playing=is_playing))
        if self._parts.marks.step():
            return _GO_ON
        if self._parts.marks.is_coming:  # all of a season goes into one body
            return min(pause, _LOOK_AT_MARKS_EVERY)
        self._know_whose()
        self._claim()
        return min(pause, self._send())

    def _send(self) -> float:
        settings = self._choice.settings
        if settings.rewatches and not self._plan.is_known:
            self._plan.step()
            return _LOOK_AT_MARKS_EVERY
        rewatches = settings.rewatches and self._plan.keeps_rewatches
        self._parts.sender.settings = replace(settings, rewatches=rewatches)
        return self._parts.sender.step()

    def _set_right(self) -> None:
        """What was noted by a wrong clock, and what the disk did not take."""
        shift = self._parts.clock_check.take_shift()
        if shift:
            self._parts.outbox.shift(self._before, shift)
        if self._jumps != self._parts.clock_check.jumps:  # what is there is right
            self._jumps = self._parts.clock_check.jumps
            self._before = self._parts.outbox.last_number()
        now = self._parts.clock_check.clock()
        if not self._parts.outbox.is_kept and now >= self._keep_at:
            self._keep_at = now + _KEEP_EVERY
            self._keeper.try_again()

    def _know_whose(self) -> None:
        """Ask whose the sign-in is, once: its entries are to be found under the next one, too."""
        if self._whose is not None:
            self._take_in_whose(*self._whose)
            return
        coordinator, now = self._parts.coordinator, self._parts.clock_check.clock()
        grant = coordinator.client.grant
        if grant is None or grant.account or now < self._ask_whose_at:
            return
        if coordinator.has_work or coordinator.retry_policy.wait():
            return
        self._ask_whose_at = now + _ASK_WHOSE_EVERY
        asked = coordinator.client.ask_whose()
        self._whose = None if asked is None else (grant.person, asked)

    def _claim(self) -> None:
        """What was heard before the account was known may be read, and added, only after that."""
        grant, outbox = self._parts.coordinator.client.grant, self._parts.outbox
        if grant is None or not grant.account or outbox.version == self._claimed:
            return
        if grant.person in outbox.accounts():
            outbox.belongs(grant.person, grant.account)
        self._claimed = outbox.version

    def _take_in_whose(self, person: str, asked: Pending[str]) -> None:
        if not asked.done:
            return
        self._whose = None
        try:
            account = asked.outcome()
        except Trouble as trouble:
            self._parts.coordinator.failed(trouble)
        else:
            if account:
                self._parts.outbox.belongs(person, account)
