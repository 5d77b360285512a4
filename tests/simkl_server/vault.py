"""A host behind TLS whose certificate an authority of its own has signed: nobody's Simkl."""

from __future__ import annotations

import http.server
import ssl
import threading
from datetime import datetime
from typing import Any

import trustme


class Vault:
    """heard: the headers of each request that came through.

    name: the host that its certificate is for. ends: when that is good no more.
    """

    def __init__(self, name: str = "127.0.0.1", ends: datetime | None = None) -> None:
        self.authority = trustme.CA()
        self.heard: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name, not_after=ends).configure_cert(context)
        heard = self.heard

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.append(str(self.headers))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"user": {"name": "Ann"}}')

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        class Quiet(http.server.HTTPServer):
            def handle_error(self, *_: object) -> None:
                pass  # a client that hangs up because it trusts nobody here

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Vault:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
