"""What the tests of the strict Simkl share: one, somebody signed in, a film and a series."""

from __future__ import annotations

from typing import Iterator

import pytest

from tests.simkl_server import SimklServer, Title
from tests.unit.simkl_server.raw_client import Client


@pytest.fixture
def simkl() -> Iterator[SimklServer]:
    with SimklServer() as server:
        yield server


@pytest.fixture
def client(simkl: SimklServer) -> Client:
    return Client(simkl, simkl.sign_in())


@pytest.fixture
def stranger(simkl: SimklServer) -> Client:
    return Client(simkl)


@pytest.fixture
def heat(simkl: SimklServer) -> Title:
    return simkl.add_film("Heat", 1995, imdb="tt0113277", tmdb=949)


@pytest.fixture
def dark(simkl: SimklServer) -> Title:
    seasons = {0: 2, 1: 3, 2: 2}
    return simkl.add_series("Dark", 2017, seasons, tvdb=334824, tmdb=70523, unaired=((2, 2),))
