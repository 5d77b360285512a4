"""Runs the server by itself, for people who develop: `python -m tests.simkl_server --help`."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .loading import load
from .server import SimklServer

if TYPE_CHECKING:
    from .journal import Request

BUILT_IN = Path(__file__).with_name("titles.json")


def main() -> None:
    options = _options()
    with SimklServer(port=options.port, listener=_report) as simkl:
        load(simkl, options.catalogue)
        simkl.person.may_be_written = options.may_write
        _say(f"{simkl.url}")
        _say(f"client id of generation 2: {simkl.client_id}")
        _say(f"client id of generation 1: {simkl.old_client_id}")
        if options.approve_after is None:
            threading.Thread(target=_approve_on_enter, args=(simkl,), daemon=True).start()
        try:
            _serve(simkl, options.approve_after)
        except KeyboardInterrupt:
            _say("")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.simkl_server", description="Simkl on loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--catalogue", type=Path, default=BUILT_IN, metavar="FILE.json")
    parser.add_argument("--approve-after", type=float, metavar="SECONDS")
    parser.add_argument("--may-write", action="store_true", help="take what was watched")
    return parser.parse_args()


def _serve(simkl: SimklServer, approve_after: float | None) -> None:
    """Until Ctrl+C: says what the client did wrong and, when told so, approves codes by itself."""
    seen: dict[str, float] = {}
    told = 0
    while True:
        time.sleep(0.1)
        violations = simkl.violations
        for sentence in violations[told:]:
            _say(f"  VIOLATION {sentence}")
        told = len(violations)
        for code in simkl.waiting_codes():
            first = seen.setdefault(code, time.monotonic())
            if approve_after is not None and time.monotonic() - first >= approve_after:
                _approve(simkl, code)


def _approve_on_enter(simkl: SimklServer) -> None:
    _say("Enter approves the newest code, Ctrl+C ends")
    for _ in sys.stdin:
        waiting = simkl.waiting_codes()
        if waiting:
            _approve(simkl, waiting[-1])
        else:
            _say("no code is waiting")


def _approve(simkl: SimklServer, code: str) -> None:
    simkl.approve(code)
    _say(f"approved {code}")


def _report(request: Request) -> None:
    items = f", {len(request.body)} items" if isinstance(request.body, list) else ""
    _say(f"{request.method} {request.path}{items} -> {request.status or 'nothing'}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
