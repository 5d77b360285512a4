"""Builds the add-on's zip: from one list of what ships, the same bytes from the same files."""

from __future__ import annotations

import argparse
import os
import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
ADDON_ID = "service.simkl.watched"
SETTINGS = "resources/settings.xml"

SHIPPED = (
    "LICENSE",
    "addon.xml",
    "context.py",
    "default.py",
    "service.py",
    "lib/**/*.py",
    SETTINGS,
    "resources/language/*/strings.po",
    "resources/media/*.jpg",
    "resources/media/*.png",
    "resources/skins/**/*.png",
    "resources/skins/**/*.xml",
)
"""All that Kodi needs; a file outside this list stays at home."""

# Neither the clock of a checkout nor its umask is part of what ships.
_MADE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3

_EMPTY_DEFAULT = re.compile(
    r'(<setting\b[^>]*\bid="client_id"(?:(?!</setting>).)*?)<default\s*(?:/>|></default>)',
    re.DOTALL,
)


class ZipError(Exception):
    """The zip cannot be built; the words say why."""


def build(root: Path = ROOT, folder: Path | None = None, *, client_id: str | None = None) -> Path:
    """Build the zip of the add-on at `root` into `folder` (None: dist); the zip's path.

    client_id: the default of the setting of that name; None leaves it empty. Raises ZipError.
    """
    content = {name: (root / name).read_bytes() for name in shipped(root)}
    if client_id is not None:
        content[SETTINGS] = with_client_id(content[SETTINGS].decode(), client_id).encode()
    archive = (folder or root / "dist") / f"{ADDON_ID}-{_version(content['addon.xml'])}.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    _write(archive, content)
    return archive


def shipped(root: Path) -> list[str]:
    """The names of the files that ship, sorted, with "/" between folders. Raises ZipError."""
    found = {pattern: [p for p in root.glob(pattern) if p.is_file()] for pattern in SHIPPED}
    absent = [pattern for pattern, files in found.items() if not files and "*" not in pattern]
    if absent:
        raise ZipError(f"not found in {root}: {', '.join(absent)}")
    return sorted(p.relative_to(root).as_posix() for files in found.values() for p in files)


def with_client_id(settings: str, client_id: str) -> str:
    """The text of settings.xml with this default for `client_id`. Raises ZipError."""
    # Nothing in such an id means anything to XML or to a regular expression's replacement.
    if not re.fullmatch(r"[0-9A-Za-z._-]+", client_id):
        raise ZipError("a client id is made of letters, digits, and . _ - only, and is not empty")
    settings, places = _EMPTY_DEFAULT.subn(rf"\g<1><default>{client_id}</default>", settings)
    if places != 1:
        raise ZipError(f"{SETTINGS} needs one setting client_id with an empty default")
    return settings


def _version(addon_xml: bytes) -> str:
    version = ET.fromstring(addon_xml).get("version")
    if not version:
        raise ZipError("addon.xml names no version")
    return version


def _write(archive: Path, content: dict[str, bytes]) -> None:
    # Two may build at once, and a third read: nobody ever sees half a zip.
    unfinished = archive.with_name(f".{archive.name}.{os.getpid()}")
    with zipfile.ZipFile(unfinished, "w") as target:
        for name, data in sorted(content.items()):
            entry = zipfile.ZipInfo(f"{ADDON_ID}/{name}", _MADE)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            # Stored: what a compressor makes of the same bytes differs between zlib's versions.
            target.writestr(entry, data, zipfile.ZIP_STORED)
    unfinished.replace(archive)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the add-on's zip into dist/.")
    parser.add_argument("--client-id", help="becomes the default of the setting client_id")
    client_id = parser.parse_args().client_id
    try:
        archive = build(client_id=client_id)
    except ZipError as error:
        sys.exit(f"No zip was built: {error}.")
    kind = "without a client id" if client_id is None else f"with the client id {client_id}"
    print(f"{archive.relative_to(ROOT)}, {kind}")


if __name__ == "__main__":
    main()
