"""What many lists cost: memory of Kodi, and questions to Simkl."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import SERIES, LivingRoom

from . import plots
from .kodis import WATCHED_AT, fresh_kodi, prepared_room

_LISTS = 1000  # that are opened while memory is measured
_EVERY = 50  # lists between two looks at it
_AT_FIRST = 100
_EPISODES = 25
_SEEN_BEFORE, _NEW, _EVENING = 25, 60, 40  # lists
_SEEN_AGAIN = 200  # openings of those seen before
_HOURS, _LOOKS_AN_HOUR = 4, 12

TEXT = f"""Memory is what the whole of Kodi holds after so many lists were opened, of {_EPISODES}
episodes each, less what it holds without the add-on: one run of each. An evening: of {_EVENING}
seasons {_SEEN_BEFORE} were opened on the evening before. A long one: {_NEW} new seasons, and
{_SEEN_AGAIN} times one of those; the looks whether anything has moved at Simkl are the most that
{_HOURS} hours of browsing allow, one in five minutes.

![Memory over lists](plots/memory.png)

"""


def measured() -> list[tuple[str, str, str]]:
    """Rows of the bill."""
    with prepared_room(_furnish) as room:
        with_it, without = _memory(room, is_on=True), _memory(room, is_on=False)
        evening, long_evening = _evenings(room)
    megabytes = [(lists, held / 1e6) for lists, held in with_it]
    bare = [(lists, held / 1e6) for lists, held in without]
    plots.draw(
        "memory.png",
        {"with the add-on": megabytes, "without it": bare},
        names=("lists opened", "MB that Kodi holds"),
    )
    added = {lists: held - less for (lists, held), (_, less) in zip(megabytes, bare)}
    looks = _HOURS * _LOOKS_AN_HOUR
    return [
        *((f"memory added after {lists:,} lists", f"{added[lists]:.1f} MB", "≤ 20 MB")
          for lists in (_AT_FIRST, _LISTS // 2, _LISTS)),
        (f"POSTs of an evening of {_EVENING} lists", str(evening), "≤ 15"),
        (f"POSTs of a long evening, and its {looks} looks", f"{long_evening} + {looks}", "≤ 120"),
    ]  # fmt: skip


def _furnish(room: LivingRoom) -> None:
    library = room.new_library()
    for number in range(_SEEN_BEFORE + _NEW):
        name, ids = f"Series {number:02}", {"tvdb": str(500 + number)}
        library.series(name, 2001, {1: _EPISODES}, ids=ids)
        title = room.simkl.add_series(name, 2001, {1: _EPISODES}, tvdb=500 + number)
        room.simkl.person.watch(title, season=1, at=WATCHED_AT)
    room.kodi.add_library(library)


# -- memory --


def _memory(room: LivingRoom, *, is_on: bool) -> list[tuple[int, int]]:
    """Lists opened so far, and bytes that Kodi holds."""
    with fresh_kodi(room):
        if not is_on:
            room.enable(False)
        seasons, held = _seasons(room.kodi), []
        for number in range(1, _LISTS + 1):
            room.kodi.open(seasons[number % len(seasons)])
            if number % _EVERY == 0:
                time.sleep(2)
                held.append((number, _resident(room.kodi)))
        return held


def _resident(kodi: Kodi) -> int:
    words = Path(f"/proc/{kodi.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB", words, re.MULTILINE)
    if found is None:
        raise SystemExit("the system does not say what Kodi holds")
    return 1024 * int(found[1])


# -- questions --


def _evenings(room: LivingRoom) -> tuple[int, int]:
    """POSTs of an evening, and of a long one that goes on from there."""
    with fresh_kodi(room):
        seasons = _seasons(room.kodi)
        seen, new = seasons[:_SEEN_BEFORE], seasons[_SEEN_BEFORE:]
        _open_all(room.kodi, seen)
        room.kodi.quit()
        room.kodi.start()
        room.simkl.forget_requests()
        _open_all(room.kodi, [*seen, *new[: _EVENING - _SEEN_BEFORE]])
        evening = len(room.asked())
        _open_all(room.kodi, new[_EVENING - _SEEN_BEFORE :])
        for number in range(_SEEN_AGAIN - _SEEN_BEFORE):
            room.kodi.open(seen[number % _SEEN_BEFORE])
            time.sleep(0.3)
        return evening, len(room.asked())


def _open_all(kodi: Kodi, lists: list[str]) -> None:
    for each in lists:
        kodi.open(each)
        time.sleep(1.5)


def _seasons(kodi: Kodi) -> list[str]:
    series = sorted(kodi.series(), key=lambda row: str(row["title"]))
    return [f"{SERIES}{row['tvshowid']}/1/" for row in series]
