"""Hundreds of marks in a second, and Kodi quits: what the person took away stays away."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
MOST_SECONDS_TO_QUIT = 10
"""Kodi's own end is in it. The 5 s that Kodi leaves a script are looked for in its log."""


@pytest.fixture
def room(kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(kodi_factory) as room:
        yield room


def furnish(room: LivingRoom, count: int) -> str:
    """A season of that many episodes, all ticked and on the screen; its path."""
    library = room.new_library()
    library.series("Dark", 2017, {1: count}, ids={"tvdb": "9"})
    dark = room.simkl.add_series("Dark", 2017, {1: count}, tvdb=9)
    room.simkl.person.watch(dark, at=AT)
    room.kodi.add_library(library)
    room.kodi.start()
    season = f"{SERIES}{room.kodi.series()[0]['tvshowid']}/1/"
    room.kodi.open(season)
    room.kodi.wait_for(
        lambda: all(each["playcount"] for each in room.kodi.episodes()),
        what="all ticks",
        timeout=60,
    )
    room.let_it_look(2)
    return season


def mark(room: LivingRoom, counts: dict[int, int]) -> None:
    """As a remote does it, in one batch. counts: playcount by episodeid."""
    calls = [
        {
            "jsonrpc": "2.0",
            "id": number,
            "method": "VideoLibrary.SetEpisodeDetails",
            "params": {"episodeid": number, "playcount": count},
        }
        for number, count in counts.items()
    ]
    request = urllib.request.Request(
        f"http://127.0.0.1:{room.kodi.ports.http}/jsonrpc",
        json.dumps(calls).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()


def quit_kodi(room: LivingRoom) -> float:
    """Seconds that it took; the add-on has ended by itself."""
    log = len(room.kodi.log())
    took = room.kodi.quit()
    assert "didn't stop" not in room.kodi.log()[log:]
    return took


def after_the_next_start(room: LivingRoom, path: str) -> dict[int, int]:
    """The playcounts by episodeid, once the add-on had time for the list in the next Kodi."""
    room.kodi.start()
    room.kodi.open(path)
    room.let_it_look(8)
    return {each["episodeid"]: each["playcount"] for each in room.kodi.episodes()}


@pytest.mark.parametrize("is_mixed", [False, True], ids=["zeros", "zeros and ones"])
def test_what_a_remote_set_to_unwatched_stays_so(room: LivingRoom, is_mixed: bool) -> None:
    season = furnish(room, 500)
    numbers = [each["episodeid"] for each in room.kodi.episodes()]
    counts = {n: int(is_mixed and i % 2) for i, n in enumerate(numbers)}
    mark(room, counts)
    # Sooner, Kodi itself may hang (docs/kodi.md, "Lists").
    room.let_it_look(2)
    assert quit_kodi(room) < MOST_SECONDS_TO_QUIT
    seen = after_the_next_start(room, season)
    assert [n for n in numbers if counts[n] == 0 and seen[n] > 0] == []


def test_a_series_unmarked_with_the_button_stays_so(room: LivingRoom) -> None:
    season = furnish(room, 100)
    room.kodi.open(SERIES)
    room.wait_for_ticks("Dark")
    room.kodi.focus([row["Label"] for row in room.kodi.rows("Label")].index("Dark"))
    room.kodi.wait_for(lambda: room.kodi.label("ListItem.Label") == "Dark", what="the focus")
    room.kodi.builtin("Action(ToggleWatched)")
    room.kodi.wait_for(
        lambda: not any(each["playcount"] for each in room.kodi.episodes()), what="no tick"
    )
    assert quit_kodi(room) < MOST_SECONDS_TO_QUIT
    assert set(after_the_next_start(room, season).values()) == {0}
