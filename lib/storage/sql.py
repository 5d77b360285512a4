"""What several tables need: many values in one query, sets of names as text, moments as numbers."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Iterator, Sequence

_AT_ONCE = 500  # values in one query: SQLite's oldest limit is 999


def parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def placeholders(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def moment(seconds: Any) -> datetime:
    """Aware UTC. seconds: since 1970; where that is damaged, now: nothing was kept later."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.now(timezone.utc)


def seconds_of(at: datetime | None) -> int | None:
    """Since 1970. at: aware."""
    return None if at is None else int(at.timestamp())


def joined(names: frozenset[str]) -> str:
    return "\n".join(sorted(names))


def split(names: str) -> frozenset[str]:
    return frozenset(names.split("\n")) if names else frozenset()
