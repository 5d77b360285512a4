"""A title as three columns of a table: its kind, its ids, and its name with the year."""

from __future__ import annotations

from typing import Any, Tuple

from lib.titles.title import Title

Columns = Tuple[str, str, str, "int | None"]
"""kind, ids (a line each: Simkl's name of it, a space, the id), name, year."""


def columns_of(title: Title) -> Columns:
    ids = "\n".join(f"{name} {value}" for name, value in title.ids)
    return title.kind, ids, title.name, title.year


def title_from(kind: Any, ids: Any, name: Any, year: Any) -> Title:
    """The title of what `columns_of` gave."""
    pairs = (line.partition(" ") for line in str(ids or "").split("\n") if line)
    return Title(kind, tuple((key, value) for key, _, value in pairs), name or "", year)
