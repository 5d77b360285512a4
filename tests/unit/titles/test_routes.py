"""What a list does when it is loaded again, by the route in its path: lib/titles/paths.py."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.titles.paths import is_random, may_ask_for_words

HELPER, UMBRELLA, FEN, SEREN, OTAKU, YOUTUBE, ELEMENTUM, JACKTOOK = (
    f"plugin://plugin.video.{name}/"
    for name in (
        "themoviedb.helper",
        "umbrella",
        "fen",
        "seren",
        "otaku",
        "youtube",
        "elementum",
        "jacktook",
    )
)
SOME = "plugin://plugin.video.some/"
TITLES = [
    "Finding Carter",
    "Search Party",
    "Searching",
    "The Searchers",
    "Find Me in Paris",
    "Query",
    "Random Harvest",
    "Because of Winn-Dixie",
    "Input: A Random Story",
]


@pytest.mark.parametrize(
    "path",
    [
        f"{HELPER}?info=search&tmdb_type=movie",
        f"{HELPER}?info=dir_search",
        f"{UMBRELLA}?action=movieSearchnew",
        f"{UMBRELLA}?action=tvSearchterm&name=dark",
        f"{UMBRELLA}?action=tools_searchNavigator",
        f"{FEN}?mode=get_search_term&media_type=movie",
        f"{FEN}?mode=search_history&action=movie",
        f"{SEREN}?action=searchMenu",
        f"{SEREN}?action=moviesSearch",
        f"{SEREN}?action=showsSearchHistory",
        f"{SEREN}?action=moviesSearchResults&action_args=heat",
        f"{OTAKU}search/",
        f"{OTAKU}search_anime/heat?page=2",
        f"{YOUTUBE}kodion/search/input/",
        f"{YOUTUBE}kodion/search/query/?q=heat",
        f"{ELEMENTUM}movies/search",
        f"{ELEMENTUM}shows/search?keyboard=1",
        f"{JACKTOOK}?action=handle_tmdb_search&mode=multi&page=1",
        f"{JACKTOOK}?action=handle_tmdb_query&mode=movies&query=tmdb_keywords",
        f"{JACKTOOK}?action=handle_tmdb_query&mode=movies&query=tmdb_people&subquery=search_people",
        f"{JACKTOOK}?action=handle_tmdb_query&mode=anime&category=Anime_Search",
        f"{SOME}search",
        f"{SOME}?search",
        f"{SOME}?search/movies",
        f"{SOME}?action=search&query=heat",
        f"{SOME}?mode=search_movies",
        f"{SOME}?mode=Search%20Movies",
        f"{SOME}?mode=TVSearch2",
        f"{SOME}?action=newsearch",
        f"{SOME}moviesearch/",
        f"{SOME}?route=find",
        f"{SOME}movie-search/",
        f"{SOME}films/new-search/",
        f"{SOME}?action=keyboard",
        f"{SOME}?do=user_input",
        f"{SOME}?action=tmdb_query&page=1",
    ],
)
def test_a_route_that_may_ask_for_words(path: str) -> None:
    assert may_ask_for_words(path)


@pytest.mark.parametrize(
    "path",
    [
        f"{JACKTOOK}?action=handle_tmdb_query&mode=movies&query=tmdb_popular",
        f"{JACKTOOK}?mode=tv&page=2&query=tmdb_trending&action=handle_tmdb_query",
        f"{JACKTOOK}?action=search_tmdb_year&mode=movies&year=1995&page=1",
        f"{JACKTOOK}?action=tv_episodes_details&ids=%7B%22tmdb_id%22%3A1%7D",
        f"{HELPER}?info=popular&tmdb_type=movie&query=search",
        f"{HELPER}?info=episodes&tmdb_id=1&season=1&search=find",
        f"{UMBRELLA}?action=movies&url=https%3A%2F%2Fapi.example%2Fsearch%3Fquery%3Dx",
        f"{SEREN}?action=showSeasons&action_args=%7B%22query%22%3A1%7D",
        f"{ELEMENTUM}show/70523/season/1/episodes",
        f"{SOME}research/",
        f"{SOME}pathfinder",
        f"{SOME}?mode=inputstream",
        f"{SOME}?mode=12",
        "plugin://plugin.video.search/list/",
        "/films/search/",
        "special://profile/playlists/video/search.xsp",
        "",
    ],
)
def test_a_route_that_asks_nobody(path: str) -> None:
    assert not may_ask_for_words(path)


@pytest.mark.parametrize(
    "path",
    [
        f"{HELPER}?info=trakt_becauseyouwatched&tmdb_type=movie",
        f"{HELPER}?info=trakt_becausemostwatched&tmdb_type=tv",
        f"{HELPER}?info=random_trending&tmdb_type=movie",
        f"{HELPER}?info=trakt_userlist&list_slug=x&sort_by=random",
        f"{SOME}random/",
        f"{SOME}movies/randomMovies",
        f"{SOME}because-you-watched/",
        f"{SOME}?mode=build_list&random=true",
        f"{SOME}?action=shuffle",
    ],
)
def test_a_list_that_is_another_one_each_time(path: str) -> None:
    assert is_random(path)
    assert not may_ask_for_words(path)


@pytest.mark.parametrize("path", [f"{SOME}?mode=list&random=false", f"{SOME}popular/", "/random/"])
def test_a_list_that_stays(path: str) -> None:
    assert not is_random(path)


@given(title=st.sampled_from(TITLES), name=st.sampled_from(["title", "name", "tvshowtitle", "q"]))
def test_no_word_of_a_title_counts(title: str, name: str) -> None:
    slug = title.lower().replace(": ", "-").replace(" ", "-")
    paths = [
        f"{SOME}?{urlencode({'action': 'episodes', name: title, 'query': title})}",
        f"{SOME}?{urlencode({'info': 'seasons', 'meta': '{' + title + '}'})}",
    ]
    if " " in title:
        paths += [
            f"{SOME}show/{slug}/season/1/",
            f"{SOME}show/{quote(title)}/",
            f"{SOME}show/{title.replace(' ', '+')}",
            f"{SOME}show/{title}",
        ]
    for path in paths:
        assert not may_ask_for_words(path)
        assert not is_random(path)


@given(st.text())
@example("?=&&a;b=%ff&action=%e4")
@example("plugin://")
def test_no_path_is_too_strange(path: str) -> None:
    for each in (path, f"{SOME}{path}", f"{SOME}?{path}"):
        assert isinstance(may_ask_for_words(each), bool)
        assert isinstance(is_random(each), bool)
