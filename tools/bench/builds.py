"""The build of another commit, made by that commit's own tools."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Build(NamedTuple):
    """name: in the table. archive: the zip of the add-on."""

    name: str
    archive: Path


@contextmanager
def build_of(commit: str, repository: Path = ROOT) -> Iterator[Build]:
    """The zip that this commit builds of itself, until the end of the `with`.

    commit: in any way that git knows. Raises SystemExit.
    """
    found = _git(repository, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
    if found.returncode:
        raise SystemExit(f"git knows no commit {commit!r} here.")
    number = found.stdout.decode().strip()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        files = _git(repository, "archive", number).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=files, check=True)
        yield Build(number[:7], _built_in(Path(folder), commit))


def _built_in(root: Path, commit: str) -> Path:
    # A Python of its own: the modules of this one are those of today.
    command = [sys.executable, "-m", "tools.zip"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    zips = list((root / "dist").glob("*.zip"))
    if done.returncode or len(zips) != 1:
        raise SystemExit(f"{commit} does not build a zip:\n{done.stdout}{done.stderr}")
    return zips[0]


def _git(repository: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(repository), *words]
    return subprocess.run(command, capture_output=True, check=False)
