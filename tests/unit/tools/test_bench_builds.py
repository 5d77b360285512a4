"""Another commit builds its own zip, whatever lies in the folder now."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.bench.builds import build_of

# A Debian with nothing but Kodi and Python has none.
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

BUILDS = """from pathlib import Path
Path("dist").mkdir()
Path("dist/addon.zip").write_text(Path("addon.txt").read_text())
"""


def git(repository: Path, *words: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(repository), *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, "first" and "second", and a change that is in none."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "zip.py").write_text(BUILDS)
    git(tmp_path, "init", "--quiet")
    for words in ("first", "second"):
        (tmp_path / "addon.txt").write_text(words)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "-m", words)
        git(tmp_path, "tag", words)
    (tmp_path / "addon.txt").write_text("now")
    return tmp_path


@pytest.mark.parametrize(
    ("commit", "words"), [("first", "first"), ("HEAD~1", "first"), ("HEAD", "second")]
)
def test_the_zip_is_that_of_the_commit(repository: Path, commit: str, words: str) -> None:
    with build_of(commit, repository) as build:
        assert build.archive.read_text() == words
        assert len(build.name) == 7
    assert not build.archive.exists()
    assert not (repository / "dist").exists()


def test_a_commit_that_is_not_there_is_said(repository: Path) -> None:
    with pytest.raises(SystemExit, match="no commit 'third'"), build_of("third", repository):
        pass


def test_a_commit_that_builds_nothing_says_why(repository: Path) -> None:
    (repository / "tools" / "zip.py").write_text("raise SystemExit('no client id')")
    git(repository, "commit", "--quiet", "-a", "-m", "broken")
    with pytest.raises(SystemExit, match="no client id"), build_of("HEAD", repository):
        pass
