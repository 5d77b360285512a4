"""Whether Kodi draws what was written, has lost it all, or the person took one away."""

from __future__ import annotations

from lib.ticks.overlays import Overlays
from lib.titles.identify import Identity
from lib.titles.rows import NonLibraryRow
from lib.titles.title import SHOW, Title

ADDON, LIST = "plugin.video.a", "plugin://plugin.video.a/list/"
DARK = Title(SHOW, (("tmdb", "70523"),))


def row(number: int, *, ticked: bool = False, addon: str = ADDON) -> NonLibraryRow:
    return NonLibraryRow(f"plugin://{addon}/{number}", {}, int(ticked), is_begun=False)


def identity(number: int) -> Identity:
    return Identity(DARK, ((1, number),))


def written(*numbers: int) -> Overlays:
    drawn = Overlays()
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
    assert Overlays().have_lost_all([row(n) for n in (1, 2, 3)])


def test_a_few_or_not_all_were_taken_away_by_hand() -> None:
    assert not Overlays().have_lost_all([row(1), row(2)])
    assert not Overlays().have_lost_all([row(1), row(2), row(3), row(4, ticked=True)])


def test_those_that_were_there_since_the_start_were_taken_away_by_hand() -> None:
    seen = Overlays()
    seen.look(LIST, [(row(1, ticked=True), identity(1))], is_loaded=False)
    assert not seen.have_lost_all([row(1), row(2), row(3)])
    assert not written(1).have_lost_all([row(1), row(2), row(3)])


def test_where_any_tick_of_ours_is_drawn_none_were_lost() -> None:
    drawn = Overlays()
    drawn.saw_ours()
    assert not drawn.have_lost_all([row(1), row(2), row(3)])


def test_a_row_that_got_a_tick_under_another_path_is_noticed() -> None:
    drawn = written(1)
    assert drawn.is_under_another_path(LIST, identity(1))
    assert not drawn.is_under_another_path(LIST, identity(2))
    assert not drawn.is_under_another_path("plugin://plugin.video.a/other/", identity(1))
