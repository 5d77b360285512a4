"""Ids that an add-on leaves on Kodi's home window for what it plays, as it does for script.trakt.

Some never take them away, and then they stand beside the next video of whoever plays it: they
count only where they have changed since the last play, and where nothing of the video speaks
against them. Of an episode they are its series'. Knows neither of the two doors.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping

from lib.titles.title import clean_ids

PROPERTIES = ("script.simkl.ids", "scrip.simkl.ids", "script.trakt.ids")
"""Simkl's own first: the second is what script.simkl 3.2.4 reads."""


class HomeIds:
    def __init__(self, read: Callable[[str], str]) -> None:
        """read: a property of Kodi's home window, "" where it is not set."""
        self._read = read
        self._old = self._now()

    def forget(self) -> None:
        """What stands there is of a play that is over."""
        self._old = self._now()

    def ids(self, season: int, episode: int) -> dict[str, str]:
        """Those that were set for this play; none where they contradict each other.

        season, episode: of what plays, -1 for a film. Ids of another episode count for nothing.
        """
        found: dict[str, str] = {}
        for name, words in self._now().items():
            if not words or words == self._old[name]:
                continue
            said = _parsed(words)
            if said is None or _is_of_another(said, season, episode):
                return {}
            ids = clean_ids(said)
            if any(found.get(kind, value) != value for kind, value in ids.items()):
                return {}
            found = {**ids, **found}
        return found

    def _now(self) -> dict[str, str]:
        return {name: self._read(name) for name in PROPERTIES}


def _parsed(words: str) -> Mapping[str, Any] | None:
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _is_of_another(said: Mapping[str, Any], season: int, episode: int) -> bool:
    told = {"season": season, "episode": episode}
    named = {name: said[name] for name in told if said.get(name) is not None}
    return any(str(value) != str(told[name]) for name, value in named.items())
