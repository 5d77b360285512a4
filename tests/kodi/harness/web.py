"""A web server with a folder's index, as Kodi reads a source from: with a login, where one is set.

Names are encoded as Apache does it: brackets stand as they are.
"""

from __future__ import annotations

import base64
import functools
import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape


class Web:
    """login: name and password with ":" between, "" for none."""

    def __init__(self, folder: Path, login: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.login = login
        files = functools.partial(_Files, login, directory=str(folder))
        self.server = _Server(("127.0.0.1", 0), files)
        self._address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """As a person writes the source, with the login."""
        return f"http://{self.login}@{self._address}/" if self.login else self.bare_url

    @property
    def bare_url(self) -> str:
        return f"http://{self._address}/"


@contextmanager
def web(folder: Path, login: str = "") -> Iterator[Web]:
    served = Web(folder, login)
    try:
        yield served
    finally:
        served.server.shutdown()
        served.server.server_close()


class _Files(http.server.SimpleHTTPRequestHandler):
    def __init__(self, login: str, *args: Any, **options: Any) -> None:
        self._wanted = login and "Basic " + base64.b64encode(login.encode()).decode()
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        if self._may():
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._may():
            super().do_HEAD()

    def _may(self) -> bool:
        if not self._wanted or self.headers.get("Authorization") == self._wanted:
            return True
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="nas"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def list_directory(self, path: Any) -> Any:
        names = sorted(file.name + "/" * file.is_dir() for file in Path(path).iterdir())
        lines = (f'<a href="{quote(name, safe="/()")}">{escape(name)}</a>\n' for name in names)
        page = f"<html><body>{''.join(lines)}</body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return io.BytesIO(page)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Kodi ends connections as it likes."""
