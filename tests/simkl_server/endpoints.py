"""Which endpoint answers what; the small ones answer here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

from . import history, oauth2, pin, scrobble
from .answers import Answer, RefusedError
from .grants import WRITE
from .rules import Needs
from .watched import watched

if TYPE_CHECKING:
    from .site import Call, Site


@dataclass(frozen=True)
class Endpoint:
    """A path that ends in "/" takes one more part, which the call has as its `rest`.

    read: of an endpoint that writes: checks the request, whatever becomes of the answer, and gives
    what the call has as its `sent`.
    """

    method: str
    path: str
    needs: Needs
    answer: Callable[[Site, Call], Answer]
    read: Callable[[Call], Any] | None = None


def settings(site: Site, call: Call) -> Answer:
    """POST /users/settings: who is signed in."""
    person = call.person
    account = {"id": person.id, "type": person.plan, "timezone": "UTC"}
    return Answer(body={"user": {"name": person.name}, "account": account})


def activities(site: Site, call: Call) -> Answer:
    """GET /sync/activities: when each list last moved."""
    return Answer(body=call.person.activities())


def check_write(call: Call) -> None:
    """Raises RefusedError (403) where nothing is to be written, or not with this token.

    Unless a test expects writes, each is a breach, whatever its token may do.
    """
    assert call.grant
    grant, person = call.grant, call.person
    if not person.may_be_written:
        raise RefusedError(403, "insufficient_scope", "tried to write", breach=True)
    if WRITE not in grant.scope.split(" "):
        sentence = "tried to write with a token that may only read"
        breach, grant.knows_scope = grant.knows_scope, True
        raise RefusedError(403, "insufficient_scope", sentence, breach=breach)
    if person.quota.is_said_to_be_low:
        call.complain("wrote although less than a tenth of the day's calls is left")


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
_WRITE = Needs("json")
_ADD = Needs("json", query=frozenset({"allow_rewatch", "skip_auto_watching"}))

ENDPOINTS = (
    Endpoint("POST", "/oauth2/device", _FORM, oauth2.device),
    Endpoint("POST", "/oauth2/token", _FORM, oauth2.token),
    Endpoint("POST", "/oauth2/revoke", _FORM, oauth2.revoke),
    Endpoint("GET", "/oauth/pin", _OPEN, pin.new),
    Endpoint("GET", "/oauth/pin/", _OPEN, pin.poll),
    Endpoint("POST", "/users/settings", Needs(body="optional"), settings),
    Endpoint("POST", "/sync/watched", Needs("json", query=frozenset({"extended"})), watched),
    Endpoint("GET", "/sync/activities", Needs(), activities),
    Endpoint("POST", "/sync/history", _ADD, history.add, history.read_added),
    Endpoint("POST", "/sync/history/remove", _WRITE, history.remove, history.read_removed),
    Endpoint("POST", "/scrobble/", _WRITE, scrobble.scrobble, scrobble.read),
    Endpoint("DELETE", "/sync/playback/", Needs(), scrobble.forget_pause, lambda call: call.rest),
)
