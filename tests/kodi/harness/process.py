"""One Kodi process: starts it with its own home, screen and ports, speaks to it, and ends it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from . import events
from .home import PROBE, Home, Ports
from .probe import ProbeError, ask
from .rpc import Rpc, RpcError, Unreachable
from .screen import Screen
from .system import kodi_command
from .waiting import wait_for

T = TypeVar("T")

# What the add-on writes into Kodi's log then.
_FAULT = "a fault in this add-on"

_CRASHES = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE}
_SECONDS_TO_CRASH = 2
_KEYS_AFTER_START = (2.6, 5.0)  # seconds: Kodi counts its own start as a key for two of them

# A folder of modules for the Python in Kodi, where somebody wants one (tools/coverage).
_PYTHONPATH = os.environ.get("KODI_PYTHONPATH", "")


class LeftAtStartError(AssertionError):
    """Kodi ended by itself before it could be driven."""


class Process:
    """A Kodi that can be started, spoken to and ended; `home` stays for the next start."""

    def __init__(
        self,
        home: Path,
        *,
        timezone: str = "Europe/Berlin",
        addons: Sequence[Path] = (),
        addon_settings: Mapping[str, Mapping[str, str]] | None = None,
        display: str | None = None,
        python_path: Path | None = None,
        advanced_settings: str = "",
    ) -> None:
        self.home_folder = Home(home)
        self.timezone = timezone
        self._advanced_settings = advanced_settings
        self.sources: list[Path] = []
        # A library that the next starts load into Kodi before its own.
        self.preload: Path | None = None
        self.is_somebody_there = False
        """Whether a key is pressed some seconds after each start, as by who has switched it on."""
        self._addons = list(addons)
        self._addon_settings = addon_settings or {}
        self._display = display
        self._python_path = os.pathsep.join(filter(None, [str(python_path or ""), _PYTHONPATH]))
        self._screen: Screen | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._rpc: Rpc | None = None
        self._ports: Ports | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def fell_over(self) -> bool:
        """Whether Kodi itself has crashed: its process has ended by a signal that nobody sent."""
        if self._process is None:
            return False
        with suppress(subprocess.TimeoutExpired):  # while it crashes it answers no more
            self._process.wait(_SECONDS_TO_CRASH)
        return self._process.poll() in _CRASHES

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("this Kodi was not started")
        return self._process.pid

    @property
    def ports(self) -> Ports:
        if self._ports is None:
            raise RuntimeError("this Kodi was not started")
        return self._ports

    @property
    def display(self) -> str:
        display = self._display or (self._screen and self._screen.display)
        if not display:
            raise RuntimeError("this Kodi has no screen: it was not started")
        return display

    def start(self) -> None:
        """Start Kodi and wait until it answers and its add-ons run. Raises AssertionError."""
        if self.running:
            raise RuntimeError("this Kodi is running already")
        if self._ports is None:
            # A second start keeps ports and settings as the first one left them.
            self._ports = _free_ports()
            self.home_folder.write_settings(self._ports, self.timezone, self._advanced_settings)
        self._rpc = Rpc(self._ports.http)
        self.home_folder.write_sources(self.sources)
        self._furnish_once()
        self._probe_port.unlink(missing_ok=True)
        try:
            self._launch_and_wait()
        except LeftAtStartError as left:
            # Seen once in some hundred starts of Kodi 20.1: udev reads the environment in one of
            # its threads while another one sets it, which makes Python ready.
            sys.stderr.write(f"{left}\nKodi is started once more.\n")
            self._close()
            self._launch_and_wait()
        self.press_soon()

    def press_soon(self) -> None:
        """Have a key pressed that does nothing, where somebody is there; returns at once."""
        if self.is_somebody_there:
            for seconds in _KEYS_AFTER_START:
                later = threading.Timer(seconds, self._press_nothing)
                later.daemon = True
                later.start()

    def _press_nothing(self) -> None:
        with suppress(Unreachable, RpcError):  # it has left meanwhile
            self.rpc("Input.ExecuteAction", action="noop", timeout=5)

    def _furnish_once(self) -> None:
        # Add-ons too stay as they were, in the home of another Kodi as well.
        if not self.home_folder.log.exists():
            self.home_folder.lay_out_addons(self._addons)
            for addon_id, values in self._addon_settings.items():
                self.home_folder.write_addon_settings(addon_id, values)

    def _launch_and_wait(self) -> None:
        self._launch()
        self.wait_for(self._answers, timeout=60, what="Kodi to answer JSON-RPC", every=0.05)
        self.wait_for(self._probe_answers, what="the probe add-on to answer")

    def _launch(self) -> None:
        if self._display is None and self._screen is None:
            self._screen = Screen()
        # What is set for the Python of the tests is not for Kodi's: a person's Kodi keeps compiled
        # modules from one start to the next.
        inherited = {key: value for key, value in os.environ.items() if "PYTHON" not in key}
        environment = {
            **inherited,
            "HOME": str(self.home_folder.root),
            "DISPLAY": self.display,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            **({"PYTHONPATH": self._python_path} if self._python_path else {}),
            **({"LD_PRELOAD": str(self.preload)} if self.preload else {}),
        }
        self._said = (self.home_folder.root / "kodi.said").open("ab")
        self._process = subprocess.Popen(
            kodi_command(),
            env=environment, stdin=subprocess.DEVNULL, stdout=self._said, stderr=self._said,
        )  # fmt: skip

    def _answers(self) -> bool:
        self._raise_if_left()
        with suppress(RpcError):
            # The web server answers before the window does: only a home screen can be driven.
            asked = self.rpc("XBMC.GetInfoBooleans", booleans=["Window.IsVisible(home)"], timeout=3)
            return bool(asked["Window.IsVisible(home)"])
        return False

    def _raise_if_left(self) -> None:
        if not self.running:
            raise LeftAtStartError(f"Kodi left while starting; its log ends:\n{self.log()[-3000:]}")

    def _probe_answers(self) -> bool:
        self._raise_if_left()
        with suppress(ProbeError):
            return bool(self.probe("look", timeout=0.3, labels=[], conditions=[]))
        return False

    def quit(self, timeout: float = 60) -> float:
        """Ask Kodi to quit; the seconds until its process has gone. Raises AssertionError."""
        began = time.monotonic()
        with suppress(Unreachable):
            self.rpc("Application.Quit", timeout=5)
        self.wait_for(lambda: not self.running, timeout=timeout, what="Kodi to leave", every=0.01)
        took = time.monotonic() - began
        self._close()
        return took

    def kill(self) -> None:
        """End Kodi as a crash or a power cut does."""
        if self.running:
            os.kill(self.pid, signal.SIGKILL)
        self._close()

    def stop(self) -> None:
        """End Kodi and its screen, quickly and surely; harmless when it does not run."""
        # What a test leaves behind is thrown away: nothing is worth a clean exit's seconds, but
        # for what `make coverage` writes then.
        if _PYTHONPATH and self.running:
            with suppress(AssertionError):
                self.quit()
        self.kill()

    def _close(self) -> None:
        if self._process is not None:
            self._process.wait(10)
        if self._said is not None:
            self._said.close()
        if self._screen is not None:
            self._screen.close()
        self._said = self._screen = None

    def wait_for(
        self, question: Callable[[], T], *, timeout: float = 40, what: str = "", every: float = 0.02
    ) -> T:
        return wait_for(question, timeout=timeout, what=what, every=every)

    def rpc(self, method: str, *, timeout: float = 60, **params: Any) -> Any:
        """The result of one JSON-RPC call. Raises RpcError, Unreachable."""
        if self._rpc is None:
            raise RuntimeError("this Kodi was not started")
        return self._rpc.call(method, timeout=timeout, **params)

    def builtin(self, command: str) -> None:
        """Run a built-in command; returns when Kodi has taken it, not when its work is done."""
        self.probe("builtin", command=command, wait=False)

    def key(self, name: str) -> None:
        """Press a key of the remote control: "down", "return", "escape", …"""
        events.press(self.ports.events, name)

    def probe(self, command: str, /, *, timeout: float = 40, **wish: Any) -> Any:
        """Have the probe add-on inside Kodi do a command; its answer. Raises ProbeError."""
        return ask(self._probe_port, command, wish, timeout)

    @property
    def _probe_port(self) -> Path:
        return self.home_folder.data(PROBE) / "port"

    def announced(self, method: str = "") -> list[dict[str, Any]]:
        """What Kodi announced to its add-ons so far: sender, method, data; oldest first."""
        notes = read_lines(self.home_folder.data(PROBE) / "announced.jsonl", f'"{method}')
        return [note for note in notes if method in ("", note["method"])]

    def keep(self, folder: Path) -> None:
        """Write down what tells why it failed."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kodi.log").write_text(self.log())
        (folder / "kodi.said").write_text(self.said())
        (folder / "kodi.stacks").write_text(self._stacks())

    def _stacks(self) -> str:
        """Where each of Kodi's threads is, where gdb is installed: for a Kodi that hangs."""
        gdb = shutil.which("gdb")
        if gdb is None or not self.running:
            return ""
        command = [gdb, "-p", str(self.pid), "-batch", "-ex", "thread apply all backtrace 20"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def log(self) -> str:
        """Kodi's log so far, "" before the first start."""
        try:
            return self.home_folder.log.read_text(errors="replace")
        except FileNotFoundError:
            return ""

    def said(self) -> str:
        """What the process of Kodi wrote besides its log, and how it ended if it has."""
        file = self.home_folder.root / "kodi.said"
        words = file.read_text(errors="replace") if file.exists() else ""
        ended = None if self._process is None else self._process.poll()
        return words if ended is None else f"{words}\nKodi has ended: {ended}\n"

    def addon_log(self, addon_id: str) -> list[str]:
        """The lines of the log that name the add-on."""
        return [line for line in self.log().splitlines() if addon_id in line]

    def addon_errors(self, addon_id: str) -> list[str]:
        """Those of them that Kodi takes for errors, and what the add-on caught itself."""
        return [line for line in self.addon_log(addon_id) if " error " in line] + self.faults()

    def faults(self) -> list[str]:
        """Where an exception of the add-on's own cost one thing, each with its places."""
        found = re.findall(rf"{_FAULT}.*(?:\n {{4,}}.*)*", self.log())
        return [str(each) for each in found]


def read_lines(file: Path, part: str = "") -> list[dict[str, Any]]:
    """The JSON lines of a file that may still be growing; only those with `part` in them."""
    if not file.exists():
        return []
    whole_lines = file.read_text(encoding="utf-8").rpartition("\n")[0]
    return [json.loads(line) for line in whole_lines.splitlines() if part in line]


def _free_ports() -> Ports:
    with ExitStack() as opened:
        kinds = (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM)
        sockets = [opened.enter_context(socket.socket(socket.AF_INET, kind)) for kind in kinds]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return Ports(*(each.getsockname()[1] for each in sockets))
