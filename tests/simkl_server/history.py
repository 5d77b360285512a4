"""POST /sync/history and POST /sync/history/remove: what a body comes to, harm included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .answers import Answer
from .history_items import Reader, Sent, SentEpisode
from .record import Told

if TYPE_CHECKING:
    from .catalogue import Asked, Episode, Title
    from .people import Person
    from .site import Call, Site


@dataclass(frozen=True)
class Placed:
    """An episode of a title that Simkl has, in its own numbers. sent: as it came."""

    title: Title
    episode: Episode
    at: str
    sent: SentEpisode


def read_added(call: Call) -> list[Sent]:
    plan_keeps_them = call.person.plan in ("pro", "vip")
    for name, value in call.request.query.items():
        if name in ("allow_rewatch", "skip_auto_watching") and value != "yes":
            call.complain(f"{name}={value}")
    if "allow_rewatch" in call.request.query and not plan_keeps_them:
        call.complain("allow_rewatch, which this person's plan has not")
    return Reader(call.complain, call.now).read(call.request.body)


def read_removed(call: Call) -> list[Sent]:
    return Reader(call.complain, call.now, removes=True).read(call.request.body)


def add(site: Site, call: Call) -> Answer:
    """The contract of docs/simkl-api.md, "Writes"."""
    adding = _Adding(site, call)
    for sent in call.sent:
        adding.add(sent)
    return Answer(201, {"added": adding.added, "not_found": adding.not_found})


def remove(site: Site, call: Call) -> Answer:
    removing = _Removing(site, call)
    for sent in call.sent:
        removing.remove(sent)
    return Answer(201, {"deleted": removing.deleted, "not_found": removing.not_found})


class _Placing:
    """What both have: which title an item is, and where its episodes are."""

    def __init__(self, site: Site, call: Call) -> None:
        self._catalogue = site.catalogue
        self._person: Person = call.person
        self._complain = call.complain
        self._not_asked: set[Title] = set()
        self.not_found: dict[str, list[Any]] = {"movies": [], "shows": []}

    def _title(self, sent: Sent, season: int | None = None) -> Title | None:
        asked = sent.asked
        if sent.by_tvdb_seasons and season is not None:
            asked = replace(asked, episode=(season, 1))
        found = self._catalogue.resolve(asked)
        if found is None and asked.title and not self._catalogue.knows_any(asked):
            found = self._catalogue.resolve(replace(asked, ids=()))
        return found

    def _check_asked(self, title: Title) -> None:
        if title not in self._person.asked | self._not_asked:
            self._not_asked.add(title)
            self._complain(f"wrote about {title.title} without having asked about it")

    def _placed(self, sent: Sent, asked: Asked, each: SentEpisode) -> list[Placed]:
        """The episode, or those of the season; none where the title has no such number."""
        title = self._title(sent, each.season)
        if title is None:
            return []
        self._check_asked(title)
        season = each.season
        if sent.by_tvdb_seasons:
            season = self._catalogue.season_of(title, replace(asked, episode=(season, 1)))
        every = title.episodes(season)
        if each.number is None:
            meant = [episode for episode in every if episode not in title.unaired]
        else:
            meant = [episode for episode in every if episode[1] == each.number]
        return [Placed(title, episode, each.at, each) for episode in meant]


class _Adding(_Placing):
    def __init__(self, site: Site, call: Call) -> None:
        super().__init__(site, call)
        self._rewatches = call.request.query.get("allow_rewatch") == "yes"
        self._seen: set[tuple[Title, Episode | None]] = set()
        self.not_found["episodes"] = []
        self.added: dict[str, Any] = {"movies": 0, "shows": 0, "episodes": 0, "statuses": []}

    def add(self, sent: Sent) -> None:
        title = self._title(sent)
        if title is None:
            # An anime stands among the series.
            self.not_found["movies" if sent.is_film else "shows"].append(sent.item)
        elif sent.is_film:
            self._check_asked(title)
            self.added["movies"] += self._record(title, None, sent.at)
            self._answer(sent, title)
        else:
            self._add_series(sent, title)
            self._answer(sent, title)

    def _add_series(self, sent: Sent, title: Title) -> None:
        if sent.episodes is None:
            self._check_asked(title)
            self.added["episodes"] += self._mark_whole(title, sent.at)
            self.added["shows"] += 1
            return
        placed = {each: self._placed(sent, sent.asked, each) for each in sent.episodes}
        unknown = [each for each, found in placed.items() if not found]
        recorded = [
            self._record(each.title, each.episode, each.at)
            for found in placed.values()
            for each in found
        ]
        self.added["episodes"] += sum(recorded)
        self.added["shows"] += int(any(recorded))
        if unknown:
            self._complain(f"{title.title} has no such episode: {_named(unknown)}")
            self.not_found["episodes"].append({**sent.item, "seasons": _seasons(unknown)})
        if len(unknown) == len(placed):
            # Seen at Simkl: the whole series counts as watched then, and only the series is
            # counted.
            self._mark_whole(title, unknown[0].at)
            self.added["shows"] += 1

    def _mark_whole(self, title: Title, at: str) -> int:
        return sum(self._record(title, episode, at) for episode in title.aired())

    def _record(self, title: Title, episode: Episode | None, at: str) -> bool:
        """Whether it is new; what is watched already keeps its first date."""
        told = Told(title, episode, at)
        if (title, episode) in self._seen:
            self._complain(f"{title.title} {episode or ''} twice in one body")
        self._seen.add((title, episode))
        if self._person.take_in(title, episode, at):
            self._person.record.watches.append(told)
            return True
        if self._rewatches:
            return self._person.take_in_rewatch(told)
        if any(
            (each.title, each.episode) == (title, episode) for each in self._person.record.watches
        ):
            self._complain(f"told {title.title} {episode or ''} again, which Simkl has")
        return False

    def _answer(self, sent: Sent, title: Title) -> None:
        entry = self._person.entry(title)
        anime = {"anime_type": "tv"} if title.kind == "anime" else {}
        response = {"status": entry.list if entry else None, "simkl_type": title.kind, **anime}
        self.added["statuses"].append({"request": sent.item, "response": response})


class _Removing(_Placing):
    def __init__(self, site: Site, call: Call) -> None:
        super().__init__(site, call)
        self.deleted = {"movies": 0, "shows": 0, "episodes": 0}

    def remove(self, sent: Sent) -> None:
        title = self._title(sent)
        if title is None:
            self.not_found["movies" if sent.is_film else "shows"].append(sent.item)
        elif sent.episodes is None:
            self._check_asked(title)
            self.deleted["movies" if sent.is_film else "shows"] += self._remove_whole(title)
        else:
            self._remove_episodes(sent, title, sent.episodes)

    def _remove_whole(self, title: Title) -> bool:
        entry = self._person.entry(title)
        if entry is None:
            return False
        self._person.record.removed += [Told(title, *each) for each in entry.watched.items()]
        self._person.remove(title)
        return True

    def _remove_episodes(self, sent: Sent, title: Title, named: tuple[SentEpisode, ...]) -> None:
        for each in named:
            placed = self._placed(sent, sent.asked, each)
            if not placed:
                self._complain(f"{title.title} has no such episode: {_named([each])}")
                self.deleted["episodes"] += 1  # Simkl has no word for it
            for found in placed:
                self.deleted["episodes"] += self._remove_episode(found)
        self.deleted["shows"] += 1

    def _remove_episode(self, placed: Placed) -> bool:
        entry = self._person.entry(placed.title)
        if entry is None or placed.episode not in entry.watched:
            return False
        at = entry.watched[placed.episode]
        season, number = placed.episode
        self._person.unwatch(placed.title, season=season, episode=number)
        self._person.record.removed.append(Told(placed.title, placed.episode, at))
        return True


def _seasons(episodes: list[SentEpisode]) -> list[dict[str, Any]]:
    numbers = sorted({each.season for each in episodes})
    return [
        {
            "number": number,
            "episodes": [
                {"number": each.number, "watched_at": each.at}
                for each in episodes
                if each.season == number
            ],
        }
        for number in numbers
    ]


def _named(episodes: list[SentEpisode]) -> str:
    return ", ".join(f"{each.season}x{each.number}" for each in episodes)
