"""What `make coverage` starts: which branches of lib/ the tests of all kinds run, together.

The tests in Kodi leave their part in files of their own, one for each Python that Kodi started for
the add-on (inside/sitecustomize.py). What a test ends by killing Kodi is lost. Some tests fail for
being traced: it is slower, and Kodi finds objects of a script that is still being noted. So it is
not the tests' outcome that decides here, but the share.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

_FOLDER = Path("build/coverage").resolve()
_INSIDE = Path(__file__).with_name("inside")
_LEAST = 95  # percent
_COVERAGE = (sys.executable, "-m", "coverage")


def main() -> None:
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir(parents=True)
    environment = {**os.environ, "COVERAGE_FILE": str(_FOLDER / "data")}

    def run(*command: str, **more: str) -> int:
        return subprocess.run(command, env={**environment, **more}, check=False).returncode

    run(*_COVERAGE, "run", "--parallel-mode", "-m", "pytest", "tests/unit", "-q")
    run("make", "kodi20", KODI_PYTHONPATH=str(_path_for_kodi()))
    run(*_COVERAGE, "combine", "--quiet", str(_FOLDER))
    run(*_COVERAGE, "html", "--quiet", "--directory", str(_FOLDER / "html"))
    report = ("report", "--skip-covered", "--show-missing", f"--fail-under={_LEAST}")
    sys.exit(run(*_COVERAGE, *report))


def _path_for_kodi() -> Path:
    """A folder that holds `coverage` and what starts it, and nothing else of this Python's."""
    found = importlib.util.find_spec("coverage")
    if found is None or found.origin is None:
        raise RuntimeError("coverage is not installed: run this with the project's Python")
    path = _FOLDER / "inside"
    path.mkdir()
    (path / "coverage").symlink_to(Path(found.origin).parent)
    shutil.copy(_INSIDE / "sitecustomize.py", path)
    return path


if __name__ == "__main__":
    main()
