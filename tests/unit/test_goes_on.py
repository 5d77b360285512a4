"""After each way in which Simkl or the network may fail once, the list is answered by itself."""

from __future__ import annotations

import pytest

import lib.simkl
from lib.answers import Film
from tests.simkl_server import faults
from tests.simkl_server.every_fault import FAULTS
from tests.unit.house import ASKED, HEAT, RONIN, House

HOURS = 12


def test_what_was_known_goes_on_as_of_when_it_was_answered(house: House) -> None:
    house.ask(HEAT)
    known = house.watched.known(HEAT)
    assert known is not None
    house.server.clock.forward(3600)
    house.watched.look_now()
    house.server.misbehave(ASKED, faults.change(lambda entries: [None for _ in entries]))
    house.ask(HEAT)
    after = house.watched.known(HEAT)
    assert after is not None
    assert (after.answer, after.asked_at) == (known.answer, known.asked_at)
    assert after.unclear_at is not None
    asked = len(house.calls)
    house.ask(HEAT)
    assert len(house.calls) == asked
    house.server.clock.forward(901)
    house.ask(HEAT)
    again = house.watched.known(HEAT)
    assert again is not None
    assert again.unclear_at is None
    assert again.asked_at > known.asked_at


@pytest.mark.parametrize("name", FAULTS)
def test_the_list_is_answered_by_itself(
    house: House, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.simkl, "_SILENCE_SECONDS", 0.1)
    monkeypatch.setattr(lib.simkl, "_WHOLE_ANSWER_SECONDS", 1.0)
    house.server.misbehave(ASKED, FAULTS[name])
    for _ in range(HOURS):  # somebody opens the list now and then
        house.watched.begin_list()
        house.ask(HEAT, RONIN)
        house.server.clock.forward(3600)
    heat = house.says(HEAT)
    assert isinstance(heat, Film)
    assert heat.watch is not None
    assert house.says(RONIN) == Film(None)
    assert house.server.violations == []
