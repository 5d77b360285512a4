"""Builds what tells Simkl what is watched, with Kodi's door and the store behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping

from lib.kodi.addon import log
from lib.sending.choice import Choice
from lib.sending.clock_check import ClockCheck
from lib.sending.keeper import Keeper
from lib.sending.mark_reader import MarkReader
from lib.sending.marks import Marks
from lib.sending.sender import Sender
from lib.sending.sending import Parts, Sending

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.sending.sending import Follower, Messages
    from lib.storage.removed_ticks import Key
    from lib.storage.store import Store


def build_sending(deps: Dependencies, store: Store, messages: Messages) -> Sending:
    coordinator = deps.coordinator
    choice, keeper = Choice(coordinator), Keeper(store.outbox, messages.not_kept)
    clock_check = ClockCheck(lambda: coordinator.client.seconds_ahead)
    plays = _plays()
    reader = MarkReader(deps.library, deps.journal, deps.may_ask, lambda: choice.settings)
    marks = Marks(store.unread_marks, keeper, reader, plays.is_of_a_play, messages.ask_about_burst)
    sender = Sender(coordinator, store.outbox, clock_check, messages.told, log)
    parts = Parts(coordinator, store.outbox, marks, plays, sender, clock_check, messages)
    return Sending(parts, choice, keeper)


def _plays() -> Follower:
    return _NoPlays()


class _NoPlays:
    """Follows no play."""

    def heard(self, method: str, data: Mapping[str, Any]) -> None:
        pass

    def turn(self) -> float:
        return float("inf")

    def leave(self) -> None:
        pass

    def is_of_a_play(self, _: Key) -> bool:
        return False
