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


KIDS = TickSettings(folders=("smb://nas/video/Kids/",))


@pytest.mark.parametrize(
    "path",
    [
        "smb://nas/video/Kids/Cars.mkv",
        "smb://ann:pw@nas/video/Kids/Cars.mkv",
        "smb://WORKGROUP;ann:pw@nas/video/Kids/Cars.mkv",
        "smb://NAS/video/Kids/Cars.mkv",
        "smb://nas:445/video/Kids/Cars.mkv",
        "SMB://nas/video/Kids/Cars.mkv",
        "\\\\nas\\video\\Kids\\Cars.mkv",
        "zip://smb%3a%2f%2fann%3apw%40nas%2fvideo%2fKids%2fa.zip/Cars.mkv",
    ],
)
def test_a_folder_is_left_out_however_its_host_is_written(path: str) -> None:
    assert KIDS.leaves_out(path)


@pytest.mark.parametrize(
    "path",
    [
        "smb://other/video/Kids/Cars.mkv",
        "smb://nas/Video2/Kids/Cars.mkv",
        "smb://nas:1445/video/Kids/Cars.mkv",
        "nfs://nas/video/Kids/Cars.mkv",
        "smb://ann:pw@nas/video/Cars.mkv",
        "zip://smb%3a%2f%2fnas%2fvideo%2fa.zip/Kids/Cars.mkv",
    ],
)
def test_another_folder_is_not_left_out(path: str) -> None:
    assert not KIDS.leaves_out(path)


def test_a_folder_is_left_out_also_where_it_is_named_with_a_login() -> None:
    """An older version has kept it as Kodi's dialog gave it."""
    folders = ("smb://ann:pw@nas/video/Kids/",)
    assert TickSettings(folders=folders).leaves_out("smb://nas/video/Kids/Cars.mkv")


def test_a_source_of_several_folders_is_left_out_with_each_of_them() -> None:
    several = TickSettings(folders=("multipath://%2fa%2f/smb%3a%2f%2fann%3apw%40nas%2fb%2f/",))
    assert several.leaves_out("/a/Cars.mkv")
    assert several.leaves_out("smb://nas/b/Cars.mkv")
    assert not several.leaves_out("/b/Cars.mkv")


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("dav://h/Kids films/", "dav://a:b@h/Kids%20films/Cars.mkv"),
        ("dav://h/Kids films/", "dav://h/Kids%20films/Cars.mkv"),
        ("dav://h/Kids%20films/", "dav://h/Kids films/Cars.mkv"),
        ("http://h/Kids%c3%a9/", "http://h/Kids%C3%A9/Cars.mkv"),
    ],
)
def test_a_folder_is_left_out_however_its_blanks_are_written(folder: str, path: str) -> None:
    assert TickSettings(folders=(folder,)).leaves_out(path)


@pytest.mark.parametrize(
    "path",
    [
        "zip://%2fmedia%2fKids%2fCars.zip/Cars (2006).mkv",
        "rar://%2fmedia%2fKids%2fCars.rar/Cars (2006).mkv",
        "archive://%2fmedia%2fKids%2fCars.rar/Cars (2006).mkv",
        "bluray://%2fmedia%2fKids%2fCars%2f/BDMV/PLAYLIST/00800.mpls",
        "bluray://udf%3a%2f%2f%252fmedia%252fKids%252fCars.iso%2f/BDMV/PLAYLIST/00800.mpls",
        "iso9660://%2fmedia%2fKids%2fCars.iso/VIDEO_TS/VIDEO_TS.IFO",
    ],
)
def test_what_lies_in_an_archive_or_on_a_disc_below_the_folder_is_left_out(path: str) -> None:
    assert TickSettings(folders=("/media/Kids/",)).leaves_out(path)


def test_the_root_of_this_machine_leaves_nothing_out() -> None:
    assert not TickSettings(folders=("/",)).leaves_out("/media/Kids/cars.mkv")
