"""The context menu of a row: check it again, leave it alone, tick it again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simkl_server import faults

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
CHECK_AGAIN, LEAVE_ALONE, TICK_AGAIN = (
    "Simkl: check again",
    "Simkl: leave this alone",
    "Simkl: tick this again",
)
ADDON, OWN_TICKS = "plugin.video.test.menu", "plugin.video.test.menu.ownticks"
IDS = {"tmdb": "70523"}
WITNESS = "Witness"
HOUR = "2024-03-02T20:00:00Z"


class Setup:
    """A living room, and what its titles are at Simkl."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.films = {}
        library = room.new_library()
        for number, name in enumerate(("Alien", "Brazil", WITNESS), 1):
            library.film(name, 2000, ids={"tmdb": str(number)})
            self.films[name] = room.simkl.add_film(name, 2000, tmdb=number)
        library.film("Nameless", 1, ids={})
        library.series("Dark", 2017, {1: 3, 2: 2}, ids=IDS)
        library.series("Fargo", 2014, {1: 2}, ids={"tmdb": "60622"})
        self.films["Held"] = room.simkl.add_film("Held", 2000, tmdb=4)
        room.simkl.person.watch(self.films["Held"], at=AT)
        self.dark = room.simkl.add_series("Dark", 2017, {1: 3, 2: 2}, tmdb=70523)
        fargo = room.simkl.add_series("Fargo", 2014, {1: 2}, tmdb=60622)
        room.simkl.person.watch(self.films["Alien"], at=AT)
        room.simkl.person.watch(self.films[WITNESS], at=AT)
        room.simkl.person.watch(self.dark, season=1, at=AT)
        room.simkl.person.watch(fargo, season=1, at=AT)
        room.kodi.add_library(library)

    def open(self, path: str) -> None:
        """Open a list anew."""
        self.room.kodi.home()
        self.room.kodi.open(path)


def rows() -> list[plugin.Row]:
    film = {"mediatype": "movie", "title": WITNESS, "year": 2000, "uids": {"tmdb": "3"}}
    return [
        *plugin.season(ADDON, "Dark", 1, range(1, 4), uids={"tvshow.tmdb": "70523"}),
        {**film, "path": f"plugin://{ADDON}/play/?film=3"},
        {
            "mediatype": "tvshow",
            "title": "Dark",
            "uids": IDS,
            "path": f"plugin://{ADDON}/dark/",
            "folder": True,
        },
    ]


def unticked() -> list[plugin.Row]:
    """Rows that are watched on Simkl, and get no tick."""
    folder = {"playable": False, "folder": True}
    return [
        {**film("Begun"), "resume": [600, 6000]},
        {**film("Never played"), "playable": False},
        {**film("Fargo"), **folder, "mediatype": "tvshow", "uids": {"tmdb": "60622"}},
        *plugin.season(ADDON, "Own", 1, [1], uids={"tmdb": "70523"}),
        *plugin.season(ADDON, "Bare", 1, [1]),
    ]


def film(title: str) -> plugin.Row:
    path = f"plugin://{ADDON}/play/?film={title.replace(' ', '+')}"
    return {"mediatype": "movie", "title": title, "year": 2000, "uids": {"tmdb": "4"}, "path": path}


@pytest.fixture(scope="module")
def setup(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Setup]:
    folder = tmp_path_factory.mktemp("addons")
    lists = {
        "all": {"rows": rows()},
        "unticked": {"rows": unticked()},
        "search": {"rows": [film("Held")]},
    }
    dark = plugin.season(OWN_TICKS, "Dark", 1, range(1, 4), uids={"tvshow.tmdb": "70523"})
    own_ticks = {"all": {"rows": [{**row, "playcount": 0} for row in dark]}}
    addons = [plugin.plugin(folder, ADDON, lists), plugin.plugin(folder, OWN_TICKS, own_ticks)]
    with living_room(shared_kodi_factory, addons=addons) as room:
        setup = Setup(room)
        room.kodi.start()
        yield setup


@pytest.fixture
def room(setup: Setup) -> LivingRoom:
    return setup.room


def focus(room: LivingRoom, label: str) -> None:
    room.kodi.wait_for(lambda: _gets_focus(room, label), what=f"focus on {label}", every=0.3)


