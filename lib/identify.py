"""Which film or episode is a row that is not of the library: by what it says, or by its file name.

Rows of other add-ons say it with labels and properties, each add-on in its own way
(docs/lists.md). Ids come before names, and an id counts for a series only where it is known, or
shown by the rows around, to be the series' and not the episode's. In doubt a row is unknown.
Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterable, Mapping, Sequence, Set, Tuple
from urllib.parse import parse_qsl

from lib.filenames import named_by
from lib.screen import EPISODE, MOVIE
from lib.titles import MOVIE as FILM
from lib.titles import SHOW, Title, clean_ids, title_of

if TYPE_CHECKING:
    from lib.screen import Listed

# On an episode's row these are the series', in every add-on that was read.
_SERIES_IDS = {
    "UniqueID(tvshow.tmdb)": "tmdb",
    "UniqueID(tvshow.tvdb)": "tvdb",
    "UniqueID(tvshow.imdb)": "imdb",
    "Property(tvshow.tmdb_id)": "tmdb",
    "Property(tvshow.tvdb_id)": "tvdb",
    "Property(tvshow.imdb_id)": "imdb",
    "Property(tmdb_show_id)": "tmdb",
    "Property(tvdb_show_id)": "tvdb",
    "Property(showtmdbid)": "tmdb",
    "Property(jacktook.simkl.tmdb_id)": "tmdb",
}
# On a film's row these are the film's; on an episode's row the series' or the episode's own.
_ROW_IDS = {
    "UniqueID(imdb)": "imdb",
    "UniqueID(tmdb)": "tmdb",
    "UniqueID(tvdb)": "tvdb",
    "IMDBNumber": "unknown",  # the default id, of whatever kind: only an IMDb id tells itself
}
# These name one cour of an anime, whose episodes count from 1 (docs/simkl-api.md).
_COUR_IDS = {
    "UniqueID(mal)": "mal",
    "UniqueID(mal_id)": "mal",
    "UniqueID(anilist)": "anilist",
    "UniqueID(anilist_id)": "anilist",
    "UniqueID(kitsu)": "kitsu",
    "UniqueID(kitsu_id)": "kitsu",
    "UniqueID(anidb)": "anidb",
    "UniqueID(anidb_id)": "anidb",
}
# What paths call them.
_PATH_IDS = {name + end: name for name in ("tmdb", "imdb", "tvdb") for end in ("_id", "")}

# Whose rows of episodes carry the series' ids in _ROW_IDS: read in their sources (docs/lists.md).
_SERIES_ON_ROWS = {
    "plugin.video.seren",
    "plugin.video.umbrella",
    "plugin.video.fen",
    "plugin.video.fenlight",
}
# Whose rows carry the ids of the cour, and others that may be of something else.
_COURS_ON_ROWS = {"plugin.video.otaku"}

_EXCLUDED = "Property(script.trakt.exclude)"
_SERIES_YEAR = "Property(tvshow.year)"
_PLAYABLE = "Property(IsPlayable)"
_PLAIN = ("DBTYPE", "Title", "Label", "TVShowTitle", "Season", "Episode", "Year")

Proof = Mapping[Tuple[str, ...], Set[str]]
"""The numbers of the episodes that an id is found with, by add-on, series, season, kind and id."""

LABELS = (*_PLAIN, _PLAYABLE, _EXCLUDED, _SERIES_YEAR, *_SERIES_IDS, *_ROW_IDS, *_COUR_IDS)
"""What is read of a row."""

_TAGS = re.compile(r"\[/?(?:COLOR|B|I|LIGHT|UPPERCASE|LOWERCASE|CAPITALIZE|CR|TABS)[^\]]*\]")
_YEAR_AT_END = re.compile(r"\s*\(((?:19|20)\d\d)\)$")
_PIECE = re.compile(r"trailer|teaser|clip", re.IGNORECASE)
_PIECE_AT_END = re.compile(r"\b(?:trailer|teaser|clip)s?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Identity:
    """title: the film, or the series of the episodes.

    episodes: season and number of each; none of a film.
    """

    title: Title
    episodes: tuple[tuple[int, int], ...] = ()


def identities(rows: Sequence[Listed]) -> list[Identity | None]:
    """What each of these rows of one list is; None where that is not certain, or not wanted."""
    proof = _proof(rows)
    return [_identity(row, proof) for row in rows]


def addon_of(path: str) -> str:
    """The add-on that a path belongs to, "" for a plain file."""
    scheme, _, rest = path.partition("://")
    return re.split(r"[/?]", rest)[0] if scheme == "plugin" else ""


def is_drawn_by_kodi(row: Listed) -> bool:
    """Whether Kodi will find its own tick for this row again when it is listed.

    Kodi keeps a path without its query under a name that ends in "/", and looks it up without
    (20.1), so it never finds those of the form plugin://id/name?query.
    """
    if not addon_of(row.path):
        return True
    before, query, _ = row.path.partition("?")
    return row.labels.get(_PLAYABLE, "") == "true" and (not query or before.endswith("/"))


def _identity(row: Listed, proof: Proof) -> Identity | None:
    if _EXCLUDED in row.labels:
        return None
    kind = row.labels.get("DBTYPE", "")
    if not addon_of(row.path):
        return _file_identity(row) if not kind else None
    if kind == MOVIE:
        return _film(row)
    return _episode(row, proof) if kind == EPISODE else None


def _file_identity(row: Listed) -> Identity | None:
    named = named_by(row.path)
    if named is None:
        return None
    kind = SHOW if named.episodes else FILM
    title = title_of(kind, {"title": named.name, "year": named.year})
    return None if title is None else Identity(title, named.episodes)


def _film(row: Listed) -> Identity | None:
    if _is_trailer(row):
        return None
    name, year = _name_and_year(row.labels.get("Title", ""), row.labels.get("Year", ""))
    of_row = [] if addon_of(row.path) in _COURS_ON_ROWS else [_said(row, _ROW_IDS)]
    ids = _merged([*of_row, _said(row, _COUR_IDS), _path_claims(row)])
    title = title_of(FILM, {"uniqueid": ids, "title": name, "year": year})
    return None if title is None else Identity(title)


def _is_trailer(row: Listed) -> bool:
    """Whether a row that says it is a film is only a piece of it, by its label or its path."""
    query = _query(row.path)
    if any(_PIECE.search(query.get(name, "")) for name in ("mode", "action", "type", "info")):
        return True
    return _PIECE_AT_END.search(_TAGS.sub("", row.labels.get("Label", ""))) is not None


def _episode(row: Listed, proof: Proof) -> Identity | None:
    season, number = _number(row.labels.get("Season")), _number(row.labels.get("Episode"))
    if season is None or not number:
        return None
    for claims in _series_claims(row, proof):
        if claims:
            return Identity(_series(claims), ((season, number),))
    cour = _said(row, _COUR_IDS)
    # Elsewhere than in the first season it may be the id of the first.
    if cour and (season == 1 or addon_of(row.path) in _COURS_ON_ROWS):
        return Identity(_series(cour), ((1, number),))
    if cour or _said(row, _ROW_IDS):
        return None  # it has ids, of which nobody knows whose they are
    show, year = _name_and_year(row.labels.get("TVShowTitle", ""), row.labels.get(_SERIES_YEAR, ""))
    title = title_of(SHOW, {"title": show, "year": year})
    return None if title is None else Identity(title, ((season, number),))


def _series(ids: Mapping[str, str]) -> Title:
    return Title(SHOW, tuple(sorted(clean_ids(ids).items())))


def _series_claims(row: Listed, proof: Proof) -> Iterable[Mapping[str, str]]:
    """Ids of the row's series, the most certain source first."""
    if addon_of(row.path) in _COURS_ON_ROWS:
        return
    yield _said(row, _SERIES_IDS)
    yield _of_the_series(row, _path_claims(row), proof)
    known = _said(row, _ROW_IDS)
    yield known if addon_of(row.path) in _SERIES_ON_ROWS else _of_the_series(row, known, proof)


