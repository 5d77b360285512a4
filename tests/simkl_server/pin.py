"""Signing in, generation 1: the PIN flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import Answer, RefusedError
from .codes import VERIFICATION_URI, Code

if TYPE_CHECKING:
    from .site import Call, Site


def new(site: Site, call: Call) -> Answer:
    """GET /oauth/pin: a new code to show."""
    _require_generation_1(site, call.client_id)
    return _shown(site, site.codes.new_pin(call.client_id, call.now))


def poll(site: Site, call: Call) -> Answer:
    """GET /oauth/pin/{user_code}. For a code that is gone Simkl makes a new one, unasked."""
    _require_generation_1(site, call.client_id)
    code = site.codes.shown(call.rest)
    if code is None or code.client_id != call.client_id or code.is_over(call.now):
        return _gone(site, call, code)
    if code.is_too_fast(call.now):
        call.complain(f"polled faster than every {code.interval:g} s")
        return _not_yet("Slow down")
    if code.slow_next:
        code.slow_next = False
        return _not_yet("Slow down")
    if code.approved_by is None:
        return _not_yet("Authorization pending")
    code.gone = True
    grant = site.grants.new(call.client_id, 1, code.approved_by, "", call.now)
    return Answer(body={"result": "OK", "access_token": grant.access_token})


def _gone(site: Site, call: Call, code: Code | None) -> Answer:
    if code and code.told_over:
        call.complain("polled a code again that is over")
    if code:
        code.told_over = True
    return _shown(site, site.codes.new_pin(call.client_id, call.now))


def _not_yet(message: str) -> Answer:
    return Answer(body={"result": "KO", "message": message})


def _shown(site: Site, code: Code) -> Answer:
    return Answer(
        body={
            "result": "OK",
            "device_code": code.device_code,
            "user_code": code.user_code,
            "verification_uri": VERIFICATION_URI,
            "verification_url": VERIFICATION_URI,
            "expires_in": site.codes.life,
            "interval": code.interval,
        }
    )


def _require_generation_1(site: Site, client_id: str) -> None:
    if site.clients.generation(client_id) != 1:
        raise RefusedError(400, "unauthorized_client", "a client id of generation 2")
