"""Marks on rows of other add-ons and on files: seen while their list is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Iterator

import pytest

from lib.lists.rows_near_focus import RowsNearFocus
from lib.sending.keeper import Keeper
from lib.sending.row_marks import RowMarkDependencies, RowMarks
from lib.sending.send_settings import SendSettings
from lib.storage.made_ticks import MadeTick
from lib.storage.outbox import MARK, PLAY, WATCHED, OutboxEntry
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.kodi_in_memory import ADDONS, FILES, Entry
from tests.unit.lists.test_any_list import AnyList

ANN = "ann"
NOW = datetime(2026, 11, 20, 20, 0, 0, tzinfo=timezone.utc)


class Watching(AnyList):
    """What a person does to the rows of a list, and what is seen of it."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 1000.0
        self.is_loading = self.is_playing = False
        self.options = SendSettings(is_on=True)
        self.sign_in("Ann")
        deps = self.browsing.deps
        rows = RowsNearFocus(
            deps, self.browsing.current_list, self.kodi.label, lambda: self.is_loading
        )
        keeper = Keeper(self.store.outbox, lambda: None)
        of_rows = (rows.look, keeper, deps.journal, deps.may_ask, lambda: ANN)
        self.marks = RowMarks(
            RowMarkDependencies(*of_rows, lambda: self.options),
            lambda: self.seconds,
            lambda: NOW,
        )

    def open(self, path: str = ADDONS[0]) -> list[Entry]:
        """Open a list and look at it; its rows."""
        self.browse(path)
        self.look()
        return self.kodi.rows

    def look(self, seconds: float = 1.0) -> None:
        self.seconds += seconds
        self.marks.turn(is_playing=self.is_playing)

    def toggle(self, row: Entry) -> None:
        """Kodi sets the tick of the row in focus, and has the focus go on to the next."""
        self.kodi.focus = self.kodi.rows.index(row) + 1
        self.look()
        row.playcount = 0 if row.playcount else 1
        self.kodi.focus += 1
        self.look()

    @property
    def told(self) -> list[OutboxEntry]:
        return self.store.outbox.waiting(ANN)


@pytest.fixture
def watching() -> Iterator[Watching]:
    watching = Watching()
    yield watching
    watching.end()
    watching.server.__exit__(None, None, None)
    watching.one_tick_a_step.close()


def test_a_row_that_is_marked_is_told_with_the_moment(watching: Watching) -> None:
    film, episode, *_ = watching.open()
    watching.toggle(film)
    watching.toggle(episode)
    of_film, of_episode = watching.told
    assert (of_film.what, of_film.origin, of_film.at) == (WATCHED, MARK, NOW)
    assert of_film.title == Title(MOVIE, (("tmdb", "401"),))
    assert (of_film.season, of_film.episode, of_film.label) == (-1, -1, "A film")
    assert of_episode.title == Title(SHOW, (("tmdb", "500"),))
    assert (of_episode.season, of_episode.episode) == (1, 1)


def test_a_file_that_is_marked_is_told(watching: Watching) -> None:
    watching.toggle(watching.open(FILES)[0])
    assert [each.label for each in watching.told] == ["Film 301 (1990)"]


def test_a_mark_by_the_menu_which_covers_the_list_is_seen(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = watching.open()[0]
    container = watching.browsing.deps.container
    with monkeypatch.context() as menu:
        menu.setattr(container, "is_covered", lambda: True)
        watching.look()
        film.playcount = 1
        watching.look(60)
    assert watching.told == []
    watching.look()
    assert len(watching.told) == 1


def test_while_kodi_exchanges_the_rows_nothing_is_looked_at(watching: Watching) -> None:
    film = watching.open()[0]
    watching.is_loading = True
    film.playcount = 1
    watching.look()
    assert watching.told == []
    watching.is_loading = False
    watching.look()
    assert len(watching.told) == 1


def test_a_row_that_nobody_was_at_is_none(watching: Watching) -> None:
    *_, last = watching.open()
    watching.look()
    last.playcount = 1
    watching.look()
    assert watching.told == []


def test_where_a_list_says_more_than_was_marked_none_of_it_is(watching: Watching) -> None:
    """It was loaded again, and its add-on knows of watches from elsewhere."""
    first, *_, last = watching.open()
    watching.look()
    first.playcount = last.playcount = 1
    watching.look()
    assert watching.told == []


def test_a_tick_of_ours_is_none(watching: Watching) -> None:
    """Written while the list is open, as once the person is still."""
    film, *_ = watching.open()
    watching.look()
    mine = MadeTick(film.file, "movie", -1, 1, "2026-11-20 21:00:00", 0, "", 0, "Ann")
    watching.store.made_ticks.note([mine])
    film.playcount = 1
    watching.look()
    assert watching.told == []


def test_the_tick_of_a_play_is_none(watching: Watching) -> None:
    film, *_ = watching.open()
    watching.is_playing = True
    watching.look()
    watching.is_playing = False
    watching.look(0.5)
    film.playcount = 1
    for _ in range(20):
        watching.look(0.5)
    assert watching.told == []


def test_a_list_that_is_opened_shows_no_marks(watching: Watching) -> None:
    film, *_ = watching.open()
    watching.browse("")
    film.playcount = 1
    watching.open()
    watching.look()
    assert watching.told == []


@pytest.mark.parametrize(
    "options",
    [
        SendSettings(is_on=True, marks=False),
        SendSettings(is_on=True, films=False),
        SendSettings(is_on=True, addons=False),
    ],
)
def test_what_the_person_does_not_want_told_is_none(
    watching: Watching, options: SendSettings
) -> None:
    watching.options = options
    watching.toggle(watching.open()[0])
    assert watching.told == []


def test_what_is_unmarked_is_never_told_and_its_mark_no_more(watching: Watching) -> None:
    watching.options = SendSettings(is_on=True, unmarks=True)
    film, episode, *_ = watching.open()
    watching.toggle(film)
    watching.toggle(episode)
    played = replace(watching.told[1], origin=PLAY)
    watching.store.outbox.drop(watching.told[1:])
    watching.store.outbox.add([played])
    watching.toggle(film)
    watching.toggle(episode)
    assert [each.origin for each in watching.told] == [PLAY]
