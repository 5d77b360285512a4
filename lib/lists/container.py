"""Reads the list in focus: which list it is, and what its rows say of themselves.

Labels come through a function that is passed in, so this knows no Kodi. Row numbers are those of
`Container.ListItemAbsolute(n)`; row 0 may be "..", which has no media type (docs/kodi.md).
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Callable, Iterable, Sequence, TypeVar

from lib.titles.paths import addon_of
from lib.titles.rows import (
    EPISODE,
    MOVIE,
    NO_LIST,
    SEASON,
    SET,
    TVSHOW,
    LibraryRow,
    NonLibraryRow,
    OpenList,
    whole,
)

_KINDS = (MOVIE, TVSHOW, SEASON, EPISODE, SET)

# Kodi keeps each label that was ever read, row number and all, until it ends, and has room for
# 60,000 (20.1). When they are used up every new one reads empty, the skin's too (docs/kodi.md).
_MOST_LABELS = 40_000
_ROWS_TO_LEARN = 20
# One that fades out counts too: it still answers, and takes its controls with it.
_DIALOG = "System.HasVisibleModalDialog"
_LOOK_AT_A_DIALOG_EVERY = 0.2  # seconds
ALWAYS_READ = frozenset(
    {
        "DBTYPE",
        "Title",
        "Label",
        "TVShowTitle",
        "Season",
        "Episode",
        "Year",
        "Property(IsPlayable)",
        "Property(script.trakt.exclude)",
    }
)
"""What is read of every row that is not of the library, though no row before said it."""

Found = TypeVar("Found")


class _NoRoomError(Exception):
    pass


@dataclass
class _LabelsInUse:
    """How an add-on's rows of one media type say what they are: in which labels."""

    rows: int = 0
    names: set[str] = field(default_factory=set)


