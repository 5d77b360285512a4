"""Fills a server from a JSON file of titles and of what its person has watched.

    {"films":  [{"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277"},
                 "list": "completed", "watched": "2024-03-01T20:00:00Z"}],
     "series": [{"title": "Dark", "year": 2017, "ids": {"tvdb": 334824}, "anime": false,
                 "seasons": {"1": 10}, "unaired": [[1, 10]],
                 "watched": [{"season": 1, "episode": 3, "at": "2024-03-01T20:00:00Z"}]}]}

`list` is enough for a title that was only put somewhere; everything but title and year may lack.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from .catalogue import Title
    from .server import SimklServer


def load(simkl: SimklServer, file: Path) -> dict[str, Title]:
    """The titles by name. Raises ValueError or KeyError when the file is not as described above."""
    told = json.loads(file.read_text(encoding="utf-8"))
    films = {film["title"]: _load_film(simkl, film) for film in told.get("films", [])}
    series = {each["title"]: _load_series(simkl, each) for each in told.get("series", [])}
    return {**films, **series}


def _load_film(simkl: SimklServer, film: dict[str, Any]) -> Title:
    title = simkl.add_film(film["title"], film["year"], **film.get("ids", {}))
    if "watched" in film:
        simkl.person.watch(title, at=film["watched"])
    if "list" in film:
        simkl.person.put(title, film["list"])
    return title


def _load_series(simkl: SimklServer, series: dict[str, Any]) -> Title:
    title = simkl.add_series(
        series["title"],
        series["year"],
        {int(number): count for number, count in series.get("seasons", {}).items()},
        anime=series.get("anime", False),
        unaired=[(season, number) for season, number in series.get("unaired", [])],
        **series.get("ids", {}),
    )
    for watch in series.get("watched", []):
        simkl.person.watch(title, **watch)
    if "list" in series:
        simkl.person.put(title, series["list"])
    return title
