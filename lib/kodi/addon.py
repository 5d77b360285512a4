"""This add-on as Kodi has it: its id, version and folder, and its lines in Kodi's log."""

from __future__ import annotations

from pathlib import Path

from kodi_six import xbmc, xbmcaddon, xbmcvfs

from lib.kodi.info_labels import label
from lib.kodi.monitor import Monitor

ADDON_ID = "service.simkl.watched"


class NotEnabled(Exception):
    """This add-on is switched off in Kodi."""


def this_addon() -> xbmcaddon.Addon:
    """Errors: NotEnabled."""
    try:
        return xbmcaddon.Addon(ADDON_ID)
    except RuntimeError:  # "Unknown addon id": Kodi knows only those that are switched on
        Monitor.is_leaving = True  # it ends this script now
        raise NotEnabled from None


def data_folder() -> Path:
    """Where this add-on keeps its files, in the person's profile."""
    return Path(xbmcvfs.translatePath(f"special://profile/addon_data/{ADDON_ID}"))


def version() -> str:
    return str(this_addon().getAddonInfo("version"))


def kodi_version() -> str:
    return label("System.BuildVersionShort")


def log(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGINFO)


def debug(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGDEBUG)
