"""What the tests of the rooms share: a strict Simkl on loopback, and the add-on's client of it."""

from __future__ import annotations

from typing import Iterator

import pytest

from lib.simkl import Simkl
from tests.simkl_server import SimklServer
from tests.unit.clocks import ForwardPace
from tests.unit.memory import close_all

VERSION = "0.1.0"


@pytest.fixture(autouse=True)
def no_store_stays_open() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def server() -> Iterator[SimklServer]:
    with SimklServer() as server:
        yield server


@pytest.fixture
def door(server: SimklServer) -> Iterator[Simkl]:
    """The real client, which never waits for its pace: Simkl's time moves on instead."""
    door = Simkl(server.url, VERSION, ForwardPace(server))
    yield door
    door.leave()
