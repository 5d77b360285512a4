"""Who is signed in: one private file, one place that refreshes, no token for anybody else."""

from __future__ import annotations

import json
import os
import stat
import traceback
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Callable

import pytest

from lib.account.account import Account
from lib.account.grant import Grant
from lib.simkl import errors
from lib.simkl.client import Simkl
from tests.simkl_server import SimklServer, faults

DAY = 24 * 3600.0
HEAT = {"type": "movie", "ids": {"tmdb": 949}}

NO_TEXTS: list[object] = [None, 7, True, ["simkl_at_x"], {}]
NO_TIMES: list[object] = ["1.0", [1], {}]
NO_GENERATIONS: list[object] = [None, 0, 3, "2", [2]]
NO_VERSIONS: list[object] = [0, 2, None, "1", [1], ...]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "addon_data" / "service.simkl.watched" / "account.json"


@pytest.fixture
def account(file: Path, server: SimklServer) -> Account:
    return Account(file, server.clock.now)


@pytest.fixture
def grant(server: SimklServer) -> Grant:
    """A sign-in of generation 2 that Simkl has just made."""
    return grant_of(server, server.client_id, 2)


def grant_of(server: SimklServer, client_id: str, generation: int) -> Grant:
    tokens = server.sign_in(client_id)
    return Grant(
        generation,
        client_id,
        server.url,
        tokens.access_token,
        tokens.refresh_token,
        None if generation == 1 else server.clock.now() + tokens.expires_in,
        tokens.scope,
        "Ann",
    )


def asks(door: Simkl, client_id: str) -> Callable[[str], list[Any]]:
    return lambda token: door.watched(client_id, token, [HEAT], "")


def refreshes(server: SimklServer) -> int:
    return len(server.requests_to("/oauth2/token"))


def reopened(file: Path) -> Grant | None:
    """What Kodi finds at its next start."""
    account = Account(file)
    account.load()
    return account.grant


def started_again(file: Path, server: SimklServer, client_id: str) -> tuple[Account, Grant]:
    """The account after a restart of Kodi, and its sign-in for that client id."""
    account = Account(file, server.clock.now)
    account.load()
    grant = account.grant_for(client_id, server.url)
    assert grant is not None
    return account, grant


# The file.


@pytest.mark.parametrize("generation", [1, 2])
def test_a_sign_in_outlives_a_restart(
    account: Account, server: SimklServer, file: Path, generation: int
) -> None:
    client_id = server.client_id if generation == 2 else server.old_client_id
    grant = grant_of(server, client_id, generation)
    account.keep(grant)
    assert account.grant == grant
    assert reopened(file) == grant


