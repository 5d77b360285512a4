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
    from lib.storage.made_ticks import MadeTick
    from lib.storage.removed_ticks import Key
    from lib.storage.unread_marks import UnreadMark
    from lib.ticks.due import Video
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.titles.title import Title

_AS_KODI_SAYS = timedelta(seconds=5)


class Marked(NamedTuple):
    """entry: what a mark is to be told as. is_sent: whether the person wants it told. number: of
    the mark.
    """

    entry: OutboxEntry
    is_sent: bool
    number: int


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
        """What these are about, in their order; those that are none, or of no title, left out.

        One of an episode is of each that its file holds: Kodi ticks them all, and announces the
        one that was marked.
        """
        videos = self._library.videos({mark.key for mark in marks})
        held = self._held(videos.values())
        keys = {video.key for some in held.values() for video in some}
        found, labels = places(self._library, keys), self._labels(keys)
        made = self._journal.made(list(held))
        read = []
        for mark in marks:
            video = videos.get(mark.key)
            if video is None or not _stands(mark, video, made.get(video.file)):
                continue
            for each in held[video.file]:
                place = found[each.key].place if each.key in found else None
                if place is not None and place.title is not None:
                    where = (place.season, place.episode) if mark.kind == EPISODE else (-1, -1)
                    entry = OutboxEntry(
                        *(mark.account, mark.what, MARK, place.title, *where),
                        *(_moment(mark, video), labels.get(each.key, "")),
                    )
                    read.append(Marked(entry, self._is_sent(entry, video.file), mark.number))
        return read

    def _held(self, videos: Iterable[Video]) -> dict[str, list[Video]]:
        """Their files, and what each holds: one film, or one episode or more."""
        held: dict[str, dict[Key, Video]] = {}
        seasons = set()
        for video in videos:
            held.setdefault(video.file, {})[video.key] = video
            if video.kind == EPISODE:
                seasons.add((video.series, video.season))
        for series, season in sorted(seasons):
            for video in self._library.episodes(series, season):
                if video.file in held:
                    held[video.file][video.key] = video
        return {file: list(some.values()) for file, some in held.items()}

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


def _stands(mark: UnreadMark, video: Video, mine: MadeTick | None) -> bool:
    """Whether the video is as it was marked, by a hand. mine: the tick of ours that it got.

    A mark by hand would have changed the date of one of ours at least.
    """
    is_ours = mine is not None and not mine.theirs and stands_as_left(video, mine)
    return (video.playcount > 0) == (mark.what == WATCHED) and not is_ours


def _moment(mark: UnreadMark, video: Video) -> datetime:
    """When it was made: as Kodi dates the tick, where that is the same moment.

    A date at Simkl that is later by a second would be news, and be written back.
    """
    at = moment(mark.at)
    said = from_kodi(video.lastplayed) if mark.what == WATCHED else None
    return said if said is not None and timedelta(0) <= at - said <= _AS_KODI_SAYS else at
