"""Reads what a mark of the library is about, and whether it stands. Knows neither of the two doors.

What a person marks and takes back before that is no mark, nor what this add-on ticked just then,
nor the mark of a version of a film that is not the one the film shows: Kodi announces it as the
film's, and leaves the film unwatched (docs/kodi.md).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Callable, Iterable, NamedTuple, Sequence

from lib.storage.outbox import MARK, WATCHED, OutboxEntry
from lib.storage.sql import moment
from lib.ticks.due import EPISODE, FILM
from lib.ticks.journal import stands_as_left
from lib.ticks.places import places
from lib.titles.datetimes import from_kodi

if TYPE_CHECKING:
    from lib.sending.send_settings import SendSettings
    from lib.storage.removed_ticks import Key
    from lib.storage.unread_marks import UnreadMark
    from lib.ticks.due import Video
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.titles.title import Title

_AS_KODI_SAYS = timedelta(seconds=5)


class Marked(NamedTuple):
    """entry: what a mark is to be told as. is_sent: whether the person wants it told."""

    entry: OutboxEntry
    is_sent: bool


class MarkReader:
    def __init__(
        self,
        library: Library,
        journal: Journal,
        may_ask: Callable[[Title, str], bool],
        settings: Callable[[], SendSettings],
    ) -> None:
        """may_ask: whether a title, and the file it is in, is neither left alone nor left out."""
        self._library = library
        self._journal = journal
        self._may_ask = may_ask
        self._settings = settings

    def read(self, marks: Sequence[UnreadMark]) -> list[Marked]:
        """What these are about, in their order; those that are none, or of no title, left out."""
        keys = {mark.key for mark in marks}
        found, videos = places(self._library, keys), self._library.videos(keys)
        made = self._journal.made([video.file for video in videos.values()])
        labels = self._labels(keys)
        read = []
        for mark in marks:
            video = videos.get(mark.key)
            place = found[mark.key].place if mark.key in found else None
            if video is None or place is None or place.title is None:
                continue
            mine = made.get(video.file)
            # A mark by hand would have changed its date at least.
            is_ours = mine is not None and not mine.theirs and stands_as_left(video, mine)
            if (video.playcount > 0) != (mark.what == WATCHED) or is_ours:
                continue
            where = (place.season, place.episode) if mark.kind == EPISODE else (-1, -1)
            entry = OutboxEntry(
                *(mark.account, mark.what, MARK, place.title, *where),
                *(_moment(mark, video), labels.get(mark.key, "")),
            )
            read.append(Marked(entry, self._is_sent(entry, video.file)))
        return read

    def _is_sent(self, entry: OutboxEntry, file: str) -> bool:
        settings = self._settings()
        is_film = entry.episode < 0
        if entry.what == WATCHED:
            is_wanted = settings.marks and (settings.films if is_film else settings.episodes)
        else:
            # Simkl can take a film away only with its place in the lists, and its rating.
            is_wanted = settings.unmarks and settings.episodes and not is_film
        return is_wanted and self._may_ask(entry.title, file)

    def _labels(self, keys: Iterable[Key]) -> dict[Key, str]:
        dbids = {kind: [dbid for of, dbid in keys if of == kind] for kind in (FILM, EPISODE)}
        films = self._library.named_films(dbids[FILM])
        episodes = self._library.named_episodes(dbids[EPISODE])
        return {
            **{(FILM, dbid): film.label for dbid, film in films.items()},
            **{(EPISODE, dbid): episode.label for dbid, episode in episodes.items()},
        }


def _moment(mark: UnreadMark, video: Video) -> datetime:
    """When it was made: as Kodi dates the tick, where that is the same moment.

    A date at Simkl that is later by a second would be news, and be written back.
    """
    at = moment(mark.at)
    said = from_kodi(video.lastplayed) if mark.what == WATCHED else None
    return said if said is not None and timedelta(0) <= at - said <= _AS_KODI_SAYS else at
