"""Rows of films on the screen that were written, and have lost their words until they are mended.

Kodi mends all of them where it loads their list, in some hundredths of a second and without a flush
to disk; to mend one by itself takes three flushes (docs/kodi.md). So those that come into sight are
mended, as long as that is quick, and the others wait until the person is still and all that is due
was written. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, NamedTuple, Sequence
from urllib.parse import unquote

from lib.titles.locations import without_login

if TYPE_CHECKING:
    from lib.lists.container import Container
    from lib.lists.list_loads import ListLoads
    from lib.lists.sight import Sight
    from lib.ticks.due import Video

_LIBRARY = ("videodb://", "library://")
_STILL_FOR = 1  # seconds
_LOADED_AFTER = 2.0  # seconds without another tick: an answer of Simkl's may bring one each second
_MEND_SECONDS = 0.05  # to mend rows in sight one by one: blank for longer, one sees it
_FEW = 5  # to mend at once where none is in sight
_LOOK_EVERY = 0.01  # seconds, while a row may come into sight without its words


class Screen(NamedTuple):
    """mend: has the rows of films mended. load: has Kodi load the list in focus. idle_seconds:
    since a key was pressed, whole ones. moves_watched: whether the list is in an order in which a
    row that is ticked has another place.
    """

    mend: Callable[[Sequence[Video]], None]
    load: Callable[[], None]
    idle_seconds: Callable[[], int]
    moves_watched: Callable[[], bool]


class UnmendedRows:
    def __init__(
        self,
        loads: ListLoads,
        container: Container,
        sight: Sight,
        screen: Screen,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """clock: in seconds."""
        self.sight = sight
        self._loads = loads
        self._container = container
        self._screen = screen
        self._clock = clock
        self._videos: dict[str, Video] = {}
        self._path = ""
        self._noted_at = self._seconds_each = 0.0
        self._place = ("", 0, 0)
        self._is_hiding = False

    def __len__(self) -> int:
        return len(self._videos)

    # -- what may be written so --

    @property
    def may_ever_load(self) -> bool:
        """Whether the open list may be loaded again, and is the same then but for the ticks."""
        is_of_library = self._loads.path.startswith(_LIBRARY)
        is_kept = not (self._loads.is_slow or self._is_hiding or self._screen.moves_watched())
        return is_of_library and is_kept

    def may_grow(self) -> bool:
        """Whether more may be written so now: the person is still, and the list may be loaded.

        That waits for no frame, unlike whether it may be loaded at this moment.
        """
        return self._screen.idle_seconds() >= _STILL_FOR and self.may_ever_load

    def note(self, videos: Sequence[Video], seconds: float) -> None:
        """These were written, and took so long."""
        if not videos:
            return
        self._forget_another_list()
        self._videos.update((_name(video.file), video) for video in videos)
        self._path, self._noted_at = self._loads.path, self._clock()
        self._seconds_each = seconds / len(videos)
        if self.sight.path != self._path:  # its rows may have been read before the last was written
            self._screen.mend(videos[-1:])

    # -- mended --

    def pause(self, seconds: float) -> float:
        """Seconds until the next look, where that would be so many."""
        return min(seconds, _LOOK_EVERY) if self._videos and not self._is_hiding else seconds

    def step(self, *, is_done: bool, hides_watched: bool) -> None:
        """Mend what has come into sight, or all as soon as that may be.

        is_done: nothing more is due in the list. hides_watched: rows would vanish from it if it was
        loaded. Those that Kodi hides cannot be mended, and wait until it shows them again.
        """
        self._forget_another_list()
        self._is_hiding = hides_watched
        if not self._videos:
            return
        place = self.sight.place
        if place != self._place:
            self._mend_in_sight()
            self._place = place  # not before: Kodi may exchange the rows amid that
        if hides_watched:
            return
        is_over = is_done or self._clock() > self._noted_at + _LOADED_AFTER
        if not (self._videos and is_over):
            return
        if not self.may_ever_load:  # any more
            self._mend_these(list(self._videos)[:_FEW])
        elif self.may_grow() and self._loads.may_begin():
            self._load()

    def _forget_another_list(self) -> None:
        """Kodi has read another one, if that is open, since these were written."""
        if self._path != self._loads.path:
            self._path = self._loads.path
            self._videos.clear()
            self.sight.begin_list()

    def _mend_in_sight(self) -> None:
        """Nobody may see them. To load the list is quicker on a slow disk, though keys come."""
        shown = self._container.files(self.sight.rows())
        names = [name for name in map(_name, shown) if name in self._videos]
        is_quick = len(names) * self._seconds_each < _MEND_SECONDS
        if names and not is_quick and self.may_ever_load and self._loads.may_begin():
            self._load()
        elif names:
            self._mend_these(names)

    def _mend_these(self, names: list[str]) -> None:
        self._screen.mend([self._videos.pop(name) for name in names])

    def _load(self) -> None:
        self._loads.note()
        self._videos.clear()
        self._screen.load()


def _name(file: str) -> str:
    """A file as a row on the screen names it: Kodi leaves out a login there."""
    return unquote(without_login(file))
