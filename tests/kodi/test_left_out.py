"""A series on two disks of which one is left out: each file's own place decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

DISKS = ({1: 3}, {2: 3, 3: 2})  # seasons, and how many episodes they have


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    """Dark is watched, and lies on two disks."""
    with living_room(kodi_factory) as room:
        for seasons in DISKS:
            library = room.new_library()
            library.series("Dark", 2017, seasons, ids={"tvdb": "9"})
            room.kodi.add_library(library)
        dark = room.simkl.add_series("Dark", 2017, {**DISKS[0], **DISKS[1]}, tvdb=9)
        room.simkl.person.watch(dark, at="2024-03-01T20:00:00Z")
        room.kodi.start()
        yield room


def leave_out(room: LivingRoom, disk: int) -> None:
    room.set_setting("left_out_1", f"{room.kodi.home_folder.media}/library{disk + 1}/")


def look_at(room: LivingRoom, *seasons: int) -> None:
    """Kodi makes one series of both, or two."""
    for show in room.kodi.series():
        for season in seasons:
            room.kodi.open(f"{SERIES}{show['tvshowid']}/{season}/")
            room.let_it_look(2)


def ticked(room: LivingRoom) -> dict[int, int]:
    """Ticked episodes by season."""
    return dict(Counter(row["season"] for row in room.kodi.episodes() if row["playcount"]))


@pytest.mark.parametrize("disk", [0, 1], ids=["the first disk", "the second disk"])
def test_what_lies_on_the_other_disk_is_ticked_with_one_question(
    room: LivingRoom, disk: int
) -> None:
    leave_out(room, disk)
    look_at(room, 1, 2, -1)
    room.kodi.open(SERIES)
    room.let_it_look(2)
    assert ticked(room) == DISKS[1 - disk]
    assert len(room.asked()) == 1


@pytest.mark.parametrize("disk", [0, 1], ids=["the first disk", "the second disk"])
def test_a_list_of_nothing_but_what_is_left_out_causes_no_question(
    room: LivingRoom, disk: int
) -> None:
    leave_out(room, disk)
    look_at(room, *DISKS[disk])
    assert room.asked() == []
    assert ticked(room) == {}


@pytest.mark.parametrize("disk", [0, 1], ids=["the first disk", "the second disk"])
def test_in_the_list_of_series_it_is_asked_about_for_the_other_disk(
    room: LivingRoom, disk: int
) -> None:
    leave_out(room, disk)
    room.kodi.open(SERIES)
    room.kodi.wait_for(lambda: ticked(room) == DISKS[1 - disk], what="the ticks of the other disk")
