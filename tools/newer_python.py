"""What `make unit313` starts: the unit tests in the Debian of Kodi 21, with the Python it has.

Pytest and all else is Debian 13's own there, so `requests` is newer than in Kodi 20's repository.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.kodi.harness.system import inside

_ROOT = Path("build/kodi21")
_PYTEST = ("python3", "-B", "-m", "pytest", "-p", "no:cacheprovider", "--numprocesses=2")


def main() -> None:
    here = str(Path.cwd())
    there = ("env", "-C", here, "HOME=/root", *_PYTEST, "tests/unit")
    sys.exit(subprocess.run(inside(_ROOT, here, *there), check=False).returncode)


if __name__ == "__main__":
    main()
