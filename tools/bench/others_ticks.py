"""How quickly a list of another add-on gets its ticks, and what is asked of Simkl for it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom

from .comparison import Subject
from .kodis import PAGE, fresh_kodi, press_keys, walk_there
from .others_lists import PATH, Case, open_list, room_with
from .report import ms, seconds, span, table
from .window import Labels, watching

# A season; what comes next of each series; a genre; and all there is, as films and as episodes:
# of these what takes long is the asking, and of those the writing.
CASES = (Case(25, 1), Case(100, 100), Case(250), Case(2000), Case(2000, 1))

_SCROLLING = 3.0  # seconds
_NO_QUESTION = 5.0  # seconds without one: nothing more is asked
_CALM = 3.0  # seconds without a change: longer than it takes from a key press to the ticks
_PAGE_ROWS = [f"Container.ListItemPosition({position})" for position in range(PAGE)]
_ROW = ("Label", "Title", "Overlay")
_NUM_ITEMS = "Container.NumItems"
# One label for all rows: Kodi remembers each label that was ever read, 60,000 at most.
_TOTAL = "Container.TotalWatched"
_LABELS = [_NUM_ITEMS, _TOTAL, *(f"{row}.{name}" for row in _PAGE_ROWS for name in _ROW)]

_TEXT = """### Until the ticks are drawn

Milliseconds until the list is drawn, until the ticks of the page on the screen are, and until all
are that are drawn while the list stays open: median, and the slowest run in brackets. They count
from when Kodi was asked to open the list. "scrolling": keys are pressed every 100 ms for
{scrolling:.0f} s from then on, and the last two times count from the last key. "ticked": rows that
are when nothing changes any more; the rest is written after the person has left. "never": the rows
on the screen are not among them.

{ticks}
### What is asked, and what is left

The person is still until nothing more is asked, leaves for the home screen, and comes back.
Every title was watched. "titles": asked about. "asked": seconds from opening the list to the last
question. "written": seconds from leaving until Kodi has the ticks that were left. "ticked": rows
that are when they come back.

