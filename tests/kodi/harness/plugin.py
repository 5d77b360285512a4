"""Builds add-ons that list what a test wants, as the add-ons in the wild do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

_SCRIPT = Path(__file__).with_name("addons") / "plugin.video.rows" / "rows.py"

Row = Mapping[str, Any]
"""What a row says of itself: see TAG in addons/plugin.video.rows/rows.py."""


def plugin(folder: Path, addon_id: str, lists: Mapping[str, Mapping[str, Any]]) -> Path:
    """The folder of a new add-on with these lists: `plugin://<addon_id>/<name>`.

    Each list has `rows`, and may have `content`, `seconds` (that it takes), `cache`, and `shown`
    (so many of its rows, others at each listing). In a row's path, `{number}` becomes another one
    at each listing.
    """
    made = folder / addon_id
    made.mkdir(parents=True)
    shutil.copy(_SCRIPT, made)
    name = quoteattr(addon_id)
    (made / "addon.xml").write_text(
        f'<addon id={name} name={name} version="1.0.0" provider-name="tests">'
        '<requires><import addon="xbmc.python" version="3.0.1"/></requires>'
        '<extension point="xbmc.python.pluginsource" library="rows.py">'
        "<provides>video</provides></extension>"
        f'<extension point="xbmc.addon.metadata"><summary lang="en_GB">{addon_id}</summary>'
        "</extension></addon>"
    )
    change(made, lists)
    return made


def plugins(folder: Path, told: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Path]:
    """The folders of new add-ons, below `folder`. told: the lists of each, by its id."""
    return [plugin(folder, addon, lists) for addon, lists in told.items()]


def change(made: Path, lists: Mapping[str, Mapping[str, Any]]) -> None:
    """From now on the add-on lists these. made: its folder, where Kodi has it."""
    (made / "lists.json").write_text(json.dumps(lists))


def path(addon_id: str, name: str) -> str:
    """name: of the list; "" for the one that has no name, whose path may go on with a query."""
    return f"plugin://{addon_id}/{name}/" if name else f"plugin://{addon_id}/"


def season(
    addon_id: str, title: str, season: int, numbers: Sequence[int], **more: Any
) -> list[Row]:
    """Plain episode rows of one season. more: goes into each row."""
    return [
        {
            "mediatype": "episode",
            "title": f"{title} {season}x{n:02}",
            "plot": f"What happens in {season}x{n:02}",
            "show": title,
            "season": season,
            "episode": n,
            "path": f"plugin://{addon_id}/play/?title={title.replace(' ', '+')}&s={season}&e={n}",
            **more,
        }
        for n in numbers
    ]
