"""Who else tells Simkl what is played is named, as long as that is left to them."""

from __future__ import annotations

from typing import Any, Sequence, cast

import pytest

from tests.unit import kodi_in_memory
from tests.unit.ui.test_settings import Kept, first_values

kodi_in_memory.install()

from lib.ui import optional_sending  # noqa: E402
from lib.ui.optional_sending import OptionalSending  # noqa: E402

NAMES = {"script.simkl": "SIMKL TV Tracker", "plugin.video.prism": "Prism"}


@pytest.mark.parametrize(
    ("token", "chosen", "named"),
    [
        ("t", {}, ["SIMKL TV Tracker"]),
        ("", {}, []),
        ("t", {"send_plays": "false"}, []),
        ("t", {"send_beside_others": "true"}, []),
        ("t", {"send": "false"}, []),
    ],
)
def test_another_add_on_is_named_where_plays_are_left_to_it(
    monkeypatch: pytest.MonkeyPatch, token: str, chosen: dict[str, str], named: list[str]
) -> None:
    def setting_of(addon: str, key: str) -> str | None:
        return {"token": token, "autoscrobble": "true"}[key] if addon == "script.simkl" else None

    def names_of_enabled(addons: Sequence[str]) -> dict[str, str]:
        return {each: NAMES[each] for each in addons}

    monkeypatch.setattr(optional_sending, "setting_of", setting_of)
    monkeypatch.setattr(optional_sending, "names_of_enabled", names_of_enabled)
    kept = cast("Any", Kept(**{**first_values(), "send": "true", **chosen}))
    unused = cast("Any", None)
    assert OptionalSending(kept, unused, unused, unused).left_to() == named
