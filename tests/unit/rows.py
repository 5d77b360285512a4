"""Rows of other add-ons, in few words, and what they are to be taken for."""

from __future__ import annotations

from typing import Any

from lib.titles.identify import Identity, identities
from lib.titles.rows import NonLibraryRow
from lib.titles.title import MOVIE, SHOW, Title

SOME = "plugin.video.some"


def row(addon: str = SOME, path: str = "", **labels: str) -> NonLibraryRow:
    """Labels with brackets are written as uid_tmdb and prop_tmdb_id."""
    said = {_label(name): text for name, text in labels.items()}
    return NonLibraryRow(path or f"plugin://{addon}/?{sorted(said.items())}", said, False, False)


def _label(name: str) -> str:
    for start, kind in (("uid_", "UniqueID"), ("prop_", "Property")):
        if name.startswith(start):
            return f"{kind}({name[len(start) :].replace('__', '.')})"
    return name


def episode(number: Any = 2, season: Any = 1, **labels: Any) -> NonLibraryRow:
    addon = labels.pop("addon", SOME)
    said = {"DBTYPE": "episode", "TVShowTitle": "Dark", "Season": str(season), **labels}
    return row(addon, Episode=str(number), **said)


def film(**labels: str) -> NonLibraryRow:
    return row(**{"DBTYPE": "movie", "Title": "Heat", "Year": "1995", **labels})


def show(season: Any = 1, number: Any = 2, **ids: Any) -> Identity:
    return Identity(Title(SHOW, tuple(sorted(ids.items()))), ((season, number),))


def movie(**ids: str) -> Identity:
    return Identity(Title(MOVIE, tuple(sorted(ids.items()))))


def only(listed: NonLibraryRow, list_path: str = "") -> Identity | None:
    return identities([listed], list_path)[0]
