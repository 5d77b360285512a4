"""The client of Simkl: one method an endpoint, typed answers, every failure a named error.

Endpoints, statuses and limits are those of docs/simkl-api.md.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence
from urllib.parse import quote

from lib.simkl.api_requests import ApiRequests
from lib.simkl.error_responses import trouble_of_write
from lib.simkl.errors import Unreachable
from lib.simkl.tokens import (
    POLL_ERRORS,
    READ_SCOPE,
    Code,
    Poll,
    Token,
    User,
    code_from,
    text_from,
    token_from,
    user_from,
)

API_URL = "https://api.simkl.com"
START, PAUSE = "start", "pause"
"""Of a scrobble: each shows or saves where a play is, and neither marks it."""

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class Simkl(ApiRequests):
    """One client of Simkl. Its methods block, and are called from one thread at a time."""

    # -- signing in, generation 2 (RFC 8628) --

    def device_code(self, client_id: str, scope: str = READ_SCOPE) -> Code:
        form = {"client_id": client_id, "scope": scope}
        answer = self._dict(self._post("/oauth2/device", client_id, form=form))
        return code_from(answer, secret=text_from(answer, "device_code"))

    def poll_device(self, client_id: str, code: Code) -> Token | Poll:
        form = {"grant_type": _DEVICE_GRANT, "client_id": client_id, "device_code": code.secret}
        answer = self._post("/oauth2/token", client_id, form=form, expected=POLL_ERRORS)
        return answer if isinstance(answer, Poll) else token_from(self._dict(answer))

    def refresh(self, client_id: str, refresh_token: str) -> Token:
        """A new access token; the old one is dead from then on. SignedOut: the grant is over."""
        form = {
            "grant_type": "refresh_token",
            "client_id": client_id,
            "refresh_token": refresh_token,
        }
        return token_from(self._dict(self._post("/oauth2/token", client_id, form=form)))

    def revoke(self, client_id: str, refresh_token: str) -> None:
        """End the whole grant."""
        form = {"client_id": client_id, "token": refresh_token}
        self._post("/oauth2/revoke", client_id, form=form)

    # -- signing in, generation 1 (PIN) --

    def pin(self, client_id: str) -> Code:
        return code_from(self._dict(self._get("/oauth/pin", client_id)), secret="")

    def poll_pin(self, client_id: str, code: Code) -> Token | Poll:
        answer = self._dict(self._get(f"/oauth/pin/{quote(code.user_code, safe='')}", client_id))
        if "device_code" in answer:
            return Poll.GONE
        if answer.get("result") == "OK":
            return Token(text_from(answer, "access_token"))
        return Poll.SLOW_DOWN if answer.get("message") == "Slow down" else Poll.PENDING

    # -- what the signed-in person has at Simkl --

    def user(self, client_id: str, token: str) -> User:
        return user_from(self._dict(self._post("/users/settings", client_id, token=token)))

    def watched(
        self, client_id: str, token: str, items: Sequence[Mapping[str, Any]], extended: str
    ) -> list[Any]:
        """One entry for each item, in their order, as Simkl said them.

        items: at most `asks.MOST_ITEMS`. extended: any of counters, episodes, specials, by commas.
        """
        query = {"extended": extended} if extended else {}
        answer = self._post("/sync/watched", client_id, token=token, body=list(items), query=query)
        if not isinstance(answer, list) or len(answer) != len(items):
            raise Unreachable("the answer has not one entry for each item")
        return answer

    def activities(self, client_id: str, token: str) -> Mapping[str, Any]:
        """When what moved last at Simkl, by its lists."""
        return self._dict(self._get("/sync/activities", client_id, token=token))

    # -- what is told to Simkl. Unreachable leaves open whether it was recorded --

    def add_to_history(
        self, client_id: str, token: str, body: Mapping[str, Any], *, allow_rewatch: bool = False
    ) -> Mapping[str, Any]:
        """What Simkl says to it, for `simkl/write_answers.py`.

        body: `movies` and `shows` with each episode by its number and each with `watched_at`.
        """
        # An episode that Simkl does not place is not to count as its whole series.
        query = {"skip_auto_watching": "yes", **({"allow_rewatch": "yes"} if allow_rewatch else {})}
        return self._write("/sync/history", client_id, token, body, query)

    def remove_from_history(
        self, client_id: str, token: str, body: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What Simkl says to it. body: `shows` with each episode by its number, and nothing else:
        a film, or a series without episodes, would lose its rating and its list.
        """
        return self._write("/sync/history/remove", client_id, token, body)

    def scrobble(
        self, client_id: str, token: str, action: str, body: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What Simkl says to it. action: START or PAUSE."""
        return self._write(f"/scrobble/{action}", client_id, token, body)

    def _write(
        self,
        path: str,
        client_id: str,
        token: str,
        body: Mapping[str, Any],
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        what = {"token": token, "body": body, "query": query, "trouble": trouble_of_write}
        return self._dict(self._post(path, client_id, **what))
