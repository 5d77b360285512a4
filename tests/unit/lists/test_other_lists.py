"""Lists of other add-ons that draw ticks of their own, show the library's, or are random."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Iterator

import pytest

from tests.unit import kodi_in_memory
from tests.unit.kodi_in_memory import ADDONS, Entry
from tests.unit.lists.test_any_list import FILM_COUNT, AnyList

kodi_in_memory.install()

from lib.lists.container import _MOST_LABELS  # noqa: E402
from lib.ui import context_menu  # noqa: E402
from lib.ui.context_menu import ContextMenu  # noqa: E402

Labels = Callable[[Entry], "dict[str, str]"]
RANDOM = "plugin://plugin.video.films/list/?info=random_films"


@pytest.fixture
def evening() -> Iterator[AnyList]:
    """Somebody who has watched all there is."""
    evening = AnyList()
    evening.settle_in("Ann", list(range(len(evening.kodi.videos))))
    yield evening
    evening.end()
    evening.server.__exit__(None, None, None)
    evening.one_tick_a_step.close()


@pytest.fixture
def loads(evening: AnyList, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each list that Kodi loads, opened or loaded again."""
    loaded: list[str] = []
    load = evening.kodi.load

    def noted() -> None:
        loaded.append(evening.kodi.path)
        load()

    monkeypatch.setattr(evening.kodi, "load", noted)
    return loaded


def have_rows_say(
    evening: AnyList,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Entry, dict[str, str]], None],
) -> None:
    """change: what rows of other add-ons say, once Kodi has put its tick there."""
    said: Labels = evening.kodi._said_of_other

    def changed(row: Entry) -> dict[str, str]:
        labels = said(row)
        change(row, labels)
        return labels

    monkeypatch.setattr(evening.kodi, "_said_of_other", changed)


def asked(evening: AnyList) -> int:
    return len(evening.server.requests_to("/sync/watched"))


def others(evening: AnyList) -> list[int]:
    return [entry.playcount for entry in evening.kodi.others if entry.is_addons]


