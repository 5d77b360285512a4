"""Sentences in the corner of the screen, one after another; they take no focus."""

from __future__ import annotations

import unicodedata
from collections import deque

from kodi_six import xbmcgui

from lib.kodi import string_ids
from lib.kodi.addon import this_addon
from lib.kodi.info_labels import condition
from lib.kodi.localization import text

_FADES = "Window.IsVisible(notification) + !Window.IsActive(notification)"
_to_say: deque[str] = deque()
# Kodi's Estuary shows so many letters at once. Longer words scroll, 60 pixels a second, and are
# cut off where they are not through by then (docs/kodi.md). All in milliseconds.
_LETTERS_AT_ONCE = 30
_SHORTEST, _LONGEST, _BEFORE_AND_AFTER, _A_LETTER = 8000, 30000, 4000, 200


def notify(words: str) -> None:
    """Have a sentence said by `say_next`."""
    _to_say.append(words)


def has_to_say() -> bool:
    """Whether a sentence waits for `say_next`."""
    return bool(_to_say)


def say_next() -> None:
    """Say the oldest sentence, in the corner of the screen, until it can be read; takes no focus.

    Not while the one before fades out: Kodi would lose it (20.1, docs/kodi.md).
    """
    if not _to_say or condition(_FADES):
        return
    icon = this_addon().getAddonInfo("icon")
    words = _to_say.popleft()
    xbmcgui.Dialog().notification(text(string_ids.NAME), words, icon, display_time(words), False)


def display_time(words: str) -> int:
    """How long a sentence stays on the screen, in milliseconds: until it has scrolled through."""
    # Chinese and Japanese characters are as wide as two letters.
    letters = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)
    scrolls = _BEFORE_AND_AFTER + _A_LETTER * (letters - _LETTERS_AT_ONCE)
    return min(max(_SHORTEST, scrolls), _LONGEST)
