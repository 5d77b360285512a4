"""A series that rows on screen belong to, while it waits for an answer. Knows neither door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lib.simkl.asks import COUNTERS, Ask
from lib.titles.rows import EPISODE

if TYPE_CHECKING:
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
    def seasons(self) -> list[int | None]:
        """Those with episodes on screen, in their order there."""
        return list(dict.fromkeys(row.season for row in self.rows if row.kind == EPISODE))
