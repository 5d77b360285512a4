"""Whether what is watched decides which rows a list has, or in which order: by its path and rules.

Each tick of an episode or a series has Kodi load the open list again (docs/kodi.md), so that a row
leaves such a list, or moves, at once. The rules of a node and of a skin's link are in the list's
path, those of a playlist are in its file. Knows neither of the two doors.
"""

from __future__ import annotations

import re
from typing import Callable
from urllib.parse import unquote

_IN_PROGRESS = "videodb://inprogresstvshows"
# "playlist" and "virtualfolder" name another playlist, whatever that says.
_FIELDS = {"playcount", "numwatched", "inprogress", "lastplayed", "playlist", "virtualfolder"}
_ORDERS = {"playcount", "lastplayed", "random"}
# In a playlist: <rule field="playcount" …> and <order …>random</order>; in a path the same as JSON.
_FIELD = re.compile(r"""\bfield["']?\s*[=:]\s*["'](\w+)""", re.IGNORECASE)
_ORDER = re.compile(r"""(?:<order\b[^>]*>|"method"\s*:\s*")\s*(\w+)""", re.IGNORECASE)
_OF_SERIES = re.compile(r""""type"\s*:\s*"tvshows\"""", re.IGNORECASE)
_IN_A_SERIES = re.compile(r"/titles/\d+/|[?&]tvshowid=")


class ListRules:
    def __init__(self, read: Callable[[str], str]) -> None:
        """read: the text of a file of Kodi's; "" where it cannot be read."""
        self._read = read
        self._asked_about = ""
        self._found = False

    def depend_on_watched(self, path: str) -> bool:
        """Whether those of the list at `path` do. A playlist is read once as long as it is open."""
        if path != self._asked_about:
            self._asked_about, self._found = path, self._depend_on_watched(path)
        return self._found

    def _depend_on_watched(self, path: str) -> bool:
        place, _, options = path.partition("?")
        if place.rstrip("/") == _IN_PROGRESS:
            return True
        if place.lower().rstrip("/").endswith(".xsp"):
            rules = self._read(path)
            return not rules or _do(rules)
        rules = unquote(options)
        if _OF_SERIES.search(rules) and _IN_A_SERIES.search(path):
            return False  # of the list of series that this one was opened from
        return _do(rules)


def _do(rules: str) -> bool:
    fields = {field.lower() for field in _FIELD.findall(rules)}
    orders = {order.lower() for order in _ORDER.findall(rules)}
    return bool(fields & _FIELDS or orders & _ORDERS)
