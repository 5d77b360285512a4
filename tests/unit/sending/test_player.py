"""What is read of Kodi's player: a place only beside its length, and of the video that is meant."""

from __future__ import annotations

from typing import Any

import pytest

from lib.sending.player import Player, Position, seconds_of
from tests.unit.sending.a_player import HEAT, PlayingKodi, film, row


@pytest.fixture
def kodi() -> PlayingKodi:
    kodi = PlayingKodi()
    kodi.put_in(film(), at=600, length=1200)
    return kodi


def position(kodi: PlayingKodi, path: str = HEAT) -> Position | None:
    return Player(kodi.batch).position(path)


def test_a_place_has_its_length(kodi: PlayingKodi) -> None:
    found = position(kodi)
    assert found == Position(600, 1200, is_paused=False)
    assert found is not None
    assert found.percent == 50
    kodi.speed = 0
    assert position(kodi) == Position(600, 1200, is_paused=True)


@pytest.mark.parametrize(("at", "length"), [(1.8e16, 1200), (1300, 1200), (600, 0), (0, 0)])
def test_a_place_that_cannot_be_is_none(kodi: PlayingKodi, at: float, length: float) -> None:
    kodi.put_in(film(), at=at, length=length)
    assert position(kodi) is None


def test_a_moment_beyond_the_end_is_the_end(kodi: PlayingKodi) -> None:
    kodi.put_in(film(), at=1201, length=1200)
    assert position(kodi) == Position(1200, 1200, is_paused=False)


def test_of_another_video_there_is_none(kodi: PlayingKodi) -> None:
    assert position(kodi, "/films/Ran.mkv") is None
    kodi.item = None
    assert position(kodi) is None


def test_of_an_add_ons_row_the_rows_own_path_counts(kodi: PlayingKodi) -> None:
    kodi.put_in(row("f=1"), at=600)
    item = Player(kodi.batch).item()
    assert item is not None
    assert item.path == "plugin://plugin.video.some/play/?f=1"
    assert position(kodi, item.path) is not None


@pytest.mark.parametrize("player", [0, 1])
def test_the_player_of_videos_is_asked(kodi: PlayingKodi, player: int) -> None:
    kodi.player = player
    assert position(kodi) is not None
    kodi.active = ["picture"]
    assert position(kodi) is None
    assert Player(kodi.batch).item() is None


def test_a_slideshow_beside_it_is_seen(kodi: PlayingKodi) -> None:
    item = Player(kodi.batch).item()
    assert item is not None
    assert not item.is_beside_pictures
    kodi.active = ["video", "picture"]
    item = Player(kodi.batch).item()
    assert item is not None
    assert item.is_beside_pictures


@pytest.mark.parametrize("said", [None, "", [], {}, {"item": None}, RuntimeError("-32100")])
def test_what_kodi_does_not_tell_is_none(said: Any) -> None:
    def batch(calls: Any) -> list[Any]:
        active = [{"playerid": 1, "type": "video"}]
        return [active if name == "Player.GetActivePlayers" else said for name, _ in calls]

    assert Player(batch).item() is None
    assert Player(batch).position(HEAT) is None
    assert Player(lambda calls: [said for _ in calls]).item() is None


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ({"hours": 1, "minutes": 2, "seconds": 3, "milliseconds": 500}, 3723.5),
        ({"seconds": 3}, 3.0),
        ({"milliseconds": -99}, 0.0),
        ({"seconds": -1}, None),
        ({"hours": "1"}, None),
        ("00:10", None),
        (None, None),
    ],
)
def test_a_time_of_kodis(time: object, seconds: float | None) -> None:
    assert seconds_of(time) == seconds
