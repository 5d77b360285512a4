"""Which film or episode is a row that is not of the library: by what it says, or by its file name.

Rows of other add-ons say it with labels, properties and paths, each add-on in its own way
(`addon_facts.py`, docs/lists.md). Ids come before names, and an id counts for a series only where
it is known, or shown by the rest of the list, to be the series' and not the episode's. In doubt a
row is unknown. Knows no Kodi and no HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Mapping, Sequence

from lib.titles import addon_row, paths
from lib.titles.addon_facts import COUR_IDS, ROW_IDS, SERIES_IDS
from lib.titles.addon_row import AddonRow
from lib.titles.filenames import named_by
from lib.titles.list_context import PATH, ListContext, claims
from lib.titles.locations import scheme_of
from lib.titles.names import name_and_year
from lib.titles.paths import addon_of
from lib.titles.rows import MOVIE, SEASON, TVSHOW
from lib.titles.title import MOVIE as FILM
from lib.titles.title import SHOW, Title, clean_ids, title_of, usable_ids

if TYPE_CHECKING:
    from lib.titles.rows import NonLibraryRow

Ids = Mapping[str, str]

_PLAYABLE = "Property(IsPlayable)"

LABELS = (*addon_row.LABELS, _PLAYABLE)
"""What is read of a row."""

LABELS_OF_MENU_ROW = (*LABELS, "DBID", "PlayCount")
"""What is read of the row whose context menu is open."""


@dataclass(frozen=True)
class Identity:
    """title: the film, or the series of the episodes.

    episodes: season and number of each; none of a film.
    """

    title: Title
    episodes: tuple[tuple[int, int], ...] = ()


def identities(rows: Sequence[NonLibraryRow], list_path: str) -> list[Identity | None]:
    """What each of these rows of one list is; None where that is not certain, or not wanted."""
    said = [addon_row.addon_row_of(row) for row in rows]
    list_context = ListContext([row for row in said if row is not None], list_path)
    return [
        _file_identity(row) if each is None else _identity(each, list_context)
        for row, each in zip(rows, said)
    ]


def series_of_folder(row: NonLibraryRow) -> Title | None:
    """The series of another add-on's row that is a series or a season itself."""
    kind, said = row.labels.get("DBTYPE", ""), paths.read(row.path)
    folder = AddonRow(row, addon_of(row.path), kind, None, None, said)
    if not folder.addon or kind not in (TVSHOW, SEASON) or said.kind == FILM:
        return None
    if kind == SEASON:
        ids = _said_to_be_the_series(folder)
        return _by_ids(SHOW, ids) if ids else None
    ids = folder.ids({**ROW_IDS, **COUR_IDS}) or said.ids
    if ids:
        return _by_ids(SHOW, ids)
    name, year = name_and_year(row.labels.get("Title", ""), row.labels.get("Year", ""))
    return title_of(SHOW, {"title": name, "year": year})


def is_drawn_by_kodi(row: NonLibraryRow) -> bool:
    """Whether Kodi will find its own tick for this row again when it is listed.

    Kodi keeps a path without its query under a name that ends in "/", and looks it up without
    (20.1), so it never finds those of the form plugin://id/name?query.
    """
    if not addon_of(row.path):
        return True
    before, query, _ = row.path.partition("?")
    return row.labels.get(_PLAYABLE, "") == "true" and (not query or before.endswith("/"))


def _file_identity(row: NonLibraryRow) -> Identity | None:
    if scheme_of(row.path) in ("plugin", "pvr") or "DBTYPE" in row.labels:
        return None
    named = named_by(row.path)
    if named is None:
        return None
    kind = SHOW if named.episodes else FILM
    details = {"title": named.name, "year": named.year, "uniqueid": dict(named.ids)}
    title = title_of(kind, details)
    return None if title is None else Identity(title, named.episodes)


def _identity(row: AddonRow, list_context: ListContext) -> Identity | None:
    if row.kind == MOVIE:
        return _film(row)
    if row.facts.counts_by_cour:
        return _of_cour(row)
    return _episode(row, list_context)


def _film(row: AddonRow) -> Identity | None:
    labels = COUR_IDS if row.facts.counts_by_cour else {**ROW_IDS, **COUR_IDS}
    ids = row.ids(labels) or row.path_ids
    title = _by_ids(FILM, ids) if ids else _by_name(FILM, row)
    return None if title is None else Identity(title)


def _episode(row: AddonRow, list_context: ListContext) -> Identity | None:
    """Sources from the most certain on; the first that says something counts, with all it says."""
    if row.season is None or not row.episode:
        return None
    place = (row.season, row.episode)
    ids = _said_to_be_the_series(row) or _shown_to_be_the_series(row, list_context)
    if ids:
        return Identity(_by_ids(SHOW, ids), (place,))
    if row.ids(COUR_IDS):
        return _of_cour(row) if row.season == 1 else None  # it may be the id of the first
    if row.path.ids or row.ids(ROW_IDS):
        return None  # it has ids, of which nobody knows whose they are
    title = _by_name(SHOW, row)
    return None if title is None else Identity(title, (place,))


def _said_to_be_the_series(row: AddonRow) -> Ids:
    """Ids that say it themselves, or of which it is known."""
    known = {label: kind for label, kind in ROW_IDS.items() if label in row.facts.series}
    in_path = row.path_ids if row.facts.paths_name_series else {}
    return row.ids(SERIES_IDS) or in_path or row.ids(known)


def _shown_to_be_the_series(row: AddonRow, list_context: ListContext) -> Ids:
    """Ids that other episodes of the season carry too, else those of the list's path."""
    shown = [
        (place, {kind: value})
        for place, kind, value in claims(row)
        if place not in row.facts.own and list_context.shows_series(row, (place, kind, value))
    ]
    ids = usable_ids(each for place, each in shown if place == PATH)
    ids = ids or usable_ids(each for _, each in shown)
    listed = list_context.list_ids(row)
    return {} if _contradict(ids, listed) else ids or listed


def _contradict(ids: Ids, others: Ids) -> bool:
    ours, theirs = clean_ids(ids), clean_ids(others)
    return any(theirs.get(kind, value) != value for kind, value in ours.items())


def _of_cour(row: AddonRow) -> Identity | None:
    ids = row.ids(COUR_IDS)
    if not ids or not row.episode:
        return None
    return Identity(_by_ids(SHOW, ids), ((1, row.episode),))


def _by_ids(kind: str, ids: Ids) -> Title:
    return Title(kind, tuple(sorted(clean_ids(ids).items())))


def _by_name(kind: str, row: AddonRow) -> Title | None:
    name, year = row.title_and_year
    return title_of(kind, {"title": name, "year": year})
