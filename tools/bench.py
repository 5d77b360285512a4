"""Measures in a real Kodi how quickly ticks appear: `make bench` writes docs/benchmarks.md.

Each run is a Kodi of its own, started on the same freshly scanned library, with a Simkl on
loopback that takes 50 ms for each answer. What is given is the median of the runs, and the
slowest run beside it.
"""

from __future__ import annotations

import platform
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.kodi.driver import Kodi
from tests.kodi.living_room import FILMS, SERIES, LivingRoom, living_room

from .bench_report import write_report

RUNS = 7
SIMKL_SECONDS = 0.05
ROWS = (25, 200, 1000)
_PAGE = 10  # rows that the default skin shows at once at 720p
_WATCHED_AT = "2024-03-01T20:00:00Z"


class Run(NamedTuple):
    """One opening of a list. Seconds since it was asked for: the list is drawn, the ticks of
    the first page are, the tick of the last row is. posts: to Simkl. announced: OnUpdates.
    """

    drawn: float
    page: float
    whole: float
    posts: int
    announced: int


class Case(NamedTuple):
    """What is opened: `rows` films, or the episodes of one season."""

    kind: str
    rows: int

    @property
    def path(self) -> str:
        return FILMS if self.kind == "films" else f"{SERIES}1/1/"


def main() -> None:
    results: dict[tuple[Case, str], list[Run]] = {}
    for case in [Case(kind, rows) for kind in ("episodes", "films") for rows in ROWS]:
        for first, again in measured(case):
            results.setdefault((case, "never seen"), []).append(first)
            results.setdefault((case, "remembered"), []).append(again)
        print(*(f"{state}: {_line(results[case, state])}" for state in _STATES), sep="\n")
    write_report(results, measured_openings(), machine())


_STATES = ("never seen", "remembered")


def _line(runs: list[Run]) -> str:
    whole = statistics.median(run.whole for run in runs)
    return f"{1000 * whole:.0f} ms to the last tick, median of {len(runs)}"


def measured(case: Case) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs: the list opened for the first time, and again after Kodi lost its ticks."""
    with prepared_room(case) as room:
        for _ in range(RUNS):
            with fresh_kodi(room):
                walk_there(room.kodi)
                first = opened(room, case)
                room.kodi.home()
                lose_ticks(room.kodi, case)
                yield first, opened(room, case)


@contextmanager
def prepared_room(case: Case) -> Iterator[LivingRoom]:
    """A room with the library of a case, scanned; Kodi is not running."""
    with home() as make, living_room(make) as room:
        library = room.new_library()
        if case.kind == "films":
            for number in range(case.rows):
                ids = {"tmdb": str(1000 + number), "imdb": f"tt{2000000 + number}"}
                library.film(f"Film {number:04}", 1990, ids=ids, default_id="tmdb")
                film = room.simkl.add_film(
                    f"Film {number:04}", 1990, tmdb=1000 + number, imdb=ids["imdb"]
                )
                room.simkl.person.watch(film, at=_WATCHED_AT)
        else:
            library.series("Long", 2010, {1: case.rows}, ids={"tvdb": "77"})
            series = room.simkl.add_series("Long", 2010, {1: case.rows}, tvdb=77)
            room.simkl.person.watch(series, season=1, at=_WATCHED_AT)
        room.kodi.add_library(library)
        room.kodi.start()
        room.kodi.quit()
        room.simkl.delay = SIMKL_SECONDS
        yield room


@contextmanager
def home() -> Iterator[Any]:
    """Makes one Kodi in a folder of its own, and ends it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    made: list[Kodi] = []

    def make(**options: Any) -> Kodi:
        made.append(Kodi(folder / "home", **options))
        return made[-1]

    try:
        yield make
    finally:
        for kodi in made:
            kodi.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_kodi(room: LivingRoom) -> Iterator[None]:
    """A Kodi just started, its library as it was after the scan, no answer remembered."""
    databases = room.kodi.home_folder.userdata / "Database"
    kept = databases.with_name("Database as scanned")
    if not kept.exists():
        shutil.copytree(databases, kept)
    shutil.rmtree(databases)
    shutil.copytree(kept, databases)
    room.kodi.start()
    try:
        time.sleep(2)  # the rest of Kodi's start, which is not what is measured
        room.simkl.forget_requests()
        yield
    finally:
        room.kodi.stop()


