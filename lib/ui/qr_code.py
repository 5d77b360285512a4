"""A QR code as a picture that a phone reads off the TV, made on the box.

The matrix comes from Kodi's module pyqrcode; its own writer of pictures needs a module that
Kodi's repository lacks. How large it is drawn is in resources/skins. Knows neither of the doors.
"""

from __future__ import annotations

import struct
import zlib
from typing import Sequence

_QUIET = 4  # modules of white around it, as the standard wants
_PIXELS = 12  # a module's side: large enough that a TV never blurs it


def qr_png(words: str) -> bytes | None:
    """A PNG with the QR code of some words; None where it cannot be made."""
    try:
        import pyqrcode

        matrix = pyqrcode.create(words, error="M").code
        return _png(matrix)
    except Exception:  # the sign-in does without, whatever is wrong with the module
        return None


def _png(matrix: Sequence[Sequence[int]]) -> bytes:
    """Black and white, one byte a pixel."""
    side = (len(matrix) + 2 * _QUIET) * _PIXELS
    white = b"\xff"
    margin = white * (_QUIET * _PIXELS)
    blank = b"\0" + white * side
    lines = [blank] * (_QUIET * _PIXELS)
    for row in matrix:
        pixels = b"".join((b"\0" if module else white) * _PIXELS for module in row)
        lines += [b"\0" + margin + pixels + margin] * _PIXELS
    lines += [blank] * (_QUIET * _PIXELS)
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
