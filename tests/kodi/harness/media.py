"""Videos that Kodi plays."""

from __future__ import annotations

import struct
from pathlib import Path

_SIDE = 16  # pixels
_BLACK = bytes([16]) * _SIDE**2 + bytes([128]) * (_SIDE**2 // 2)


def playable(file: Path, seconds: int = 60) -> None:
    """A minute of grey, in the simplest format that Kodi plays."""
    frame = b"FRAME\n" + bytes([90]) * (64 * 64) + bytes([128]) * (64 * 64 // 2)
    file.write_bytes(b"YUV4MPEG2 W64 H64 F2:1 Ip A1:1 C420jpeg\n" + frame * (2 * seconds))


def video(file: Path, seconds: int) -> None:
    """A black video of 16 by 16 pixels, in which Kodi can seek to each second; 400 bytes each.

    An AVI without compression, whatever its name ends in: one frame a second, with an index.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    size = len(_BLACK)
    frame = _chunk(b"00db", _BLACK)
    head = struct.pack(
        "<14I", 1_000_000, size, 0, 0x10, seconds, 0, 1, size, _SIDE, _SIDE, 0, 0, 0, 0
    )
    stream = b"vids" + b"I420"
    stream += struct.pack("<IHHIIIIIIiI4h", 0, 0, 0, 0, 1, 1, 0, seconds, size, -1, 0, 0, 0, 16, 16)
    picture = struct.pack("<IiiHH4sIiiII", 40, _SIDE, _SIDE, 1, 12, b"I420", size, 0, 0, 0, 0)
    streams = _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", picture))
    # Each frame is one that can be begun at, counted from the word "movi" on.
    places = range(4, 4 + seconds * len(frame), len(frame))
    index = b"".join(struct.pack("<4sIII", b"00db", 0x10, place, size) for place in places)
    whole = _list(b"hdrl", _chunk(b"avih", head) + streams) + _list(b"movi", frame * seconds)
    file.write_bytes(_chunk(b"RIFF", b"AVI " + whole + _chunk(b"idx1", index)))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _list(name: bytes, content: bytes) -> bytes:
    return _chunk(b"LIST", name + content)
