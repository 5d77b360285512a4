"""This add-on as Kodi has it: its id, version and folder, and its lines in Kodi's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

from kodi_six import xbmc, xbmcaddon, xbmcvfs

from lib.kodi.info_labels import label
from lib.kodi.json_rpc import rpc_batch
from lib.kodi.monitor import Monitor

if TYPE_CHECKING:
    from pathlib import Path

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
    from pathlib import Path  # not at the start

    return Path(xbmcvfs.translatePath(f"special://profile/addon_data/{ADDON_ID}"))


def version() -> str:
    return str(this_addon().getAddonInfo("version"))


def version_of(addon_id: str) -> str:
    """The version of an add-on; "" for one that Kodi does not have."""
    return label(f"System.AddonVersion({addon_id})")


def setting_of(addon_id: str, key: str) -> str | None:
    """A setting of another add-on, "" where it has none of that name, or key is "".

    None where that add-on is not installed, or switched off.
    """
    try:
        addon = xbmcaddon.Addon(addon_id)
    except RuntimeError:  # Kodi knows only those that are switched on
        return None
    return str(addon.getSetting(key)) if key else ""


def names_of_enabled(addon_ids: Sequence[str]) -> dict[str, str]:
    """What those of these add-ons are called that are installed and switched on, by their ids."""
    asked = [
        ("Addons.GetAddonDetails", {"addonid": each, "properties": ["name", "enabled"]})
        for each in addon_ids
    ]
    replies = [reply for reply in rpc_batch(asked) if isinstance(reply, dict)]
    details = [reply.get("addon", {}) for reply in replies]
    return {each["addonid"]: str(each["name"]) for each in details if each.get("enabled") is True}


def kodi_version() -> str:
    return label("System.BuildVersionShort")


def log(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGINFO)


def debug(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGDEBUG)