{rest}"""
_TICKS = ("list", "the person", "runs", "drawn", "page", "all", "ticked")
_REST = ("list", "runs", "POSTs", "titles", "asked", "written", "ticked")


class Opening(NamedTuple):
    """Moments: the list was asked for, the time counts from, the list, the ticks of the page and
    all ticks are drawn. ticked: rows that are.
    """

    asked_for: float
    counts_from: float
    drawn: float
    page: float
    whole: float
    ticked: int


class Rest(NamedTuple):
    """posts: to Simkl. titles: in them. asked, written: seconds. ticked: rows."""

    posts: int
    titles: int
    asked: float
    written: float
    ticked: int


def measured(runs: int) -> str:
    ticks, rest = [], []
    for case in CASES:
        with room_with(case) as room:
            still = [_stayed_and_left(room, case) for _ in range(runs)]
            scrolled = [_scrolled(room, case) for _ in range(runs)]
        stayed = [opening for opening, _ in still]
        ticks += [_ticks_row(case, "is still", stayed), _ticks_row(case, "scrolls", scrolled)]
        rest.append(_rest_row(case, [left for _, left in still]))
        print(*ticks[-2:], rest[-1], sep="\n")
    return _TEXT.format(scrolling=_SCROLLING, ticks=table(_TICKS, ticks), rest=table(_REST, rest))


def subjects() -> list[Subject]:
    return [Subject(partial(room_with, case), partial(_figures, case)) for case in CASES]


def _figures(case: Case, room: LivingRoom) -> dict[str, float]:
    opening, left = _stayed_and_left(room, case)
    return {
        **_opening_figures(f"{case.name}, still", case, opening),
        f"{case.name}, left: POSTs": left.posts,
        f"{case.name}, left: titles asked about": left.titles,
        f"{case.name}, left: asked, s": left.asked,
        f"{case.name}, left: written, s": left.written,
        f"{case.name}, back: rows without a tick": case.rows - left.ticked,
        **_opening_figures(f"{case.name}, scrolling", case, _scrolled(room, case)),
    }


def _opening_figures(name: str, case: Case, opening: Opening) -> dict[str, float]:
    return {
        f"{name}: drawn, ms": 1000 * (opening.drawn - opening.asked_for),
        f"{name}: page, ms": 1000 * (opening.page - opening.counts_from),
        f"{name}: all, ms": 1000 * (opening.whole - opening.counts_from),
        f"{name}: rows without a tick": case.rows - opening.ticked,
    }


def _stayed_and_left(room: LivingRoom, case: Case) -> tuple[Opening, Rest]:
    with fresh_kodi(room):
        opening = _opened(room.kodi, case, lambda asked_for: asked_for)
        return opening, _left(room, case, opening.asked_for)


def _scrolled(room: LivingRoom, case: Case) -> Opening:
    with fresh_kodi(room):
        return _opened(room.kodi, case, lambda _: press_keys(room.kodi, _SCROLLING))


def _opened(kodi: Kodi, case: Case, meanwhile: Callable[[float], float]) -> Opening:
    """Open the list and watch it until nothing changes.

    meanwhile: done then; takes the moment of the opening, gives that from which the time counts.
    """
    walk_there(kodi)
    with watching(kodi.ports.tcp, *_LABELS) as seen:
        asked_for = time.monotonic()
        open_list(kodi)
        counts_from = meanwhile(asked_for)
        seen.wait_for(lambda labels: labels[_TOTAL] not in ("", "0"), what="the first tick")
        seen.wait_for_calm(_CALM)
    return Opening(
        asked_for,
        counts_from,
        seen.first(lambda labels: labels[_NUM_ITEMS] == str(case.rows)),
        seen.since(_page_is_ticked),
        seen.last_change(),
        _ticked(kodi),
    )


def _page_is_ticked(labels: Labels) -> bool:
    page = [[labels[f"{row}.{name}"] for name in _ROW] for row in _PAGE_ROWS]
    rows = [row for row in page if row[0] != ".."]
    return all(title and overlay == "OverlayWatched.png" for _, title, overlay in rows)


def _ticked(kodi: Kodi) -> int:
    return int(kodi.label(_TOTAL) or 0)


def _left(room: LivingRoom, case: Case, asked_for: float) -> Rest:
    """Wait until nothing more is asked, leave, wait until nothing more is written, come back."""
    _last_change(lambda: len(room.asked()), 0, _NO_QUESTION)
    questions = room.simkl.requests_to("/sync/watched")
    before, start = _written(room.kodi), time.monotonic()
    room.kodi.home()
    written = _last_change(lambda: _written(room.kodi), before, _CALM)
    room.kodi.open(PATH)
    room.kodi.wait_for(lambda: room.kodi.label(_NUM_ITEMS) == str(case.rows), what="the rows")
    return Rest(
        len(questions),
        sum(len(body) for body in room.asked()),
        questions[-1].at - asked_for,
        0.0 if written is None else written - start,
        _ticked(room.kodi),
    )


def _last_change(count: Callable[[], int], before: int, calm: float) -> float | None:
    """Wait until a count has not changed for so long; when it last did, None for never."""
    changed_at, looked_since = None, time.monotonic()
    while time.monotonic() - (changed_at or looked_since) < calm:
        now = count()
        if now != before:
            before, changed_at = now, time.monotonic()
        time.sleep(0.1)
    return changed_at


def _written(kodi: Kodi) -> int:
    """Ticks that Kodi's database has."""
    file = next((kodi.home_folder.userdata / "Database").glob("MyVideos*.db"))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)) as database:
        found = database.execute("SELECT count(*) FROM files WHERE playCount > 0").fetchone()
    return int(found[0])


def _ticks_row(case: Case, person: str, openings: Sequence[Opening]) -> list[str]:
    return [
        case.name,
        person,
        str(len(openings)),
        ms([opening.drawn - opening.asked_for for opening in openings]),
        ms([opening.page - opening.counts_from for opening in openings]),
        ms([opening.whole - opening.counts_from for opening in openings]),
        f"{span([opening.ticked for opening in openings])} of {case.rows}",
    ]


def _rest_row(case: Case, rests: Sequence[Rest]) -> list[str]:
    return [
        case.name,
        str(len(rests)),
        span([rest.posts for rest in rests]),
        f"{span([rest.titles for rest in rests])} of {case.titles}",
        seconds([rest.asked for rest in rests]),
        seconds([rest.written for rest in rests]),
        f"{span([rest.ticked for rest in rests])} of {case.rows}",
    ]
