"""Makes a release: `make release` checks that all agree on the version, and fills dist/repo/.

dist/repo/ is a Kodi repository: whoever puts it on a web server has Kodis install the add-on from
there and update it by themselves (docs/releasing.md).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from .zip import ADDON_ID, ROOT, ZipError, build

REPOSITORY_ID = "repository.simkl.watched"
_MADE = (1980, 1, 1, 0, 0, 0)


class ReleaseError(Exception):
    """Nothing is released; the words say why."""


def release(root: Path = ROOT, *, client_id: str | None = None, url: str | None = None) -> Path:
    """The folder of the repository, new.

    url: where it will be hosted; with one, the add-on that brings it into Kodi is made too.
    Raises ReleaseError and ZipError.
    """
    about = ET.parse(root / "addon.xml").getroot()
    version = checked_version(about, (root / "CHANGELOG.md").read_text(encoding="utf-8"))
    folder = root / "dist" / "repo"
    shutil.rmtree(folder, ignore_errors=True)
    home = folder / ADDON_ID
    build(root, home, client_id=client_id)
    for name in _pictures(about):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, home / name)
    addons = [about]
    if url is not None:
        repository = _repository(version, _checked_url(url))
        _write_zip(folder / REPOSITORY_ID, version, repository)
        addons.append(repository)
    _write_index(folder, addons)
    return folder


def checked_version(about: ET.Element, changelog: str) -> str:
    """The version, on which addon.xml, its news and the changelog agree. Raises ReleaseError."""
    version = about.get("version", "")
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ReleaseError(f"addon.xml names no version like 1.2.3, but {version!r}")
    news = about.findtext("extension/news") or ""
    if not news.startswith(f"{version}:"):
        raise ReleaseError(f"the news in addon.xml does not begin with {version}:")
    latest = re.search(r"^## \[([^\]]+)\] - \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)
    if latest is None or latest[1] != version:
        raise ReleaseError(f"the first version in CHANGELOG.md is not {version}")
    return version


def _pictures(about: ET.Element) -> list[str]:
    return [each.text or "" for each in about.iterfind("extension/assets/*")]


def _checked_url(url: str) -> str:
    if not re.fullmatch(r"https?://[\w.:/~-]+", url):
        raise ReleaseError(f"{url!r} is no address of a folder")
    return url.rstrip("/")


def _repository(version: str, url: str) -> ET.Element:
    """The addon.xml of the add-on that tells Kodi of the repository."""
    return ET.fromstring(
        f'<addon id="{REPOSITORY_ID}" name="Simkl Watched Repository" version="{version}"'
        ' provider-name="Simkl Watched contributors">'
        '<extension point="xbmc.addon.repository"><dir>'
        f"<info>{url}/addons.xml</info><checksum>{url}/addons.xml.md5</checksum>"
        f'<datadir zip="true">{url}/</datadir></dir></extension>'
        '<extension point="xbmc.addon.metadata">'
        '<summary lang="en_GB">Updates Simkl Watched</summary>'
        "<platform>all</platform></extension></addon>"
    )


def _write_zip(folder: Path, version: str, about: ET.Element) -> None:
    """A zip of an add-on that is no more than its addon.xml."""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / f"{folder.name}-{version}.zip", "w") as archive:
        entry = zipfile.ZipInfo(f"{folder.name}/addon.xml", _MADE)
        archive.writestr(entry, ET.tostring(about, encoding="utf-8", xml_declaration=True))


def _write_index(folder: Path, addons: list[ET.Element]) -> None:
    index = ET.Element("addons")
    index.extend(addons)
    content = ET.tostring(index, encoding="utf-8", xml_declaration=True)
    (folder / "addons.xml").write_bytes(content)
    # Kodi compares it to see whether anything is new; nobody is protected by it.
    checksum = hashlib.md5(content, usedforsecurity=False).hexdigest()
    (folder / "addons.xml.md5").write_text(checksum, encoding="ascii")


def _check_clean(root: Path) -> None:
    git = ["git", "-C", str(root), "status", "--porcelain"]
    if subprocess.run(git, check=True, capture_output=True, text=True).stdout.strip():
        raise ReleaseError("there are changes that are not committed")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make release")
    parser.add_argument("--client-id", help="becomes the default of the setting client_id")
    parser.add_argument("--url", help="where dist/repo will be hosted")
    wish = parser.parse_args()
    try:
        _check_clean(ROOT)
        folder = release(client_id=wish.client_id, url=wish.url)
    except (ReleaseError, ZipError) as error:
        sys.exit(f"Nothing is released: {error}.")
    print(f"{folder.relative_to(ROOT)} can be put on a web server: docs/releasing.md says how.")


if __name__ == "__main__":
    main()
