"""A living room: a Kodi with the add-on from its built zip, beside a Simkl on loopback."""

from __future__ import annotations

import functools
import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.simkl_server import SimklServer
from tests.simkl_server.catalogue import Title
from tests.simkl_server.grants import READ
from tools.zip import ADDON_ID, build

from .driver import Kodi, KodiFactory
from .library import Library

FILMS = "videodb://movies/titles/"
SERIES = "videodb://tvshows/titles/"
ACCOUNT = "account.json"
_OPEN_ANEW_AFTER = 10.0  # seconds
# What Kodi's log says of the service.
_BEGUN = re.compile(rf"{ADDON_ID}/service\.py\): start processing")
_HEARS = f"[{ADDON_ID}] it hears Kodi"
_ENDED = re.compile(rf"onExecutionDone\(\d+, .*{ADDON_ID}/service\.py\)")


@functools.lru_cache(maxsize=None)
def built_zip() -> Path:
    return build()


class LivingRoom:
    """A Kodi and a Simkl. Nothing is started before `start`."""

    def __init__(self, kodi: Kodi, simkl: SimklServer) -> None:
        self.kodi = kodi
        self.simkl = simkl
        self.account_file = kodi.home_folder.data(ADDON_ID) / ACCOUNT
        self.titles: dict[str, Title] = {}  # of Simkl, for tests that change them
        self._libraries = 0

    def sign_in(
        self, client_id: str | None = None, *, api_url: str | None = None, scope: str = READ
    ) -> Any:
        """Have the person signed in, as if it had been done on another day; Simkl's grant.

        api_url: where, None for Simkl's own. scope: what Simkl granted.
        """
        client_id = client_id or self.simkl.client_id
        grant = self.simkl.sign_in(client_id, self.simkl.person, scope)
        expires_at = None if grant.expires_in is None else time.time() + grant.expires_in
        content = {
            "version": 1,
            "generation": 1 if grant.refresh_token is None else 2,
            "client_id": client_id,
            "api_url": api_url or self.simkl.url,
            "access_token": grant.access_token,
            "refresh_token": grant.refresh_token,
            "expires_at": expires_at,
            "scope": grant.scope,
            "name": "Ann",
        }
        self.account_file.parent.mkdir(parents=True, exist_ok=True)
        self.account_file.write_text(json.dumps(content))
        self.account_file.chmod(0o600)
        return grant

    def new_library(self) -> Library:
        """A library of its own; `kodi.add_library` brings it into Kodi, running or not."""
        self._libraries += 1
        return Library(self.kodi.home_folder.media / f"library{self._libraries}")

    def set_setting(self, key: str, value: str) -> None:
        self.kodi.set_setting(ADDON_ID, key, value)

    def press(self, action: str) -> None:
        """What a menu or a button does. action: one of those in lib/kodi/commands.py."""
        self.kodi.builtin(f"RunScript({ADDON_ID},action={action})")

    def leave_dialogs(self) -> None:
        """As a person leaves them: with the remote control."""
        for _ in range(20):
            if not self.kodi.condition("System.HasActiveModalDialog"):
                break
            self.kodi.press_cancel()
            self.let_it_look(0.2)
        self.kodi.builtin("Dialog.Close(notification,true)")

    def ticked(self) -> list[str]:
        """Labels of the rows that are drawn as watched."""
        rows = self.kodi.rows("Label", "Overlay")
        return [row["Label"] for row in rows if row["Overlay"] == "OverlayWatched.png"]

    def wait_for_ticks(self, *labels: str, timeout: float = 40) -> None:
        """Wait until at least these rows are drawn as watched."""
        what = f"ticks on {', '.join(labels)}"
        self.wait_until_drawn(lambda: set(labels) <= set(self.ticked()), what, timeout)

    def wait_until_drawn(
        self, is_drawn: Callable[[], bool], what: str, timeout: float = 40
    ) -> None:
        """Wait until the list that is open shows what is asked.

        Another add-on's is opened anew now and then: on a busy machine it may have opened slowly,
        and then its ticks are drawn the next time.
        """
        end = time.monotonic() + timeout
        while True:
            left = max(end - time.monotonic(), 0.1)
            try:
                self.kodi.wait_for(is_drawn, timeout=min(left, _OPEN_ANEW_AFTER), what=what)
            except AssertionError:
                path = self.kodi.label("Container.FolderPath")
                if time.monotonic() > end:
                    raise
                if path.startswith("plugin://"):
                    self.kodi.home()
                    self.let_it_look(1.5)
                    self.kodi.open(path)
            else:
                return

    def forget_answers(self) -> None:
        """Have Simkl's answers forgotten: nobody is signed in for a moment."""
        self._choose_client_id("", is_signed_in=False)
        if self.memory.exists():
            self.forget("answers", "moves")
        self._choose_client_id(self.simkl.client_id, is_signed_in=True)

    def _choose_client_id(self, client_id: str, *, is_signed_in: bool) -> None:
        """Until the add-on follows, by what it shows of the sign-in.

        Of two who change settings at once, the test and the add-on, Kodi may keep one's alone.
        """

        def has_settled() -> bool:
            if self.kodi.get_setting(ADDON_ID, "client_id") == client_id:
                shown = self.kodi.get_setting(ADDON_ID, "account")
                return shown != "" and is_signed_in != ("(please" in shown)
            self.set_setting("client_id", client_id)
            return False

        self.kodi.wait_for(has_settled, what=f"client id {client_id!r}", every=0.1)

    def untick_all_episodes(self) -> None:
        """Have Kodi lose the ticks of its library's episodes, announcing no mark."""
        for row in self.kodi.episodes():
            self.untick(row["file"])

    def untick(self, file: str) -> None:
        self.kodi.rpc("Files.SetFileDetails", file=file, media="video", playcount=0, lastplayed="")

    @contextmanager
    def without_the_add_on(self) -> Iterator[None]:
        """The add-on does not run meanwhile; it begins anew then, as after a restart of Kodi."""
        self.enable(False)
        self.kodi.wait_for(lambda: self.services() == 0, what="its end")
        yield
        starts = self.starts()
        self.enable(True)
        self.kodi.wait_for(lambda: self.starts() > starts, what="its start")
        self.kodi.press_soon()

    def enable(self, on: bool) -> None:
        """Switch the add-on on or off, without waiting for its service."""
        self.kodi.rpc("Addons.SetAddonEnabled", addonid=ADDON_ID, enabled=on)

    def services(self) -> int:
        """How many of the add-on's service run, by Kodi's log: more than one is a fault."""
        log = self.kodi.log()
        return len(_BEGUN.findall(log)) - len(_ENDED.findall(log))

    def starts(self) -> int:
        """How often it has got so far that it hears when Kodi ends it."""
        return self.kodi.log().count(_HEARS)

    def restart_the_add_on(self) -> None:
        with self.without_the_add_on():
            pass

    def begin_anew(self) -> None:
        """Nothing is remembered or ticked, and another person is signed in, who saw nothing."""
        self.kodi.home()
        with self.without_the_add_on():
            for file in self.memory.parent.glob("memory.db*"):
                file.unlink()
            for row in [*self.kodi.films(), *self.kodi.episodes()]:
                self.untick(row["file"])
            self.simkl.person = self.simkl.add_person("Ann")
            self.sign_in()
            self.simkl.forget_requests()

    def press_a_key(self) -> None:
        """Somebody is there: what failed is not tried again for nobody."""
        self.kodi.rpc("Input.ExecuteAction", action="noop")

    def forget_deeds(self) -> None:
        """Have it forgotten what the add-on wrote and what the person took away, as if new."""
        self.forget("made", "removed", "heard", "alone", "undrawn")

    def forget(self, *tables: str) -> None:
        self.kodi.wait_for(self._has_tables, what="the tables of what is remembered")
        with closing(sqlite3.connect(self.memory, timeout=10)) as memory:
            for table in tables:
                memory.execute(f"DELETE FROM {table}")
            memory.commit()

    def _has_tables(self) -> bool:
        with closing(sqlite3.connect(self.memory, timeout=10)) as memory:
            return bool(memory.execute("PRAGMA user_version").fetchone()[0])

    @property
    def memory(self) -> Path:
        """Where the add-on remembers things over a restart."""
        return self.kodi.home_folder.data(ADDON_ID) / "memory.db"

    @property
    def homes_of_secrets(self) -> set[Path]:
        """Where they belong, and nowhere else."""
        return {self.account_file, self.account_file.with_name("settings.xml")}

    def holders_of_secrets(self, *codes: str) -> set[Path]:
        """Which files of Kodi's home hold one: its log, its databases and what was shown too.

        codes: for people, secret as long as they are good.
        """
        secrets = [*self.simkl.secrets(), self.simkl.client_id, *codes]
        files = self.kodi.home_folder.root.rglob("*")
        whole = {file for file in files if file.is_file() and not file.is_symlink()}
        return {file for file in whole if any(s.encode() in _content(file) for s in secrets)}

    def let_it_look(self, seconds: float = 1.0) -> None:
        """Time for the add-on to do what it should not: it looks twenty times a second."""
        time.sleep(seconds)

    def asked(self) -> list[Any]:
        """The items of each POST to /sync/watched so far."""
        return [request.body for request in self.simkl.requests_to("/sync/watched", method="POST")]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # a file of SQLite's, which has gone meanwhile
        return b""


