"""Which title is it: from what Kodi knows of a film or series to what Simkl is asked.

Knows no Kodi and no HTTP. Ids come before names; a name counts only where there is no id at
all, and never without its year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, NamedTuple

MOVIE = "movie"
SHOW = "show"

# What scrapers call the ids that Simkl knows (docs/simkl-api.md).
_SIMKL_NAMES = {
    "imdb": "imdb",
    "tmdb": "tmdb",
    "themoviedb": "tmdb",
    "tvdb": "tvdb",
    "thetvdb": "tvdb",
    "simkl": "simkl",
    "mal": "mal",
    "myanimelist": "mal",
    "anidb": "anidb",
    "anilist": "anilist",
    "kitsu": "kitsu",
}
_IMDB = re.compile(r"tt[0-9]{5,10}$")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}$")


@dataclass(frozen=True)
class Title:
    """A film or a series as Simkl can be asked about it.

    kind: MOVIE or SHOW, Simkl's `type`. ids: pairs of Simkl's id name and the cleaned id,
    sorted. name, year: set only where there is no id; then both are.
    """

    kind: str
    ids: tuple[tuple[str, str], ...]
    name: str = ""
    year: int | None = None

    @property
    def names(self) -> frozenset[str]:
        """Each id by itself, or name and year: titles that share one are the same."""
        if self.ids:
            return frozenset(f"{self.kind} {name} {value}" for name, value in self.ids)
        return frozenset([f"{self.kind} {' '.join(self.name.casefold().split())} {self.year}"])

    @property
    def words(self) -> str:
        """All its names as one text, the same for the same title."""
        return "\n".join(sorted(self.names))

    def item(self) -> dict[str, Any]:
        """The item of `POST /sync/watched` that asks about this title."""
        if self.ids:
            ids = {name: value if name == "imdb" else int(value) for name, value in self.ids}
            return {"type": self.kind, "ids": ids}
        return {"type": self.kind, "title": self.name, "year": self.year}


class Place(NamedTuple):
    """What a row is. title: the film, or the series; None where it cannot be asked about.

    season, episode: -1 for a film, and where all of them are meant.
    """

    title: Title | None
    season: int = -1
    episode: int = -1


def title_of(kind: str, details: Mapping[str, Any]) -> Title | None:
    """The title behind JSON-RPC details with `uniqueid`, `title`, `year` and `premiered`.

    None where it cannot be asked about: no usable id, and no name with a year.
    """
    ids = clean_ids(details.get("uniqueid"))
    if ids:
        return Title(kind, tuple(sorted(ids.items())))
    name, year = details.get("title"), year_of(details)
    if not isinstance(name, str) or not name.strip() or year is None:
        return None
    return Title(kind, (), name.strip(), year)


def clean_ids(raw: object) -> dict[str, str]:
    """Simkl's ids in a Kodi `uniqueid`; whatever is no id of a known kind is left out.

    Where two values claim the same kind, those under its proper name count; values that
    contradict each other all the same are left out.
    """
    proper: dict[str, set[str]] = {}
    guessed: dict[str, set[str]] = {}
    for raw_key, value in raw.items() if isinstance(raw, Mapping) else ():
        key = str(raw_key).strip().lower()
        name, text = _named(key, str(value).strip())
        if name is not None:
            (proper if name == key else guessed).setdefault(name, set()).add(text)
    claims = {**guessed, **proper}
    return {name: texts.pop() for name, texts in claims.items() if len(texts) == 1}


def usable_ids(claims: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The first value of each kind that is an id at all, under the name that it came with."""
    usable: dict[str, str] = {}
    for claim in claims:
        for kind, value in claim.items():
            if clean_ids({kind: value}):
                usable.setdefault(kind, value)
    return usable


def _named(key: str, value: str) -> tuple[str | None, str]:
    """Simkl's name for an id and its value; the name is None where it is no id."""
    value = value.lower()
    if _IMDB.match(value):
        # Kodi's "unknown" holds an IMDb id in most libraries (trakt/script.trakt#476).
        return ("imdb" if key in ("imdb", "unknown", "") else None), value
    name = _SIMKL_NAMES.get(key)
    if name in (None, "imdb") or not _NUMBER.match(value):
        return None, value
    return name, value


def year_of(details: Mapping[str, Any]) -> int | None:
    """The year if it is known. Kodi 20 reads 1970 or 1601 where it is not."""
    year = details.get("year")
    if not isinstance(year, int) or not 1880 <= year <= 2100:
        return None
    if year == 1970 and str(details.get("premiered") or "1970-01-01").startswith("1970-01-01"):
        return None
    return year
