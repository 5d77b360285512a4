"""A network in which a Kodi's add-ons find this machine alone, and a proxy in Kodi's settings."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .driver import Kodi

_GUARD = Path(__file__).with_name("inside") / "sitecustomize.py"


class NoNetwork:
    """What the Python in Kodi looks up. folder: for `Kodi(python_path=…)`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(_GUARD, folder)

    @property
    def hosts(self) -> set[str]:
        """Those that were looked up so far."""
        notes = self.folder / "looked_up"
        return set(notes.read_text().split()) if notes.exists() else set()


def set_proxy(kodi: Kodi, port: int, **more: Any) -> None:
    """As a person sets it in Kodi: of the type HTTP, on this machine. more: other settings of it.

    usehttpproxy, httpproxytype, httpproxyserver, httpproxyusername, httpproxypassword.
    """
    values = {
        "usehttpproxy": True,
        "httpproxytype": 0,
        "httpproxyserver": "127.0.0.1",
        "httpproxyport": port,
        **more,
    }
    for name, value in values.items():
        kodi.rpc("Settings.SetSettingValue", setting=f"network.{name}", value=value)
