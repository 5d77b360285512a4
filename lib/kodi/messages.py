"""Sentences in the corner of the screen, one after another; they take no focus."""

from __future__ import annotations

from collections import deque

from kodi_six import xbmcgui

from lib.kodi import string_ids
from lib.kodi.addon import this_addon
from lib.kodi.info_labels import condition
from lib.kodi.localization import text

_FADES = "Window.IsVisible(notification) + !Window.IsActive(notification)"
_to_say: deque[str] = deque()


def notify(words: str) -> None:
    """Have a sentence said by `say_next`."""
    _to_say.append(words)


def say_next() -> None:
    """Say the oldest sentence, in the corner of the screen, for some seconds; takes no focus.

    Not while the one before fades out: Kodi would lose it (20.1, docs/kodi.md).
    """
    if not _to_say or condition(_FADES):
        return
    icon = this_addon().getAddonInfo("icon")
    xbmcgui.Dialog().notification(text(string_ids.NAME), _to_say.popleft(), icon, 8000, False)
