"""What is played in a real Kodi is to be told once, with its moment, and nothing else is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from .harness.driver import KodiFactory
from .harness.library import Library
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.media import video
from .harness.plugin import path, plugin

MINUTES_20 = 1200
ADDON = "plugin.video.played"
ROWS: list[dict[str, Any]] = [
    {
        "mediatype": "movie",
        "title": "Told by its row",
        "year": 2011,
        "uids": {"imdb": "tt0000009", "tmdb": "99"},
    },
    {"mediatype": "movie", "title": "Not Film 01", "dbid": 1},
    {"label": "Says nothing"},
]


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    rows = [{**row, "path": f"plugin://{ADDON}/play/?n={n}"} for n, row in enumerate(ROWS)]
    addon = plugin(tmp_path_factory.mktemp("addons"), ADDON, {"list": {"rows": rows}})
    video(addon / "film.y4m", MINUTES_20)
    options: dict[str, Any] = {"addons": [addon], "settings": {"send": "true"}}
    with living_room(shared_kodi_factory, signed_in=False, **options) as room:
        room.sign_in(scope="media:read media:write")
        room.simkl.person.may_be_written = True
        room.simkl.add_film("Told by its row", 2011, imdb="tt0000009", tmdb=99)
        room.simkl.add_film("Loose", 1999, tmdb=730)
        room.kodi.add_library(library_of(room))
        video(room.kodi.home_folder.media / "loose" / "Loose (1999).avi", MINUTES_20)
        room.kodi.start()
        yield room


def library_of(room: LivingRoom) -> Library:
    library = room.new_library()
    for number in range(1, 9):
        [file] = film(room, library, f"Film {number:02}", 700 + number)
        video(file, MINUTES_20)
    room.simkl.add_series("Dark", 2017, {1: 5}, tvdb=334824)
    folder = library.series("Dark", 2017, {1: 5}, ids={"tvdb": "334824"}, double=((1, 4),))
    for file in folder.glob("*.mkv"):
        video(file, MINUTES_20)
    [file] = film(room, library, "In parts", 721)
    file.unlink()
    for part in ("cd1", "cd2"):
        video(file.with_name(f"{file.stem} {part}.avi"), MINUTES_20 // 2)
    [file] = film(room, library, "A link", 722)
    file.rename(file.with_suffix(".strm")).write_text(f"plugin://{ADDON}/play/?n=9")
    trailer = room.kodi.home_folder.media / "trailers" / "film.avi"
    video(trailer, 400)
    nfo = library.films / "Film 08 (2000)" / "Film 08 (2000).nfo"
    nfo.write_text(nfo.read_text().replace("</movie>", f"<trailer>{trailer}</trailer></movie>"))
    return library


def film(room: LivingRoom, library: Library, title: str, tmdb: int) -> list[Path]:
    """One that Simkl has, too."""
    room.simkl.add_film(title, 2000, tmdb=tmdb)
    return library.film(title, 2000, ids={"tmdb": str(tmdb)})


class Evening:
    """Plays one video after another, and knows which of them are to be told, and when."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.kodi = room.kodi
        self.expected: list[tuple[str, datetime, datetime]] = []

    def film(self, number: int) -> None:
        self.play(movieid=self.kodi.film(f"Film {number:02}")["movieid"])

    def episode(self, number: int) -> None:
        self.play(episodeid=self.kodi.episode("Dark", 1, number)["episodeid"])

    def play(self, **item: Any) -> None:
        self.kodi.play(**item)
        self.look()

    def look(self) -> None:
        """Time for the add-on to see what plays."""
        self.room.let_it_look(0.3)

    @contextmanager
    def told(self, *labels: str) -> Iterator[None]:
        """What is done here ends a play of these, which is to be told."""
        began = now()
        yield
        self.expected += [(label, began, now()) for label in labels]

    def stop(self, *labels: str, at: float) -> None:
        """at: percent."""
        self.kodi.seek(at)
        with self.told(*labels):
            self.kodi.stop_playing()


@pytest.fixture
def evening(room: LivingRoom) -> Iterator[Evening]:
    """What is to be told in the end is just what was expected."""
    if not room.kodi.running:
        room.kodi.start()
    before = len(outbox(room)) if room.memory.exists() else 0
    evening = Evening(room)
    yield evening
    room.let_it_look(0.5)
    found = outbox(room)[before:]
    assert [label for label, _ in found] == [label for label, *_ in evening.expected]
    for (label, at), (_, began, ended) in zip(found, evening.expected):
        assert began <= at <= ended, label
    told = dict(outbox(room))
    room.kodi.wait_for(lambda: len(at_simkl(room)) >= len(told), what="the watches at Simkl")
    assert at_simkl(room) == told


