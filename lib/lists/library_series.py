"""The series that rows on screen belong to, as they stand in Kodi's library. Knows neither door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Sequence

from lib.simkl.answers import Series
from lib.simkl.asks import COUNTERS, EPISODES, Ask
from lib.storage.answer_cache import with_all_watched
from lib.titles.rows import EPISODE, TVSHOW

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.storage.answer_cache import Known
    from lib.storage.removed_ticks import Key
    from lib.ticks.library import Library
    from lib.ticks.library_facts import SeriesFacts
    from lib.titles.rows import LibraryRow
    from lib.titles.title import Title


@dataclass
class WaitingSeries:
    """A series, while it waits for an answer.

    dbid: Kodi's tvshowid. depth: how deep it is asked about.
    """

    dbid: int
    title: Title
    rows: list[LibraryRow] = field(default_factory=list)
    depth: str = COUNTERS

    @property
    def ask(self) -> Ask:
        return Ask(self.title, self.depth)

    @property
    def keys(self) -> list[Key]:
        """Of its rows, as they are settled."""
        return [row.key for row in self.rows]

    @property
    def seasons(self) -> list[int | None]:
        """Those with episodes on screen, in their order there."""
        return list(dict.fromkeys(row.season for row in self.rows if row.kind == EPISODE))

    def listed(self, known: Known, library: Library) -> Known:
        """What Simkl said, by episode too where it only counts that all of them are watched."""
        is_counted = isinstance(known.answer, Series) and known.answer.all_watched is not None
        if self.depth != EPISODES or not is_counted:
            return known
        videos = library.episodes(self.dbid)
        return with_all_watched(known, [(each.season, each.episode) for each in videos])


class LibrarySeries:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    def find(
        self, rows: Sequence[LibraryRow]
    ) -> tuple[list[tuple[LibraryRow, Title]], list[LibraryRow]]:
        """Rows with the series to ask about; rows that nothing is to be asked about.

        Those of which Kodi tells nothing are in neither: the next visit asks it again.
        """
        known = self._deps.library.series(
            {row.series: row.title if row.kind == TVSHOW else "" for row in rows}
        )
        places = self._places([row for row in rows if row.series in known], known)
        found, not_asked = [], []
        for row, paths in places:
            title = known[row.series].title
            if title is not None and self._deps.may_ask(title, *paths):
                found.append((row, title))
            else:
                not_asked.append(row)
        return found, not_asked

    def _places(
        self, rows: list[LibraryRow], known: dict[int, SeriesFacts]
    ) -> list[tuple[LibraryRow, list[str]]]:
        """Where what each row stands for lies. An episode that has gone is left out.

        Kodi names one folder of a series, which may lie on several disks. So its files are read,
        but only where a folder is left out, and for the row of a series only where it is that one.
        """
        settings = self._deps.policy.tick_settings
        by_folder = [
            row
            for row in rows
            if not settings.folders
            or (row.kind == TVSHOW and not settings.leaves_out(known[row.series].folder))
        ]
        by_files = [row for row in rows if row not in by_folder]
        files = self._deps.library.episode_files({row.series for row in by_files})
        places = [(row, [known[row.series].folder]) for row in by_folder]
        for row in by_files:
            if row.kind != EPISODE:
                places.append((row, list(files[row.series].values())))
            elif row.dbid in files[row.series]:
                places.append((row, [files[row.series][row.dbid]]))
        return places
