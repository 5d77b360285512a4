"""What is said of a title that the person asked about."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from lib.kodi import string_ids
from lib.lists import row_places, why_no_tick
from lib.simkl.answers import AllWatched, Answer, Film, Series, Watch
from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES
from lib.titles.title import Place
from lib.ui.check_result import CheckResult
from tests.unit.kodi.test_string_ids import ENGLISH, read_words
from tools.zip import ROOT

WATCH, LONG_AGO = Watch(datetime(2024, 3, 1, 12, tzinfo=timezone.utc)), Watch(None)
DARK = Series({}, {(1, 1): WATCH, (1, 2): None, (2, 1): LONG_AGO})
ALL = Series({}, None, AllWatched(9, WATCH), "completed")


def in_list(name: str) -> Series:
    return Series({}, None, list_name=name)


def said(place: Place, answer: Answer, *, is_unclear: bool = False) -> tuple[int, dict[str, Any]]:
    given: list[tuple[int, dict[str, Any]]] = []

    def say(number: int, **values: str) -> str:
        given.append((number, values))
        return ""

    CheckResult("Dark", say, lambda local: local[:4]).sentence(place, answer, is_unclear=is_unclear)
    return given[0]


@pytest.mark.parametrize(
    ("place", "answer", "number", "values"),
    [
        (Place(None), Film(WATCH), string_ids.FOUND_WATCHED, {"date": "2024"}),
        (Place(None), Film(LONG_AGO), string_ids.FOUND_WATCHED_ONCE, {}),
        (Place(None), Film(None), string_ids.FOUND_NOT_WATCHED, {}),
        (Place(None), None, string_ids.FOUND_NOTHING, {}),
        (Place(None), DARK, string_ids.FOUND_EPISODES, {"watched": "2", "episodes": "3"}),
        (Place(None, 1), DARK, string_ids.FOUND_EPISODES, {"watched": "1", "episodes": "2"}),
        (Place(None, 3), DARK, string_ids.FOUND_NOTHING, {}),
        (Place(None, 1, 1), DARK, string_ids.FOUND_WATCHED, {"date": "2024"}),
        (Place(None, 1, 2), DARK, string_ids.FOUND_NOT_WATCHED, {}),
        (Place(None, 2, 1), DARK, string_ids.FOUND_WATCHED_ONCE, {}),
        (Place(None, 2, 2), DARK, string_ids.FOUND_NOTHING, {}),
        (Place(None), Film(None, is_in_parts=True), string_ids.FOUND_PARTS, {}),
        (Place(None), Series({1: 2}, None), string_ids.FOUND_NOT_WATCHED, {}),
        (Place(None), in_list("watching"), string_ids.FOUND_IN_LIST, {}),
        (Place(None, 1), in_list(""), string_ids.FOUND_IN_LIST, {}),
        (Place(None), in_list("completed"), string_ids.FOUND_COMPLETED, {}),
        (Place(None, 1, 2), in_list("completed"), string_ids.FOUND_COMPLETED, {}),
        (Place(None), ALL, string_ids.FOUND_EPISODES, {"watched": "9", "episodes": "9"}),
        (Place(None, 0), ALL, string_ids.FOUND_COMPLETED, {}),
    ],
)
def test_sentence(place: Place, answer: Answer, number: int, values: dict[str, str]) -> None:
    assert said(place, answer) == (number, {"name": "Dark", **values})


def test_an_answer_against_the_contract_is_not_said_to_be_unknown_to_simkl() -> None:
    assert said(Place(None), None, is_unclear=True)[0] == string_ids.FOUND_UNCLEAR
    assert said(Place(None, 1, 1), DARK, is_unclear=True)[0] == string_ids.FOUND_WATCHED


@pytest.mark.parametrize(
    ("place", "answer", "is_watched"),
    [
        (Place(None), Film(WATCH), True),
        (Place(None), Film(LONG_AGO), True),
        (Place(None), Film(None), False),
        (Place(None), None, False),
        (Place(None, 1, 1), DARK, True),
        (Place(None, 1, 2), DARK, False),
        (Place(None, 2, 2), DARK, False),
        (Place(None), DARK, False),
        (Place(None, 2), DARK, True),
        (Place(None), Series({}, {(0, 1): None, (1, 1): WATCH}), True),  # but for its specials
        (Place(None, 0), Series({}, {(0, 1): None, (1, 1): WATCH}), False),
        (Place(None, 0, 1), Series({}, {(0, 1): WATCH}), True),
        (Place(None), Series({}, {(0, 1): WATCH}), False),
        (Place(None), ALL, True),
        (Place(None, 1), ALL, False),
    ],
)
def test_whether_it_is_watched(place: Place, answer: Answer, is_watched: bool) -> None:
    result = CheckResult("Dark", lambda *_, **__: "", lambda local: local)
    assert result.is_watched(place, answer) == is_watched


REASONS = [
    *(row_places.LEFT_ALONE, row_places.LEFT_OUT, row_places.SWITCHED_OFF),
    *(why_no_tick.NO_ID, why_no_tick.IN_DOUBT, why_no_tick.NOT_DRAWN, why_no_tick.BEGUN),
    *(why_no_tick.ADDON_DRAWS_OWN, why_no_tick.HELD_BACK, why_no_tick.REMOVED),
    *(GONE, NO_SOURCE, SEVERAL_FILES, KEEPS_WAITING, ADDON_PATH),
]


def test_each_reason_has_a_sentence_of_its_own_that_is_listed() -> None:
    words = read_words(ENGLISH)
    result = CheckResult("Dark", lambda number: words[number], lambda local: local)
    sentences = {result.with_reason("", reason).strip() for reason in REASONS}
    assert len(sentences) == len(REASONS)
    listed = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    its_own = [each for each in sentences if not each.startswith("Kodi takes no tick for it")]
    assert [each for each in its_own if f"| {each} |" not in listed] == []


@pytest.mark.parametrize("reason", [GONE, NO_SOURCE, SEVERAL_FILES, KEEPS_WAITING, ADDON_PATH])
def test_why_kodi_takes_no_tick_follows_in_a_sentence(reason: str) -> None:
    words = read_words(ENGLISH)
    result = CheckResult("Dark", lambda number: words[number], lambda local: local)
    said = result.with_reason("Dark: watched.", reason)
    assert said.startswith("Dark: watched. Kodi takes no tick for it")
    assert said.endswith(".")
