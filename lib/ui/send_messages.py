"""What is said of what Simkl is told: each watch by choice, and what only the person can decide.

Nothing of it comes over a film. Sends nothing itself.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.kodi import string_ids
from lib.kodi.localization import text
from lib.kodi.messages import notify
from lib.storage.outbox import UNWATCHED
from lib.ui.menu_entry import Entry
from lib.ui.settings import may_say_told, may_say_trouble

if TYPE_CHECKING:
    from lib.kodi.settings import Settings
    from lib.storage.outbox import OutboxEntry

_CALM = 3.0  # seconds after the last that was told by which no more follow at once


class SendMessages:
    def __init__(
        self,
        settings: Settings,
        may_not_say: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """may_not_say: whether a film fills the screen, or nobody is there."""
        self._settings = settings
        self._may_not_say = may_not_say
        self._clock = clock
        self._told: list[OutboxEntry] = []
        self._told_at = 0.0
        self._marked = 0
        self._has_said_marked = False
        self._answer: bool | None = None

    def told(self, entries: Iterable[OutboxEntry]) -> None:
        """Simkl has recorded these just now."""
        if may_say_told(self._settings):
            self._told += entries
            self._told_at = self._clock()

    def not_kept(self) -> None:
        """The disk does not take what was watched."""
        if may_say_trouble(self._settings):
            notify(text(string_ids.WATCH_NOT_KEPT))

    def ask_about_burst(self, count: int) -> bool | None:
        """Whether Simkl is to be told of so many marks that came at once, asked again and again.

        None until the person has said it in the menu. It is no window: whoever presses a key just
        then would answer it.
        """
        answer, self._answer = self._answer, None
        if answer is not None:
            self._marked, self._has_said_marked = 0, False
            return answer
        self._marked = count
        return None

    def turn(self) -> None:
        """Say what is to be said now."""
        is_asked = self._marked > 0 and not self._has_said_marked
        is_calm = bool(self._told) and self._clock() - self._told_at >= _CALM
        if not (is_asked or is_calm) or self._may_not_say():
            return
        if is_calm:
            told, self._told = self._told, []
            notify(_words_for(told))
        if is_asked:
            self._has_said_marked = True
            if may_say_trouble(self._settings):
                notify(text(string_ids.MARKED_AT_ONCE, count=str(self._marked)))

    def menu_entries(
        self, show: Callable[[str, Sequence[Entry]], None], back: Entry
    ) -> list[Entry]:
        """The entry of the menu where a question waits. show, back: as in `WaitingList`."""
        if not self._marked or self._answer is not None:
            return []
        words = text(string_ids.MARKED_AT_ONCE_ENTRY, count=str(self._marked))
        return [Entry(words, partial(self._ask, show, back))]

    def _ask(self, show: Callable[[str, Sequence[Entry]], None], back: Entry) -> None:
        def say(answer: bool) -> None:
            self._answer = answer
            back.do()

        no = Entry(text(string_ids.DO_NOT_TELL_SIMKL), partial(say, False))
        yes = Entry(text(string_ids.TELL_SIMKL), partial(say, True))
        show(text(string_ids.MARKED_AT_ONCE_HELP, count=str(self._marked)), [no, yes, back])


def _words_for(told: Sequence[OutboxEntry]) -> str:
    if len(told) > 1:
        return text(string_ids.TOLD_SEVERAL, count=str(len(told)))
    if told[0].what == UNWATCHED:
        return text(string_ids.TOLD_UNWATCHED, name=told[0].label)
    return text(string_ids.TOLD, name=told[0].label)