def outbox(room: LivingRoom) -> list[tuple[str, datetime]]:
    """What is to be told, or was: by its words, and when it was watched."""
    with closing(sqlite3.connect(room.memory, timeout=10)) as memory:
        rows = memory.execute("SELECT label, at FROM outbox ORDER BY number").fetchall()
    return [(label, datetime.fromtimestamp(at, timezone.utc)) for label, at in rows]


def at_simkl(room: LivingRoom) -> dict[str, datetime]:
    """What Simkl holds as watched, by its words, and since when."""
    held = {}
    for (title, episode), at in room.simkl.person.watches.items():
        where = f"{episode[0]}x{episode[1]:02}" if episode else f"({title.year})"
        held[f"{title.title} {where}"] = datetime.fromisoformat(str(at).replace("Z", "+00:00"))
    return held


def now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)


def test_a_film_counts_where_it_was_left_at_the_mark_or_beyond(evening: Evening) -> None:
    evening.film(1)
    evening.stop(at=50)
    evening.film(1)
    evening.stop(at=79)
    evening.film(1)
    evening.stop("Film 01 (2000)", at=81)
    evening.film(2)
    evening.stop("Film 02 (2000)", at=95)
    evening.film(3)
    evening.kodi.seek(90)
    evening.stop(at=10)


def test_a_playlist_of_three_that_are_skipped_and_watched_to_the_end(evening: Evening) -> None:
    """Kodi announces no end where the next one is gone to."""
    evening.kodi.rpc("Playlist.Clear", playlistid=1)
    for number in (1, 2, 3):
        episode = evening.kodi.episode("Dark", 1, number)["episodeid"]
        evening.kodi.rpc("Playlist.Add", playlistid=1, item={"episodeid": episode})
    evening.play(playlistid=1)
    evening.kodi.seek(50)
    evening.kodi.skip()
    evening.look()
    evening.kodi.seek(95)
    with evening.told("Dark 1x02"):
        evening.kodi.skip()
    evening.look()
    with evening.told("Dark 1x03"):
        evening.kodi.ends_by_itself()


def test_a_video_that_is_opened_over_another(evening: Evening) -> None:
    """Kodi announces no end of the first, and no length of the second at first."""
    evening.film(4)
    evening.kodi.seek(85)
    evening.look()
    with evening.told("Film 04 (2000)"):
        evening.film(5)
    evening.stop("Film 05 (2000)", at=85)


def test_what_is_more_than_one_plain_file(evening: Evening) -> None:
    evening.play(movieid=evening.kodi.film("In parts")["movieid"])
    evening.kodi.seek(49.9)
    evening.kodi.begins(lambda: None)  # the second part
    evening.look()
    evening.stop("In parts (2000)", at=95)
    evening.play(movieid=evening.kodi.film("A link")["movieid"])
    evening.stop("A link (2000)", at=85)
    evening.episode(5)
    evening.stop("Dark 1x04", "Dark 1x05", at=95)


def test_what_is_opened_by_its_path(evening: Evening) -> None:
    evening.play(file=evening.kodi.film("Film 06")["file"])
    evening.stop("Film 06 (2000)", at=85)
    evening.play(file=str(evening.kodi.home_folder.media / "loose" / "Loose (1999).avi"))
    evening.stop("Loose (1999)", at=85)


def test_rows_of_another_add_on(evening: Evening) -> None:
    kodi = evening.kodi
    kodi.open(path(ADDON, "list"))
    for number, labels in enumerate([["Told by its row (2011)"], [], []]):
        kodi.focus(number)
        kodi.begins(lambda: kodi.builtin("Action(Select)"))
        evening.look()
        evening.stop(*labels, at=95)
    kodi.home()


def test_a_trailer_is_not_the_film(evening: Evening) -> None:
    kodi = evening.kodi
    kodi.open(FILMS)
    kodi.focus([row["Label"] for row in kodi.rows("Label")].index("Film 08"))
    kodi.builtin("Action(Info)")
    kodi.wait_for(lambda: kodi.condition("Window.IsActive(movieinformation)"), what="the details")
    kodi.begins(lambda: kodi.builtin("SendClick(12003,11)"))
    evening.look()
    evening.stop(at=95)
    kodi.home()


def test_kodi_is_quit_and_killed_where_the_play_counts(evening: Evening) -> None:
    kodi = evening.kodi
    evening.film(7)
    kodi.seek(95)
    kodi.pause()
    with evening.told("Film 07 (2000)"):
        kodi.quit()
    kodi.start()
    evening.film(8)
    with evening.told("Film 08 (2000)"):
        kodi.seek(95)
        evening.look()
        kodi.kill()
    kodi.start()
    evening.film(1)
    kodi.seek(90)
    evening.look()
    kodi.seek(10)
    evening.look()
    kodi.kill()
    kodi.start()
    evening.room.let_it_look(1.0)
