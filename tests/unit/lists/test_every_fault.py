"""After each way in which Simkl or the network may fail once, the list is answered by itself."""

from __future__ import annotations

import pytest

import lib.simkl.transport
from lib.simkl.answers import Film
from tests.simkl_server import faults
from tests.simkl_server.every_fault import FAULTS
from tests.unit.coordinator_setup import ASKED, HEAT, RONIN, CoordinatorSetup

HOURS = 12


def test_what_was_known_goes_on_as_of_when_it_was_answered(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT)
    known = setup.coordinator.known(HEAT)
    assert known is not None
    setup.server.clock.forward(3600)
    setup.coordinator.look_now()
    setup.server.misbehave(ASKED, faults.change(lambda entries: [None for _ in entries]))
    setup.ask(HEAT)
    after = setup.coordinator.known(HEAT)
    assert after is not None
    assert (after.answer, after.asked_at) == (known.answer, known.asked_at)
    assert after.unclear_at is not None
    asked = len(setup.calls)
    setup.ask(HEAT)
    assert len(setup.calls) == asked
    setup.server.clock.forward(901)
    setup.ask(HEAT)
    again = setup.coordinator.known(HEAT)
    assert again is not None
    assert again.unclear_at is None
    assert again.asked_at > known.asked_at


@pytest.mark.parametrize("name", FAULTS)
def test_the_list_is_answered_by_itself(
    setup: CoordinatorSetup, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.simkl.transport, "_SILENCE_SECONDS", 0.1)
    monkeypatch.setattr(lib.simkl.transport, "_WHOLE_ANSWER_SECONDS", 1.0)
    setup.server.misbehave(ASKED, FAULTS[name])
    for _ in range(HOURS):  # somebody opens the list now and then
        setup.coordinator.queue.begin_list()
        setup.ask(HEAT, RONIN)
        setup.server.clock.forward(3600)
    heat = setup.says(HEAT)
    assert isinstance(heat, Film)
    assert heat.watch is not None
    assert setup.says(RONIN) == Film(None)
    assert setup.server.violations == []
