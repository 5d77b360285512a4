"""Videos that Kodi plays."""

from __future__ import annotations

from pathlib import Path


def playable(file: Path, seconds: int = 60) -> None:
    """A minute of grey, in the simplest format that Kodi plays."""
    frame = b"FRAME\n" + bytes([90]) * (64 * 64) + bytes([128]) * (64 * 64 // 2)
    file.write_bytes(b"YUV4MPEG2 W64 H64 F2:1 Ip A1:1 C420jpeg\n" + frame * (2 * seconds))
