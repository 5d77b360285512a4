"""Kodi's JSON-RPC over HTTP, with errors that say what was asked. Knows nothing of the rest."""

from __future__ import annotations

import http.client
import json
from typing import Any


class RpcError(Exception):
    """Kodi answered a call with an error."""


class Unreachable(RpcError):
    """Kodi did not answer at all: it is starting, leaving, busy or gone."""


class Rpc:
    def __init__(self, port: int) -> None:
        self.port = port

    def call(self, method: str, *, timeout: float = 60, **params: Any) -> Any:
        """The result of one call. Raises RpcError, or Unreachable after `timeout` seconds."""
        question = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        answer = self._post(json.dumps(question).encode(), timeout)
        if "error" in answer:
            raise RpcError(f"{method} {json.dumps(params)}: {json.dumps(answer['error'])}")
        return answer["result"]

    def _post(self, body: bytes, timeout: float) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("POST", "/jsonrpc", body, {"Content-Type": "application/json"})
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"Kodi on port {self.port} did not answer: {error!r}") from error
        finally:
            connection.close()
        return answer
