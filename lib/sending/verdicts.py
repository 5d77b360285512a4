"""Whether Simkl is to be told of a watch, by what it has. Knows neither of the two doors."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import TYPE_CHECKING, Mapping

from lib.sending.questions import Said, ask_about
from lib.simkl.answers import Film, Series
from lib.simkl.asks import PLAIN, Ask
from lib.storage.outbox import UNWATCHED
from lib.titles.title import SHOW, Title

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
    ASK_COUR = "it is of one cour of an anime, whose list is to say whether it has that number"
    UNPLACED = "it cannot place the episode, or only a part of the film"
    NOT_FOUND = "it does not know the title"
    REFUSED = "it does not take the question"
    UNKNOWN = "its answer is none of its contract"


def single_ask(entry: OutboxEntry) -> Ask:
    """The question about an entry's episode alone."""
    return Ask(entry.title, PLAIN, (entry.season, entry.episode))


def cour_ask(said: Said) -> Ask:
    """The question about the cour that a single episode is of."""
    return ask_about(Title(SHOW, (("simkl", str(said.simkl)),)))


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
        is_in_doubt = about.answer.is_in_parts or entry.episode >= 0
        by_film = _by(entry, about.answer.watch, Verdict.TELL, rewatches=rewatches)
        return Verdict.UNPLACED if is_in_doubt else by_film
    place, episodes = (entry.season, entry.episode), about.answer.episodes
    if episodes is not None and place in episodes:
        return _by(entry, episodes[place], Verdict.TELL, rewatches=rewatches)
    return _by_single(entry, about.answer, said, rewatches=rewatches)


def _by_single(
    entry: OutboxEntry, series: Series, said: Mapping[Ask, Said], *, rewatches: bool
) -> Verdict:
    """Of an episode that is not in the list of its series."""
    single = said.get(single_ask(entry))
    if single is None:
        return Verdict.ASK_SINGLY
    place = (entry.season, entry.episode)
    episodes = single.answer.episodes if isinstance(single.answer, Series) else None
    if not episodes or place not in episodes:
        return Verdict.UNPLACED
    # Of what it does not know and of what is not watched Simkl may say the same.
    if episodes[place] is None and not single.is_placed:
        if single.simkl in (None, series.simkl):
            return Verdict.UNPLACED
        cour = said.get(cour_ask(single))
        if cour is None:
            return Verdict.ASK_COUR
        listed = cour.answer.episodes if isinstance(cour.answer, Series) else None
        if (1, entry.episode) not in (listed or {}):
            return Verdict.UNPLACED
    return _by(entry, episodes[place], Verdict.TELL_BY_TVDB, rewatches=rewatches)


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
