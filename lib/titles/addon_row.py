"""What the row of an add-on says of itself: film or episode, of which season, under which ids.

Takes the labels as they are read, and leaves out what is no id, no number and no video. Whose ids
they are is not known here, and neither is Kodi or HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Mapping

from lib.titles import names, paths
from lib.titles.addon_facts import COUR_IDS, ROW_IDS, SERIES_IDS, AddOn
from lib.titles.names import number
from lib.titles.rows import EPISODE, MOVIE, TVSHOW, whole
from lib.titles.title import MOVIE as FILM
from lib.titles.title import SHOW, usable_ids

if TYPE_CHECKING:
    from lib.titles.rows import NonLibraryRow

_EXCLUDED = "Property(script.trakt.exclude)"
_KIND = "Property(dbtype)"
_TMDB_TYPE = "Property(tmdb_type)"
_SERIES_YEAR = "Property(tvshow.year)"
_PLAIN = ("DBTYPE", "DBID", "Title", "Label", "TVShowTitle", "Season", "Episode", "Year")

LABELS = (*_PLAIN, _EXCLUDED, _KIND, _TMDB_TYPE, _SERIES_YEAR, *SERIES_IDS, *ROW_IDS, *COUR_IDS)
"""What is read of a row."""


@dataclass(frozen=True)
class AddonRow:
    """kind: MOVIE or EPISODE. season, episode: None where unknown, and of a film.

    path: what its path says, which may be of another season or episode.
    """

    row: NonLibraryRow
    addon: str
    kind: str
    season: int | None
    episode: int | None
    path: paths.Said

    @property
    def facts(self) -> AddOn:
        return paths.facts_of(self.addon)

    @property
    def dbid(self) -> int:
        """The library's id, if it is to be believed; -1 for none."""
        return whole(self.label("DBID"))

    @property
    def path_ids(self) -> Mapping[str, str]:
        """Ids in the path of a film, or of an episode whose season and number stand there too."""
        is_of_row = self.kind == MOVIE or self.path.place == (self.season, self.episode)
        return self.path.ids if is_of_row else {}

    @property
    def show(self) -> str:
        return self.label("TVShowTitle")

    @property
    def title_and_year(self) -> tuple[str, int | None]:
        """Of the film, or of the series: an episode's `Year` is that in which it was aired."""
        if self.kind == MOVIE:
            return names.name_and_year(self.label("Title"), self.label("Year"))
        return names.name_and_year(self.show, self.label(_SERIES_YEAR))

    def label(self, name: str) -> str:
        return self.row.labels.get(name, "")

    def ids(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Ids by kind. Of several labels for one kind the first that says something counts."""
        return usable_ids(
            {kind: self.row.labels[label]} for label, kind in labels.items() if self.label(label)
        )


def addon_row_of(row: NonLibraryRow) -> AddonRow | None:
    """None for what is neither a film nor an episode, says both, or is not to be ticked."""
    addon = paths.addon_of(row.path)
    if _EXCLUDED in row.labels or not addon or _is_piece(row, addon):
        return None
    said = paths.read(row.path)
    kind = row.labels.get("DBTYPE") or row.labels.get(_KIND)
    if kind == TVSHOW and said.place is not None:
        return _episode(row, addon, said, None, None)  # as Umbrella calls them in mixed lists
    if kind == EPISODE:
        season, episode = number(row.labels.get("Season")), number(row.labels.get("Episode"))
        return _episode(row, addon, said, season, episode or None)
    return _film(row, addon, said) if kind == MOVIE else None


def _episode(
    row: NonLibraryRow, addon: str, said: paths.Said, season: int | None, episode: int | None
) -> AddonRow | None:
    if said.kind == FILM or row.labels.get(_TMDB_TYPE) == "movie":
        return None
    if said.place and season in (None, said.season) and episode in (None, said.episode):
        season, episode = said.place  # zero is dropped from the labels of some add-ons
    return AddonRow(row, addon, EPISODE, season, episode, said)


def _film(row: NonLibraryRow, addon: str, said: paths.Said) -> AddonRow | None:
    is_episode = "TVShowTitle" in row.labels and "Episode" in row.labels
    if is_episode or said.kind == SHOW or row.labels.get(_TMDB_TYPE) == "tv":
        return None
    return AddonRow(row, addon, MOVIE, None, None, said)


def _is_piece(row: NonLibraryRow, addon: str) -> bool:
    """Whether it is a trailer or the like, which may carry all that the film carries."""
    is_called_so = paths.is_piece(row.path) or names.is_piece(row.labels.get("Label", ""))
    return is_called_so or paths.facts_of(addon).is_never_a_title
