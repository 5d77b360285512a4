"""The zip of an add-on: which add-on it holds, and how it is unpacked."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path


def addon_id_of(archive: Path) -> str:
    """The one folder that an add-on's zip holds is named like the add-on."""
    with zipfile.ZipFile(archive) as content:
        return content.namelist()[0].split("/")[0]


def unpack(archive: Path, addons: Path) -> Path:
    """Unpack an add-on's zip into the folder `addons`, over an older one; the add-on's folder."""
    addon = addons / addon_id_of(archive)
    shutil.rmtree(addon, ignore_errors=True)
    with zipfile.ZipFile(archive) as content:
        content.extractall(addons)
    return addon
