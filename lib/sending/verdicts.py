"""Whether Simkl is to be told of a watch, by what it has. Knows neither of the two doors."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import TYPE_CHECKING, Mapping

from lib.sending.questions import Said, ask_about
from lib.simkl.answers import Film, Series
from lib.simkl.asks import PLAIN, Ask
from lib.storage.outbox import UNWATCHED

if TYPE_CHECKING:
    from lib.simkl.answers import Watch
    from lib.storage.outbox import OutboxEntry

_SAME = timedelta(minutes=2)
"""Two watches at Simkl and here that are no further apart are one."""
_REWATCH_AFTER = timedelta(hours=48)
"""Simkl takes two watches of one title only that far apart (docs/simkl-api.md, "Writes")."""


class Verdict(enum.Enum):
    DONE = "Simkl has it as it is to be"
    TELL = "Simkl lacks it"
    TELL_BY_TVDB = "Simkl lacks it, and has the episode under the numbers of TVDB alone"
    TELL_AGAIN = "Simkl has an older watch, and the person wants to tell it each"
    ASK_SINGLY = "it has no such episode in its list, and may know it by its number all the same"
    UNPLACED = "it cannot place the episode, or only a part of the film"
    NOT_FOUND = "it does not know the title"
    REFUSED = "it does not take the question"
    UNKNOWN = "its answer is none of its contract"


def single_ask(entry: OutboxEntry) -> Ask:
    """The question about an entry's episode alone."""
    return Ask(entry.title, PLAIN, (entry.season, entry.episode))


def verdict_of(entry: OutboxEntry, said: Mapping[Ask, Said], *, rewatches: bool) -> Verdict:
    """said: what Simkl answered about the title, and about single episodes, as far as was asked.

    rewatches: whether the person wants each watch told.
    """
    about = said[ask_about(entry.title)]
    if about.is_refused or about.is_unclear:
        return Verdict.REFUSED if about.is_refused else Verdict.UNKNOWN
    if about.answer is None or (not entry.title.ids and about.answer.simkl is None):
        return Verdict.NOT_FOUND
    if isinstance(about.answer, Film):
        if about.answer.is_in_parts or entry.episode >= 0:
            return Verdict.UNPLACED
        return _by(entry, about.answer.watch, Verdict.TELL, rewatches=rewatches)
    if min(entry.season, entry.episode) < 0:
        return Verdict.UNPLACED
    return _of_episode(entry, about.answer, said.get(single_ask(entry)), rewatches=rewatches)


def _of_episode(
    entry: OutboxEntry, series: Series, single: Said | None, *, rewatches: bool
) -> Verdict:
    place = (entry.season, entry.episode)
    if series.episodes is not None and place in series.episodes:
        return _by(entry, series.episodes[place], Verdict.TELL, rewatches=rewatches)
    if single is None:
        return Verdict.ASK_SINGLY
    answer = single.answer
    if not isinstance(answer, Series) or place not in (answer.episodes or {}):
        return Verdict.UNPLACED
    watch = (answer.episodes or {})[place]
    if watch is None and not single.is_placed:
        return Verdict.UNPLACED  # an episode that it does not know would look the same
    return _by(entry, watch, Verdict.TELL_BY_TVDB, rewatches=rewatches)


def _by(entry: OutboxEntry, watch: Watch | None, tell: Verdict, *, rewatches: bool) -> Verdict:
    if entry.what == UNWATCHED and watch is not None and tell is Verdict.TELL_BY_TVDB:
        return Verdict.UNPLACED  # nobody says whether Simkl translates what is taken away
    if entry.what == UNWATCHED:
        # What was watched elsewhere since is no watch that the person took away.
        is_newer = watch is not None and watch.at is not None and watch.at > entry.at + _SAME
        return Verdict.DONE if watch is None or is_newer else tell
    if watch is None:
        return tell
    if not rewatches or watch.at is None or entry.at - watch.at < _REWATCH_AFTER:
        return Verdict.DONE
    return Verdict.TELL_AGAIN if tell is Verdict.TELL else Verdict.DONE
