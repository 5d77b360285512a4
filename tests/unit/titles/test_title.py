"""Which title is it: ids before names, dirty ids are no ids, a name never without its year."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.titles.title import MOVIE, SHOW, Title, clean_ids, title_of
from tests.simkl_server.items import asked, checked

IMDB = "tt0113277"
NOTHING: list[object] = ["", " ", "None", "none", "NULL", "null", "0", "-1", "N/A", None, [], {}]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        # What scrapers call them.
        ({"imdb": IMDB}, {"imdb": IMDB}),
        ({"unknown": IMDB}, {"imdb": IMDB}),
        ({"": IMDB}, {"imdb": IMDB}),
        ({"IMDB": " TT0113277 "}, {"imdb": IMDB}),
        ({"tmdb": "949"}, {"tmdb": "949"}),
        ({"themoviedb": "949"}, {"tmdb": "949"}),
        ({"TheMovieDB": "949"}, {"tmdb": "949"}),
        ({"tvdb": "334824"}, {"tvdb": "334824"}),
        ({"thetvdb": "334824"}, {"tvdb": "334824"}),
        ({"myanimelist": "1"}, {"mal": "1"}),
        (
            {"anidb": "1", "anilist": "2", "kitsu": "3"},
            {"anidb": "1", "anilist": "2", "kitsu": "3"},
        ),
        ({"simkl": 53992}, {"simkl": "53992"}),
        # What they write where they know nothing.
        *[
            ({name: nothing}, {})
            for name in ("imdb", "tmdb", "tvdb", "unknown")
            for nothing in NOTHING
        ],
        # A bare number of unknown type is never sent: guessed to be another show's.
        ({"unknown": "949"}, {}),
        ({"": "949"}, {}),
        ({"default": "949"}, {}),
        ({"trakt": "949", "sonarr": "7"}, {}),
        # A number that is no number, an id that is another kind's.
        ({"tmdb": "949.0"}, {}),
        ({"tmdb": "0949"}, {}),
        ({"tmdb": "12345678901"}, {}),
        ({"tmdb": "\uff19\uff14\uff19"}, {}),
        ({"tmdb": "949 or 950"}, {}),
        ({"tmdb": IMDB}, {}),
        ({"tvdb": "breaking-bad"}, {}),
        ({"imdb": "0113277"}, {}),
        ({"imdb": "113277"}, {}),
        ({"imdb": "nm0000199"}, {}),
        ({"imdb": "tt12"}, {}),
        ({"imdb": "tt\u0661\u0661\u0663\u0662\u0667\u0667"}, {}),
        ({"imdb": f"https://www.imdb.com/title/{IMDB}/"}, {}),
        # One good id among bad ones is kept.
        ({"unknown": "None", "tmdb": "949", "imdb": "0", "tvdb": "-1"}, {"tmdb": "949"}),
        # The proper name counts; contradictions of guesses count for nothing.
        ({"tmdb": "949", "themoviedb": "950"}, {"tmdb": "949"}),
        ({"themoviedb": "950", "tmdb": "949"}, {"tmdb": "949"}),
        ({"unknown": "tt0000002", "imdb": IMDB}, {"imdb": IMDB}),
        ({"unknown": "tt0000002", "": IMDB}, {}),
        ({"mal": "1", "myanimelist": "1"}, {"mal": "1"}),
        ({"TMDB": "950", "tmdb": "949"}, {}),
        ({"TMDB": "949", "tmdb": "949"}, {"tmdb": "949"}),
        # No ids at all.
        (None, {}),
        ({}, {}),
        ([], {}),
        ("tt0113277", {}),
        (949, {}),
    ],
)
def test_dirty_ids_are_cleaned_or_left_out(raw: object, clean: dict[str, str]) -> None:
    assert clean_ids(raw) == clean


def test_a_title_with_any_id_is_asked_by_all_its_ids_and_never_by_its_name() -> None:
    details = {"uniqueid": {"tmdb": "949", "imdb": IMDB}, "title": "Heat", "year": 1995}
    title = title_of(MOVIE, details)
    assert title is not None
    assert title.item() == {"type": "movie", "ids": {"imdb": IMDB, "tmdb": 949}}


def test_a_title_without_any_id_is_asked_by_its_name_and_year() -> None:
    details = {"uniqueid": {"tmdb": "None"}, "title": " Heat ", "year": 1995}
    title = title_of(MOVIE, details)
    assert title is not None
    assert title.item() == {"type": "movie", "title": "Heat", "year": 1995}


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"title": "Heat"},
        {"year": 1995},
        {"title": "", "year": 1995},
        {"title": "   ", "year": 1995},
        *[{"title": name, "year": 1995} for name in (None, 17, ["Heat"], {"en": "Heat"}, True)],
        *[
            {"title": "Heat", "year": year}
            for year in (None, 0, -1, 1, 1601, 9999, "1995", "2003-2005", 1995.0, True, [1995])
        ],
        # Kodi 20 says 1970 where it does not know.
        {"title": "Heat", "year": 1970},
        {"title": "Heat", "year": 1970, "premiered": ""},
        {"title": "Heat", "year": 1970, "premiered": None},
        {"title": "Heat", "year": 1970, "premiered": "1970-01-01"},
        {"title": None, "year": 1995, "uniqueid": None, "premiered": 17},
    ],
)
def test_a_row_without_an_id_and_a_full_name_is_not_asked_about(details: dict[str, Any]) -> None:
    assert title_of(MOVIE, details) is None


@pytest.mark.parametrize(
    "details",
    [
        {"title": "Airport", "year": 1970, "premiered": "1970-03-05"},
        {"title": "Airport", "year": 1970, "uniqueid": {"tmdb": "10671"}},
        {"title": None, "year": "2003-2005", "premiered": [], "uniqueid": {"tmdb": "10671"}},
    ],
)
def test_a_row_that_is_only_partly_broken_is_asked_about(details: dict[str, Any]) -> None:
    assert title_of(MOVIE, details) is not None


def test_a_film_and_a_series_with_the_same_number_are_two_titles() -> None:
    details = {"uniqueid": {"tmdb": "949"}}
    assert title_of(MOVIE, details) != title_of(SHOW, details)


def test_two_copies_of_a_film_are_one_title_whatever_the_order_of_their_ids() -> None:
    one = title_of(MOVIE, {"uniqueid": {"tmdb": "949", "unknown": IMDB}})
    other = title_of(MOVIE, {"uniqueid": {"imdb": IMDB, "themoviedb": "949"}})
    assert one == other
    assert hash(one) == hash(other)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
ID_NAMES = st.sampled_from(["imdb", "IMDB", "tmdb", "themoviedb", "tvdb", "unknown", "mal", ""])
IDS = st.one_of(
    st.from_regex(r"\A\s?(tt|TT)?\d{0,11}\s?\Z"), st.sampled_from(["None", "-1", "0"]), JSON
)


@given(
    kind=st.sampled_from([MOVIE, SHOW]),
    details=st.fixed_dictionaries(
        {},
        optional={
            "uniqueid": st.dictionaries(ID_NAMES | st.text(), IDS, max_size=4) | JSON,
            "title": st.text() | JSON,
            "year": st.integers(1800, 2200) | JSON,
            "premiered": st.sampled_from(["", "1970-01-01", "1970-05-01"]) | JSON,
        },
    ),
)
def test_whatever_kodi_says_of_a_row_simkl_takes_the_item(kind: str, details: Any) -> None:
    title = title_of(kind, details)
    if title is not None:
        item = checked([title.item()])[0]
        named = asked(item)  # the strict server raises for what the contract does not have
        assert bool(named.ids) != bool(named.title)
        assert item["type"] == kind
        assert isinstance(title, Title)
