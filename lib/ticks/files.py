"""Whether files are there, asked so that nobody waits for a source that keeps silent.

A NAS that sleeps, or a share that has gone, may keep a call of Kodi's waiting for half a minute,
and Kodi cannot leave meanwhile. So its host is asked for a sign of life first, the calls are made
in a thread of their own, one at a time to a source, and one that is late is left alone. Kodi and
the network come through functions that are passed in.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, NamedTuple

from lib.simkl.worker import Worker

if TYPE_CHECKING:
    from lib.simkl.worker import Pending
    from lib.ticks.sources import Sources

_WAIT_SECONDS = 0.3  # seconds that are waited for an answer
_SILENT = 2.0  # seconds: a "no" that comes later says only that nobody answered
_ASK_AGAIN_AFTER = 60.0  # seconds
_HOLDS_FOR = 30.0  # seconds that a late answer counts
_AWAKE_FOR = 10.0  # seconds after an answer that a source is taken to answer the next call too
_SECONDS_TO_LEAVE = 0.1


class _Call(NamedTuple):
    """A call that is out. answer: None where nobody answered."""

    file: str
    answer: Pending[bool | None]


class Files:
    def __init__(
        self,
        exists: Callable[[str], bool],
        keeps_silent: Callable[[str], bool],
        sources: Sources,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """exists: whether a file is there; may take long. keeps_silent: whether its host gives no
        sign of life; takes some seconds at most. clock: in seconds.
        """
        self._exists = exists
        self._keeps_silent = keeps_silent
        self.sources = sources
        self._clock = clock
        self._worker = Worker("files")
        self._out: dict[str, _Call] = {}
        self._ask_again_at: dict[str, float] = {}
        self._awake_until: dict[str, float] = {}
        self._answered: dict[str, tuple[bool, float]] = {}
        self._late_until: dict[str, float] = {}
        self._last_late: dict[str, str] = {}
        self._has_news = False

    def exists(self, file: str) -> bool | None:
        """Whether a file is there; None where its source keeps us waiting, now or lately."""
        file = self.sources.with_login(file)
        source = self.sources.of(file)
        if self._is_waited_for(file, source):
            return None
        answer, at = self._answered.get(file, (False, float("-inf")))
        if self._clock() - at < _HOLDS_FOR:  # for all who ask: one reads it, another writes
            return answer
        self._answered.pop(file, None)
        is_awake = self._clock() < self._awake_until.get(source, float("-inf"))
        call = _Call(file, self._worker.submit(lambda: self._look(file, is_awake=is_awake)))
        if call.answer.wait(_WAIT_SECONDS):
            return self._take_in(source, call)
        self._out[source] = call
        self._worker.leave(0.0)  # its thread ends once the call does; the next has one of its own
        self._worker = Worker("files")
        return None

    def _look(self, file: str, *, is_awake: bool) -> bool | None:
        """Whether a file is there; None where nobody answers. In the thread of the calls."""
        if not is_awake and self._keeps_silent(file):
            return None
        began = self._clock()
        is_there = self._exists(file)
        return is_there if is_there or self._clock() - began < _SILENT else None

    def _take_in(self, source: str, call: _Call) -> bool | None:
        answer = call.answer.outcome()
        if answer is None:
            self._ask_again_at[source] = self._clock() + _ASK_AGAIN_AFTER
            if self._last_late.get(source) == call.file:
                # Twice in a row: it may be this file alone, and the others have their turn first.
                self._late_until[call.file] = self._clock() + 1.5 * _ASK_AGAIN_AFTER
            self._last_late[source] = call.file
        else:
            self._awake_until[source] = self._clock() + _AWAKE_FOR
        return answer

    def keeps_waiting(self, file: str) -> bool:
        """Whether the source of a file keeps us waiting, or did, and is not to be asked yet."""
        file = self.sources.with_login(file)
        return self._is_waited_for(file, self.sources.of(file))

    def _is_waited_for(self, file: str, source: str) -> bool:
        return source in self._out or source in self._ask_again_at or file in self._late_until

    def has_news(self) -> bool:
        """Whether a source that kept us waiting has answered, or may be asked again."""
        ready = [source for source, at in self._ask_again_at.items() if self._clock() >= at]
        for source in ready:
            del self._ask_again_at[source]
        for file in [file for file, at in self._late_until.items() if self._clock() >= at]:
            del self._late_until[file]
            ready.append(file)
        for source in [source for source, call in self._out.items() if call.answer.done]:
            call = self._out.pop(source)
            answer = self._take_in(source, call)
            if answer is not None:
                self._answered[call.file] = answer, self._clock()
                ready.append(source)
        self._has_news = self._has_news or bool(ready)
        return self._has_news

    def take_news(self) -> None:
        """They are followed."""
        self._has_news = False

    def leave(self) -> None:
        """Kodi leaves: no call is made any more. One that is out cannot be ended."""
        self._worker.leave(_SECONDS_TO_LEAVE)
