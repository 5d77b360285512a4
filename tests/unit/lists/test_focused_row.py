"""What skins are told of the row in focus, and what is asked for it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lib.lists.watched_properties import NOTHING, Properties
from lib.simkl.answers import AllWatched, Series, Watch
from lib.simkl.asks import COUNTERS, EPISODES, Ask
from lib.ticks.tick_settings import TickSettings
from lib.titles.identify import Identity
from lib.titles.title import SHOW, Title
from tests.unit import kodi_in_memory
from tests.unit.clocks import Clock
from tests.unit.coordinator_setup import DATE, CoordinatorSetup
from tests.unit.kodi_in_memory import MOVIE, XBMC, Entry

kodi_in_memory.install()

from lib.lists import focused_row  # noqa: E402
from lib.lists.build import build_dependencies  # noqa: E402
from lib.lists.current_list import CurrentList  # noqa: E402

KINDS = frozenset({"movie", "tvshow", "season", "episode"})
ADDON = "plugin.video.some"
HEAT = {
    "DBTYPE": "movie",
    "Label": "Heat",
    "Title": "Heat",
    "FileNameAndPath": f"plugin://{ADDON}/heat",
    "UniqueID(tmdb)": "9490",
}
RONIN = {**HEAT, "Label": "Ronin", "FileNameAndPath": f"plugin://{ADDON}/r", "UniqueID(tmdb)": "80"}
DARK = {
    "DBTYPE": "tvshow",
    "Label": "Dark",
    "Title": "Dark",
    "FileNameAndPath": f"plugin://{ADDON}/dark/",
    "UniqueID(tmdb)": "70520",
}
SEASON = {
    "DBTYPE": "season",
    "Label": "Season 1",
    "Season": "1",
    "FileNameAndPath": f"plugin://{ADDON}/dark/1/",
    "UniqueID(tvshow.tmdb)": "70520",
}
EPISODE = {**SEASON, "DBTYPE": "episode", "Episode": "2", "TVShowTitle": "Dark"}
NAMELESS = {"DBTYPE": "movie", "Label": "Some", "FileNameAndPath": f"plugin://{ADDON}/some"}
NOBODY: dict[str, str] = {}


class Skin:
    """The row in focus, and what is told of it."""

    def __init__(self, setup: CoordinatorSetup) -> None:
        self.setup = setup
        self.row: dict[str, str] = NOBODY
        self.nearby: dict[int, dict[str, str]] = {}
        self.is_not_now = False
        self.told = Properties("never told")
        self.labels_read = 0
        self.clock = Clock()
        XBMC.kodi = kodi_in_memory.KodiInMemory(lambda *_: None, lambda *_: None)
        self.deps = build_dependencies(setup.coordinator, setup.store)
        self.choose(TickSettings(KINDS))
        self.list = CurrentList(self.deps, object(), lambda _: None)  # type: ignore[arg-type]
        self.focused = focused_row.FocusedRow(
            self.deps,
            self.list,
            self.label,
            self.show,
            lambda: self.is_not_now,
            lambda: self.clock.now,
        )
        film = setup.server.add_film("Heat", 1995, tmdb=9490)
        series = setup.server.add_series("Dark", 2017, {0: 1, 1: 3}, tmdb=70520)
        self.ronin = setup.server.add_film("Ronin", 1998, tmdb=80)
        person = setup.server.person
        person.watch(film, at=DATE)
        person.watch(series, season=1, episode=2, at=DATE)

    def choose(self, settings: TickSettings) -> None:
        self.deps.policy.tick_settings = settings

    def label(self, name: str) -> str:
        self.labels_read += 1
        item = re.fullmatch(r"ListItem(?:\((-?\d+)\))?\.(.+)", name)
        assert item is not None
        row = self.nearby.get(int(item[1]), NOBODY) if item[1] else self.row
        return row.get(item[2], "")

    def show(self, properties: Properties) -> None:
        self.told = properties

    def stay(self, seconds: float = 1.0) -> Properties:
        """The focus stays, and Simkl is asked what is to be asked; what is told then."""
        for _ in range(round(seconds / 0.1)):
            self.clock.now += 0.1
            self.focused.turn()
            self.setup.turn()
        return self.told

    def goes_to(self, row: dict[str, str], seconds: float = 1.0) -> Properties:
        self.row = row
        return self.stay(seconds)

    @property
    def calls(self) -> list[list[Any]]:
        return self.setup.calls


@pytest.fixture
def skin(setup: CoordinatorSetup) -> Skin:
    return Skin(setup)


def test_nothing_is_told_where_nothing_is_in_focus(skin: Skin) -> None:
    assert skin.goes_to(NOBODY) == NOTHING
    assert skin.calls == []


def test_a_film_an_episode_a_series_and_a_season_are_asked_about(skin: Skin) -> None:
    assert skin.goes_to(HEAT).watched == "true"
    assert skin.told.last_watched.startswith("2024-03-01 ")
    assert skin.goes_to(DARK) == Properties("false", skin.told.last_watched, "1", "3")
    assert skin.goes_to(SEASON) == Properties("false", skin.told.last_watched, "1", "3")
    assert skin.goes_to(EPISODE).watched == "true"
    assert skin.goes_to({**EPISODE, "Episode": "1", "Label": "1x01"}) == Properties("false")
    assert skin.calls == [[9490], [70520]]


def test_what_is_known_is_told_at_once_and_asked_no_more(skin: Skin) -> None:
    skin.goes_to(HEAT)
    skin.goes_to(NOBODY)
    assert skin.goes_to(HEAT, 0.2).watched == "true"
    skin.stay()
    assert skin.calls == [[9490]]


def test_who_moves_past_rows_asks_nothing(skin: Skin) -> None:
    for _ in range(10):
        skin.goes_to(HEAT, 0.3)
        assert skin.goes_to(RONIN, 0.3) == NOTHING
    assert skin.calls == []


def test_the_moment_that_the_focus_moves_nothing_of_the_row_before_is_told(skin: Skin) -> None:
    skin.goes_to(HEAT)
    assert skin.goes_to(RONIN, 0.1) == NOTHING
    assert skin.goes_to(NAMELESS) == NOTHING
    skin.goes_to(HEAT)
    assert skin.goes_to(NOBODY, 0.1) == NOTHING


def test_what_was_to_be_asked_of_a_row_that_was_left_is_not(skin: Skin) -> None:
    skin.row = HEAT
    for _ in range(8):
        skin.clock.now += 0.1
        skin.focused.turn()
    assert skin.setup.coordinator.queue.unknown != []
    skin.row = NOBODY
    skin.clock.now += 0.1
    skin.focused.turn()
    assert skin.setup.coordinator.queue.unknown == []


@pytest.mark.parametrize(
    "settings",
    [
        TickSettings(KINDS - {"movie"}),
        TickSettings(KINDS, of_addons=False),
        TickSettings(KINDS, addons=frozenset({ADDON})),
    ],
)
def test_what_the_settings_leave_out_is_neither_asked_nor_told(
    skin: Skin, settings: TickSettings
) -> None:
    skin.choose(settings)
    assert skin.goes_to(HEAT) == NOTHING
    assert skin.calls == []
    skin.choose(TickSettings(KINDS))
    assert skin.stay().watched == "true"  # the focus need not move for it
    skin.choose(settings)
    assert skin.stay(0.1) == NOTHING


def test_a_title_that_is_left_alone_is_neither_asked_nor_told(skin: Skin) -> None:
    skin.goes_to(DARK)
    skin.deps.ignored_titles.leave(Title(SHOW, (("tmdb", "70520"),)), "Dark")
    assert skin.stay(0.1) == NOTHING
    assert skin.goes_to(SEASON) == NOTHING
    assert skin.setup.coordinator.queue.focused == []


def test_a_row_in_a_list_that_is_left_out_is_too(skin: Skin) -> None:
    skin.choose(TickSettings(KINDS, addons=frozenset({"plugin.video.lister"})))
    skin.list.path = "plugin://plugin.video.lister/all/"
    assert skin.goes_to(HEAT) == NOTHING
    assert skin.calls == []


def test_nothing_is_told_or_read_where_nobody_is_signed_in(skin: Skin) -> None:
    skin.goes_to(HEAT)
    skin.setup.account.forget()
    skin.setup.coordinator.begin(skin.setup.door, skin.setup.server.client_id)
    assert skin.stay(0.1) == NOTHING
    read = skin.labels_read
    skin.stay()
    assert skin.labels_read == read


def test_at_the_end_nothing_is_told(skin: Skin) -> None:
    skin.goes_to(HEAT)
    skin.focused.leave()
    assert skin.told == NOTHING


def test_a_row_of_the_library_is_known_by_its_id(skin: Skin) -> None:
    XBMC.kodi.add(Entry(MOVIE, 7, "Heat", 9490, "/media/heat.mkv"))
    row = {"DBTYPE": "movie", "DBID": "7", "Label": "x", "FileNameAndPath": "/media/heat.mkv"}
    assert skin.goes_to(row).watched == "true"
    skin.choose(TickSettings(KINDS, folders=("/media/",)))
    assert skin.stay() == NOTHING


@pytest.mark.parametrize("kind", ["song", "set", ""])
def test_what_is_no_film_and_no_series_is_left_alone(skin: Skin, kind: str) -> None:
    XBMC.kodi.add(Entry(MOVIE, 7, "Heat", 9490, "/media/heat.mkv"))
    row = {"DBTYPE": kind, "DBID": "7", "Label": "x", "FileNameAndPath": "/music/Heat (1995).mp3"}
    assert skin.goes_to(row) == NOTHING
    assert skin.calls == []


def test_a_dialog_in_front_changes_nothing_and_nothing_is_read(
    skin: Skin, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = skin.goes_to(HEAT)
    monkeypatch.setattr(skin.deps.container, "is_covered", lambda: True)
    read = skin.labels_read
    assert skin.goes_to(RONIN) == told
    assert skin.labels_read == read


def test_few_calls_of_the_day_are_for_what_lists_show(
    skin: Skin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(skin.deps.coordinator.client), "may_repeat", False)
    assert skin.goes_to(HEAT) == NOTHING
    assert skin.calls == []


def test_rows_beside_it_are_asked_in_the_same_call(skin: Skin) -> None:
    library = {"DBTYPE": "movie", "DBID": "7", "Label": "x", "FileNameAndPath": "/media/heat.mkv"}
    music = {"Label": "x", "FileNameAndPath": "/music/Some (1995).mp3"}
    skin.nearby = {
        1: RONIN,
        -1: DARK,
        2: EPISODE,
        -2: library,
        3: NAMELESS,
        -3: music,
        5: {**HEAT, "x": "y"},
    }
    assert skin.goes_to(HEAT).watched == "true"
    assert skin.calls == [[9490, 80, 70520]]
    skin.nearby = {-1: HEAT}
    assert skin.goes_to(RONIN, 0.3) == Properties("false")
    assert skin.goes_to(DARK, 0.3).total_episodes == "3"
    skin.stay()
    assert skin.calls == [[9490, 80, 70520]]


def test_rows_beside_it_that_are_known_are_not_asked_once_more(skin: Skin) -> None:
    """Not even where that is old: they are not in focus."""
    skin.goes_to(RONIN)
    skin.setup.coordinator._answer_cache.make_all_old()
    skin.nearby = {1: RONIN}
    skin.goes_to(HEAT)
    assert skin.calls == [[80], [9490]]


def test_rows_beside_it_that_are_left_out_are_not_asked(skin: Skin) -> None:
    skin.deps.ignored_titles.leave(Title(SHOW, (("tmdb", "70520"),)), "Dark")
    skin.nearby = {1: DARK, 2: RONIN}
    skin.goes_to(HEAT)
    assert skin.calls == [[9490, 80]]


def test_nothing_is_told_or_asked_while_a_film_fills_the_screen(skin: Skin) -> None:
    skin.is_not_now = True
    assert skin.goes_to(HEAT) == NOTHING
    assert skin.calls == []
    skin.is_not_now = False
    assert skin.stay().watched == "true"


def test_the_open_list_is_asked_first(skin: Skin) -> None:
    queue = skin.setup.coordinator.queue
    queue.focus([Ask(Title(SHOW, (("tmdb", "70520"),)), EPISODES)])
    queue.want([Ask(Title("movie", (("tmdb", "80"),)), "")])
    assert [ask.title.kind for ask in queue.unknown] == ["movie", "show"]
    queue.begin_list()
    assert [ask.title.kind for ask in queue.unknown] == ["show"]


def test_what_moved_at_simkl_is_asked_once_more_and_told(skin: Skin) -> None:
    assert skin.goes_to(RONIN) == Properties("false")
    skin.setup.server.person.watch(skin.ronin, at=DATE)
    skin.setup.coordinator.look_now()
    assert skin.stay().watched == "true"
    assert skin.calls == [[80], [80]]


def test_what_another_row_of_the_list_shows_later_is_followed(
    skin: Skin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id that may be the episode's own is the series' where another episode has it too."""
    row = {**EPISODE, "UniqueID(tvshow.tmdb)": "", "UniqueID(tmdb)": "70520"}
    assert skin.goes_to(row) == NOTHING
    found = Identity(Title(SHOW, (("tmdb", "70520"),)), ((1, 2),))
    monkeypatch.setattr(skin.list, "identity_of", lambda _: found)
    assert skin.stay(2).watched == "true"


