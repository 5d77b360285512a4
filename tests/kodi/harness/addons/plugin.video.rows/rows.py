"""Lists rows as `lists.json` beside it says: the tests write there what kinds of add-ons say."""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import xbmcaddon
import xbmcgui
import xbmcplugin
import xbmcvfs

ADDON = xbmcaddon.Addon()
HERE = Path(xbmcvfs.translatePath(ADDON.getAddonInfo("path")))
DATA = Path(xbmcvfs.translatePath(ADDON.getAddonInfo("profile")))

TAG = {
    "mediatype": "setMediaType",
    "title": "setTitle",
    "plot": "setPlot",
    "year": "setYear",
    "season": "setSeason",
    "episode": "setEpisode",
    "show": "setTvShowTitle",
    "playcount": "setPlaycount",
    "dbid": "setDbId",
    "trailer": "setTrailer",
    "imdbnumber": "setIMDBNumber",
}


def listing_number() -> int:
    """How often this add-on has listed anything, this time included."""
    DATA.mkdir(parents=True, exist_ok=True)
    file = DATA / "listings"
    number = int(file.read_text()) + 1 if file.exists() else 1
    file.write_text(str(number))
    return number


def item(row: dict[str, Any]) -> xbmcgui.ListItem:
    made = xbmcgui.ListItem(row.get("label") or row.get("title", ""), offscreen=True)
    tag = made.getVideoInfoTag()
    for key, setter in TAG.items():
        if key in row:
            getattr(tag, setter)(row[key])
    if "uids" in row:
        tag.setUniqueIDs(row["uids"], row.get("default_uid", next(iter(row["uids"]), "")))
    made.setProperties(row.get("props", {}))
    if row.get("playable", True):
        made.setProperty("IsPlayable", "true")
    if "resume" in row:
        tag.setResumePoint(*row["resume"])
    made.setArt(row.get("art", {}))
    return made


def main() -> None:
    base, handle = sys.argv[0], int(sys.argv[1])
    number = listing_number()
    name = urlsplit(base).path.strip("/")
    if name == "play":  # a row was chosen
        played = xbmcgui.ListItem(path=str(HERE / "film.y4m"))
        xbmcplugin.setResolvedUrl(handle, succeeded=True, listitem=played)
        return
    told = json.loads((HERE / "lists.json").read_text(encoding="utf-8"))[name]
    time.sleep(told.get("seconds", 0))
    count = told.get("shown", len(told["rows"]))
    first = number * count if "shown" in told else 0
    chosen = [told["rows"][(first + n) % len(told["rows"])] for n in range(count)]
    rows = itertools.chain.from_iterable([row] * row.get("times", 1) for row in chosen)
    items = [
        (row["path"].replace("{number}", str(number)), item(row), row.get("folder", False))
        for row in rows
    ]
    xbmcplugin.addDirectoryItems(handle, items)
    xbmcplugin.setContent(handle, told.get("content", "videos"))
    xbmcplugin.endOfDirectory(handle, cacheToDisc=told.get("cache", False))


main()
