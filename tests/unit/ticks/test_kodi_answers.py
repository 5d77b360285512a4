"""Whatever Kodi's JSON-RPC answers, nothing raises: what it does not say is not known."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from lib.lists.home_screen import rows_on_home
from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.files import Files
from lib.ticks.library import Library
from lib.ticks.sources import Sources
from lib.ticks.writer import Writer

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=4,
)
NAMES = (
    "title", "year", "premiered", "uniqueid", "file", "playcount", "lastplayed", "season",
    "episode", "watchedepisodes", "tvshowid", "movieid", "episodeid", "seasonid", "showtitle",
    "id", "type",
)  # fmt: skip
ENTRY = st.dictionaries(st.sampled_from(NAMES), ODD | st.sampled_from([1, 2, "movie", "/a.mkv"]))
LISTS = ("movies", "tvshows", "seasons", "episodes", "sources")
DETAILS = ("moviedetails", "tvshowdetails", "seasondetails", "episodedetails", "filedetails")
RESULT = st.fixed_dictionaries(
    {},
    optional={
        **{name: ODD | st.lists(ENTRY | ODD, max_size=3) for name in LISTS},
        **dict.fromkeys(DETAILS, ODD | ENTRY),
    },
)
FILES = Files(lambda _: True, lambda _: False, Sources(lambda calls: [None for _ in calls]))
REPLY = st.just("OK") | RESULT | ODD


class Kodi:
    """Answers each call with the next of these, over and over."""

    def __init__(self, replies: Sequence[Any]) -> None:
        self._replies = replies
        self._count = 0

    def batch(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        self._count += len(calls)
        return [self._replies[(self._count - n) % len(self._replies)] for n in range(len(calls))]


@given(st.lists(REPLY, min_size=1, max_size=4))
def test_the_library_reads_it(replies: list[Any]) -> None:
    library = Library(Kodi(replies).batch, lambda _: True)
    library.films({1: "Heat", 2: "Ronin", 3: ""})
    library.series({1: "Dark", 2: ""})
    library.episodes(1)
    library.videos([(FILM, 1), (EPISODE, 2)])
    library.named_films([1, 2])
    library.named_episodes([1, 2])
    library.season_counts(1)
    library.video_of("/a.mkv")
    library.file_state("/a.mkv")
    for kind in ("movie", "tvshow", "season", "episode"):
        library.place(kind, 1)


@given(st.lists(REPLY, min_size=1, max_size=4))
def test_the_writer_goes_on(replies: list[Any]) -> None:
    noted: list[Tick] = []
    writer = Writer(Kodi(replies).batch, noted.extend, FILES)
    ticks = [
        Tick(Video(kind, 1, f"/{kind}.mkv", 0, "", 1, 1, 1), 1, "2024-03-01 20:00:00")
        for kind in (FILM, EPISODE)
    ]
    assert writer.write(ticks) == noted
    writer.write_unseen(ticks)
    writer.announce()
    writer.write_files(ticks)
    writer.mend_series(1)


@given(st.lists(REPLY, min_size=1, max_size=4))
def test_the_home_screen_is_read(replies: list[Any]) -> None:
    rows_on_home(Kodi(replies).batch)