def _gets_focus(room: LivingRoom, label: str) -> bool:
    """Not while the list is being loaded again for its ticks, and covered by Kodi."""
    labels = [row["Label"] for row in room.kodi.rows("Label")]
    if label not in labels or not room.kodi.shows(room.kodi.label("Container.FolderPath")):
        return False
    room.kodi.focus(labels.index(label))
    room.let_it_look(0.1)
    return room.kodi.label("ListItem.Label") == label


def menu_of(room: LivingRoom, label: str) -> list[str]:
    """Open the context menu of a row; its entries, the focus on the first."""
    focus(room, label)
    room.kodi.wait_for(lambda: _opens_menu(room), what="the context menu", every=0.5)
    entries: list[str] = []
    while entries[:1] != [focused(room)] or len(entries) < 2:
        entries.append(focused(room))
        press(room, "down")
    return entries


def _opens_menu(room: LivingRoom) -> bool:
    if not room.kodi.condition("Window.IsActive(contextmenu)"):
        room.kodi.builtin("Action(ContextMenu)")
        room.let_it_look(0.4)
    return room.kodi.condition("Window.IsActive(contextmenu)")


def focused(room: LivingRoom) -> str:
    return room.kodi.label("System.CurrentControl").strip("[]")


def press(room: LivingRoom, key: str) -> None:
    before = focused(room)
    room.kodi.key(key)
    room.kodi.wait_for(lambda: focused(room) != before, what=f"the focus to move from {before}")


def choose(room: LivingRoom, label: str, entry: str) -> str:
    """Choose from the context menu of a row; the sentence that is shown then."""
    shown = len(room.kodi.notifications())
    assert entry in menu_of(room, label)
    while focused(room) != entry:
        press(room, "down")
    room.kodi.key("enter")
    room.kodi.wait_for(lambda: len(room.kodi.notifications()) > shown, what="the sentence")
    return room.kodi.notifications()[-1].removeprefix("Simkl Watched: ")


# Check again.


@pytest.mark.newest
def test_a_film_is_asked_about_again_and_what_was_found_is_said(
    setup: Setup, room: LivingRoom
) -> None:
    setup.open(FILMS)
    room.wait_for_ticks("Alien", WITNESS)
    assert choose(room, "Alien", CHECK_AGAIN) == "Alien: watched on 03/01/2024."
    assert choose(room, "Brazil", CHECK_AGAIN) == "Brazil: not watched on Simkl."
    assert "Brazil" not in room.ticked()
    room.simkl.person.watch(setup.films["Brazil"], at=AT)
    assert choose(room, "Brazil", CHECK_AGAIN) == "Brazil: watched on 03/01/2024."
    room.wait_for_ticks("Brazil")
    assert room.asked()[-1] == [{"type": "movie", "ids": {"tmdb": 2}}]


def test_a_film_that_was_unmarked_by_hand_is_ticked_again(setup: Setup, room: LivingRoom) -> None:
    setup.open(FILMS)
    room.wait_for_ticks("Alien", WITNESS)
    focus(room, WITNESS)
    room.kodi.builtin("Action(ToggleWatched)")
    room.kodi.wait_for(lambda: WITNESS not in room.ticked(), what="the tick to go")
    setup.open(FILMS)
    room.let_it_look()
    assert WITNESS not in room.ticked()
    assert choose(room, WITNESS, CHECK_AGAIN) == (
        f"{WITNESS}: watched on 03/01/2024. Its tick was removed here, and may come back now."
    )
    room.wait_for_ticks(WITNESS)


def test_series_seasons_and_episodes_are_asked_about_again(setup: Setup, room: LivingRoom) -> None:
    number = next(row["tvshowid"] for row in room.kodi.series() if row["title"] == "Dark")
    setup.open(SERIES)
    assert choose(room, "Dark", CHECK_AGAIN) == "Dark: 3 of 5 episodes watched on Simkl."
    setup.open(f"{SERIES}{number}/")
    assert choose(room, "Season 2", CHECK_AGAIN) == (
        "Dark, Season 2: 0 of 2 episodes watched on Simkl."
    )
    setup.open(f"{SERIES}{number}/2/")
    assert choose(room, "01. Episode 1", CHECK_AGAIN) == "Dark 2x01: not watched on Simkl."
    room.simkl.person.watch(setup.dark, season=2, episode=1, at=HOUR)
    assert choose(room, "01. Episode 1", CHECK_AGAIN) == "Dark 2x01: watched on 03/02/2024."
    room.wait_for_ticks("01. Episode 1")


