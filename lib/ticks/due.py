"""Which ticks are due: what Kodi has beside what Simkl says. Knows neither of the two doors.

A playcount never goes down and a date never goes back (docs/architecture.md, the rules).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Callable, Iterable, Sequence

from lib.simkl.answers import Watch
from lib.titles import datetimes

FILM = "movie"
EPISODE = "episode"


@dataclass(frozen=True)
class Video:
    """A film or an episode.

    kind: FILM or EPISODE, Kodi's media type. dbid: Kodi's movieid or episodeid, -1 outside of its
    library.
    file: the exact path. playcount: times played. lastplayed: Kodi's local time, "" for none.
    season, episode: -1 for a film. series: Kodi's tvshowid, -1 for a film.
    """

    kind: str
    dbid: int
    file: str
    playcount: int
    lastplayed: str
    series: int = -1
    season: int = -1
    episode: int = -1

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.dbid

    @property
    def place(self) -> tuple[int, int]:
        """Season and episode."""
        return self.season, self.episode


@dataclass(frozen=True)
class Tick:
    """What Kodi is to hold for a video instead of what it has: times played, and when last.

    lastplayed: Kodi's local time, "" for none.
    """

    video: Video
    playcount: int
    lastplayed: str

    @property
    def takes_away(self) -> bool:
        """Whether it takes back a tick that this add-on made."""
        return self.playcount < self.video.playcount


def watched_files(
    videos: Iterable[Video], watch_of: Callable[[Video], Watch | None]
) -> dict[str, Watch]:
    """The watch of each file that is watched.

    watch_of: the watch that Simkl reports; None where it reports none or is not to be followed.
    A file with several episodes is watched when all of them are, at the time of the last: Kodi
    keeps one playcount a file.
    """
    watches: dict[str, list[Watch | None]] = defaultdict(list)
    for video in videos:
        watches[video.file].append(watch_of(video))
    return {file: _latest(found) for file, found in watches.items() if None not in found}


def due(videos: Sequence[Video], watch_of: Callable[[Video], Watch | None]) -> list[Tick]:
    """The ticks that are missing, one a file, in the order of the videos."""
    files = watched_files(videos, watch_of)
    firsts = {video.file: video for video in reversed(videos)}
    ordered = [video for video in videos if firsts[video.file] is video and video.file in files]
    ticks = (_tick(video, files[video.file].at) for video in ordered)
    return [tick for tick in ticks if tick is not None]


def _latest(watches: Sequence[Watch | None]) -> Watch:
    moments = [watch.at for watch in watches if watch is not None and watch.at is not None]
    return Watch(max(moments) if moments else None)


def _tick(video: Video, watched_at: datetime | None) -> Tick | None:
    """The tick for one video, or None where Kodi already holds it."""
    date = datetimes.for_kodi(watched_at) if watched_at else None
    lastplayed = max(video.lastplayed, date or "")
    if video.playcount >= 1 and lastplayed == video.lastplayed:
        return None
    return Tick(video, max(video.playcount, 1), lastplayed or datetimes.LONG_AGO)
