"""With Kodi's filter "unwatched only" no row vanishes while its list is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        library = room.new_library()
        for title, tvdb in (("Begun", 1), ("Other", 2)):
            library.series(title, 2017, {1: 12, 2: 2}, ids={"tvdb": str(tvdb)})
            series = room.simkl.add_series(title, 2017, {1: 12, 2: 2}, tvdb=tvdb)
            if title == "Begun":
                room.simkl.person.watch(series, season=1, episode=3, at=AT)
                room.simkl.person.watch(series, season=1, episode=4, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


def season_of(room: LivingRoom, title: str) -> str:
    dbid = next(row["tvshowid"] for row in room.kodi.series() if row["title"] == title)
    return f"{SERIES}{dbid}/1/"


def test_nothing_vanishes_under_the_cursor_and_the_ticks_come_when_the_list_is_left(
    room: LivingRoom,
) -> None:
    room.kodi.open(season_of(room, "Other"))
    room.kodi.show("Unwatched")
    room.simkl.delay = 1.5
    room.kodi.open(season_of(room, "Begun"))
    room.kodi.focus(2)
    labels = [row["Label"] for row in room.kodi.rows("Label")]
    assert len(labels) == 12
    room.kodi.wait_for(lambda: len(room.asked()) == 2, what="the question about Begun")
    room.let_it_look(3)
    assert [row["Label"] for row in room.kodi.rows("Label")] == labels
    assert room.kodi.label("ListItem.Episode") == "3"
    # While a dialog is in front, Kodi answers about the dialog where it is asked about the list.
    room.kodi.builtin(f"Addon.OpenSettings({ADDON_ID})")
    room.kodi.wait_for(lambda: room.kodi.condition("System.HasActiveModalDialog"))
    room.let_it_look(2)
    room.kodi.close_dialogs()
    room.let_it_look(1)
    assert [row["Label"] for row in room.kodi.rows("Label")] == labels
    room.kodi.home()
    room.kodi.wait_for(lambda: room.kodi.watched("Begun", 1, 4).playcount == 1, what="the tick")
    assert room.kodi.watched("Begun", 1, 3).playcount == 1
    room.kodi.open(season_of(room, "Begun"))
    room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == 10, what="the rows that are left")
