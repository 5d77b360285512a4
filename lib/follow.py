"""Which of Simkl's answers to follow for a video, and when two counts call for a closer look.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Mapping

from lib.answers import Answer, Film, Series, Watch
from lib.ticks import EPISODE, FILM, Video

if TYPE_CHECKING:
    from lib.hand import Hand
    from lib.library import SeasonCount
    from lib.watched import Known


def watch_of(video: Video, known: Known, hand: Hand) -> Watch | None:
    """The watch that ticks a film or an episode; None where Simkl has none that counts here."""
    answer, watch = known.answer, None
    if isinstance(answer, Film) and video.kind == FILM:
        watch = answer.watch
    elif isinstance(answer, Series) and answer.episodes and video.kind == EPISODE:
        watch = answer.episodes.get((video.season, video.episode))
    if watch is None or not hand.allows(video.key, watch, known.asked_at):
        return None
    return watch


def may_differ(answer: Answer, counts: Mapping[int, SeasonCount]) -> bool:
    """Whether Simkl's counters leave open that episodes of a series lack their ticks.

    A season leaves it open unless it is all watched here, not watched at all there, or watched
    equally often in both.
    """
    if not isinstance(answer, Series):
        return False
    return any(
        season in counts
        and counts[season].watched < counts[season].episodes
        and watched_there not in (0, counts[season].watched)
        for season, watched_there in answer.watched_counts.items()
    )
