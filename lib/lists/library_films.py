"""The films that rows on screen are of, as they stand in Kodi's library. Knows neither door."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Iterable, NamedTuple, Sequence

from lib.simkl.asks import PLAIN, Ask

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.ticks.due import Video
    from lib.ticks.library_facts import FilmFacts
    from lib.titles.rows import LibraryRow

_HOLDS_FOR = 2.0  # seconds by which what was read of a film may be old: another box may share it


class WaitingFilm(NamedTuple):
    """name: as the row says. read_at: by time.monotonic."""

    name: str
    ask: Ask
    video: Video
    read_at: float


class LibraryFilms:
    """Films that wait for an answer, each once."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._waiting: set[int] = set()

    def find(self, rows: Sequence[LibraryRow]) -> tuple[list[WaitingFilm], list[Video]]:
        """Films to ask about that do not wait yet; those that are not to be asked about.

        One that has gone is in neither.
        """
        names = {row.dbid: row.title for row in rows}
        films, not_asked = [], []
        for dbid, facts in self._deps.library.films(names).items():
            ask = self._ask_about(facts)
            if ask is None:
                not_asked.append(facts.video)
            elif dbid not in self._waiting:
                self._waiting.add(dbid)
                films.append(WaitingFilm(names[dbid], ask, facts.video, time.monotonic()))
        return films, not_asked

    def as_they_stand(self, films: Iterable[WaitingFilm]) -> list[WaitingFilm]:
        """Films that were answered, read again where Simkl took its time; some may have gone."""
        by_dbid = {film.video.dbid: film for film in films}
        self._waiting -= by_dbid.keys()
        by = time.monotonic() - _HOLDS_FOR
        old = {dbid: film for dbid, film in by_dbid.items() if film.read_at <= by}
        found = self._deps.library.films({dbid: film.name for dbid, film in old.items()})
        return [film for dbid, film in by_dbid.items() if dbid not in old] + [
            old[dbid]._replace(video=facts.video)
            for dbid, facts in found.items()
            if self._ask_about(facts) == old[dbid].ask  # else Kodi has given the id to another
        ]

    def _ask_about(self, facts: FilmFacts) -> Ask | None:
        may_ask = self._deps.may_ask(facts.title, facts.video.file)
        return Ask(facts.title, PLAIN) if facts.title and may_ask else None
