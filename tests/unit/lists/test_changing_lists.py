"""A list that had other rows after it was loaded again is known by that."""

from __future__ import annotations

import pytest

from lib.lists.changing_lists import ChangingLists
from lib.titles.identify import Identity
from lib.titles.rows import NonLibraryRow
from tests.unit.rows import movie

LIST, OTHER = "plugin://plugin.video.a/list/", "plugin://plugin.video.a/other/"


def rows(*numbers: int, token: str = "") -> list[tuple[NonLibraryRow, Identity]]:
    return [
        (NonLibraryRow(f"plugin://plugin.video.a/{n}{token}", {}, 0, False), movie(tmdb=str(n)))
        for n in numbers
    ]


@pytest.fixture
def lists() -> ChangingLists:
    made = ChangingLists()
    made.loads(LIST, rows(1, 2, 3))
    return made


def test_one_with_another_row_is_remembered(lists: ChangingLists) -> None:
    lists.look(LIST, rows(1, 2, 4))
    assert lists.has(LIST)
    lists.open_list()
    assert lists.has(LIST)
    assert not lists.has(OTHER)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(rows(1, 2, 3), id="the same"),
        pytest.param(rows(3, 1, 2), id="in another order"),
        pytest.param(rows(1, 3), id="one less"),
        pytest.param(rows(1, 2, 3, token="?again"), id="under other paths"),
        pytest.param([(rows(2)[0][0], movie(imdb="tt0113277"))], id="with other ids"),
    ],
)
def test_the_same_rows_are_not(
    lists: ChangingLists, after: list[tuple[NonLibraryRow, Identity]]
) -> None:
    lists.look(LIST, after)
    assert not lists.has(LIST)


def test_what_another_list_shows_says_nothing_nor_the_same_an_hour_later(
    lists: ChangingLists,
) -> None:
    lists.look(OTHER, rows(4))
    lists.open_list()
    lists.look(LIST, rows(4))
    assert not lists.has(LIST)
    assert not lists.has(OTHER)
