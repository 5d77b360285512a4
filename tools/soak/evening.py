"""Plays real videos and marks some, as a person does of an evening, and knows what counts of it."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Callable, Iterator, NamedTuple, Sequence

from tests.kodi.harness.living_room import FILMS, SERIES

from .watches import Watch, utc_now

if TYPE_CHECKING:
    from .world import Thing, World

_COUNTS_FROM = 80.0  # percent
_BEFORE, _BEYOND = (3, 20, 50, 70, 77), (83, 88, 93, 97)
_AT_ONCE = 0.1  # of the plays that end, those after which Kodi is killed
_SEEN = 1.0  # seconds for the add-on to see what plays, and where


class _Play(NamedTuple):
    """What plays, since when."""

    thing: Thing
    began: datetime


class Evening:
    """watches: what was watched so far, with its moment."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self.watches: list[Watch] = []
        self.touched: set[Thing] = set()
        """What was played or marked."""
        self.may_restart = True
        """Whether Kodi may be ended."""
        self._world = world
        self._kodi = world.room.kodi
        self._dice = dice
        self._play: _Play | None = None
        self._items: dict[str, dict[str, Any]] = {}
        self._ids: dict[str, int] = {}  # of the series, by their titles
        self.deeds: dict[Callable[[], object], int] = {
            self._play_something: 20, self._end_the_play: 12, self._mark: 8, self._mark_a_season: 1,
            self._restart: 2, self._kill: 4,
        }  # fmt: skip

    # -- plays --

    def end(self) -> None:
        """Nothing plays any more."""
        self._leave(self._kodi.stop_playing)

    def was_cut(self) -> None:
        """Kodi fell over: what played is not known to count, so it is taken for neither."""
        if self._play is not None:
            self._world.leave_out(self._play.thing)
        self._play = None

    def _play_something(self) -> None:
        """Also over what plays already. It goes on while other things are done."""
        thing = self._dice.choice(self._world.playable)
        if thing.file.startswith("plugin:"):  # its list is to be seen first
            self.end()
        if not self._leave(lambda: self._open(thing)):
            self._open(thing)
        self._play = _Play(thing, utc_now())
        self.touched.add(thing)
        for _ in range(self._dice.randrange(3)):
            time.sleep(_SEEN)
            self._kodi.seek(self._dice.choice((*_BEFORE, *_BEYOND)))

    def _end_the_play(self) -> None:
        ways = (self._kodi.stop_playing, self._kodi.ends_by_itself, self._pause_and_stop)
        was_left = self._leave(self._dice.choice(ways))
        if was_left and self._dice.random() < _AT_ONCE:
            self._kill()  # while it is being told

    def _open(self, thing: Thing) -> None:
        if not thing.file.startswith("plugin:"):
            self._kodi.play(**self._item(thing))
            return
        self._kodi.open(self._world.list_of(thing))
        time.sleep(_SEEN)
        self._focus("FileNameAndPath", thing.file)
        self._kodi.begins(lambda: self._kodi.builtin("Action(Select)"))

    def _leave(self, do: Callable[[], object]) -> bool:
        """End what plays at some place, by which it counts; whether anything did play."""
        play, self._play = self._play, None
        if play is None:
            return False
        time.sleep(_SEEN)
        if not self._kodi.rpc("Player.GetActivePlayers"):  # it has come to its end meanwhile
            self._count(play, play.began)
            return False
        place = self._dice.choice((*_BEFORE, *_BEYOND))
        self._kodi.seek(place)
        time.sleep(_SEEN)
        # Of what is killed the moment is noted at times only, from where on it counts.
        began = play.began if do == self._kodi.kill else utc_now()
        do()
        if place >= _COUNTS_FROM or do == self._kodi.ends_by_itself:
            self._count(play, began)
        return True

    def _count(self, play: _Play, began: datetime) -> None:
        self.watches.append(Watch(play.thing, began, utc_now()))

    def _pause_and_stop(self) -> None:
        self._kodi.pause()
        time.sleep(_SEEN)
        self._kodi.stop_playing()

    def _item(self, thing: Thing) -> dict[str, Any]:
        """As `Player.Open` wants it."""
        if not self._items:
            films, episodes = self._kodi.films(), self._kodi.episodes()
            self._items = {
                **{row["file"]: {"movieid": row["movieid"]} for row in films},
                **{row["file"]: {"episodeid": row["episodeid"]} for row in episodes},
            }
        return self._items.get(thing.file, {"file": thing.file})

    def foreign_marks(self) -> list[str]:
        """Those that other add-ons heard of videos that were neither played nor marked here."""
        own = [self._item(thing) for thing in self.touched if "file" not in self._item(thing)]
        ids = {(kind, dbid) for item in own for kind, dbid in item.items()}
        heard = [mark["item"] for mark in self._kodi.marks_heard() if "item" in mark]
        marks = [(f"{item['type']}id", item["id"]) for item in heard]
        kinds = ("movieid", "episodeid")  # others are of what was marked with a season
        return [str(mark) for mark in marks if mark[0] in kinds and mark not in ids]

    # -- ends of Kodi --

    def _restart(self) -> None:
        if self.may_restart:
            if not self._leave(self._kodi.quit):
                self._kodi.quit()
            self._kodi.start()

    def _kill(self) -> None:
        if self.may_restart:
            if not self._leave(self._kodi.kill):
                self._kodi.kill()
            self._kodi.start()

    # -- marks --

    def _mark(self) -> None:
        """A film or an episode of the library that nobody has watched."""
        fresh = self._fresh(self._world.things)
        if not fresh:
            return
        thing = self._dice.choice(fresh)
        row = self._item(thing)
        self._kodi.open(FILMS if "movieid" in row else self._season_of(thing))
        with self._marking([thing]):
            self._focus("DBID", str(next(iter(row.values()))))
            self._kodi.builtin("Action(ToggleWatched)")

    def _mark_a_season(self) -> None:
        """Of which nobody has watched anything."""
        fresh = self._fresh(self._world.things)
        seasons: dict[str, list[Thing]] = {}
        for thing in self._world.things:
            if thing.episode and "episodeid" in self._item(thing):
                seasons.setdefault(self._season_of(thing), []).append(thing)
        whole = [path for path, some in seasons.items() if set(some) <= set(fresh)]
        if whole:
            path = self._dice.choice(whole)
            number = path.rstrip("/").rpartition("/")[2]
            self._kodi.open(path.rstrip("/").rpartition("/")[0] + "/")
            with self._marking(seasons[path]):
                self._focus("Season", number)
                self._kodi.builtin("Action(ToggleWatched)")

    def _focus(self, label: str, value: str) -> None:
        """Put the focus on a row, by what a label of it reads. The list may be read anew just then,
        for its ticks.
        """

        def has_focus() -> bool:
            values = [row[label] for row in self._kodi.rows(label)]
            if value in values:
                self._kodi.focus(values.index(value))
            return self._kodi.label(f"ListItem.{label}") == value

        self._kodi.wait_for(has_focus, what=f"the row with {value}", every=0.3)

    @contextmanager
    def _marking(self, things: Sequence[Thing]) -> Iterator[None]:
        """What is done here has Kodi tick these."""
        began = utc_now()
        yield
        files = {thing.file for thing in things}
        self._kodi.wait_for(lambda: files <= set(self._world.playcounts()), what="the marks")
        time.sleep(_SEEN)
        self.touched |= set(things)
        self.watches += [Watch(thing, began, utc_now()) for thing in things]

    def _fresh(self, things: Sequence[Thing]) -> list[Thing]:
        """Those of the library that are watched nowhere."""
        seen = {watch.thing for watch in self.watches} | self._world.elsewhere
        seen |= {self._play.thing} if self._play else set()
        ids = [each for each in things if "file" not in self._item(each)]
        return [thing for thing in ids if thing not in seen]

    def _season_of(self, thing: Thing) -> str:
        """The path of the list of its season."""
        if not self._ids:
            self._ids = {row["title"]: row["tvshowid"] for row in self._kodi.series()}
        season = thing.episode[0] if thing.episode else 0
        return f"{SERIES}{self._ids[thing.title.title]}/{season}/"
