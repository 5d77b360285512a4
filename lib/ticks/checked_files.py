"""Which files Kodi can be told of, and why it took no tick for some.

JSON-RPC comes through a function that is passed in, so this knows no Kodi.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES, Refusals
from lib.ticks.write_calls import SET_FILE
from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.ticks.due import Tick
    from lib.ticks.files import Files
    from lib.ticks.library import Batch

_STACK = "stack://"


class CheckedFiles:
    def __init__(self, batch: Batch, files: Files) -> None:
        self._batch = batch
        self._files = files
        self.refusals = Refusals()

    def _is_taken(self, tick: Tick, reply: object) -> bool:
        file = tick.video.file
        if reply == "OK":
            self.refusals.took(file)
        else:
            self.refusals.note(file, ADDON_PATH if addon_of(file) else NO_SOURCE)
        return reply == "OK"

    def _is_there(self, tick: Tick) -> bool:
        reason = self._reason(tick.video.file)
        if reason is not None:
            self.refusals.note(tick.video.file, reason)
        return reason is None

    def _reason(self, file: str) -> str | None:
        """Why no tick can be written for a file, as far as that is known beforehand."""
        if addon_of(file):
            return None
        if file.startswith(_STACK):
            return SEVERAL_FILES
        exists = self._files.exists(file)
        if exists is None:
            return KEEPS_WAITING
        return None if exists else GONE

    def refusal(self, file: str) -> str | None:
        """Why Kodi takes no tick for a file; None where it does. It is asked without a change.

        Not of another add-on's: its row on the screen would lose its words. What was last written
        to it tells.
        """
        if addon_of(file):
            return self.refusals.of(file)
        reason = self._reason(file)
        if reason is None:
            unchanged = (SET_FILE, {"file": file, "media": "video"})
            reason = None if self._batch([unchanged])[0] == "OK" else NO_SOURCE
        return reason

    def keeps_waiting(self, file: str) -> bool:
        """Whether no tick can be written for a file yet, because its source does not answer."""
        return self._files.keeps_waiting(file)

    def look_anew(self) -> None:
        """The person's sources may have changed."""
        self._files.sources.look_anew()
