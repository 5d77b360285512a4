"""How many ticks of a list of the library are written at once: nobody waits for a slow source."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Sequence

import pytest

from lib.lists.library_ticks import LibraryTicks
from lib.simkl.answers import Series, Watch
from lib.simkl.asks import EPISODES, Ask
from lib.storage.answer_cache import Known
from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.titles.title import SHOW, Title

COUNT = 100
DARK = Title(SHOW, (("tmdb", "70523"),))
WATCHED = Watch(None)


class Room:
    """A list of a hundred episodes, whose source takes so long for each answer."""

    def __init__(self, seconds: float, kind: str = EPISODE) -> None:
        self.seconds = seconds
        self.now = 0.0
        self.steps: list[int] = []
        self.may_load = True
        self.silent: set[str] = set()
        deps: Any = SimpleNamespace(
            files=SimpleNamespace(exists=self._wait),
            writer=SimpleNamespace(keeps_waiting=lambda _: False),
            settled=SimpleNamespace(note=lambda *_: None),
            journal=None,
            loads=SimpleNamespace(may_begin=lambda: self.may_load),
            policy=SimpleNamespace(
                watch_of=lambda *_: WATCHED,
                to_clear=lambda *_: [],
                waits=lambda *_: False,
            ),
        )
        self.ticks = LibraryTicks(deps, self._write, lambda: self.now)
        videos = [
            Video(kind, number, f"/{number}.mkv", 0, "", 1, 1, number) for number in range(COUNT)
        ]
        known = Known(DARK, Series({}, {}), EPISODES, asked_at=0.0)
        self.ticks.settle(videos, known, Ask(DARK, EPISODES))

    def _wait(self, file: str) -> bool | None:
        self.now += self.seconds
        return None if file in self.silent else True

    def _write(self, some: Sequence[Tick]) -> Sequence[Tick]:
        self.steps.append(len(some))
        for tick in some:
            self._wait(tick.video.file)
        return some

    def write_all(self) -> None:
        while self.ticks.write_some():
            pass
        assert sum(self.steps) == COUNT


def test_a_quick_source_gets_a_page_at_once() -> None:
    room = Room(0.001)
    room.write_all()
    assert room.steps[0] == 25


@pytest.mark.parametrize("seconds", [0.11, 0.25, 5.0])
def test_no_step_keeps_anybody_waiting_for_a_slow_source(seconds: float) -> None:
    room = Room(seconds)
    began, longest = 0.0, 0.0
    while room.ticks.write_some():
        longest, began = max(longest, room.now - began), room.now
    assert longest <= max(0.5, 2 * seconds)
    assert sum(room.steps) == COUNT


@pytest.mark.parametrize("is_on_screen", [True, False])
def test_episodes_on_the_screen_wait_where_kodi_may_not_load_their_list(
    is_on_screen: bool,
) -> None:
    room = Room(0.001)
    assert room.ticks.may_write(is_on_screen=is_on_screen)
    room.may_load = False
    assert room.ticks.may_write(is_on_screen=is_on_screen) is not is_on_screen


def test_films_wait_for_no_list() -> None:
    room = Room(0.001, FILM)
    room.may_load = False
    assert room.ticks.may_write(is_on_screen=True)


def test_a_source_that_keeps_silent_makes_the_others_of_the_step_wait_for_nothing() -> None:
    room = Room(0.3)
    room.silent = {"/0.mkv"}
    room.ticks.write_some()
    assert room.steps == [25]