def test_what_a_list_of_series_has_asked_is_told_meanwhile(skin: Skin) -> None:
    skin.setup.ask(Ask(Title(SHOW, (("tmdb", "70520"),)), COUNTERS))
    assert skin.goes_to(DARK, 0.3) == Properties("", "", "1")
    assert skin.stay().total_episodes == "3"


def test_what_was_answered_before_kodi_was_started_anew_is_told_and_not_asked(skin: Skin) -> None:
    skin.goes_to(HEAT)
    skin.goes_to(NOBODY)
    answers = skin.setup.coordinator._answer_cache
    answers.begin("")
    answers.begin(skin.setup.coordinator.person)
    assert skin.goes_to(HEAT, 0.3).watched == "true"


def test_an_episode_is_watched_where_simkl_only_counts_that_all_are(skin: Skin) -> None:
    title = Title(SHOW, (("tmdb", "70520"),))
    counted = Series({}, None, AllWatched(3, Watch(None)), "completed")
    skin.setup.coordinator._answer_cache.remember([(Ask(title, EPISODES), counted)], 0.0)
    assert skin.goes_to(EPISODE, 0.3).watched == "true"
    assert skin.goes_to({**EPISODE, "Episode": "4", "Label": "1x04"}, 0.3) == NOTHING
    XBMC.kodi.add(Entry("tvshow", 1, "Dark", 70520, "/media/dark/"))
    XBMC.kodi.add(Entry("episode", 8, "Part", 70520, "/media/dark/2.mkv", 0, "", 1, 2, 1))
    row = {"DBTYPE": "episode", "DBID": "8", "Label": "Part", "FileNameAndPath": "/media/dark/2"}
    assert skin.goes_to(row, 0.3).watched == "true"


