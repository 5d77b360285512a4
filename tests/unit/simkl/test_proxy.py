"""Simkl is asked through the proxy that is set, with its login, which nobody else ever sees."""

from __future__ import annotations

import base64
import socket
import time
from pathlib import Path
from typing import Any

import pytest

import lib.simkl.transport
from lib.simkl import errors
from lib.simkl.client import Simkl
from lib.simkl.proxy import Proxy
from lib.simkl.retry_policy import RetryPolicy
from tests.simkl_server import SimklServer
from tests.simkl_server.http_proxy import HttpProxy
from tests.simkl_server.vault import Vault
from tests.unit.clocks import Clock, NoPace

HOST = "api.example"
USER, PASSWORD = "ann", "pä:ss@word"


@pytest.fixture(autouse=True)
def _no_way_but_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each other host is taken for one that is asked directly."""
    real = socket.getaddrinfo

    def only_here(host: object, *more: Any, **named: Any) -> object:
        assert host in ("127.0.0.1", "::1", "localhost"), f"{host} is asked directly"
        return real(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", only_here)


def of(server: HttpProxy, username: str = USER, password: str = PASSWORD) -> Proxy:
    return Proxy("http", "127.0.0.1", server.port, username, password)


def ask(proxy: Proxy | None, url: str = f"https://{HOST}") -> str:
    door = Simkl(url, "0.1.0", NoPace(), lambda: proxy)
    try:
        return door.user("id", "token").name
    finally:
        door.leave()


def trouble(proxy: Proxy) -> errors.Trouble:
    with pytest.raises(errors.Trouble) as caught:
        ask(proxy)
    words = f"{caught.value!r} {caught.value} {caught.value.__cause__} {caught.value.__context__}"
    assert not [each for each in (USER, PASSWORD, HOST, _basic()) if each in words]
    return caught.value


def _basic() -> str:
    return base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def test_simkl_is_asked_through_it_with_its_login_and_by_no_other_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Vault(HOST) as vault, HttpProxy(way=int(vault.url.rpartition(":")[2])) as server:
        authorities = tmp_path / "authorities.pem"
        vault.authority.cert_pem.write_to_path(str(authorities))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authorities))
        assert ask(of(server)) == "Ann"
        [asked] = server.asked
        assert asked.startswith(f"CONNECT {HOST}:443")
        assert f"Proxy-Authorization: Basic {_basic()}" in asked
        assert "token" not in asked
        [heard] = vault.heard
        assert "Proxy-Authorization" not in heard
        assert "Authorization: Bearer token" in heard


def test_without_a_login_none_is_sent() -> None:
    with HttpProxy() as server, pytest.raises(errors.ProxyRefused):
        ask(of(server, ""))
    assert "Proxy-Authorization" not in server.asked[0]


@pytest.mark.parametrize("status", [407, 403, 400, 405, 302])
def test_a_proxy_that_lets_nobody_through_is_told_from_simkl(status: int) -> None:
    with HttpProxy(status) as server:
        assert type(trouble(of(server))) is errors.ProxyRefused


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_does_not_reach_simkl_is_not_blamed(status: int) -> None:
    with HttpProxy(status) as server:
        assert type(trouble(of(server))) is errors.Unreachable


def test_a_certificate_that_is_none_of_simkls_is_no_fault_of_the_proxy() -> None:
    with Vault(HOST) as vault, HttpProxy(way=int(vault.url.rpartition(":")[2])) as server:
        assert type(trouble(of(server))) is errors.NotTrusted
        assert vault.heard == []


def test_a_proxy_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lib.simkl.transport, "_CONNECT_SECONDS", 0.2)
    with HttpProxy(is_silent=True) as server:
        assert type(trouble(of(server))) is errors.ProxySilent


def test_a_proxy_that_hangs_up_is_as_one_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert type(trouble(Proxy("http", "127.0.0.1", port))) is errors.ProxySilent


def test_a_service_that_is_no_proxy_is_as_one_that_says_nothing() -> None:
    with Vault() as vault:  # it speaks TLS
        port = int(vault.url.rpartition(":")[2])
        assert type(trouble(Proxy("http", "127.0.0.1", port))) is errors.ProxySilent


def test_where_the_proxys_machine_is_not_found_the_network_is_to_blame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(*_: object, **__: object) -> object:
        raise socket.gaierror(-3, "no network")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert type(trouble(Proxy("http", "proxy.example", 3128))) is errors.NotConnected


@pytest.mark.parametrize("scheme", ["socks4", "socks4a", "socks5", "socks5h", "https", ""])
def test_a_proxy_of_a_kind_that_cannot_be_spoken_to_is_said_and_nothing_is_asked(
    scheme: str,
) -> None:
    with HttpProxy() as server:
        assert type(trouble(Proxy(scheme, "127.0.0.1", server.port))) is errors.ProxyNotUsable
        assert server.asked == []


def test_what_goes_to_this_machine_goes_through_no_proxy(server: SimklServer) -> None:
    with HttpProxy() as proxy:
        door = Simkl(server.url, "0.1.0", NoPace(), lambda: of(proxy))
        door.user(server.client_id, server.sign_in().access_token)
        door.leave()
        with Vault() as vault, pytest.raises(errors.NotTrusted):
            ask(of(proxy), vault.url)
        assert proxy.asked == []


def test_another_login_counts_from_the_next_request_on() -> None:
    with HttpProxy() as server:
        proxies = [of(server, "old"), of(server, "new"), None]
        door = Simkl(f"https://{HOST}", "0.1.0", NoPace(), lambda: proxies[0])
        for _ in range(2):
            with pytest.raises(errors.ProxyRefused):
                door.user("id", "token")
            proxies.pop(0)
            door.follow_proxy()
        first, second = (each.partition("Basic ")[2].split()[0] for each in server.asked)
        assert base64.b64decode(first).startswith(b"old:")
        assert base64.b64decode(second).startswith(b"new:")
        with pytest.raises(AssertionError, match="asked directly"):
            door.user("id", "token")
        door.leave()


def test_leaving_ends_a_wait_for_a_proxy() -> None:
    import threading

    with HttpProxy(is_silent=True) as server:
        door = Simkl(f"https://{HOST}", "0.1.0", NoPace(), lambda: of(server))
        ended = threading.Event()

        def ask_and_end() -> None:
            with pytest.raises(errors.Unreachable):
                door.user("id", "token")
            ended.set()

        threading.Thread(target=ask_and_end, daemon=True).start()
        end = time.monotonic() + 5
        while not server.asked and time.monotonic() < end:
            time.sleep(0.01)
        door.leave()
        assert ended.wait(2)


def test_no_text_of_a_proxy_shows_its_login() -> None:
    proxy = Proxy("http", "proxy.lan", 3128, USER, PASSWORD)
    assert not [
        each for each in (USER, PASSWORD, _basic()) if each in f"{proxy!r}{proxy}{proxy.url}"
    ]


def test_the_address_of_a_proxy_may_be_one_of_ipv6() -> None:
    assert Proxy("http", "::1", 3128).url == "http://[::1]:3128"


@pytest.mark.parametrize("kind", [errors.ProxyRefused, errors.ProxySilent, errors.ProxyNotUsable])
def test_trouble_with_a_proxy_is_told_once_until_it_is_over(
    kind: type[errors.Unreachable],
) -> None:
    told: list[type[errors.Trouble]] = []
    log: list[str] = []
    policy = RetryPolicy(lambda trouble: told.append(type(trouble)), log.append, Clock())
    for _ in range(3):
        policy.failed(kind("SSLError"))
        policy.failed(errors.NotConnected("OSError"))
    assert told == [kind]
    policy.worked()
    assert log[-1] == "Simkl can be reached again"
    policy.failed(kind("SSLError"))
    assert told == [kind, kind]


def test_a_login_that_a_proxy_refuses_is_not_tried_at_each_list() -> None:
    """Some lock a person out who tries too often."""
    policy = RetryPolicy(lambda _: None, lambda _: None, Clock())
    policy.failed(errors.ProxyRefused("407"))
    policy.opens_list()
    assert policy.wait() > 0
    policy.end_for_now()
    assert policy.wait() == 0
