"""Rows of other add-ons that name a film or an episode of Kodi's library by its `DBID`.

Such a number may be made up, or be of another title since the library was rebuilt. It is believed
only where the library calls that title the same, and asked only for rows that say nothing better.
Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

from lib.titles.addon_row import addon_row_of
from lib.titles.identify import Identity
from lib.titles.names import letters, plain
from lib.titles.rows import EPISODE, MOVIE

if TYPE_CHECKING:
    from lib.ticks.library import Library
    from lib.ticks.library_facts import NamedEpisode, NamedFilm
    from lib.titles.addon_row import AddonRow
    from lib.titles.rows import NonLibraryRow

_MADE_UP = 1_000_000_000  # from here on: Emby Next Gen (emby/listitem.py:221-344)


def with_library(
    rows: Sequence[NonLibraryRow], found: Sequence[Identity | None], library: Library
) -> list[Identity | None]:
    """What `identities` found of these rows, and what the library knows of the others."""
    unknown = {number: row for number, row in _naming(rows).items() if found[number] is None}
    known = {**_films(unknown, library), **_episodes(unknown, library)}
    return [known.get(number, identity) for number, identity in enumerate(found)]


def are_of_library(rows: Sequence[NonLibraryRow], library: Library) -> list[bool]:
    """Of each row, whether the library has a title of its `DBID` and calls it the same."""
    naming = _naming(rows)
    agreed = {*_agreed_films(naming, library), *_agreed_episodes(naming, library)}
    return [number in agreed for number in range(len(rows))]


def _naming(rows: Sequence[NonLibraryRow]) -> dict[int, AddonRow]:
    """The rows that name a film or an episode of the library, by their place among these."""
    said = {n: addon_row_of(row) for n, row in enumerate(rows) if row.labels.get("DBID")}
    return {n: row for n, row in said.items() if row is not None and 0 < row.dbid < _MADE_UP}


def _films(rows: dict[int, AddonRow], library: Library) -> dict[int, Identity]:
    agreed = _agreed_films(rows, library)
    return {n: Identity(film.title) for n, film in agreed.items() if film.title is not None}


def _agreed_films(rows: dict[int, AddonRow], library: Library) -> dict[int, NamedFilm]:
    films = {number: row for number, row in rows.items() if row.kind == MOVIE}
    named = library.named_films({row.dbid for row in films.values()})
    return {
        number: film
        for number, row in films.items()
        for film in [named.get(row.dbid)]
        if film is not None and _is_film(row, film)
    }


def _episodes(rows: dict[int, AddonRow], library: Library) -> dict[int, Identity]:
    agreed = _agreed_episodes(rows, library)
    series = library.series({episode.series: episode.show for episode in agreed.values()})
    return {
        number: Identity(title, ((episode.season, episode.number),))
        for number, episode in agreed.items()
        for title in [series[episode.series].title if episode.series in series else None]
        if title is not None
    }


def _agreed_episodes(rows: dict[int, AddonRow], library: Library) -> dict[int, NamedEpisode]:
    episodes = {number: row for number, row in rows.items() if row.kind == EPISODE}
    named = library.named_episodes({row.dbid for row in episodes.values()})
    return {
        number: episode
        for number, row in episodes.items()
        for episode in [named.get(row.dbid)]
        if episode is not None and _is_episode(row, episode)
    }


def _is_film(row: AddonRow, film: NamedFilm) -> bool:
    """By its name alone: most rows that are asked about have no year."""
    return letters(row.title_and_year[0]) == letters(film.name) != ""


def _is_episode(row: AddonRow, episode: NamedEpisode) -> bool:
    is_same_place = (row.season, row.episode) == (episode.season, episode.number)
    return is_same_place and letters(plain(row.show)) == letters(episode.show) != ""
