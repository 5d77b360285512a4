"""Kodi's event server: key presses and built-in commands, as a remote control sends them (UDP)."""

from __future__ import annotations

import socket
import struct

_BUTTON, _ACTION = 0x03, 0x0A
_USE_NAME, _DOWN, _QUEUE, _NO_REPEAT = 0x01, 0x02, 0x10, 0x20
_EXECUTE_BUILTIN = 0x01
_CLIENT = 0x5117


def press(port: int, button: str, keymap: str = "KB") -> None:
    """Press a button once; names are those of Kodi's keymap files ("down", "return", "escape")."""
    flags = _USE_NAME | _DOWN | _QUEUE | _NO_REPEAT
    _send(port, _BUTTON, struct.pack("!HHH", 0, flags, 0) + _text(keymap) + _text(button))


def builtin(port: int, command: str) -> None:
    """Have Kodi run a built-in command such as `Action(Down)`; nothing tells when it is done."""
    _send(port, _ACTION, bytes([_EXECUTE_BUILTIN]) + _text(command))


def _text(words: str) -> bytes:
    return words.encode() + b"\0"


def _send(port: int, kind: int, payload: bytes) -> None:
    # One packet holds 992 bytes of payload; no command of a test is longer.
    head = struct.pack("!4sBBHIIHI10x", b"XBMC", 2, 0, kind, 1, 1, len(payload), _CLIENT)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(head + payload, ("127.0.0.1", port))
