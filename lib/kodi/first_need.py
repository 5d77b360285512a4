"""Waits after the start until anything of this add-on is needed: the rest is loaded only then.

That is most of what it loads. Knows of Kodi what tells that a list may be opened, and of the rest
only which of its files are there.
"""

from __future__ import annotations

import time
from typing import Callable

from kodi_six import xbmcvfs

from lib.kodi.addon import ADDON_ID, this_addon
from lib.kodi.glance import VIDEOS, window_id
from lib.kodi.info_labels import condition, idle_seconds, label
from lib.kodi.monitor import SETTINGS_CHANGED, Event, Monitor
from lib.kodi.settings import Settings

_LOOK_AT_LAST = 5.0  # seconds after the start: by then Kodi shows its home screen
_FOR_EVER = 3600.0  # seconds
_AT_FIRST = 1.0  # seconds between two looks
# Kodi counts its own start as a key, which may come a second after the script's, and counts whole
# seconds.
_KODI_STARTS = 2.0
_DATA = f"special://profile/addon_data/{ADDON_ID}/"
_COMMAND = f"Window(10000).Property({ADDON_ID}.command)"
WANTED_BY_SKIN = (
    "Skin.HasSetting(simklwatched) | !String.IsEmpty(Window(home).Property(SimklWatched.Wanted))"
)


def is_needed(monitor: Monitor) -> bool:
    """Sleep until it is; False when Kodi wants to leave before that. Errors: NotEnabled.

    It is, too, where Kodi leaves right after a mark or a play: that is kept.
    """
    this_addon()  # Kodi may have switched it off before there was a Monitor
    end = Monitor.begun_at + _LOOK_AT_LAST
    while not Monitor.is_leaving:
        if _is_announced(monitor) or _was_key_pressed():  # the first key: lists will be opened
            return True
        # By its number: a label may not be read of a window that Kodi is about to build.
        if window_id() == VIDEOS or label(_COMMAND):
            return True
        if time.monotonic() >= end:
            if _has_something_to_do(Settings(), xbmcvfs.exists):
                return True
            end = float("inf")
        left = end - time.monotonic()
        # At first a key can be told by how long ago it was, and not by the one before.
        monitor.rest(max(min(left, _FOR_EVER if left > _LOOK_AT_LAST else _AT_FIRST), 0.01))
    monitor.hear_the_rest()
    return _is_announced(monitor)


def _was_key_pressed() -> bool:
    """Since this script began."""
    return idle_seconds() + _KODI_STARTS < time.monotonic() - Monitor.begun_at


def _is_announced(monitor: Monitor) -> bool:
    """Whether something was announced that is to be heard; what is not is forgotten."""
    while monitor.has_events:
        event = monitor.next_event()
        if concerns_us(event):
            monitor.put_back(event)
            return True
    return False


def concerns_us(event: Event) -> bool:
    """Whether it is to be heard also by who has looked at nothing yet.

    That is what is played and marked, and what a person does with this add-on.
    """
    if event is SETTINGS_CHANGED or event.sender == ADDON_ID:
        return True
    if event.method == "VideoLibrary.OnUpdate":
        return "playcount" in event.data
    return event.method == "VideoLibrary.OnRemove" or event.method.startswith("Player.")


def _has_something_to_do(settings: Settings, exists: Callable[[str], bool]) -> bool:
    """Whether it is to say something, to tick the home screen, or to tell Simkl what waits, though
    nobody does anything.
    """
    if not exists(_DATA + "account.json"):
        return not exists(_DATA + "memory.db")  # nobody was ever welcomed
    if settings.is_on("home") or settings.is_on("send"):
        return True
    return _is_broken(_DATA + "account.json") or condition(WANTED_BY_SKIN)


def _is_broken(path: str) -> bool:
    """Whether the sign-in cannot be read, which is said."""
    from lib.kodi.files import text_of
    from lib.kodi.json_rpc import parsed

    return not isinstance(parsed(text_of(path)), dict)
