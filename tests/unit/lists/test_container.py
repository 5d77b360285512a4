"""Rows are read with few labels, never by half, and no more than Kodi has room for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.lists import container as screen_module
from lib.lists.container import ALWAYS_READ, Container
from lib.titles.identify import LABELS

_ITEM = re.compile(r"Container\.ListItemAbsolute\((\d+)\)\.(.+)")


class List:
    """A list on the screen; counts which labels are read of each row."""

    def __init__(self, rows: Sequence[Mapping[str, str]], focus: int = 0) -> None:
        self.rows = rows
        self.focus = focus
        self.read: dict[int, set[str]] = defaultdict(set)
        self.screen = Container(self.label, lambda _: False, lambda: "Unwatched", lambda _: False)

    def label(self, name: str) -> str:
        item = _ITEM.match(name)
        if item is None:
            return str(self.focus) if name == "Container.CurrentItem" else str(len(self.rows))
        position, label = int(item.group(1)), item.group(2)
        self.read[position].add(label)
        return self.rows[position].get(label, "")

    def listed(self) -> list[Mapping[str, str]]:
        return [row.labels for row in self.screen.listed(range(len(self.rows)), LABELS)]


def film(number: int, **ids: str) -> dict[str, str]:
    path = f"plugin://plugin.video.a/play/?film={number}"
    said = {"FileNameAndPath": path, "Size": "0.00 B", "DBTYPE": "movie", "Title": "Film"}
    return {**said, **{f"UniqueID({kind})": value for kind, value in ids.items()}}


def test_labels_that_say_nothing_in_the_first_rows_are_not_read_of_the_others() -> None:
    films = List([film(number, tmdb=str(number)) for number in range(100)])
    assert [row["UniqueID(tmdb)"] for row in films.listed()] == [str(n) for n in range(100)]
    assert set(LABELS) <= films.read[0]
    assert not films.read[99] & (set(LABELS) - ALWAYS_READ - {"UniqueID(tmdb)", "DBID"})
    assert films.read[99] >= ALWAYS_READ


def test_a_row_that_says_its_id_in_another_way_is_read_whole() -> None:
    rows = [film(number, tmdb=str(number)) for number in range(50)]
    rows.append(film(50, imdb="tt0113277"))
    assert List(rows).listed()[50]["UniqueID(imdb)"] == "tt0113277"


def test_each_media_type_has_its_own_labels() -> None:
    rows = [film(number, tmdb=str(number)) for number in range(50)]
    episode = {**film(50), "DBTYPE": "episode", "UniqueID(tvshow.tmdb)": "70523"}
    assert List([*rows, episode]).listed()[50]["UniqueID(tvshow.tmdb)"] == "70523"


def test_a_file_name_that_is_no_text_is_left_alone() -> None:
    assert List([{**film(0), "FileNameAndPath": "/media/Am\udce9lie (2001).mkv"}]).listed() == []


def test_a_film_of_the_library_says_its_file_and_its_folder_none() -> None:
    of_library = {"DBTYPE": "movie", "DBID": "1", "Title": "Heat"}
    shown = ["/films/Heat.mkv", "/films/Heat/", "C:\\films\\Heat\\", ""]
    films = List([{**of_library, "FileNameAndPath": path} for path in shown])
    assert [row.file for row in films.screen.rows(range(4))] == ["/films/Heat.mkv", "", "", ""]


def test_a_folder_of_an_add_on_is_no_video() -> None:
    assert List([{**film(0, tmdb="1"), "Size": ""}]).listed() == []


@pytest.mark.parametrize(("size", "count"), [("0.00 B", 1), ("", 0)])
def test_a_film_of_an_add_on_may_end_in_a_slash_and_a_folder_of_one_has_no_size(
    size: str, count: int
) -> None:
    path = "plugin://plugin.video.otaku/play_movie/32281/"
    assert len(List([{**film(0), "FileNameAndPath": path, "Size": size}]).listed()) == count


@pytest.mark.parametrize("path", ["/media/Heat (1995)/", "C:\\films\\Heat (1995)\\", ""])
def test_a_folder_of_files_is_no_video_whatever_it_says(path: str) -> None:
    assert List([{**film(0), "FileNameAndPath": path}]).listed() == []


def test_where_kodi_has_no_more_room_a_row_is_left_out_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(screen_module, "_MOST_LABELS", 300)
    films = List([film(number, tmdb=str(number)) for number in range(100)])
    found = films.listed()
    assert 0 < len(found) < 100
    assert all("UniqueID(tmdb)" in row for row in found)
    assert sum(map(len, films.read.values())) <= 300
    assert films.listed() == found  # what was read once is read again
    assert films.screen.rows(range(100)) == []
    assert films.screen.sample(100, "DBID") == []


def test_rows_are_taken_from_where_the_focus_is_now() -> None:
    films = List([film(number) for number in range(6)], focus=4)
    assert films.screen.by_nearness([1, 2, 3, 5]) == [3, 5, 2, 1]


def test_a_dialog_is_in_front_until_it_has_faded_out() -> None:
    window, dialogs, asked = "Videos", False, 0

    def condition(_: str) -> bool:
        nonlocal asked
        asked += 1
        return dialogs

    screen = Container(lambda _: window, condition, lambda: "Unwatched", lambda _: False)
    assert not screen.is_covered()
    assert not screen.is_covered()
    assert asked == 1, "a condition waits for Kodi's frame"
    window, dialogs = "Add-on settings", True
    assert screen.is_covered()
    assert screen.is_covered()
    assert asked == 2, "a Kodi that leaves meanwhile would wait for it"
    window, dialogs = "Videos", False
    assert not screen.is_covered()
    window = "Home"
    assert not screen.is_covered()


_SAID = st.text(max_size=12) | st.integers().map(str) | st.sampled_from(["²", "\ud800", "1" * 400])
_NAMES = ("DBTYPE", "DBID", "TvShowDBID", "Season", "Episode", "PlayCount", "PercentPlayed", "Size",
          "Title", "FileNameAndPath")  # fmt: skip
_KINDS = st.sampled_from(["movie", "tvshow", "season", "episode", "set", ""])


@given(
    rows=st.lists(st.dictionaries(st.sampled_from(_NAMES), _SAID), max_size=4),
    kind=_KINDS,
    counted=_SAID,
)
def test_no_label_is_too_strange(rows: list[dict[str, str]], kind: str, counted: str) -> None:
    opened = List([{"DBTYPE": kind, **row} for row in rows])
    opened.screen.open_list()
    opened.screen.states(range(len(rows)))
    for row in opened.screen.rows(opened.screen.positions(len(rows))):
        assert row.dbid > 0
    for listed in opened.screen.listed(range(len(rows)), LABELS):
        assert listed.path
    strange = Container(lambda _: counted, lambda _: False, lambda: "", lambda _: False)
    strange.positions(3)
    strange.open_list()
