"""Kodi's built-in commands that this add-on runs. None holds what a row or an answer says."""

from __future__ import annotations

from kodi_six import xbmc

from lib.kodi.addon import ADDON_ID


def refresh_list() -> None:
    """Have Kodi load the list in focus again."""
    xbmc.executebuiltin("Container.Refresh")


def host_windows() -> None:
    """Start the script that shows the windows of the service, where no person has started it."""
    xbmc.executebuiltin(f"RunScript({ADDON_ID},action=show)")


def open_settings() -> None:
    """Returns at once: waiting for them would hold up a Kodi that wants to quit."""
    xbmc.executebuiltin(f"Addon.OpenSettings({ADDON_ID})")
