"""Whether the host of a file keeps silent, told in two seconds: Kodi itself waits for 20 and more.

Only that is found out, and only where nothing else can be meant: whatever the host answers, and
where there is none, Kodi is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lib.kodi.json_rpc import rpc_batch

if TYPE_CHECKING:
    import socket
    from urllib.parse import SplitResult

_SECONDS = 2.0
_TLS = {"https": 443, "davs": 443}
_HTTP = {"http": 80, "dav": 80, **_TLS}
_PORTS = {**_HTTP, "smb": 445, "nfs": 2049, "ftp": 21, "sftp": 22}


def keeps_silent(path: str) -> bool:
    """Whether the host of a file or folder takes no connection, or does not say a word of HTTP."""
    import socket  # only here: where all files are local, nothing needs it

    try:
        url = urlsplit(path)
        if url.scheme not in _PORTS or not url.hostname or _is_by_proxy(url.scheme):
            return False
        address = url.hostname, url.port or _PORTS[url.scheme]
        with socket.create_connection(address, _SECONDS) as connection:
            _wait_for_a_word(connection, url)
    except socket.timeout:
        return True
    except (OSError, ValueError):
        return False
    return False


def _is_by_proxy(scheme: str) -> bool:
    """Whether Kodi does not call the host itself."""
    call = ("Settings.GetSettingValue", {"setting": "network.usehttpproxy"})
    reply = rpc_batch([call])[0] if scheme in _HTTP else {}
    return isinstance(reply, dict) and reply.get("value") is True


def _wait_for_a_word(connection: socket.socket, url: SplitResult) -> None:
    """Errors: socket.timeout; SSLError, an OSError, is an answer."""
    if url.scheme in _TLS:
        import ssl  # only here: it takes a while

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False  # nothing is told to the host, nor believed
        context.verify_mode = ssl.CERT_NONE
        context.wrap_socket(connection, server_hostname=url.hostname).close()
    elif url.scheme in _HTTP:
        host = url.netloc.rsplit("@", maxsplit=1)[-1]
        request = f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode("ascii", "ignore"))
        connection.recv(1)
