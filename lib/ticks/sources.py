"""The person's sources of videos: which a file lies in, and the login that it needs.

What is not in the library is known by its row alone, which Kodi shows without login, and what was
ticked is kept without, too; but Kodi keeps the tick under the path with it. JSON-RPC comes through
a function that is passed in, so this knows no Kodi.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

from lib.ticks.library import entries_of
from lib.titles.locations import scheme_of, with_login, without_login
from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.ticks.library import Batch

_OF_A_FILE = ("Files.GetFileDetails", "Files.SetFileDetails")
_HOST = re.compile(r"([^/\\]+://)(?:[^/@]*@)?([^/]*)")
_KNOWN_FOR = 60.0  # seconds: the person may add a source, or change its login


class Sources:
    """Runs JSON-RPC calls as `Batch` does, those about a file with the login of its source."""

    def __init__(self, batch: Batch, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: in seconds."""
        self._batch = batch
        self._clock = clock
        self._sources: list[str] = []
        self._read_at: float | None = None

    def __call__(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return self._batch([(method, self._completed(method, what)) for method, what in calls])

    def with_login(self, file: str) -> str:
        """The path as Kodi keeps it."""
        # On this machine there is none, and the library's paths have it.
        if not scheme_of(file) or addon_of(file) or without_login(file) != file:
            return file
        known = [source for source in self._known() if source != without_login(source)]
        return with_login(file, known)

    def of(self, file: str) -> str:
        """The source that a file lies in, or else its host. file: as Kodi keeps it."""
        within = [source for source in self._known() if source and file.startswith(source)]
        host = _HOST.match(file)
        return max(within, key=len) if within else "".join(host.groups()) if host else ""

    def look_anew(self) -> None:
        """They may have changed."""
        self._read_at = None

    def _completed(self, method: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        if method not in _OF_A_FILE:
            return params
        return {**params, "file": self.with_login(str(params.get("file", "")))}

    def _known(self) -> list[str]:
        now = self._clock()
        if self._read_at is None or now - self._read_at > _KNOWN_FOR:
            reply = self._batch([("Files.GetSources", {"media": "video"})])[0]
            self._sources = [str(each.get("file") or "") for each in entries_of(reply, "sources")]
            self._read_at = now
        return self._sources
