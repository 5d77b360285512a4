"""The library's id on another add-on's row counts only where the library agrees with the row."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import pytest

from lib.lists.dbids import with_library
from lib.ticks.library import Library
from lib.titles.identify import Identity, identities
from lib.titles.rows import NonLibraryRow
from lib.titles.title import MOVIE, Title
from tests.unit.rows import episode, film, movie, show

HEAT = {"movieid": 7, "title": "Heat", "year": 1995, "uniqueid": {"imdb": "tt0113277"}}
LIES = {"episodeid": 8, "showtitle": "Dark", "season": 1, "episode": 2, "tvshowid": 3}
DARK = {"tvshowid": 3, "title": "Dark", "year": 2017, "uniqueid": {"tmdb": "70523"}}
DETAILS = {
    ("VideoLibrary.GetMovieDetails", "movieid"): ("moviedetails", HEAT),
    ("VideoLibrary.GetEpisodeDetails", "episodeid"): ("episodedetails", LIES),
    ("VideoLibrary.GetTVShowDetails", "tvshowid"): ("tvshowdetails", DARK),
}


class KodisLibrary:
    """One film, and one series with one episode; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        if calls:
            self.asked.append(len(calls))
        return [self._reply(method, params) for method, params in calls]

    @staticmethod
    def _reply(method: str, params: Mapping[str, Any]) -> Any:
        key = next(name for name in params if name.endswith("id"))
        name, details = DETAILS[method, key]
        return {name: details} if details[key] == params[key] else {"error": {"code": -32602}}


@pytest.fixture
def kodi() -> KodisLibrary:
    return KodisLibrary()


def believed(kodi: KodisLibrary, *rows: NonLibraryRow) -> list[Identity | None]:
    return with_library(rows, identities(rows, ""), Library(kodi.batch, lambda _: True))


def test_the_film_that_the_library_calls_the_same(kodi: KodisLibrary) -> None:
    heat = movie(imdb="tt0113277")
    assert believed(kodi, film(DBID="7", Year="")) == [heat]
    assert believed(kodi, film(DBID="7", Title="[B]HEAT[/B] (45%)", Year="")) == [heat]


@pytest.mark.parametrize(
    "labels",
    [
        {"Title": "Ronin"},
        {"Title": ""},
        {"DBID": "6"},
        {"DBID": "0"},
        {"DBID": "-1"},
        {"DBTYPE": "video"},
        {"DBTYPE": "episode"},
        {"prop_script__trakt__exclude": "1"},
        {"Label": "Heat - Trailer"},
    ],
)
def test_no_other_film(kodi: KodisLibrary, labels: dict[str, str]) -> None:
    assert believed(kodi, film(**{"DBID": "7", "Year": "", **labels})) == [None]


def test_the_episode_that_the_library_calls_the_same(kodi: KodisLibrary) -> None:
    """It has an id of which nobody knows whose it is; the library's series has one of its own."""
    assert believed(kodi, episode(DBID="8", uid_tmdb="1256")) == [show(tmdb="70523")]


@pytest.mark.parametrize(
    "labels",
    [{"TVShowTitle": "1899"}, {"TVShowTitle": ""}, {"season": 2}, {"number": 3}, {"DBID": "7"}],
)
def test_no_other_episode(kodi: KodisLibrary, labels: dict[str, Any]) -> None:
    assert believed(kodi, episode(**{"DBID": "8", **labels})) == [None]


def test_numbers_that_are_made_up_are_not_even_looked_up(kodi: KodisLibrary) -> None:
    assert believed(kodi, episode(DBID="1000000008"), film(DBID="1000000007", Year="")) == [
        None,
        None,
    ]
    assert kodi.asked == []


def test_the_library_is_not_asked_about_what_is_known(kodi: KodisLibrary) -> None:
    known = film(DBID="7", uid_tmdb="949"), film(DBID="7"), film(Year="")
    assert believed(kodi, *known) == [
        movie(tmdb="949"),
        Identity(Title(MOVIE, (), "Heat", 1995)),
        None,
    ]
    assert kodi.asked == []


def test_a_hundred_rows_are_one_batch(kodi: KodisLibrary) -> None:
    rows = [film(DBID=str(n), Year="") for n in range(1, 101)]
    found = believed(kodi, *rows)
    assert [n for n, each in enumerate(found, 1) if each is not None] == [7]
    assert kodi.asked == [100]
