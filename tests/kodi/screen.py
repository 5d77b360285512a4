"""A screen that nobody sees (Xvfb), and pictures of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .system import DIE_WITH_US

SIZE = "1280x720x24"
# By full path: a stand-in of the same name may come first on PATH.
_IMPORT = "/usr/bin/import"
_IDENTIFY = "/usr/bin/identify"


class Screen:
    """An Xvfb of its own for one Kodi, so that two Kodis never cover each other."""

    def __init__(self) -> None:
        read, write = os.pipe()
        # Xvfb picks a free display number itself and says which once it is ready.
        self._process = subprocess.Popen(
            [*DIE_WITH_US, "Xvfb", "-displayfd", str(write), "-screen", "0", SIZE,
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            self.close()
            raise RuntimeError("Xvfb did not start: is the package xvfb installed?")
        self.display = f":{number}"

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def picture(display: str, file: Path) -> Path:
    """Write the screen as PNG to `file`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [_IMPORT, "-display", display, "-window", "root", str(file)],
        check=True, capture_output=True, timeout=20,
    )  # fmt: skip
    return file


def brightness(file: Path) -> float:
    """The mean brightness of a picture, from 0 (black) to 1 (white)."""
    asked = subprocess.run(
        [_IDENTIFY, "-format", "%[fx:mean]", str(file)],
        check=True, capture_output=True, timeout=20, text=True,
    )  # fmt: skip
    return float(asked.stdout)
