"""Lays out the module add-ons of Kodi's repository from the PyPI packages of this Python.

They cannot be downloaded in a test; ids and versions are those that Kodi 20 knows.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

# add-on id -> the Python package (or module) in it
_PACKAGES = {
    "script.module.certifi": "certifi",
    "script.module.chardet": "chardet",
    "script.module.idna": "idna",
    "script.module.pyqrcode": "pyqrcode",
    "script.module.requests": "requests",
    "script.module.urllib3": "urllib3",
}
_NEEDS = {
    "script.module.requests": (
        "script.module.certifi",
        "script.module.chardet",
        "script.module.idna",
        "script.module.urllib3",
    ),
}
# On Python 3 the real kodi_six re-exports the native modules, no more.
_KODI_SIX = {
    "__init__": "",
    **{name: f"from {name} import *\n" for name in (
        "xbmc", "xbmcaddon", "xbmcdrm", "xbmcgui", "xbmcplugin", "xbmcvfs")},
}  # fmt: skip


def lay_out(addons: Path) -> list[str]:
    """Put every module add-on into the folder `addons`; their ids, needed ones first."""
    for addon_id, package in _PACKAGES.items():
        _copy_package(package, addons / addon_id / "lib")
        version = importlib.metadata.version(package)
        _write_addon_xml(addons / addon_id, version, _NEEDS.get(addon_id, ()))
    kodi_six = addons / "script.module.kodi-six"
    _write_kodi_six(kodi_six / "lib" / "kodi_six")
    _write_addon_xml(kodi_six, "0.1.3.1", ())
    return sorted({*_PACKAGES, kodi_six.name}, key=lambda addon_id: addon_id in _NEEDS)


def _copy_package(package: str, lib: Path) -> None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed: run the tests with the project's Python")
    origin = Path(spec.origin)
    lib.mkdir(parents=True)
    if origin.name == "__init__.py":
        # With its compiled files: compiling anew would cost every fresh Kodi a second.
        shutil.copytree(origin.parent, lib / package)
    else:
        shutil.copy2(origin, lib)


def _write_kodi_six(package: Path) -> None:
    package.mkdir(parents=True)
    for name, text in _KODI_SIX.items():
        (package / f"{name}.py").write_text(text)


def _write_addon_xml(addon: Path, version: str, needs: tuple[str, ...]) -> None:
    imports = "".join(f'<import addon="{need}"/>' for need in needs)
    (addon / "addon.xml").write_text(
        f'<addon id="{addon.name}" name="{addon.name}" version="{version}" provider-name="test">'
        f'<requires><import addon="xbmc.python" version="3.0.0"/>{imports}</requires>'
        '<extension point="xbmc.python.module" library="lib"/>'
        '<extension point="xbmc.addon.metadata"><platform>all</platform></extension></addon>'
    )
