"""What Simkl says: answers as they go over the wire, and refusals in its two error forms."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Mapping


@dataclass(frozen=True)
class Answer:
    """One HTTP answer. `body` is JSON; `raw` stands in for it where the answer is not JSON."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    content_type: str = "application/json"

    def payload(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return json.dumps(self.body).encode()

    def head(self, length: int) -> bytes:
        """The status line and the headers; a 204 has neither type nor length."""
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}"]
        if self.status != HTTPStatus.NO_CONTENT:
            lines += [f"Content-Type: {self.content_type}", f"Content-Length: {length}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def wire(self) -> bytes:
        payload = b"" if self.status == HTTPStatus.NO_CONTENT else self.payload()
        return self.head(len(payload)) + payload

    def with_headers(self, headers: Mapping[str, str]) -> Answer:
        return replace(self, headers={**self.headers, **headers})


class RefusedError(Exception):
    """Simkl refuses a request.

    `breach` marks what no client that keeps the contract would have sent: the server adds the
    sentence to its violations. What a well-behaved client can meet (a code that is still pending,
    a token that ran out) is refused without one.
    """

    def __init__(
        self,
        status: int,
        error: str,
        sentence: str,
        *,
        breach: bool = False,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        """more: what the JSON says besides."""
        super().__init__(sentence)
        self.status = status
        self.error = error
        self.sentence = sentence
        self.breach = breach
        self.retry_after = retry_after
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def answer(self, path: str) -> Answer:
        """In RFC 6749's form below /oauth2/, else in Simkl's own."""
        headers = dict(self.headers)
        if self.retry_after is not None:
            # Rounded up: a client that waits exactly as told must not come too early.
            headers["Retry-After"] = str(int(-(-self.retry_after // 1)))
        return Answer(self.status, self._body(path), headers)

    def _body(self, path: str) -> dict[str, object]:
        if path.startswith("/oauth2/"):
            return {"error": self.error, "error_description": self.sentence}
        return {
            "error": self.error,
            "code": self.status,
            "message": self.sentence,
            **self.more,
        }


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
