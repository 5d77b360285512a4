"""No login stays in the folders that are left out; what Simkl is told is what was chosen."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import pytest

from lib.sending.send_settings import SendSettings
from lib.ui.settings import forget_logins, send_settings_from, tick_settings_from
from tools.zip import ROOT

if TYPE_CHECKING:
    from lib.kodi.settings import Settings


class Kept:
    """Settings as text. written: the keys of what was changed."""

    def __init__(self, **values: str) -> None:
        self.values = values
        self.written: list[str] = []

    def text(self, key: str) -> str:
        return self.values.get(key, "")

    def is_on(self, key: str) -> bool:
        return self.text(key) == "true"

    def several(self, key: str) -> list[str]:
        return [self.text(key)] if self.text(key) else []

    def put(self, key: str, value: str) -> None:
        if self.text(key) != value:
            self.values[key] = value
            self.written.append(key)


def test_logins_are_taken_out_of_the_folders_and_nothing_else_is_written() -> None:
    kept = Kept(
        left_out_1="/media/Kids/",
        left_out_2="smb://ann:s3cret@nas/Kids/",
        left_out_3="multipath://%2fa%2f/dav%3a%2f%2fann%3as3cret%40nas%2fKids%2f/",
        client_id="ann:a@b",
    )
    settings = cast("Settings", kept)
    forget_logins(settings)
    assert kept.written == ["left_out_2", "left_out_3"]
    forget_logins(settings)
    assert kept.written == ["left_out_2", "left_out_3"]
    assert "s3cret" not in "".join(kept.values.values())
    left_out = tick_settings_from(settings).leaves_out
    assert left_out("smb://ann:s3cret@nas/Kids/Cars.mkv")
    assert left_out("dav://nas/Kids/Cars.mkv")
    assert left_out("/media/Kids/Cars.mkv")


def first_values() -> dict[str, str]:
    """What Kodi says of each setting that nobody has changed."""
    root = ET.parse(ROOT / "resources" / "settings.xml").getroot()
    return {each.get("id", ""): each.findtext("default") or "" for each in root.iter("setting")}


def chosen(**values: str) -> SendSettings:
    return send_settings_from(cast("Settings", Kept(**{**first_values(), **values})))


def test_whoever_changes_no_setting_tells_simkl_nothing() -> None:
    assert chosen() == SendSettings()
    assert not chosen().is_on


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("send", "is_on"),
        ("send_plays", "plays"),
        ("send_marks", "marks"),
        ("send_unmarks", "unmarks"),
        ("send_now", "now"),
        ("send_films", "films"),
        ("send_episodes", "episodes"),
        ("send_addons", "addons"),
        ("send_files", "files"),
        ("allow_rewatch", "rewatches"),
        ("send_beside_others", "beside_others"),
    ],
)
def test_each_choice_of_what_simkl_is_told_stands_for_itself(key: str, name: str) -> None:
    before = vars(chosen())
    other = "false" if first_values()[key] == "true" else "true"
    assert vars(chosen(**{key: other})) == {**before, name: not before[name]}


def test_the_mark_of_a_play_is_what_was_chosen() -> None:
    assert chosen(send_percent="95").percent == 95
    assert chosen(send_percent="").percent == 80


def test_with_sending_off_nothing_of_it_is_loaded_by_what_a_person_sees() -> None:
    code = (
        "import sys\n"
        "from tests.unit import kodi_in_memory\n"
        "kodi_in_memory.install()\n"
        "import lib.service, lib.ui.main_menu, lib.ui.send_menu, lib.ui.waiting_list\n"
        "print([name for name in sys.modules if name.startswith('lib.sending')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
