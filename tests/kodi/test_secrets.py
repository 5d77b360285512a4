"""Tokens, device codes and the client id are nowhere but where they belong, whatever fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.simkl_server.every_fault import FAULTS
from tests.simkl_server.vault import Vault

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
SAID = ("cannot be reached", "does not accept the client id", "refused to answer")
OF_A_SIGN_IN = ("silent close", "half a JSON", "a hotel's page", "elsewhere", "403", "500")


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        library = room.new_library()
        library.film("Heat", 1995, ids={"tmdb": "949"})
        room.titles["Heat"] = room.simkl.add_film("Heat", 1995, tmdb=949)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def nothing_is_left_over(room: LivingRoom) -> Iterator[None]:
    yield
    room.simkl.behave()
    room.leave_dialogs()


@pytest.mark.parametrize("name", FAULTS)
def test_what_fails_tells_no_process_a_secret(room: LivingRoom, name: str) -> None:
    room.begin_anew()
    room.simkl.person.watch(room.titles["Heat"], at=AT)
    room.simkl.misbehave("/sync/watched", FAULTS[name], times=2)
    room.press_a_key()
    room.kodi.open(FILMS)
    assert room.simkl.wait_for(room.asked)
    room.let_it_look(0.3)
    assert processes_that_know(room) == []


@pytest.mark.parametrize("name", OF_A_SIGN_IN)
def test_a_sign_in_that_fails_says_why(room: LivingRoom, name: str) -> None:
    room.simkl.misbehave("*", FAULTS[name], times=None)
    room.press("sign_in")
    room.kodi.wait_for(
        lambda: any(words in room.kodi.dialog() for words in SAID), what="what went wrong"
    )
    assert processes_that_know(room) == []


def test_no_token_goes_to_a_host_that_cannot_be_trusted(room: LivingRoom) -> None:
    try:
        with Vault() as vault:
            room.kodi.home()
            with room.without_the_add_on():
                room.sign_in(api_url=vault.url)
            room.set_setting("api_url", vault.url)
            room.press_a_key()
            room.kodi.open(FILMS)
            room.kodi.wait_for(lambda: "NotTrusted: " in room.kodi.log(), what="the refusal")
        assert vault.heard == []
    finally:
        room.set_setting("api_url", room.simkl.url)


def test_after_all_of_that_no_file_holds_a_secret_that_does_not_belong_there(
    room: LivingRoom,
) -> None:
    assert room.simkl.secrets() != []
    assert room.holders_of_secrets() == room.homes_of_secrets


def processes_that_know(room: LivingRoom) -> list[str]:
    """Those of this machine whose arguments or environment hold a secret."""
    secrets = [secret.encode() for secret in [*room.simkl.secrets(), room.simkl.client_id]]
    found = []
    for file in [*Path("/proc").glob("[0-9]*/cmdline"), *Path("/proc").glob("[0-9]*/environ")]:
        with suppress(OSError):
            content = file.read_bytes()
            found += [str(file) for secret in secrets if secret in content]
    return found
