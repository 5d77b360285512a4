"""The traps: what must not be ticked, or not so. A watched title in the list is the witness."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.simkl_server import faults

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room
from .harness.media import playable

AT = "2024-03-01T20:00:00Z"
AT_BERLIN = "2024-03-01 21:00:00"
LONG_AGO = "1970-01-01 00:00:01"
WITNESS = "Zulu"  # the last of the list by name, and so by its turn

# What Simkl says instead of "watched", of a film that is watched there.
LIES: dict[str, Any] = {
    "Not found": lambda entry: {**entry, "result": "not_found"},
    "No result": lambda entry: {key: entry[key] for key in entry if key != "result"},
    "Result null": lambda entry: {**entry, "result": None},
    "Result a word": lambda entry: {**entry, "result": "true"},
    "Date a number": lambda entry: {**entry, "last_watched_at": 17, "list": None},
    "Date nonsense": lambda entry: {**entry, "last_watched_at": "yesterday", "list": None},
    "Entry null": lambda _: None,
    "Entry a list": lambda entry: [entry],
    "Another film": lambda entry: {**entry, "ids": {"tmdb": 1}},
    "A series": lambda entry: {**entry, "type": "show"},
}
# Ids as scrapers leave them: what they are, and what is to be asked.
DIRTY: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "Unknown tt": ({"unknown": "tt0900001"}, {"imdb": "tt0900001"}),
    "Long names": ({"themoviedb": "900002"}, {"tmdb": 900_002}),
    "None and imdb": ({"tmdb": "None", "imdb": "tt0900003"}, {"imdb": "tt0900003"}),
    "Zero and imdb": ({"tmdb": "0", "imdb": "tt0900004"}, {"imdb": "tt0900004"}),
    "Minus and imdb": ({"tmdb": "-1", "imdb": "tt0900005"}, {"imdb": "tt0900005"}),
}
ONLY_NOISE = {"tmdb": "None", "imdb": "0", "unknown": "12345", "tvdb": "-1"}
BROKEN = [
    "<movie></movie>",
    "<movie><title/></movie>",
    "<movie><title>Broken 3</title><year>2003-2005</year></movie>",
    "<movie><title>Broken 4</title><year>-5</year></movie>",
    "<movie><title>Broken 5</title><year>99999</year></movie>",
    '<movie><title>Broken 6</title><uniqueid type="">949</uniqueid></movie>',
    '<movie><title>Broken 7</title><uniqueid type="imdb"></uniqueid></movie>',
    '<movie><title>Broken 8</title><uniqueid type="imdb">tt</uniqueid></movie>',
    '<movie><title>Broken 9</title><uniqueid type="tmdb">1e5</uniqueid></movie>',
    f'<movie><title>Broken 10</title><uniqueid type="tmdb">{"9" * 40}</uniqueid></movie>',
    '<movie><title>Broken 11</title><uniqueid type="tmdb">\u0664\u0662</uniqueid></movie>',
    '<movie><title>Broken 12 "\u00e9\U0001f600\\</title><year>2001</year></movie>',
    f"<movie><title>{'Broken 13 ' * 300}</title><year>2001</year></movie>",
    '<movie><title>Broken 14</title><uniqueid type="tmdb">1; DROP TABLE</uniqueid></movie>',
    '<movie><title>%s [B]15[/B] $INFO[x]</title><uniqueid type="a/b?c">x</uniqueid></movie>',
]


class Stage:
    """Films and series in Kodi's library and at Simkl, under the same numbers."""

    def __init__(self, room: LivingRoom, library: Library) -> None:
        self.room = room
        self.library = library
        self.liars: dict[int, Any] = {}
        self._tmdb = 1000

    def film(self, name: str, *, at: str | None = "", **options: Any) -> Any:
        """at: "" for not watched, None for watched at a date that Simkl does not know."""
        self._tmdb += 1
        self.library.film(name, 2000, ids={"tmdb": str(self._tmdb)}, **options)
        title = self.room.titles[name] = self.room.simkl.add_film(name, 2000, tmdb=self._tmdb)
        if at != "":
            self.room.simkl.person.watch(title, at=at)
        return title

    def series(self, name: str, seasons: dict[int, int], **options: Any) -> Any:
        self._tmdb += 1
        self.library.series(name, 2000, seasons, ids={"tvdb": str(self._tmdb)}, **options)
        return self.room.simkl.add_series(name, 2000, seasons, tvdb=self._tmdb)

    def lie(self, entries: list[Any]) -> list[Any]:
        return [
            self.liars[entry["simkl"]](entry) if entry.get("simkl") in self.liars else entry
            for entry in entries
        ]


