"""Writes ticks into Kodi's library in the one way that harms nobody (docs/kodi.md).

`Files.SetFileDetails` sets playcount and date and announces nothing, but blanks the row on
screen. `VideoLibrary.Set…Details` with a later date mends the row, has Kodi's lists follow, and is
announced without `playcount`, so that no other tracker takes it for a mark by hand. JSON-RPC
comes through a function that is handed in, so this knows no Kodi.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Mapping, Sequence, Tuple

from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.library import Batch, entries_of
from lib.titles.datetimes import checked_kodi_time, one_second_before
from lib.titles.paths import addon_of

Call = Tuple[str, Mapping[str, Any]]

_SET_FILE = "Files.SetFileDetails"


class Writer:
    def __init__(self, batch: Batch, note: Callable[[Sequence[Tick]], None]) -> None:
        """note: takes the ticks that Kodi took."""
        self._batch = batch
        self._note = note
        self._sources: list[str] | None = None
        self._accepted: dict[str, bool] = {}
        self._unannounced: Tick | None = None
        self.shown = 0
        """New ticks that were written to rows of lists, not unseen."""

    def write(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks so that rows on screen show them at once; those that Kodi took.

        Films are mended one by one. Each mended episode makes Kodi load the whole list, so only
        the last of them is.
        """
        accepted = self._acceptable(ticks)
        films = [tick for tick in accepted if tick.video.kind == FILM]
        episodes = [tick for tick in accepted if tick.video.kind == EPISODE]
        calls = [(tick, call) for tick in films for call in _mended(tick)]
        calls += [(tick, _set_file(tick, tick.lastplayed)) for tick in episodes[:-1]]
        calls += [(tick, call) for tick in episodes[-1:] for call in _mended(tick)]
        return self._shown(self._run(calls))

    def write_unseen(self, ticks: Sequence[Tick]) -> None:
        """Write ticks of what is not on screen. `announce` follows, and `mend_series`."""
        accepted = self._acceptable(ticks)
        self._run([(tick, _set_file(tick, tick.lastplayed)) for tick in accepted])
        if accepted:
            self._unannounced = accepted[-1]

    def write_files(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Write ticks of videos that are not in the library; those that Kodi took."""
        accepted = [tick for tick in ticks if _is_addons(tick) or self.accepts(tick.video.file)]
        return self._shown(
            self._run([(tick, _set_file(tick, tick.lastplayed)) for tick in accepted])
        )

    def _shown(self, taken: list[Tick]) -> list[Tick]:
        self.shown += sum(tick.video.playcount == 0 for tick in taken)
        return taken

    def _run(self, calls: Sequence[tuple[Tick, Call]]) -> list[Tick]:
        """Make these calls in one go; the ticks that Kodi took."""
        replies = self._batch([call for _, call in calls])
        taken = [
            tick
            for (tick, (method, _)), reply in zip(calls, replies)
            if method == _SET_FILE and reply == "OK"
        ]
        self._note(taken)
        return taken

    def mend_series(self, series: int) -> None:
        """Have a series' row on screen count again. series: Kodi's tvshowid."""
        self._batch([("VideoLibrary.SetTVShowDetails", {"tvshowid": series})])

    @property
    def owes_announcement(self) -> bool:
        """Whether something was written unseen that Kodi's lists have not followed yet."""
        return self._unannounced is not None

    def announce(self) -> None:
        """Have Kodi's lists, on the home screen too, follow what was written unseen."""
        tick, self._unannounced = self._unannounced, None
        if tick is not None:
            self._batch(self._touched(tick.video))

    def _touched(self, video: Video) -> list[Call]:
        """Calls that have Kodi announce a video, and leave it as it is by now."""
        name, kodis_name = _names(video)
        asked = {name + "id": video.dbid, "properties": ["playcount", "lastplayed"]}
        reply = self._batch([(f"VideoLibrary.Get{kodis_name}Details", asked)])[0]
        details = reply.get(name + "details") if isinstance(reply, dict) else None
        if not isinstance(details, dict):
            return []
        lastplayed = checked_kodi_time(details.get("lastplayed"))
        if not lastplayed:
            return [(f"VideoLibrary.Set{kodis_name}Details", {name + "id": video.dbid})]
        playcount = details.get("playcount")
        playcount = playcount if isinstance(playcount, int) else video.playcount
        return _mended(Tick(video, playcount, lastplayed))

    def look_anew(self) -> None:
        """Forget which files Kodi accepts: the person's sources may have changed."""
        self._sources = None
        self._accepted.clear()

    def _acceptable(self, ticks: Sequence[Tick]) -> list[Tick]:
        """Those whose files Kodi lets itself be told of: below one of the person's sources.

        Asked before, because of a refused file the mending call would still change the date.
        """
        return [tick for tick in ticks if self.accepts(tick.video.file)]

    def accepts(self, file: str) -> bool:
        """Whether Kodi lets itself be told of a file."""
        place = self._place_of(file)
        if place not in self._accepted:
            unchanged = (_SET_FILE, {"file": file, "media": "video"})
            self._accepted[place] = self._batch([unchanged])[0] == "OK"
        return self._accepted[place]

    def _place_of(self, file: str) -> str:
        """The source that the file lies in, or else its folder: one answer of Kodi's for all."""
        if self._sources is None:
            reply = self._batch([("Files.GetSources", {"media": "video"})])[0]
            self._sources = [str(each.get("file") or "") for each in entries_of(reply, "sources")]
        within = [source for source in self._sources if source and file.startswith(source)]
        return max(within, key=len) if within else re.split(r"[/\\][^/\\]*$", file)[0]


def _is_addons(tick: Tick) -> bool:
    return addon_of(tick.video.file) != ""


def _mended(tick: Tick) -> list[Call]:
    """The two calls for one video: what it is to hold, and what mends its row on screen.

    Only a date that changes is announced, so a tick is first written with the second before.
    """
    name, kodis_name = _names(tick.video)
    method = f"VideoLibrary.Set{kodis_name}Details"
    mend: dict[str, Any] = {name + "id": tick.video.dbid}
    if tick.takes_away:
        return [_set_file(tick, tick.lastplayed), (method, mend)]
    mend["lastplayed"] = tick.lastplayed
    return [_set_file(tick, one_second_before(tick.lastplayed)), (method, mend)]


def _names(video: Video) -> tuple[str, str]:
    """What JSON-RPC's parameters and its methods call such a video."""
    return ("movie", "Movie") if video.kind == FILM else ("episode", "Episode")


def _set_file(tick: Tick, lastplayed: str) -> Call:
    return _SET_FILE, {
        "file": tick.video.file,
        "media": "video",
        "playcount": tick.playcount,
        "lastplayed": lastplayed,
    }
