"""What is said of a title that the person asked about."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from lib import texts
from lib.answers import Answer, Film, Series, Watch
from lib.found import Finding
from lib.titles import Place

WATCH, LONG_AGO = Watch(datetime(2024, 3, 1, 12, tzinfo=timezone.utc)), Watch(None)
DARK = Series({}, {(1, 1): WATCH, (1, 2): None, (2, 1): LONG_AGO})


def said(place: Place, answer: Answer) -> tuple[int, dict[str, Any]]:
    given: list[tuple[int, dict[str, Any]]] = []

    def say(number: int, **values: str) -> str:
        given.append((number, values))
        return ""

    Finding("Dark", say, lambda local: local[:4]).sentence(place, answer)
    return given[0]


@pytest.mark.parametrize(
    ("place", "answer", "number", "values"),
    [
        (Place(None), Film(WATCH), texts.FOUND_WATCHED, {"date": "2024"}),
        (Place(None), Film(LONG_AGO), texts.FOUND_WATCHED_ONCE, {}),
        (Place(None), Film(None), texts.FOUND_NOT_WATCHED, {}),
        (Place(None), None, texts.FOUND_NOTHING, {}),
        (Place(None), DARK, texts.FOUND_EPISODES, {"watched": "2", "episodes": "3"}),
        (Place(None, 1), DARK, texts.FOUND_EPISODES, {"watched": "1", "episodes": "2"}),
        (Place(None, 3), DARK, texts.FOUND_NOTHING, {}),
        (Place(None, 1, 1), DARK, texts.FOUND_WATCHED, {"date": "2024"}),
        (Place(None, 1, 2), DARK, texts.FOUND_NOT_WATCHED, {}),
        (Place(None, 2, 1), DARK, texts.FOUND_WATCHED_ONCE, {}),
        (Place(None, 2, 2), DARK, texts.FOUND_NOTHING, {}),
        (Place(None), Series({1: 2}, None), texts.FOUND_NOTHING, {}),
    ],
)
def test_sentence(place: Place, answer: Answer, number: int, values: dict[str, str]) -> None:
    assert said(place, answer) == (number, {"name": "Dark", **values})