@pytest.fixture(scope="module")
def room(shared_kodi_factory: KodiFactory) -> Iterator[LivingRoom]:
    with living_room(shared_kodi_factory) as room:
        stage = Stage(room, room.new_library())
        for set_the_stage in (films, lies, neighbours, names, dirty, series, doubles):
            set_the_stage(stage)
        room.simkl.misbehave("/sync/watched", faults.change(stage.lie), times=None)
        room.kodi.add_library(stage.library)
        room.kodi.start()
        what_kodi_has(room)
        yield room


def films(stage: Stage) -> None:
    person = stage.room.simkl.person
    stage.film(WITNESS, at=AT)
    stage.film("Summer", at="2024-07-01T20:00:00Z")
    stage.film("Long ago", at="1970-01-01T00:00:01Z")
    stage.film("Completed without a date", at=None)
    person.put(stage.film("Planned"), "plantowatch")
    person.put(stage.film("Dropped at once"), "dropped")
    person.put(stage.film("Dropped after a watch", at=AT), "dropped")
    stage.film("Two copies", at=AT, copies=2)
    for name in ("Ticked in Kodi", "Played three times", "Played later", "Half seen"):
        stage.film(name, at="" if name == "Ticked in Kodi" else AT)
    stage.film("Movie that plays", at=AT)
    stage.film("Movie that was played", at=AT)
    for name in ("Movie that plays", "Movie that was played"):
        playable(stage.library.films / f"{name} (2000)" / f"{name} (2000).mkv")


def lies(stage: Stage) -> None:
    for name, lie in LIES.items():
        stage.liars[stage.film(name, at=AT).simkl] = lie


def neighbours(stage: Stage) -> None:
    """A film and a series with one TMDb number, twice: once it is the film that is watched."""
    simkl = stage.room.simkl
    for number, is_film_watched in ((71, True), (72, False)):
        ids = {"tmdb": str(number)}
        stage.library.film(f"Film {number}", 1999, ids=ids)
        stage.library.series(f"Series {number}", 1999, {1: 2}, ids=ids)
        film = simkl.add_film(f"Film {number}", 1999, tmdb=number)
        show = simkl.add_series(f"Series {number}", 1999, {1: 2}, tmdb=number)
        simkl.person.watch(film if is_film_watched else show, at=AT)


def names(stage: Stage) -> None:
    stage.library.film("No ids", 2001)
    stage.room.simkl.person.watch(stage.room.simkl.add_film("No ids", 2001, tmdb=80), at=AT)
    stage.library.film("No ids and no year")
    title = stage.room.simkl.add_film("No ids and no year", 1970, tmdb=81)
    stage.room.simkl.person.watch(title, at=AT)


def dirty(stage: Stage) -> None:
    for number, (name, (ids, asked)) in enumerate(DIRTY.items()):
        stage.library.film(name, 1990 + number, ids=ids)
        title = stage.room.simkl.add_film(name, 1990 + number, **asked)
        stage.room.simkl.person.watch(title, at=AT)
    stage.library.film("Only noise", 1991, ids=ONLY_NOISE)
    for number, nfo in enumerate(BROKEN, 1):
        stage.library.raw_film(f"Broken {number}", nfo)


def series(stage: Stage) -> None:
    simkl, person = stage.room.simkl, stage.room.simkl.person
    # Kodi has one episode more than Simkl lists.
    stage.library.series("Watching", 2001, {0: 2, 1: 5}, ids={"tvdb": "90"})
    show = simkl.add_series("Watching", 2001, {0: 2, 1: 4}, tvdb=90, unaired=[(1, 4)])
    for season, episode in ((0, 1), (1, 2), (1, 4)):
        person.watch(show, season=season, episode=episode, at=AT)
    person.watch(show, season=1, episode=1, at=None)
    person.watch(stage.series("Only specials", {0: 2, 1: 2}), season=0, at=AT)
    person.watch(stage.series("Finished", {1: 3}), at=AT)


