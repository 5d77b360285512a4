"""Which plays Simkl is never told of: what is no film and no episode, and what the person left out.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from lib.sending.what_plays import ADDON, FILE
from lib.titles import names
from lib.titles.paths import addon_of, facts_of, is_piece
from lib.titles.title import MOVIE

if TYPE_CHECKING:
    from lib.sending.other_scrobblers import OtherScrobblers
    from lib.sending.player import PlayingItem
    from lib.sending.send_settings import SendSettings
    from lib.sending.what_plays import WhatPlays
    from lib.storage.ignored_titles import IgnoredTitles
    from lib.ticks.tick_settings import TickSettings
    from lib.titles.title import Title

SHORTEST_FILM = 300.0
"""Seconds: what is shorter is a clip, unless it is an episode."""

_EXCLUDED = "script.trakt.exclude"
_KINDS = ("movie", "episode", "unknown")


class Exclusions:
    def __init__(
        self,
        settings: Callable[[], SendSettings],
        tick_settings: Callable[[], TickSettings],
        ignored_titles: IgnoredTitles,
        other_scrobblers: OtherScrobblers,
    ) -> None:
        self._settings = settings
        self._tick_settings = tick_settings
        self._ignored_titles = ignored_titles
        self._other_scrobblers = other_scrobblers

    def is_never_told(self, item: PlayingItem) -> bool:
        """Whether it is none of a person's films and episodes, or says that it is not to be told.

        Live television, a recording, a music video, a slideshow's video, a trailer or a clip.
        """
        if item.is_beside_pictures or item.details.get("type") not in _KINDS:
            return True
        properties = item.details.get("customproperties")
        if isinstance(properties, dict) and properties.get(_EXCLUDED):
            return True
        is_called_so = names.is_piece(str(item.details.get("label") or ""))
        is_piece_of_addon = addon_of(item.path) != "" and is_piece(item.path)
        return is_called_so or is_piece_of_addon or facts_of(addon_of(item.path)).is_never_a_title

    def is_left_out(self, what: WhatPlays) -> bool:
        """Whether the person wants Simkl not to be told of it, or another add-on tells it."""
        settings = self._settings()
        if self.is_left_alone(what.title):
            return True
        if not {ADDON: settings.addons, FILE: settings.files}.get(what.source, True):
            return True
        if self._tick_settings().leaves_out(what.path):
            return True
        is_told = self._other_scrobblers.tells(what.path) is not None
        return is_told and not settings.beside_others

    def is_left_alone(self, title: Title) -> bool:
        """Whether the person wants Simkl not to be told of any play of it, wherever it is."""
        settings = self._settings()
        if not (settings.films if title.kind == MOVIE else settings.episodes):
            return True
        return not settings.plays or self._ignored_titles.has(title)


def is_too_short(what: WhatPlays, length: float) -> bool:
    """Whether a film is so short that it is a clip of it. length: seconds."""
    return what.title.kind == MOVIE and length < SHORTEST_FILM
