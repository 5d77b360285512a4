"""Each way in which Simkl or the network may fail once, by name."""

from __future__ import annotations

import gzip
import json
from typing import Any, Callable

from tests.simkl_server import faults
from tests.simkl_server.answers import Answer
from tests.simkl_server.faults import Fault
from tests.simkl_server.wire import Exchange


def raw(content: bytes, **headers: str) -> Fault:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.send(Answer(200, raw=content, headers=told))


def too_fast(retry_after: str) -> Fault:
    body = {"error": "rate_limit", "code": 429, "message": "on purpose"}
    return lambda exchange: exchange.send(Answer(429, body, {"Retry-After": retry_after}))


def each(change: Callable[[dict[str, Any]], object]) -> Fault:
    return faults.change(lambda entries: [change(entry) for entry in entries])


def utf_16(exchange: Exchange) -> None:
    right = exchange.right()
    exchange.send(Answer(200, raw=json.dumps(right.body).encode("utf-16")))


WORDS = b'[{"result": true, "list": "completed"}, {"result": true, "list": "completed"}]'
FAULTS: dict[str, Fault] = {
    "reset": faults.reset,
    "silent close": faults.silent_close,
    "cut in the middle": faults.cut_in_the_middle,
    "silence": faults.hang(5),
    "dripping": faults.slow_drip(0.05),
    "a hotel's page": faults.html,
    "elsewhere": faults.redirect("http://127.0.0.1:9/"),
    "204": faults.no_content,
    "empty": faults.empty_body,
    "half a JSON": faults.half_json,
    "UTF-16": utf_16,
    "Latin-1": raw(b'["\xe9"]'),
    "not packed, though it says so": raw(WORDS, Content_Encoding="gzip"),
    "packed in another way": raw(WORDS, Content_Encoding="br"),
    "packed twice": raw(gzip.compress(gzip.compress(WORDS)), Content_Encoding="gzip, gzip"),
    "a bomb": raw(gzip.compress(b" " * 60_000_000), Content_Encoding="gzip"),
    "200 MB": faults.huge(200_000_000),
    "500": faults.status(500),
    "502": faults.status(502),
    "503": faults.status(503, retry_after=60),
    "401": faults.status(401),
    "403": faults.status(403),
    "412": faults.status(412),
    "429": faults.status(429),
    "429, a minute": faults.status(429, retry_after=60),
    "429, ten hours": faults.status(429, retry_after=36_000),
    "429, a date": too_fast("Wed, 21 Oct 2026 07:28:00 GMT"),
    "429, nonsense": too_fast("soon"),
    "429, never": too_fast("9" * 400),
    "one less": faults.drop_entry(0),
    "in another order": faults.shuffled(),
    "no entries": faults.change(lambda entries: [None for _ in entries]),
    "an object": faults.answer({"error": "nonsense"}),
    "a word for yes": each(lambda entry: {**entry, "result": "true"}),
    "echoes of others": each(lambda entry: {**entry, "tmdb": "1"}),
    "no number": raw(b'[{"result": NaN}, {"result": NaN}]'),
    "a date that is none": each(lambda entry: {**entry, "result": True, "last_watched_at": 17}),
}
