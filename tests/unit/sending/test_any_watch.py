"""Somebody plays, marks and browses, while Simkl fails, people sign in and out, and Kodi restarts
or is killed, in any order: in the end Simkl holds each watch once, with its date, nothing that was
not watched, and lacks nothing that nobody wanted taken away; and Kodi shows the same.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any, Iterable, Mapping, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from lib.account.grant import Grant
from lib.lists.activity_checks import ActivityChecks
from lib.sending.choice import Choice
from lib.sending.clock_check import ClockCheck
from lib.sending.keeper import Keeper
from lib.sending.mark_reader import MarkReader
from lib.sending.marks import Marks
from lib.sending.send_settings import SendSettings
from lib.sending.sender import Sender
from lib.sending.sending import Parts, Sending
from lib.simkl.server_clock import ServerClock
from lib.simkl.tokens import WRITE_SCOPE
from lib.storage.outbox import PLAY, WATCHED, OutboxEntry
from lib.ticks.tick_settings import TickSettings
from lib.ticks.user_changes import UserChanges
from lib.titles.datetimes import for_kodi
from lib.titles.title import MOVIE as FILM_TITLE
from lib.titles.title import SHOW
from lib.titles.title import Title as LibTitle
from tests.simkl_server import faults
from tests.simkl_server.catalogue import Title
from tests.simkl_server.clock import stamp
from tests.unit import kodi_in_memory
from tests.unit.kodi_in_memory import EPISODE, FILMS, MOVIE, SERIES, TVSHOW, XBMC, Entry
from tests.unit.life import MANY, PEOPLE, Life
from tests.unit.sending.send_setup import NoRowMarks

kodi_in_memory.install()

from lib.kodi.monitor import Event  # noqa: E402
from lib.lists.browsing import Browsing  # noqa: E402
from lib.lists.build import build_dependencies  # noqa: E402
from lib.ui.list_progress import ListProgress  # noqa: E402

FILM_COUNT, SERIES_COUNT, EPISODE_COUNT = 3, 2, 4
COUNT = FILM_COUNT + SERIES_COUNT * EPISODE_COUNT
SEASONS = tuple(f"{SERIES}{number}/1/" for number in range(1, SERIES_COUNT + 1))
LISTS = (FILMS, SERIES, *SEASONS, "")
PERSON, LIST = st.sampled_from(PEOPLE), st.sampled_from(LISTS)
VIDEO = st.integers(0, COUNT - 1)
KINDS = frozenset({MOVIE, TVSHOW, "season", EPISODE})
PLAYED, MARKED, UNMARKED, ELSEWHERE = "played", "marked", "unmarked", "elsewhere"
A_DAY = 25 * 3600.0
APART = 130.0  # seconds by which what is done elsewhere is another watch

OF_WRITES = {
    "lost": faults.silent_close,
    "stored and lost": faults.after_storing(faults.silent_close),
    "stored and 500": faults.after_storing(faults.status(500)),
    "counted nothing": faults.counted_nothing,
    "recorded nothing": faults.recorded_nothing,
    "locked": faults.status(423, error="rate_limit"),
    "refused": faults.status(400, error="wrong_parameter"),
    "already": faults.after_storing(faults.status(409, error="already_watched")),
}


class Done(NamedTuple):
    """What was done to a video. at: seconds since 1970."""

    what: str
    at: int


class Plays:
    """Stands for what follows plays: one that was left at 80 % or later counts."""

    def __init__(self, life: AnyWatch) -> None:
        self._life = life
        self.playing: Entry | None = None
        self._ended: tuple[Any, float] = (None, float("-inf"))

    def heard(self, method: str, data: Mapping[str, Any], _: float | None = None) -> None:
        if method == "Player.OnPlay":
            item = data["item"]
            self.playing = self._life.kodi.entries[item["type"], item["id"]]
        elif method == "Player.OnStop" and self.playing is not None:
            entry, self.playing = self.playing, None
            self._ended = ((entry.kind, entry.dbid), self._life.now())
            if data["percent"] >= 80:
                self._life.add(entry)

    def is_of_a_play(self, key: tuple[str, int]) -> bool:
        playing = self.playing
        if playing is not None and key == (playing.kind, playing.dbid):
            return True
        ended, at = self._ended
        return ended == key and self._life.now() - at < 5

    def turn(self) -> float:
        return float("inf")

    def leave(self) -> None:
        pass


class AnyWatch(Life):
    """done: what each person did to each video, in order. unmarked: files that anybody unmarked."""

    def __init__(self) -> None:
        self.kodi = XBMC.kodi = kodi_in_memory.KodiInMemory(lambda *_: None, lambda *_: None)
        self.done: dict[tuple[str, str], list[Done]] = {}
        self.unmarked: set[str] = set()
        self.settings = SendSettings(is_on=True)
        self.knows_account = True
        self.burst_answer: bool | None = None
        super().__init__()
        self.titles: dict[int, Title] = {}
        for dbid in range(1, FILM_COUNT + 1):
            tmdb = 100 + dbid
            self.titles[tmdb] = self.server.add_film(f"Film {tmdb}", 1990, tmdb=tmdb)
            self.kodi.add(Entry(MOVIE, dbid, f"Film {tmdb}", tmdb, f"/media/{tmdb}.mkv"))
        for series in range(1, SERIES_COUNT + 1):
            self._add_series(series)
        for person in self.people.values():
            person.may_be_written = True

    def _add_series(self, series: int) -> None:
        tmdb = 10 + series
        name = f"Series {tmdb}"
        self.titles[tmdb] = self.server.add_series(name, 1990, {1: EPISODE_COUNT}, tmdb=tmdb)
        self.kodi.add(Entry(TVSHOW, series, name, tmdb, f"/media/{tmdb}/"))
        for number in range(1, EPISODE_COUNT + 1):
            file, dbid = f"/media/{tmdb}/{number}.mkv", 10 * series + number
            place = (series, 1, number)
            self.kodi.add(Entry(EPISODE, dbid, f"Part {number}", tmdb, file, 0, "", *place))

    @initialize(who=PERSON, unmarks=st.booleans(), knows_account=st.booleans())
    def settle_in(self, who: str, unmarks: bool, knows_account: bool) -> None:
        self.settings = SendSettings(is_on=True, unmarks=unmarks)
        self.knows_account = knows_account
        self.sending.apply_settings(self.settings)
        self.sign_in(who)

    def begin(self) -> None:
        super().begin()
        now = self.server.clock.now
        self.door.clock = ServerClock(now)
        deps = build_dependencies(self.coordinator, self.store)
        deps.policy.user_changes = UserChanges(
            self.store, lambda: self.coordinator.person, now, self._utc
        )
        self.browsing = Browsing(self.coordinator, deps, ListProgress(deps))
        self.browsing._activity._checks = ActivityChecks(now)
        self.browsing.apply_settings(TickSettings(KINDS))
        outbox = self.store.outbox
        choice, self.keeper = Choice(self.coordinator), Keeper(outbox, lambda: None)
        self.plays = Plays(self)
        reader = MarkReader(deps.library, deps.journal, deps.may_ask, lambda: self.settings)
        marks = Marks(
            self.store.unread_marks,
            self.keeper,
            reader,
            self.plays.is_of_a_play,
            lambda _: self.burst_answer,
            now=now,
        )
        clock = ClockCheck(lambda: self.coordinator.client.seconds_ahead, now, self._utc)
        sender = Sender(self.coordinator, outbox, clock, lambda _: None, lambda _: None)
        no_rows: Any = NoRowMarks()
        parts = Parts(
            *(self.coordinator, outbox, marks, no_rows, self.plays, sender, clock, self),
            lambda: False,
        )
        self.sending = Sending(parts, choice, self.keeper)
        self.choice = choice
        self.sending.apply_settings(self.settings)
        self.sending.begin_person()

    def _utc(self) -> datetime:
        return datetime.fromtimestamp(self.now(), timezone.utc)

    def now(self) -> float:
        return self.server.clock.now()

    # -- what the person is told of it: nothing --

    def told(self, entries: Iterable[OutboxEntry]) -> None:
        pass

    def not_kept(self) -> None:
        pass

    def ask_about_burst(self, _: int) -> bool | None:
        return self.burst_answer

    # -- who is there --

    @rule(who=PERSON)
    def sign_in(self, who: str) -> None:
        if self.who and not self.knows_account:
            self._know_whose()
        self.server.clock.forward(2)
        given = self.server.sign_in(person=self.people[who], scope=WRITE_SCOPE)
        pair = (given.access_token, given.refresh_token)
        names = (self.server.client_id, self.server.url)
        ends = self.now() + (given.expires_in or 0)
        account = f"account of {who}" if self.knows_account else ""
        grant = Grant(2, *names, *pair, ends, WRITE_SCOPE, name=who, account=account)
        self.account.keep(grant)
        self._begin_person(who)

    @rule()
    def sign_out(self) -> None:
        if not self.knows_account:
            self._know_whose()
        self.account.forget()
        self._begin_person("")

    def _begin_person(self, who: str) -> None:
        self._read_marks()  # nobody signs in or out so fast
        self.coordinator.begin(self.door, self.server.client_id)
        self.who = who
        self.browsing.begin_person()
        self.sending.begin_person()

    def _know_whose(self) -> None:
        """Whose a sign-in is was asked before it ended: a moment after it began."""
        self.server.behave()
        self.let_time_pass(1300)
        self.run_to_rest()

    # -- what is done --

    def _video(self, number: int) -> Entry:
        return self.kodi.videos[number]

    def _do(self, entry: Entry, what: str, at: float, who: str = "") -> None:
        who = who or self.who
        if who:
            self.done.setdefault((who, entry.file), []).append(Done(what, int(at)))

    def add(self, entry: Entry) -> None:
        """What follows plays has found that one counts."""
        account = self.choice.account()
        if account:
            place = (entry.season, entry.episode)
            kind = FILM_TITLE if entry.kind == MOVIE else SHOW
            title = LibTitle(kind, (("tmdb", str(entry.tmdb)),))
            at = self._utc().replace(microsecond=0)
            self.keeper.add([OutboxEntry(account, WATCHED, PLAY, title, *place, at, entry.title)])
            self._do(entry, PLAYED, at.timestamp())

    @rule(number=VIDEO, percent=st.sampled_from([3, 50, 77, 85, 95, 100]), helps=st.booleans())
    def play(self, number: int, percent: int, helps: bool) -> None:
        """helps: another add-on sets the playcount of what it has played beyond 75 %."""
        entry = self._video(number)
        self._say("Player.OnPlay", entry)
        self.hear()
        self._read_marks()  # a minute has many turns
        self.server.clock.forward(60)
        entry.lastplayed = for_kodi(self._utc()) or ""
        if percent > 90:
            entry.playcount += 1
            self._say("VideoLibrary.OnUpdate", entry, playcount=entry.playcount)
        else:
            self._say("VideoLibrary.OnUpdate", entry)
        self._say("Player.OnStop", entry, percent=percent, end=percent == 100)
        if helps and 75 <= percent <= 90 and not entry.playcount:
            entry.playcount = 1
            self._say("VideoLibrary.OnUpdate", entry, playcount=1)
        self.hear()

    def _mark(self, entry: Entry) -> None:
        """Kodi does, of what is unwatched."""
        if entry.playcount == 0:
            at = self._utc()
            entry.playcount, entry.lastplayed = 1, for_kodi(at) or ""
            self._say("VideoLibrary.OnUpdate", entry, playcount=1)
            if self.choice.account():
                self._do(entry, MARKED, at.timestamp())

    @rule(number=VIDEO)
    def mark(self, number: int) -> None:
        self.server.clock.forward(10)
        self._mark(self._video(number))
        self.hear()

    @rule(number=VIDEO)
    def unmark(self, number: int) -> None:
        self.server.clock.forward(10)
        self._unmark(self._video(number))
        self.hear()
        self._read_marks()  # else the next mark would be all that is read

    def _unmark(self, entry: Entry) -> None:
        if entry.playcount > 0:
            entry.playcount, entry.lastplayed = 0, ""
            self._say("VideoLibrary.OnUpdate", entry, playcount=0)
            self._do(entry, UNMARKED, self.now())
            self.unmarked.add(entry.file)

    @rule(series=st.integers(1, SERIES_COUNT), kind=st.sampled_from(["season", TVSHOW]))
    def mark_series(self, series: int, kind: str) -> None:
        self.server.clock.forward(10)
        self._say("VideoLibrary.OnUpdate", Entry(kind, series, "", 0), playcount=1)
        for entry in self.kodi.of_kind(EPISODE):
            if entry.series == series:
                self._mark(entry)
        self.hear()

    @rule(is_told=st.booleans())
    def import_from_elsewhere(self, is_told: bool) -> None:
        """Another add-on sets all that is unwatched at once; the person says what to do with it."""
        self.server.clock.forward(10)
        unwatched = [each for each in self.kodi.videos if each.playcount == 0]
        if len(unwatched) < 6 or not self.choice.account():
            return
        self.burst_answer = is_told
        for entry in unwatched:
            at = self._utc()
            entry.playcount, entry.lastplayed = 1, for_kodi(at) or ""
            self._say("VideoLibrary.OnUpdate", entry, playcount=1)
            if is_told:
                self._do(entry, MARKED, at.timestamp())
        self.hear()
        self._read_marks()

    def _read_marks(self) -> None:
        """Long enough for what was heard to be read."""
        self.server.clock.forward(5)
        marks = self.sending._parts.marks
        marks.keep()
        while marks.step():
            pass

    @rule(who=PERSON, number=VIDEO)
    def watch_elsewhere(self, who: str, number: int) -> None:
        self.server.clock.forward(APART)
        entry = self._video(number)
        title, person = self.titles[entry.tmdb], self.people[who]
        place = {"season": 1, "episode": entry.episode} if entry.kind == EPISODE else {}
        if (title, (1, entry.episode) if place else None) not in person.watches:
            at = self.now()
            person.watch(title, **place, at=stamp(at))
            self._do(entry, ELSEWHERE, at, who)
        self.server.clock.forward(APART)

    # -- what happens --

    @rule(path=LIST)
    def browse(self, path: str) -> None:
        self.kodi.open(path)
        self.run_to_rest()

    @rule(count=st.integers(1, 20))
    def take_turns(self, count: int) -> None:
        for _ in range(count):
            self.step()

    @rule()
    def send(self) -> None:
        self.server.clock.forward(5)
        self.run_to_rest()

    @rule(name=st.sampled_from(sorted(OF_WRITES)), times=st.integers(1, 2))
    def fail_to_write(self, name: str, times: int) -> None:
        self.server.misbehave("/sync/history", OF_WRITES[name], times)

    @rule()
    def restart(self) -> None:
        self.sending.leave()
        self._kill()

    @rule()
    def kill(self) -> None:
        self._kill()

    def _kill(self) -> None:
        self.browsing.leave()
        self.end()
        self.kodi.open("")
        self.server.clock.forward(
            31
        )  # a start takes longer than Simkl's Retry-After, if it sent one
        self.begin()

    def _say(self, method: str, entry: Entry, **more: object) -> None:
        data = {"item": {"type": entry.kind, "id": entry.dbid}, **more}
        self.kodi.events.append((method, data))

    def hear(self) -> None:
        """All that was announced, and what the next turn does first of all."""
        while self.kodi.events:
            method, data = self.kodi.events.popleft()
            self.browsing._kodi_events.heard(method, data)
            self.sending.heard(Event("xbmc", method, data, self.now()))
        while not self.browsing.has_taken_in():
            pass
        self.sending._parts.marks.keep()

    def step(self) -> None:
        self._turn()

    def _turn(self) -> float:
        self.hear()
        return min(self.browsing.turn(), self.sending.turn())

    def run_to_rest(self) -> None:
        end, rests = time.monotonic() + 10, 0
        while rests < 3 and time.monotonic() < end:
            is_at_rest = self._turn() >= 0.05 and not self.is_busy
            rests = rests + 1 if is_at_rest else 0
            time.sleep(0.0005)

    @property
    def is_busy(self) -> bool:
        sender = self.sending._parts.sender
        is_sending = sender._write.is_under_way or bool(sender._round)
        return self.coordinator.is_asking or is_sending or self.sending._whose is not None

    # -- in the end --

    def settle(self) -> None:
        self.burst_answer = False
        self._read_marks()
        for who in [*PEOPLE, *PEOPLE]:
            self._know_whose()
            self.sign_in(who)
            self._know_whose()
            for _ in range(4):
                self.let_time_pass(int(A_DAY))
                self.run_to_rest()
                self.server.clock.forward(60)
                self.run_to_rest()
        self.coordinator.look_now()
        for path in (*LISTS, *LISTS):
            self.server.clock.forward(1000)
            self.browse(path)

    def check(self) -> None:
        for who, person in self.people.items():
            for entry in self.kodi.videos:
                place = (1, entry.episode) if entry.kind == EPISODE else None
                has = person.watches.get((self.titles[entry.tmdb], place))
                self._check_watch(entry, self.done.get((who, entry.file), []), has)
            waiting = [
                each for each in self.store.outbox.waiting(f"account of {who}") if not each.is_told
            ]
            assert self.settings.unmarks is False or waiting == []
        for entry in self.kodi.videos:
            self._check_tick(entry)

    def _check_watch(self, entry: Entry, done: list[Done], has: str | None) -> None:
        """What Simkl has of a video beside what was done to it."""
        removes = self.settings.unmarks and entry.kind == EPISODE
        last = max((at for at, each in enumerate(done) if each.what == UNMARKED), default=-1)
        since = done[last + 1 :]
        counting = [each for each in (since if removes else done) if each.what != UNMARKED]
        dates = {stamp(each.at) for each in counting}
        if has is None:
            is_withdrawn = all(each.what in (MARKED, UNMARKED) for each in done[: last + 1])
            assert not since
            assert removes or is_withdrawn or not done
            return
        assert has in dates, (entry.title, has, done)
        if last < 0 and all(each.what != ELSEWHERE for each in done):
            assert has == stamp(done[0].at), (entry.title, has, done)

    def _check_tick(self, entry: Entry) -> None:
        done = self.done.get((self.who, entry.file), [])
        if done and entry.file not in self.unmarked:
            assert entry.playcount > 0, (entry, done)


TestAnyWatch = AnyWatch.TestCase
TestAnyWatch.settings = settings(MANY, max_examples=60, stateful_step_count=30)
