"""A real Kodi for a test: process, screen, library and add-ons under one roof."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from .gui import Gui
from .home import LISTENER, PROBE
from .install import install
from .library import Library, enter_in_database, entry
from .mariadb import MariaDb
from .playback import Playback
from .process import read_lines
from .watched import Collection


class Kodi(Gui, Collection, Playback):
    """Started with start(), ended with stop(); its home folder stays for another start."""

    def __init__(
        self,
        home: Path,
        *,
        timezone: str = "Europe/Berlin",
        addons: Sequence[Path] = (),
        addon_settings: Mapping[str, Mapping[str, str]] | None = None,
        display: str | None = None,
        shared_library: MariaDb | None = None,
        python_path: Path | None = None,
    ) -> None:
        """`addons` are folders or zips, enabled from the first start. `python_path` is a folder of
        modules for each Python in Kodi.

        Without `display` it gets a screen of its own that nobody sees, and without
        `shared_library` a video library of its own.
        """
        super().__init__(
            home,
            timezone=timezone,
            addons=addons,
            addon_settings=addon_settings,
            display=display,
            python_path=python_path,
            advanced_settings="" if shared_library is None else shared_library.settings,
        )
        self._shared_library = shared_library
        self._unscanned: list[Library] = []

    def start(self) -> None:
        """Start, wait until Kodi can be driven, and scan libraries added before."""
        super().start()
        waiting, self._unscanned = self._unscanned, []
        for library in waiting:
            self.scan(library)

    def add_library(self, library: Library) -> None:
        """Bring a library into Kodi; now when it runs, else right after its start."""
        if not self.running:
            self._unscanned.append(library)
            if not self._is_source(library.root):
                self.sources.append(library.root)
        elif self._is_source(library.root):
            self.scan(library)
        else:
            raise ValueError(f"{library.root}: a running Kodi learns no new source, use its media")

    def _is_source(self, root: Path) -> bool:
        known = {self.home_folder.media, *self.sources}
        return not known.isdisjoint((root, *root.parents))

    def scan(self, library: Library) -> None:
        """Scan a library, again after files were added to it, and wait until it is done."""
        if self._shared_library is None:
            enter_in_database(self.home_folder.userdata / "Database", library.entries())
        else:
            self._shared_library.enter(library)
        for folder in library.folders():
            self._scan(f"{folder}/")

    def scan_films(self, folder: str) -> None:
        """Scan a folder of films with .nfo files. folder: its path as Kodi is to have it."""
        databases = self.home_folder.userdata / "Database"
        enter_in_database(databases, [entry(folder, "movies", by_folder=1)])
        self._scan(folder)

    def _scan(self, folder: str) -> None:
        before = self._scans()
        self.rpc("VideoLibrary.Scan", directory=folder, showdialogs=False)
        self._wait_for_scan(before + 1)

    def _wait_for_scan(self, number: int) -> None:
        self.wait_for(
            lambda: self._scans() >= number, timeout=180, what="the library scan", every=0.05
        )

    def _scans(self) -> int:
        return len(self.announced("VideoLibrary.OnScanFinished"))

    def install(self, archive: Path) -> str:
        """Install an add-on's zip, or update to it, while Kodi runs; the add-on's id."""
        return install(self, archive)

    def set_setting(self, addon_id: str, key: str, value: str) -> None:
        """Change an add-on's setting from inside Kodi, as a settings dialog does."""
        self.probe("set_setting", addon=addon_id, key=key, value=value)

    def get_setting(self, addon_id: str, key: str) -> str:
        return str(self.probe("get_setting", addon=addon_id, key=key))

    def notifications(self) -> list[str]:
        """Heading and text ("heading: text") of each notification shown so far, oldest first."""
        shown = read_lines(self.home_folder.data(PROBE) / "notifications.jsonl")
        return [f"{note['heading']}: {note['text']}" for note in shown]

    def watch(
        self,
        labels: Sequence[str],
        seconds: float,
        until: Mapping[str, str] | None = None,
        every: float = 0.005,
    ) -> dict[str, Any]:
        """Look at labels for a while, every 5 ms, from inside Kodi.

        until: what some of the labels read in the end; it is over a second later.
        Gives "changes", [[moment, {label: text}], …], and "longest_gap" between two looks;
        moments are time.monotonic(), which all processes of a machine share.
        """
        wish = {"labels": labels, "seconds": seconds, "every": every, "until": dict(until or {})}
        return cast("dict[str, Any]", self.probe("watch", timeout=seconds + 10, **wish))

    def watch_ticks(self, seconds: float, every: float = 0.005) -> dict[str, Any]:
        """The same for ticks drawn in the list in focus: "changes" are [moment, ticked, rows].

        A look takes some microseconds a row, so with 1,000 rows "longest_gap" is about 40 ms.
        """
        wish = {"seconds": seconds, "every": every}
        return cast("dict[str, Any]", self.probe("watch_ticks", timeout=seconds + 10, **wish))

    def updates_heard(self) -> list[dict[str, Any]]:
        """Data of every VideoLibrary.OnUpdate that the listener add-on heard."""
        return read_lines(self.home_folder.data(LISTENER) / "updates.jsonl")

    def marks_heard(self) -> list[dict[str, Any]]:
        """Those that script.simkl would take for a mark by the person."""
        return read_lines(self.home_folder.data(LISTENER) / "marks.jsonl")


KodiFactory = Callable[..., Kodi]
"""Makes Kodis for a test, with the options of Kodi(), and ends them all (conftest.py)."""
