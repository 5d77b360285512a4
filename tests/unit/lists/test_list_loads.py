"""Which lists are loaded again, when that may be, and what is put right where it went wrong."""

from __future__ import annotations

import pytest

from lib.lists.list_loads import ListLoads

LIST, ABOVE, LIBRARY = "plugin://x/films/", "plugin://x/", "videodb://movies/titles/"
HOME = ""


class Screen:
    """What Kodi shows."""

    def __init__(self) -> None:
        self.now = 100.0
        self.every = 0.05
        self.path = HOME
        self.above = ""
        self.rows = "20"
        self.is_loading = False
        self.is_busy = False
        self.window = "home"
        self.loads = ListLoads(self._label, self._holds, lambda: self.is_busy, lambda: self.now)

    def _label(self, name: str) -> str:
        return {
            "Container.FolderPath": self.path,
            "Container.NumItems": self.rows,
            "Container.ListItemAbsolute(0).Label": ".." if self.above else "A film",
            "Container.ListItemAbsolute(0).FolderPath": self.above,
        }[name]

    def _holds(self, expression: str) -> bool:
        settled = "!Container.IsUpdating + !System.HasActiveModalDialog"
        window = f"Window.IsActive({self.window})"
        loading = f"{window} + ![{settled}]"
        holds = [loading] if self.is_loading else [settled, f"{window} + {settled}"]
        return expression in holds

    def open(self, path: str, seconds: float = 0.0, above: str = "") -> None:
        """Kodi shows its busy dialog where a list takes longer than a tenth of a second."""
        self.look()
        self.window = "videos"
        if seconds > 0.1:
            self.show_busy_dialog(seconds - 0.1)
        self.path, self.above = path, above
        self.loads.opens(path)

    def show_busy_dialog(self, seconds: float) -> None:
        self.look()
        self.is_busy = True
        for _ in range(round(seconds / self.every)):
            self.look()
        self.is_busy = False
        self.look()

    def look(self) -> None:
        self.now += self.every
        self.loads.look(is_covered=self.is_busy)

    def go_home(self) -> None:
        self.window, self.path = "home", HOME
        self.loads.opens(HOME)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.mark.parametrize(
    ("seconds", "is_slow"), [(0.05, False), (0.15, False), (0.3, True), (2.0, True)]
)
@pytest.mark.parametrize("path", [LIST, LIBRARY])
def test_a_list_is_slow_that_opened_with_a_busy_dialog_for_longer_than_a_moment(
    screen: Screen, path: str, seconds: float, is_slow: bool
) -> None:
    screen.open(path, seconds)
    assert screen.loads.is_slow is is_slow


def test_of_a_dialog_that_was_seen_once_the_longest_counts_that_it_may_have_been_there(
    screen: Screen,
) -> None:
    screen.every = 0.2  # nobody was there for a while
    screen.open(LIST, 0.3)
    assert screen.loads.is_slow


def test_a_busy_dialog_of_something_else_before_makes_no_list_slow(screen: Screen) -> None:
    screen.open(LIST)
    screen.show_busy_dialog(2.0)
    screen.now += 1.0
    screen.look()
    screen.open("plugin://x/more/")
    assert not screen.loads.is_slow


def test_a_list_that_was_busy_amid_our_load_is_slow_until_another_is_opened(
    screen: Screen,
) -> None:
    screen.open(LIST)
    screen.loads.note()
    screen.show_busy_dialog(0.3)
    screen.now += 60.0
    assert screen.loads.is_slow
    screen.open("plugin://x/more/")
    assert not screen.loads.is_slow


def test_lists_of_the_library_and_those_on_the_home_screen_may_be_loaded(screen: Screen) -> None:
    assert screen.loads.begin()
    screen.open(LIBRARY)
    assert screen.loads.begin()


def test_lists_of_add_ons_may_not(screen: Screen) -> None:
    screen.open(LIST)
    assert not screen.loads.begin()


@pytest.mark.parametrize("path", [HOME, LIBRARY])
def test_nothing_may_be_loaded_while_a_list_is_opened(screen: Screen, path: str) -> None:
    screen.open(path)
    screen.is_loading = True
    assert not screen.loads.begin()


def test_nothing_may_be_loaded_where_another_list_is_shown_than_we_know(screen: Screen) -> None:
    screen.open(LIBRARY)
    screen.path = LIST
    assert not screen.loads.begin()


def test_nothing_may_be_loaded_where_a_window_is_opened_that_has_no_list_yet(
    screen: Screen,
) -> None:
    screen.window = "videos"
    assert not screen.loads.begin()


def cancelled(screen: Screen, after: float = 1.0) -> str:
    """The person pressed Back amid our load, and Kodi went to the root of its window."""
    screen.loads.note()
    screen.now += after
    screen.path = ""
    screen.loads.opens("")
    return screen.loads.take_cancelled()


