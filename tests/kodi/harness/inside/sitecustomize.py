"""Each Python in Kodi runs this first: it notes each host that is looked up, and refuses others.

Only this machine is found. See network.py, which puts it in place.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

_NOTES = Path(__file__).with_name("looked_up")
_HERE = (None, "", "127.0.0.1", "::1", "localhost")
_real = socket.getaddrinfo


def _looked_up(host: Any, *more: Any, **named: Any) -> Any:
    with _NOTES.open("a") as notes:
        notes.write(f"{host}\n")
    if host not in _HERE:
        raise socket.gaierror(socket.EAI_NONAME, "the test keeps it on this machine")
    return _real(host, *more, **named)


socket.getaddrinfo = _looked_up
