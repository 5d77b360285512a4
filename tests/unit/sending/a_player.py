"""A Kodi that plays, in memory: it answers what is asked of its player and of its library, and
announces as Kodi 20.1 does (docs/kodi.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Mapping, Sequence

from lib.sending.exclusions import Exclusions
from lib.sending.home_ids import HomeIds
from lib.sending.other_scrobblers import OtherScrobblers
from lib.sending.player import Player
from lib.sending.plays import PlayDependencies, Plays
from lib.sending.scrobble_session import ScrobbleSession, Tell
from lib.sending.send_settings import SendSettings
from lib.sending.watching_now import WatchingNow
from lib.sending.what_plays import Identifying
from lib.simkl.errors import Unreachable
from lib.simkl.worker import Pending
from lib.storage.ignored_titles import IgnoredTitles
from lib.storage.outbox import OutboxEntry
from lib.storage.store import Store
from lib.ticks.library import Library
from lib.ticks.tick_settings import TickSettings
from lib.titles.identify import Identity, identities
from lib.titles.rows import NonLibraryRow
from tests.unit.memory import memory

HEAT = "/films/Heat.mkv"
DARK = "/series/Dark S01E0{}.mkv"
LENGTH = 1200.0  # seconds

Call = tuple[str, Mapping[str, Any]]


def film(movieid: int = 1, path: str = HEAT, **more: Any) -> dict[str, Any]:
    """The film as `Player.GetItem` tells it."""
    return {
        "id": movieid,
        "type": "movie",
        "title": "Heat",
        "label": "Heat",
        "year": 1995,
        "file": path,
        "mediapath": path,
        "uniqueid": {"tmdb": "949"},
        "showtitle": "",
        "season": -1,
        "episode": -1,
        "customproperties": {"IsPlayable": True},
        **more,
    }


def episode(number: int, path: str = "", **more: Any) -> dict[str, Any]:
    path = path or DARK.format(number)
    return {
        "id": 10 + number,
        "type": "episode",
        "title": f"Part {number}",
        "label": "Part",
        "showtitle": "Dark",
        "season": 1,
        "episode": number,
        "year": 1970,
        "file": path,
        "mediapath": path,
        "uniqueid": {"tvdb": "9999"},
        **more,
    }


def row(query: str, **more: Any) -> dict[str, Any]:
    """A row of another add-on, which was resolved to a file."""
    said = {"type": "unknown", "label": "A row", "title": "", "file": "/resolved.mkv"}
    return {**said, "mediapath": f"plugin://plugin.video.some/play/?{query}", **more}


def file(path: str) -> dict[str, Any]:
    return {"type": "unknown", "label": path, "title": "", "file": path, "mediapath": path}


def announced(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as announcements name it."""
    if item.get("id"):
        return {"id": item["id"], "type": item["type"]}
    kind = item["type"] if item["type"] != "unknown" else "movie"
    return {"title": item["label"], "type": kind}


