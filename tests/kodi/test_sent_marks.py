"""What a person marks in a real Kodi reaches Simkl once, with its moment, and nothing else does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
from zoneinfo import ZoneInfo

from tests.simkl_server import faults

from .harness import plugin
from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room
from .test_context_menu import LEAVE_ALONE, focus, focused, press
from .test_many_marks import mark
from .test_plays import at_simkl, film, now
from .test_removed_titles import refresh
from .test_sending_ui import choose, wait_for_entries
from .test_versions import add_version, versions_of

ADDON = "plugin.video.test.marked"
AT = "2024-03-01T20:00:00Z"
SETS = "videodb://movies/sets/"
HISTORY, REMOVE = "/sync/history", "/sync/history/remove"
MENU = "Window.IsVisible(contextmenu)"
TOGGLE = "Action(ToggleWatched)"
HEARD = 0.7  # seconds by which a mark is kept
SEVERAL = pytest.mark.skipif("KODI_ROOT" not in os.environ, reason="versions came with Kodi 21")


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    rows = plugin.season(ADDON, "Elsewhere", 1, range(1, 8), uids={"tvshow.tmdb": "801"})
    addon = plugin.plugin(tmp_path_factory.mktemp("addons"), ADDON, {"season": {"rows": rows}})
    options: dict[str, Any] = {"settings": {"send": "true", "clear": "true"}, "addons": [addon]}
    with living_room(shared_kodi_factory, signed_in=False, **options) as room:
        elsewhere = room.simkl.add_series("Elsewhere", 2017, {1: 7}, tmdb=801)
        room.simkl.person.watch(elsewhere, season=1, episode=7, at=AT)
        room.sign_in(scope="media:read media:write")
        room.simkl.person.may_be_written = True
        room.kodi.add_library(library_of(room))
        room.kodi.start()
        yield room


def library_of(room: LivingRoom) -> Library:
    library = room.new_library()
    for number in range(1, 7):
        film(room, library, f"Film {number:02}", 700 + number)
    for number in range(1, 4):
        room.simkl.add_film(f"Part {number}", 2000, tmdb=720 + number)
        library.film(f"Part {number}", 2000, ids={"tmdb": str(720 + number)}, set_name="Parts")
    [ticked] = film(room, library, "Counted elsewhere", 730)
    nfo = ticked.with_suffix(".nfo")
    nfo.write_text(nfo.read_text().replace("</movie>", "<playcount>1</playcount></movie>"))
    library.film("Seen", 2000, ids={"tmdb": "731"})
    room.simkl.person.watch(room.simkl.add_film("Seen", 2000, tmdb=731), at=AT)
    film(room, library, "Two versions", 732)
    for name, tvdb, seasons in (
        ("Dark", 334824, {1: 4, 2: 3}),
        ("Fargo", 269613, {1: 3}),
        ("Many", 1, {1: 30, 2: 30}),
        ("Two in one", 2, {1: 3}),
    ):
        room.simkl.add_series(name, 2017, seasons, tvdb=tvdb)
        double = ((1, 2),) if name == "Two in one" else ()
        library.series(name, 2017, seasons, ids={"tvdb": str(tvdb)}, double=double)
    return library


class Marking:
    """Marks, and knows what Simkl is to hold in the end."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.kodi = room.kodi
        self.before = at_simkl(room)
        self.writes = len(self.written())

    def written(self, path: str = HISTORY) -> list[Any]:
        return [each.body for each in self.room.simkl.requests_to(path) if each.status == 201]

    def of_series(self, title: str) -> str:
        [number] = [row["tvshowid"] for row in self.kodi.series() if row["title"] == title]
        return f"{SERIES}{number}/"

    def press(self, path: str, label: str, button: str = TOGGLE) -> None:
        """Mark a row of a list with its button."""
        if not self.kodi.shows(path):
            self.kodi.open(path)
        focus(self.room, label)
        self.kodi.builtin(button)

    def choose(self, path: str, label: str) -> None:
        """Mark it with its menu."""
        self.press_in_menu(path, label, "Mark as watched")

    def press_in_menu(self, path: str, label: str, entry: str) -> None:
        self.press(path, label, "Action(ContextMenu)")
        self.kodi.wait_for(lambda: self.kodi.condition(MENU), what="the menu")
        self.kodi.wait_for(lambda: focused(self.room), what="its focus")
        self.kodi.wait_for(lambda: self._is_at(entry), what=entry)
        self.kodi.key("return")

    def _is_at(self, entry: str) -> bool:
        """Else the next one gets the focus."""
        is_there = focused(self.room) == entry
        if not is_there:
            press(self.room, "down")
        return is_there

    def told(self, *labels: str, do: Callable[[], object]) -> None:
        """What is done has Simkl told of these, with the moment of it, in one write.

        That of Kodi's own date, to the second, where it tells one.
        """
        began, held = now(), at_simkl(self.room)
        do()
        self.kodi.wait_for(
            lambda: set(labels) <= at_simkl(self.room).keys(), what=f"{labels} at Simkl"
        )
        new = {label: at for label, at in at_simkl(self.room).items() if label not in held}
        assert sorted(new) == sorted(labels)
        for label, at in new.items():
            assert began <= at <= now(), label
            assert at == (self.kodis_date(label) or at), label
        self.before = at_simkl(self.room)
        self.writes += 1
        assert len(self.written()) == self.writes

    def kodis_date(self, label: str) -> datetime | None:
        """Of the library's tick; None for what is not in it."""
        title, _, where = label.rpartition(" ")
        season, _, number = where.partition("x")
        try:
            is_film = where.startswith("(")
            place = () if is_film else (int(season), int(number))
            lastplayed = self.kodi.watched(title, *place).lastplayed
        except LookupError:
            return None
        return datetime.fromisoformat(lastplayed).replace(tzinfo=ZoneInfo("Europe/Berlin"))

    def told_nothing(self, do: Callable[[], object]) -> None:
        """What is done has Simkl told nothing, now or later: nothing of it is to be told."""
        known = entries(self.room)
        do()
        self.room.let_it_look(HEARD)
        self.kodi.wait_for(lambda: unread(self.room) == 0, what="the end of what was heard")
        assert entries(self.room) == known
        assert at_simkl(self.room) == self.before
        assert len(self.written()) == self.writes