class Container:
    def __init__(
        self,
        label: Callable[[str], str],
        condition: Callable[[str], bool],
        unwatched: Callable[[], str],
        depends_on_watched: Callable[[str], bool],
    ) -> None:
        """unwatched: Kodi's word for its filter that hides what is watched.
        depends_on_watched: whether the rows of the list at a path do.
        """
        self._label = label
        self._condition = condition
        self._unwatched = unwatched
        self._depends_on_watched = depends_on_watched
        self._seen: dict[str, bytearray] = {}
        self._labels_read = 0
        self._labels_in_use: dict[tuple[str, str], _LabelsInUse] = {}
        self._window = self._dialog = ""
        self._looked_at = 0.0

    def is_covered(self) -> bool:
        """Whether a dialog is in front of the list.

        Nothing of the list is to be read then: Kodi answers about the dialog, and falls over where
        that closes meanwhile (20.1, docs/kodi.md).
        """
        window = self._label("System.CurrentWindow")  # a dialog's own, and it costs no frame
        if window == self._window:
            return False
        now = time.monotonic()
        if window == self._dialog and now - self._looked_at < _LOOK_AT_A_DIALOG_EVERY:
            return True
        # A condition, because it waits until Kodi has built a window that is new: 20.1 falls over
        # where labels are read amid that.
        self._looked_at = now
        if self._condition(_DIALOG):
            self._dialog = window
            return True
        self._dialog, self._window = "", window
        return False

    def open_list(self) -> OpenList:
        """The list that is open in a media window; NO_LIST in any other window."""
        path = self._label("Container.FolderPath")
        if not path:
            return NO_LIST
        size = whole(self._label("Container.NumAllItems"), 0)
        is_filtered = self._label("Control.GetLabel(10)") == self._unwatched()
        return OpenList(path, size, is_filtered or self._depends_on_watched(path))

    def positions(self, size: int) -> list[int]:
        """Every row's number but that of "..", those nearest to the focus first."""
        has_way_up = whole(self._label("Container.NumItems"), size) == size - 1
        return self.by_nearness(range(int(has_way_up), size))

    def by_nearness(self, positions: Iterable[int]) -> list[int]:
        """Row numbers, those nearest to where the focus is now first."""
        focus = whole(self._label("Container.CurrentItem"), 0)
        return sorted(positions, key=lambda position: abs(position - focus))

    def sample(self, size: int, name: str) -> list[str]:
        """A label of a few rows, to see whether the rows are still the same."""
        with suppress(_NoRoomError):
            return [self._item(position, name) for position in (1, size // 2, size - 1)]
        return []

    def rows(self, positions: Iterable[int]) -> list[LibraryRow]:
        """The rows of the library among these, in the same order."""
        return self._read(self._row, positions)

    @property
    def has_room(self) -> bool:
        """Whether each row that was to be read could be, from the first list on."""
        return self._labels_read < _MOST_LABELS

    def begin_list(self) -> None:
        """Another list is read: what its rows say is not known yet."""
        self._labels_in_use.clear()

    def listed(self, positions: Iterable[int], labels: Sequence[str]) -> list[NonLibraryRow]:
        """The videos among these rows that are not of the library, in the same order.

        labels: what is to be read of each. Those in `ALWAYS_READ` are read of every row.
        """
        return self._read(lambda position: self._listed(position, labels), positions)

    def states(self, positions: Iterable[int]) -> dict[str, tuple[int, bool]]:
        """How rows stand now, by path: the playcount as it is drawn, and whether it was begun."""
        return dict(self._read(self._state, positions))

    def files(self, positions: Iterable[int]) -> list[str]:
        """What these rows say they are the row of, also one of the library without its words."""
        return self._read(lambda position: self._item(position, "FileNameAndPath"), positions)

    def _read(self, read: Callable[[int], Found | None], positions: Iterable[int]) -> list[Found]:
        """What is read of these rows, as far as Kodi has room for more labels."""
        found = []
        for position in positions:
            with suppress(_NoRoomError):
                row = read(position)
                if row is not None:
                    found.append(row)
        return found

    def _state(self, position: int) -> tuple[str, tuple[int, bool]]:
        is_begun = self._number_of(position, "PercentPlayed") > 0
        state = (self._number_of(position, "PlayCount"), is_begun)
        return self._item(position, "FileNameAndPath"), state

    def _listed(self, position: int, labels: Sequence[str]) -> NonLibraryRow | None:
        path = self._item(position, "FileNameAndPath")
        addon = addon_of(path)
        # Another add-on's film may end in "/", and have any DBID; a file's is the library's.
        if not addon and (path[-1:] in ("", "/", "\\") or self._item(position, "DBID")):
            return None
        if path.encode(errors="ignore").decode() != path:
            return None  # a file name of other letters than the system's: nobody can be asked
        if addon and not self._item(position, "Size"):
            return None  # a folder: only those have none
        said = self._said(position, addon, labels)
        if self._item(position, "FileNameAndPath") != path:
            return None  # Kodi has changed the list meanwhile
        return NonLibraryRow(
            path,
            said,
            self._number_of(position, "PlayCount"),
            self._number_of(position, "PercentPlayed") > 0,
        )

    def _said(self, position: int, addon: str, labels: Sequence[str]) -> dict[str, str]:
        """What a row says, by label. addon: whose it is.

        The first rows of an add-on and a media type show which labels say anything there, and
        only those are read of the others; but all of a row that says nothing in those.
        """
        in_use = self._labels_in_use.setdefault(
            (addon, self._item(position, "DBTYPE")), _LabelsInUse()
        )
        told = self._told(position, [*ALWAYS_READ, *in_use.names])
        if in_use.rows < _ROWS_TO_LEARN or not told.keys() - ALWAYS_READ:
            told = self._told(position, labels)
        in_use.rows += 1
        in_use.names |= told.keys() - ALWAYS_READ
        return told

    def _told(self, position: int, names: Iterable[str]) -> dict[str, str]:
        said = {name: self._item(position, name) for name in names}
        return {name: text for name, text in said.items() if text}

    def _row(self, position: int) -> LibraryRow | None:
        kind = self._item(position, "DBTYPE")
        dbid = whole(self._item(position, "DBID"))
        if kind not in _KINDS or dbid < 1:
            return None
        title = self._item(position, "Title")
        is_ticked = self._number_of(position, "PlayCount") > 0
        if kind == MOVIE:
            file = self._item(position, "FileNameAndPath")
            is_folder = file[-1:] in ("/", "\\")  # the film's, in the file view
            return LibraryRow(kind, dbid, title, -1, None, is_ticked, "" if is_folder else file)
        if kind in (TVSHOW, SET):
            return LibraryRow(kind, dbid, title, dbid if kind == TVSHOW else -1, None, is_ticked)
        series = whole(self._item(position, "TvShowDBID"))
        season = whole(self._item(position, "Season"))
        if series < 1 or (kind == SEASON and season < 0):
            return None  # "* All seasons": its DBID is the series', not a season's
        of_episode = season if kind == EPISODE and season >= 0 else None
        return LibraryRow(kind, dbid, title, series, of_episode, is_ticked)

    def _number_of(self, position: int, name: str) -> int:
        return whole(self._item(position, name), 0)

    def _item(self, position: int, name: str) -> str:
        """A label of a row. Errors: _NoRoomError."""
        seen = self._seen.setdefault(name, bytearray())
        if position >= len(seen):
            seen.extend(bytes(position + 1 - len(seen)))
        if not seen[position]:
            if self._labels_read >= _MOST_LABELS:
                raise _NoRoomError
            self._labels_read += 1
            seen[position] = 1
        return self._label(f"Container.ListItemAbsolute({position}).{name}")
