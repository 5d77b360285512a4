"""Hears what Kodi announces: what the person plays and marks by hand, and how the library changes.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Mapping

from lib.titles.paths import addon_of
from lib.titles.rows import EPISODE, MOVIE

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.storage.removed_ticks import Key

_NO_VIDEO_TYPES = ("song", "picture")


class KodiEvents:
    def __init__(
        self,
        deps: Dependencies,
        playing: Callable[[], str],
        read_again: Callable[[], None],
        look_again: Callable[[], None],
    ) -> None:
        """playing: the path of what plays. read_again: what was read of the library is old.
        look_again: no row is settled.
        """
        self._deps = deps
        self._playing = playing
        self._user_changes = deps.policy.user_changes
        self._read_again = read_again
        self._look_again = look_again

    def heard(self, method: str, data: Mapping[str, Any]) -> None:
        """One announcement."""
        if method.startswith("Player."):
            if not _is_no_video(data):
                self._heard_player(method, _key(data))
        elif method in ("VideoLibrary.OnScanFinished", "VideoLibrary.OnCleanFinished"):
            self._look_again()
        else:
            self._heard_library(method, _key(data), data)

    def _heard_player(self, method: str, key: Key | None) -> None:
        if method in ("Player.OnPlay", "Player.OnAVStart"):
            self._user_changes.plays(key)
            # Of another add-on's video nobody can say later how it stands: it is theirs now.
            self._deps.journal.note_theirs(filter(addon_of, [self._playing()]))
            self._read_again()
            self._deps.deferred.clear()  # found anew: by then Kodi may hold a later date
        elif method == "Player.OnStop":
            self._user_changes.stops()
            self._read_again()
            self._deps.deferred.clear()  # what was found due while it played, too

    def _heard_library(self, method: str, key: Key | None, data: Mapping[str, Any]) -> None:
        if key is None:
            return
        self._heard_mark(method, key, data)
        if method == "VideoLibrary.OnRemove":
            self._user_changes.forget(key)
            self._deps.settled.forget(key)
            self._read_again()  # Kodi may give the id to another: no tick of this one is to follow
        elif method == "VideoLibrary.OnUpdate" and _playcount(data) is not None:
            self._read_again()
        elif method == "VideoLibrary.OnUpdate" and data.get("added"):
            self._deps.settled.forget(key)

    def heard_at_the_end(self, method: str, data: Mapping[str, Any]) -> None:
        """One announcement that was not heard before Kodi wants to leave: what is to be kept."""
        key = _key(data)
        if key is not None:
            self._heard_mark(method, key, data)

    def _heard_mark(self, method: str, key: Key, data: Mapping[str, Any]) -> None:
        """An update with a playcount is never ours: a person or an add-on did it (docs/kodi.md)."""
        playcount = _playcount(data)
        if method == "VideoLibrary.OnRemove":
            self._deps.marks.is_gone(key)
        elif method != "VideoLibrary.OnUpdate" or playcount is None:
            return
        elif playcount > 0:
            self._deps.marks.sets(key)
        else:
            self._deps.marks.removes(key)


def _playcount(data: Mapping[str, Any]) -> int | None:
    playcount = data.get("playcount")
    return playcount if isinstance(playcount, int) else None


def _is_no_video(data: Mapping[str, Any]) -> bool:
    """Whether an announcement of the player is about music or pictures."""
    item = data.get("item")
    return isinstance(item, dict) and item.get("type") in _NO_VIDEO_TYPES


def _key(data: Mapping[str, Any]) -> Key | None:
    """The video that an announcement is about, if it is one of the library."""
    item = data.get("item")
    item = item if isinstance(item, dict) else data
    kind, dbid = item.get("type"), item.get("id")
    if kind in (MOVIE, EPISODE) and isinstance(dbid, int):
        return str(kind), dbid
    return None
