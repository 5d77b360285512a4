"""Ticks of episodes that are not on screen: never over what the person did meanwhile."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Mapping, Sequence

import pytest

from lib.simkl.answers import Series, Watch
from lib.simkl.asks import EPISODES
from lib.storage.answer_cache import Known
from lib.ticks.backlog import Backlog
from lib.ticks.files import Files
from lib.ticks.journal import Journal
from lib.ticks.library import Library
from lib.ticks.policy import Policy
from lib.ticks.sources import Sources
from lib.ticks.user_changes import UserChanges
from lib.ticks.writer import Writer
from lib.titles.title import SHOW, Place, Title
from tests.unit.memory import memory

SERIES = 7
DARK = Title(SHOW, (("tmdb", "70523"),))
COUNT = 40
LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=timezone.utc)
TODAY = "2026-11-23 20:00:00"


class KodiLibrary:
    """The episodes of one season, as JSON-RPC reads and writes them."""

    def __init__(self) -> None:
        self.episodes: dict[int, dict[str, Any]] = {
            number: {
                "episodeid": number,
                "file": f"/media/{number}.mkv",
                "playcount": 0,
                "lastplayed": "",
                "tvshowid": SERIES,
                "season": 1,
                "episode": number,
            }
            for number in range(1, COUNT + 1)
        }
        self.written: list[str] = []
        self.mended: list[int] = []

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return [self._answer(method.split(".")[1], params) for method, params in calls]

    def _answer(self, method: str, params: Mapping[str, Any]) -> Any:
        if method == "GetEpisodes":
            return {"episodes": [dict(episode) for episode in self.episodes.values()]}
        if method == "GetSources":
            return {"sources": [{"file": "/media/"}]}
        if method == "GetEpisodeDetails":
            return {"episodedetails": dict(self.episodes[params["episodeid"]])}
        if method == "SetEpisodeDetails" and "lastplayed" in params:
            self.episodes[params["episodeid"]]["lastplayed"] = params["lastplayed"]
        if method == "SetTVShowDetails":
            self.mended.append(params["tvshowid"])
        if method == "SetFileDetails" and "playcount" in params:
            episode = next(e for e in self.episodes.values() if e["file"] == params["file"])
            episode.update(playcount=params["playcount"], lastplayed=params["lastplayed"])
            self.written.append(params["file"])
        return "OK"

    def stands(self, number: int) -> tuple[int, str]:
        episode = self.episodes[number]
        return episode["playcount"], episode["lastplayed"]


class Room:
    def __init__(self) -> None:
        self.library = KodiLibrary()
        store = memory()
        self.hand = UserChanges(store, lambda: "somebody", lambda: 100.0)
        journal = Journal(store, lambda: "somebody")
        self.now, self.is_silent = 0.0, False
        self.files = files = Files(
            lambda _: True, lambda _: self.is_silent, Sources(self.library.batch), lambda: self.now
        )
        reader = Library(self.library.batch, files.exists)
        self.writer = Writer(self.library.batch, journal.note, files)
        self.backlog = Backlog(reader, self.writer, Policy(self.hand), journal)
        watches = {(1, number): Watch(LONG_AGO) for number in range(1, COUNT + 1)}
        self.known = Known(DARK, Series({1: COUNT}, watches), EPISODES, asked_at=50.0)

    def step_until_written(self, count: int) -> None:
        while len(self.library.written) < count:
            assert self.backlog.step()

    def finish(self) -> None:
        while self.backlog.step():
            pass
        self.writer.announce()


@pytest.fixture
def room() -> Room:
    room = Room()
    room.backlog.add(SERIES, room.known)
    return room


def test_all_episodes_of_a_series_are_ticked(room: Room) -> None:
    room.finish()
    assert {playcount for playcount, _ in map(room.library.stands, range(1, COUNT + 1))} == {1}
    assert not room.backlog.is_due


def test_an_episode_that_was_played_meanwhile_keeps_its_date(room: Room) -> None:
    room.step_until_written(10)
    room.hand.plays(("episode", 35))
    room.library.episodes[35]["lastplayed"] = TODAY
    room.hand.stops()
    room.backlog.put_back()
    room.finish()
    assert room.library.stands(35) == (0, TODAY)
    assert room.library.stands(36)[0] == 1


def test_a_tick_that_was_removed_before_it_was_announced_stays_removed(room: Room) -> None:
    room.step_until_written(COUNT)
    room.library.episodes[COUNT].update(playcount=0, lastplayed="")
    room.hand.removes(("episode", COUNT), Place(DARK, 1, COUNT), None)
    room.backlog.put_back()
    room.finish()
    assert room.library.stands(COUNT) == (0, "")


def test_a_play_before_the_announcement_is_not_taken_back(room: Room) -> None:
    room.step_until_written(COUNT)
    room.library.episodes[COUNT].update(playcount=2, lastplayed=TODAY)
    room.finish()
    assert room.library.stands(COUNT) == (2, TODAY)


def test_what_was_written_on_screen_meanwhile_is_not_written_again(room: Room) -> None:
    room.step_until_written(10)
    for episode in room.library.episodes.values():
        episode.update(playcount=1, lastplayed=TODAY)
    room.backlog.add(SERIES, room.known)
    before = len(room.library.written)
    room.finish()
    # One more than before: the announcement repeats what Kodi holds.
    assert len(room.library.written) <= before + 1
    assert room.library.stands(20) == (1, TODAY)


def test_a_series_that_is_done_is_not_read_again_for_the_same_answer(room: Room) -> None:
    room.finish()
    room.backlog.add(SERIES, room.known)
    assert not room.backlog.is_due


def test_what_lies_in_a_source_that_keeps_silent_is_written_once_it_answers(room: Room) -> None:
    room.is_silent = True
    room.finish()
    assert room.library.written == []
    assert room.library.mended == []
    assert not room.backlog.is_due
    room.is_silent = False
    room.backlog.add(SERIES, room.known)  # its list is opened again meanwhile
    room.finish()
    assert room.library.written == []
    room.now = 61.0
    assert room.files.has_news()
    room.backlog.try_again()
    room.finish()
    assert len(room.library.written) >= COUNT
    assert room.library.mended == [SERIES]
    assert room.library.stands(COUNT)[0] == 1


def test_what_was_passed_over_of_the_series_in_work_is_tried_again() -> None:
    room = Room()
    room.backlog.add(SERIES, room.known)
    room.is_silent = True
    room.backlog.step()
    room.backlog.step()  # read, and ten of them wait for the source
    room.now += 61
    room.is_silent = False
    assert room.files.has_news()
    room.files.take_news()
    room.backlog.try_again()
    room.finish()
    assert all(room.library.stands(number)[0] for number in range(1, COUNT + 1))
