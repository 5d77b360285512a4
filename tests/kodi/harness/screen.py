"""A screen that nobody sees (Xvfb), and pictures of it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from Xlib import X
from Xlib.display import Display
from Xlib.ext.xtest import fake_input

from .system import DIE_WITH_US

_SIZE = "1280x720"
# By full path: a stand-in of the same name may come first on PATH.
_IMPORT = "/usr/bin/import"
_IDENTIFY = "/usr/bin/identify"


class Screen:
    """An Xvfb of its own for one Kodi, so that two Kodis never cover each other."""

    def __init__(self, size: str = _SIZE) -> None:
        """size: width and height in pixels, WIDTHxHEIGHT."""
        read, write = os.pipe()
        # Xvfb picks a free display number itself and says which once it is ready.
        self._process = subprocess.Popen(
            [*DIE_WITH_US, "Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24",
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
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return file


def click(display: str, x: int, y: int) -> None:
    """Press the mouse's left button there: what Kodi makes of a touch as well."""
    screen = Display(display)
    try:
        # A move of its own first: Kodi shows no pointer, and takes no click, before one.
        for place in ((x - 5, y - 5), (x, y)):
            fake_input(screen, X.MotionNotify, x=place[0], y=place[1])
            screen.sync()
            time.sleep(0.2)
        for event in (X.ButtonPress, X.ButtonRelease):
            fake_input(screen, event, 1)
            screen.sync()
            time.sleep(0.1)
    finally:
        screen.close()


def brightness(file: Path) -> float:
    """The mean brightness of a picture, from 0 (black) to 1 (white)."""
    asked = subprocess.run(
        [_IDENTIFY, "-format", "%[fx:mean]", str(file)],
        check=True, capture_output=True, timeout=60, text=True,
    )  # fmt: skip
    return float(asked.stdout)
