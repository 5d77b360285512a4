"""A series that rows on screen belong to, while it waits for an answer. Knows neither door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lib.simkl.answers import Series
from lib.simkl.asks import COUNTERS, EPISODES, Ask
from lib.storage.answer_cache import with_all_watched
from lib.titles.rows import EPISODE

if TYPE_CHECKING:
    from lib.storage.answer_cache import Known
    from lib.storage.removed_ticks import Key
    from lib.ticks.library import Library
    from lib.titles.rows import LibraryRow
    from lib.titles.title import Title


@dataclass
class WaitingSeries:
    """dbid: Kodi's tvshowid. depth: how deep it is asked about."""

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
