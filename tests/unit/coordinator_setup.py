"""The coordinator of the add-on with all that is under it, beside a Simkl on loopback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lib.account.account import Account
from lib.account.grant import Grant
from lib.lists.coordinator import Coordinator
from lib.simkl.asks import EPISODES, PLAIN, Ask
from lib.simkl.client import Simkl
from lib.simkl.connection import HostUnreachable
from lib.simkl.errors import Trouble
from lib.simkl.worker import Worker
from lib.storage.answer_cache import AnswerCache
from lib.titles.title import MOVIE, SHOW, Title
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


class CoordinatorSetup:
    """The coordinator with all that is under it, real down to a Simkl on loopback."""

    def __init__(self, server: SimklServer, door: Simkl, folder: Path) -> None:
        self.server = server
        self.door = door
        self.told: list[type[Trouble]] = []
        self.log: list[str] = []
        self.account = Account(folder / "account.json", server.clock.now)
        self.worker = Worker()
        self.store = memory()
        self.coordinator = Coordinator(
            self.account,
            self.worker,
            AnswerCache(self.store),
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
        self.coordinator.begin(self.door, self.server.client_id)

    def cut_the_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody(*_: object) -> None:
            raise HostUnreachable("ConnectionRefusedError")

        self.door.prepare()
        self.door._transport._session.close()
        monkeypatch.setattr(self.door._transport._connection, "connect", nobody)

    def turn(self) -> None:
        """One look: the answer is taken in when one was asked for."""
        self.coordinator.step()
        end = time.monotonic() + 5
        while self.coordinator.is_asking and time.monotonic() < end:
            time.sleep(0.001)
            self.coordinator.step()

    def ask(self, *asks: Ask) -> None:
        """All of them, as long as Simkl answers."""
        self.coordinator.queue.want(asks)
        for _ in range(5):
            self.turn()

    def says(self, ask: Ask) -> object:
        known = self.coordinator.known(ask)
        assert known is not None
        return known.answer

    @property
    def calls(self) -> list[list[object]]:
        """The numbers that were asked about, call by call."""
        bodies = [request.body for request in self.server.requests_to(ASKED)]
        return [[item["ids"]["tmdb"] for item in body] for body in bodies if isinstance(body, list)]
