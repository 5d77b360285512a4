"""Speaks with the probe add-on inside Kodi, through a socket of its own (about 1 ms a question)."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

from .rpc import RpcError


class ProbeError(RpcError):
    """The probe add-on is not there, or failed at a command."""


def ask(port_file: Path, command: str, wish: dict[str, Any], timeout: float) -> Any:
    """Have the probe do a command; its answer. `port_file` is where it said on which port."""
    try:
        port = int(port_file.read_text())
        with socket.create_connection(("127.0.0.1", port), timeout) as line:
            line.sendall(json.dumps([command, wish]).encode() + b"\n")
            with line.makefile("rb") as answers:
                found = json.loads(answers.readline())
    except (OSError, ValueError) as error:
        raise ProbeError(f"the probe did not answer {command} {wish}: {error!r}") from error
    if "error" in found:
        raise ProbeError(f"{command} {wish}: {found['error']}")
    return found["answer"]
