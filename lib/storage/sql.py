"""Small pieces of SQL that several tables need: many values in one query, sets of names as text."""

from __future__ import annotations

from typing import Iterator, Sequence

_AT_ONCE = 500  # values in one query: SQLite's oldest limit is 999


def parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def placeholders(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def joined(names: frozenset[str]) -> str:
    return "\n".join(sorted(names))


def split(names: str) -> frozenset[str]:
    return frozenset(names.split("\n")) if names else frozenset()
