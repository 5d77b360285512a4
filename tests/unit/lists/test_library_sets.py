"""The films of a set that lack their ticks stand for its row, which is mended after they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Mapping, Sequence

from lib.lists.library_sets import LibrarySets
from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.files import Files
from lib.ticks.library import Library
from lib.ticks.sources import Sources
from lib.ticks.writer import Writer
from lib.titles.rows import MOVIE, SET, LibraryRow

FILMS = {
    1: [{"movieid": 11, "title": "Alien", "playcount": 1}, {"movieid": 12, "title": "Aliens"}],
    2: [{"movieid": 21, "title": "Cube", "playcount": 0}],
}


class Kodi:
    """Two sets; of one nothing is told but names."""

    def __init__(self) -> None:
        self.mended: list[int] = []
        self.may_load = True

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return [self._reply(method, params["setid"]) for method, params in calls]

    def _reply(self, method: str, dbid: int) -> Any:
        if method == "VideoLibrary.SetMovieSetDetails":
            self.mended.append(dbid)
            return "OK"
        return {"setdetails": {"movies": FILMS[dbid]}} if dbid in FILMS else RuntimeError()


def sets_of(kodi: Kodi) -> LibrarySets:
    files = Files(lambda _: True, lambda _: False, Sources(kodi.batch))
    deps: Any = SimpleNamespace(
        library=Library(kodi.batch, files.exists),
        writer=Writer(kodi.batch, lambda _: None, files, lambda: kodi.may_load),
    )
    return LibrarySets(deps)


def row(dbid: int, *, is_ticked: bool = False) -> LibraryRow:
    return LibraryRow(SET, dbid, "A set", -1, None, is_ticked)


def tick(kind: str, dbid: int) -> Tick:
    return Tick(Video(kind, dbid, "/a.mkv", 0, ""), 1, "")


def test_only_films_that_are_known_to_lack_their_ticks() -> None:
    found = sets_of(Kodi()).films([row(1), row(2), row(3)])
    assert found == [LibraryRow(MOVIE, 21, "Cube", -1, None, is_ticked=False)]


def test_a_set_that_is_ticked_is_not_read() -> None:
    assert sets_of(Kodi()).films([row(2, is_ticked=True)]) == []


def test_a_set_is_mended_once_after_its_films_are_ticked() -> None:
    kodi = Kodi()
    sets = sets_of(kodi)
    sets.films([row(2)])
    sets.note([tick(EPISODE, 21), tick(FILM, 99)])
    assert not sets.is_due
    sets.note([tick(FILM, 21)])
    assert sets.is_due
    sets.mend()
    assert (kodi.mended, sets.is_due) == ([2], False)


def test_sets_are_mended_later_where_kodi_may_load_no_list_now() -> None:
    kodi = Kodi()
    sets = sets_of(kodi)
    sets.films([row(1), row(2)])
    sets.note([tick(FILM, 21)])
    kodi.may_load = False
    assert not sets.mend()
    assert (kodi.mended, sets.is_due) == ([], True)
    kodi.may_load = True
    assert sets.mend()
    assert (len(kodi.mended), sets.is_due) == (1, False)
    assert not sets.mend()
