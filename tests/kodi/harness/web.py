"""Videos on a web server of this machine, which may fall asleep."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape


class _Files(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self._may():
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._may():
            super().do_HEAD()

    def _may(self) -> bool:
        web: Web = self.server.web  # type: ignore[attr-defined]
        web.asked.append((time.monotonic(), self.command, self.path))
        while web.is_silent_about(self.path):
            time.sleep(0.05)
        wanted = web.login and "Basic " + base64.b64encode(web.login.encode()).decode()
        if not wanted or self.headers.get("Authorization") == wanted:
            return True
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="nas"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def list_directory(self, path: Any) -> Any:
        """As Apache lists a folder: brackets stand as they are."""
        names = sorted(each.name + "/" * each.is_dir() for each in Path(path).iterdir())
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
        pass


class Web:
    """A web server with a directory index.

    sleeps: it takes connections and is silent. sleeps_in_folders: only about what lies in one.
    asked: when, how and for what.
    """

    def __init__(self, folder: Path, login: str = "") -> None:
        self.login = login
        self.sleeps = self.sleeps_in_folders = self._is_closing = False
        self.asked: list[tuple[float, str, str]] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._server = _Server(("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
        self._server.web = self  # type: ignore[attr-defined]
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """As a person writes the source, with the login."""
        return f"http://{self.login}@127.0.0.1:{self._port}/" if self.login else self.bare_url

    @property
    def bare_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/"

    def is_silent_about(self, path: str) -> bool:
        is_asleep = self.sleeps or (self.sleeps_in_folders and path != "/")
        return is_asleep and not self._is_closing

    def close(self) -> None:
        self._is_closing = True
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def web(folder: Path, login: str = "") -> Iterator[Web]:
    served = Web(folder, login)
    try:
        yield served
    finally:
        served.close()
