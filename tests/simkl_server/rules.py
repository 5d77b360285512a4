"""What every request must have, whoever sends it and whatever it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .answers import RefusedError

if TYPE_CHECKING:
    from .journal import Request

COMMON = ("client_id", "app-name", "app-version")
_APP_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Needs:
    """What one endpoint wants of a request. `body` is "none", "json", "form" or "optional"."""

    body: str = "none"
    token: bool = True
    query: frozenset[str] = field(default_factory=frozenset)


def check(request: Request, needs: Needs) -> None:
    """Raises RefusedError for the first rule that the request breaks."""
    _check_query(request, needs)
    _check_app(request)
    _check_body(request, needs.body)
    if needs.token and not request.token:
        raise RefusedError(401, "user_token_failed", "no token", breach=True)
    if not needs.token and "authorization" in request.headers:
        raise _wrong("sent a token where none belongs")


def client_id(request: Request) -> str:
    """From the query, its alias in the headers, or (generation 2) the form; "" when missing."""
    form = request.body if request.path.startswith("/oauth2/") else None
    places = [
        request.query.get("client_id"),
        request.headers.get("simkl-api-key"),
        form.get("client_id") if isinstance(form, dict) else None,
    ]
    named = {str(place) for place in places if place}
    if len(named) > 1:
        raise _wrong("two different client ids in one request")
    return named.pop() if named else ""


def _check_query(request: Request, needs: Needs) -> None:
    if not client_id(request):
        raise RefusedError(412, "client_id_failed", "no client_id", breach=True)
    unknown = sorted(set(request.query) - set(COMMON) - needs.query)
    if unknown:
        raise _wrong(f"unknown query parameter {', '.join(unknown)}")
    if len(request.raw_query.split("&")) != len(request.query):
        raise _wrong("a query parameter stands twice or is empty")


def _check_app(request: Request) -> None:
    name, version = (request.query.get(key, "") for key in COMMON[1:])
    if not name or not version:
        raise RefusedError(
            400, "empty_field", f"no {'app-version' if name else 'app-name'}", breach=True
        )
    if not _APP_NAME.fullmatch(name):
        raise _wrong(f"app-name {name!r} is not short and lower-case")
    agent = request.headers.get("user-agent", "")
    if agent != f"{name}/{version}":
        raise _wrong(f"User-Agent {agent!r} is not {name}/{version}")


def _check_body(request: Request, kind: str) -> None:
    if request.body is None:
        if kind in ("json", "form"):
            raise RefusedError(400, "empty_field", "no body", breach=True)
        return
    if kind == "none":
        raise _wrong("a body where none belongs")
    wanted = "application/x-www-form-urlencoded" if kind == "form" else "application/json"
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != wanted:
        raise _wrong(f"Content-Type {sent!r} is not {wanted}")
    if isinstance(request.body, str):
        raise _wrong("the body is not JSON")


def _wrong(sentence: str) -> RefusedError:
    return RefusedError(400, "wrong_parameter", sentence, breach=True)
