"""Which videos Kodi takes no tick for, and why, since it started."""

from __future__ import annotations

from collections import Counter

GONE = "gone"
NO_SOURCE = "no source"
SEVERAL_FILES = "several files"
KEEPS_WAITING = "keeps waiting"
ADDON_PATH = "add-on path"
"""Why: the file is gone; no source of Kodi's that is open and shared holds it; it is several files;
its source does not answer, and is asked again later; it is another add-on's, and Kodi listed the
folder of its path as a list without it (docs/kodi.md)."""


class Refusals:
    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}

    def note(self, file: str, reason: str) -> None:
        self._reasons[file] = reason

    def took(self, file: str) -> None:
        """Kodi takes ticks of a file by now."""
        self._reasons.pop(file, None)

    def of(self, file: str) -> str | None:
        """Why Kodi took no tick of a file when one was last written; None where it did."""
        return self._reasons.get(file)

    def counts(self) -> dict[str, int]:
        """How many files there are, by reason."""
        return dict(Counter(self._reasons.values()))
