"""What a skin is told of the row in focus, where it has said that it wants this (docs/skins.md)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.media import playable

AT = "2024-03-01T20:00:00Z"
ADDON = "plugin.video.test.skins"
PREFIX = "Window(home).Property(SimklWatched.ListItem."
NAMES = ("Watched", "LastWatched", "WatchedEpisodes", "TotalEpisodes")
NOTHING = ["", "", "", ""]
WANTED = "SimklWatched.Wanted"
DATE = "2024-03-01 21:00:00"  # in the time of that Kodi
WIDGET, MENU = 5400, 9000  # of the home screen of Estuary: some films, and the main menu


def rows() -> list[plugin.Row]:
    film = {"mediatype": "movie", "year": 1995}
    folder = {"title": "Dark", "folder": True, "playable": False}
    season = {**folder, "mediatype": "season", "season": 1, "show": "Dark"}
    return [
        {**film, "title": "Heat", "uids": {"tmdb": "9490"}, "path": f"plugin://{ADDON}/play/?a"},
        {**film, "title": "Ronin", "uids": {"tmdb": "81950"}, "path": f"plugin://{ADDON}/play/?b"},
        {"mediatype": "movie", "title": "Some film", "path": f"plugin://{ADDON}/play/?c"},
        *plugin.season(ADDON, "Dark", 1, [1, 2], uids={"tvshow.tmdb": "70520"}),
        {
            **folder,
            "mediatype": "tvshow",
            "uids": {"tmdb": "70520"},
            "path": f"plugin://{ADDON}/dark/",
        },
        {
            **season,
            "title": "Season 1",
            "uids": {"tvshow.tmdb": "70520"},
            "path": f"plugin://{ADDON}/dark/1/",
        },
        {"title": "More", "folder": True, "playable": False, "path": f"plugin://{ADDON}/more/"},
    ]


def series() -> list[plugin.Row]:
    return [
        {
            "title": f"Series {n}",
            "folder": True,
            "playable": False,
            "mediatype": "tvshow",
            "uids": {"tmdb": str(70000 + n)},
            "path": f"plugin://{ADDON}/series{n}/",
        }
        for n in range(1, 5)
    ]


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    lists = {"all": {"rows": rows()}, "series": {"rows": series()}}
    addon = plugin.plugin(tmp_path_factory.mktemp("addons"), ADDON, lists)
    with living_room(shared_kodi_factory, addons=[addon]) as room:
        simkl = room.simkl
        library = room.new_library()
        library.film("Alien", 2000, ids={"tmdb": "10"})
        alien = simkl.add_film("Alien", 2000, tmdb=10)
        heat = simkl.add_film("Heat", 1995, tmdb=9490)
        simkl.add_film("Ronin", 1998, tmdb=81950)
        dark = simkl.add_series("Dark", 2017, {0: 2, 1: 2, 2: 3}, tmdb=70520)
        for n in range(1, 5):
            simkl.add_series(f"Series {n}", 2017, {1: 2}, tmdb=70000 + n)
        for film in (alien, heat):
            simkl.person.watch(film, at=AT)
        for season, episode in ((0, 1), (1, 1), (1, 2), (2, 1)):
            simkl.person.watch(dark, season=season, episode=episode, at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        yield room


@pytest.fixture(autouse=True)
def _as_new(room: LivingRoom) -> None:
    room.kodi.builtin(f"ClearProperty({WANTED},home)")
    room.kodi.builtin("Skin.Reset(simklwatched)")
    it_looks_again(room)
    room.kodi.builtin(f"SetFocus({MENU})")
    room.forget_answers()
    room.simkl.forget_requests()


def it_looks_again(room: LivingRoom) -> None:
    """Whether a skin wants it, is looked for as another window comes; the home screen is next."""
    room.kodi.open("addons://sources/executable/", window="programs")
    room.let_it_look(3.5)
    room.kodi.home()
    room.let_it_look(3.5)


def want(room: LivingRoom) -> None:
    room.kodi.builtin(f"SetProperty({WANTED},true,home)")
    it_looks_again(room)


def told(room: LivingRoom) -> list[str]:
    return list(room.kodi.labels(*(f"{PREFIX}{name})" for name in NAMES)).values())


def wait_for(room: LivingRoom, *expected: str) -> None:
    room.kodi.wait_for(lambda: told(room) == list(expected), what=f"the row told as {expected}")


def focus(room: LivingRoom, label: str) -> None:
    def labels() -> list[str]:
        return [row["Label"] for row in room.kodi.rows("Label")]

    room.kodi.wait_for(lambda: label in labels(), what=f"the row {label}")
    room.kodi.focus(labels().index(label))
    room.kodi.wait_for(lambda: room.kodi.label("ListItem.Label") == label, what=label)


def open_list(room: LivingRoom) -> None:
    room.kodi.open(plugin.path(ADDON, "all"))
    room.kodi.wait_for(lambda: len(room.kodi.rows("Label")) == len(rows()), what="the rows")


def test_in_a_list_of_another_add_on_each_row_is_told(room: LivingRoom) -> None:
    """Its folders of series and seasons, too: Kodi draws nothing there."""
    want(room)
    open_list(room)
    focus(room, "Heat")
    wait_for(room, "true", DATE, "", "")
    focus(room, "Ronin")
    wait_for(room, "false", "", "", "")
    focus(room, "Dark")
    wait_for(room, "false", DATE, "3", "5")
    focus(room, "Some film")
    wait_for(room, *NOTHING)
    focus(room, "Season 1")
    wait_for(room, "true", DATE, "2", "2")
    focus(room, "Dark 1x01")
    wait_for(room, "true", DATE, "", "")
    focus(room, "More")
    wait_for(room, *NOTHING)
    # Heat, Ronin and the series, each once, the series with its list or after it.
    assert sum(map(len, room.asked())) == 3


def test_in_a_widget_of_the_home_screen_the_row_is_told_and_asked_for(room: LivingRoom) -> None:
    want(room)
    room.kodi.builtin(f"SetFocus({WIDGET})")
    room.kodi.wait_for(lambda: room.kodi.label("ListItem.Label") == "Alien", what="the widget")
    wait_for(room, "true", DATE, "", "")
    assert room.asked() == [[{"type": "movie", "ids": {"tmdb": 10}}]]
    room.kodi.builtin(f"SetFocus({MENU})")
    wait_for(room, *NOTHING)


def test_a_skins_own_setting_says_that_it_wants_it(room: LivingRoom) -> None:
    room.kodi.builtin("Skin.SetBool(simklwatched)")
    room.kodi.open(FILMS)
    room.wait_for_ticks("Alien")
    focus(room, "Alien")
    wait_for(room, "true", DATE, "", "")
    room.kodi.builtin("Skin.Reset(simklwatched)")
    wait_for(room, *NOTHING)  # within half a minute, in the same window too


def test_where_nobody_wants_it_nothing_is_asked_and_nothing_is_told(room: LivingRoom) -> None:
    room.kodi.builtin(f"SetFocus({WIDGET})")
    room.kodi.wait_for(lambda: room.kodi.label("ListItem.Label") == "Alien", what="the widget")
    room.let_it_look(4)
    assert told(room) == NOTHING
    assert room.asked() == []
    room.kodi.open(plugin.path(ADDON, "series"))
    focus(room, "Series 2")
    room.let_it_look(4)
    assert told(room) == NOTHING
    assert room.asked() == []


def test_folders_that_lie_side_by_side_are_one_question(room: LivingRoom) -> None:
    want(room)
    room.kodi.open(plugin.path(ADDON, "series"))
    focus(room, "Series 2")
    wait_for(room, "false", "", "0", "2")
    for name in ("Series 1", "Series 3", "Series 4"):
        focus(room, name)
        wait_for(room, "false", "", "0", "2")
    [asked] = room.asked()
    assert sorted(item["ids"]["tmdb"] for item in asked) == [70001, 70002, 70003, 70004]


def test_while_a_film_fills_the_screen_nothing_is_told(room: LivingRoom) -> None:
    want(room)
    open_list(room)
    focus(room, "Heat")
    wait_for(room, "true", DATE, "", "")
    playable(room.kodi.home_folder.addons / ADDON / "film.y4m")
    room.kodi.rpc("Player.Open", item={"file": f"plugin://{ADDON}/play/?c"})
    screen = "Window.IsActive(fullscreenvideo)"
    room.kodi.wait_for(lambda: room.kodi.condition(screen), what="the film")
    wait_for(room, *NOTHING)
    room.kodi.builtin("PlayerControl(Stop)")
    wait_for(room, "true", DATE, "", "")


def test_who_signs_out_is_told_nothing_more(room: LivingRoom) -> None:
    want(room)
    open_list(room)
    focus(room, "Heat")
    wait_for(room, "true", DATE, "", "")
    room.set_setting("client_id", "")
    try:
        wait_for(room, *NOTHING)
    finally:
        room.forget_answers()  # signs in again
    wait_for(room, "true", DATE, "", "")


def test_at_the_add_ons_end_nothing_is_left(room: LivingRoom) -> None:
    want(room)
    open_list(room)
    focus(room, "Heat")
    wait_for(room, "true", DATE, "", "")
    with room.without_the_add_on():
        assert told(room) == NOTHING
