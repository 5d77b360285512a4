"""The files with the QR codes of a sign-in. Each holds a code, and goes with it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from lib.kodi.addon import data_folder


def forget_pictures() -> None:
    """Those of earlier codes, which a Kodi that was killed has left."""
    with suppress(OSError):
        for left_over in data_folder().glob("qr*.png"):
            left_over.unlink()


def kept_picture(png: bytes) -> Path | None:
    """A picture in a private file of a new name: Kodi may remember what an old one showed."""
    import tempfile  # with much behind it, and only needed here

    try:
        data_folder().mkdir(parents=True, exist_ok=True)
        forget_pictures()
        handle, name = tempfile.mkstemp(".png", "qr", data_folder())
        with os.fdopen(handle, "wb") as file:
            file.write(png)
    except OSError:
        return None
    return Path(name)
