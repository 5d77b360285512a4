"""Films of the open list: which are written first, and when rows get their words back."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from typing import Any, Iterable

import pytest

from lib.lists.films_on_screen import FilmsOnScreen
from lib.lists.sight import Sight
from lib.lists.unmended_rows import Screen, UnmendedRows
from lib.ticks.due import FILM, Tick, Video
from lib.titles.rows import LibraryRow
from tests.unit import kodi_in_memory
from tests.unit.clocks import Clock

kodi_in_memory.install()

from lib.kodi.info_labels import ListMoved  # noqa: E402

COUNT = 100
DATE = "2024-03-01 20:00:00"
FILMS = "videodb://movies/titles/"


class Room:
    """A list of a hundred films, ten on a page. seconds: that a flush-bound call takes."""

    def __init__(self, seconds: float = 0.002, *, holds_back: bool = False) -> None:
        self.clock = Clock()
        self.seconds = seconds
        self.focus, self.idle = 1, 5
        self.moves_to: int | None = None
        self.blank: set[str] = set()
        self.mended: list[int] = []
        self.plain: list[int] = []
        self.loads = 0
        self.may_begin = True
        self.moves_watched = self.hides_watched = False
        self.opens: str | None = None
        self.hidden: set[str] = set()
        loads: Any = SimpleNamespace(
            path=FILMS, is_slow=False, may_begin=lambda: self.may_begin, note=lambda: None
        )
        self.list, self.shown_path = loads, FILMS
        container: Any = SimpleNamespace(files=self._files)
        self.moves_rows = False
        screen = Screen(self._mend, self._load, lambda: self.idle, lambda: self.moves_watched)
        self.unmended = UnmendedRows(loads, container, Sight(self._label), screen, self.clock)
        writer = SimpleNamespace(
            write_mended=self._write_mended, write_unmended=self._write_unmended
        )
        deps: Any = SimpleNamespace(writer=writer, unmended=self.unmended)
        rows: Any = SimpleNamespace(rows=self._rows)
        self.films = FilmsOnScreen(
            deps, rows, lambda _: None, holds_back=holds_back, clock=self.clock
        )
        self.ticks = deque(
            Tick(Video(FILM, n, _file(n), 0, ""), 1, DATE) for n in range(1, COUNT + 1)
        )

    def _label(self, name: str) -> str:
        return {
            "Container.CurrentItem": str(self.focus),
            "Container.FolderPath": self.shown_path,
            "Container.NumItems": str(COUNT - len(self.hidden)),
            "Container.NumPages": "11",
        }.get(name, "")

    def _files(self, numbers: Iterable[int]) -> list[str]:
        if self.moves_rows:
            self.moves_rows = False
            raise ListMoved
        return [_file(n) for n in numbers if 1 <= n <= COUNT]

    def _rows(self, numbers: Iterable[int]) -> list[LibraryRow]:
        return [
            LibraryRow("movie", n, "Film", -1, None, is_ticked=False)
            for n in numbers
            if 1 <= n <= COUNT and _file(n) not in self.blank
        ]

    def _write_mended(self, ticks: Iterable[Tick]) -> list[Tick]:
        taken = []
        for tick in ticks:
            self.clock.now += 2 * self.seconds
            self.mended.append(tick.video.dbid)
            taken.append(tick)
        return taken

    def _write_unmended(self, ticks: Iterable[Tick]) -> list[Tick]:
        taken = []
        for tick in ticks:
            self.clock.now += self.seconds
            self.plain.append(tick.video.dbid)
            self.blank.add(tick.video.file)
            taken.append(tick)
            if self.opens is not None:
                self.shown_path, self.opens = self.opens, None
            if self.moves_to is not None:
                self.focus, self.idle, self.moves_to = self.moves_to, 0, None
        return taken

    def _mend(self, videos: Iterable[Video]) -> None:
        self.blank -= {video.file for video in videos} - self.hidden

    def _load(self) -> None:
        self.loads += 1
        self.blank.clear()

    def write(self, *, seconds: float = 0.3) -> list[Tick]:
        return self.films.write(self.ticks, seconds)[0]

    def look(self) -> None:
        self.unmended.step(is_done=not self.ticks, hides_watched=self.hides_watched)

    def blank_in_sight(self) -> set[str]:
        return self.blank & {_file(n) for n in range(self.focus - 9, self.focus + 10)}


def _file(number: int) -> str:
    return f"/films/{number}.mkv"


def test_those_in_sight_are_mended_and_the_others_by_one_load_once_all_are_written() -> None:
    room = Room()
    room.focus = 50
    while room.ticks:
        assert room.write(seconds=0.05)
        room.look()
        assert room.loads == (0 if room.ticks else 1)
        assert room.blank_in_sight() == set()
    assert set(room.mended) == set(range(40, 61)), "a page on either side of the focus"
    assert room.mended[0] == 50
    assert sorted(room.mended + room.plain) == list(range(1, COUNT + 1))
    assert room.blank == set()


def test_while_keys_are_pressed_only_what_is_in_sight_or_comes_next_is_written() -> None:
    room = Room()
    room.idle = 0
    room.write()
    room.focus = 21
    while room.write():
        room.look()
    assert set(room.mended) == {*range(1, 12), *range(11, 42)}, "two pages where it moves"
    assert room.plain == []
    assert room.ticks
    room.idle = 1
    room.write()
    assert room.plain != []


@pytest.mark.parametrize("why", ["slow", "order", "watched", "folder"])
def test_where_the_list_is_not_to_be_loaded_each_row_is_mended(why: str) -> None:
    room = Room(holds_back=why == "watched")
    room.list.is_slow = why == "slow"
    room.moves_watched = why == "order"
    room.list.path = "smb://nas/films/" if why == "folder" else FILMS
    while room.ticks:
        room.write()
        room.look()
    assert room.mended == list(range(1, COUNT + 1))
    assert (room.plain, room.loads) == ([], 0)


def test_as_soon_as_the_focus_moves_nothing_more_is_written_and_what_is_seen_is_mended() -> None:
    room = Room()
    room.write(seconds=0.1)  # as far as row 40 or so
    assert room.blank
    room.moves_to = 35
    count = len(room.plain)
    room.write()
    assert len(room.plain) == count + 1
    room.look()
    assert room.blank_in_sight() == set()
    assert room.loads == 0, "it is quick"


def test_on_a_slow_disk_the_list_is_loaded_for_rows_that_come_into_sight() -> None:
    room = Room(0.03)
    room.write(seconds=2)
    assert len(room.blank) > 10
    room.focus, room.idle = 30, 0
    room.look()
    assert room.loads == 1
    assert room.blank == set()
    room.look()
    assert room.loads == 1


def test_where_kodi_may_not_load_it_they_are_mended_one_by_one() -> None:
    room = Room(0.03)
    room.write(seconds=2)
    room.focus, room.idle, room.may_begin = 30, 0, False
    room.look()
    assert room.loads == 0
    assert room.blank_in_sight() == set()


def test_the_list_is_not_loaded_while_keys_are_pressed_nor_while_more_follows() -> None:
    room = Room()
    room.write(seconds=0.1)
    assert room.blank
    room.look()
    assert room.loads == 0, "more follows"
    room.clock.now += 3
    room.idle = 0
    room.look()
    assert room.loads == 0, "keys are pressed"
    room.idle = 1
    room.look()
    assert room.loads == 1, "nothing has followed for seconds"


@pytest.mark.parametrize("why", ["slow", "order"])
def test_a_list_that_is_no_more_to_be_loaded_has_its_rows_mended_one_by_one(why: str) -> None:
    room = Room()
    room.write()
    room.ticks.clear()
    room.list.is_slow = why == "slow"
    room.moves_watched = why == "order"
    for _ in range(20):
        room.look()
    assert room.blank == set()
    assert room.loads == 0


def test_nothing_is_loaded_for_a_list_that_was_left() -> None:
    room = Room()
    room.write()
    room.list.path = ""
    room.ticks.clear()
    room.look()
    room.list.path = FILMS
    room.look()
    assert room.loads == 0


def test_while_rows_lack_words_it_looks_a_hundred_times_a_second() -> None:
    room = Room()
    assert room.unmended.pause(0.2) == 0.2
    room.write()
    assert room.unmended.pause(0.2) == 0.01
    assert room.unmended.pause(0.001) == 0.001


def test_no_row_vanishes_where_what_is_watched_is_hidden_and_all_have_words_when_it_is_shown() -> (
    None
):
    room = Room()
    room.write(seconds=0.1)
    room.hides_watched = True
    room.hidden = set(room.blank)  # Kodi hides them without a load, and mends no hidden row
    room.ticks.clear()
    for _ in range(20):
        room.clock.now += 1
        room.look()
    assert room.loads == 0
    assert room.unmended.pause(0.2) == 0.2, "nothing is seen without its words meanwhile"
    room.hides_watched, room.hidden = False, set()
    room.look()
    assert room.blank == set()


def test_a_row_that_comes_into_sight_where_what_is_watched_is_hidden_has_its_words() -> None:
    room = Room(0.03)
    room.write(seconds=2)
    room.hides_watched = True
    room.focus, room.idle = 30, 0
    assert room.blank_in_sight()
    room.look()
    assert room.blank_in_sight() == set()
    assert room.loads == 0, "others would vanish"


def test_rows_that_are_shown_again_at_the_same_focus_are_mended_at_once() -> None:
    room = Room()
    room.write(seconds=0.1)
    room.look()
    room.hidden = {_file(99)}
    room.focus = 30
    room.look()
    room.idle = 0
    room.blank |= set(map(_file, range(31, 33)))
    room.unmended.note([tick.video for tick in room.ticks if tick.video.dbid in (31, 32)], 0.004)
    room.hidden = set()
    room.look()
    assert room.blank_in_sight() == set()


def test_another_list_ends_the_writing_and_the_last_one_has_its_words_there() -> None:
    room = Room()
    room.write(seconds=0.05)
    before, room.opens = list(room.plain), "videodb://movies/genres/1/"
    room.write()
    assert len(room.plain) == len(before) + 1
    assert _file(room.plain[-1]) not in room.blank, "the other list may have it"


def test_rows_that_kodi_exchanges_as_they_are_looked_at_are_mended_with_the_next_look() -> None:
    room = Room()
    room.write(seconds=0.1)
    room.focus, room.idle, room.moves_rows = 30, 0, True
    assert room.blank_in_sight()
    with pytest.raises(ListMoved):
        room.look()
    room.look()
    assert room.blank_in_sight() == set()
