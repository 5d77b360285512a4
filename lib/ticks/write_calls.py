"""The calls of JSON-RPC that write a tick, mend its row, and have Kodi announce it (docs/kodi.md).

JSON-RPC comes through a function that is passed in, so this knows no Kodi.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Tuple

from lib.ticks.due import FILM, Tick, Video
from lib.titles.datetimes import checked_kodi_time, one_second_before

if TYPE_CHECKING:
    from lib.ticks.library import Batch

Call = Tuple[str, Mapping[str, Any]]
"""A method and its parameters."""

SET_FILE = "Files.SetFileDetails"


def set_file(tick: Tick, lastplayed: str) -> Call:
    """The call that writes playcount and date. lastplayed: Kodi's local time, "" for none."""
    return SET_FILE, {
        "file": tick.video.file,
        "media": "video",
        "playcount": tick.playcount,
        "lastplayed": lastplayed,
    }


def mend(video: Video, **details: Any) -> Call:
    """The call that mends a row on screen; with a date that changes Kodi announces it."""
    name, kodis_name = _names(video)
    return f"VideoLibrary.Set{kodis_name}Details", {name + "id": video.dbid, **details}


def touch(batch: Batch, written: Tick) -> None:
    """Have Kodi announce a video that was ticked, and leave it as it is by now."""
    video = written.video
    name, kodis_name = _names(video)
    asked = {name + "id": video.dbid, "properties": ["playcount", "lastplayed"]}
    reply = batch([(f"VideoLibrary.Get{kodis_name}Details", asked)])[0]
    details = reply.get(name + "details") if isinstance(reply, dict) else None
    if not isinstance(details, dict):
        return
    lastplayed = checked_kodi_time(details.get("lastplayed"))
    if not lastplayed:
        batch([mend(video)])
        return
    if written.lastplayed and lastplayed == one_second_before(written.lastplayed):
        lastplayed = written.lastplayed  # another box with the same library does this just now
    playcount = details.get("playcount")
    playcount = playcount if isinstance(playcount, int) else video.playcount
    tick = Tick(video, playcount, lastplayed)
    if batch([set_file(tick, one_second_before(lastplayed))])[0] == "OK":
        batch([mend(video, lastplayed=lastplayed)])


def _names(video: Video) -> tuple[str, str]:
    """What JSON-RPC's parameters and its methods call such a video."""
    return ("movie", "Movie") if video.kind == FILM else ("episode", "Episode")
