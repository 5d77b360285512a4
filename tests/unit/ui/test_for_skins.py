"""Where no skin wants to know of the row in focus, it costs next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from lib.lists.watched_properties import Properties
from tests.unit import kodi_in_memory
from tests.unit.clocks import Clock

kodi_in_memory.install()

from lib.ui import for_skins  # noqa: E402
from lib.ui.for_skins import ForSkins  # noqa: E402

ROOT = Path(__file__).parents[3]


class Focused:
    """In place of what looks at the row in focus."""

    turns = left = 0

    def turn(self) -> None:
        self.turns += 1

    def leave(self) -> None:
        self.left += 1


class Skins:
    def __init__(self) -> None:
        self.coordinator = SimpleNamespace(can_ask=True)
        self.browsing: Any = SimpleNamespace(deps=SimpleNamespace(coordinator=self.coordinator))
        self.for_skins: Any = cast("Any", ForSkins(cast("Any", self.browsing)))
        self.focused = Focused()
        self.for_skins._focused_row = self.focused
        self.says(wanted=True)

    def says(self, *, wanted: bool) -> None:
        self.for_skins._is_wanted = lambda: wanted


def test_while_a_skin_wants_it_the_row_is_looked_at_twenty_times_a_second() -> None:
    skins = Skins()
    assert skins.for_skins.turn(0.2) == 0.05
    assert skins.for_skins.turn(0.001) == 0.001
    assert (skins.focused.turns, skins.focused.left) == (2, 0)


@pytest.mark.parametrize(("can_ask", "wanted"), [(False, True), (True, False)])
def test_where_it_is_not_wanted_or_nobody_is_signed_in_nothing_is_told(
    *, can_ask: bool, wanted: bool
) -> None:
    skins = Skins()
    skins.coordinator.can_ask = can_ask
    skins.says(wanted=wanted)
    assert skins.for_skins.turn(0.2) == 0.2
    assert (skins.focused.turns, skins.focused.left) == (0, 1)


def test_each_property_has_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    from lib.kodi import skin_properties

    shown: dict[str, str] = {}
    monkeypatch.setattr(skin_properties, "show_properties", shown.update)
    for_skins._show(Properties("true", "2024-03-01 21:00:00", "2", "3"))
    assert shown == {
        "Watched": "true",
        "LastWatched": "2024-03-01 21:00:00",
        "WatchedEpisodes": "2",
        "TotalEpisodes": "3",
    }


_NOBODY_WANTS_IT = """
import sys
from types import SimpleNamespace
from tests.unit import kodi_in_memory
kodi_in_memory.install()
asked, read, now = [], [], [0.0]
windows = ["Home"]
kodi_in_memory.Door.getCondVisibility = lambda _, expression: bool(asked.append(expression))
kodi_in_memory.Door.getInfoLabel = lambda _, name: read.append(name) or windows[-1]
import lib.service
from lib.ui.for_skins import ForSkins
coordinator = SimpleNamespace(can_ask=True)
browsing = SimpleNamespace(deps=SimpleNamespace(coordinator=coordinator))
skins = ForSkins(browsing, lambda: now[0])
def pass_by(seconds):
    for _ in range(seconds * 16):
        now[0] += 0.0625
        assert skins.turn(0.2) == 0.2
    print(len(asked), len(read))
pass_by(29)
windows.append("Videos")
pass_by(3)
pass_by(60)
print(sorted({"lib.lists.focused_row", "lib.kodi.skin_properties"} & set(sys.modules)))
"""


def test_where_no_skin_wants_it_a_label_is_read_now_and_then_and_nothing_is_loaded() -> None:
    """The condition is asked where another window has come, and else twice a minute."""
    run = [sys.executable, "-c", _NOBODY_WANTS_IT]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.stdout.splitlines() == ["1 10", "2 11", "4 31", "[]"], said.stderr


def test_a_skin_that_says_that_it_wants_it_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    says = {"wants": False}
    window, clock = ["Home"], Clock()
    monkeypatch.setattr(for_skins, "condition", lambda _: says["wants"])
    monkeypatch.setattr(for_skins, "label", lambda _: window[-1])
    skins = Skins()
    gate = skins.for_skins = cast("Any", ForSkins(skins.browsing, clock))
    gate._focused_row = skins.focused
    assert gate.turn(0.2) == 0.2
    says["wants"] = True
    window.append("Videos")
    clock.now += 3.0
    assert gate.turn(0.2) == 0.05
    says["wants"] = False
    clock.now += 30.0
    assert gate.turn(0.2) == 0.2
    assert skins.focused.left == 2
