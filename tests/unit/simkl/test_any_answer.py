"""Whatever comes over the wire: it is one of the answers that the contract has, or trouble."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lib.simkl.transport
from lib.simkl.activities import moved_at
from lib.simkl.client import START, Simkl
from lib.simkl.errors import NotTrusted, Trouble, Unreachable
from lib.simkl.tokens import Code, Poll, Token, User
from tests.simkl_server import SimklServer
from tests.simkl_server.answers import Answer
from tests.simkl_server.vault import Vault
from tests.simkl_server.wire import Exchange
from tests.unit.clocks import NoPace

HEAT = {"type": "movie", "ids": {"tmdb": 949}}
CODE = Code("ABCD", "secret", "", 900, 5)


# Any JSON, of any endpoint.

CALLS: dict[str, tuple[Callable[[Simkl], object], Callable[[Any], bool]]] = {
    "device_code": (lambda door: door.device_code("id"), lambda said: isinstance(said, Code)),
    "poll_device": (
        lambda door: door.poll_device("id", CODE),
        lambda said: isinstance(said, (Token, Poll)),
    ),
    "refresh": (lambda door: door.refresh("id", "t"), lambda said: isinstance(said, Token)),
    "revoke": (lambda door: door.revoke("id", "t"), lambda said: said is None),
    "pin": (lambda door: door.pin("id"), lambda said: isinstance(said, Code)),
    "poll_pin": (
        lambda door: door.poll_pin("id", CODE),
        lambda said: isinstance(said, (Token, Poll)),
    ),
    "user": (lambda door: door.user("id", "t"), lambda said: isinstance(said, User)),
    "watched": (
        lambda door: door.watched("id", "t", [HEAT], "episodes"),
        lambda said: isinstance(said, list) and len(said) == 1,
    ),
    "add_to_history": (
        lambda door: door.add_to_history("id", "t", {"movies": [HEAT]}),
        lambda said: isinstance(said, dict),
    ),
    "remove_from_history": (
        lambda door: door.remove_from_history("id", "t", {}),
        lambda said: isinstance(said, dict),
    ),
    "scrobble": (
        lambda door: door.scrobble("id", "t", START, {}),
        lambda said: isinstance(said, dict),
    ),
    "activities": (
        lambda door: moved_at(door.activities("id", "t")),
        lambda said: all(isinstance(at, str) for at in said.values()),
    ),
}

# What the contract uses, so that hypothesis finds its way into the answers.
_NAMES = st.sampled_from(
    [
        *("user_code", "device_code", "verification_uri_complete", "verification_url"),
        "expires_in",
        *("interval", "access_token", "refresh_token", "scope", "result", "message", "error"),
        *("user", "name", "movies", "tv_shows", "anime", "all", "watching", "completed"),
    ]
)
_VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["OK", "KO", "Slow down", "authorization_pending", "1e999", "2024-01-01"])
)
_JSON = st.recursive(
    _VALUES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(), inner, max_size=6)
    ),
    max_leaves=20,
)
_BODIES = _JSON.map(lambda said: json.dumps(said).encode()) | st.binary(max_size=40)
_STATUSES = st.sampled_from([200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 412, 429, 500, 503])


@pytest.mark.parametrize("name", CALLS)
@given(status=_STATUSES, body=_BODIES, told=st.none() | st.floats(0, 1e6))
def test_any_json_is_an_answer_of_the_contract_or_trouble(
    name: str, status: int, body: bytes, told: float | None
) -> None:
    call, is_right = CALLS[name]
    door = Simkl("http://127.0.0.1:9", "0.1.0", NoPace())
    door._transport.exchange = lambda *_, **__: (status, told, body)  # type: ignore[method-assign]
    with suppress(Trouble):
        assert is_right(call(door))


# Packed answers.


def packed(content: bytes) -> Callable[[Exchange], None]:
    """An answer that says itself that it is packed."""
    headers = {"Content-Encoding": "gzip"}
    return lambda exchange: exchange.send(Answer(200, raw=gzip.compress(content), headers=headers))


def test_an_answer_that_unpacks_to_too_much_is_given_up(
    door: Simkl, server: SimklServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.simkl.transport, "_LARGEST_ANSWER", 100_000)
    sizes = []
    bounded = lib.simkl.transport._bounded
    monkeypatch.setattr(lib.simkl.transport, "_bounded", lambda said: sizes.append(bounded(said)))
    token = server.sign_in().access_token
    server.misbehave("/users/settings", packed(b'{"user": "' + b"x" * 20_000_000 + b'"}'))
    with pytest.raises(Unreachable):
        door.user(server.client_id, token)
    assert sizes == []


def test_a_packed_answer_is_understood(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    server.misbehave("/users/settings", packed(b'{"user": {"name": "Ann"}}'))
    assert door.user(server.client_id, token).name == "Ann"


# TLS.


@pytest.fixture
def authorities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of authorities, in place of those that `requests` trusts."""
    file = tmp_path / "authorities.pem"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    return file


def user_name_at(vault: Vault) -> str:
    door = Simkl(vault.url, "0.1.0", NoPace())
    try:
        return door.user("id", "token").name
    finally:
        door.leave()


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with Vault() as vault, pytest.raises(NotTrusted) as caught:
        user_name_at(vault)
    assert "token" not in str(caught.value)
    assert vault.heard == []


@pytest.mark.parametrize(
    "certificate",
    [{"name": "api.example"}, {"ends": datetime(2024, 1, 1, tzinfo=timezone.utc)}],
    ids=["another host's", "ended"],
)
def test_a_certificate_that_is_not_good_here_and_now_is_refused(
    authorities: Path, certificate: dict[str, Any]
) -> None:
    with Vault(**certificate) as vault:
        vault.authority.cert_pem.write_to_path(str(authorities))
        with pytest.raises(NotTrusted):
            user_name_at(vault)
    assert vault.heard == []


def test_a_certificate_that_is_vouched_for_is_taken(authorities: Path) -> None:
    with Vault() as vault:
        vault.authority.cert_pem.write_to_path(str(authorities))
        assert user_name_at(vault) == "Ann"
