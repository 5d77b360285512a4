"""Fifty times Kodi is quit at a moment that nobody chose. Takes some minutes: `make quits`."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.simkl_server import faults

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom
from .test_leaving import QUICKLY, furnished_room, seconds_to_end

QUITS = 50
SEED = 20


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with furnished_room(shared_kodi_factory) as room:
        yield room


def test_kodi_leaves_at_any_moment(room: LivingRoom) -> None:
    dice = random.Random(SEED)
    doings: list[Callable[[], None]] = [
        lambda: room.kodi.open(FILMS),
        lambda: room.kodi.open(SERIES),
        lambda: room.press("sign_in"),
        lambda: room.press("check_now"),
        lambda: room.press("open"),
        lambda: room.simkl.misbehave("*", faults.hang(30)),
        lambda: room.simkl.misbehave("*", faults.slow_drip(0.01)),
        lambda: room.kodi.builtin("ReloadSkin()"),
        lambda: room.press("sign_out"),
        room.kodi.home,
    ]
    took, whole = [], []
    for _ in range(QUITS):
        room.simkl.behave()
        room.sign_in()
        room.kodi.start()
        for doing in dice.sample(doings, 3):
            doing()
            time.sleep(dice.uniform(0, 1))
        began = time.monotonic()
        took.append(seconds_to_end(room))
        whole.append(time.monotonic() - began)
    for name, seconds in (("this add-on", took), ("Kodi, all of it", whole)):
        longest, median = max(seconds), statistics.median(seconds)
        sys.stdout.write(f"{name}: longest {longest:.2f} s, median {median:.2f} s\n")
    assert max(took) < QUICKLY