def _of_the_series(row: Listed, claims: Mapping[str, str], proof: Proof) -> dict[str, str]:
    """Those that other episodes of the same season carry too: no episode's own id does that."""
    return {
        kind: value
        for kind, value in claims.items()
        if len(proof.get(_claim(row, kind, value), ())) > 1
    }


def _proof(rows: Sequence[Listed]) -> Proof:
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        if row.labels.get("DBTYPE") == EPISODE and row.labels.get("Episode"):
            for claims in (_said(row, _ROW_IDS), _path_claims(row)):
                for kind, value in claims.items():
                    found[_claim(row, kind, value)].add(row.labels["Episode"])
    return found


def _claim(row: Listed, kind: str, value: str) -> tuple[str, ...]:
    season = row.labels.get("TVShowTitle", ""), row.labels.get("Season", "")
    return (addon_of(row.path), *season, kind, value)


def _said(row: Listed, names: Mapping[str, str]) -> dict[str, str]:
    """Ids by kind. Of several labels for one kind the first that says something counts."""
    return _merged(
        [{kind: row.labels[label]} for label, kind in names.items() if label in row.labels]
    )


def _path_claims(row: Listed) -> dict[str, str]:
    query = _query(row.path)
    names = (("season", "Season"), ("episode", "Episode"))
    if row.labels.get("DBTYPE") == EPISODE and any(
        query.get(name) != row.labels.get(label) for name, label in names
    ):
        return {}
    return _merged([{kind: query[name]} for name, kind in _PATH_IDS.items() if name in query])


def _query(path: str) -> dict[str, str]:
    return dict(parse_qsl(path.partition("?")[2]))


def _merged(claims: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The first usable value of each kind."""
    merged: dict[str, str] = {}
    for claim in claims:
        for kind, value in claim.items():
            if clean_ids({kind: value}):
                merged.setdefault(kind, value)
    return merged


def _name_and_year(name: str, year: str) -> tuple[str, int | None]:
    """A title without what lists add to it, and its year: the one told, else one in brackets."""
    plain = _TAGS.sub("", name).strip()
    in_brackets = _YEAR_AT_END.search(plain)
    if in_brackets:
        plain = plain[: in_brackets.start()]
    told = _number(year) or (in_brackets and int(in_brackets.group(1)))
    return plain, told or None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None