def doubles(stage: Stage) -> None:
    show = stage.series("Doubles", {1: 6}, double=((1, 1), (1, 3)))
    for episode, at in ((1, AT), (2, "2024-03-02T20:00:00Z"), (3, AT), (6, AT)):
        stage.room.simkl.person.watch(show, season=1, episode=episode, at=at)
    folder = stage.library.shows / "Doubles (2000)"
    for suffix in (".nfo", ".mkv"):
        shutil.copy(folder / f"Doubles S01E06{suffix}", folder / f"Doubles S01E06 copy{suffix}")


def what_kodi_has(room: LivingRoom) -> None:
    """Ticks, plays, dates and a resume point that were in Kodi before."""
    has: dict[str, dict[str, Any]] = {
        "Ticked in Kodi": {"playcount": 1, "lastplayed": "2023-01-01 10:00:00"},
        "Played three times": {"playcount": 3, "lastplayed": "2023-01-01 10:00:00"},
        "Played later": {"playcount": 1, "lastplayed": "2025-01-01 10:00:00"},
        "Half seen": {"resume": {"position": 600, "total": 3600}},
    }
    for name, details in has.items():
        film = room.kodi.film(name)["movieid"]
        room.kodi.rpc("VideoLibrary.SetMovieDetails", movieid=film, **details)


def open_films(room: LivingRoom) -> list[str]:
    """The rows that are ticked once everything is settled."""
    if not room.kodi.shows(FILMS):
        room.kodi.open(FILMS)
        room.wait_for_ticks(WITNESS)
        room.let_it_look(0.5)
    return room.ticked()


def open_episodes(room: LivingRoom, name: str, witness: str) -> list[str]:
    shows = room.kodi.series()
    number = next(show["tvshowid"] for show in shows if show["title"] == name)
    room.kodi.open(f"{SERIES}{number}/-1/")
    room.wait_for_ticks(witness)
    room.let_it_look(0.3)
    return room.ticked()


def items(room: LivingRoom) -> list[Any]:
    return [item for body in room.asked() for item in body]


def in_database(room: LivingRoom, file: str) -> list[Any]:
    """Kodi's rows of a file and of its bookmarks, byte for byte."""
    [database] = (room.kodi.home_folder.userdata / "Database").glob("MyVideos*.db")
    path = Path(file)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as opened:
        files = opened.execute(
            "SELECT idFile, playCount, lastPlayed FROM files JOIN path USING (idPath)"
            " WHERE strFilename = ? AND strPath = ?",
            (path.name, f"{path.parent}/"),
        ).fetchall()
        bookmarks = opened.execute("SELECT * FROM bookmark WHERE idFile = ?", files[0][:1])
        return [*files, *bookmarks.fetchall()]


def stop(room: LivingRoom) -> None:
    room.kodi.rpc("Player.Stop", playerid=1)
    room.kodi.wait_for(lambda: not room.kodi.condition("Player.HasMedia"), what="the end")


def play(room: LivingRoom, name: str) -> None:
    room.kodi.rpc("Player.Open", item={"movieid": room.kodi.film(name)["movieid"]})
    room.kodi.wait_for(
        lambda: (
            room.kodi.label("VideoPlayer.Title") == name
            and room.kodi.condition("Window.IsActive(fullscreenvideo)")
        ),
        what=f"{name} to play",
    )


# -- playing (first: these films must not be ticked by another test before) --


def test_a_film_that_plays_or_was_played_waits_for_a_newer_answer(room: LivingRoom) -> None:
    room.simkl.delay = 20  # until both have played
    room.kodi.open(FILMS)
    room.kodi.wait_for(room.asked, what="the question")
    play(room, "Movie that was played")
    stop(room)
    play(room, "Movie that plays")
    room.simkl.delay = 0.0
    open_films(room)
    # Both were asked about before they played: an answer from afterwards counts.
    room.wait_for_ticks("Movie that was played")
    assert asked_about(room, "Movie that was played") == 2
    assert played_films(room.ticked()) == ["Movie that was played"]
    assert room.kodi.label("VideoPlayer.Title") == "Movie that plays"
    stop(room)
    room.kodi.home()
    open_films(room)
    room.wait_for_ticks("Movie that was played", "Movie that plays")
    assert asked_about(room, "Movie that plays") == 2


