"""A release is a repository that Kodi understands, and is not made where versions disagree."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tools.release import REPOSITORY_ID, ReleaseError, checked_version, release
from tools.zip import ADDON_ID, ROOT, shipped

CHANGELOG = "# Changelog\n\n## [0.2.0] - 2026-12-01\n\n## [0.1.0] - 2026-11-25\n"


def about(version: str = "0.2.0", news: str = "0.2.0: More.") -> ET.Element:
    return ET.fromstring(
        f'<addon version="{version}"><extension><news>{news}</news></extension></addon>'
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what ships, and the changelog."""
    for name in [*shipped(ROOT), "CHANGELOG.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_version_is_that_on_which_all_agree() -> None:
    assert checked_version(about(), CHANGELOG) == "0.2.0"


@pytest.mark.parametrize(
    ("told", "changelog"),
    [
        (about(version="0.2"), CHANGELOG),
        (about(version="0.3.0", news="0.3.0: x"), CHANGELOG),
        (about(news="0.1.0: The first."), CHANGELOG),
        (about(), "# Changelog\n\n## [Unreleased]\n"),
        (about(), ""),
    ],
)
def test_where_they_disagree_nothing_is_released(told: ET.Element, changelog: str) -> None:
    with pytest.raises(ReleaseError):
        checked_version(told, changelog)


def test_the_index_names_the_add_on_as_its_zip_does_and_has_its_checksum(root: Path) -> None:
    folder = release(root, client_id="a1")
    content = (folder / "addons.xml").read_bytes()
    [listed] = ET.fromstring(content)
    assert (folder / "addons.xml.md5").read_text() == hashlib.md5(content).hexdigest()
    archive = folder / ADDON_ID / f"{ADDON_ID}-{listed.get('version')}.zip"
    with zipfile.ZipFile(archive) as held:
        within = ET.fromstring(held.read(f"{ADDON_ID}/addon.xml"))
        assert b"<default>a1</default>" in held.read(f"{ADDON_ID}/resources/settings.xml")
    assert ET.tostring(within).split() == ET.tostring(listed).split()
    for asset in within.iterfind("extension/assets/*"):
        assert (folder / ADDON_ID / str(asset.text)).is_file()


def test_with_an_address_there_is_the_add_on_that_brings_it_into_kodi(root: Path) -> None:
    folder = release(root, url="https://example.org/kodi/")
    ids = [addon.get("id") for addon in ET.parse(folder / "addons.xml").getroot()]
    assert ids == [ADDON_ID, REPOSITORY_ID]
    [archive] = (folder / REPOSITORY_ID).glob("*.zip")
    with zipfile.ZipFile(archive) as held:
        told = ET.fromstring(held.read(f"{REPOSITORY_ID}/addon.xml"))
    assert told.findtext("extension/dir/info") == "https://example.org/kodi/addons.xml"
    assert told.findtext("extension/dir/datadir") == "https://example.org/kodi/"


@pytest.mark.parametrize("url", ["", "example.org", 'https://x/"><evil/>', "file:///etc"])
def test_an_address_that_is_none_is_refused(root: Path, url: str) -> None:
    with pytest.raises(ReleaseError):
        release(root, url=url)
