"""What `make unit313` and `make unit314` start: the unit tests in another Debian, with its Python.

    python -m tools.newer_python build/kodi21

Pytest and all else is that Debian's own there, so `requests` is newer than in Kodi 20's repository.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.kodi.harness.system import inside

_PYTEST = ("python3", "-B", "-m", "pytest", "-p", "no:cacheprovider", "--numprocesses=2")


def main(root: str) -> None:
    here = str(Path.cwd())
    there = ("env", "-C", here, "HOME=/root", *_PYTEST, "tests/unit")
    sys.exit(subprocess.run(inside(Path(root), here, *there), check=False).returncode)


if __name__ == "__main__":
    main(sys.argv[1])
