"""Signing in, generation 2: the OAuth 2.0 device flow (RFC 8628), refresh and revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import Answer, RefusedError
from .codes import VERIFICATION_URI, Code
from .grants import READ, WRITE, Grant, granted

if TYPE_CHECKING:
    from .site import Call, Site

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def device(site: Site, call: Call) -> Answer:
    """POST /oauth2/device: a new code to show."""
    form = _form(call, required={"client_id"}, optional={"scope"})
    _require_generation_2(site, form["client_id"])
    asked = form.get("scope", "")
    if any(word not in (READ, WRITE) for word in asked.split(" ")):
        call.complain(f"scope {asked!r} is missing or misspelled: it is granted read-only")
    code = site.codes.new_device(form["client_id"], granted(asked), call.now)
    return Answer(
        body={
            "device_code": code.device_code,
            "user_code": code.user_code,
            "verification_uri": VERIFICATION_URI,
            "verification_uri_complete": f"{VERIFICATION_URI}/{code.user_code}",
            "expires_in": site.codes.life,
            "interval": code.interval,
        }
    )


def token(site: Site, call: Call) -> Answer:
    """POST /oauth2/token: a poll, or a refresh."""
    kind = call.form.get("grant_type")
    if kind == DEVICE_GRANT:
        return _poll(site, call)
    if kind == "refresh_token":
        return _refresh(site, call)
    raise RefusedError(400, "unsupported_grant_type", f"no grant type {kind!r}", breach=True)


def revoke(site: Site, call: Call) -> Answer:
    """POST /oauth2/revoke: ends the whole grant; says 200 to everything."""
    form = _form(call, required={"client_id", "token"}, optional={"token_type_hint"})
    grant = site.grants.find(form["token"])
    if grant and grant.client_id == form["client_id"]:
        grant.revoked = True
    return Answer(body={})


def _refresh(site: Site, call: Call) -> Answer:
    form = _form(call, required={"grant_type", "client_id", "refresh_token"}, optional=set())
    _require_generation_2(site, form["client_id"])
    return _tokens(site.grants.refresh(form["refresh_token"], form["client_id"], call.now))


def _poll(site: Site, call: Call) -> Answer:
    form = _form(call, required={"grant_type", "client_id", "device_code"}, optional=set())
    _require_generation_2(site, form["client_id"])
    code = site.codes.of_device(form["device_code"])
    if code is None or code.client_id != form["client_id"]:
        raise RefusedError(400, "invalid_grant", "no such device code", breach=True)
    _refuse_unless_approved(code, call.now)
    assert code.approved_by
    code.gone = True
    return _tokens(site.grants.new(code.client_id, 2, code.approved_by, code.scope, call.now))


def _refuse_unless_approved(code: Code, now: float) -> None:
    too_fast = code.is_too_fast(now)
    if code.denied or code.is_over(now):
        again, code.told_over = code.told_over, True
        error = "access_denied" if code.denied else "expired_token"
        sentence = "polled a code again that is over" if again else "the code is over"
        raise RefusedError(400, error, sentence, breach=again)
    if too_fast or code.slow_next:
        sentence = f"polled faster than every {code.interval:g} s" if too_fast else "slow down"
        code.slow_next, code.interval = False, code.interval + 5
        raise RefusedError(400, "slow_down", sentence, breach=too_fast)
    if code.approved_by is None:
        raise RefusedError(400, "authorization_pending", "not approved yet")


def _tokens(grant: Grant) -> Answer:
    return Answer(body=vars(grant.tokens()))


def _require_generation_2(site: Site, client_id: str) -> None:
    generation = site.clients.generation(client_id)
    if generation is None:
        raise RefusedError(401, "invalid_client", "no such client id")
    if generation != 2:
        raise RefusedError(400, "unauthorized_client", "a client id of generation 1")


def _form(call: Call, *, required: set[str], optional: set[str]) -> dict[str, str]:
    missing = sorted(name for name in required if not call.form.get(name))
    unknown = sorted(set(call.form) - required - optional)
    if missing:
        raise RefusedError(400, "invalid_request", f"form without {missing}", breach=True)
    if unknown:
        raise RefusedError(400, "invalid_request", f"form with unknown {unknown}", breach=True)
    return call.form