def walk_there(kodi: Kodi) -> None:
    """Press keys on the home screen, as a person does on the way to a list."""
    for key in ("down", "up"):
        kodi.key(key)
        time.sleep(1)


def opened(room: LivingRoom, case: Case) -> Run:
    """Open the list of a case from the home screen and watch it until the last tick."""
    page = [f"Container.ListItemAbsolute({n}).Overlay" for n in range(1, min(_PAGE, case.rows) + 1)]
    last = f"Container.ListItemAbsolute({case.rows}).Overlay"
    seconds = 3.0 + case.rows * (0.02 if case.kind == "films" else 0.01)
    posts, announced = len(room.asked()), len(room.kodi.updates_heard())
    seen: dict[str, Any] = {}
    labels = ["Container.NumItems", *page, last]
    watching = threading.Thread(target=lambda: seen.update(room.kodi.watch(labels, seconds)))
    watching.start()
    time.sleep(0.1)
    start = time.monotonic()
    room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[case.path])
    watching.join()
    ticked = len(room.ticked())
    if ticked != case.rows:
        raise SystemExit(f"{case}: only {ticked} rows were ticked after {seconds:.0f} s")
    return Run(
        _moment(seen, lambda now: now["Container.NumItems"] == str(case.rows)) - start,
        _moment(seen, lambda now: all("Watched.png" in now[label] for label in page)) - start,
        _moment(seen, lambda now: "OverlayWatched.png" in now[last]) - start,
        len(room.asked()) - posts,
        len(room.kodi.updates_heard()) - announced,
    )


def _moment(seen: dict[str, Any], question: Any) -> float:
    """When the answer became yes and stayed so."""
    moment = float("nan")
    for at, now in reversed(seen["changes"]):
        if not question(now):
            break
        moment = at
    return moment


def lose_ticks(kodi: Kodi, case: Case) -> None:
    """Take every playcount away, announcing no mark: as after a library was rebuilt."""
    rows = kodi.films() if case.kind == "films" else kodi.episodes()
    for row in rows:
        kodi.rpc(
            "Files.SetFileDetails", file=row["file"], media="video", playcount=0, lastplayed=""
        )


def measured_openings() -> dict[str, list[float]]:
    """Seconds to open a list of 200 films, with and without 4,000 ticks being written."""
    seconds: dict[str, list[float]] = {"quiet": [], "writing": []}
    with prepared_room(Case("films", 200)) as room:
        library = room.new_library()
        for number in range(20):
            library.series(f"Series {number}", 2001, {1: 200}, ids={"tvdb": str(500 + number)})
            series = room.simkl.add_series(f"Series {number}", 2001, {1: 200}, tvdb=500 + number)
            room.simkl.person.watch(series, season=1, at=_WATCHED_AT)
        room.kodi.start()
        room.kodi.add_library(library)
        for state, taken in seconds.items():
            if state == "writing":
                room.kodi.open(SERIES)
                room.kodi.wait_for(lambda: _ticks(room.kodi) > 0, what="the first tick")
            for _ in range(RUNS):
                start = time.monotonic()
                room.kodi.open(FILMS)
                taken.append(time.monotonic() - start)
                room.kodi.home()
                time.sleep(0.3)
        if _ticks(room.kodi) >= 4000:
            raise SystemExit("the ticks were all written before the lists were opened")
    return seconds


def _ticks(kodi: Kodi) -> int:
    return sum(row["watchedepisodes"] for row in kodi.series())


def machine() -> str:
    cpu = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line]
    return f"{len(cpu)} cores of {cpu[0]}, {platform.system()}, Python {platform.python_version()}"


def _lines(file: str) -> list[str]:
    return Path(file).read_text().splitlines()


if __name__ == "__main__":
    main()
