"""What `make zip` ships: exactly the list, the same bytes every time, the builder's client id."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from typing import Iterator
from xml.etree import ElementTree as ET

import pytest

from tools.zip import ADDON_ID, ROOT, SETTINGS, ZipError, build, shipped, with_client_id

CLIENT_ID = "Abc-123._xyz"
STRAY = (
    ".git/config",
    "Makefile",
    "build/venv/lib/thing.py",
    "lib/__pycache__/titles.cpython-311.pyc",
    "lib/.mypy_cache/3.10/cache.json",
    "lib/notes.txt",
    "resources/media/icon.svg",
    "resources/language/resource.language.en_gb/strings.po~",
    "tests/unit/tools/test_zip.py",
    "tools/zip.py",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What ships, in another place, at another time, and readable to its owner only."""
    for name in shipped(ROOT):
        target = tmp_path / "copy" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        target.chmod(0o700)
        os.utime(target, (1_000_000_000, 1_000_000_000))
    return tmp_path / "copy"


@pytest.fixture
def strict_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def entries(archive: Path) -> dict[str, bytes]:
    """Name within the add-on's folder -> content."""
    with zipfile.ZipFile(archive) as content:
        return {
            name.removeprefix(f"{ADDON_ID}/"): content.read(name) for name in content.namelist()
        }


def client_id_in(settings: bytes) -> str:
    found = ET.fromstring(settings).findall(".//setting[@id='client_id']/default")
    assert len(found) == 1
    return found[0].text or ""


def settings_with(default: str) -> str:
    return (
        '<settings><setting id="other"><default/></setting>'
        f'<setting label="1" id="client_id" type="string">{default}<control/></setting>'
        '<setting id="last"><default/></setting></settings>'
    )


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(folder=tmp_path / "1"), build(folder=tmp_path / "2")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.usefixtures("strict_umask")
def test_another_checkout_builds_the_same_bytes(copy: Path, tmp_path: Path) -> None:
    here, there = build(folder=tmp_path / "here"), build(copy)
    assert here.read_bytes() == there.read_bytes()


def test_nothing_of_the_machine_is_in_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(build(folder=tmp_path)) as content:
        names, entries = content.namelist(), content.infolist()
    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        (3, 0o100644)
    }
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}


def test_name_has_the_version_and_everything_lies_in_the_add_ons_folder(tmp_path: Path) -> None:
    archive = build(folder=tmp_path)
    version = ET.parse(ROOT / "addon.xml").getroot().get("version")
    assert archive == tmp_path / f"{ADDON_ID}-{version}.zip"
    with zipfile.ZipFile(archive) as content:
        assert {name.split("/")[0] for name in content.namelist()} == {ADDON_ID}


def test_only_what_kodi_needs_ships(copy: Path) -> None:
    before = entries(build(copy))
    for name in STRAY:
        stray = copy / name
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_text("stray")
    assert entries(build(copy)) == before
    assert {"addon.xml", "default.py", "service.py", "LICENSE", SETTINGS} < before.keys()


def test_every_module_of_lib_ships(tmp_path: Path) -> None:
    modules = {p.relative_to(ROOT).as_posix() for p in ROOT.glob("lib/**/*.py")}
    assert modules <= entries(build(folder=tmp_path)).keys()


def test_without_a_needed_file_there_is_no_zip(copy: Path) -> None:
    (copy / "LICENSE").unlink()
    with pytest.raises(ZipError, match="LICENSE"):
        build(copy)
    assert not (copy / "dist").exists()


def test_plain_zip_has_the_repositorys_settings_without_a_client_id(tmp_path: Path) -> None:
    settings = entries(build(folder=tmp_path))[SETTINGS]
    assert settings == (ROOT / SETTINGS).read_bytes()
    assert client_id_in(settings) == ""


def test_client_id_is_the_only_difference(tmp_path: Path) -> None:
    plain = entries(build(folder=tmp_path / "plain"))
    built = entries(build(folder=tmp_path / "built", client_id=CLIENT_ID))
    assert client_id_in(built[SETTINGS]) == CLIENT_ID
    without = built[SETTINGS].replace(f"<default>{CLIENT_ID}</default>".encode(), b"<default/>")
    assert without == plain[SETTINGS].replace(b"<default></default>", b"<default/>")
    assert {**built, SETTINGS: b""} == {**plain, SETTINGS: b""}


@pytest.mark.parametrize("default", ["<default/>", "<default />", "<default></default>"])
def test_client_id_goes_into_its_own_setting(default: str) -> None:
    filled = with_client_id(settings_with(default), CLIENT_ID)
    assert filled == settings_with(f"<default>{CLIENT_ID}</default>")


@pytest.mark.parametrize("default", ["", "<default>someone's</default>"])
def test_client_id_without_an_empty_place_is_refused(default: str) -> None:
    with pytest.raises(ZipError, match="empty default"):
        with_client_id(settings_with(default), CLIENT_ID)


@pytest.mark.parametrize("client_id", ["", " ", "a b", "a<b", "a&b", 'a"b', "a\n", "é", r"\1"])
def test_client_id_with_other_characters_is_refused(client_id: str, tmp_path: Path) -> None:
    with pytest.raises(ZipError, match="letters, digits"):
        build(folder=tmp_path, client_id=client_id)
    assert not list(tmp_path.iterdir())