def room_beside(
    simkl: SimklServer,
    make: KodiFactory,
    *,
    client_id: str | None = None,
    settings: dict[str, str] | None = None,
    addons: Sequence[Path] = (),
    archive: Path | None = None,
    **options: Any,
) -> LivingRoom:
    """A living room in which nobody is signed in and nothing is started; see `living_room`.

    archive: a zip of the add-on; None for that of this checkout.
    """
    values = {
        "api_url": simkl.url,
        "home": "false",  # what is asked for the home screen would be known in every list
        "client_id": simkl.client_id if client_id is None else client_id,
        **(settings or {}),
    }
    own = archive or built_zip()
    kodi = make(addons=[own, *addons], addon_settings={ADDON_ID: values}, **options)
    return LivingRoom(kodi, simkl)


@contextmanager
def living_room(
    make: KodiFactory,
    *,
    signed_in: bool = True,
    client_id: str | None = None,
    **options: Any,
) -> Iterator[LivingRoom]:
    """A living room whose Kodi is not started yet.

    At the end, Simkl must have no complaint, and the add-on must have noted no fault of its own.

    client_id: what the add-on's setting holds; None for a generation 2 id that Simkl knows.
    options: settings (of the add-on), addons (more of them), archive, and those of `Kodi`.
    """
    with SimklServer() as simkl:
        room = room_beside(simkl, make, client_id=client_id, **options)
        if signed_in:
            room.sign_in(client_id)
        yield room
        assert simkl.violations == [], simkl.violations
        assert room.kodi.faults() == []
