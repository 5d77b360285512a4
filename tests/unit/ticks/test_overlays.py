"""Whether Kodi draws what was written, has lost it all, or the person took one away."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.ticks.overlays import Overlays
from lib.titles.identify import Identity
from lib.titles.rows import NonLibraryRow
from lib.titles.title import SHOW, Title
from tests.unit.memory import memory

ADDON, LIST = "plugin.video.a", "plugin://plugin.video.a/list/"
DARK = Title(SHOW, (("tmdb", "70523"),))


def row(number: int, *, ticked: bool = False, addon: str = ADDON) -> NonLibraryRow:
    return NonLibraryRow(f"plugin://{addon}/{number}", {}, int(ticked), is_begun=False)


def identity(number: int) -> Identity:
    return Identity(DARK, ((1, number),))


def started(file: Path = Path(":memory:"), version: str = "1.0", now: float = 0.0) -> Overlays:
    """As after a start of Kodi, which has the add-on in this version."""
    return Overlays(memory(file, lambda: now).undrawn_addons, lambda _: version)


def written(*numbers: int, drawn: Overlays | None = None) -> Overlays:
    drawn = drawn or started()
    for number in numbers:
        drawn.wrote(LIST, identity(number), row(number).path)
    return drawn


def look(drawn: Overlays, ticked: list[bool], *, is_loaded: bool) -> bool:
    rows = [(row(n, ticked=t), identity(n)) for n, t in enumerate(ticked, 1)]
    drawn.look(LIST, rows, is_loaded=is_loaded)
    return drawn.draws(ADDON)


def test_an_add_on_that_shows_none_of_the_ticks_is_left_alone() -> None:
    assert not look(written(1, 2), [False, False], is_loaded=False)
    assert not look(written(1), [False], is_loaded=True)


def test_a_single_tick_that_is_missing_may_have_been_taken_away() -> None:
    assert look(written(1), [False], is_loaded=False)
    assert look(written(1, 2), [True, False], is_loaded=True)


def test_one_that_has_once_shown_a_tick_is_not_given_up() -> None:
    drawn = written(1, 2)
    assert look(drawn, [True, True], is_loaded=True)
    assert look(drawn, [False, False], is_loaded=False)


def test_all_of_several_that_are_missing_after_a_start_were_lost() -> None:
    assert started().have_lost_all([row(n) for n in (1, 2, 3)])


def test_a_few_or_not_all_were_taken_away_by_hand() -> None:
    assert not started().have_lost_all([row(1), row(2)])
    assert not started().have_lost_all([row(1), row(2), row(3), row(4, ticked=True)])


def test_those_that_were_there_since_the_start_were_taken_away_by_hand() -> None:
    seen = started()
    seen.look(LIST, [(row(1, ticked=True), identity(1))], is_loaded=False)
    assert not seen.have_lost_all([row(1), row(2), row(3)])
    assert not written(1).have_lost_all([row(1), row(2), row(3)])


def test_where_any_tick_of_ours_is_drawn_none_were_lost() -> None:
    drawn = started()
    drawn.saw_ours()
    assert not drawn.have_lost_all([row(1), row(2), row(3)])


def test_a_row_that_got_a_tick_under_another_path_is_noticed() -> None:
    drawn = written(1)
    assert drawn.is_under_another_path(LIST, identity(1))
    assert not drawn.is_under_another_path(LIST, identity(2))
    assert not drawn.is_under_another_path("plugin://plugin.video.a/other/", identity(1))


# Over restarts.


@pytest.mark.parametrize(("rows", "is_loaded"), [(1, True), (3, False)])
def test_an_add_on_that_draws_nothing_is_known_after_a_restart(
    tmp_path: Path, rows: int, is_loaded: bool
) -> None:
    file = tmp_path / "memory.db"
    first = written(*range(1, rows + 1), drawn=started(file))
    assert not look(first, [False] * rows, is_loaded=is_loaded)
    assert not started(file).draws(ADDON)
    assert started(file).draws("plugin.video.b")
    assert started(file).draws("")
    first.clear()  # as when somebody signs in
    assert not first.draws(ADDON)


def test_two_ticks_that_are_missing_count_for_this_session_only(tmp_path: Path) -> None:
    """Somebody may have taken both away."""
    file = tmp_path / "memory.db"
    assert not look(written(1, 2, drawn=started(file)), [False, False], is_loaded=False)
    assert started(file).draws(ADDON)


def test_it_is_tried_again_in_another_version_after_a_month_and_when_somebody_asks(
    tmp_path: Path,
) -> None:
    file, day = tmp_path / "memory.db", 86400.0
    look(written(1, drawn=started(file)), [False], is_loaded=True)
    assert not started(file, now=29 * day).draws(ADDON)
    assert started(file, now=31 * day).draws(ADDON)
    assert started(file, now=-day).draws(ADDON), "the box's date was wrong"
    assert started(file, version="1.1").draws(ADDON)
    asked = started(file)
    assert not asked.draws(ADDON)
    asked.try_again(row(1).path)
    assert asked.draws(ADDON)
    assert started(file).draws(ADDON)


def test_after_that_it_may_show_a_tick_or_none(tmp_path: Path) -> None:
    file = tmp_path / "memory.db"
    for is_drawn in (False, False, True):
        drawn = started(file)
        drawn.try_again(row(1).path)
        assert look(written(1, drawn=drawn), [is_drawn], is_loaded=True) is is_drawn
        assert started(file).draws(ADDON) is is_drawn


def test_ticks_that_are_drawn_after_all_have_it_forgotten(tmp_path: Path) -> None:
    """Kodi names a list before it shows its rows: those of the list before may have been read."""
    file = tmp_path / "memory.db"
    drawn = written(1, 2, 3, drawn=started(file))
    assert not look(drawn, [False] * 3, is_loaded=False)
    assert look(drawn, [True] * 3, is_loaded=False)
    assert started(file).draws(ADDON)
