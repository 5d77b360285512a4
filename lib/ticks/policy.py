"""Which of Simkl's answers to follow for a video, and when two counts call for a closer look.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, Mapping, Sequence

from lib.simkl.answers import Answer, Film, Series, Watch
from lib.ticks.due import EPISODE, FILM, Video
from lib.ticks.tick_settings import TickSettings

if TYPE_CHECKING:
    from lib.storage.answer_cache import Known
    from lib.ticks.due import Tick
    from lib.ticks.journal import Journal
    from lib.ticks.library_facts import SeasonCount
    from lib.ticks.user_changes import UserChanges


class Policy:
    """What Simkl said, as far as what the person did and chose allows."""

    def __init__(
        self, user_changes: UserChanges, tick_settings: TickSettings | None = None
    ) -> None:
        self.user_changes = user_changes
        self.tick_settings = tick_settings or TickSettings()

    def watch_of(self, video: Video, known: Known) -> Watch | None:
        """The watch that ticks a film or an episode; None where Simkl has none that counts."""
        watch = _said_of(video, known.answer)[1]
        if watch is None or self.tick_settings.leaves_out(video.file):
            return None
        is_allowed = self.user_changes.allows(video, known.title, watch, known.asked_at)
        return watch if is_allowed else None

    def waits(self, video: Video, known: Known) -> bool:
        """Whether Simkl has a watch of a video that plays, or was played since it was asked."""
        if self.user_changes.is_untouched(video.key, known.asked_at):
            return False
        has_watch = _said_of(video, known.answer)[1] is not None
        return has_watch and not self.tick_settings.leaves_out(video.file)

    def played_at(self, videos: Iterable[Video], known: Known) -> float | None:
        """When the last of these that wait and play no more was played: a newer answer counts."""
        moments = [
            self.user_changes.played_at(video.key) for video in videos if self.waits(video, known)
        ]
        return max((moment for moment in moments if moment is not None), default=None)

    def is_unwatched(self, video: Video, known: Known) -> bool:
        """Whether Simkl knows the video, and says that it is not watched."""
        is_known, watch = _said_of(video, known.answer)
        if not is_known or watch is not None or self.tick_settings.leaves_out(video.file):
            return False
        return self.user_changes.is_untouched(video.key, known.asked_at)

    def to_clear(self, videos: Sequence[Video], known: Known, journal: Journal) -> list[Tick]:
        """Ticks of ours that Simkl takes back, where the person lets it."""
        if not self.tick_settings.may_clear:
            return []
        return journal.to_clear(videos, lambda video: self.is_unwatched(video, known))

    def may_differ(self, answer: Answer, counts: Mapping[int, SeasonCount]) -> bool:
        """Whether Simkl's counters leave open that episodes of a series lack their ticks.

        A season leaves it open unless it is all watched here, not watched at all there, or watched
        equally often in both. Where Simkl may clear ticks, more that are watched here leave it
        open too.
        """
        if not isinstance(answer, Series):
            return False
        if answer.all_watched is not None:
            return any(
                here.watched < here.episodes for season, here in counts.items() if season > 0
            )
        return any(
            (here.watched < here.episodes and there not in (0, here.watched))
            or (self.tick_settings.may_clear and there < here.watched)
            for season, there in answer.watched_counts.items()
            for here in [counts.get(season)]
            if here is not None
        )


def _said_of(video: Video, answer: Answer) -> tuple[bool, Watch | None]:
    """Whether an answer knows a video, and the watch that it has of it."""
    if isinstance(answer, Film) and video.kind == FILM:
        return not answer.is_in_parts, answer.watch
    if isinstance(answer, Series) and answer.episodes and video.kind == EPISODE:
        key = (video.season, video.episode)
        return key in answer.episodes, answer.episodes.get(key)
    return False, None