@pytest.fixture
def marking(room: LivingRoom) -> Iterator[Marking]:
    if not room.kodi.running:
        room.kodi.start()
    yield Marking(room)
    room.simkl.behave()
    if room.kodi.running:
        room.leave_dialogs()
        room.kodi.wait_for(lambda: waiting(room) == [], what="the end of what waits")


def waiting(room: LivingRoom) -> list[str]:
    return [label for [label] in remembered(room, "SELECT label FROM outbox WHERE state != 'told'")]


def entries(room: LivingRoom) -> int:
    """How many watches were to be told so far, those that were told among them."""
    return int(remembered(room, "SELECT count(*) FROM outbox")[0][0])


def unread(room: LivingRoom) -> int:
    return int(remembered(room, "SELECT count(*) FROM unread")[0][0])


def remembered(room: LivingRoom, query: str) -> list[Any]:
    with closing(sqlite3.connect(room.memory, timeout=10)) as memory:
        return memory.execute(query).fetchall()


@pytest.mark.newest
def test_a_film_and_an_episode_are_told_by_button_and_by_menu(marking: Marking) -> None:
    marking.told("Film 01 (2000)", do=lambda: marking.press(FILMS, "Film 01"))
    season = f"{marking.of_series('Dark')}1/"
    marking.told("Dark 1x02", do=lambda: marking.choose(season, "02. Episode 2"))


def test_a_season_a_series_and_a_set_are_told_in_one_write_each(marking: Marking) -> None:
    rest = [f"Dark 1x{number:02}" for number in (1, 3, 4)]
    marking.told(*rest, do=lambda: marking.choose(marking.of_series("Dark"), "Season 1"))
    fargo = [f"Fargo 1x{number:02}" for number in (1, 2, 3)]
    marking.told(*fargo, do=lambda: marking.press(SERIES, "Fargo"))
    parts = [f"Part {number} (2000)" for number in (1, 2, 3)]
    marking.told(*parts, do=lambda: marking.press(SETS, "Parts"))


def test_a_file_with_two_episodes_is_both_of_them(marking: Marking) -> None:
    """Kodi ticks both, and announces the one that was marked."""
    season = f"{marking.of_series('Two in one')}1/"
    both = ("Two in one 1x02", "Two in one 1x03")
    marking.told(*both, do=lambda: marking.press(season, "03. Episode 3"))


def test_rows_of_another_add_on_are_told_by_button_and_by_menu(marking: Marking) -> None:
    """Kodi announces nothing of them."""
    path = plugin.path(ADDON, "season")
    marking.kodi.open(path)
    marking.room.wait_for_ticks("Elsewhere 1x07")
    marking.room.let_it_look(2)
    marking.told("Elsewhere 1x02", do=lambda: marking.press(path, "Elsewhere 1x02"))
    focus(marking.room, "Elsewhere 1x05")
    marking.room.let_it_look(1)
    marking.told("Elsewhere 1x05", do=lambda: marking.choose(path, "Elsewhere 1x05"))


def test_what_is_unmarked_is_taken_away_where_the_person_wants_it_and_never_a_film(
    marking: Marking,
) -> None:
    season = f"{marking.of_series('Fargo')}1/"
    marking.told_nothing(lambda: marking.press(season, "01. Episode 1"))
    marking.room.set_setting("send_unmarks", "true")
    marking.room.let_it_look(HEARD)
    marking.press(FILMS, "Film 01")
    marking.press(season, "02. Episode 2")
    marking.kodi.wait_for(
        lambda: "Fargo 1x02" not in at_simkl(marking.room), what="the end of it at Simkl"
    )
    assert at_simkl(marking.room).keys() == marking.before.keys() - {"Fargo 1x02"}
    [body] = marking.written(REMOVE)
    assert list(body) == ["shows"]
    marking.room.set_setting("send_unmarks", "false")


