"""Which rows are in sight, as far as Kodi tells."""

from __future__ import annotations

import pytest

from lib.lists.sight import Sight


class Screen:
    def __init__(self, focus: int, rows: int, pages: int) -> None:
        self.focus, self.rows, self.pages = focus, rows, pages
        self.sight = Sight(self._label)
        self.sight.begin_list()

    def _label(self, name: str) -> str:
        return {
            "Container.CurrentItem": str(self.focus),
            "Container.NumItems": str(self.rows),
            "Container.NumPages": str(self.pages),
        }[name]


@pytest.mark.parametrize(
    ("focus", "rows", "pages", "in_sight"),
    [
        (50, 1000, 100, range(39, 62)),  # 10 rows a page, or 11: Kodi tells no more
        (1, 25, 3, range(15)),
        (1, 8, 1, range(10)),
        (1, 8, 0, range(10)),  # a skin that tells no pages: all are
    ],
)
def test_a_page_on_either_side_of_the_focus(
    focus: int, rows: int, pages: int, in_sight: range
) -> None:
    found = Screen(focus, rows, pages).sight.rows()
    assert set(found) == set(in_sight)
    assert found[0] == focus


def test_one_page_more_where_the_person_moves() -> None:
    screen = Screen(50, 1000, 100)
    screen.focus = 60
    assert set(screen.sight.rows()) == set(range(49, 83))
    assert set(screen.sight.rows()) == set(range(49, 83)), "also while they rest"
    screen.focus = 59
    assert set(screen.sight.rows()) == set(range(37, 71))