def test_an_add_on_that_draws_none_of_our_ticks_costs_nothing_after_its_first_list(
    evening: AnyList, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    have_rows_say(evening, monkeypatch, lambda _, labels: labels.update(PlayCount=""))
    evening.browse(ADDONS[0])
    assert loads == [ADDONS[0]] * 2
    assert others(evening) == [1] * 4
    evening.browse("")
    questions = asked(evening)
    for restarts in (False, True, True):
        if restarts:
            evening.restart()
        evening.coordinator.look_now()  # all that was answered is to be asked once more
        evening.browse(ADDONS[1])
        assert asked(evening) == questions
    assert evening.store.made_ticks.count(0) == 4, "a tick that is not drawn was not taken away"
    assert loads.count(ADDONS[1]) == 3


def test_rows_that_show_the_librarys_playcount_say_nothing_of_the_others(
    evening: AnyList, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are not ticked by what is written for their path: Kodi does not come into it."""
    of_library = evening.kodi.videos[0]
    rows = [entry for entry in evening.kodi.others if entry.is_addons]
    shown, other = rows[0], rows[2]

    def change(row: Entry, labels: dict[str, str]) -> None:
        if row is shown:
            labels.update(DBID="1", Title=of_library.title, PlayCount="")

    have_rows_say(evening, monkeypatch, change)
    evening.kodi.others = [shown]
    evening.browse(ADDONS[0])
    assert loads == [ADDONS[0]] * 2
    evening.browse("")
    evening.kodi.others = [other]
    evening.browse(ADDONS[1])
    assert other.playcount == 1
    evening.kodi.others = [shown]
    evening.browse(ADDONS[0])
    evening.browse("")
    assert evening.browsing.deps.journal.kept_away() == [], "nobody has taken a tick away"


def test_a_number_that_is_not_the_librarys_makes_a_row_count(
    evening: AnyList, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    have_rows_say(evening, monkeypatch, lambda _, labels: labels.update(DBID="1", PlayCount=""))
    evening.browse(ADDONS[0])
    evening.browse(ADDONS[1])
    assert loads == [ADDONS[0], ADDONS[0], ADDONS[1]]


def test_a_list_that_is_random_by_its_route_is_ticked_when_it_is_left(
    evening: AnyList, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.unit.kodi_in_memory.ADDONS", (RANDOM,))
    evening.browse(RANDOM)
    assert loads == [RANDOM]
    assert others(evening) == [0] * 4
    evening.browse("")
    assert others(evening) == [1] * 4


def test_a_list_that_has_another_row_when_it_is_opened_later_is_loaded_again_as_before(
    evening: AnyList, loads: list[str]
) -> None:
    rows = evening.kodi.others
    for shown in (rows[1:2], rows[4:5], rows[2:3]):
        evening.kodi.others = shown
        evening.browse(ADDONS[0])
        assert [entry.playcount for entry in shown] == [1]
        evening.browse("")
    assert loads == [ADDONS[0], ADDONS[0], ""] * 3


@pytest.mark.parametrize("count", [1, 2], ids=["as many rows", "more rows"])
def test_a_list_that_had_other_rows_is_not_loaded_again_in_its_session(
    evening: AnyList, loads: list[str], monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    films = [entry for entry in evening.kodi.others if entry.is_addons and entry.season < 0]
    more = [
        replace(films[0], tmdb=101 + n, file=f"{films[0].file}/{n}", playcount=0)
        for n in range(FILM_COUNT)
    ]
    each_time = iter([films[:1], more[:count], more[2:3], more[3:4]])
    load = evening.kodi.load

    def another_each_time() -> None:
        if evening.kodi.path == ADDONS[0]:
            evening.kodi.others = next(each_time)
        load()

    monkeypatch.setattr(evening.kodi, "load", another_each_time)
    evening.browse(ADDONS[0])
    assert loads == [ADDONS[0]] * 2
    for _ in range(2):
        evening.browse("")
        evening.browse(ADDONS[0])
    assert loads == [ADDONS[0], ADDONS[0], "", ADDONS[0], "", ADDONS[0]]
    last = evening.kodi.others
    evening.browse("")
    assert [entry.playcount for entry in last] == [1], "its ticks are written when it is left"


# Somebody asks about a row that has no tick.


def check_again(evening: AnyList, monkeypatch: pytest.MonkeyPatch, row: Entry) -> None:
    for name in ("notify", "show_alone"):
        monkeypatch.setattr(context_menu, name, lambda *_: None)
    menu = ContextMenu(evening.browsing, evening.coordinator)
    menu.check_again({"FileNameAndPath": row.file, **evening.kodi._said_of_other(row)})
    evening.run_to_rest()


@pytest.mark.parametrize("removed", [1, 4])
def test_ticks_that_were_taken_away_by_hand_do_not_have_their_add_on_left_alone(
    evening: AnyList, monkeypatch: pytest.MonkeyPatch, removed: int
) -> None:
    evening.browse(ADDONS[0])
    assert others(evening) == [1] * 4
    rows = [entry for entry in evening.kodi.others if entry.is_addons]
    for row in rows[:removed]:
        row.playcount, row.lastplayed = 0, ""
    evening.browse("")
    evening.browse(ADDONS[0])
    assert others(evening) == [0] * removed + [1] * (4 - removed)
    check_again(evening, monkeypatch, rows[0])
    evening.browse("")
    evening.browse(ADDONS[0])
    assert evening.browsing.deps.overlays.draws("plugin.video.films")
    assert others(evening) == [1] + [0] * (removed - 1) + [1] * (4 - removed)


def test_an_add_on_that_draws_ticks_after_all_gets_them_when_somebody_asks(
    evening: AnyList, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws_own = [True]

    def change(_: Entry, labels: dict[str, str]) -> None:
        if draws_own[0]:
            labels.update(PlayCount="")

    have_rows_say(evening, monkeypatch, change)
    evening.browse(ADDONS[0])
    assert not evening.browsing.deps.overlays.draws("plugin.video.films")
    evening.browse("")
    rows = [entry for entry in evening.kodi.others if entry.is_addons]
    for row in rows:
        row.playcount, row.lastplayed = 0, ""  # as an add-on does that cleans Kodi's database
    draws_own[0] = False
    evening.browse(ADDONS[0])
    assert others(evening) == [0] * 4
    check_again(evening, monkeypatch, rows[0])
    evening.browse("")
    assert others(evening) == [1] * 4
    assert evening.browsing.deps.journal.kept_away() == []


def test_what_an_add_on_did_not_draw_was_not_removed_by_hand_once_it_is_another_version(
    evening: AnyList, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, label = ["1.0"], evening.kodi.label

    def labels(name: str) -> str:
        return version[0] if name.startswith("System.AddonVersion") else label(name)

    def change(_: Entry, labels: dict[str, str]) -> None:
        if version == ["1.0"]:
            labels.update(PlayCount="")

    monkeypatch.setattr(evening.kodi, "label", labels)
    have_rows_say(evening, monkeypatch, change)
    evening.browse(ADDONS[0])
    assert not evening.browsing.deps.overlays.draws("plugin.video.films")
    version[0] = "1.1"
    rows = [entry for entry in evening.kodi.others if entry.is_addons]
    for row in rows:
        row.playcount, row.lastplayed = 0, ""
    evening.restart()
    evening.browsing.deps.overlays.saw_ours()  # of another add-on
    evening.browse("")
    evening.browse(ADDONS[0])
    evening.browse("")
    assert others(evening) == [1] * 4
    assert evening.browsing.deps.journal.kept_away() == []
    rows[0].playcount, rows[0].lastplayed = 0, ""
    evening.restart()
    evening.browse(ADDONS[0])
    evening.browse("")
    assert others(evening) == [0, 1, 1, 1], "this one was removed by hand"


# What was left is written while another list is open.


@pytest.mark.parametrize("room", [0, 25, 60])
def test_rows_that_there_were_no_labels_left_to_read_keep_their_words(
    evening: AnyList, room: int
) -> None:
    evening.kodi.is_still = False
    evening.browse(ADDONS[0])
    container = evening.browsing.deps.container
    container._seen.clear()
    container._labels_read = _MOST_LABELS - room
    evening.browse(ADDONS[1])
    assert evening.kodi.blank == set()
    evening.browse("")
    assert others(evening) == [1] * 4


def test_rows_of_a_list_that_is_not_gone_through_keep_their_words(evening: AnyList) -> None:
    """A node of the library may be an add-on's list."""
    evening.kodi.is_still = False
    evening.browse(ADDONS[0])
    rows = [entry for entry in evening.kodi.others if entry.is_addons]
    evening.kodi.path, evening.kodi.rows = "library://video/mine.xml/", rows
    evening.run_to_rest()
    assert evening.kodi.blank == set()
    evening.browse("")
    assert others(evening) == [1] * 4
