"""Ticks of lists that were left before they were written: written once nobody sees their rows.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping, NamedTuple

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

    def is_due(self, path: str) -> bool:
        """Whether something can be written unseen. path: of the list that is open."""
        return any(self._may_write(left, each, path) for left, each in self._due.values())

    def step(self, path: str) -> None:
        unseen = [
            file for file, (left, due) in self._due.items() if self._may_write(left, due, path)
        ]
        some = {file: self._due.pop(file) for file in unseen[:_TICKS_AT_ONCE]}
        held = [(left, each) for left, each in some.values() if self._holds(each)]
        written = write(held, self._writer, self._overlays)
        for file, (left, each) in some.items():
            if each.tick not in written and self._writer.keeps_waiting(file):
                self._due[file] = left, each

    def _may_write(self, left: str, due: Due, path: str) -> bool:
        return _is_unseen(left, due, path) and not self._writer.keeps_waiting(due.tick.video.file)

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


def _is_unseen(left: str, due: Due, path: str) -> bool:
    """Whether no row of it can be on the screen, with the list at `path` open ("" for none)."""
    if not addon_of(due.tick.video.file):
        return path != left
    # Lists of add-ons, playlists and favourites may hold the rows of any add-on.
    return not path or path.startswith("videodb://")
