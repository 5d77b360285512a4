"""The proxy that Simkl is asked through, where one is set. Knows no HTTP and no Kodi."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Proxy:
    """scheme: how it is spoken to: http, https, socks4, socks5 and the like. username: "" for none.

    User name and password are secret: they stand in no URL, and in no text of this.
    """

    scheme: str
    host: str
    port: int
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_usable(self) -> bool:
        """`requests` alone can do no other: SOCKS needs a module that Kodi may not have."""
        return self.scheme == "http"

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        """What goes to the proxy alone (RFC 7617)."""
        if not self.username:
            return {}
        login = f"{self.username}:{self.password}".encode()
        return {"Proxy-Authorization": f"Basic {base64.b64encode(login).decode()}"}
