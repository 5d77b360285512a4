"""No play is told twice: what another add-on tells Simkl is left to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.sending.other_scrobblers import OF_ALL, OF_THEIR_OWN, OtherScrobblers

Settings = dict[str, dict[str, str]]
FILM, ROW = "/films/Heat.mkv", "plugin://plugin.video.prism/?action=play"


def others(settings: Settings) -> OtherScrobblers:
    def setting_of(addon: str, key: str) -> str | None:
        found = settings.get(addon)
        return None if found is None else found.get(key, "") if key else ""

    return OtherScrobblers(setting_of)


def test_where_no_other_is_all_is_ours() -> None:
    assert others({}).tells(FILM) is None
    assert others({}).tells(ROW) is None
    assert others({}).all_that_tell() == []


@pytest.mark.parametrize("path", [FILM, ROW])
def test_an_add_on_that_tells_all_tells_each(path: str) -> None:
    settings = {"script.simkl": {"token": "abc", "autoscrobble": "true"}}
    assert others(settings).tells(path) == "script.simkl"
    assert others({"script.simkl.scrobbler": {"access_token": "a"}}).tells(path) is not None


@pytest.mark.parametrize(
    "settings",
    [
        {"script.simkl": {"token": "", "autoscrobble": "true"}},
        {"script.simkl": {"token": "abc", "autoscrobble": "false"}},
        {"script.simkl.scrobbler": {"access_token": ""}},
        {"plugin.video.prism": {"simkl.auth": ""}},
    ],
)
def test_who_is_signed_out_or_switched_off_tells_nothing(settings: Settings) -> None:
    assert others(settings).tells(ROW) is None
    assert others(settings).all_that_tell() == []


def test_a_switch_that_was_never_touched_is_on() -> None:
    assert others({"script.simkl": {"token": "abc"}}).tells(FILM) == "script.simkl"


def test_a_video_add_on_tells_what_it_plays_itself_and_nothing_else() -> None:
    found = others({"plugin.video.prism": {"simkl.auth": "abc"}, "plugin.video.otaku": {}})
    assert found.tells(ROW) == "plugin.video.prism"
    assert found.tells("plugin://plugin.video.otaku/play/1") == "plugin.video.otaku"
    assert found.tells("plugin://plugin.video.some/play/1") is None
    assert found.tells(FILM) is None
    assert found.all_that_tell() == ["plugin.video.prism", "plugin.video.otaku"]


@pytest.mark.parametrize("addon", [*OF_ALL, *OF_THEIR_OWN])
def test_each_is_in_the_table_with_its_version_and_source(addon: str) -> None:
    table = Path(__file__).parents[3] / "docs" / "other-scrobblers.md"
    assert f"| `{addon}` |" in table.read_text(encoding="utf-8")
