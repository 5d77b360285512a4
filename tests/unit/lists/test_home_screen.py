"""Which rows Kodi's lists on the home screen are made of."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from lib.lists.home_screen import rows_on_home
from lib.titles.rows import EPISODE, MOVIE, LibraryRow


def film(number: int, playcount: int = 0) -> dict[str, Any]:
    return {"movieid": number, "title": f"Film {number}", "playcount": playcount}


def episode(number: int, series: int, playcount: int = 0) -> dict[str, Any]:
    return {
        "episodeid": number,
        "title": f"Episode {number}",
        "tvshowid": series,
        "season": 1,
        "playcount": playcount,
    }


def answers(**replies: Any) -> Any:
    def batch(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return [replies.get(method.split(".")[1], {}) for method, _ in calls]

    return batch


def test_what_is_new_or_begun_and_what_comes_next() -> None:
    rows = rows_on_home(
        answers(
            GetRecentlyAddedMovies={"movies": [film(1), film(2, playcount=1)]},
            GetMovies={"movies": [film(3), film(1)]},
            GetRecentlyAddedEpisodes={"episodes": [episode(5, 70)]},
            GetInProgressTVShows={"tvshows": [{"tvshowid": 71}]},
            GetEpisodes={"episodes": [episode(6, 71)]},
        )
    )
    assert rows == [
        LibraryRow(MOVIE, 1, "Film 1", -1, None, is_ticked=False),
        LibraryRow(MOVIE, 3, "Film 3", -1, None, is_ticked=False),
        LibraryRow(EPISODE, 5, "Episode 5", 70, 1, is_ticked=False),
        LibraryRow(EPISODE, 6, "Episode 6", 71, 1, is_ticked=False),
    ]


def test_an_empty_library_and_errors_give_none() -> None:
    assert rows_on_home(answers()) == []
    assert rows_on_home(answers(GetRecentlyAddedMovies="error", GetMovies=None)) == []


def test_a_broken_row_stops_no_other() -> None:
    broken = [film(1), {"movieid": "x", "playcount": 0}, {"title": "no id"}]
    rows = rows_on_home(
        answers(
            GetRecentlyAddedMovies={"movies": [*broken, "nonsense"]},
            GetRecentlyAddedEpisodes={"episodes": [{"episodeid": 4}]},
        )
    )
    assert [row.dbid for row in rows] == [1]
