"""A list of Kodi's library, and what is seen of it while it is opened."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import FILMS, SERIES, LivingRoom

from .kodis import PAGE, WATCHED_AT


class Case(NamedTuple):
    """What is opened: `rows` films, or the episodes of one season."""

    kind: str
    rows: int

    @property
    def name(self) -> str:
        return f"{self.rows} {self.kind if self.rows > 1 else self.kind[:-1]}"

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


def page_of(case: Case) -> list[str]:
    """Labels that say what is drawn on the rows of the first page."""
    return [f"Container.ListItemAbsolute({n}).Overlay" for n in range(1, min(PAGE, case.rows) + 1)]


def watched_opening(
    room: LivingRoom,
    case: Case,
    labels: Sequence[str],
    seconds: float,
    until: Mapping[str, str] | None = None,
) -> tuple[float, dict[str, Any]]:
    """Open the list and watch labels: when it was asked for, and what was seen.

    seconds: for so long at most. until: what some labels read in the end.
    """
    seen: dict[str, Any] = {}
    watching = threading.Thread(target=lambda: seen.update(room.kodi.watch(labels, seconds, until)))
    watching.start()
    time.sleep(0.1)
    start = time.monotonic()
    room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[case.path])
    watching.join()
    return start, seen


def is_drawn(now: dict[str, str], case: Case) -> bool:
    return now["Container.NumItems"] == str(case.rows)


def moment(seen: dict[str, Any], question: Any) -> float:
    """When the answer became yes and stayed so; nan for never."""
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
        if row["playcount"]:
            kodi.rpc(
                "Files.SetFileDetails", file=row["file"], media="video", playcount=0, lastplayed=""
            )
