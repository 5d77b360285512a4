"""How soon the screen is looked at again, by what is in front of the list."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib.lists.browsing import Browsing  # noqa: E402
from lib.lists.pace import LOOK_EVERY  # noqa: E402


@pytest.mark.parametrize(("is_covered", "pause"), [(True, LOOK_EVERY), (False, 0.01)])
def test_a_list_is_looked_at_a_hundred_times_a_second_only_where_no_dialog_is_in_front_of_it(
    is_covered: bool, pause: float
) -> None:
    """As long as a row of it may come into sight without its words; a dialog may stay for hours."""
    browsing: Any = Browsing.__new__(Browsing)
    browsing.current_list = SimpleNamespace(path="", visits=[], changed_at=0.0, notice=lambda: None)
    browsing._display = SimpleNamespace(turn=lambda _: None)
    browsing._coordinator = SimpleNamespace(can_ask=False)
    browsing._reload = SimpleNamespace(mend=lambda: None)
    browsing._pace = SimpleNamespace(until_next_look=lambda _: 4.0)
    browsing.deps = SimpleNamespace(
        loads=SimpleNamespace(look=lambda is_covered: is_covered),
        container=SimpleNamespace(is_covered=lambda: is_covered),
        unmended=SimpleNamespace(pause=lambda seconds: min(seconds, 0.01)),
    )
    assert browsing.turn() == pause
