"""What sends, with all that is under it, beside a Simkl on loopback that keeps what it is told."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Iterable

from lib.account.grant import Grant
from lib.sending.clock_check import ClockCheck
from lib.sending.send_settings import SendSettings
from lib.sending.sender import Sender
from lib.simkl.client import Simkl
from lib.simkl.server_clock import ServerClock
from lib.simkl.tokens import READ_SCOPE, WRITE_SCOPE
from lib.storage.outbox import MARK, UNWATCHED, WATCHED, OutboxEntry
from lib.titles.title import MOVIE, SHOW, Title
from tests.simkl_server import Person, SimklServer
from tests.simkl_server import Title as SimklTitle
from tests.simkl_server.clock import stamp
from tests.unit.coordinator_setup import CoordinatorSetup

ON = SendSettings(is_on=True)
HISTORY, REMOVE, ASKED = "/sync/history", "/sync/history/remove", "/sync/watched"


def film(number: int) -> Title:
    return Title(MOVIE, (("tmdb", str(number)),))


def series(number: int) -> Title:
    return Title(SHOW, (("tmdb", str(number)),))


class NoRowMarks:
    """No list of another add-on is open. looks: whether a video played at each look."""

    def __init__(self) -> None:
        self.looks: list[bool] = []

    def turn(self, *, is_playing: bool) -> float:
        self.looks.append(is_playing)
        return float("inf")


class SendSetup(CoordinatorSetup):
    """time moves with Simkl's, ahead: what the clock here is ahead of it, in seconds."""

    def __init__(self, server: SimklServer, door: Simkl, folder: Path) -> None:
        self.ahead = 0.0
        self.scope = WRITE_SCOPE
        self.said_told: list[str] = []
        super().__init__(server, door, folder)
        door.clock = ServerClock(lambda: self.now().timestamp())
        server.person.may_be_written = True
        self.begin(ON)

    def begin(self, settings: SendSettings) -> None:
        """Kodi starts, with these settings."""
        clock_check = ClockCheck(
            lambda: self.coordinator.client.seconds_ahead, self.server.clock.now, self.now
        )
        self.sender = Sender(
            self.coordinator,
            self.store.outbox,
            clock_check,
            lambda entries: self.said_told.extend(entry.label for entry in entries),
            self.log.append,
        )
        self.sender.settings = settings

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.server.clock.now() + self.ahead, timezone.utc)

    def sign_in(self, person: Person | None = None) -> None:
        tokens = self.server.sign_in(person=person, scope=self.scope)
        who = person or self.server.person
        ends = self.server.clock.now() + (tokens.expires_in or 0)
        pair = (tokens.access_token, tokens.refresh_token)
        names = (self.server.client_id, self.server.url)
        self.account.keep(Grant(2, *names, *pair, ends, self.scope, account=who.name))
        self.coordinator.begin(self.door, self.server.client_id)

    def sign_in_read_only(self) -> None:
        self.scope = READ_SCOPE
        self.sign_in()
        self.sender.begin_person()

    # -- what is watched --

    def entry(self, title: Title, season: int = -1, episode: int = -1, **other: Any) -> OutboxEntry:
        """Marked as watched just now."""
        at = self.now().replace(microsecond=0)
        what = f"{title.words} {season}x{episode}"
        who = self.server.person.name
        entry = OutboxEntry(who, WATCHED, MARK, title, season, episode, at, what)
        return replace(entry, **other)

    def unmark(self, title: Title, season: int, episode: int) -> OutboxEntry:
        return self.entry(title, season, episode, what=UNWATCHED)

    def add(self, *entries: OutboxEntry) -> None:
        self.store.outbox.add(entries)

    @property
    def waiting(self) -> list[tuple[str, str]]:
        """State and reason of what Simkl does not have yet."""
        found = self.store.outbox.waiting(self.server.person.name)
        return [(each.state, each.why) for each in found]

    # -- what is sent --

    def send(self, seconds: float = 0.0) -> None:
        """Until it has nothing to do for so long, by Simkl's clock."""
        self.run()
        while seconds > 0:
            step = min(seconds, 30.0)
            self.server.clock.forward(step)
            seconds -= step
            self.run()

    def run(self) -> None:
        end = time.monotonic() + 10
        while self.sender.step() < 1.0 and time.monotonic() < end:
            time.sleep(0.001)

    @property
    def recorded(self) -> list[tuple[str, tuple[int, int] | None, str | None]]:
        """What Simkl recorded of it, in order: title, episode, when."""
        watches = self.server.person.record.watches
        return [(each.title.title, each.episode, each.at) for each in watches]

    def count(self, path: str) -> int:
        return len(self.server.requests_to(path))

    def watched_at_simkl(self, title: SimklTitle, episode: tuple[int, int] | None = None) -> Any:
        return self.server.person.watches.get((title, episode))


def stamps(entries: Iterable[OutboxEntry]) -> list[str]:
    return [stamp(entry.at.timestamp()) for entry in entries]


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
