"""What the unit tests share: a strict Simkl on loopback, and the add-on's client of it."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest
from hypothesis import HealthCheck, settings

from lib.simkl.client import Simkl
from tests.simkl_server import SimklServer
from tests.unit.clocks import ForwardPace
from tests.unit.coordinator_setup import DATE, CoordinatorSetup
from tests.unit.memory import close_all

VERSION = "0.1.0"

# How long an example takes says nothing on a machine that is busy with other tests.
settings.register_profile("any", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any")


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
    """The real client, which never waits for its rate limit: Simkl's time moves on instead."""
    door = Simkl(server.url, VERSION, ForwardPace(server))
    yield door
    door.leave()


@pytest.fixture
def setup(server: SimklServer, door: Simkl, tmp_path: Path) -> Iterator[CoordinatorSetup]:
    heat = server.add_film("Heat", 1995, tmdb=949)
    server.add_film("Ronin", 1998, tmdb=8195)
    dark = server.add_series("Dark", 2017, {0: 1, 1: 2}, tmdb=70523)
    server.person.watch(heat, at=DATE)
    server.person.watch(dark, season=1, episode=1, at=DATE)
    setup = CoordinatorSetup(server, door, tmp_path)
    yield setup
    door.leave()
    setup.worker.leave(5)
