"""Runs Kodi's own checker of add-ons over what ships, offline: any warning fails `make lint`.

The checker would ask the network for the lists of Kodi's repositories. It gets one of our own
instead, with just the modules that the add-on needs, in the versions that Kodi 20 has.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from kodi_addon_checker import ValidKodiVersions, check_addon
from kodi_addon_checker.addons.Addon import Addon
from kodi_addon_checker.common import load_plugins
from kodi_addon_checker.config import Config, ConfigManager

from .zip import ADDON_ID, build

BRANCHES = ("nexus", "omega")
_REPOSITORY = """
<addons>
    <addon id="script.module.kodi-six" version="0.1.3.1"/>
    <addon id="script.module.pyqrcode" version="0.0.1+matrix.1"/>
    <addon id="script.module.requests" version="2.27.1+matrix.1"/>
</addons>
"""


class _Recorded:
    """In place of the checker's `Repository`, which is fetched."""

    def __init__(self) -> None:
        self._addons = {addon.get("id"): Addon(addon) for addon in ET.fromstring(_REPOSITORY)}

    def __contains__(self, addon_id: str) -> bool:
        return addon_id in self._addons

    def find(self, addon_id: str) -> Any:
        return self._addons.get(addon_id)

    def rdepends(self, addon_id: str) -> list[Any]:
        return [addon for addon in self._addons.values() if addon.dependsOn(addon_id)]


def main() -> None:
    load_plugins()
    check_addon.check_url.check_url = lambda *_: None  # it would open the website
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(build(folder=Path(folder))) as archive:
            archive.extractall(folder)
        tree = Path(folder) / ADDON_ID
        found = [_found(tree, branch) for branch in BRANCHES]
    if any(found):
        sys.exit(1)


def _found(tree: Path, branch: str) -> int:
    """How many problems and warnings there are for a branch of Kodi's repository; they are said."""
    parser = argparse.ArgumentParser()
    ConfigManager.fill_cmd_args(parser)
    args = parser.parse_args([])
    args.branch, args.PR, args.skip_dependency_checks = branch, False, False
    args.allow_folder_id_mismatch = False
    config = Config(str(tree), args)
    config.configs.update(check_kodi_leia_deprecations=True, check_license_file_exists=True)
    ConfigManager.process_config(config)
    repositories = {version: _Recorded() for version in ValidKodiVersions}
    report = check_addon.start(str(tree), args, repositories, config)
    counts = f"{report.problem_count} problems, {report.warning_count} warnings"
    print(f"kodi-addon-checker, {branch}: {counts}")
    return int(report.problem_count + report.warning_count)


if __name__ == "__main__":
    main()