def test_outside_of_lists_it_is_looked_whether_anything_has_moved(skin: Skin) -> None:
    skin.goes_to(HEAT)
    skin.goes_to(RONIN)
    assert len(skin.setup.server.requests_to("/sync/activities")) == 1
    skin.goes_to(NOBODY, 60.0)
    skin.list.path = f"plugin://{ADDON}/all/"  # which is looked at by itself
    skin.goes_to(HEAT)
    assert len(skin.setup.server.requests_to("/sync/activities")) == 1


def test_labels_of_two_rows_are_never_taken_for_one(skin: Skin) -> None:
    """The focus moves while they are read."""
    skin.goes_to(NOBODY)
    skin.row = RONIN
    skin.clock.now += 0.1
    skin.focused.turn()

    def label(name: str) -> str:
        if name == "ListItem.UniqueID(tmdb)":
            skin.row = HEAT
        return skin.row.get(name[len("ListItem.") :], "")

    skin.focused._label = label
    skin.clock.now += 0.1
    skin.focused.turn()
    assert skin.focused._place.title is None


def test_it_is_looked_at_no_more_than_twenty_times_a_second(skin: Skin) -> None:
    skin.goes_to(DARK)
    read = skin.labels_read
    for _ in range(100):
        skin.clock.now += 0.001
        skin.focused.turn()
    assert skin.labels_read - read <= 3 * 4


