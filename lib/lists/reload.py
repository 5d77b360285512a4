"""Has Kodi load the open list again, so that ticks which were written are drawn.

At most once after a list is opened, while the person is still, and not where it takes so long that
keys would be lost; `at_once` waits for nothing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from lib.kodi.addon import debug
from lib.kodi.builtin_commands import refresh_list
from lib.kodi.info_labels import Polled, condition
from lib.kodi.json_rpc import rpc_batch
from lib.titles.paths import may_ask_for_words

if TYPE_CHECKING:
    from lib.lists.current_list import CurrentList
    from lib.lists.list_loads import ListLoads
    from lib.lists.unmended_rows import UnmendedRows

_LOOK_FOR_STILLNESS_EVERY = 0.5
_LOOK_AT_STILLNESS_EVERY = 0.1
_STILL = "System.IdleTime(1) + !System.HasActiveModalDialog"


class Reload:
    def __init__(self, current_list: CurrentList, loads: ListLoads, unmended: UnmendedRows) -> None:
        self._list = current_list
        self._loads = loads
        self._unmended = unmended
        self._loaded_path = ""
        self._still_asked_at = 0.0
        self._is_still = Polled(_STILL, _LOOK_AT_STILLNESS_EVERY)

    def begin_list(self) -> None:
        """A list is opened, or may be loaded once more though it was before."""
        self._loaded_path = ""

    @property
    def may_load_at_once(self) -> bool:
        """Whether a list is open that is not of the library, and asks nothing when it is loaded."""
        path = self._list.path
        return path != "" and not self._list.is_in_library and not may_ask_for_words(path)

    def at_once(self) -> None:
        """Load the list, whatever the person does."""
        self._load(self._list.path)

    @property
    def is_late(self) -> bool:
        """Whether nobody has looked for some time whether the person is still."""
        return time.monotonic() > self._still_asked_at + _LOOK_FOR_STILLNESS_EVERY

    def when_still(self) -> None:
        """What waits for the person to be still, unless they have changed it meanwhile."""
        for visit in self._list.visits:
            visit.look_for_changes()
        waiting = [visit for visit in self._list.visits if visit.waits_for_stillness]
        if not waiting:
            return
        self._still_asked_at = time.monotonic()
        if not self._is_still() or not condition(_STILL):  # it may have been a while ago
            return
        path = self._list.path
        may_load = self._loaded_path != path and not self._loads.is_slow
        if any(visit.when_still(may_load=may_load) for visit in waiting):
            debug("ticks were written and not drawn: the list is loaded again")
            self._load(path)

    def _load(self, path: str) -> None:
        self._loaded_path = path
        self._loads.note()
        refresh_list()

    def mend(self) -> None:
        """Put right what ticks did to rows on the screen, and what a load of ours did that went
        wrong.
        """
        hides_watched = len(self._unmended) > 0 and self._list.hides_watched
        self._unmended.step(is_done=self._list.is_finished, hides_watched=hides_watched)
        above = self._loads.take_cancelled()
        if above:
            debug("a load was cancelled: the list above is opened")
            rpc_batch([("GUI.ActivateWindow", {"window": "videos", "parameters": [above]})])
        elif self._loads.take_emptied():
            debug("a list was emptied as it was opened: it is loaded again")
            refresh_list()
