"""Which addresses of Simkl a token may be sent to. Knows neither HTTP nor Kodi."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from lib.simkl.errors import BadAddress


def checked_address(api_url: str) -> str:
    """The address without its closing slash. Errors: BadAddress if it is neither https nor
    plain http to this very machine.
    """
    address = api_url.strip()
    parts = _parts(address)
    if parts is None or not parts.hostname:
        raise BadAddress("the address names no host")
    is_open_road = parts.scheme == "http" and _LOOPBACK.match(parts.hostname)
    if not (parts.scheme == "https" or is_open_road):
        raise BadAddress("the address is neither https nor loopback")
    if "@" in parts.netloc or re.search(r"[?#\s]", address):
        raise BadAddress("the address has more than a host and a path")
    return address.rstrip("/")


def is_this_machine(url: str) -> bool:
    """Whether what is sent to a URL stays on this machine."""
    parts = _parts(url)
    return parts is not None and _LOOPBACK.match(parts.hostname or "") is not None


# Whole: "127.example.com" is somebody else's.
_LOOPBACK = re.compile(r"(localhost|::1|127(\.\d{1,3}){3})\Z")


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; None where Python cannot read it, or its port."""
    try:
        parts = urlsplit(address)
        is_usable = parts.port != 0
    except ValueError:
        return None
    return parts if is_usable else None
