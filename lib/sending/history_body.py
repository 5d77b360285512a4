"""The body of one write to Simkl, and which watch of it an answer speaks of.

Each film and each episode is named with its moment, and nothing else: a series without its episodes
would count as watched whole (docs/simkl-api.md, "Writes"). Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, List, Mapping, Sequence

from lib.simkl.write_answers import Outcome, SentEpisode, WriteAnswer
from lib.storage.outbox import UNWATCHED, OutboxEntry
from lib.titles.title import MOVIE, Title

MOST_WATCHES = 50
"""Of one write."""

Seasons = Dict[int, List[Dict[str, Any]]]


@dataclass(frozen=True)
class Telling:
    """A watch that goes into a body.

    simkl: Simkl's own id of its title, None where it was not said. by_tvdb: its season and number
    are TVDB's, which Simkl is to translate.
    """

    entry: OutboxEntry
    simkl: int | None = None
    by_tvdb: bool = False


class HistoryBody:
    def __init__(self, tellings: Sequence[Telling], now: datetime) -> None:
        """now: aware UTC: no watch is dated later."""
        self.entries = [each.entry for each in tellings]
        self._now = now
        self._movies: list[dict[str, Any]] = []
        self._shows: list[tuple[dict[str, Any], Seasons]] = []
        self._show_of: dict[tuple[Title, bool], int] = {}
        self._place_of: dict[int, int | SentEpisode] = {}
        for each in tellings:
            self._place_of[each.entry.number] = self._put(each)

    def body(self) -> dict[str, Any]:
        shows = [
            {
                **item,
                "seasons": [{"number": n, "episodes": some} for n, some in sorted(seasons.items())],
            }
            for item, seasons in self._shows
        ]
        both = {"movies": self._movies, "shows": shows}
        return {kind: items for kind, items in both.items() if items}

    def outcome_of(self, entry: OutboxEntry, answer: WriteAnswer) -> Outcome:
        """What an answer to this body says of one of its watches."""
        place = self._place_of[entry.number]
        if isinstance(place, SentEpisode):
            return answer.episodes.get(place, Outcome.UNCLEAR)
        return answer.movies[place] if place < len(answer.movies) else Outcome.UNCLEAR

    def _put(self, telling: Telling) -> int | SentEpisode:
        entry = telling.entry
        moment = {} if entry.what == UNWATCHED else {"watched_at": self._stamp(entry.at)}
        if entry.title.kind == MOVIE:
            self._movies.append({**_named(entry.title, telling.simkl), **moment})
            return len(self._movies) - 1
        key = (entry.title, telling.by_tvdb)
        if key not in self._show_of:
            item = _named(entry.title, telling.simkl)
            if telling.by_tvdb:
                item["use_tvdb_anime_seasons"] = True
            self._show_of[key] = len(self._shows)
            self._shows.append((item, {}))
        show = self._show_of[key]
        episodes = self._shows[show][1].setdefault(entry.season, [])
        episodes.append({"number": entry.episode, **moment})
        return SentEpisode(show, entry.season, entry.episode)

    def _stamp(self, at: datetime) -> str:
        return min(at, self._now).strftime("%Y-%m-%dT%H:%M:%SZ")


def chosen(entries: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """The oldest of these that go into one body, all of one series together.

    Of one film or episode only the oldest: what was done to it first is to be told first.
    """
    by_title: dict[Title, list[OutboxEntry]] = {}
    for entry in entries:
        of_title = by_title.setdefault(entry.title, [])
        if not any(map(entry.is_same_video, _before(by_title, entry))):
            of_title.append(entry)
    taken: list[OutboxEntry] = []
    for some in by_title.values():
        if taken and len(taken) + len(some) > MOST_WATCHES:
            continue
        taken += some[:MOST_WATCHES]
    return taken


def once(tellings: Sequence[Telling]) -> list[Telling]:
    """The oldest alone of one film or episode that came under ids with nothing in common.

    Simkl's own id of the title says that they are one.
    """
    oldest: dict[tuple[int, int, int], OutboxEntry] = {}
    for each in sorted(tellings, key=lambda telling: telling.entry.at):
        if each.simkl is not None:
            oldest.setdefault((each.simkl, each.entry.season, each.entry.episode), each.entry)
    kept = set(map(id, oldest.values()))
    return [each for each in tellings if each.simkl is None or id(each.entry) in kept]


def _before(by_title: Mapping[Title, list[OutboxEntry]], entry: OutboxEntry) -> list[OutboxEntry]:
    same = [some for title, some in by_title.items() if title.names & entry.title.names]
    return [each for some in same for each in some]


def _named(title: Title, simkl: int | None) -> dict[str, Any]:
    """The title as Simkl is told it: by all its ids; by Simkl's own where it has only a name."""
    if title.ids:
        return {"ids": title.item()["ids"]}
    return {"ids": {"simkl": simkl}} if simkl is not None else {}