def test_ticks_and_take_backs_of_ours_are_none(marking: Marking) -> None:
    def browse() -> None:
        marking.kodi.home()
        marking.kodi.open(FILMS)
        marking.room.wait_for_ticks("Seen")
        marking.room.simkl.person.unwatch(seen)
        marking.kodi.home()
        marking.room.forget_answers()
        marking.kodi.open(FILMS)
        marking.kodi.wait_for(lambda: "Seen" not in marking.room.ticked(), what="no tick")

    [seen] = [title for title, _ in marking.room.simkl.person.watches if title.title == "Seen"]
    marking.before.pop("Seen (2000)")
    marking.told_nothing(browse)


def test_a_scan_and_a_refresh_that_bring_a_playcount_are_none(marking: Marking) -> None:
    kodi = marking.kodi
    assert kodi.watched("Counted elsewhere").playcount == 1  # by the scan

    def bring() -> None:
        kodi.home()
        movie = kodi.film("Counted elsewhere")
        marking.room.untick(movie["file"])
        refresh(marking.room, "VideoLibrary.RefreshMovie", movieid=movie["movieid"])
        assert kodi.watched("Counted elsewhere").playcount == 1

    marking.told_nothing(bring)
    assert "Counted elsewhere (2000)" not in at_simkl(marking.room)


def test_what_is_left_alone_is_none(marking: Marking) -> None:
    room = marking.room

    def leave_alone() -> None:
        marking.press_in_menu(FILMS, "Film 06", LEAVE_ALONE)
        room.kodi.wait_for(lambda: remembered(room, "SELECT 1 FROM alone"), what="left alone")
        marking.press(FILMS, "Film 06")

    marking.told_nothing(leave_alone)


@pytest.mark.parametrize(
    ("season", "answer"), [(1, "No, do not tell Simkl"), (2, "Yes, tell Simkl")]
)
def test_many_at_once_are_asked_about_once(marking: Marking, season: int, answer: str) -> None:
    room, kodi = marking.room, marking.kodi
    many = [each for each in kodi.episodes("Many") if each["season"] == season]
    kodi.home()
    began, asked = now(), question(room)
    mark(room, {each["episodeid"]: 1 for each in many})
    kodi.wait_for(lambda: question(room) > asked, what="the question")
    assert at_simkl(room) == marking.before
    kodi.builtin("RunScript(service.simkl.watched)")
    choose(room, "Marked all at once (30)")
    wait_for_entries(room, "No, ", "Yes, ", "Back")
    choose(room, answer)
    kodi.wait_for(lambda: unread(room) == 0, what="the end of the question")
    room.leave_dialogs()
    if answer.startswith("No"):
        marking.told_nothing(lambda: None)
    else:
        labels = {f"Many 2x{number:02}" for number in range(1, 31)}
        kodi.wait_for(lambda: labels <= at_simkl(room).keys(), what="all of them at Simkl")
        assert all(began <= at_simkl(room)[each] <= now() for each in labels)
        assert len(marking.written()) == marking.writes + 1
    assert question(room) == asked + 1


def question(room: LivingRoom) -> int:
    """How often it was said that there is one."""
    return len([each for each in room.kodi.notifications() if "marked as watched at once" in each])


@SEVERAL
@pytest.mark.newest
def test_a_version_that_the_film_does_not_show_is_none(marking: Marking) -> None:
    file = marking.kodi.film("Two versions")["file"]
    add_version(marking.room, type(marking.room.memory)(file))
    path = versions_of(marking.room, "Two versions")

    def press() -> None:
        marking.kodi.open(path)
        rows = marking.kodi.rows("FileNameAndPath")
        [other] = [n for n, row in enumerate(rows) if row["FileNameAndPath"] != file]
        marking.kodi.focus(other)
        marking.kodi.builtin(TOGGLE)

    marking.told_nothing(press)


@pytest.mark.parametrize("is_killed", [False, True], ids=["quit", "killed"])
def test_a_mark_right_before_kodi_leaves_is_told_after_the_next_start(
    marking: Marking, is_killed: bool
) -> None:
    room, kodi = marking.room, marking.kodi
    name = f"Film {2 + is_killed:02}"

    def mark_and_leave() -> None:
        kodi.rpc("VideoLibrary.SetMovieDetails", movieid=kodi.film(name)["movieid"], playcount=1)
        if is_killed:
            kodi.wait_for(lambda: unread(room), what="the mark to be kept")
            kodi.kill()
        else:
            kodi.quit()
        room.simkl.behave()
        kodi.start()

    kodi.home()
    room.simkl.misbehave("*", faults.silent_close, times=None)
    marking.told(f"{name} (2000)", do=mark_and_leave)
