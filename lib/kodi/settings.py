"""The settings of this add-on, as the person left them in Kodi's settings dialog."""

from __future__ import annotations

from lib.kodi.addon import this_addon


class Settings:
    """The settings of this add-on. Read when they change, not in between: each read costs."""

    def __init__(self) -> None:
        """Errors: NotEnabled."""
        self._addon = this_addon()

    def text(self, key: str) -> str:
        return str(self._addon.getSetting(key)).strip()

    def is_on(self, key: str) -> bool:
        return self.text(key).lower() == "true"

    def several(self, key: str) -> list[str]:
        """What a setting of several values holds; Kodi keeps them apart by "|"."""
        return [value for value in self.text(key).split("|") if value]

    def put(self, key: str, value: str) -> None:
        if self.text(key) != value:
            self._addon.setSetting(key, value)
