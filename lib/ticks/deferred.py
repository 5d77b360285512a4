"""Ticks of lists that were left before they were written: written once nobody sees their rows.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Mapping, NamedTuple

from lib.titles.paths import addon_of

if TYPE_CHECKING:
    from lib.ticks.due import Tick
    from lib.ticks.library import Library
    from lib.ticks.overlays import Overlays
    from lib.ticks.writer import Writer
    from lib.titles.identify import Identity

_TICKS_AT_ONCE = 25


class Due(NamedTuple):
    identity: Identity
    tick: Tick


class DeferredTicks:
    """Ticks of lists that were left before they were written, one a file."""

    def __init__(self, library: Library, writer: Writer, overlays: Overlays) -> None:
        self._library = library
        self._writer = writer
        self._overlays = overlays
        self._due: dict[str, tuple[str, Due]] = {}

    def clear(self) -> None:
        self._due.clear()

    def add(self, path: str, due: Mapping[str, Due]) -> None:
        """path: the list's. due: by file."""
        self._due.update({file: (path, each) for file, each in due.items()})

    def open_list(self, path: str) -> None:
        """The list is open again: what is due there is found anew."""
        self._due = {file: each for file, each in self._due.items() if each[0] != path}

    def drop(self, file: str) -> None:
        """Another list shows it as it stands now: what is due there is found anew."""
        self._due.pop(file, None)

    def is_due(self, path: str, may_show: Callable[[str], bool]) -> bool:
        """Whether something can be written unseen.

        path: of the list that is open. may_show: whether it may have the row of another add-on's
        video, by the video's path.
        """
        return any(self._may_write(each, path, may_show) for each in self._due.values())

    def step(self, path: str, may_show: Callable[[str], bool]) -> None:
        """Write some. path, may_show: as for `is_due`."""
        unseen = [file for file, each in self._due.items() if self._may_write(each, path, may_show)]
        some = {file: self._due.pop(file) for file in unseen[:_TICKS_AT_ONCE]}
        held = [(left, each) for left, each in some.values() if self._holds(each)]
        written = write(held, self._writer, self._overlays)
        for file, (left, each) in some.items():
            if each.tick not in written and self._writer.keeps_waiting(file):
                self._due[file] = left, each

    def _may_write(self, each: tuple[str, Due], path: str, may_show: Callable[[str], bool]) -> bool:
        left, file = each[0], each[1].tick.video.file
        is_seen = may_show(file) if addon_of(file) else path == left
        return not is_seen and not self._writer.keeps_waiting(file)

    def _holds(self, due: Due) -> bool:
        """Whether a plain file still stands as it did; of an add-on's video nobody can say."""
        video = due.tick.video
        is_addons = addon_of(video.file) != ""
        return is_addons or self._library.file_state(video.file) == (
            video.playcount,
            video.lastplayed,
        )


def write(due: list[tuple[str, Due]], writer: Writer, overlays: Overlays) -> list[Tick]:
    """Write ticks, each with the path of its list, and remember those that Kodi took: them."""
    written = writer.write_files([each.tick for _, each in due])
    for path, each in due:
        if each.tick in written:
            overlays.wrote(path, each.identity, each.tick.video.file)
    return written
