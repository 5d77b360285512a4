"""One thread that makes calls, one after another, so that Kodi's thread never waits.

Knows nothing of what it runs. Calls of Simkl are never parallel, as it asks (docs/simkl-api.md).
"""

from __future__ import annotations

import queue
import threading
from typing import Any, Callable, Generic, TypeVar

Result = TypeVar("Result")


class Pending(Generic[Result]):
    """A call that was submitted, and later its outcome."""

    def __init__(self, call: Callable[[], Result]) -> None:
        self._call = call
        self._done = threading.Event()
        self._error: BaseException | None = None
        self._result: Any = None

    @property
    def done(self) -> bool:
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the outcome at most so long; whether it has come."""
        return self._done.wait(seconds)

    def outcome(self) -> Result:
        """What the call gave, once it is done. Errors: those of the call."""
        if self._error is not None:
            raise self._error
        result: Result = self._result
        return result

    def run(self) -> None:
        try:
            self._result = self._call()
        except Exception as error:
            self._error = error
        self._done.set()


class Worker:
    """Runs the calls that are passed in. Its thread starts with the first of them."""

    def __init__(self, name: str = "simkl") -> None:
        """name: of its thread."""
        self._name = name
        self._calls: queue.Queue[Pending[Any] | None] = queue.Queue()
        self._thread: threading.Thread | None = None

    def submit(self, call: Callable[[], Result]) -> Pending[Result]:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        pending = Pending(call)
        self._calls.put(pending)
        return pending

    def leave(self, seconds: float) -> None:
        """Let the thread end after the call under way, and wait for it at most so long."""
        if self._thread is not None:
            self._calls.put(None)
            self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            pending = self._calls.get()
            if pending is None:
                return
            pending.run()
