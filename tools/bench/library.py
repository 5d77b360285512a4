"""How quickly a list of Kodi's library gets its ticks."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from tests.kodi.driver import Kodi
from tests.kodi.living_room import FILMS, SERIES, LivingRoom

from .kodis import PAGE, WATCHED_AT, fresh_kodi, prepared_room, switch_off, walk_there
from .report import ms, span, table

ROWS = (25, 200, 1000)
# What issue and design ask for, in ms to the last tick of a season of 25.
AIMS = {("episodes", 25, "never seen"): 600, ("episodes", 25, "remembered"): 250}

_TEXT = """Milliseconds since Kodi was asked to open the list: median, and the slowest run in
brackets, until the list is drawn, the first page is ticked, the last row is ticked; and that last
one counted from the drawn list. Drawing is Kodi's own share, with the skin's way of changing
windows; "add-on off" is what it takes where the add-on is switched off. Keys are pressed on the
home screen before, as on the way to a list: the add-on makes ready to ask then. Each run begins on
a freshly scanned library.
"remembered": Simkl was asked before, and Kodi lost its ticks. That aim counts from the opening,
too, and is shorter than Kodi itself takes to draw a list with this skin.
"heard": announcements that other add-ons got, none of them a mark.

"""
_HEADS = ("list", "answers", "runs", "drawn", "page", "last row", "after drawn", "aim", "POSTs",
          "heard")  # fmt: skip


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

    def furnish(self, room: LivingRoom) -> None:
        """Bring these titles into Kodi's library, and have them watched at Simkl."""
        library = room.new_library()
        if self.kind == "films":
            for number in range(self.rows):
                ids = {"tmdb": str(1000 + number), "imdb": f"tt{2000000 + number}"}
                library.film(f"Film {number:04}", 1990, ids=ids, default_id="tmdb")
                film = room.simkl.add_film(
                    f"Film {number:04}", 1990, tmdb=1000 + number, imdb=ids["imdb"]
                )
                room.simkl.person.watch(film, at=WATCHED_AT)
        else:
            library.series("Long", 2010, {1: self.rows}, ids={"tvdb": "77"})
            series = room.simkl.add_series("Long", 2010, {1: self.rows}, tvdb=77)
            room.simkl.person.watch(series, season=1, at=WATCHED_AT)
        room.kodi.add_library(library)


def measured(runs: int) -> str:
    rows = []
    for case in [Case(kind, count) for kind in ("episodes", "films") for count in ROWS]:
        pairs = list(_pairs(case, runs))
        for state, taken in zip(("never seen", "remembered"), zip(*pairs)):
            rows.append(_row(case, state, taken))
            whole = statistics.median(run.whole for run in taken)
            print(f"{case.rows} {case.kind}, {state}: {1000 * whole:.0f} ms to the last tick")
        rows.append(
            [f"{case.rows} {case.kind}", "add-on off", str(runs), ms(_drawn_by_kodi(case, runs))]
        )
    return _TEXT + table(_HEADS, [[*row, *[""] * (len(_HEADS) - len(row))] for row in rows])


def _pairs(case: Case, runs: int) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs: the list opened for the first time, and again after Kodi lost its ticks."""
    with prepared_room(case.furnish) as room:
        for _ in range(runs):
            with fresh_kodi(room):
                walk_there(room.kodi)
                first = _opened(room, case)
                room.kodi.home()
                _lose_ticks(room.kodi, case)
                yield first, _opened(room, case)


def _drawn_by_kodi(case: Case, runs: int) -> list[float]:
    """Seconds until the list is drawn where the add-on is switched off."""
    with prepared_room(case.furnish) as room, fresh_kodi(room):
        switch_off(room.kodi)
        walk_there(room.kodi)
        taken = []
        for _ in range(runs):
            start, seen = _watched_opening(room, case, ["Container.NumItems"], 2.0)
            taken.append(_moment(seen, lambda now: _is_drawn(now, case)) - start)
            room.kodi.home()
            time.sleep(1)
        return taken


def _opened(room: LivingRoom, case: Case) -> Run:
    """Open the list of a case from the home screen and watch it until the last tick."""
    page = [f"Container.ListItemAbsolute({n}).Overlay" for n in range(1, min(PAGE, case.rows) + 1)]
    last = f"Container.ListItemAbsolute({case.rows}).Overlay"
    seconds = 3.0 + case.rows * (0.02 if case.kind == "films" else 0.01)
    posts, announced = len(room.asked()), len(room.kodi.updates_heard())
    start, seen = _watched_opening(room, case, ["Container.NumItems", *page, last], seconds)
    ticked = len(room.ticked())
    if ticked != case.rows:
        raise SystemExit(f"{case}: only {ticked} rows were ticked after {seconds:.0f} s")
    return Run(
        _moment(seen, lambda now: _is_drawn(now, case)) - start,
        _moment(seen, lambda now: all("Watched.png" in now[label] for label in page)) - start,
        _moment(seen, lambda now: "OverlayWatched.png" in now[last]) - start,
        len(room.asked()) - posts,
        len(room.kodi.updates_heard()) - announced,
    )


def _watched_opening(
    room: LivingRoom, case: Case, labels: Sequence[str], seconds: float
) -> tuple[float, dict[str, Any]]:
    """Open the list and watch labels for so long: when it was asked for, and what was seen."""
    seen: dict[str, Any] = {}
    watching = threading.Thread(target=lambda: seen.update(room.kodi.watch(labels, seconds)))
    watching.start()
    time.sleep(0.1)
    start = time.monotonic()
    room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[case.path])
    watching.join()
    return start, seen


def _is_drawn(now: dict[str, str], case: Case) -> bool:
    return now["Container.NumItems"] == str(case.rows)


def _moment(seen: dict[str, Any], question: Any) -> float:
    """When the answer became yes and stayed so."""
    moment = float("nan")
    for at, now in reversed(seen["changes"]):
        if not question(now):
            break
        moment = at
    return moment


def _lose_ticks(kodi: Kodi, case: Case) -> None:
    """Take every playcount away, announcing no mark: as after a library was rebuilt."""
    rows = kodi.films() if case.kind == "films" else kodi.episodes()
    for row in rows:
        kodi.rpc(
            "Files.SetFileDetails", file=row["file"], media="video", playcount=0, lastplayed=""
        )


def _row(case: Case, state: str, runs: Sequence[Run]) -> list[str]:
    aim = AIMS.get((case.kind, case.rows, state))

    def column(value: Callable[[Run], float]) -> str:
        return ms([value(run) for run in runs])

    return [
        f"{case.rows} {case.kind}",
        state,
        str(len(runs)),
        column(lambda run: run.drawn),
        column(lambda run: run.page),
        column(lambda run: run.whole),
        column(lambda run: run.whole - run.drawn),
        f"< {aim}" if aim else "",
        span([run.posts for run in runs]),
        span([run.announced for run in runs]),
    ]
