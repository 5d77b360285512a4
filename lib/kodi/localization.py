"""Words, dates and times in the person's language and region."""

from __future__ import annotations

from datetime import datetime

from kodi_six import xbmc

from lib.kodi.addon import this_addon

SETTINGS = 5
_UNWATCHED = 16101
_ORDERS_OF_WATCHED = (567, 568, 590)  # play count, last played, random


def word(number: int) -> str:
    """One of Kodi's own words in the person's language, by its number."""
    return str(xbmc.getLocalizedString(number))


def unwatched_word() -> str:
    """What Kodi's video window calls its filter that hides what is watched."""
    return word(_UNWATCHED)


def orders_of_watched() -> list[str]:
    """What Kodi calls the orders in which a row that is ticked has another place, or any has."""
    return [word(number) for number in _ORDERS_OF_WATCHED]


def text(number: int, **values: str) -> str:
    """A sentence in the person's language, its {placeholders} filled."""
    words = str(this_addon().getLocalizedString(number))
    for name, value in values.items():
        words = words.replace("{" + name + "}", value)
    return words


def short_date(date: str) -> str:
    """A date (`YYYY-MM-DD…`) as the person's region writes it."""
    try:
        return datetime.fromisoformat(date[:10]).strftime(str(xbmc.getRegion("dateshort")))
    except ValueError:
        return date[:10]


def moment(at: float) -> str:
    """Date and time as the person's region writes them. at: seconds since 1970."""
    local = datetime.fromtimestamp(at)  # noqa: DTZ006 — the person's own time
    forms = [str(xbmc.getRegion(name)) for name in ("dateshort", "time")]
    # "%H%H" and "xx" are Kodi's own: an hour without its zero, and no a.m. or p.m.
    return local.strftime(" ".join(forms).replace("%H%H", "%H").replace("xx", "")).strip()
