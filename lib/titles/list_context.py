"""What the other rows of a list, and the list's own path, show about an episode's ids.

An id that another episode of the same season carries too is no episode's own. Knows no Kodi and
no HTTP.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Iterable, Tuple

from lib.titles import paths
from lib.titles.addon_facts import ROW_IDS
from lib.titles.rows import EPISODE
from lib.titles.title import MOVIE, SHOW, usable_ids

if TYPE_CHECKING:
    from lib.titles.addon_row import AddonRow

PATH = "path"
Claim = Tuple[str, str, str]
"""Where an id stands (a label, or PATH), its kind and its value."""


def claims(row: AddonRow) -> list[Claim]:
    """Ids of a row that may be the series', or the episode's own."""
    said = [(PATH, kind, value) for kind, value in row.path_ids.items()]
    labels = [(label, kind, row.label(label)) for label, kind in ROW_IDS.items()]
    return said + [each for each in labels if usable_ids([{each[1]: each[2]}])]


class ListContext:
    def __init__(self, rows: Iterable[AddonRow], list_path: str) -> None:
        """rows: those of one list. list_path: its own."""
        episodes = [row for row in rows if row.kind == EPISODE]
        self._list = paths.read(list_path)
        self._addon = paths.addon_of(list_path)
        self._shows = {row.show for row in episodes}
        self._found: dict[tuple[object, ...], set[int]] = defaultdict(set)
        for row in episodes:
            if row.episode is not None:
                for claim in claims(row):
                    self._found[self._key(row, claim)].add(row.episode)

    def shows_series(self, row: AddonRow, claim: Claim) -> bool:
        """Whether another episode of the row's season carries the same id in the same place."""
        return len(self._found[self._key(row, claim)]) > 1

    def list_ids(self, row: AddonRow) -> dict[str, str]:
        """Ids of the row's series in the list's path; none where they may be of something else.

        Not in a list of several series, nor of another add-on, and only where the path says the
        row's season. Without one it must say that it is a series', or be known to.
        """
        said, is_known = self._list, row.facts.paths_name_series
        if row.addon != self._addon or len(self._shows) != 1 or said.kind == MOVIE:
            return {}
        if said.season is None:
            is_series = is_known or said.kind == SHOW
        else:
            is_series = said.season == row.season
        # A list of one episode's sources may as well name that episode.
        if said.episode is not None:
            is_series = is_series and is_known and said.episode == row.episode
        return dict(said.ids) if is_series else {}

    @staticmethod
    def _key(row: AddonRow, claim: Claim) -> tuple[object, ...]:
        return (row.addon, row.show, row.season, *claim)
