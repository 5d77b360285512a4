"""Names of folders that hold a season: `Season 01 (2017)`, `Staffel 2`, `Specials`.

Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re

from lib.titles.ids_in_names import without_ids

_WORDS = (
    "season|staffel|series|saison|stagione|temporada|seizoen|sezon|säsong|sesong|kausi"
    "|сезон|シーズン"
)
_NUMBERED = (
    rf"(?:{_WORDS}|s)[\s._-]*(?P<after>\d+)"
    rf"|(?P<before>\d{{1,2}})[\s._-]*(?:st|nd|rd|th|[ªº°])?[\s._-]*(?:{_WORDS})"
    r"|第(?P<between>\d{1,2})[季期]|specials"
)
_SEASON = re.compile(rf"(?:{_NUMBERED}|{_WORDS}|s)$", re.IGNORECASE)
_SEASON_WITH_YEAR = re.compile(rf"(?:{_NUMBERED})$", re.IGNORECASE)
# Without brackets it may be the season's number: `Season 2017`.
_YEAR_AT_END = re.compile(
    r"[\s._-]*[(\[](?:19|20)\d\d[)\]]$|(?<=\d)[\s._-]+(?:19|20)\d\d$", re.IGNORECASE
)


def is_season(name: str) -> bool:
    return _match(name) is not None


def number_of_season(name: str) -> int | None:
    """None where the folder is not a season's, or has no number."""
    found = _match(name)
    number = found and (found["after"] or found["before"] or found["between"])
    return int(number) if number else None


def _match(name: str) -> re.Match[str] | None:
    plain = without_ids(name).strip()
    # With a year, one that has no number may be a film: `S (2012)`.
    return _SEASON.match(plain) or _SEASON_WITH_YEAR.match(_YEAR_AT_END.sub("", plain))
