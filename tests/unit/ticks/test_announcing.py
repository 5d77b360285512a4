"""What is written in one go: each row is mended, and Kodi announces one of them at most."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import pytest

from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.files import Files
from lib.ticks.sources import Sources
from lib.ticks.writer import Writer

DATE, BEFORE = "2024-03-01 21:00:00", "2024-03-01 20:59:59"


class Kodi:
    """Takes every tick; notes what is set."""

    def __init__(self) -> None:
        self.set: list[tuple[str, Mapping[str, Any]]] = []

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        self.set += [
            call
            for call in calls
            if call[0].startswith("VideoLibrary.Set") or "playcount" in call[1]
        ]
        return [{"sources": []} if method == "Files.GetSources" else "OK" for method, _ in calls]

    @property
    def announced(self) -> list[tuple[str, Mapping[str, Any]]]:
        """A date is announced where it changes."""
        return [call for call in self.set if call[0] != _FILES and "lastplayed" in call[1]]

    @property
    def mended(self) -> list[Mapping[str, Any]]:
        return [params for method, params in self.set if method != _FILES]


_FILES = "Files.SetFileDetails"
FILES = Files(lambda _: True, lambda _: False, Sources(lambda calls: [None for _ in calls]))


def tick(kind: str, dbid: int) -> Tick:
    return Tick(Video(kind, dbid, f"/{kind}/{dbid}.mkv", 0, ""), 1, DATE)


def cleared(dbid: int) -> Tick:
    return Tick(Video(FILM, dbid, f"/movie/{dbid}.mkv", 1, DATE), 0, "")


def written(*ticks: Tick) -> Kodi:
    kodi = Kodi()
    assert len(Writer(kodi.batch, lambda _: None, FILES).write(ticks)) == len(ticks)
    return kodi


def test_of_films_each_is_mended_and_the_last_announced() -> None:
    kodi = written(tick(FILM, 1), tick(FILM, 2), tick(FILM, 3))
    assert [params["movieid"] for params in kodi.mended] == [1, 2, 3]
    assert [params["movieid"] for _, params in kodi.announced] == [3]
    dates = [params["lastplayed"] for method, params in kodi.set if method == _FILES]
    assert dates == [DATE, DATE, BEFORE], "only a date that changes is announced"


def test_of_episodes_only_the_last_is_mended() -> None:
    kodi = written(tick(EPISODE, 1), tick(EPISODE, 2))
    assert kodi.mended == [{"episodeid": 2, "lastplayed": DATE}]


def test_films_and_episodes_in_one_go_are_announced_once() -> None:
    kodi = written(tick(FILM, 1), tick(EPISODE, 2), tick(FILM, 3), tick(EPISODE, 4))
    assert [params.get("movieid") for params in kodi.mended] == [1, 3, None]
    assert [params["episodeid"] for _, params in kodi.announced] == [4]


@pytest.mark.parametrize("ticks", [(tick(FILM, 1), cleared(2)), (cleared(2), tick(FILM, 1))])
def test_one_that_is_taken_away_is_not_the_one_that_is_announced(ticks: Sequence[Tick]) -> None:
    kodi = written(*ticks)
    assert len(kodi.mended) == 2
    assert [params["movieid"] for _, params in kodi.announced] == [1]


def test_nothing_is_announced_where_all_are_taken_away() -> None:
    kodi = written(cleared(1), cleared(2))
    assert kodi.mended == [{"movieid": 1}, {"movieid": 2}]


@pytest.mark.parametrize("kept", [DATE, BEFORE, "2024-04-01 10:00:00"])
def test_what_is_announced_later_has_its_date_though_another_box_announces_it_too(
    kept: str,
) -> None:
    """The other box has put the second before it, and not yet the date."""
    kodi = Kodi()
    details = {"moviedetails": {"lastplayed": kept, "playcount": 1}}

    def batch(calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        replies = kodi.batch(calls)
        is_read = [method == "VideoLibrary.GetMovieDetails" for method, _ in calls]
        return [details if read else reply for read, reply in zip(is_read, replies)]

    writer = Writer(batch, lambda _: None, FILES)
    writer.write_unseen([tick(FILM, 1)])
    writer.announce()
    assert kodi.announced[-1][1]["lastplayed"] == max(kept, DATE)
