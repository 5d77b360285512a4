"""Whether files are there: a source that keeps silent keeps nobody waiting, nor the other ones."""

from __future__ import annotations

import threading
import time
from typing import Any, Iterator, Mapping, Sequence

import pytest

from lib.ticks.files import Files
from lib.ticks.sources import Sources

SOURCES = ["http://nas/films/", "http://nas/", "/media/", "/media/locked/", "smb://ann:pw@box/tv/"]
NAS, LOCAL, BOX = "http://nas/films/a.mkv", "/media/b.mkv", "smb://ann:pw@box/tv/c.mkv"
QUICK = 0.2  # seconds


class World:
    """Files and their hosts. sleeping: those that keep a call waiting until `wake`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.there = {NAS, LOCAL, BOX}
        self.silent_hosts: set[str] = set()
        self.sleeping: set[str] = set()
        self.looked: list[str] = []
        self._awake = threading.Event()
        self.files = Files(self._exists, self._keeps_silent, Sources(self._batch), lambda: self.now)

    def wake(self) -> None:
        self._awake.set()

    def _exists(self, file: str) -> bool:
        self.looked.append(file)
        if file in self.sleeping:
            self._awake.wait(30)
        return file in self.there

    def _keeps_silent(self, file: str) -> bool:
        return any(file.startswith(host) for host in self.silent_hosts)

    def _batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        return [{"sources": [{"file": source} for source in SOURCES]} for _ in calls]

    def wait_for_news(self) -> None:
        end = time.monotonic() + 5
        while not self.files.has_news():
            assert time.monotonic() < end
            time.sleep(0.005)
        self.files.take_news()


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.wake()
    world.files.leave()


def test_a_file_is_there_or_is_gone(world: World) -> None:
    assert world.files.exists(LOCAL) is True
    assert world.files.exists("/media/gone.mkv") is False
    assert world.files.exists(LOCAL) is True
    assert not world.files.has_news()


def test_one_that_keeps_waiting_keeps_no_other_source_waiting(world: World) -> None:
    world.sleeping = {NAS}
    assert world.files.exists(NAS) is None
    began = time.monotonic()
    assert world.files.exists(NAS) is None
    assert world.files.exists("http://nas/films/other.mkv") is None
    assert world.files.exists(LOCAL) is True
    assert world.files.exists(BOX) is True
    assert time.monotonic() - began < QUICK
    assert world.looked.count(NAS) == 1
    assert "http://nas/films/other.mkv" not in world.looked


def test_a_late_yes_counts_and_the_source_is_asked_again_at_once(world: World) -> None:
    world.sleeping = {NAS}
    assert world.files.exists(NAS) is None
    assert not world.files.has_news()
    world.now = 25.0
    world.wake()
    world.wait_for_news()
    assert world.files.exists(NAS) is True
    assert world.looked == [NAS]
    assert world.files.exists("http://nas/films/gone.mkv") is False


def test_a_late_no_says_only_that_nobody_answered(world: World) -> None:
    world.sleeping, world.there = {NAS}, set()
    assert world.files.exists(NAS) is None
    world.now = 20.0
    world.wake()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        assert not world.files.has_news()
        if not world.files._out:
            break
    assert world.files.exists(NAS) is None
    world.now = 79.0
    assert not world.files.has_news()
    assert world.files.keeps_waiting(NAS)
    world.now = 81.0
    world.wait_for_news()
    assert world.files.exists(NAS) is False


def test_a_host_that_gives_no_sign_of_life_is_not_asked_about_files(world: World) -> None:
    world.silent_hosts = {"http://nas/"}
    assert world.files.exists(NAS) is None
    assert world.files.exists(LOCAL) is True
    assert world.looked == [LOCAL]
    world.silent_hosts.clear()
    world.now = 61.0
    world.wait_for_news()
    assert world.files.exists(NAS) is True


def test_a_source_that_has_just_answered_is_not_asked_for_a_sign_of_life(world: World) -> None:
    assert world.files.exists(NAS) is True
    world.silent_hosts = {"http://nas/"}
    world.now = 9.0
    assert world.files.exists(NAS) is True
    world.now = 60.0
    assert world.files.exists(NAS) is None


def test_news_are_kept_until_they_are_taken(world: World) -> None:
    world.silent_hosts = {"http://nas/"}
    world.files.exists(NAS)
    world.now = 61.0
    assert world.files.has_news()
    assert world.files.has_news()
    world.files.take_news()
    assert not world.files.has_news()


def test_files_of_no_source_wait_by_their_host(world: World) -> None:
    world.silent_hosts = {"nfs://old/"}
    assert world.files.exists("nfs://old/a/1.mkv") is None
    assert world.files.keeps_waiting("nfs://old/b/2.mkv")
    assert world.files.keeps_waiting("nfs://bob:pw@old/b/2.mkv")
    assert not world.files.keeps_waiting("nfs://new/b/2.mkv")
    assert not world.files.keeps_waiting("/somewhere/else.mkv")


def test_its_thread_ends_when_kodi_leaves(world: World) -> None:
    before = set(threading.enumerate())
    world.files.exists(LOCAL)
    assert len(set(threading.enumerate()) - before) == 1
    world.files.leave()
    assert set(threading.enumerate()) <= before


def test_a_late_answer_counts_for_all_who_ask(world: World) -> None:
    world.sleeping = {NAS}
    assert world.files.exists(NAS) is None
    world.wake()
    world.wait_for_news()
    world._awake = threading.Event()  # as slow as before
    assert world.files.exists(NAS) is True, "for who reads how the file stands"
    assert world.files.exists(NAS) is True, "for who writes its tick right after"


def test_one_file_whose_answer_is_always_late_keeps_the_others_from_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = "http://nas/films/gone.mkv"

    def exists(file: str) -> bool:
        world.now += 3 if file == gone else 0
        return file in world.there

    monkeypatch.setattr(world.files, "_exists", exists)
    answers = []
    for _ in range(4):  # each visit asks in the same order
        world.files.exists(gone)
        answers.append(world.files.exists(NAS))
        world.now += 61
        world.files.has_news()
        world.files.take_news()
    assert True in answers
