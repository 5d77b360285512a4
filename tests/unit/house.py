"""The coordinator of the add-on with all that is under it, beside a Simkl on loopback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lib.account import Account, Grant
from lib.asks import EPISODES, PLAIN, Ask
from lib.errors import Trouble
from lib.line import NoWayThere
from lib.remembered import Remembered
from lib.simkl import Simkl
from lib.titles import MOVIE, SHOW, Title
from lib.watched import Watched
from lib.worker import Worker
from tests.simkl_server import SimklServer
from tests.unit.memory import memory

DATE = "2024-03-01T20:00:00Z"
ASKED = "/sync/watched"


def film(number: int) -> Ask:
    return Ask(Title(MOVIE, (("tmdb", str(number)),)), PLAIN)


def series(number: int, depth: str = EPISODES) -> Ask:
    return Ask(Title(SHOW, (("tmdb", str(number)),)), depth)


HEAT, RONIN = film(949), film(8195)
DARK = series(70523)


class House:
    """The coordinator with all that is under it, real down to a Simkl on loopback."""

    def __init__(self, server: SimklServer, door: Simkl, folder: Path) -> None:
        self.server = server
        self.door = door
        self.told: list[type[Trouble]] = []
        self.log: list[str] = []
        self.account = Account(folder / "account.json", server.clock.now)
        self.worker = Worker()
        self.store = memory()
        self.watched = Watched(
            self.account,
            self.worker,
            Remembered(self.store),
            lambda trouble: self.told.append(type(trouble)),
            self.log.append,
            server.clock.now,
        )
        self.sign_in()

    def sign_in(self) -> None:
        tokens = self.server.sign_in()
        ends = self.server.clock.now() + tokens.expires_in
        self.account.keep(
            Grant(
                2,
                self.server.client_id,
                self.server.url,
                tokens.access_token,
                tokens.refresh_token,
                ends,
            )
        )
        self.watched.begin(self.door, self.server.client_id)

    def cut_the_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody(*_: object) -> None:
            raise NoWayThere("ConnectionRefusedError")

        self.door.prepare()
        self.door._session.close()
        monkeypatch.setattr(self.door._line, "connect", nobody)

    def turn(self) -> None:
        """One look: the answer is taken in when one was asked for."""
        self.watched.step()
        end = time.monotonic() + 5
        while self.watched.is_asking and time.monotonic() < end:
            time.sleep(0.001)
            self.watched.step()

    def ask(self, *asks: Ask) -> None:
        """All of them, as long as Simkl answers."""
        self.watched.want(asks)
        for _ in range(5):
            self.turn()

    def says(self, ask: Ask) -> object:
        known = self.watched.known(ask)
        assert known is not None
        return known.answer

    @property
    def calls(self) -> list[list[object]]:
        """The numbers that were asked about, call by call."""
        bodies = [request.body for request in self.server.requests_to(ASKED)]
        return [[item["ids"]["tmdb"] for item in body] for body in bodies if isinstance(body, list)]