def test_back_amid_our_load_leads_to_the_list_above_once(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    assert cancelled(screen) == ABOVE
    assert screen.loads.take_cancelled() == ""


def test_back_amid_the_second_load_of_a_list_leads_to_the_list_above_too(screen: Screen) -> None:
    screen.open(LIBRARY, above=ABOVE)
    screen.loads.note()
    screen.above = LIBRARY  # as Kodi says from then on
    assert cancelled(screen) == ABOVE


def test_the_list_above_is_not_that_of_an_earlier_visit(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    screen.loads.note()
    screen.open(LIBRARY)
    screen.open(LIST, above=LIST)  # by another way
    assert cancelled(screen) == ""


@pytest.mark.parametrize("above", ["", LIST])
def test_where_no_list_is_above_nothing_is_opened(screen: Screen, above: str) -> None:
    screen.open(LIST, above=above)
    assert cancelled(screen) == ""


def test_the_root_long_after_our_load_is_where_the_person_went(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    assert cancelled(screen, after=11.0) == ""


@pytest.mark.parametrize("passed", [[ABOVE], ["", LIST, ABOVE]])
def test_who_goes_up_list_by_list_to_the_root_stays_there(
    screen: Screen, passed: list[str]
) -> None:
    screen.open(LIST, above=ABOVE)
    screen.loads.note()
    for path in passed:
        screen.now += 0.5
        screen.path = path
        screen.loads.opens(path)
    screen.path = ""
    screen.loads.opens("")
    assert screen.loads.take_cancelled() == ""


def test_a_list_that_is_without_a_path_for_a_moment_was_not_left(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    screen.loads.note()
    for path in ("", LIST):
        screen.path = path
        screen.loads.opens(path)
    screen.path = ""
    screen.loads.opens("")
    assert screen.loads.take_cancelled() == ABOVE


def test_who_goes_home_amid_our_load_stays_there(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    screen.loads.note()
    screen.go_home()
    assert screen.loads.take_cancelled() == ""
    screen.window = "videos"  # by its own menu, whose root is shown
    assert screen.loads.take_cancelled() == ""


def test_the_root_is_waited_for_while_kodi_is_on_its_way(screen: Screen) -> None:
    screen.open(LIST, above=ABOVE)
    screen.is_loading = True
    assert cancelled(screen) == ""
    screen.is_loading = False
    assert screen.loads.take_cancelled() == ABOVE


@pytest.mark.parametrize("ahead", [1.0, -1.0])
def test_a_list_without_rows_that_met_our_load_is_loaded_once_more(
    screen: Screen, ahead: float
) -> None:
    if ahead > 0:
        screen.loads.note()
    screen.now += 1.0
    screen.open(LIST)
    if ahead < 0:
        screen.now += 0.5
        screen.loads.note()
    screen.rows = "0"
    assert not screen.loads.take_emptied()  # it may be about to load
    screen.now += 1.5
    assert screen.loads.take_emptied()
    assert not screen.loads.take_emptied()


def test_a_list_that_is_empty_by_itself_is_left_alone(screen: Screen) -> None:
    screen.open(LIST)
    screen.now += 1.5
    screen.rows = "0"
    assert not screen.loads.take_emptied()


def test_a_list_without_rows_that_may_ask_for_words_is_left_alone(screen: Screen) -> None:
    """Most of them have simply found nothing, and the person would have to answer once more."""
    screen.loads.note()
    screen.open("plugin://x/?action=search")
    screen.now += 1.5
    screen.rows = "0"
    assert not screen.loads.take_emptied()


def test_a_list_that_has_its_rows_is_left_alone(screen: Screen) -> None:
    screen.loads.note()
    screen.open(LIST)
    assert not screen.loads.take_emptied()


def test_a_list_is_waited_for_that_is_still_loaded(screen: Screen) -> None:
    screen.loads.note()
    screen.open(LIST)
    screen.now += 1.5
    screen.rows, screen.is_loading = "0", True
    assert not screen.loads.take_emptied()
    screen.is_loading = False
    assert screen.loads.take_emptied()


@pytest.mark.parametrize(
    ("until_first_look", "seconds", "is_slow"), [(0.15, 0.05, False), (0.15, 0.3, True)]
)
def test_after_a_long_pause_a_busy_dialog_counts_from_when_it_may_have_come(
    screen: Screen, until_first_look: float, seconds: float, is_slow: bool
) -> None:
    screen.look()
    screen.now += 10
    screen.loads.rested(screen.now)  # the key comes right after that glance
    screen.now += until_first_look
    screen.is_busy = True
    screen.loads.look(is_covered=True)
    screen.now += seconds
    screen.is_busy = False
    screen.loads.look(is_covered=False)
    screen.loads.opens(LIST)
    assert screen.loads.is_slow is is_slow