def asked_about(room: LivingRoom, name: str) -> int:
    """How often."""
    ids = {"tmdb": int(room.titles[name].ids["tmdb"])}
    return [item.get("ids") for item in items(room)].count(ids)


def played_films(ticked: list[str]) -> list[str]:
    return [name for name in ticked if name.startswith("Movie")]


# -- films --


def test_a_planned_film_is_not_ticked(room: LivingRoom) -> None:
    assert "Planned" not in open_films(room)


def test_a_dropped_film_is_ticked_only_when_it_has_a_date(room: LivingRoom) -> None:
    ticked = open_films(room)
    assert "Dropped at once" not in ticked
    assert "Dropped after a watch" in ticked


@pytest.mark.parametrize("name", LIES)
def test_what_is_not_understood_changes_nothing(room: LivingRoom, name: str) -> None:
    assert name not in open_films(room)
    assert room.kodi.watched(name) == (0, "", 0.0)


def test_a_film_and_a_series_with_one_number_do_not_touch_each_other(room: LivingRoom) -> None:
    ticked = open_films(room)
    assert "Film 71" in ticked
    assert "Film 72" not in ticked
    room.kodi.open(SERIES)
    room.wait_for_ticks("Series 72")
    assert "Series 71" not in room.ticked()


def test_two_copies_of_a_film_are_both_ticked(room: LivingRoom) -> None:
    assert open_films(room).count("Two copies") == 2


def test_a_tick_that_only_kodi_has_stays_byte_for_byte(room: LivingRoom) -> None:
    before = in_database(room, room.kodi.film("Ticked in Kodi")["file"])
    assert "Ticked in Kodi" in open_films(room)
    assert in_database(room, room.kodi.film("Ticked in Kodi")["file"]) == before
    assert before[0][1:3] == (1, "2023-01-01 10:00:00")


def test_a_higher_playcount_and_a_later_date_stay(room: LivingRoom) -> None:
    open_films(room)
    assert room.kodi.watched("Played three times") == (3, AT_BERLIN, 0.0)
    assert room.kodi.watched("Played later") == (1, "2025-01-01 10:00:00", 0.0)


def test_a_resume_point_stays(room: LivingRoom) -> None:
    assert "Half seen" in open_films(room)
    assert room.kodi.watched("Half seen") == (1, AT_BERLIN, 600.0)
    [_, bookmark] = in_database(room, room.kodi.film("Half seen")["file"])
    assert 600.0 in bookmark
    assert 3600.0 in bookmark


def test_without_ids_the_title_and_the_year_are_asked(room: LivingRoom) -> None:
    assert "No ids" in open_films(room)
    assert {"type": "movie", "title": "No ids", "year": 2001} in items(room)


def test_without_ids_and_year_nothing_is_asked_or_ticked(room: LivingRoom) -> None:
    assert "No ids and no year" not in open_films(room)
    assert "No ids and no year" not in [item.get("title") for item in items(room)]


@pytest.mark.parametrize("name", DIRTY)
def test_dirty_ids_are_cleaned(room: LivingRoom, name: str) -> None:
    assert name in open_films(room)
    assert {"type": "movie", "ids": DIRTY[name][1]} in items(room)


def test_ids_that_are_none_are_not_asked(room: LivingRoom) -> None:
    open_films(room)
    assert {"type": "movie", "title": "Only noise", "year": 1991} in items(room)


def test_broken_rows_stop_no_other(room: LivingRoom) -> None:
    ticked = open_films(room)
    assert WITNESS in ticked
    assert not [label for label in ticked if "Broken" in label]
    assert len(room.kodi.rows("Label")) >= len(BROKEN) + 30


# -- dates --


def test_long_ago_is_not_now(room: LivingRoom) -> None:
    open_films(room)
    assert room.kodi.watched("Long ago") == (1, LONG_AGO, 0.0)
    assert room.kodi.watched("Completed without a date") == (1, LONG_AGO, 0.0)


