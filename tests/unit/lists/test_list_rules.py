"""What is watched decides which rows these lists have, and in which order."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from lib.lists.list_rules import ListRules

FILE = "special://profile/playlists/video/mine.xsp"
NODE = "videodb://tvshows/titles/-1/-1/-1/-1/?xsp="
SERIES = "videodb://tvshows/titles/"


def playlist(rules: str) -> bool:
    return ListRules(lambda _: rules).depend_on_watched(FILE)


def at(path: str) -> bool:
    return ListRules(lambda _: "").depend_on_watched(path)


@pytest.mark.parametrize(
    "rules",
    [
        '<rule field="playcount" operator="is"><value>0</value></rule>',
        "<rule operator='true' field = 'inProgress'></rule>",
        '<rule field="numwatched" operator="is"><value>0</value></rule>',
        '<rule field="lastplayed" operator="notinthelast"><value>2 weeks</value></rule>',
        '<rule field="playlist" operator="is"><value>Another</value></rule>',
        '<limit>10</limit><order direction="ascending">random</order>',
        '<limit>10</limit><order direction="descending">lastplayed</order>',
        "",  # one that cannot be read
    ],
)
def test_a_playlist_by_what_its_file_says(rules: str) -> None:
    assert playlist(rules)


def test_a_playlist_that_goes_by_other_things() -> None:
    year = '<rule field="year" operator="is"><value>2017</value></rule>'
    assert not playlist(year + '<order direction="ascending">sorttitle</order>')


@pytest.mark.parametrize(
    "rules",
    [
        '{"rules":{"and":[{"field":"playcount","operator":"is","value":["0"]}]},"type":"episodes"}',
        '{"order":{"direction":"ascending","method":"random"},"type":"episodes"}',
        '{"rules": {"or": [{"field": "inprogress", "operator": "true"}]}}',
    ],
)
def test_a_node_by_what_its_path_says(rules: str) -> None:
    assert at(NODE + quote(rules))
    assert at(NODE + rules)


def test_a_node_that_goes_by_other_things() -> None:
    assert not at(NODE + quote('{"rules":{"and":[{"field":"year"}]},"type":"episodes"}'))
    assert not at(SERIES)


def test_the_series_in_progress_and_not_what_is_in_them() -> None:
    assert at("videodb://inprogresstvshows/")
    assert not at("videodb://inprogresstvshows/7/1/")


def test_what_is_opened_from_a_list_of_series_has_all_its_rows() -> None:
    """Kodi hands the rules of the series on to their episodes' path."""
    rules = quote('{"rules":{"and":[{"field":"playcount"}]},"type":"tvshows"}')
    assert at(f"{SERIES}?xsp={rules}")
    assert not at(f"{SERIES}7/-2/?tvshowid=7&xsp={rules}")


def test_a_playlist_is_read_once_while_it_is_open() -> None:
    read: list[str] = []
    rules = ListRules(lambda path: read.append(path) or "<smartplaylist/>")  # type: ignore[func-returns-value]
    for path in (FILE, FILE, SERIES, FILE):
        assert not rules.depend_on_watched(path)
    assert read == [FILE, FILE]
