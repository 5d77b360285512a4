"""One thread calls Simkl, one call after another; Kodi's thread never waits for it."""

from __future__ import annotations

import threading
import time
from typing import Callable, Iterator, TypeVar

import pytest

from lib.simkl.worker import Pending, Worker

Result = TypeVar("Result")


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.leave(5)


def settled(pending: Pending[Result]) -> Pending[Result]:
    end = time.monotonic() + 5
    while not pending.done and time.monotonic() < end:
        time.sleep(0.001)
    return pending


def test_a_call_gives_its_result(worker: Worker) -> None:
    assert settled(worker.submit(lambda: "watched")).outcome() == "watched"


def test_a_call_that_fails_gives_its_error_and_stops_no_other(worker: Worker) -> None:
    def fails() -> object:
        raise KeyError("heat")

    pending = settled(worker.submit(fails))
    with pytest.raises(KeyError, match="heat"):
        pending.outcome()
    assert settled(worker.submit(lambda: 1)).outcome() == 1


def test_calls_run_in_their_order_in_one_thread_that_is_not_ours(worker: Worker) -> None:
    seen: list[tuple[int, int]] = []

    def note(number: int) -> Callable[[], object]:
        return lambda: seen.append((number, threading.get_ident()))

    for pending in [worker.submit(note(number)) for number in range(20)]:
        settled(pending)
    assert [number for number, _ in seen] == list(range(20))
    threads = {thread for _, thread in seen}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_handing_in_a_call_does_not_wait_for_the_one_under_way(worker: Worker) -> None:
    gate = threading.Event()
    first = worker.submit(lambda: gate.wait(30))
    second = worker.submit(lambda: 2)
    assert not first.done
    assert not second.done
    gate.set()
    assert settled(second).outcome() == 2


def test_no_thread_runs_before_there_is_a_call() -> None:
    before = threading.active_count()
    Worker().leave(5)
    assert threading.active_count() == before


def test_leaving_ends_the_thread() -> None:
    before = threading.active_count()
    worker = Worker()
    settled(worker.submit(lambda: 1))
    worker.leave(5)
    assert threading.active_count() == before


def test_leaving_does_not_wait_for_a_call_that_hangs() -> None:
    worker, gate = Worker(), threading.Event()
    worker.submit(lambda: gate.wait(30))
    start = time.monotonic()
    worker.leave(0.05)
    assert time.monotonic() - start < 3
    gate.set()
    worker.leave(5)