def test_without_a_file_nobody_is_signed_in(account: Account) -> None:
    account.load()
    assert account.grant is None


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_file_is_its_owners_alone_from_its_first_byte_on(
    account: Account, grant: Grant, file: Path, monkeypatch: pytest.MonkeyPatch, umask: int
) -> None:
    modes: list[int] = []
    fdopen = os.fdopen

    def watching(handle: int, *how: Any, **more: Any) -> Any:
        modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return fdopen(handle, *how, **more)

    monkeypatch.setattr(os, "fdopen", watching)
    before = os.umask(umask)
    try:
        account.keep(grant)
        account.keep(replace(grant, name="Bob"))
    finally:
        os.umask(before)
    assert modes == [0o600, 0o600]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_private_after_the_next_sign_in(
    account: Account, grant: Grant, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    for path in (file, file.with_name(f"{file.name}.new")):
        path.write_text("left behind")
        path.chmod(0o644)
    account.keep(grant)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert reopened(file) == grant


def test_the_token_is_in_one_file_and_no_other_place(
    account: Account, grant: Grant, file: Path, tmp_path: Path
) -> None:
    account.keep(grant)
    account.keep(replace(grant, access_token="another"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_whole_and_no_token_beside_it(
    account: Account,
    grant: Grant,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails: str,
) -> None:
    account.keep(grant)
    newer = replace(grant, access_token="newer", name="Bob")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full) if fails == "fsync" else patch.setattr(
            Path, "replace", full
        )
        with pytest.raises(errors.AccountBroken):
            account.keep(newer)
    assert account.grant == newer  # it still counts until Kodi ends
    assert reopened(file) == grant
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_a_named_error(grant: Grant, tmp_path: Path) -> None:
    (tmp_path / "addon_data").write_text("a file where a folder should be")
    account = Account(tmp_path / "addon_data" / "account.json")
    with pytest.raises(errors.AccountBroken):
        account.keep(grant)
    assert account.grant == grant


def test_signing_out_leaves_nothing_behind(
    account: Account, grant: Grant, file: Path, tmp_path: Path
) -> None:
    account.keep(grant)
    file.with_name(f"{file.name}.new").write_text(json.dumps(asdict(grant)))  # Kodi was killed
    account.forget()
    account.forget()
    assert account.grant is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert reopened(file) is None


def test_a_file_that_cannot_be_removed_is_a_named_error_and_nobody_is_signed_in(
    account: Account, file: Path, grant: Grant
) -> None:
    account.keep(grant)
    file.unlink()
    file.mkdir()
    with pytest.raises(errors.AccountBroken):
        account.forget()
    assert account.grant is None


def stored(**changes: object) -> str:
    grant = Grant(2, "client id", "https://api.simkl.com", "simkl_at_x", "simkl_rt_x", 1.0)
    content = {"version": 1, **asdict(grant), **changes}
    return json.dumps({key: value for key, value in content.items() if value is not ...})


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", "{}", "[]", "null", "true", "7", '"simkl_at_x"', "simkl_at_x", "\0" * 64),
        *(stored()[:40], stored()[:-1], stored() + "}", "[" * 100_000),
        # Of another version.
        *(stored(version=version) for version in NO_VERSIONS),
        # With something missing, added, or of another type.
        *(stored(**{key: ...}) for key in ("generation", "client_id", "api_url", "access_token")),
        stored(simkl_at_x="simkl_at_x"),
        *(stored(access_token=wrong) for wrong in ("", *NO_TEXTS)),
        *(stored(client_id=wrong) for wrong in NO_TEXTS),
        *(stored(api_url=wrong) for wrong in NO_TEXTS),
        *(stored(refresh_token=wrong) for wrong in NO_TEXTS if wrong is not None),
        *(stored(expires_at=wrong) for wrong in NO_TIMES),
        *(stored(generation=wrong) for wrong in NO_GENERATIONS),
        *(stored(name=wrong) for wrong in NO_TEXTS),
        *(stored(scope=wrong) for wrong in NO_TEXTS),
    ],
)
def test_a_broken_file_means_signed_out_and_tells_no_token(file: Path, text: str) -> None:
    account = Account(file)
    account.keep(Grant(2, "client id", "https://api.simkl.com", "simkl_at_y"))
    file.write_text(text)
    with pytest.raises(errors.AccountBroken) as caught:
        account.load()
    assert account.grant is None
    assert file.read_text() == text  # it stays, for whoever can mend it
    said = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
    error: BaseException | None = caught.value
    while error:
        said += f"{error!r}{vars(error)!r}"
        error = error.__cause__ or error.__context__
    assert "simkl_at_x" not in said
    assert "simkl_rt_x" not in said


