"""Misbehaviours, one for one request: `simkl.misbehave("/sync/watched", faults.status(500))`.

A fault takes an exchange and does what it likes with it. The rules are checked all the same. Only
a fault that asks for the right answer lets it happen, so a token that is cut in the middle was
made, and a request that met a 500 changed nothing.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Callable

from .answers import Answer, RefusedError

if TYPE_CHECKING:
    from .catalogue import Title
    from .wire import Exchange

Fault = Callable[["Exchange"], None]

_WORDS = {401: "user_token_failed", 403: "insufficient_scope", 412: "client_id_failed"}


def status(code: int, error: str = "", *, retry_after: float | None = None) -> Fault:
    """A refusal with Simkl's JSON; asking again before `retry_after` seconds is a breach."""
    word = error or _WORDS.get(code, "rate_limit" if code == 429 else "server_error")

    def fault(exchange: Exchange) -> None:
        if retry_after is not None:
            exchange.hold(retry_after)
        refused = RefusedError(code, word, "on purpose", retry_after=retry_after)
        exchange.send(refused.answer(exchange.request.path))

    return fault


def hang(seconds: float) -> Fault:
    """No answer until then, or until the server closes; then the right one."""

    def fault(exchange: Exchange) -> None:
        if exchange.wait(seconds):
            exchange.send(exchange.right())
        else:
            exchange.close()

    return fault


def silent_close(exchange: Exchange) -> None:
    """The connection ends without an answer; nothing happened."""
    exchange.close()


def cut_in_the_middle(exchange: Exchange) -> None:
    """Half of the right answer, then the connection ends."""
    answer = exchange.right()
    exchange.note(answer)
    raw = answer.wire()
    exchange.write(raw[: len(raw) - max(1, len(answer.payload()) // 2)])
    exchange.close()


def reset(exchange: Exchange) -> None:
    """Half of the right answer, and then there never was a connection."""
    answer = exchange.right()
    exchange.note(answer)
    exchange.write(answer.wire()[: -len(answer.payload()) // 2])
    exchange.wait(0.05)  # else the half is thrown away with the connection
    exchange.reset()


def after_storing(fault: Fault) -> Fault:
    """The request has its effect, and then its answer meets the other fault."""

    def stored(exchange: Exchange) -> None:
        exchange.right()
        fault(exchange)

    return stored


def recorded_nothing(exchange: Exchange) -> None:
    """A 201 to a write that has found none of its titles, and nothing happened."""
    sent = exchange.request.body if isinstance(exchange.request.body, dict) else {}
    shows = [*sent.get("shows", []), *sent.get("anime", [])]
    not_found = {"movies": sent.get("movies", []), "shows": shows, "episodes": []}
    counts = {"movies": 0, "shows": 0, "episodes": 0, "statuses": []}
    exchange.send(Answer(201, {"added": counts, "not_found": not_found}))


def counted_nothing(exchange: Exchange) -> None:
    """A write that was recorded, and whose answer counts none of it (as clients have seen)."""
    right = exchange.right()
    body = dict(right.body) if isinstance(right.body, dict) else {}
    for word in ("added", "deleted"):
        if word in body:
            body[word] = {"movies": 0, "shows": 0, "episodes": 0, "statuses": []}
    exchange.send(Answer(right.status, body, right.headers))


def html(exchange: Exchange) -> None:
    """A captive portal: 200, and a page that wants a password."""
    page = b"<!DOCTYPE html><html><title>Hotel Wi-Fi</title><body>Please sign in</body></html>"
    exchange.send(Answer(200, raw=page, content_type="text/html; charset=utf-8"))


def half_json(exchange: Exchange) -> None:
    """The first half of the right answer, sent as if it were whole."""
    payload = exchange.right().payload()
    exchange.send(Answer(200, raw=payload[: len(payload) // 2]))


def empty_body(exchange: Exchange) -> None:
    """200 and not a byte."""
    exchange.send(Answer(200, raw=b""))


def no_content(exchange: Exchange) -> None:
    """204, where the contract has an answer."""
    exchange.send(Answer(204, raw=b""))


def redirect(url: str) -> Fault:
    """302 to somewhere else, where no token must go."""
    return lambda exchange: exchange.send(Answer(302, raw=b"", headers={"Location": url}))


def slow_drip(pause: float = 0.05) -> Fault:
    """The right answer, a byte every `pause` seconds, so that no read ever times out."""

    def fault(exchange: Exchange) -> None:
        answer = exchange.right()
        exchange.note(answer)
        for byte in answer.wire():
            exchange.write(bytes([byte]))
            if not exchange.wait(pause):
                exchange.close()
                return

    return fault


def huge(size: int) -> Fault:
    """Valid JSON of that many bytes."""

    def fault(exchange: Exchange) -> None:
        answer = Answer(200, raw=b"")
        exchange.note(answer)
        exchange.write(answer.head(size) + b'["')
        left = size - 4
        while left > 0:
            exchange.write(b"x" * min(left, 65536))
            left -= 65536
        exchange.write(b'"]')

    return fault


def answer(body: object, code: int = 200) -> Fault:
    """Exactly that JSON, whatever was asked."""
    return lambda exchange: exchange.send(Answer(code, body))


def change(function: Callable[[Any], object]) -> Fault:
    """From the right answer's JSON to a wrong one; a refusal stays as it is."""

    def fault(exchange: Exchange) -> None:
        right = exchange.right()
        if right.status in (200, 201):
            right = Answer(right.status, function(copy.deepcopy(right.body)), right.headers)
        exchange.send(right)

    return fault


def drop_entry(index: int) -> Fault:
    """A shorter array than was asked for; what is no array stays as it is."""
    return _of_lists(lambda entries: entries[:index] + entries[index + 1 :])


def shuffled() -> Fault:
    """The entries in another order than asked, the same at each run; of an array alone."""
    return _of_lists(lambda entries: entries[::-1])


def _of_lists(function: Callable[[list[Any]], list[Any]]) -> Fault:
    return change(lambda body: function(body) if isinstance(body, list) else body)


def lie(title: Title, **fields: object) -> Fault:
    """About one title only, in /sync/watched: `lie(heat, last_watched_at=17)`."""

    def told(entries: list[dict[str, object]]) -> object:
        return [
            {**entry, **fields} if str(entry.get("simkl")) == str(title.simkl) else entry
            for entry in entries
        ]

    return change(told)