def test_a_title_that_cannot_be_asked_about_is_said_to_be_so(
    setup: Setup, room: LivingRoom
) -> None:
    setup.open(FILMS)
    before = len(room.asked())
    assert choose(room, "Nameless", CHECK_AGAIN).startswith("Nameless: Kodi does not say which")
    assert len(room.asked()) == before


def answered(room: LivingRoom, tmdb: int, said: dict[str, object], *, lists: bool = False) -> None:
    """From now on Simkl says this of a title. lists: and its seasons."""

    def changed(entry: dict[str, object]) -> dict[str, object]:
        if entry.get("ids") != {"tmdb": tmdb}:
            return entry
        kept = {key: value for key, value in entry.items() if lists or key != "seasons"}
        return {**kept, "result": True, "last_watched_at": AT, **said}

    def change(body: object) -> object:
        assert isinstance(body, list)
        return [changed(entry) for entry in body]

    room.simkl.behave()
    room.simkl.misbehave("/sync/watched", faults.change(change), times=None)


def test_what_simkl_has_of_a_title_is_said_where_it_lists_no_episode(
    setup: Setup, room: LivingRoom
) -> None:
    """Nor is a film in parts, or an answer that contradicts itself, said to be unknown."""
    setup.open(FILMS)
    room.wait_for_ticks("Alien", WITNESS)
    answered(room, 2, {"list": "watching"})
    assert choose(room, "Brazil", CHECK_AGAIN).startswith("Brazil: Simkl keeps it in parts")
    setup.open(SERIES)
    all_of_it: dict[str, object] = {
        "list": "completed",
        "episodes_watched": 5,
        "episodes_total": 5,
    }
    none: dict[str, object] = {"episodes_watched": None, "episodes_total": None}
    for said, sentence in (
        ({**none, "list": "completed"}, "Simkl has the series as completed, but does not say"),
        ({**none, "list": "hold"}, "Simkl has the series in your lists, but does not say"),
        (all_of_it, "5 of 5 episodes watched on Simkl."),
    ):
        answered(room, 70523, said)
        assert choose(room, "Dark", CHECK_AGAIN).startswith(f"Dark: {sentence}")
    answered(room, 70523, all_of_it, lists=True)
    assert choose(room, "Dark", CHECK_AGAIN).startswith("Dark: Simkl's answer contradicts itself")
    room.simkl.behave()
    assert choose(room, "Dark", CHECK_AGAIN).endswith(" of 5 episodes watched on Simkl.")


def test_where_simkl_cannot_be_reached_that_is_said(setup: Setup, room: LivingRoom) -> None:
    setup.open(FILMS)
    room.wait_for_ticks("Alien")
    # Each: what is asked once more of the list may come first.
    room.simkl.misbehave("/sync/watched", faults.silent_close, times=None)
    assert choose(room, "Alien", CHECK_AGAIN).startswith("Simkl cannot be reached.")
    room.simkl.behave()
    assert choose(room, "Alien", CHECK_AGAIN) == "Alien: watched on 03/01/2024."


def test_a_row_of_another_add_on_is_checked_again(setup: Setup, room: LivingRoom) -> None:
    setup.open(plugin.path(ADDON, "all"))
    room.wait_for_ticks("Dark 1x01", WITNESS)
    assert choose(room, "Dark 1x02", CHECK_AGAIN) == "Dark 1x02: watched on 03/01/2024."
    said = choose(room, "Dark", CHECK_AGAIN)
    assert said.startswith("Dark: ")
    assert said.endswith(" of 5 episodes watched on Simkl.")


# Why a row has no tick.


def test_a_row_that_cannot_be_asked_about_says_why(setup: Setup, room: LivingRoom) -> None:
    setup.open(FILMS)
    nothing = "It has no id that counts, and no name with a year."
    assert choose(room, "Nameless", CHECK_AGAIN).endswith(nothing)
    setup.open(plugin.path(ADDON, "unticked"))
    assert choose(room, "Bare 1x01", CHECK_AGAIN) == (
        f"Bare 1x01: Kodi does not say which title this is. {nothing}"
    )
    assert choose(room, "Own 1x01", CHECK_AGAIN).endswith(
        " It is in doubt which title its ids or its name mean."
    )


