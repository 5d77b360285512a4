"""Watches Kodi's window thread from outside: what it draws, and how long it answers nobody.

JSON-RPC for labels waits for that thread, which answers between two frames. So one question after
another shows each frame, and the longest wait for an answer is the longest time without a frame.
The add-on's Python has no part in it, unlike a look from inside of Kodi.
"""

from __future__ import annotations

import codecs
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

from tests.kodi.harness.waiting import wait_for

# Without a pause Kodi takes one question after another and draws nothing in between.
_PAUSE = 0.005

Labels = Mapping[str, str]


class Look(NamedTuple):
    """One answer. Moments are time.monotonic(): of the question, and of the answer."""

    asked: float
    answered: float
    labels: Labels


class Seen:
    """What was seen so far; grows while it is watched."""

    def __init__(self) -> None:
        self.looks: list[Look] = []

    def wait_for(self, question: Callable[[Labels], bool], what: str) -> None:
        """Wait until labels are so. Raises AssertionError."""
        wait_for(lambda: self.looks and question(self.looks[-1].labels), timeout=120, what=what)

    def wait_for_calm(self, seconds: float) -> None:
        """Wait until nothing has changed for so long."""
        wait_for(lambda: time.monotonic() - self.last_change() > seconds, what="a calm list")

    def last_change(self) -> float:
        """From when on the labels were as they are now."""
        last = self.looks[-1].labels if self.looks else None
        return self.since(lambda labels: labels == last)

    def first(self, question: Callable[[Labels], bool]) -> float:
        """When labels were so for the first time; infinity when they never were."""
        found = (look.answered for look in self.looks if question(look.labels))
        return next(found, float("inf"))

    def since(self, question: Callable[[Labels], bool]) -> float:
        """From when on labels were so until now; infinity when they are not."""
        moment = float("inf")
        for look in reversed(self.looks):
            if not question(look.labels):
                break
            moment = look.answered
        return moment

    def longest_wait(self, since: float) -> float:
        """The most seconds that an answer took, of what was asked after that moment."""
        return max(look.answered - look.asked for look in self.looks if look.asked > since)

    def pace(self, since: float, until: float) -> float:
        """Answers a second."""
        return sum(since < look.answered < until for look in self.looks) / (until - since)

    def longest_without_move(self, since: float, until: float) -> float:
        """The most seconds between two steps of the focus by one row: those that keys make."""
        focus = [(look.answered, look.labels["Container.CurrentItem"]) for look in self.looks]
        rows = [(at, int(row)) for at, row in focus if since < at < until and row]
        moves = [at for (_, old), (at, new) in pairwise(rows) if abs(new - old) == 1]
        return max(end - start for start, end in pairwise([since, *moves, until]))


@contextmanager
def watching(port: int, *labels: str) -> Iterator[Seen]:
    """Watch labels of a Kodi until the end of the `with`. port: that of its JSON-RPC over TCP."""
    seen, is_over = Seen(), threading.Event()

    def watch() -> None:
        with _Line(port) as line:
            while not is_over.wait(_PAUSE):
                asked = time.monotonic()
                answer = line.call("XBMC.GetInfoLabels", labels=labels)
                seen.looks.append(Look(asked, time.monotonic(), answer))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


class _Line:
    """Kodi's JSON-RPC over TCP: answers come one after another, announcements in between."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._numbers = itertools.count(1)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._heard = ""

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def call(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        question = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self._socket.sendall(json.dumps(question).encode())
        while True:
            message = self._next()
            if message.get("id") == number:
                return message["result"]

    def _next(self) -> Any:
        while True:
            try:
                message, end = json.JSONDecoder().raw_decode(self._heard)
            except ValueError:  # the rest is still under way
                self._heard += self._decoder.decode(self._received())
                continue
            self._heard = self._heard[end:].lstrip()
            return message

    def _received(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("Kodi has left")
        return received
