"""What the settings in resources/settings.xml mean: their names, and what their values do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.ticks.tick_settings import TickSettings
from lib.titles.locations import without_login
from lib.titles.rows import EPISODE, MOVIE, SEASON, TVSHOW

if TYPE_CHECKING:
    from lib.kodi.settings import Settings
    from lib.sending.send_settings import SendSettings

# What the setting "messages" may say.
SAY_NOTHING, SAY_TROUBLE, SAY_TICKS = "never", "trouble", "ticks"
SEND = "send"
"""The setting that has Simkl told what is watched in Kodi."""
_FILM_ROWS = {MOVIE}
_EPISODE_ROWS = {TVSHOW, SEASON, EPISODE}
_FOLDERS_LEFT_OUT = ("left_out_1", "left_out_2", "left_out_3")


def tick_settings_from(settings: Settings) -> TickSettings:
    films = _FILM_ROWS if settings.is_on("films") else set()
    episodes = _EPISODE_ROWS if settings.is_on("episodes") else set()
    return TickSettings(
        frozenset(films | episodes),
        settings.is_on("clear"),
        settings.is_on("home"),
        settings.is_on("of_addons"),
        settings.is_on("of_files"),
        frozenset(settings.several("left_out_addons")),
        tuple(filter(None, map(settings.text, _FOLDERS_LEFT_OUT))),
        settings.text("messages") == SAY_TICKS,
        settings.is_on("progress"),
    )


def send_settings_from(settings: Settings) -> SendSettings:
    """To be called while SEND is on only: without it nothing of that wing is loaded."""
    from lib.sending.send_settings import COUNTS_FROM, SendSettings

    percent = settings.text("send_percent")
    return SendSettings(
        is_on=settings.is_on(SEND),
        plays=settings.is_on("send_plays"),
        marks=settings.is_on("send_marks"),
        unmarks=settings.is_on("send_unmarks"),
        percent=int(percent) if percent.isdigit() else COUNTS_FROM,
        now=settings.is_on("send_now"),
        films=settings.is_on("send_films"),
        episodes=settings.is_on("send_episodes"),
        addons=settings.is_on("send_addons"),
        files=settings.is_on("send_files"),
        rewatches=settings.is_on("allow_rewatch"),
        beside_others=settings.is_on("send_beside_others"),
    )


def forget_logins(settings: Settings) -> None:
    """Take names and passwords out of the folders: Kodi's dialog keeps a source's with its path."""
    for key in _FOLDERS_LEFT_OUT:
        kept = settings.text(key)
        cleaned = without_login(kept)
        if cleaned != kept:
            settings.put(key, cleaned)


def may_say_trouble(settings: Settings) -> bool:
    """Whether the person wants to hear of anything at all."""
    return settings.text("messages") != SAY_NOTHING


def may_say_told(settings: Settings) -> bool:
    """Whether the person wants to hear of each watch that Simkl was told."""
    return settings.text("messages") == SAY_TICKS
