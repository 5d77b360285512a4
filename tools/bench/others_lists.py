"""The lists of another add-on that are measured, and a room with one of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.kodi.harness import plugin
from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom

from .kodis import WATCHED_AT, prepared_room

_ADDON = "plugin.video.test.numbers"
PATH = plugin.path(_ADDON, "all")


class Case(NamedTuple):
    """A list of `rows` rows: films, or the same number of episodes of each of some series."""

    rows: int
    series: int = 0

    @property
    def name(self) -> str:
        if self.series:
            return f"{self.rows:,} episodes of {self.series} series"
        return f"{self.rows:,} films"

    @property
    def titles(self) -> int:
        return self.series or self.rows

    def listed(self) -> list[plugin.Row]:
        """The rows, with ids as TMDb Helper gives them."""
        if not self.series:
            return [_film(number) for number in range(self.rows)]
        episodes = range(1, self.rows // self.series + 1)
        seasons = [
            plugin.season(_ADDON, _name(number), 1, episodes, uids={"tvshow.tmdb": _tmdb(number)})
            for number in range(self.series)
        ]
        return [row for season in seasons for row in season]

    def tell(self, room: LivingRoom) -> list[Any]:
        """Let Simkl know the titles; them."""
        if not self.series:
            return [
                room.simkl.add_film(_name(number), 1990, tmdb=_tmdb(number))
                for number in range(self.rows)
            ]
        seasons = {1: self.rows // self.series}
        return [
            room.simkl.add_series(_name(number), 1990, seasons, tmdb=_tmdb(number))
            for number in range(self.series)
        ]


@contextmanager
def room_with(
    case: Case, *, is_watched: bool = True, archive: Path | None = None
) -> Iterator[LivingRoom]:
    """A room with an add-on that lists the rows of a case, which Simkl knows.

    is_watched: the person has watched every title of it. archive: see `prepared_room`.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        content = "episodes" if case.series else "movies"
        lists = {"all": {"rows": case.listed(), "content": content}}
        made = plugin.plugin(Path(folder), _ADDON, lists)
        with prepared_room(lambda _: None, addons=[made], archive=archive) as room:
            for title in case.tell(room):
                if is_watched:
                    room.simkl.person.watch(title, at=WATCHED_AT)
            yield room


def open_list(kodi: Kodi) -> None:
    """Ask for the list; it opens a little later."""
    kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[PATH])


def _film(number: int) -> plugin.Row:
    return {
        "mediatype": "movie",
        "title": _name(number),
        "year": 1990,
        "plot": f"What happens in {_name(number)}",
        "uids": {"tmdb": _tmdb(number)},
        "path": f"plugin://{_ADDON}/play/?film={number}",
    }


def _name(number: int) -> str:
    return f"Title {number:04}"


def _tmdb(number: int) -> str:
    return str(1000 + number)
