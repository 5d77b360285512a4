"""JSON-RPC calls to Kodi, made in one go, and what they gave."""

from __future__ import annotations

import json
from typing import Any, Dict, Mapping, Sequence, Tuple, Union

from kodi_six import xbmc

Call = Tuple[str, Mapping[str, Any]]
"""A JSON-RPC method and its parameters."""


class RpcError(Exception):
    """Kodi refused a JSON-RPC call. code: JSON-RPC's, -32602 for parameters it does not take."""

    def __init__(self, method: str, code: int) -> None:
        super().__init__(f"{method}: error {code}")
        self.code = code


Reply = Union[Dict[str, Any], str, RpcError]
"""What one JSON-RPC call gave."""


def rpc_batch(calls: Sequence[Call]) -> list[Reply]:
    """The replies to JSON-RPC calls made in one go, in their order."""
    if not calls:
        return []
    request = [
        {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        for number, (method, params) in enumerate(calls)
    ]
    answer = parsed(xbmc.executeJSONRPC(json.dumps(request)))
    replies = {
        reply.get("id"): reply
        for reply in (answer if isinstance(answer, list) else [])
        if isinstance(reply, dict)
    }
    return [_reply(method, replies.get(number)) for number, (method, _) in enumerate(calls)]


def parsed(words: str) -> Any:
    """What a JSON text holds; None for one that is none."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def _reply(method: str, reply: Mapping[str, Any] | None) -> Reply:
    if reply is None:
        return RpcError(method, 0)
    if "error" in reply:
        error = reply["error"]
        return RpcError(method, error.get("code", 0) if isinstance(error, dict) else 0)
    result: dict[str, Any] | str = reply.get("result", {})
    return result
