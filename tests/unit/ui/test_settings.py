"""No login stays in the folders that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lib.ui.settings import forget_logins, tick_settings_from

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
