"""Each tick of ours is noted with what was there before, and only ours are ever taken back."""

from __future__ import annotations

import pytest

from lib.ticks.due import EPISODE, Tick, Video
from lib.ticks.journal import Journal
from tests.unit.memory import memory

THEN, LATER = "2024-03-01 21:00:00", "2025-03-01 21:00:00"


def video(playcount: int = 0, lastplayed: str = "", *, file: str = "a", number: int = 1) -> Video:
    return Video(EPISODE, number, file, playcount, lastplayed, 7, 1, number)


@pytest.fixture
def journal() -> Journal:
    return Journal(memory(), lambda: "somebody", lambda: 1000.0)


def cleared(journal: Journal, *videos: Video) -> list[tuple[int, str]]:
    """What a clearing of all of these would write."""
    ticks = journal.to_clear(videos, lambda _: True)
    return [(tick.playcount, tick.lastplayed) for tick in ticks]


def test_a_tick_of_ours_goes_back_to_what_was_there(journal: Journal) -> None:
    journal.note([Tick(video(0, "2020-01-01 10:00:00"), 1, THEN)])
    assert cleared(journal, video(1, THEN)) == [(0, "2020-01-01 10:00:00")]


def test_one_that_was_moved_on_goes_back_to_the_beginning(journal: Journal) -> None:
    journal.note([Tick(video(), 1, THEN)])
    journal.note([Tick(video(1, THEN), 1, LATER)])
    assert cleared(journal, video(1, LATER)) == [(0, "")]


@pytest.mark.parametrize("now", [(2, THEN), (1, LATER), (0, "")])
def test_one_that_somebody_has_changed_since_is_not_taken_back(
    journal: Journal, now: tuple[int, str]
) -> None:
    journal.note([Tick(video(), 1, THEN)])
    assert cleared(journal, video(*now)) == []


def test_a_tick_of_theirs_whose_date_we_moved_is_not_taken_back(journal: Journal) -> None:
    journal.note([Tick(video(1, THEN), 1, LATER)])
    assert cleared(journal, video(1, LATER)) == []


def test_one_that_is_theirs_by_now_is_not_taken_back(journal: Journal) -> None:
    journal.note([Tick(video(), 1, THEN)])
    journal.note_theirs(["a"])
    assert cleared(journal, video(1, THEN)) == []


def test_one_that_shows_another_persons_watch_is_not_taken_back() -> None:
    store = memory()
    Journal(store, lambda: "Ann").note([Tick(video(), 1, THEN)])
    assert cleared(Journal(store, lambda: "Bob"), video(1, THEN)) == []
    assert cleared(Journal(store, lambda: "Ann"), video(1, THEN)) == [(0, "")]


def test_a_tick_that_is_none_of_ours_is_not_taken_back(journal: Journal) -> None:
    assert cleared(journal, video(1, THEN)) == []


def test_one_that_was_taken_back_is_ours_no_more(journal: Journal) -> None:
    journal.note([Tick(video(), 1, THEN)])
    journal.note([Tick(video(1, THEN), 0, "")])
    assert journal.made(["a"]) == {}


def test_a_file_of_two_episodes_is_taken_back_once_when_one_is_not_watched(
    journal: Journal,
) -> None:
    both = [video(1, THEN), video(1, THEN, number=2)]
    journal.note([Tick(video(), 1, THEN)])
    assert len(journal.to_clear(both, lambda each: each.episode == 2)) == 1
    assert journal.to_clear(both, lambda _: False) == []


def test_thousands_of_files_are_found(journal: Journal) -> None:
    files = [str(number) for number in range(2500)]
    journal.note([Tick(video(file=file), 1, THEN) for file in files])
    assert len(journal.made(files)) == 2500