def test_a_file_that_is_no_text_means_signed_out(account: Account, file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(errors.AccountBroken):
        account.load()


def test_a_file_that_cannot_be_read_means_signed_out(account: Account, file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(errors.AccountBroken):
        account.load()
    assert account.grant is None


# A token is only used for what it was made for.


def test_a_sign_in_counts_for_its_own_client_id_and_address_only(
    account: Account, grant: Grant, server: SimklServer
) -> None:
    account.keep(grant)
    assert account.grant_for(server.client_id, server.url) == grant
    assert account.grant_for(server.old_client_id, server.url) is None
    assert account.grant_for("", server.url) is None
    assert account.grant_for(server.client_id, "https://api.simkl.com") is None
    assert account.grant == grant


# Refreshing.


def test_a_fresh_token_is_used_as_it_is(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.clock.forward(6 * DAY - 60)
    account.call(door, grant, asks(door, server.client_id))
    assert refreshes(server) == 0
    assert server.violations == []


def test_a_token_is_refreshed_a_day_before_its_end(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path
) -> None:
    account.keep(grant)
    server.clock.forward(6 * DAY + 60)
    account.call(door, grant, asks(door, server.client_id))
    renewed = account.grant
    assert renewed is not None
    assert renewed.access_token != grant.access_token
    assert renewed.expires_at == pytest.approx(server.clock.now() + 7 * DAY, abs=5)
    # The refresh token does not rotate, and who is signed in stays.
    assert (renewed.refresh_token, renewed.name) == (grant.refresh_token, "Ann")
    assert reopened(file) == renewed
    account.call(door, renewed, asks(door, server.client_id))
    assert refreshes(server) == 1
    assert server.violations == []


def test_a_token_that_ran_out_is_refreshed_and_nobody_notices(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.clock.forward(30 * DAY)
    assert account.call(door, grant, asks(door, server.client_id))
    assert refreshes(server) == 1
    assert [request.status for request in server.requests] == [200, 200]
    assert server.violations == []


def test_twenty_lists_later_there_was_one_refresh(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.clock.forward(8 * DAY)
    for _ in range(20):
        current = account.grant_for(server.client_id, server.url)
        assert current is not None
        account.call(door, current, asks(door, server.client_id))
    assert refreshes(server) == 1
    assert {request.status for request in server.requests} == {200}
    assert server.violations == []


def test_a_401_is_answered_by_one_refresh(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.expire_access(grant.access_token)
    assert account.call(door, grant, asks(door, server.client_id))
    assert refreshes(server) == 1
    assert [request.status for request in server.requests] == [401, 200, 200]
    assert server.violations == []


def test_a_refused_token_is_not_sent_again_by_the_next_start(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path
) -> None:
    account.keep(grant)
    server.expire_access(grant.access_token)
    server.misbehave("/oauth2/token", faults.status(503))
    with pytest.raises(errors.Unreachable):
        account.call(door, grant, asks(door, server.client_id))
    server.behave()
    restarted, current = started_again(file, server, server.client_id)
    assert current.person == grant.person
    assert restarted.call(door, current, asks(door, server.client_id))
    assert [request.status for request in server.requests] == [401, 503, 200, 200]
    assert server.violations == []


@pytest.mark.parametrize("generation", [1, 2])
def test_a_token_that_was_refused_for_good_is_not_sent_by_the_next_start_either(
    account: Account, server: SimklServer, door: Simkl, file: Path, generation: int
) -> None:
    client_id = server.client_id if generation == 2 else server.old_client_id
    grant = grant_of(server, client_id, generation)
    account.keep(grant)
    server.misbehave("/sync/watched", faults.status(401), times=generation)
    with pytest.raises(errors.SignedOut):
        account.call(door, grant, asks(door, client_id))
    server.behave()
    restarted, current = started_again(file, server, client_id)
    with suppress(errors.SignedOut):
        restarted.call(door, current, asks(door, client_id))
    assert server.violations == []


@pytest.mark.parametrize("signs_in", [True, False])
def test_what_another_kodi_with_the_same_file_did_stays(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path, signs_in: bool
) -> None:
    account.keep(grant)
    other, bobs = Account(file, server.clock.now), None
    if signs_in:
        bobs = replace(grant_of(server, server.client_id, 2), name="Bob")
        other.keep(bobs)
    else:
        other.forget()
    server.expire_access(grant.access_token)
    server.misbehave("/oauth2/token", faults.status(503))
    with pytest.raises(errors.Unreachable):
        account.call(door, grant, asks(door, server.client_id))
    assert reopened(file) == bobs
    server.behave()
    assert account.call(door, grant, asks(door, server.client_id))
    assert reopened(file) == bobs


def test_a_refresh_that_simkl_does_not_take_signs_nobody_out(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.expire_access(grant.access_token)
    server.misbehave("/oauth2/token", faults.status(400))
    with pytest.raises(errors.Unreachable):
        account.call(door, grant, asks(door, server.client_id))
    server.behave()
    assert account.grant is not None
    assert account.call(door, account.grant, asks(door, server.client_id))


def test_a_401_after_the_refresh_is_not_answered_by_another(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.misbehave("/sync/watched", faults.status(401), times=2)
    with pytest.raises(errors.SignedOut):
        account.call(door, grant, asks(door, server.client_id))
    assert [request.status for request in server.requests] == [401, 200, 401]
    assert server.violations == []


def test_a_grant_that_was_revoked_is_signed_out(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.revoke(grant.access_token)
    with pytest.raises(errors.SignedOut):
        account.call(door, grant, asks(door, server.client_id))
    assert [request.status for request in server.requests] == [401, 400]
    assert server.violations == []


def test_a_generation_1_token_is_never_refreshed(
    account: Account, server: SimklServer, door: Simkl
) -> None:
    grant = grant_of(server, server.old_client_id, 1)
    account.keep(grant)
    server.clock.forward(400 * DAY)
    assert account.call(door, grant, asks(door, server.old_client_id))
    server.revoke(grant.access_token)
    with pytest.raises(errors.SignedOut):
        account.call(door, grant, asks(door, server.old_client_id))
    assert refreshes(server) == 0
    assert server.violations == []


@pytest.mark.parametrize(
    "fault",
    [faults.status(500), faults.silent_close, faults.html, faults.status(429, retry_after=3)],
)
def test_while_the_old_token_is_good_a_refresh_that_fails_costs_nothing(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, fault: faults.Fault
) -> None:
    account.keep(grant)
    server.clock.forward(6 * DAY + 60)
    server.misbehave("/oauth2/token", fault)
    assert account.call(door, grant, asks(door, server.client_id))
    assert account.grant == grant
    server.behave()
    assert account.call(door, grant, asks(door, server.client_id))
    assert account.grant != grant
    assert server.violations == []


def test_a_refresh_that_fails_after_the_end_signs_nobody_out(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path
) -> None:
    account.keep(grant)
    server.clock.forward(8 * DAY)
    server.misbehave("/oauth2/token", faults.status(503))
    with pytest.raises(errors.Unreachable):
        account.call(door, grant, asks(door, server.client_id))
    assert server.requests_to("/sync/watched") == []
    assert account.grant == grant
    assert reopened(file) == grant


def test_an_answer_without_a_refresh_token_or_a_scope_keeps_the_old_ones(
    account: Account, grant: Grant, server: SimklServer, door: Simkl
) -> None:
    account.keep(grant)
    server.clock.forward(8 * DAY)

    def bare(answer: dict[str, Any]) -> object:
        return {key: answer[key] for key in ("access_token", "expires_in")}

    server.misbehave("/oauth2/token", faults.change(bare))
    account.call(door, grant, asks(door, server.client_id))
    assert account.grant is not None
    assert account.grant.refresh_token == grant.refresh_token
    assert account.grant.scope == "media:read"


def test_a_refreshed_token_that_cannot_be_stored_is_used_all_the_same(
    account: Account,
    grant: Grant,
    server: SimklServer,
    door: Simkl,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account.keep(grant)
    server.clock.forward(8 * DAY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert account.call(door, grant, asks(door, server.client_id))
    assert account.grant is not None
    assert account.grant.access_token != grant.access_token


# Another Kodi that shares the file, and a person who acts meanwhile.


def test_a_newer_token_that_another_kodi_has_stored_is_taken_instead_of_a_refresh(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path
) -> None:
    account.keep(grant)
    other = Account(file, server.clock.now)
    other.load()
    server.expire_access(grant.access_token)
    assert other.call(door, grant, asks(door, server.client_id))
    server.forget_requests()
    assert account.call(door, grant, asks(door, server.client_id))
    assert refreshes(server) == 0
    assert account.grant == other.grant


@pytest.mark.parametrize(
    "change",
    [{"api_url": "https://api.simkl.com"}, {"client_id": "somebody else's"}],
)
def test_a_stored_token_for_another_address_or_client_id_is_not_taken(
    account: Account,
    grant: Grant,
    server: SimklServer,
    door: Simkl,
    file: Path,
    change: dict[str, Any],
) -> None:
    account.keep(grant)
    server.expire_access(grant.access_token)
    Account(file).keep(replace(grant, access_token="simkl_at_foreign", **change))
    assert account.call(door, grant, asks(door, server.client_id))
    assert "simkl_at_foreign" not in [request.token for request in server.requests]
    assert server.violations == []


@pytest.mark.parametrize("meanwhile", ["signs out", "signs in anew"])
def test_a_refresh_under_way_does_not_undo_what_the_person_did_meanwhile(
    account: Account, grant: Grant, server: SimklServer, door: Simkl, file: Path, meanwhile: str
) -> None:
    account.keep(grant)
    server.clock.forward(8 * DAY)
    anew = None if meanwhile == "signs out" else grant_of(server, server.client_id, 2)

    def acts(answer: object) -> object:
        account.keep(anew) if anew else account.forget()
        return answer

    server.misbehave("/oauth2/token", faults.change(acts))
    account.call(door, grant, asks(door, server.client_id))
    assert account.grant == anew
    assert reopened(file) == anew