def test_local_time_is_that_of_the_date(room: LivingRoom) -> None:
    open_films(room)
    assert room.kodi.watched(WITNESS).lastplayed == AT_BERLIN
    assert room.kodi.watched("Summer").lastplayed == "2024-07-01 22:00:00"


def test_local_time_is_that_of_the_place(kodi_factory: KodiFactory) -> None:
    with living_room(kodi_factory, timezone="America/New_York") as room:
        stage = Stage(room, room.new_library())
        stage.film("Summer", at="2024-07-01T02:00:00Z")
        stage.film(WITNESS, at=AT)
        room.kodi.add_library(stage.library)
        room.kodi.start()
        open_films(room)
        assert room.kodi.watched(WITNESS).lastplayed == "2024-03-01 15:00:00"
        assert room.kodi.watched("Summer").lastplayed == "2024-06-30 22:00:00"


# -- series --


def test_a_series_being_watched_ticks_what_is_watched_aired_or_not(room: LivingRoom) -> None:
    ticked = open_episodes(room, "Watching", "1x02. Episode 2")
    # The last of season 1, and the second special, are not listed or not watched at Simkl.
    expected = ["1x01. Episode 1", "1x02. Episode 2", "1x04. Episode 4", "S01. Episode 1"]
    assert sorted(ticked) == expected
    assert room.kodi.watched("Watching", 1, 1) == (1, LONG_AGO, 0.0)
    assert room.kodi.watched("Watching", 1, 5) == (0, "", 0.0)


def test_specials_do_not_make_a_series_look_finished(room: LivingRoom) -> None:
    open_episodes(room, "Only specials", "S01. Episode 1")
    open_episodes(room, "Finished", "1x03. Episode 3")
    room.kodi.open(SERIES)
    room.wait_for_ticks("Finished")
    assert "Only specials" not in room.ticked()


def test_a_double_episode_is_ticked_when_both_are_watched(room: LivingRoom) -> None:
    ticked = open_episodes(room, "Doubles", "1x06. Episode 6")
    assert "1x01. Episode 1" in ticked
    assert "1x03. Episode 3" not in ticked
    assert "1x04. Episode 4" not in ticked
    # The file was watched when its second half was.
    assert room.kodi.watched("Doubles", 1, 1) == (1, "2024-03-02 21:00:00", 0.0)


def test_two_copies_of_an_episode_are_both_ticked(room: LivingRoom) -> None:
    assert open_episodes(room, "Doubles", "1x06. Episode 6").count("1x06. Episode 6") == 2


# -- whole answers (last: they forget what was answered) --

WHOLE = {
    "null": faults.answer(None),
    "empty": faults.answer([]),
    "an object": faults.answer({"movies": []}),
    "shorter": faults.change(lambda entries: entries[1:]),
    "turned round": faults.shuffled(),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_answer_of_another_shape_changes_nothing(room: LivingRoom, kind: str) -> None:
    library = room.new_library()
    number = 5000 + 10 * list(WHOLE).index(kind)
    for count, name in enumerate(("A", "B", "C")):
        library.film(f"{kind} {name}", 1950, ids={"tmdb": str(number + count)}, genre=kind)
        title = room.simkl.add_film(f"{kind} {name}", 1950, tmdb=number + count)
        if name != "A":
            room.simkl.person.watch(title, at=AT)
    room.kodi.home()
    room.kodi.add_library(library)
    room.simkl.behave()
    room.simkl.misbehave("/sync/watched", WHOLE[kind], times=None)
    rule = {"field": "genre", "operator": "is", "value": [kind]}
    genre = f"{FILMS}?xsp={json.dumps({'rules': {'and': [rule]}, 'type': 'movies'})}"
    before = len(room.asked())
    room.kodi.open(genre)
    room.kodi.wait_for(lambda: len(room.asked()) > before, what="the question")
    # Turned round, the one in the middle still stands in its own place.
    right = ["turned round B"] if kind == "turned round" else []
    room.wait_for_ticks(*right)
    room.let_it_look(0.7)
    assert room.ticked() == right
    room.simkl.behave()
    room.kodi.home()
    room.forget_answers()
    room.kodi.open(genre)
    room.wait_for_ticks(f"{kind} B", f"{kind} C")
    assert len(room.ticked()) == 2
