"""Which ticks are due: a playcount never goes down, a date never back, unknown changes nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.simkl.answers import Watch
from lib.ticks.due import EPISODE, FILM, Tick, Video, due, watched_files
from lib.titles import datetimes

SEEN = Watch(datetime(2024, 7, 1, 18, tzinfo=timezone.utc))
SEEN_LATER = Watch(datetime(2024, 7, 2, 18, tzinfo=timezone.utc))
SEEN_SOMETIME = Watch(None)
KODI_TIME = "2024-07-01 20:00:00"  # of SEEN, in Berlin
LATER = "2024-07-02 20:00:00"


@pytest.fixture(autouse=True, scope="module")
def berlin() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


def film(playcount: int = 0, lastplayed: str = "", *, dbid: int = 1, file: str = "") -> Video:
    return Video(FILM, dbid, file or f"/films/{dbid}.mkv", playcount, lastplayed)


def episode(number: int, file: str, playcount: int = 0, lastplayed: str = "") -> Video:
    return Video(EPISODE, number, file, playcount, lastplayed, series=1, season=1, episode=number)


def tick_of(video: Video, watch: Watch | None) -> tuple[int, str] | None:
    """Playcount and date that are due for a video alone; None where nothing is."""
    ticks = due([video], lambda _: watch)
    assert [tick.video for tick in ticks] in ([], [video])
    return (ticks[0].playcount, ticks[0].lastplayed) if ticks else None


@pytest.mark.parametrize(
    ("kodi", "watch", "tick"),
    [
        # Not watched in Kodi.
        ((0, ""), SEEN, (1, KODI_TIME)),
        ((0, ""), SEEN_SOMETIME, (1, datetimes.LONG_AGO)),
        # Begun in Kodi: its date stays unless Simkl's is later.
        ((0, "2024-06-30 10:00:00"), SEEN, (1, KODI_TIME)),
        ((0, LATER), SEEN, (1, LATER)),
        ((0, LATER), SEEN_SOMETIME, (1, LATER)),
        # Watched in Kodi: the count stays, the date goes only forward.
        ((1, KODI_TIME), SEEN, None),
        ((7, KODI_TIME), SEEN, None),
        ((7, KODI_TIME), SEEN_LATER, (7, LATER)),
        ((7, LATER), SEEN, None),
        ((7, "2024-07-01 19:59:59"), SEEN, (7, KODI_TIME)),
        ((7, "2024-07-01 20:00:01"), SEEN, None),
        ((7, LATER), SEEN_SOMETIME, None),
        ((1, datetimes.LONG_AGO), SEEN_SOMETIME, None),
        ((1, datetimes.LONG_AGO), SEEN, (1, KODI_TIME)),
        # Watched in Kodi without a date: "long ago" is not put over it.
        ((1, ""), SEEN_SOMETIME, None),
        ((1, ""), SEEN, (1, KODI_TIME)),
        # Simkl does not know, or knows of no watch: nothing changes, and no tick is taken away.
        ((0, ""), None, None),
        ((0, LATER), None, None),
        ((3, LATER), None, None),
        ((3, ""), None, None),
    ],
)
def test_a_tick_adds_to_what_kodi_has_and_takes_nothing_away(
    kodi: tuple[int, str], watch: Watch | None, tick: tuple[int, str] | None
) -> None:
    assert tick_of(film(*kodi), watch) == tick


def test_a_date_that_the_machine_cannot_tell_is_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datetimes, "for_kodi", lambda _: None)
    assert tick_of(film(), SEEN) == (1, datetimes.LONG_AGO)
    assert tick_of(film(2, LATER), SEEN) is None


def test_one_tick_for_each_video_in_the_order_of_the_list() -> None:
    videos = [film(dbid=number) for number in (3, 1, 2)]
    assert [tick.video.dbid for tick in due(videos, lambda _: SEEN)] == [3, 1, 2]


def test_both_copies_of_a_film_are_ticked() -> None:
    copies = [film(dbid=1, file="/720p/heat.mkv"), film(5, LATER, dbid=2, file="/4k/heat.mkv")]
    assert due(copies, lambda _: SEEN) == [Tick(copies[0], 1, KODI_TIME)]
    both = [film(dbid=1, file="/720p/heat.mkv"), film(dbid=2, file="/4k/heat.mkv")]
    assert {tick.video.file for tick in due(both, lambda _: SEEN)} == {
        copies[0].file,
        copies[1].file,
    }


DOUBLE = "/dark/s01e01e02.mkv"


@pytest.mark.parametrize(
    ("halves", "tick"),
    [
        ([SEEN, SEEN_LATER], (1, LATER)),
        ([SEEN_LATER, SEEN], (1, LATER)),
        ([SEEN, SEEN_SOMETIME], (1, KODI_TIME)),
        ([SEEN_SOMETIME, SEEN_SOMETIME], (1, datetimes.LONG_AGO)),
        ([SEEN, None], None),
        ([None, SEEN], None),
        ([None, None], None),
    ],
)
def test_a_file_with_two_episodes_is_watched_once_when_both_are(
    halves: list[Watch | None], tick: tuple[int, str] | None
) -> None:
    videos = [episode(1, DOUBLE), episode(2, DOUBLE)]
    ticks = due(videos, lambda video: halves[video.episode - 1])
    assert [(each.playcount, each.lastplayed) for each in ticks] == ([tick] if tick else [])


def test_half_a_double_file_stops_no_other_file() -> None:
    videos = [episode(1, DOUBLE), episode(3, "/dark/s01e03.mkv"), episode(2, DOUBLE)]
    watches = {1: SEEN, 2: None, 3: SEEN}
    ticks = due(videos, lambda video: watches[video.episode])
    assert [tick.video.episode for tick in ticks] == [3]
    assert watched_files(videos, lambda video: watches[video.episode]) == {"/dark/s01e03.mkv": SEEN}


MOMENTS = st.integers(365 * 86400, 2**31).map(
    lambda seconds: datetime.fromtimestamp(seconds, timezone.utc)
)
WATCHES = st.none() | st.builds(Watch, st.none() | MOMENTS)
KODI_TIMES = (
    st.just("") | st.just(datetimes.LONG_AGO) | MOMENTS.map(lambda moment: str(moment)[:19])
)
VIDEOS = st.lists(
    st.builds(
        Video,
        kind=st.just(EPISODE),
        dbid=st.integers(1, 9),
        file=st.sampled_from(["a", "b", "c"]),
        playcount=st.integers(0, 3),
        lastplayed=KODI_TIMES,
    ),
    max_size=6,
    unique_by=lambda video: video.dbid,
)


def one_playcount_a_file(videos: list[Video]) -> list[Video]:
    """As Kodi keeps them: the episodes of one file share its count and date."""
    firsts = {video.file: video for video in reversed(videos)}
    return [
        replace(
            video,
            playcount=firsts[video.file].playcount,
            lastplayed=firsts[video.file].lastplayed,
        )
        for video in videos
    ]


def written(videos: list[Video], ticks: list[Tick]) -> list[Video]:
    by_file = {tick.video.file: tick for tick in ticks}
    return [
        replace(
            video,
            playcount=by_file[video.file].playcount,
            lastplayed=by_file[video.file].lastplayed,
        )
        if video.file in by_file
        else video
        for video in videos
    ]


@given(videos=VIDEOS.map(one_playcount_a_file), watches=st.lists(WATCHES, min_size=10, max_size=10))
def test_after_the_ticks_are_written_nothing_is_due_and_nothing_is_lost(
    videos: list[Video], watches: list[Watch | None]
) -> None:
    def watch_of(video: Video) -> Watch | None:
        return watches[video.dbid]

    ticks = due(videos, watch_of)
    after = written(videos, ticks)
    assert due(after, watch_of) == []
    assert len({tick.video.file for tick in ticks}) == len(ticks)
    for old, new in zip(videos, after):
        assert new.playcount >= old.playcount
        assert new.playcount <= max(old.playcount, 1)
        assert new.lastplayed >= old.lastplayed
        if watch_of(old) is None:
            assert new == old


@given(watch=st.builds(Watch, MOMENTS), kodi=KODI_TIMES, playcount=st.integers(0, 3))
def test_the_date_is_the_later_of_kodis_and_simkls(watch: Watch, kodi: str, playcount: int) -> None:
    (after,) = written([film(playcount, kodi)], due([film(playcount, kodi)], lambda _: watch))
    assert watch.at is not None
    berlin = (watch.at + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S")
    winter = (watch.at + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S")
    assert after.lastplayed in (max(kodi, berlin), max(kodi, winter))
