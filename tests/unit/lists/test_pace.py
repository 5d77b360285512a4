"""How often the screen is looked at: as long as somebody is there often, and hardly ever later."""

from __future__ import annotations

import pytest

from lib.lists.pace import LOOK_EVERY, Pace
from tests.unit.clocks import Clock


@pytest.mark.parametrize(
    ("idle", "changed", "worked", "pause"),
    [
        (100, 100, 100, 10.0),
        (30, 100, 100, 4.0),
        (100, 30, 100, 4.0),
        (3, 100, 100, LOOK_EVERY),
        (100, 3, 100, LOOK_EVERY),
        (100, 100, 3, LOOK_EVERY),
    ],
)
def test_a_key_another_list_and_work_each_keep_it_awake(
    idle: int, changed: int, worked: int, pause: float
) -> None:
    clock = Clock()
    pace = Pace(lambda: idle, clock)
    began = clock()
    clock.now = began + 100 - worked
    pace.works()
    clock.now = began + 100
    assert pace.until_next_look(began + 100 - changed) == pause
