"""The films that rows on screen are of, from reading them to Simkl's answer. Knows neither door."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Iterator, Mapping, NamedTuple

from lib.asks import PLAIN, Ask

if TYPE_CHECKING:
    from lib.house import House
    from lib.library import FilmFacts
    from lib.remembered import Known
    from lib.ticks import Video

_HOLDS_FOR = 2.0  # seconds by which what was read of a film may be old: another box may share it


class _Film(NamedTuple):
    """name: as the row says. read_at: by time.monotonic."""

    name: str
    ask: Ask
    video: Video
    read_at: float


class Answered(NamedTuple):
    ask: Ask
    video: Video
    known: Known


class Films:
    def __init__(self, house: House) -> None:
        self._house = house
        self._films: dict[int, _Film] = {}

    def __len__(self) -> int:
        """How many wait for an answer."""
        return len(self._films)

    def take(self, names: Mapping[int, str]) -> list[int]:
        """Have these wait, by movieid; those that are not to be asked about."""
        not_asked = []
        for dbid, facts in self._house.library.films(names).items():
            ask = self._ask_about(facts)
            if ask is None:
                not_asked.append(dbid)
            else:
                self._films[dbid] = _Film(names[dbid], ask, facts.video, time.monotonic())
        return not_asked

    def _ask_about(self, facts: FilmFacts) -> Ask | None:
        may_ask = self._house.may_ask(facts.title, facts.video.file)
        return Ask(facts.title, PLAIN) if facts.title and may_ask else None

    @property
    def asks(self) -> list[Ask]:
        return [film.ask for film in self._films.values()]

    def take_answered(self) -> list[Answered]:
        """Those that wait no more, as they stand in the library; some may have gone."""
        said = {ask: self._house.watched.known(ask) for ask in self.asks}
        known = {ask: answer for ask, answer in said.items() if answer is not None}
        ready = {dbid: film for dbid, film in self._films.items() if film.ask in known}
        for dbid in ready:
            del self._films[dbid]
        return [
            Answered(film.ask, film.video, known[film.ask]) for film in self._as_they_stand(ready)
        ]

    def _as_they_stand(self, films: Mapping[int, _Film]) -> Iterator[_Film]:
        """Read again where Simkl took its time."""
        by = time.monotonic() - _HOLDS_FOR
        old = {dbid: film for dbid, film in films.items() if film.read_at <= by}
        yield from (film for dbid, film in films.items() if dbid not in old)
        found = self._house.library.films({dbid: film.name for dbid, film in old.items()})
        for dbid, facts in found.items():
            if self._ask_about(facts) == old[dbid].ask:  # else Kodi has given the id to another
                yield old[dbid]._replace(video=facts.video)
