"""A client of the strict Simkl that says exactly what a test wants, right or wrong."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.simkl_server import SimklServer, Tokens

AGENT = {"User-Agent": "simkl-watched/0.1.0"}
WATCHED = "/sync/watched"


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass
class Client:
    """Says exactly what a test wants; paced by moving the server's clock, not by waiting."""

    simkl: SimklServer
    tokens: Tokens | None = None
    client_id: str = ""
    pace: float = 1.0

    def query(self, **more: str) -> dict[str, str]:
        client_id = self.client_id or self.simkl.client_id
        every = {"client_id": client_id, "app-name": "simkl-watched", "app-version": "0.1.0"}
        return {key: value for key, value in {**every, **more}.items() if value}

    def send(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        self.simkl.clock.forward(self.pace)
        connection = http.client.HTTPConnection(urlsplit(self.simkl.url).netloc, timeout=5)
        try:
            url = f"{path}?{urlencode(self.query() if query is None else query)}"
            connection.request(method, url, body, AGENT if headers is None else headers)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def headers(self, **more: str) -> dict[str, str]:
        token = {"Authorization": f"Bearer {self.tokens.access_token}"} if self.tokens else {}
        return {**AGENT, **token, **more}

    def get(self, path: str) -> Reply:
        return self.send("GET", path, headers=self.headers())

    def post(self, path: str, body: object = None, **query: str) -> Reply:
        headers = self.headers(**{"Content-Type": "application/json"})
        raw = None if body is None else json.dumps(body).encode()
        return self.send("POST", path, query=self.query(**query), headers=headers, body=raw)

    def form(self, path: str, **fields: str) -> Reply:
        fields = {"client_id": self.client_id or self.simkl.client_id, **fields}
        headers = {**AGENT, "Content-Type": "application/x-www-form-urlencoded"}
        query = self.query()
        del query["client_id"]
        body = urlencode({key: value for key, value in fields.items() if value}).encode()
        return self.send("POST", path, query=query, headers=headers, body=body)

    def ask(self, *items: dict[str, object], extended: str = "") -> Any:
        return self.post(WATCHED, list(items), extended=extended).json