def test_a_row_of_an_add_on_on_which_no_tick_is_drawn_says_why(
    setup: Setup, room: LivingRoom
) -> None:
    setup.open(plugin.path(ADDON, "unticked"))
    watched = "watched on 03/01/2024."
    not_drawn = "Kodi draws no tick on such a row of an add-on."
    assert choose(room, "Begun", CHECK_AGAIN) == (
        f"Begun: {watched} It has been begun, so it is left as it is."
    )
    assert choose(room, "Never played", CHECK_AGAIN) == f"Never played: {watched} {not_drawn}"
    assert choose(room, "Fargo", CHECK_AGAIN) == (
        f"Fargo: 2 of 2 episodes watched on Simkl. {not_drawn}"
    )


def test_a_row_of_an_add_on_that_draws_its_own_ticks_says_so(
    setup: Setup, room: LivingRoom
) -> None:
    setup.open(plugin.path(OWN_TICKS, "all"))
    own = "Its add-on draws its own ticks, or names its rows anew each time."
    room.kodi.wait_for(
        lambda: choose(room, "Dark 1x02", CHECK_AGAIN).endswith(own), what=own, every=1
    )


def test_what_the_person_or_the_list_keeps_from_its_tick_is_said(
    setup: Setup, room: LivingRoom
) -> None:
    """In a search, whose list is not loaded again: nothing is ticked before it is left."""
    watched = "Held: watched on 03/01/2024."
    setup.open(plugin.path(ADDON, "search"))
    held_back = f"{watched} The tick comes when you leave this list."
    assert choose(room, "Held", CHECK_AGAIN) == held_back
    choose(room, "Held", LEAVE_ALONE)
    assert choose(room, "Held", CHECK_AGAIN) == (
        f"{watched} It is left alone. Choose {TICK_AGAIN}."
    )
    choose(room, "Held", TICK_AGAIN)
    for key, off, on, why in (
        ("films", "false", "true", "The settings tick nothing of its kind."),
        (
            *("left_out_addons", ADDON, ""),
            "Its add-on, its folder or this list is left alone in the settings.",
        ),
    ):
        room.set_setting(key, off)
        try:
            assert choose(room, "Held", CHECK_AGAIN) == f"{watched} {why}"
        finally:
            room.set_setting(key, on)
    assert choose(room, "Held", CHECK_AGAIN) == held_back
    assert room.ticked() == []
    setup.open(plugin.path(ADDON, "search"))
    room.wait_for_ticks("Held")
    assert choose(room, "Held", CHECK_AGAIN) == watched


# Leave alone.


def test_a_series_that_is_left_alone_gets_no_tick_and_causes_no_request_for_ever(
    setup: Setup, room: LivingRoom
) -> None:
    numbers = {row["title"]: row["tvshowid"] for row in room.kodi.series()}
    fargo = f"{SERIES}{numbers['Fargo']}/1/"
    setup.open(SERIES)
    assert choose(room, "Fargo", LEAVE_ALONE) == (
        "Fargo is left alone from now on. Its ticks stay as they are."
    )
    assert TICK_AGAIN in menu_of(room, "Fargo")
    room.kodi.close_dialogs()
    assert TICK_AGAIN not in menu_of(room, "Dark")
    room.kodi.close_dialogs()
    room.untick_all_episodes()
    room.kodi.quit()
    room.kodi.start()
    room.simkl.forget_requests()
    setup.open(fargo)
    room.let_it_look()
    assert room.ticked() == []
    assert room.asked() == []
    assert choose(room, "01. Episode 1", TICK_AGAIN) == "Fargo is ticked again from now on."
    room.wait_for_ticks("01. Episode 1", "02. Episode 2")


def test_a_series_left_alone_in_one_list_is_left_alone_in_all(
    setup: Setup, room: LivingRoom
) -> None:
    """Known by an id: the library and the other add-on need not say all the same."""
    number = next(row["tvshowid"] for row in room.kodi.series() if row["title"] == "Dark")
    setup.open(plugin.path(ADDON, "all"))
    choose(room, "Dark 1x01", LEAVE_ALONE)
    room.untick_all_episodes()
    setup.open(f"{SERIES}{number}/1/")
    room.let_it_look()
    assert room.ticked() == []
    choose(room, "01. Episode 1", TICK_AGAIN)
    room.wait_for_ticks("01. Episode 1")
