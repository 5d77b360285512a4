"""What is said to a person who asks about a row: what Simkl has, and why it has no tick."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from lib.kodi import string_ids
from lib.lists.row_places import LEFT_ALONE
from lib.lists.why_no_tick import BEGUN, HELD_BACK, REMOVED
from lib.simkl.answers import Film, Watch
from lib.simkl.asks import PLAIN
from lib.storage.answer_cache import Known
from lib.ticks.refusals import GONE
from lib.ticks.tick_settings import TickSettings
from lib.titles.title import MOVIE, Place, Title
from tests.unit import kodi_in_memory
from tests.unit.coordinator_setup import CoordinatorSetup
from tests.unit.kodi.test_string_ids import ENGLISH, read_words
from tests.unit.kodi_in_memory import XBMC, Entry

kodi_in_memory.install()

from lib.lists.build import build_dependencies  # noqa: E402
from lib.ui import context_menu  # noqa: E402
from lib.ui.context_menu import ContextMenu, _Checked  # noqa: E402

WORDS = read_words(ENGLISH)
HEAT = Title(MOVIE, (("tmdb", "949"),))
WATCHED = Known(HEAT, Film(Watch(None)), PLAIN, 0.0)
ROW = {"DBTYPE": "movie", "DBID": "7", "Title": "Heat", "FileNameAndPath": "/media/heat.mkv"}
NAMELESS = {"DBTYPE": "movie", "Title": "Some", "FileNameAndPath": "plugin://plugin.video.a/b"}


class Menu:
    def __init__(self, setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch) -> None:
        XBMC.kodi = kodi_in_memory.KodiInMemory(lambda *_: None, lambda *_: None)
        XBMC.kodi.add(Entry("movie", 7, "Heat", 949, "/media/heat.mkv"))
        self.setup = setup
        self.deps = build_dependencies(setup.coordinator, setup.store)
        self.deps.policy.tick_settings = TickSettings(frozenset({"movie", "episode"}))
        self.said: list[str] = []
        monkeypatch.setattr(context_menu, "text", self.text)
        monkeypatch.setattr(context_menu, "short_date", lambda date: date[:10])
        monkeypatch.setattr(context_menu, "notify", self.said.append)
        monkeypatch.setattr(context_menu, "show_alone", lambda _: None)
        current: Any = SimpleNamespace(
            path="", is_in_library=False, visits=[], identity_of=lambda _: None
        )
        browsing: Any = SimpleNamespace(
            deps=self.deps, current_list=current, look_again_and_load=lambda: None
        )
        self.menu = cast("Any", ContextMenu(browsing, setup.coordinator))

    def text(self, number: int, **values: str) -> str:
        words = WORDS[number]
        for name, value in values.items():
            words = words.replace("{" + name + "}", value)
        return words

    def check_again(self, row: dict[str, str]) -> str:
        self.menu.check_again(row)
        self.setup.turn()
        self.menu.turn()
        return self.said[-1]


@pytest.fixture
def menu(setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch) -> Menu:
    return Menu(setup, monkeypatch)


def test_a_film_whose_tick_is_on_its_way_has_no_reason(menu: Menu) -> None:
    assert menu.check_again(ROW) == "Heat: watched on 2024-03-01."


def test_a_row_that_is_not_known_says_why(menu: Menu) -> None:
    cannot_ask = WORDS[string_ids.CANNOT_ASK].replace("{name}", "Some")
    assert menu.check_again(NAMELESS) == f"{cannot_ask} {WORDS[string_ids.WHY_NO_ID]}"
    row = {**NAMELESS, "DBTYPE": "episode", "UniqueID(tmdb)": "5"}
    assert menu.check_again(row).endswith(WORDS[string_ids.WHY_IN_DOUBT])


def test_the_reason_follows_what_was_found(menu: Menu) -> None:
    menu.deps.ignored_titles.leave(HEAT, "Heat")
    assert menu.check_again(ROW) == (
        f"Heat: watched on 2024-03-01. {WORDS[string_ids.WHY_LEFT_ALONE]}"
    )
    assert menu.check_again({**ROW, "PlayCount": "1"}) == "Heat: watched on 2024-03-01."


def test_what_is_not_watched_needs_no_reason(menu: Menu) -> None:
    XBMC.kodi.add(Entry("movie", 8, "Ronin", 8195, "/media/ronin.mkv"))
    menu.deps.ignored_titles.leave(Title(MOVIE, (("tmdb", "8195"),)), "Ronin")
    row = {**ROW, "DBID": "8", "Title": "Ronin"}
    assert menu.check_again(row) == "Ronin: not watched on Simkl."


def test_a_tick_that_was_removed_comes_back_and_that_is_said(menu: Menu) -> None:
    menu.deps.policy.user_changes.removes(("movie", 7), Place(HEAT), None)
    assert menu.check_again(ROW).endswith(WORDS[string_ids.WHY_REMOVED])
    assert menu.check_again(ROW) == "Heat: watched on 2024-03-01."


@pytest.mark.parametrize(
    ("reason", "file", "refusal", "said"),
    [
        (None, "/media/heat.mkv", GONE, string_ids.REFUSED_GONE),
        (HELD_BACK, "/media/heat.mkv", GONE, string_ids.REFUSED_GONE),
        (REMOVED, "/media/heat.mkv", GONE, string_ids.REFUSED_GONE),
        (HELD_BACK, "/media/heat.mkv", None, string_ids.WHY_HELD_BACK),
        (LEFT_ALONE, "/media/heat.mkv", GONE, string_ids.WHY_LEFT_ALONE),
        (BEGUN, "/media/heat.mkv", GONE, string_ids.WHY_BEGUN),
        (HELD_BACK, "", GONE, string_ids.WHY_HELD_BACK),
    ],
)
def test_of_two_reasons_that_is_said_which_does_not_pass_by_itself(
    menu: Menu,
    monkeypatch: pytest.MonkeyPatch,
    reason: str | None,
    file: str,
    refusal: str | None,
    said: int,
) -> None:
    monkeypatch.setattr(menu.deps.writer, "refusal", lambda _: refusal)
    checked = _Checked(HEAT, Place(HEAT), "Heat", file, reason)
    assert menu.menu._finding(checked, WATCHED).endswith(WORDS[said])
