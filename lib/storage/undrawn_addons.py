"""The add-ons whose lists show none of the ticks that Kodi has for their rows.

Each is known by its version: another may draw them. And no longer than some weeks, because it may
be a setting of the add-on's that keeps them away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

if TYPE_CHECKING:
    from lib.storage.database import Database

_SECONDS = 30 * 86400.0  # after which an add-on is tried again


class UndrawnAddons:
    def __init__(self, database: Callable[[], Database], now: Callable[[], float]) -> None:
        """now: seconds since 1970."""
        self._database = database
        self._now = now

    def has(self, addon: str, version: str) -> bool:
        """Whether it was noted of this version within the last 30 days."""
        query = "SELECT 1 FROM undrawn WHERE addon = ? AND version = ? AND at BETWEEN ? AND ?"
        now = int(self._now())
        return bool(self._database().rows(query, (addon, version, now - _SECONDS, now)))

    def has_of_old(self, addon: str) -> bool:
        """Whether it was noted at all, of whatever version."""
        return bool(self._database().rows("SELECT 1 FROM undrawn WHERE addon = ?", (addon,)))

    def note(self, addon: str, version: str) -> None:
        self._database().change(
            "INSERT OR REPLACE INTO undrawn VALUES (?, ?, ?)", [(addon, version, int(self._now()))]
        )

    def forget(self, addon: str) -> None:
        self._database().change("DELETE FROM undrawn WHERE addon = ?", [(addon,)])
