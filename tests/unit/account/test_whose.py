"""Whose a sign-in is at Simkl, whatever it was made with, and whether it may write."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from lib.account.account import Account
from lib.account.grant import Grant
from lib.account.sign_in_flow import SignInFlow
from lib.account.signed_in_client import SignedInClient
from lib.simkl.client import Simkl
from lib.simkl.tokens import READ_SCOPE, WRITE_SCOPE, User
from lib.simkl.worker import Worker
from tests.simkl_server import Person, SimklServer, faults


def grant_of(
    server: SimklServer, person: Person | None = None, client_id: str = "", scope: str = READ_SCOPE
) -> Grant:
    client_id = client_id or server.client_id
    tokens = server.sign_in(client_id, person, scope)
    generation = 1 if client_id == server.old_client_id else 2
    names = (generation, client_id, server.url)
    return Grant(*names, tokens.access_token, tokens.refresh_token, scope=tokens.scope)


def known(door: Simkl, grant: Grant) -> Grant:
    return grant.of(door.user(grant.client_id, grant.access_token))


# Whose it is.


def test_each_sign_in_of_a_person_is_of_one_account(door: Simkl, server: SimklServer) -> None:
    ann = [known(door, grant_of(server, client_id=name)) for name in (server.client_id,) * 2]
    ann.append(known(door, grant_of(server, client_id=server.old_client_id)))
    bob = known(door, grant_of(server, server.add_person("Bob")))
    assert len({grant.account for grant in ann}) == 1
    assert len({grant.person for grant in ann}) == 3
    assert ann[0].account not in ("", bob.account)
    assert (ann[0].name, bob.name) == ("Ann", "Bob")
    elsewhere = replace(ann[0], api_url="https://api.simkl.com", account="").of(User("", "1"))
    assert elsewhere.account not in ("", ann[0].account)


@pytest.mark.parametrize(
    "said", [{}, {"account": None}, {"account": {}}, {"account": {"id": True}}, {"account": [1]}]
)
def test_an_account_that_simkl_does_not_name_stays_as_it_is(
    door: Simkl, server: SimklServer, said: dict[str, object]
) -> None:
    for account in ("", "abc"):
        server.misbehave("/users/settings", faults.answer({"user": {"name": "Ann"}, **said}))
        assert known(door, replace(grant_of(server), account=account)).account == account


def test_the_account_outlives_a_restart_and_is_no_secret(
    door: Simkl, server: SimklServer, tmp_path: Path
) -> None:
    grant = known(door, grant_of(server))
    Account(tmp_path / "account.json").keep(grant)
    account = Account(tmp_path / "account.json")
    account.load()
    assert account.grant == grant
    assert len(grant.account) == 16


def stored(folder: Path) -> Grant | None:
    account = Account(folder / "account.json")
    account.load()
    return account.grant


def test_a_version_from_before_accounts_finds_the_sign_in_as_it_knows_it(
    server: SimklServer, tmp_path: Path
) -> None:
    grant = grant_of(server)
    Account(tmp_path / "account.json").keep(grant)
    before = (tmp_path / "account.json").read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["account.json"]
    Account(tmp_path / "account.json").keep(grant.of(User("", "1")))
    assert (tmp_path / "account.json").read_text() == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "{}", '["a", "b"]', '[["a"], "b", 7]', "[" * 10_000, None]
)
def test_what_cannot_be_read_of_an_account_is_not_known(
    server: SimklServer, tmp_path: Path, text: str | None
) -> None:
    grant = grant_of(server)
    Account(tmp_path / "account.json").keep(grant.of(User("", "1")))
    file = tmp_path / "whose.json"
    file.write_text(json.dumps([grant.person, 7]) if text is None else text)
    assert stored(tmp_path) == grant
    file.unlink()
    file.mkdir()
    Account(tmp_path / "account.json").keep(grant.of(User("", "1")))
    assert stored(tmp_path) == grant


def test_an_account_is_of_one_sign_in(server: SimklServer, tmp_path: Path) -> None:
    """A version from before accounts may have signed somebody else in."""
    Account(tmp_path / "account.json").keep(grant_of(server).of(User("", "1")))
    whose = (tmp_path / "whose.json").read_text()
    other = grant_of(server, server.add_person("Bob"))
    Account(tmp_path / "account.json").keep(other)
    assert (tmp_path / "whose.json").read_text() == whose
    assert stored(tmp_path) == other


def test_signing_out_leaves_nothing(server: SimklServer, tmp_path: Path) -> None:
    account = Account(tmp_path / "account.json")
    account.keep(grant_of(server).of(User("", "1")))
    assert len(list(tmp_path.iterdir())) == 2
    account.forget()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def client(door: Simkl, server: SimklServer, account: Account) -> SignedInClient:
    client = SignedInClient(account, Worker())
    client.begin(door, server.client_id)
    return client


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(tmp_path / "account.json")


def test_an_account_that_is_not_known_can_be_asked_for_and_is_kept(
    client: SignedInClient, server: SimklServer, account: Account, tmp_path: Path
) -> None:
    assert client.ask_whose() is None
    account.keep(grant_of(server))
    pending = client.ask_whose()
    assert pending is not None
    assert pending.wait(5)
    whose = pending.outcome()
    assert whose != ""
    again = Account(tmp_path / "account.json")
    again.load()
    for kept in (account.grant, again.grant):
        assert kept is not None
        assert (kept.account, kept.name) == (whose, "Ann")
    assert server.violations == []


def test_whose_it_is_does_not_bring_a_sign_in_back_that_is_over(
    server: SimklServer, account: Account
) -> None:
    grant = grant_of(server)
    assert account.know(grant, User("Ann", "1")).account != ""
    assert account.grant is None
    other = grant_of(server, server.add_person("Bob"))
    account.keep(other)
    account.know(grant, User("Ann", "1"))
    assert account.grant == other


def test_a_token_that_was_refreshed_meanwhile_is_kept(
    server: SimklServer, account: Account
) -> None:
    grant = grant_of(server)
    account.keep(replace(grant, access_token="newer"))
    account.know(grant, User("Ann", "1"))
    assert account.grant is not None
    assert account.grant.access_token == "newer"
    assert account.grant.account != ""


# Whether it may write.


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (READ_SCOPE, False),
        (WRITE_SCOPE, True),
        ("media:write media:read", True),
        ("", False),
        ("media:writes", False),
        ("media:read media_write", False),
    ],
)
def test_the_scope_that_was_granted_says_whether_it_may_write(scope: str, *, may: bool) -> None:
    grant = Grant(2, "id", "https://api.simkl.com", "token", "refresh", scope=scope)
    assert grant.may_write == may
    assert replace(grant, generation=1).may_write
    assert Grant(**asdict(grant)) == grant


@pytest.mark.parametrize("scope", [READ_SCOPE, WRITE_SCOPE])
def test_a_sign_in_asks_for_what_it_is_told_to(
    door: Simkl, server: SimklServer, scope: str
) -> None:
    flow = SignInFlow(door, server.client_id, server.clock.now, scope)
    flow.step()
    assert flow.code is not None
    server.approve(flow.code.user_code)
    server.clock.forward(flow.wait())
    token = flow.step()
    assert token is not None
    assert token.scope == scope
    (asked,) = server.requests_to("/oauth2/device")
    assert isinstance(asked.body, dict)
    assert asked.body["scope"] == scope
    assert server.violations == []
