"""What skins are told of a row by what Simkl said of it."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from lib.lists.watched_properties import NOTHING, Properties, properties_of
from lib.simkl.answers import AllWatched, Answer, Film, Series, Watch
from lib.simkl.asks import COUNTERS, EPISODES
from lib.storage.answer_cache import Known
from lib.titles.datetimes import for_kodi
from lib.titles.title import SHOW, Place, Title

AT = datetime(2024, 3, 1, 12, 30, 5, tzinfo=timezone.utc)
LATER = datetime(2024, 3, 2, 12, tzinfo=timezone.utc)
WATCH, LAST, UNDATED = Watch(AT), Watch(LATER), Watch(None)
DATE, LAST_DATE = for_kodi(AT) or "", for_kodi(LATER) or ""
NO = Properties("false")
DARK = Series({}, {(0, 1): WATCH, (0, 2): None, (1, 1): LAST, (1, 2): WATCH, (2, 1): None})
SEEN = Series({}, {(0, 1): None, (1, 1): UNDATED, (1, 2): UNDATED})
COUNTED = Series({0: 1, 1: 2, 2: 3}, None, list_name="watching")
ALL = Series({1: 4, 2: 5}, None, AllWatched(9, WATCH), "completed")


def told(place: Place, answer: Answer, depth: str = EPISODES) -> Properties:
    return properties_of(place, Known(Title(SHOW, ()), answer, depth, 0.0))


@pytest.mark.parametrize(
    ("place", "answer", "expected"),
    [
        (Place(None), Film(WATCH), Properties("true", DATE)),
        (Place(None), Film(UNDATED), Properties("true")),
        (Place(None), Film(None), NO),
        (Place(None), Film(None, is_in_parts=True), NOTHING),
        (Place(None), None, NOTHING),
        (Place(None, 1, 1), DARK, Properties("true", LAST_DATE)),
        (Place(None, 2, 1), DARK, NO),
        (Place(None, 2, 2), DARK, NOTHING),  # not listed: unknown
        (Place(None), DARK, Properties("false", LAST_DATE, "2", "3")),  # without its specials
        (Place(None, 1), DARK, Properties("true", LAST_DATE, "2", "2")),
        (Place(None, 2), DARK, Properties("false", "", "0", "1")),
        (Place(None, 3), DARK, NOTHING),
        (Place(None, 0), DARK, Properties("false", DATE, "1", "2")),  # their own season
        (Place(None), SEEN, Properties("true", "", "2", "2")),
        (Place(None), ALL, Properties("true", DATE, "9", "9")),
        (Place(None, 2), ALL, Properties("true", "", "5", "5")),
        (Place(None, 3), ALL, Properties("true")),
        (Place(None, 1, 1), ALL, NOTHING),
        (Place(None), Series({}, None, list_name="completed"), NOTHING),
        (Place(None), Series({}, None), NO),  # in no list
        (Place(None, 1, 1), Series({}, None), NO),
    ],
)
def test_what_is_told(place: Place, answer: Answer, expected: Properties) -> None:
    assert told(place, answer) == expected


@pytest.mark.parametrize(
    ("place", "answer", "expected"),
    [
        (Place(None), COUNTED, Properties("", "", "5")),
        (Place(None, 2), COUNTED, Properties("", "", "3")),
        (Place(None), Series({1: 0}, None), Properties("false", "", "0")),
        (Place(None), Series({}, None), NOTHING),  # kept: in which list it was is not
    ],
)
def test_counters_alone_tell_how_many_and_not_of_how_many(
    place: Place, answer: Answer, expected: Properties
) -> None:
    assert told(place, answer, COUNTERS) == expected
