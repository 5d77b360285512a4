"""Brings an add-on's zip into a home or a running Kodi: quickly, or as a person does it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from .enabled import enable
from .rpc import RpcError
from .zips import addon_id_of, unpack

if TYPE_CHECKING:
    from .gui import Gui

_FILES = "Container(450)"


def install(kodi: Gui, archive: Path) -> str:
    """Install a zip, or update to it, in a running Kodi without its dialogs; the add-on's id."""
    home = kodi.home_folder
    addon = unpack(archive, home.addons)
    # Known as enabled beforehand, it brings up no question (see enabled.py).
    enable(home.userdata / "Database", [addon.name])
    kodi.probe("builtin", command="UpdateLocalAddons", wait=True)
    version = ET.parse(addon / "addon.xml").getroot().get("version", "")
    kodi.wait_for(
        lambda: installed_version(kodi, addon.name) == version, what=f"{addon.name} {version}"
    )
    for enabled in (False, True):  # Only a change starts the add-on's service.
        kodi.rpc("Addons.SetAddonEnabled", addonid=addon.name, enabled=enabled)
    return addon.name


def install_through_gui(kodi: Gui, archive: Path) -> str:
    """Install a zip with Kodi's own "Install from zip file", by keys; the add-on's id."""
    addon_id = addon_id_of(archive)
    source = kodi.home_folder.zips
    shutil.copy2(archive, source)
    kodi.home()
    kodi.builtin("InstallFromZip")
    _choose(kodi, source.name)
    _choose(kodi, archive.name)
    kodi.wait_for(
        lambda: installed_version(kodi, addon_id), timeout=60, what=f"{addon_id} to be installed"
    )
    return addon_id


def installed_version(kodi: Gui, addon_id: str) -> str:
    """The version of an add-on that Kodi knows and has enabled, else ""."""
    try:
        properties = ["version", "enabled"]
        found = kodi.rpc("Addons.GetAddonDetails", addonid=addon_id, properties=properties)
    except RpcError:
        return ""
    addon = found["addon"]
    return str(addon["version"]) if addon["enabled"] else ""


def _choose(kodi: Gui, name: str) -> None:
    """Walk down the file browser to the row `name` and press it."""
    kodi.wait_for(lambda: name in _names(kodi), what=f'"{name}" in the file browser')
    for _ in _names(kodi):
        if kodi.label(f"{_FILES}.ListItem.Label") == name:
            kodi.key("return")
            return
        _step_down(kodi)
    raise AssertionError(f'the keys did not reach "{name}" in the file browser')


def _step_down(kodi: Gui) -> None:
    before = kodi.label(f"{_FILES}.CurrentItem")
    kodi.key("down")
    kodi.wait_for(
        lambda: kodi.label(f"{_FILES}.CurrentItem") != before, what="the focus to move down"
    )


def _names(kodi: Gui) -> list[str]:
    count = int(kodi.label(f"{_FILES}.NumAllItems") or 0)
    labels = [f"{_FILES}.ListItemAbsolute({n}).Label" for n in range(count)]
    return list(kodi.labels(*labels).values())
