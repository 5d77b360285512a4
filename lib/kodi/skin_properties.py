"""Properties of the home window that skins draw (docs/skins.md)."""

from __future__ import annotations

from typing import Mapping

from kodi_six import xbmcgui

_HOME = 10000
_PREFIX = "SimklWatched.ListItem."


def show_properties(values: Mapping[str, str]) -> None:
    """Have skins read these. values: by the names of the properties; "" clears one."""
    home = xbmcgui.Window(_HOME)
    for name, value in values.items():
        if value:
            home.setProperty(_PREFIX + name, value)
        else:
            home.clearProperty(_PREFIX + name)