@dataclass
class PlayingKodi:
    """item: what plays, as `Player.GetItem` tells it. at, length: seconds. said: what Simkl was
    told of what is being watched. tell: tells it in another way. lost: what never reaches it. late:
    answers that have not come yet, where `answers_late`.
    """

    store: Store = field(default_factory=memory)
    settings: SendSettings = field(default_factory=lambda: SendSettings(is_on=True))
    tick_settings: TickSettings = field(default_factory=TickSettings)
    account: str = "ann"
    item: dict[str, Any] | None = None
    player: int = 1
    at: float = 0.0
    length: float = LENGTH
    speed: int = 1
    active: list[str] = field(default_factory=lambda: ["video"])
    listed: dict[str, Identity] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    addon_settings: dict[str, dict[str, str]] = field(default_factory=dict)
    clock: float = 1000.0
    kept: list[OutboxEntry] = field(default_factory=list)
    said: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    shares_a_file: tuple[int, ...] = ()
    tell: Tell | None = None
    lost: set[str] = field(default_factory=set)
    answers_late: bool = False
    late: list[Pending[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """A start of the add-on."""
        self.library = Library(self.batch, lambda _: True)
        self.home_ids = HomeIds(lambda name: self.home.get(name, ""))
        self.identifying = Identifying(self.library, self._listed, self.home_ids)
        self.ignored = IgnoredTitles(self.store)
        others = OtherScrobblers(self._setting_of)
        self.exclusions = Exclusions(
            lambda: self.settings, lambda: self.tick_settings, self.ignored, others
        )
        session = ScrobbleSession(
            self.store.watching,
            self.tell or self._told,
            lambda: self.account,
            lambda: self.clock,
            self.moment,
        )
        self.now = WatchingNow(session, lambda: self.clock)
        deps = PlayDependencies(
            Player(self.batch),
            self.identifying,
            self.exclusions,
            self.home_ids,
            self.now,
            self.store.playing,
            self._add,
            lambda: self.account,
            lambda: self.settings,
        )
        self.plays = Plays(deps, lambda: self.clock, self.moment)

    def _add(self, entries: Sequence[OutboxEntry]) -> None:
        self.kept.extend(entries)
        self.store.outbox.add(entries)

    def _told(self, action: str, body: Mapping[str, Any]) -> Pending[Any]:
        is_lost = action in self.lost

        def answer() -> None:
            if is_lost:
                raise Unreachable("gone")

        self.said.append((action, body))
        pending = Pending(answer)
        if self.answers_late:
            self.late.append(pending)
        else:
            pending.run()
        return pending

    def answer(self) -> None:
        """Simkl answers what it has not answered yet."""
        while self.late:
            self.late.pop(0).run()

    def moment(self) -> datetime:
        start = datetime(2026, 11, 27, 20, 0, 0, tzinfo=timezone.utc)
        return start + timedelta(seconds=self.clock - 1000)

    # -- what a person does --

    def play(self, item: dict[str, Any], *, at: float = 0.0, length: float = LENGTH) -> None:
        """Play a video and look at it. at, length: seconds."""
        self.put_in(item, at=at, length=length)
        self.announce("Player.OnPlay", self.player)
        self.announce("Player.OnAVStart", self.player)
        self.wait(1.5)

    def put_in(self, item: dict[str, Any], *, at: float = 0.0, length: float = LENGTH) -> None:
        """Nothing is announced yet."""
        self.item, self.at, self.length = item, at, length

    def goes_to(self, percent: float, seconds: float = 3.0) -> None:
        """Seek, and watch on for some seconds."""
        self.seek(percent)
        self.at = percent / 100 * self.length
        self.wait(seconds)

    def seek(self, percent: float) -> None:
        """Kodi says the old place for a while."""
        at = int(percent / 100 * self.length)
        time = {"hours": 0, "minutes": at // 60, "seconds": at % 60, "milliseconds": 0}
        self.announce("Player.OnSeek", self.player, time=time)

    def counts(self, playcount: int | None = 1) -> None:
        """Kodi announces the tick just before the end."""
        assert self.item is not None
        data: dict[str, Any] = {"item": announced(self.item)}
        if playcount is not None:
            data["playcount"] = playcount
        self.plays.heard("VideoLibrary.OnUpdate", data)
        self.plays.heard("VideoLibrary.OnUpdate", announced(self.item))

    def stop(self, *, ends: bool = False) -> None:
        assert self.item is not None
        said, self.item = announced(self.item), None
        self.plays.heard("Player.OnStop", {"end": ends, "item": said})
        self.wait(0.0)

    def wait(self, seconds: float, step: float = 0.5) -> None:
        """The add-on has its turns meanwhile."""
        end = self.clock + seconds
        while True:
            self.plays.turn()
            if self.clock >= end:
                return
            self.clock = min(self.clock + step, end)

    def announce(self, method: str, player: int, **more: Any) -> None:
        assert self.item is not None
        data = {"item": announced(self.item), "player": {"playerid": player, "speed": 1, **more}}
        self.plays.heard(method, data)

    @property
    def watches(self) -> list[tuple[str, str]]:
        """What is to be told: by its words, and when it was watched."""
        return [(entry.label, f"{entry.at:%H:%M:%S}") for entry in self.kept]

    @property
    def labels(self) -> list[str]:
        return [entry.label for entry in self.kept]

    # -- what the add-on reads --

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        return [self._answer(*call) for call in calls]

    def _answer(self, method: str, params: Mapping[str, Any]) -> Any:
        if method == "Player.GetActivePlayers":
            ids = {"video": self.player, "picture": 2}
            playing = self.active if self.item is not None else []
            return [{"playerid": ids[each], "type": each} for each in playing]
        if method.startswith("Player."):
            if self.item is None or params["playerid"] != self.player:
                return RuntimeError("error -32100")
            return {"item": self.item} if method == "Player.GetItem" else self._properties()
        return self._of_library(method, params)

    def _properties(self) -> dict[str, Any]:
        return {"time": _time(self.at), "totaltime": _time(self.length), "speed": self.speed}

    def _of_library(self, method: str, params: Mapping[str, Any]) -> Any:
        if method == "VideoLibrary.GetMovieDetails" and params["movieid"] == 1:
            title = {"title": "Heat", "year": 1995, "uniqueid": {"tmdb": "949"}}
            return {"moviedetails": {"movieid": 1, "file": HEAT, "playcount": 0, **title}}
        if method == "VideoLibrary.GetTVShowDetails" and params["tvshowid"] == 5:
            title = {"title": "Dark", "year": 2017, "uniqueid": {"tvdb": "334824"}}
            return {"tvshowdetails": {"tvshowid": 5, "file": "/series/", **title}}
        if method == "VideoLibrary.GetEpisodeDetails" and 11 <= params["episodeid"] <= 14:
            return {"episodedetails": self._episode(params["episodeid"] - 10)}
        if method == "VideoLibrary.GetEpisodes" and params["tvshowid"] == 5:
            return {"episodes": [self._episode(number) for number in range(1, 5)]}
        return RuntimeError("error -32602")

    def _episode(self, number: int) -> dict[str, Any]:
        held = self.shares_a_file[0] if number in self.shares_a_file else number
        place = {"tvshowid": 5, "season": 1, "episode": number, "showtitle": "Dark"}
        return {"episodeid": 10 + number, "file": DARK.format(held), "playcount": 0, **place}

    def _listed(self, row: NonLibraryRow) -> Identity | None:
        return self.listed.get(row.path) or identities([row], "")[0]

    def _setting_of(self, addon: str, key: str) -> str | None:
        settings = self.addon_settings.get(addon)
        return None if settings is None else settings.get(key, "")


def _time(seconds: float) -> dict[str, int]:
    whole = int(seconds)
    thousandths = round((seconds - whole) * 1000)
    minutes, rest = divmod(whole, 60)
    return {"hours": 0, "minutes": minutes, "seconds": rest, "milliseconds": thousandths}
