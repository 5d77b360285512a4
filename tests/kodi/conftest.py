"""Fixtures that start Kodis and surely end them; a failed test keeps their log and screen."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from .harness.driver import Kodi, KodiFactory

_HERE = Path(__file__).parent
_RUNNING: list[Kodi] = []
_FELL_OVER = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "kodi: drives a real Kodi; slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.kodi)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and call.when in ("setup", "call") and _RUNNING:
        item.stash[_FELL_OVER] = any(kodi.fell_over() for kodi in _RUNNING)
        kept = item.config.rootpath / "build" / "kodi" / re.sub(r"[^\w.-]+", "_", item.nodeid)
        for number, kodi in enumerate(_RUNNING):
            _keep(kodi, kept if number == 0 else kept.with_name(f"{kept.name}-{number + 1}"))
        report.sections.append(("Kodi's log and screen", str(kept)))
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test, and once more, with new Kodis, where Kodi itself has crashed in it.

    Kodi does so now and then in what some tests do, without this add-on too (docs/kodi.md). A
    second crash in the same test is a failure.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if item.stash.get(_FELL_OVER, False):
        sys.stderr.write(f"\nKodi crashed in {item.nodeid}: the test is run once more.\n")
        item.session._setupstate.teardown_exact(None)  # the Kodi that the tests of a file share
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _keep(kodi: Kodi, folder: Path) -> None:
    kodi.keep(folder)
    # A picture is a help, not a duty: a Kodi that has gone has no screen.
    with suppress(Exception):
        kodi.picture("screen", folder)


def _factory(homes: Path) -> Iterator[KodiFactory]:
    made: list[Kodi] = []

    def make(**options: Any) -> Kodi:
        """A Kodi with a fresh home, not started yet; options are those of Kodi()."""
        kodi = Kodi(homes / f"kodi{len(made) + 1}", **options)
        kodi.is_somebody_there = True
        made.append(kodi)
        _RUNNING.append(kodi)
        return kodi

    yield make
    for kodi in made:
        kodi.stop()
        _RUNNING.remove(kodi)
        shutil.rmtree(kodi.home_folder.root, ignore_errors=True)


@pytest.fixture
def kodi_factory(tmp_path: Path) -> Iterator[KodiFactory]:
    """Makes Kodis with fresh homes for one test, and stops them all."""
    yield from _factory(tmp_path)


@pytest.fixture(scope="module")
def shared_kodi_factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KodiFactory]:
    """The same for Kodis that the tests of a file share."""
    yield from _factory(tmp_path_factory.mktemp("kodi"))


@pytest.fixture(scope="module")
def kodi(shared_kodi_factory: KodiFactory) -> Kodi:
    """A started Kodi with an empty library, shared by the tests of a file."""
    kodi = shared_kodi_factory()
    kodi.start()
    return kodi
