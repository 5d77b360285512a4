"""The door to Simkl: keeps the contract, names every failure, tells no secret, and can be left."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import Any, Callable, Iterator

import pytest

import lib.simkl.client
import lib.simkl.transport
from lib.simkl import errors
from lib.simkl.api_url import checked_address
from lib.simkl.asks import MOST_ITEMS
from lib.simkl.client import START, Simkl
from lib.simkl.tokens import WRITE_SCOPE, Code, Poll, Token
from lib.ui.error_texts import STRING_IDS
from tests.simkl_server import SimklServer, faults
from tests.simkl_server.answers import Answer

HEAT = {"type": "movie", "ids": {"tmdb": 949}}
DATE = "2024-03-01T20:00:00Z"


@dataclass
class Endpoint:
    """One method of the door: the path that it calls, and a call that is right."""

    path: str
    call: Callable[[Simkl, SimklServer], object]
    status: int = 200


def _poll_device(door: Simkl, server: SimklServer) -> object:
    # Made at the server itself, so that a fault meets the poll and not the code before it.
    site = server._site
    made = site.codes.new_device(server.client_id, "media:read", server.clock.now())
    code = Code(made.user_code, made.device_code, "", 900, 5)
    server.approve(made.user_code)
    return door.poll_device(server.client_id, code)


def _poll_pin(door: Simkl, server: SimklServer) -> object:
    made = server._site.codes.new_pin(server.old_client_id, server.clock.now())
    server.approve(made.user_code)
    return door.poll_pin(server.old_client_id, Code(made.user_code, "", "", 900, 5))


def _scrobble(door: Simkl, server: SimklServer) -> object:
    if not server.person.asked:
        server.person.asked.add(server.add_film("Heat", 1995, tmdb=949))
    body = {"progress": 1.5, "movie": FILM}
    return door.scrobble(server.client_id, _writing_token(server), START, body)


def _refresh_token(server: SimklServer) -> str:
    token = server.sign_in().refresh_token
    assert token
    return token


def _writing_token(server: SimklServer) -> str:
    server.person.may_be_written = True
    return server.sign_in(scope=WRITE_SCOPE).access_token


FILM = {"ids": {"tmdb": 949}}
HISTORY = {"movies": [{**FILM, "watched_at": DATE}]}
EPISODE = {"ids": {"tvdb": 1}, "seasons": [{"number": 1, "episodes": [{"number": 1}]}]}

ENDPOINTS = {
    "device_code": Endpoint(
        "/oauth2/device", lambda door, server: door.device_code(server.client_id)
    ),
    "poll_device": Endpoint("/oauth2/token", _poll_device),
    "refresh": Endpoint(
        "/oauth2/token",
        lambda door, server: door.refresh(server.client_id, _refresh_token(server)),
    ),
    "revoke": Endpoint(
        "/oauth2/revoke",
        lambda door, server: door.revoke(server.client_id, _refresh_token(server)),
    ),
    "pin": Endpoint("/oauth/pin", lambda door, server: door.pin(server.old_client_id)),
    "poll_pin": Endpoint("/oauth/pin/*", _poll_pin),
    "user": Endpoint(
        "/users/settings",
        lambda door, server: door.user(server.client_id, server.sign_in().access_token),
    ),
    "watched": Endpoint(
        "/sync/watched",
        lambda door, server: door.watched(
            server.client_id, server.sign_in().access_token, [HEAT], "episodes,specials"
        ),
    ),
    "add_to_history": Endpoint(
        "/sync/history",
        lambda door, server: door.add_to_history(server.client_id, _writing_token(server), HISTORY),
        201,
    ),
    "remove_from_history": Endpoint(
        "/sync/history/remove",
        lambda door, server: door.remove_from_history(
            server.client_id, _writing_token(server), {"shows": [EPISODE]}
        ),
        201,
    ),
    "scrobble": Endpoint("/scrobble/start", _scrobble, 201),
}
every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)


WRITES = ("add_to_history", "remove_from_history", "scrobble")


# What is asked and what comes back.


@every_endpoint
def test_every_call_keeps_the_contract(
    door: Simkl, server: SimklServer, endpoint: Endpoint
) -> None:
    endpoint.call(door, server)
    assert server.violations == []
    (request,) = server.requests
    assert request.status == endpoint.status
    assert request.query["app-name"] == "simkl-watched"
    assert request.query["app-version"] == "0.1.0"
    assert request.headers["user-agent"] == "simkl-watched/0.1.0"


def test_a_device_code_is_approved_polled_and_becomes_a_token_that_reads(
    door: Simkl, server: SimklServer
) -> None:
    code = door.device_code(server.client_id)
    assert code.user_code == server.waiting_codes()[-1]
    assert (code.expires_in, code.interval) == (900, 5)
    assert code.address == "https://simkl.com/pin"
    assert door.poll_device(server.client_id, code) is Poll.PENDING
    server.approve(code.user_code)
    server.clock.forward(code.interval)
    token = door.poll_device(server.client_id, code)
    assert isinstance(token, Token)
    assert token.scope == "media:read"
    assert token.expires_in == 604800
    assert token.refresh_token
    assert door.user(server.client_id, token.access_token).name == "Ann"
    assert server.violations == []


def test_a_pin_is_approved_polled_and_becomes_a_token_that_does_not_end(
    door: Simkl, server: SimklServer
) -> None:
    code = door.pin(server.old_client_id)
    assert door.poll_pin(server.old_client_id, code) is Poll.PENDING
    server.approve(code.user_code)
    server.clock.forward(code.interval)
    token = door.poll_pin(server.old_client_id, code)
    assert isinstance(token, Token)
    assert token.refresh_token is None
    assert token.expires_in is None
    assert door.user(server.old_client_id, token.access_token).name == "Ann"
    assert server.violations == []


@pytest.mark.parametrize(
    ("happens", "answer"),
    [
        (lambda server, code: server.slow_down(code), Poll.SLOW_DOWN),
        (lambda server, code: server.forget_code(code), Poll.GONE),
        (lambda *_: None, Poll.PENDING),
    ],
)
def test_every_answer_to_a_polled_pin_is_told_apart(
    door: Simkl, server: SimklServer, happens: Callable[[SimklServer, str], None], answer: Poll
) -> None:
    code = door.pin(server.old_client_id)
    happens(server, code.user_code)
    assert door.poll_pin(server.old_client_id, code) is answer


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        ("authorization_pending", Poll.PENDING),
        ("slow_down", Poll.SLOW_DOWN),
        ("expired_token", Poll.EXPIRED),
        ("access_denied", Poll.DENIED),
        ("invalid_grant", Poll.GONE),
    ],
)
def test_every_answer_to_a_polled_device_code_is_told_apart(
    door: Simkl, server: SimklServer, error: str, answer: Poll
) -> None:
    code = door.device_code(server.client_id)
    server.misbehave("/oauth2/token", faults.status(400, error))
    assert door.poll_device(server.client_id, code) is answer


def test_a_refresh_gives_a_new_token_and_the_old_one_is_dead(
    door: Simkl, server: SimklServer
) -> None:
    old = server.sign_in()
    assert old.refresh_token
    new = door.refresh(server.client_id, old.refresh_token)
    assert door.user(server.client_id, new.access_token).name == "Ann"
    with pytest.raises(errors.SignedOut):
        door.user(server.client_id, old.access_token)
    assert server.violations == []


def test_revoking_ends_the_whole_grant(door: Simkl, server: SimklServer) -> None:
    tokens = server.sign_in()
    assert tokens.refresh_token
    door.revoke(server.client_id, tokens.refresh_token)
    with pytest.raises(errors.SignedOut):
        door.refresh(server.client_id, tokens.refresh_token)
    assert server.violations == []


def test_what_was_watched_comes_in_the_order_in_which_it_was_asked(
    door: Simkl, server: SimklServer
) -> None:
    films = [server.add_film(f"Film {number}", 2000, tmdb=number) for number in (1, 2, 3)]
    server.person.watch(films[1], at=DATE)
    token = server.sign_in().access_token
    items = [{"type": "movie", "ids": {"tmdb": number}} for number in (3, 2, 1)]
    entries = door.watched(server.client_id, token, items, "")
    assert [entry["ids"]["tmdb"] for entry in entries] == [3, 2, 1]
    assert [entry["result"] for entry in entries] == [False, True, False]
    assert entries[1]["last_watched_at"] == DATE
    assert server.violations == []


def test_a_full_call_of_a_hundred_titles_is_taken(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    items = [{"type": "movie", "ids": {"tmdb": number}} for number in range(1, MOST_ITEMS + 1)]
    assert len(door.watched(server.client_id, token, items, "counters")) == MOST_ITEMS
    assert server.violations == []


def test_calls_one_after_another_are_never_two_posts_in_a_second(
    door: Simkl, server: SimklServer
) -> None:
    token = server.sign_in().access_token
    for _ in range(4):
        door.watched(server.client_id, token, [HEAT], "")
        door.device_code(server.client_id)
    assert server.violations == []


def test_a_post_that_failed_counts_for_the_pace_as_well(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    server.misbehave("/sync/watched", faults.silent_close)
    with pytest.raises(errors.Unreachable):
        door.watched(server.client_id, token, [HEAT], "")
    door.watched(server.client_id, token, [HEAT], "")
    assert server.violations == []


def test_the_person_may_have_no_name(door: Simkl, server: SimklServer) -> None:
    token = server.sign_in().access_token
    answers: list[object] = [{}, *({"user": user} for user in (None, {}, {"name": None}, ["Ann"]))]
    for answer in answers:
        server.misbehave("/users/settings", faults.answer(answer))
        assert door.user(server.client_id, token).name == ""


# Every failure has its name.

UNREACHABLE = {
    "500": faults.status(500),
    "502": faults.status(502),
    "503": faults.status(503, retry_after=0),
    "silent close": faults.silent_close,
    "html": faults.html,
    "half a JSON": faults.half_json,
    "cut in the middle": faults.cut_in_the_middle,
    "redirect": faults.redirect("https://evil.example/"),
    "too large": faults.huge(200_000),
    "dripping": faults.slow_drip(0.02),
}


@pytest.mark.parametrize("name", [name for name in ENDPOINTS if name != "revoke"])
def test_a_success_of_another_shape_is_unreachable(
    door: Simkl, server: SimklServer, name: str
) -> None:
    shapes = [faults.answer(body) for body in (None, True, 7, "OK", [], [1, 2])]
    # A person may have no name; what the answer to a write says is read by write_answers.
    if name not in ("user", *WRITES):
        shapes.append(faults.answer({"result": "OK"}))
    for fault in (faults.empty_body, faults.no_content, *shapes):
        server.misbehave(ENDPOINTS[name].path, fault)
        server.clock.forward(10)
        with pytest.raises(errors.Unreachable):
            ENDPOINTS[name].call(door, server)
    assert server.violations == []


def test_an_answer_is_given_up_when_simkl_is_silent(
    door: Simkl, server: SimklServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.simkl.transport, "_SILENCE_SECONDS", 0.05)
    server.misbehave("/sync/watched", faults.hang(5))
    with pytest.raises(errors.Unreachable):
        ENDPOINTS["watched"].call(door, server)


def test_after_an_answer_that_dripped_for_too_long_the_next_call_works(
    door: Simkl, server: SimklServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.simkl.transport, "_WHOLE_ANSWER_SECONDS", 0.1)
    server.misbehave("/sync/watched", faults.slow_drip(0.1))
    start = time.monotonic()
    with pytest.raises(errors.Unreachable):
        ENDPOINTS["watched"].call(door, server)
    assert time.monotonic() - start < 3  # the whole answer drips for half a minute
    assert ENDPOINTS["watched"].call(door, server)


def test_no_network_is_unreachable(server: SimklServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    door = Simkl(f"http://127.0.0.1:{port}", "0.1.0")
    with pytest.raises(errors.NotConnected, match="ConnectionRefusedError"):
        door.pin(server.old_client_id)
    door.leave()


def test_an_answer_in_another_order_or_length_is_no_answer(
    door: Simkl, server: SimklServer
) -> None:
    token = server.sign_in().access_token
    for length in (0, 1, 3):
        server.misbehave("/sync/watched", faults.answer([{"result": True}] * length))
        with pytest.raises(errors.Unreachable):
            door.watched(server.client_id, token, [HEAT, HEAT], "")


@pytest.mark.parametrize(
    ("status", "error", "trouble"),
    [
        (400, "empty_field", errors.BadRequest),
        (400, "max_items", errors.BadRequest),
        (404, "id_err", errors.BadRequest),
        (409, "conflict", errors.BadRequest),
        (418, "teapot", errors.BadRequest),
        (400, "unauthorized_client", errors.ClientIdRefused),
        (401, "invalid_client", errors.ClientIdRefused),
        (412, "client_id_failed", errors.ClientIdRefused),
        (401, "user_token_failed", errors.SignedOut),
        (401, "something_new", errors.SignedOut),
        (400, "invalid_grant", errors.SignedOut),
        (401, "invalid_grant", errors.SignedOut),
        (403, "insufficient_scope", errors.Refused),
        (403, "something_new", errors.Refused),
        (429, "rate_limit", errors.TooFast),
        (429, "something_new", errors.TooFast),
        (429, "user_limit_exceeded", errors.DayUsedUp),
        (429, "app_limit_exceeded", errors.DayUsedUp),
        (500, "server_error", errors.Unreachable),
        (503, "user_token_failed", errors.Unreachable),
        (599, "something_new", errors.Unreachable),
        (301, "something_new", errors.Unreachable),
        (206, "something_new", errors.Unreachable),
    ],
)
def test_every_refusal_has_its_name(
    door: Simkl, server: SimklServer, status: int, error: str, trouble: type[errors.Trouble]
) -> None:
    server.misbehave("/sync/watched", faults.status(status, error))
    with pytest.raises(errors.Trouble) as caught:
        ENDPOINTS["watched"].call(door, server)
    assert type(caught.value) is trouble
    assert str(status) in str(caught.value)


@pytest.mark.parametrize("status", [401, 412])
def test_a_hotels_login_page_signs_nobody_out(
    door: Simkl, server: SimklServer, status: int
) -> None:
    server.misbehave("/sync/watched", faults.answer("Please pay", status))
    with pytest.raises(errors.Unreachable):
        ENDPOINTS["watched"].call(door, server)


def test_a_client_id_of_the_other_generation_is_refused(door: Simkl, server: SimklServer) -> None:
    with pytest.raises(errors.ClientIdRefused):
        door.device_code(server.old_client_id)
    with pytest.raises(errors.ClientIdRefused):
        door.device_code("nobody's")
    with pytest.raises(errors.ClientIdRefused):
        door.pin(server.client_id)
    with pytest.raises(errors.ClientIdRefused):
        door.pin("nobody's")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("86400", 86400.0),
        ("999999", 26 * 3600.0),
        ("9999999", None),
        ("-7", None),
        ("7.5", None),
        ("soon", None),
        ("²", None),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:30 GMT", 30.0),
        ("Wednesday, 21-Oct-26 07:29:00 GMT", 60.0),
        ("Wed, 21 Oct 2026 07:27:00 GMT", 0.0),
        ("Wed, 21 Oct 2036 07:28:00 GMT", 26 * 3600.0),
        ("Wed, 41 Oct 2026 07:28:30 GMT", None),
        ("Wed, 21 Oct 99999 07:28:30 GMT", None),
    ],
)
def test_too_fast_says_how_long_simkl_asks_to_wait(
    door: Simkl, server: SimklServer, header: str, seconds: float | None
) -> None:
    def told(exchange: Any) -> None:
        headers = {"Date": "Wed, 21 Oct 2026 07:28:00 GMT"}
        headers.update({"Retry-After": header} if header else {})
        exchange.send(Answer(429, {"error": "rate_limit", "code": 429}, headers))

    server.misbehave("/sync/watched", told)
    with pytest.raises(errors.TooFast) as caught:
        ENDPOINTS["watched"].call(door, server)
    assert caught.value.retry_after == seconds


def test_the_days_calls_used_up_says_how_long_until_midnight(
    door: Simkl, server: SimklServer
) -> None:
    server.person.calls_left = 0
    with pytest.raises(errors.DayUsedUp) as caught:
        ENDPOINTS["watched"].call(door, server)
    assert 0 < (caught.value.retry_after or 0) <= 25 * 3600


# The token goes to one address only.


def test_a_redirect_is_not_followed(door: Simkl, server: SimklServer) -> None:
    with SimklServer() as elsewhere:
        server.misbehave("*", faults.redirect(f"{elsewhere.url}/sync/watched"), times=None)
        for endpoint in ENDPOINTS.values():
            with pytest.raises(errors.Unreachable):
                endpoint.call(door, server)
        assert elsewhere.requests == []


@pytest.fixture
def eavesdropper(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A proxy that the environment names, and that nobody should speak to."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("NO_PROXY", "")
        yield proxy


def test_what_goes_to_this_machine_in_the_clear_goes_through_no_proxy(
    eavesdropper: socket.socket, door: Simkl, server: SimklServer
) -> None:
    assert ENDPOINTS["watched"].call(door, server)
    with pytest.raises(BlockingIOError):
        eavesdropper.accept()


def test_a_netrc_adds_no_password(
    door: Simkl, server: SimklServer, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for endpoint in ENDPOINTS.values():
        endpoint.call(door, server)
    assert server.violations == []


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("https://api.simkl.com", "https://api.simkl.com"),
        (" https://api.simkl.com/ ", "https://api.simkl.com"),
        ("HTTPS://api.simkl.com", "HTTPS://api.simkl.com"),
        ("https://simkl.example:8443/api/", "https://simkl.example:8443/api"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.5.6.7", "http://127.5.6.7"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://LOCALHOST", "http://LOCALHOST"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_https_anywhere_and_plain_http_to_this_machine_are_taken(address: str, used: str) -> None:
    assert checked_address(address) == used


@pytest.mark.parametrize(
    "address",
    [
        *("", " ", "api.simkl.com", "//api.simkl.com", "https://", "https:///sync", "https://:443"),
        *("ftp://api.simkl.com", "file:///etc/passwd", "javascript:alert(1)", "http:api.simkl.com"),
        # In the clear to somebody else, however it is dressed up.
        *("http://api.simkl.com", "http://192.168.1.2", "http://10.0.0.1", "http://0.0.0.0"),
        *(
            "http://127.evil.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
        ),
        *("http://127.0.0.1@evil.example", "http://evil.example#127.0.0.1", "http://127.0.0"),
        *("http://[::2]", "http://[::ffff:192.168.1.2]", "http://128.0.0.1", "http://127.0.0.1234"),
        # More than a host and a path.
        *(
            "https://user@api.simkl.com",
            "https://user:word@api.simkl.com",
            "https://:w@api.simkl.com",
        ),
        *("https://api.simkl.com?a=b", "https://api.simkl.com/#a", "https://api.simkl.com?"),
        # What Python itself cannot read.
        *("http://[::1", "https://[api.simkl.com]", "https://api.simkl.com:port"),
        *("https://api.simkl.com:99999", "https://api simkl.com", "https://api.simkl.com/a b"),
    ],
)
def test_an_address_that_no_token_may_be_sent_to_is_refused(address: str) -> None:
    with pytest.raises(errors.BadAddress):
        checked_address(address)


# No secret is told.


def secrets_in(said: str, server: SimklServer) -> list[str]:
    codes = [code.user_code for code in server._site.codes._codes]
    every = [*server.secrets(), *codes]
    every += [server.client_id, server.old_client_id, server.url, "127.0.0.1"]
    return [secret for secret in every if secret in said]


def all_words_of(error: BaseException) -> str:
    """Everything that any log could print of an error and of what led to it."""
    words, below, seen = "", [error], set()
    while below:
        each = below.pop()
        seen.add(id(each))
        lines = traceback.format_exception(type(each), each, each.__traceback__)
        words += f"{each!s}{each!r}{each.args!r}{vars(each)!r}{''.join(lines)}"
        chain = (each.__cause__, each.__context__)
        below += [inner for inner in chain if inner is not None and id(inner) not in seen]
    return words


@every_endpoint
@pytest.mark.parametrize("fault", UNREACHABLE.values(), ids=UNREACHABLE)
def test_trouble_on_the_way_is_unreachable_never_an_answer_and_tells_no_secret(
    door: Simkl,
    server: SimklServer,
    endpoint: Endpoint,
    fault: faults.Fault,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(lib.simkl.transport, "_LARGEST_ANSWER", 100_000)
    if fault is UNREACHABLE["dripping"]:
        monkeypatch.setattr(lib.simkl.transport, "_WHOLE_ANSWER_SECONDS", 0.05)
    server.misbehave(endpoint.path, fault)
    with pytest.raises(errors.Unreachable) as caught:
        endpoint.call(door, server)
    assert secrets_in(all_words_of(caught.value) + caplog.text, server) == []
    assert server.violations == []


def whoever(fault: faults.Fault) -> Callable[[SimklServer], faults.Fault]:
    return lambda _: fault


TELLTALES: dict[str, Callable[[SimklServer], faults.Fault]] = {
    **{str(status): whoever(faults.status(status)) for status in (400, 401, 403, 404, 412, 429)},
    "says the client id": lambda server: faults.answer({"error": server.client_id}, 400),
    "says the address": lambda server: faults.answer({"error": f"{server.url}/x"}, 403),
    "redirects": lambda server: faults.redirect(f"{server.url}/?{server.client_id}"),
}


@every_endpoint
def test_no_refusal_tells_a_secret(
    door: Simkl, server: SimklServer, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for fault in TELLTALES.values():
        server.misbehave(endpoint.path, fault(server))
        server.clock.forward(10)
        with pytest.raises(errors.Trouble) as caught:
            endpoint.call(door, server)
        assert secrets_in(all_words_of(caught.value) + caplog.text, server) == []


def test_an_error_of_a_dead_network_tells_no_secret(server: SimklServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    door = Simkl(f"http://127.0.0.1:{port}", "0.1.0")
    with pytest.raises(errors.Unreachable) as caught:
        door.user(server.client_id, server.sign_in().access_token)
    door.leave()
    assert secrets_in(all_words_of(caught.value), server) == []


def test_a_token_that_fits_no_header_tells_no_secret(door: Simkl, server: SimklServer) -> None:
    for token in ("simkl_at_a\nb", "simkl_at_\u20ac"):
        with pytest.raises(errors.Trouble) as caught:
            door.user(server.client_id, token)
        assert "simkl_at" not in all_words_of(caught.value)


# Kodi leaves at once.


def outcome_in_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except errors.Trouble as trouble:
            raised.append(trouble)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


@every_endpoint
def test_leaving_ends_a_request_that_hangs(
    door: Simkl, server: SimklServer, endpoint: Endpoint
) -> None:
    server.misbehave(endpoint.path, faults.hang(30))
    thread, raised = outcome_in_thread(lambda: endpoint.call(door, server))
    assert server.wait_for(lambda: server.requests_to(endpoint.path))
    start = time.monotonic()
    door.leave()
    thread.join(5)
    assert time.monotonic() - start < 2
    assert [isinstance(error, errors.Unreachable) for error in raised] == [True]


def test_leaving_ends_an_answer_that_drips(door: Simkl, server: SimklServer) -> None:
    server.misbehave("/sync/watched", faults.slow_drip(0.1))
    thread, raised = outcome_in_thread(lambda: ENDPOINTS["watched"].call(door, server))
    assert server.wait_for(lambda: server.requests_to("/sync/watched"))
    start = time.monotonic()
    door.leave()
    thread.join(5)
    assert time.monotonic() - start < 2
    assert [isinstance(error, errors.Unreachable) for error in raised] == [True]


def test_leaving_ends_the_wait_between_two_posts(server: SimklServer) -> None:
    door = Simkl(server.url, "0.1.0")  # with its real rate limit
    ENDPOINTS["revoke"].call(door, server)
    thread, raised = outcome_in_thread(lambda: ENDPOINTS["watched"].call(door, server))
    start = time.monotonic()
    door.leave()
    thread.join(5)
    assert time.monotonic() - start < 0.8  # of the second that it would wait
    assert [isinstance(error, errors.Unreachable) for error in raised] == [True]
    assert server.requests_to("/sync/watched") == []


@every_endpoint
def test_after_leaving_nothing_is_asked(
    door: Simkl, server: SimklServer, endpoint: Endpoint
) -> None:
    endpoint.call(door, server)  # so that a connection is open
    server.forget_requests()
    door.leave()
    with pytest.raises(errors.Unreachable):
        endpoint.call(door, server)
    assert server.requests == []


def test_no_thread_stays_behind(door: Simkl, server: SimklServer) -> None:
    door.pin(server.old_client_id)
    assert server.wait_for(
        lambda: not any(isinstance(thread, threading.Timer) for thread in threading.enumerate())
    )


def test_requests_is_imported_at_the_first_request_and_not_before() -> None:
    script = (
        "import sys, lib.simkl.client, lib.account.account, lib.account.sign_in_flow\n"
        "import lib.lists.coordinator, lib.simkl.worker\n"
        "lib.simkl.client.Simkl('https://api.simkl.com', '0.1.0').leave()\n"
        "print(*({'requests', 'urllib3', 'ssl', 'http.client'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_every_trouble_has_a_sentence_and_stands_in_the_tree() -> None:
    troubles = [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, Exception)
    ]
    tree = errors.__doc__ or ""
    for each in troubles:
        assert issubclass(each, errors.Trouble)
        assert f" {each.__name__}" in tree
        assert isinstance(STRING_IDS[each], int)


def test_nothing_is_sent_with_a_token_before_the_time_that_simkl_asked_for(
    server: SimklServer, door: Simkl
) -> None:
    """Whoever asks: two calls may be on their way, one behind the other."""
    ann, bob = server.sign_in().access_token, server.sign_in().access_token
    server.misbehave("/sync/watched", faults.status(429, retry_after=30), 1)
    item = [{"type": "movie", "title": "Heat", "year": 1995}]
    for _ in range(2):
        with pytest.raises(errors.TooFast) as caught:
            door.watched(server.client_id, ann, item, "")
        assert 20 < (caught.value.retry_after or 0) <= 30
    assert len(door.watched(server.client_id, bob, item, "")) == 1
    server.clock.forward(30)
    assert len(door.watched(server.client_id, ann, item, "")) == 1
    assert server.violations == []
