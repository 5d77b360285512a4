"""A network that lets only a proxy out: the one that is set in Kodi is used for Simkl."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.simkl.client import API_URL
from tests.simkl_server.http_proxy import HttpProxy

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.network import NoNetwork, set_proxy

USER, PASSWORD = "ann-of-the-proxy", "pä:ss-of-the-proxy"
LOGIN = {"httpproxyusername": USER, "httpproxypassword": PASSWORD}
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
REFUSED = "The proxy that is set in Kodi does not let Simkl through."
SILENT = "The proxy that is set in Kodi does not answer."
NOT_USABLE = "Simkl Watched can only use a proxy of the type HTTP."


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> NoNetwork:
    return NoNetwork(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def shared_room(shared_kodi_factory: KodiFactory, network: NoNetwork) -> Iterator[LivingRoom]:
    settings = {"api_url": ""}
    with living_room(
        shared_kodi_factory, signed_in=False, settings=settings, python_path=network.folder
    ) as room:
        library = room.new_library()
        library.film("Heat", 1995, ids={"tmdb": "949"})
        heat = room.simkl.add_film("Heat", 1995, tmdb=949)
        room.simkl.person.watch(heat, at="2024-03-01T20:00:00Z")
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture
def room(shared_room: LivingRoom) -> Iterator[LivingRoom]:
    yield shared_room
    shared_room.leave_dialogs()
    shared_room.kodi.home()


@pytest.fixture
def proxy() -> Iterator[HttpProxy]:
    with HttpProxy() as proxy:
        yield proxy


def signing_in_says(room: LivingRoom, words: str) -> None:
    room.press("sign_in")
    room.kodi.wait_for(lambda: words in room.kodi.dialog(), what=words)


def test_kodis_proxy_is_asked_with_its_login_and_no_other_way_is_tried(
    room: LivingRoom, network: NoNetwork, proxy: HttpProxy
) -> None:
    set_proxy(room.kodi, proxy.port, **LOGIN)
    signing_in_says(room, REFUSED)
    assert "127.0.0.1" in network.hosts  # it is noted what is looked up
    assert "api.simkl.com" not in network.hosts
    assert all(each.startswith("CONNECT api.simkl.com:443 ") for each in proxy.asked)
    assert all(f"Proxy-Authorization: Basic {BASIC}\r\n" in each for each in proxy.asked)


def test_a_proxy_that_says_nothing_is_said(room: LivingRoom, network: NoNetwork) -> None:
    with HttpProxy(is_silent=True) as proxy:
        set_proxy(room.kodi, proxy.port, **LOGIN)
        signing_in_says(room, SILENT)
        assert len(proxy.asked) == 1
    signing_in_says(room, SILENT)  # and nobody is there any more
    assert "api.simkl.com" not in network.hosts


@pytest.mark.parametrize("kind", [1, 2, 3, 4, 5])
def test_a_kind_of_proxy_that_cannot_be_spoken_to_is_said_and_nothing_is_asked(
    room: LivingRoom, network: NoNetwork, proxy: HttpProxy, kind: int
) -> None:
    set_proxy(room.kodi, proxy.port, httpproxytype=kind)
    signing_in_says(room, NOT_USABLE)
    assert proxy.asked == []
    assert "api.simkl.com" not in network.hosts


def test_while_lists_are_opened_it_is_said_once_and_followed_as_it_changes(
    room: LivingRoom, network: NoNetwork, proxy: HttpProxy
) -> None:
    set_proxy(room.kodi, proxy.port, **LOGIN)
    with room.without_the_add_on():
        room.sign_in(api_url=API_URL)
    room.press_a_key()
    room.kodi.open(FILMS)
    room.kodi.wait_for(lambda: _said(room, REFUSED), what=REFUSED)
    room.let_it_look(5)
    assert _said(room, REFUSED) == 1
    with HttpProxy() as other:
        set_proxy(room.kodi, other.port, httpproxyusername="", httpproxypassword="")
        room.press("check_now")
        room.kodi.wait_for(lambda: other.asked, what="the other proxy to be asked")
        assert "Proxy-Authorization" not in other.asked[0]
    assert "api.simkl.com" not in network.hosts


def test_what_goes_to_this_machine_goes_through_no_proxy(
    room: LivingRoom, proxy: HttpProxy
) -> None:
    set_proxy(room.kodi, proxy.port, **LOGIN)
    with room.without_the_add_on():
        room.sign_in()
    room.set_setting("api_url", room.simkl.url)
    room.press_a_key()
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    assert proxy.asked == []


def test_after_all_of_that_only_kodis_own_settings_hold_the_login(room: LivingRoom) -> None:
    home = room.kodi.home_folder.root
    holders = {file.name for file in home.rglob("*") if _holds_login(file)}
    assert holders <= {"guisettings.xml"}


def _said(room: LivingRoom, words: str) -> int:
    return sum(words in each for each in room.kodi.notifications())


def _holds_login(file: Path) -> bool:
    if not file.is_file() or file.is_symlink():
        return False
    content = file.read_bytes()
    return any(secret.encode() in content for secret in (USER, PASSWORD, BASIC))
