"""The other add-on of `make demo`: it lists films and episodes, with ids as TMDb Helper does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.kodi.harness import plugin

_ADDON = "plugin.video.elsewhere"
PATH = f"plugin://{_ADDON}/"


def made(folder: Path, titles: Path) -> Path:
    """The add-on's folder, new below `folder`. titles: the file of the demo's titles."""
    told = json.loads(titles.read_text(encoding="utf-8"))
    films = {film["title"]: film for film in told["films"]}
    series = {each["title"]: each for each in told["series"]}
    rows = [
        _film(films[row["film"]]) if "film" in row else _episode(series[row["series"]], row)
        for row in told["elsewhere"]
    ]
    return plugin.plugin(folder, _ADDON, {"": {"rows": rows}})


def _film(film: dict[str, Any]) -> plugin.Row:
    ids = {name: str(value) for name, value in film["ids"].items()}
    return {
        "mediatype": "movie",
        "title": film["title"],
        "year": film["year"],
        "uids": ids,
        "path": f"{PATH}?info=play&tmdb_type=movie&tmdb_id={ids['tmdb']}",
    }


def _episode(series: dict[str, Any], row: dict[str, Any]) -> plugin.Row:
    season, episode, tmdb = row["season"], row["episode"], series["ids"]["tmdb"]
    where = f"season={season}&episode={episode}"
    return {
        "mediatype": "episode",
        "title": f"{series['title']} {season}x{episode:02}",
        "show": series["title"],
        "season": season,
        "episode": episode,
        "uids": {f"tvshow.{name}": str(value) for name, value in series["ids"].items()},
        "path": f"{PATH}?info=play&tmdb_type=tv&tmdb_id={tmdb}&{where}",
    }
