"""What went wrong on the way to Simkl, by the kinds of the errors. Knows no HTTP and no Kodi.

Never by their messages: these hold the URL, and so the client id.
"""

from __future__ import annotations

from lib.simkl.connection import HostUnreachable
from lib.simkl.errors import NotConnected, NotTrusted, ProxyRefused, ProxySilent, Unreachable

_MOST_KINDS = 8
_NO_NETWORK = ("gaierror", "OSError")
"""How the system says that it does not get as far as the proxy's machine."""


class TunnelRefused(OSError):
    """The proxy does not connect to Simkl."""


class TunnelSilent(OSError):
    """The proxy says nothing, or nothing that can be understood."""


def kinds(error: BaseException) -> str:
    """The kinds of an error and of what lies below it: `ConnectionError < gaierror`."""
    found: list[str] = []
    below: BaseException | None = error
    while below is not None and len(found) < _MOST_KINDS:
        found.append(type(below).__name__)
        below = below.__cause__ or below.__context__ or _held_by(below)
    return " < ".join(found)


def _held_by(error: BaseException) -> BaseException | None:
    """The error that another one was made of and not raised from, as urllib3 does of TLS's."""
    return next((each for each in error.args if isinstance(each, BaseException)), None)


def trouble_behind(failure: str, *, is_proxied: bool) -> Unreachable:
    """failure: by `kinds`. is_proxied: whether a proxy of Kodi's settings was asked."""
    found = failure.split(" < ")
    if "SSLCertVerificationError" in found:
        return NotTrusted(failure)
    if TunnelRefused.__name__ in found:
        return ProxyRefused(failure)
    if TunnelSilent.__name__ in found:
        return ProxySilent(failure)
    if HostUnreachable.__name__ not in found:
        return Unreachable(failure)
    is_there = found[-1] not in _NO_NETWORK
    return ProxySilent(failure) if is_proxied and is_there else NotConnected(failure)
