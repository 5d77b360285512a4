"""Reads what Kodi's player plays, and where in it. JSON-RPC comes through a function passed in.

A position counts only beside its length and for the path that is known to play: Kodi exchanges
the path, the position and the length of one video for those of the next one after another, and
says 1.8e16 seconds just after a film in parts begins (docs/kodi.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, NamedTuple

if TYPE_CHECKING:
    from lib.ticks.library import Batch

_ITEM = [
    *("title", "year", "season", "episode", "showtitle", "uniqueid", "imdbnumber"),
    *("file", "mediapath", "customproperties"),
]


class Position(NamedTuple):
    """at, length: seconds; length is more than 0. is_paused: it stands still."""

    at: float
    length: float
    is_paused: bool

    @property
    def percent(self) -> float:
        return 100 * self.at / self.length


class PlayingItem(NamedTuple):
    """path: what Kodi keeps the video's tick under, of another add-on's row the row's own.

    details: JSON-RPC's of `Player.GetItem`. is_beside_pictures: a slideshow is on.
    """

    path: str
    details: Mapping[str, Any]
    is_beside_pictures: bool


class Player:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def item(self) -> PlayingItem | None:
        """The video that plays; None for none."""
        types = self._active()
        if "video" not in types:
            return None
        asked = {"playerid": types["video"], "properties": _ITEM}
        details = _part(self._batch([("Player.GetItem", asked)])[0], "item")
        path = str(details.get("mediapath") or details.get("file") or "")
        return PlayingItem(path, details, "picture" in types) if details else None

    def position(self, path: str) -> Position | None:
        """Where the video of that path is; None where it does not play, or Kodi does not know."""
        player = self._active().get("video")
        if player is None:
            return None
        properties = ["time", "totaltime", "speed"]
        item, said = self._batch(
            [
                ("Player.GetItem", {"playerid": player, "properties": ["file", "mediapath"]}),
                ("Player.GetProperties", {"playerid": player, "properties": properties}),
            ]
        )
        details = _part(item, "item")
        if path not in (details.get("mediapath"), details.get("file")):
            return None
        return _position(said if isinstance(said, dict) else {})

    def _active(self) -> dict[str, int]:
        """The ids of the players that are on, by what they play."""
        players = self._batch([("Player.GetActivePlayers", {})])[0]
        return {
            str(each.get("type")): each["playerid"]
            for each in (players if isinstance(players, list) else [])
            if isinstance(each, dict) and isinstance(each.get("playerid"), int)
        }


def seconds_of(time: object) -> float | None:
    """The seconds of a time of JSON-RPC's; None for anything else.

    Just after the start Kodi says up to a tenth of a second before it: that is 0.
    """
    if not isinstance(time, dict):
        return None
    parts = [time.get(name, 0) for name in ("hours", "minutes", "seconds", "milliseconds")]
    if not all(isinstance(part, int) for part in parts):
        return None
    hours, minutes, seconds, thousandths = parts
    found = hours * 3600 + minutes * 60 + seconds + thousandths / 1000
    return max(found, 0.0) if found > -1 else None


def _position(said: Mapping[str, Any]) -> Position | None:
    at, length = seconds_of(said.get("time")), seconds_of(said.get("totaltime"))
    # A video that ends may be a moment beyond its length.
    if at is None or not length or at > length + 2:
        return None
    return Position(min(at, length), length, said.get("speed") == 0)


def _part(reply: object, name: str) -> Mapping[str, Any]:
    """What a reply holds under a name; empty where it does not."""
    part = reply.get(name) if isinstance(reply, dict) else None
    return part if isinstance(part, dict) else {}