def test_an_answer_is_put_into_words_once(skin: Skin, monkeypatch: pytest.MonkeyPatch) -> None:
    skin.goes_to(DARK)
    monkeypatch.setattr(focused_row, "properties_of", None)
    assert skin.stay().watched == "false"


def test_who_signs_out_has_nothing_to_be_asked(skin: Skin) -> None:
    skin.setup.coordinator.queue.focus([Ask(Title(SHOW, (("tmdb", "70520"),)), EPISODES)])
    skin.setup.account.forget()
    skin.setup.coordinator.begin(skin.setup.door, skin.setup.server.client_id)
    assert skin.setup.coordinator.queue.focused == []


def test_a_number_of_the_library_counts_for_its_media_types_only(
    skin: Skin, monkeypatch: pytest.MonkeyPatch
) -> None:
    XBMC.kodi.add(Entry("tvshow", 7, "Dark", 70520, "/media/dark/"))
    row = {"DBTYPE": "tvshow", "DBID": "7", "Label": "Dark", "FileNameAndPath": "videodb://x/7/"}
    assert skin.goes_to(row).total_episodes == "3"
    XBMC.kodi.add(Entry("episode", 8, "Part", 70520, "/media/dark/2.mkv", 0, "", 7, 1, 2))
    monkeypatch.setattr(XBMC.kodi, "run", None)  # nor is Kodi asked what that is
    for kind in ("song", "set", "musicvideo"):
        assert skin.goes_to({**row, "DBTYPE": kind, "DBID": "8"}) == NOTHING


def test_a_row_that_stays_costs_a_few_labels_a_look(skin: Skin) -> None:
    skin.goes_to(DARK)
    read = skin.labels_read
    skin.stay(1.0)
    assert skin.labels_read - read <= 10 * 4
