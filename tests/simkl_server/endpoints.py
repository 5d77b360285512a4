"""Which endpoint answers what; the small ones answer here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from . import oauth2, pin
from .answers import Answer, RefusedError
from .rules import Needs
from .watched import watched

if TYPE_CHECKING:
    from .site import Call, Site


@dataclass(frozen=True)
class Endpoint:
    """A path that ends in "/" takes one more part, which the call has as its `rest`."""

    method: str
    path: str
    needs: Needs
    answer: Callable[[Site, Call], Answer]


def settings(site: Site, call: Call) -> Answer:
    """POST /users/settings: who is signed in."""
    person = call.person
    account = {"id": person.id, "type": person.plan, "timezone": "UTC"}
    return Answer(body={"user": {"name": person.name}, "account": account})


def activities(site: Site, call: Call) -> Answer:
    """GET /sync/activities: when each list last moved."""
    return Answer(body=call.person.activities())


def refuse_to_write(site: Site, call: Call) -> Answer:
    """The add-on under test reads only: a write is a breach, whatever its token may do."""
    raise RefusedError(403, "insufficient_scope", "tried to write", breach=True)


def find(method: str, path: str) -> tuple[Endpoint, str]:
    """The endpoint and the rest of the path; raises RefusedError (404)."""
    for endpoint in ENDPOINTS:
        if endpoint.method == method and endpoint.path == path:
            return endpoint, ""
        head, _, rest = path.rpartition("/")
        if endpoint.method == method and endpoint.path == f"{head}/" and rest:
            return endpoint, rest
    raise RefusedError(404, "url_failed", "no such endpoint", breach=True)


_FORM = Needs(body="form", token=False)
_OPEN = Needs(token=False)
_WRITE = Needs(body="optional", query=frozenset({"extended"}))

ENDPOINTS = (
    Endpoint("POST", "/oauth2/device", _FORM, oauth2.device),
    Endpoint("POST", "/oauth2/token", _FORM, oauth2.token),
    Endpoint("POST", "/oauth2/revoke", _FORM, oauth2.revoke),
    Endpoint("GET", "/oauth/pin", _OPEN, pin.new),
    Endpoint("GET", "/oauth/pin/", _OPEN, pin.poll),
    Endpoint("POST", "/users/settings", Needs(body="optional"), settings),
    Endpoint("POST", "/sync/watched", Needs("json", query=frozenset({"extended"})), watched),
    Endpoint("GET", "/sync/activities", Needs(), activities),
    Endpoint("POST", "/sync/history", _WRITE, refuse_to_write),
    Endpoint("POST", "/sync/history/remove", _WRITE, refuse_to_write),
    Endpoint("POST", "/scrobble/", _WRITE, refuse_to_write),
)
