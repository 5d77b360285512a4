"""Stores that the tests open. They end with the test: Python 3.13 complains of those left open."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Callable

from lib.storage.store import Store

_opened: list[Store] = []


def memory(file: Path = Path(":memory:"), now: Callable[[], float] = time.time) -> Store:
    """A store in this file, as it is after a start of Kodi."""
    store = Store(file, print, now)
    _opened.append(store)
    return store


def close_all() -> None:
    while _opened:
        _opened.pop().close()
