"""A disk that takes its time: what slow_disk.c does to a Kodi, and the flushes that it noted."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tools.zip import ADDON_ID, ROOT

FLUSH_MS = 10

_SOURCE = Path(__file__).with_suffix(".c")
_FOLDER = ROOT / "build" / "bench"
_LOG = _FOLDER / "flushes"


class Flushes(NamedTuple):
    """How many were of Kodi's video library, of the add-on's own memory, and of anything else.

    The folder of Kodi's databases counts for the library: SQLite flushes it with each journal.
    """

    library: int
    memory: int
    rest: int


def compiled() -> Path:
    """The library to load into Kodi; a compiler is installed where there is none."""
    subprocess.run([ROOT / "tools" / "install.sh", "compiler"], check=True)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    library = _FOLDER / "slow_disk.so"
    defined = [f"-DFLUSH_MS={FLUSH_MS}", f'-DFLUSH_LOG="{_LOG}"']
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", *defined, "-o", library, _SOURCE],
        check=True,
    )
    return library


def forget_flushes() -> None:
    _LOG.unlink(missing_ok=True)


def flushes() -> Flushes:
    """Since they were forgotten."""
    if not _LOG.exists():
        return Flushes(0, 0, 0)
    return counted(_LOG.read_text(encoding="utf-8").splitlines())


def counted(paths: Iterable[str]) -> Flushes:
    """paths: of what was flushed, one for each flush."""
    library = memory = rest = 0
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name.startswith("MyVideos") or name == "Database":
            library += 1
        elif folder.endswith(ADDON_ID):
            memory += 1
        else:
            rest += 1
    return Flushes(library, memory, rest)
