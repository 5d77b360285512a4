"""Kodi installs the add-on from the repository that `make release` makes, and updates it itself."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.simkl_server import faults
from tools.release import REPOSITORY_ID, release
from tools.zip import ADDON_ID, ROOT, build, shipped

from .harness.driver import Kodi, KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room

YES_NO, YES = 10100, 11
AT = "2024-03-01T20:00:00Z"
NEWER = "0.2.0"
_LOOKED = "CRepositoryUpdater: done"
_STARTED = f"{ADDON_ID}/service.py): start processing"


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address under which a folder is served."""
    handler = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def checkout(folder: Path, version: str) -> Path:
    """A copy of what ships, of that version."""
    for name in [*shipped(ROOT), "CHANGELOG.md"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name, before, after in (
        ("addon.xml", f'{ADDON_ID}" name="Simkl Watched" version="0.1.0"', None),
        ("addon.xml", "<news>0.1.0:", f"<news>{version}:"),
        ("CHANGELOG.md", "## [0.1.0]", f"## [{version}]"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        text = text.replace(before, after or before.replace("0.1.0", version))
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def version_of(kodi: Kodi) -> str:
    """Of the add-on in Kodi; "" where it is not installed and enabled."""
    listed = kodi.rpc("Addons.GetAddons", properties=["version"], enabled=True)["addons"]
    found = [addon["version"] for addon in listed if addon["addonid"] == ADDON_ID]
    return str(found[0]) if found else ""


def put(folder: Path, web: Path, url: str) -> Path:
    """Put a release on the web server; the zip of the add-on that tells of it."""
    made = release(folder, url=url)
    shutil.copytree(made, web, dirs_exist_ok=True)
    return next((made / REPOSITORY_ID).glob("*.zip"))


@pytest.mark.newest
def test_kodi_installs_from_the_repository_and_updates_by_itself(
    kodi_factory: KodiFactory, tmp_path: Path
) -> None:
    web = tmp_path / "web"
    web.mkdir()
    with hosted(web) as url:
        repository = put(checkout(tmp_path / "old", "0.1.0"), web, url)
        kodi = kodi_factory(addons=[repository])
        kodi.start()
        kodi.builtin("UpdateAddonRepos")
        kodi.wait_for(lambda: _LOOKED in kodi.log(), what="a look at the repository")
        kodi.builtin(f"InstallAddon({ADDON_ID})")
        kodi.wait_for(lambda: kodi.condition(f"Window.IsActive({YES_NO})"), what="the question")
        kodi.builtin(f"SendClick({YES_NO},{YES})")
        kodi.wait_for(lambda: version_of(kodi) == "0.1.0", what="the add-on")
        kodi.wait_for(lambda: _STARTED in kodi.log(), what="its start")
        time.sleep(1.5)  # nobody updates an add-on while it starts for the first time
        kodi.set_setting(ADDON_ID, "client_id", "kept")
        put(checkout(tmp_path / "new", NEWER), web, url)
        kodi.rpc("Settings.SetSettingValue", setting="general.addonupdates", value=0)
        kodi.builtin("UpdateAddonRepos")
        kodi.wait_for(lambda: version_of(kodi) == NEWER, what="the update")
        assert kodi.get_setting(ADDON_ID, "client_id") == "kept"
        assert "Traceback" not in kodi.log()


@pytest.mark.parametrize("busy", ["a request hangs", "somebody signs in", "the menu is open"])
def test_an_update_amid_what_goes_on_loses_nothing(
    kodi_factory: KodiFactory, tmp_path: Path, busy: str
) -> None:
    with living_room(kodi_factory) as room:
        library = room.new_library()
        library.film("Heat", 1995, ids={"tmdb": "949"})
        room.simkl.person.watch(room.simkl.add_film("Heat", 1995, tmdb=949), at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        be_busy(room, busy)
        starts = room.starts()
        room.kodi.install(build(checkout(tmp_path / "new", NEWER)))
        room.simkl.behave()
        room.kodi.wait_for(lambda: version_of(room.kodi) == NEWER, what="the update")
        # Nothing is asked before that: a condition would keep Kodi from ending what there was.
        room.kodi.wait_for(lambda: room.starts() > starts, what="its start")
        room.kodi.wait_for(lambda: not room.kodi.dialog(), what="no window")
        room.kodi.home()
        room.press_a_key()
        room.kodi.open(FILMS)
        room.wait_for_ticks("Heat")
        assert room.kodi.get_setting(ADDON_ID, "account") == "Ann"
        assert "didn't stop" not in room.kodi.log()


def be_busy(room: LivingRoom, busy: str) -> None:
    if busy == "a request hangs":
        room.simkl.misbehave("/sync/watched", faults.hang(60))
        room.kodi.open(FILMS)
        room.kodi.wait_for(room.asked, what="the request")
    elif busy == "somebody signs in":
        room.press("sign_in")
        room.kodi.wait_for(lambda: "simkl.com/pin" in room.kodi.dialog(), what="the code")
    else:
        room.press("open")
        room.kodi.wait_for(lambda: "Ann" in room.kodi.dialog(), what="the menu")


@pytest.mark.parametrize("busy", ["somebody signs in", "the menu is open"])
def test_switched_off_while_a_window_is_up_it_takes_the_window_with_it(
    kodi_factory: KodiFactory, busy: str
) -> None:
    with living_room(kodi_factory) as room:
        room.kodi.start()
        be_busy(room, busy)
        room.enable(False)
        # A condition, which the probe asks, would keep Kodi from ending it.
        room.kodi.wait_for(lambda: room.services() == 0, what="its end")
        room.let_it_look()
        room.kodi.wait_for(lambda: not room.kodi.dialog(), what="no window")
        assert "didn't stop" not in room.kodi.log()
