"""What was asked and what was wrong with it; safe to read from a test while threads write."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Request:
    """One recorded request; `status` and `answer` are None until it is answered (or never is)."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: object  # parsed JSON or form fields; text where it is neither; None when empty
    at: float  # time.monotonic() at arrival
    raw_query: str = field(default="", repr=False)
    status: int | None = None
    answer: object = None

    @property
    def token(self) -> str | None:
        """What stands after `Bearer`; None without it."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None


class Journal:
    """Requests in the order of their arrival, and every breach of the contract as a sentence."""

    def __init__(self, listener: Callable[[Request], None] | None = None) -> None:
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._violations: list[str] = []
        self._listener = listener

    def arrived(self, request: Request) -> None:
        with self._lock:
            self._requests.append(request)

    def answered(self, request: Request, status: int | None, answer: object) -> None:
        """Noted before the answer leaves, so that a test that has the answer finds it here."""
        request.status, request.answer = status, answer
        if self._listener:
            self._listener(request)

    def complain(self, sentence: str) -> None:
        with self._lock:
            self._violations.append(sentence)

    def requests(self) -> list[Request]:
        with self._lock:
            return list(self._requests)

    def violations(self) -> list[str]:
        with self._lock:
            return list(self._violations)

    def clear(self) -> None:
        with self._lock:
            self._requests.clear()
            self._violations.clear()
