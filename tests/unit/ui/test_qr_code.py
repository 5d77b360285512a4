"""The QR code as a picture; that a phone reads it off the TV is tried in Kodi."""

from __future__ import annotations

import struct
import sys
import zlib

import pytest

from lib.ui.qr_code import qr_png

WORDS = "https://simkl.com/pin?code=BDWP-HQPK"


def pixels(png: bytes) -> list[bytes]:
    """The lines of a grey picture."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 0)
    length = struct.unpack(">I", png[33:37])[0]
    content = zlib.decompress(png[41 : 41 + length])
    lines = [content[start : start + width + 1] for start in range(0, len(content), width + 1)]
    assert len(lines) == height == width
    return [line[1:] for line in lines]


def test_it_is_black_on_white_with_a_quiet_zone_of_four_modules() -> None:
    lines = pixels(qr_png(WORDS) or b"")
    dark = [at for at, line in enumerate(lines) if b"\0" in line]
    side = min(line.find(b"\0") for line in lines if b"\0" in line)
    corner = len(lines[dark[0]][side:]) - len(lines[dark[0]][side:].lstrip(b"\0"))
    module = corner // 7  # a finder is seven modules wide
    assert min(dark) == side == 4 * module
    assert {pixel for line in lines for pixel in line} == {0, 255}


def test_without_the_module_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyqrcode", None)
    assert qr_png(WORDS) is None


def test_words_that_no_qr_code_can_hold_give_none() -> None:
    assert qr_png("x" * 5000) is None
