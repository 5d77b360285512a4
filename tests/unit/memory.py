"""A store that lives as long as its test."""

from __future__ import annotations

from pathlib import Path

from lib.store import Store


def memory() -> Store:
    return Store(Path(":memory:"), print)
