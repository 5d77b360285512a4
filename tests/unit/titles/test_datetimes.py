"""Simkl's UTC times become Kodi's local times, right to the second, or are left alone."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.titles import datetimes

# By their rules and not by their names: a bare Debian has no time zone data.
UTC = "UTC0"
LONDON = "GMT0BST,M3.5.0/1,M10.5.0"
BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"
SANTIAGO = "<-04>4<-03>,M9.1.6/24,M4.1.6/24"
KOLKATA = "IST-5:30"
SYDNEY = "AEST-10AEDT,M10.1.0,M4.1.0/3"
LORD_HOWE = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
KIRITIMATI = "<+14>-14"
ZONES = [
    UTC,
    LONDON,
    BERLIN,
    NEW_YORK,
    SANTIAGO,
    KOLKATA,
    SYDNEY,
    LORD_HOWE,
    KIRITIMATI,
]


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "simkl", "kodi"),
    [
        (UTC, "2024-07-01T12:00:00Z", "2024-07-01 12:00:00"),
        # The night in spring, the last second before and the first after.
        (LONDON, "2024-03-31T00:59:59Z", "2024-03-31 00:59:59"),
        (LONDON, "2024-03-31T01:00:00Z", "2024-03-31 02:00:00"),
        (BERLIN, "2024-03-31T00:59:59Z", "2024-03-31 01:59:59"),
        (BERLIN, "2024-03-31T01:00:00Z", "2024-03-31 03:00:00"),
        (NEW_YORK, "2024-03-10T06:59:59Z", "2024-03-10 01:59:59"),
        (NEW_YORK, "2024-03-10T07:00:00Z", "2024-03-10 03:00:00"),
        (SANTIAGO, "2024-09-08T03:59:59Z", "2024-09-07 23:59:59"),
        (SANTIAGO, "2024-09-08T04:00:00Z", "2024-09-08 01:00:00"),
        (SYDNEY, "2024-10-05T15:59:59Z", "2024-10-06 01:59:59"),
        (SYDNEY, "2024-10-05T16:00:00Z", "2024-10-06 03:00:00"),
        (LORD_HOWE, "2024-10-05T15:29:59Z", "2024-10-06 01:59:59"),
        (LORD_HOWE, "2024-10-05T15:30:00Z", "2024-10-06 02:30:00"),
        # The night in autumn, in which an hour comes twice.
        (LONDON, "2024-10-27T00:59:59Z", "2024-10-27 01:59:59"),
        (LONDON, "2024-10-27T01:00:00Z", "2024-10-27 01:00:00"),
        (BERLIN, "2024-10-27T00:59:59Z", "2024-10-27 02:59:59"),
        (BERLIN, "2024-10-27T01:00:00Z", "2024-10-27 02:00:00"),
        (NEW_YORK, "2024-11-03T05:59:59Z", "2024-11-03 01:59:59"),
        (NEW_YORK, "2024-11-03T06:00:00Z", "2024-11-03 01:00:00"),
        (SANTIAGO, "2024-04-07T02:59:59Z", "2024-04-06 23:59:59"),
        (SANTIAGO, "2024-04-07T03:00:00Z", "2024-04-06 23:00:00"),
        (SYDNEY, "2024-04-06T15:59:59Z", "2024-04-07 02:59:59"),
        (SYDNEY, "2024-04-06T16:00:00Z", "2024-04-07 02:00:00"),
        (LORD_HOWE, "2024-04-06T14:59:59Z", "2024-04-07 01:59:59"),
        (LORD_HOWE, "2024-04-06T15:00:00Z", "2024-04-07 01:30:00"),
        # Zones without daylight saving, over a year's end, and after 2038.
        (KOLKATA, "2023-12-31T18:30:00Z", "2024-01-01 00:00:00"),
        (KIRITIMATI, "2023-12-31T10:00:00Z", "2024-01-01 00:00:00"),
        (BERLIN, "2038-01-19T03:14:08Z", "2038-01-19 04:14:08"),
        (BERLIN, "2060-07-01T12:00:00Z", "2060-07-01 14:00:00"),
    ],
)
def test_a_date_is_local_by_the_daylight_saving_of_that_very_date(
    live_in: Callable[[str], None], zone: str, simkl: str, kodi: str
) -> None:
    live_in(zone)
    moment = datetimes.from_simkl(simkl)
    assert moment is not None
    assert datetimes.for_kodi(moment) == kodi


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, KOLKATA, LORD_HOWE])
def test_what_was_written_for_kodi_is_read_back(live_in: Callable[[str], None], zone: str) -> None:
    live_in(zone)
    for month in range(1, 13):
        moment = datetime(2024, month, 15, 12, 34, 56, tzinfo=timezone.utc)
        assert datetimes.from_kodi(datetimes.for_kodi(moment) or "") == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01 00:00:00"])
def test_what_is_no_time_of_kodis_is_none(text: str) -> None:
    assert datetimes.from_kodi(text) is None


def test_a_machine_without_a_zone_shows_utc(
    live_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    live_in("")
    assert (
        datetimes.for_kodi(datetime(2024, 7, 1, 12, tzinfo=timezone.utc)) == "2024-07-01 12:00:00"
    )


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_year_that_has_four_digits_is_right_or_left_alone(
    live_in: Callable[[str], None], zone: str
) -> None:
    live_in(zone)
    kodi = datetimes.for_kodi(datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone.utc))
    assert kodi is None or (len(kodi) == 19 and kodi.startswith("9999-12-31"))


@pytest.mark.parametrize("error", [OverflowError, OSError(22, "Invalid argument"), ValueError])
def test_a_machine_that_cannot_tell_its_local_time_gives_no_date(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def cannot(_: float) -> None:
        raise error

    monkeypatch.setattr(time, "localtime", cannot)
    assert datetimes.for_kodi(datetime(2040, 1, 1, tzinfo=timezone.utc)) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-03-01T20:00:00Z", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T20:00:00", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01 20:00:00", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T20:00:00.123Z", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T20:00:00.123456789Z", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T20:00:00+00:00", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T20:00:00-00:00", (2024, 3, 1, 20, 0, 0)),
        ("2024-03-01T00:30:00+01:00", (2024, 2, 29, 23, 30, 0)),
        ("2024-12-31T20:00:00-0500", (2025, 1, 1, 1, 0, 0)),
        ("2024-02-29T00:00:00Z", (2024, 2, 29, 0, 0, 0)),
        ("9999-12-31T23:59:59Z", (9999, 12, 31, 23, 59, 59)),
    ],
)
def test_simkls_times_are_read_as_utc_whatever_their_spelling(
    text: str, utc: tuple[int, int, int, int, int, int]
) -> None:
    assert datetimes.from_simkl(text) == datetime(*utc, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "garbage",
    [
        *(None, True, False, 0, 17, 1709323200, 1.5, [], {}, ["2024-03-01T20:00:00Z"]),
        *("", " ", "None", "null", "yesterday", "2024", "2024-03-01", "20:00:00"),
        *("2024-13-01T20:00:00Z", "2024-02-30T20:00:00Z", "2023-02-29T20:00:00Z"),
        *("2024-03-01T24:00:00Z", "2024-03-01T20:60:00Z", "2024-03-01T20:00:60Z"),
        *("0000-00-00T00:00:00Z", "0000-00-00 00:00:00", "-024-03-01T20:00:00Z"),
        *("2024-03-01T20:00:00ZZ", "2024-03-01T20:00:00Z\n", " 2024-03-01T20:00:00Z"),
        *("2024-03-01T20:00:00+1", "2024-03-01T20:00:00 CET", "20240301T200000Z"),
        *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"),
    ],
)
def test_what_is_no_time_is_none(garbage: object) -> None:
    assert datetimes.from_simkl(garbage) is None


@given(
    st.one_of(
        st.text(), st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"), st.none()
    )
)
def test_no_text_makes_reading_a_time_fail(text: object) -> None:
    moment = datetimes.from_simkl(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("1970-01-01T00:00:01Z", True),
        ("1970-01-01T00:00:00Z", True),
        ("1970-01-02T00:00:00Z", True),
        ("1971-01-01T00:00:00Z", False),
        ("2024-03-01T20:00:00Z", False),
    ],
)
def test_a_date_near_1970_stands_for_long_ago(text: str, is_unknown: bool) -> None:
    moment = datetimes.from_simkl(text)
    assert moment is not None
    assert datetimes.is_long_ago(moment) is is_unknown


def test_long_ago_sorts_before_every_date_that_simkl_can_mean(
    live_in: Callable[[str], None],
) -> None:
    earliest = datetime(1971, 1, 1, tzinfo=timezone.utc)
    for zone in ZONES:
        live_in(zone)
        assert (datetimes.for_kodi(earliest) or "") > datetimes.LONG_AGO


@pytest.mark.parametrize(
    ("kodi", "before"),
    [
        ("2024-03-01 20:00:00", "2024-03-01 19:59:59"),
        ("2024-03-01 00:00:00", "2024-02-29 23:59:59"),
        ("2024-01-01 00:00:00", "2023-12-31 23:59:59"),
        ("1970-01-01 00:00:01", "1970-01-01 00:00:00"),
        ("1970-01-01 00:00:00", "1969-12-31 23:59:59"),
    ],
)
def test_the_second_before_a_time_of_kodis(kodi: str, before: str) -> None:
    assert datetimes.one_second_before(kodi) == before


@pytest.mark.parametrize("text", ["", "yesterday", "2024-02-30 00:00:00", "0001-01-01 00:00:00"])
def test_there_is_no_second_before_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        datetimes.one_second_before(text)
