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
    unknown = {}
    for number, (row, identity) in enumerate(zip(rows, found)):
        said = addon_row_of(row) if identity is None else None
        if said is not None and 0 < said.dbid < _MADE_UP:
            unknown[number] = said
    known = {**_films(unknown, library), **_episodes(unknown, library)}
    return [known.get(number, identity) for number, identity in enumerate(found)]


def _films(rows: dict[int, AddonRow], library: Library) -> dict[int, Identity]:
    films = {number: row for number, row in rows.items() if row.kind == MOVIE}
    named = library.named_films({row.dbid for row in films.values()})
    return {
        number: Identity(film.title)
        for number, row in films.items()
        for film in [named.get(row.dbid)]
        if film is not None and film.title is not None and _is_film(row, film)
    }


def _is_film(row: AddonRow, film: NamedFilm) -> bool:
    """By its name alone: with a year, too, the row would not be unknown."""
    return letters(row.title_and_year[0]) == letters(film.name) != ""


def _episodes(rows: dict[int, AddonRow], library: Library) -> dict[int, Identity]:
    episodes = {number: row for number, row in rows.items() if row.kind == EPISODE}
    named = library.named_episodes({row.dbid for row in episodes.values()})
    agreed = {
        number: named[row.dbid]
        for number, row in episodes.items()
        if row.dbid in named and _is_episode(row, named[row.dbid])
    }
    series = library.series({episode.series: episode.show for episode in agreed.values()})
    return {
        number: Identity(title, ((episode.season, episode.number),))
        for number, episode in agreed.items()
        for title in [series[episode.series].title if episode.series in series else None]
        if title is not None
    }


def _is_episode(row: AddonRow, episode: NamedEpisode) -> bool:
    is_same_place = (row.season, row.episode) == (episode.season, episode.number)
    return is_same_place and letters(plain(row.show)) == letters(episode.show) != ""
