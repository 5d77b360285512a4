"""What is left out is left out by add-on and by whole parts of a path."""

from __future__ import annotations

import pytest

from lib.ticks.tick_settings import TickSettings

CHOICES = TickSettings(
    addons=frozenset({"plugin.video.kids"}),
    folders=("/media/Kids/", "smb://nas/video/Kids", "D:\\Kids", ""),
)


@pytest.mark.parametrize(
    "path",
    [
        "plugin://plugin.video.kids/",
        "plugin://plugin.video.kids/play?a=1",
        "/media/Kids/",
        "/media/Kids/Cars (2006)/cars.mkv",
        "smb://nas/video/Kids/cars.mkv",
        "D:\\Kids\\cars.mkv",
        "stack:///media/Kids/cars cd1.mkv , /media/Kids/cars cd2.mkv",
    ],
)
def test_left_out(path: str) -> None:
    assert CHOICES.leaves_out(path)


@pytest.mark.parametrize(
    "path",
    [
        "plugin://plugin.video.kids2/play?a=1",
        "plugin://plugin.video.other/?from=plugin.video.kids",
        "/media/Kids2/cars.mkv",
        "/media/Kid",
        "/media/films/Kids/cars.mkv",
        "smb://nas/video/cars.mkv",
        "videodb://movies/titles/",
        "",
    ],
)
def test_not_left_out(path: str) -> None:
    assert not CHOICES.leaves_out(path)


def test_nothing_is_left_out_at_first() -> None:
    assert not TickSettings().leaves_out("/media/Kids/cars.mkv")
