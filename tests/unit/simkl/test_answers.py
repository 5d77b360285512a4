"""What one entry of Simkl's answer says: never a tick that docs/simkl-api.md does not give."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.simkl.answers import AllWatched, Film, Series, Watch, answer_for
from lib.titles.title import MOVIE, SHOW, Title

HEAT = Title(MOVIE, (("imdb", "tt0113277"), ("tmdb", "949")))
DARK = Title(SHOW, (("tmdb", "70523"),))
NAMED = Title(MOVIE, (), "Heat", 1995)

DATE = "2024-03-01T20:00:00Z"
MOMENT = datetime(2024, 3, 1, 20, tzinfo=timezone.utc)
LONG_AGO = "1970-01-01T00:00:01Z"
SEEN = Watch(MOMENT)
SEEN_SOMETIME = Watch(None)
UNSEEN = Film(None)
UNKNOWN = None

NO_NUMBERS: list[object] = [None, "2", 2.0, -1, True, [2], {}]
NO_YES_OR_NO: list[object] = [None, "", "true", "false", 1, 0, 1.0, [True], {"movie": True}]
NO_LISTS: list[object] = [None, {}, "all", 10, True]
NO_ENTRIES: list[object] = [None, True, False, 1, "true", [], [True], {}]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        # Watched.
        ({"result": True, "list": "completed", "last_watched_at": DATE}, Film(SEEN)),
        ({"result": True, "list": "completed", "last_watched_at": None}, Film(SEEN_SOMETIME)),
        ({"result": True, "list": "completed"}, Film(SEEN_SOMETIME)),
        ({"result": True, "list": "completed", "last_watched_at": LONG_AGO}, Film(SEEN_SOMETIME)),
        ({"result": True, "list": "completed", "last_watched_at": "?"}, Film(SEEN_SOMETIME)),
        ({"result": True, "list": "dropped", "last_watched_at": DATE}, Film(SEEN)),
        ({"result": True, "list": "plantowatch", "last_watched_at": DATE}, Film(SEEN)),
        ({"result": True, "list": None, "last_watched_at": DATE}, Film(SEEN)),
        ({"result": True, "last_watched_at": DATE}, Film(SEEN)),
        ({"result": True, "last_watched_at": LONG_AGO}, Film(SEEN_SOMETIME)),
        # In a list, and not watched: `true` alone never draws a tick.
        ({"result": True, "list": "plantowatch", "last_watched_at": None}, UNSEEN),
        ({"result": True, "list": "plantowatch"}, UNSEEN),
        ({"result": True, "list": "dropped", "last_watched_at": None}, UNSEEN),
        ({"result": True, "list": "hold"}, UNSEEN),
        ({"result": True, "list": "a new list"}, UNSEEN),
        ({"result": True, "list": ["completed"]}, UNSEEN),
        ({"result": True}, UNSEEN),
        # In no list.
        ({"result": False, "list": None, "last_watched_at": None}, UNSEEN),
        ({"result": False}, UNSEEN),
        ({"result": False, "list": "completed", "last_watched_at": DATE}, UNSEEN),
        # A date that is none is not understood, unless the list says it all.
        ({"result": True, "list": "plantowatch", "last_watched_at": 17}, UNKNOWN),
        ({"result": True, "last_watched_at": ""}, UNKNOWN),
        ({"result": True, "last_watched_at": True}, UNKNOWN),
        ({"result": True, "last_watched_at": "0000-00-00T00:00:00Z"}, UNKNOWN),
        # Not found, and answers that are none.
        ({"result": "not_found"}, UNKNOWN),
        ({"result": "not_found", "list": "completed", "last_watched_at": DATE}, UNKNOWN),
        ({"list": "completed", "last_watched_at": DATE}, UNKNOWN),
        *[
            ({"result": result, "list": "completed", "last_watched_at": DATE}, UNKNOWN)
            for result in NO_YES_OR_NO
        ],
        *[(entry, UNKNOWN) for entry in NO_ENTRIES],
    ],
)
def test_a_film_is_watched_only_with_a_date_or_when_completed(entry: object, says: object) -> None:
    assert answer_for(HEAT, entry) == says


IN_PARTS: list[dict[str, object]] = [
    {"list": "watching"},
    {"list": "hold"},
]
ONE_OF_THREE: dict[str, object] = {"episodes_watched": 1, "episodes_total": 3, "episodes_aired": 3}
IN_PARTS += [
    {"list": name, **ONE_OF_THREE}
    for name in ("watching", "hold", "dropped", "plantowatch", "completed", None)
]


@pytest.mark.parametrize("kind", ["anime", "movie"])
@pytest.mark.parametrize("said", IN_PARTS)
def test_a_film_that_simkl_keeps_in_parts_is_neither_watched_nor_unwatched(
    said: dict[str, object], kind: str
) -> None:
    answer = answer_for(HEAT, {"result": True, "type": kind, "last_watched_at": DATE, **said})
    assert answer in (UNKNOWN, UNSEEN)
    assert answer is UNKNOWN or (isinstance(answer, Film) and answer.is_in_parts)


@pytest.mark.parametrize("parts", [1, 3])
def test_a_film_all_of_whose_parts_are_watched_is_watched(parts: int) -> None:
    counters = {"episodes_watched": parts, "episodes_total": parts}
    assert answer_for(HEAT, {**COMPLETED, "type": "anime", **counters}) == Film(SEEN)


@pytest.mark.parametrize("counters", [{"episodes_total": 1}, {"episodes_watched": 0}])
def test_a_film_in_one_part_goes_by_its_list_and_its_date(counters: dict[str, int]) -> None:
    said = {"episodes_watched": 0, "episodes_total": 1, **counters}
    assert answer_for(HEAT, {**COMPLETED, **said}) == Film(SEEN)


COMPLETED = {"result": True, "list": "completed", "last_watched_at": DATE}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"simkl": 5}, 5),
        ({"simkl": 0}, None),
        ({"simkl": "5"}, None),
        ({"simkl": True}, None),
        ({}, None),
    ],
)
def test_simkls_own_id_is_read_and_nothing_else_for_it(
    said: dict[str, object], expected: int | None
) -> None:
    for title in (HEAT, DARK):
        answer = answer_for(title, {"result": False, **said})
        assert answer is not None
        assert answer.simkl == expected


@pytest.mark.parametrize(
    ("title", "echo", "is_ours"),
    [
        (HEAT, {}, True),
        (HEAT, {"ids": {"imdb": "tt0113277", "tmdb": 949}}, True),
        (HEAT, {"ids": {"tmdb": "949"}, "simkl": 53992}, True),
        (HEAT, {"imdb": "TT0113277", "tmdb": 949, "type": "movie"}, True),
        (HEAT, {"type": "anime"}, True),  # Simkl counts films among its anime
        (HEAT, {"title": "Heat", "year": 1994}, True),  # it was not asked by its name
        (HEAT, {"ids": {"tmdb": 950}}, False),
        (HEAT, {"ids": {"imdb": "tt0113277", "tmdb": 950}}, False),
        (HEAT, {"ids": {"imdb": None}}, False),
        (HEAT, {"tmdb": 950}, False),
        (HEAT, {"tmdb": 949, "ids": {"tmdb": 950}}, False),
        (HEAT, {"tmdb": 950, "ids": {"tmdb": 949}}, False),
        (HEAT, {"tmdb": [949]}, False),
        # A film and a series share their numbers at TMDb.
        (HEAT, {"type": "show", "ids": {"tmdb": 949}}, False),
        (NAMED, {"title": "Heat", "year": 1995}, True),
        (NAMED, {"title": "heat", "year": "1995"}, True),
        (NAMED, {"title": "Heat", "year": 1986}, False),
        (NAMED, {"title": "Cold", "year": 1995}, False),
    ],
)
def test_an_echo_of_another_title_is_unknown(
    title: Title, echo: dict[str, Any], is_ours: bool
) -> None:
    said = answer_for(title, {**echo, **COMPLETED})
    assert said == (Film(SEEN) if is_ours else UNKNOWN)


def test_a_film_of_the_same_number_says_nothing_of_a_series() -> None:
    assert answer_for(DARK, {"type": "movie", "ids": {"tmdb": 70523}, "result": True}) is UNKNOWN


def series(*seasons: object, **more: object) -> dict[str, Any]:
    return {"result": True, "list": "watching", "seasons": list(seasons), **more}


def season(number: object, *episodes: object, **more: object) -> dict[str, Any]:
    return {"number": number, "episodes": list(episodes), **more}


def episode(number: object, watched: object, date: object = None, **more: object) -> dict[str, Any]:
    return {"number": number, "watched": watched, "last_watched_at": date, **more}


def episodes_of(entry: object) -> object:
    said = answer_for(DARK, entry)
    return said.episodes if isinstance(said, Series) else said


def test_a_series_that_is_being_watched_has_only_its_watched_episodes_watched() -> None:
    entry = series(
        season(1, episode(1, True, DATE), episode(2, False)), season(2, episode(1, False))
    )
    assert episodes_of(entry) == {(1, 1): SEEN, (1, 2): None, (2, 1): None}


@pytest.mark.parametrize("name", ["completed", "watching", "plantowatch", "hold", "dropped", None])
def test_no_list_makes_an_episode_watched(name: str | None) -> None:
    entry = series(season(1, episode(1, False)), list=name, last_watched_at=DATE)
    assert episodes_of(entry) == {(1, 1): None}


def test_an_episode_that_was_watched_before_it_aired_is_watched() -> None:
    entry = series(season(1, episode(1, True, DATE, aired=False)))
    assert episodes_of(entry) == {(1, 1): SEEN}


def test_specials_are_watched_by_their_own_entries() -> None:
    entry = series(season(0, episode(1, True, DATE)), season(1, episode(1, False)))
    assert episodes_of(entry) == {(0, 1): SEEN, (1, 1): None}


@pytest.mark.parametrize(
    ("date", "watch"),
    [
        (DATE, SEEN),
        (LONG_AGO, SEEN_SOMETIME),
        (None, SEEN_SOMETIME),
        ("", SEEN_SOMETIME),
        ("yesterday", SEEN_SOMETIME),
        (17, SEEN_SOMETIME),
    ],
)
def test_a_watched_episode_has_its_own_date_or_none(date: object, watch: Watch) -> None:
    entry = series(season(1, episode(1, True, date)), last_watched_at="2020-01-01T00:00:00Z")
    assert episodes_of(entry) == {(1, 1): watch}


def test_an_episode_that_simkl_does_not_list_is_unknown_and_not_unwatched() -> None:
    assert episodes_of(series(season(1, episode(1, True, DATE)))) == {(1, 1): SEEN}


@pytest.mark.parametrize(
    "broken",
    [
        *(None, True, 1, "S01E02", [], {}, {"watched": True}, {"number": 2}),
        *[episode(number, True, DATE) for number in NO_NUMBERS],
        *[episode(2, watched, DATE) for watched in NO_YES_OR_NO],
    ],
)
def test_a_broken_episode_is_unknown_and_stops_no_other(broken: object) -> None:
    entry = series(season(1, broken, episode(1, True, DATE), broken))
    assert episodes_of(entry) == {(1, 1): SEEN}


@pytest.mark.parametrize(
    "broken",
    [
        *(None, True, 2, "2", [], {}, {"episodes": [episode(9, True)]}, {"number": 2}),
        *[season(number, episode(9, True)) for number in NO_NUMBERS],
        *[{"number": 2, "episodes": wrong} for wrong in NO_LISTS],
    ],
)
def test_a_broken_season_is_unknown_and_stops_no_other(broken: object) -> None:
    entry = series(broken, season(1, episode(1, True, DATE)), broken)
    assert episodes_of(entry) == {(1, 1): SEEN}


@pytest.mark.parametrize(
    "seasons",
    [
        # In one season, over two of the same number, and in threes.
        [season(1, episode(1, True, DATE), episode(1, False), episode(2, True, DATE))],
        [season(1, episode(1, False), episode(1, True, DATE), episode(2, True, DATE))],
        [season(1, episode(1, True)), season(1, episode(1, False), episode(2, True, DATE))],
        [
            season(1, episode(1, True), episode(1, False)),
            season(1, episode(1, True), episode(2, True, DATE)),
        ],
    ],
)
def test_an_episode_of_which_simkl_says_both_is_unknown(seasons: list[object]) -> None:
    assert episodes_of(series(*seasons)) == {(1, 2): SEEN}


@pytest.mark.parametrize("wrong", [None, {}, "all", 3, True])
def test_a_series_without_a_breakdown_has_no_episodes(wrong: object) -> None:
    assert answer_for(DARK, {**series(), "seasons": wrong}) == Series({}, None)
    assert answer_for(DARK, {"result": True, "list": "completed"}) == Series({}, None)


def test_an_empty_breakdown_lists_no_episode_at_all() -> None:
    assert answer_for(DARK, series(season(1))) == Series({}, {})


def test_counters_say_how_many_of_each_season_and_nothing_of_an_episode() -> None:
    entry = series(
        {"number": 0, "episodes_watched": 1},
        {"number": 1, "episodes_watched": 8, "episodes_total": 10},
        {"number": 2, "episodes_watched": 0},
        episodes_watched=8,
    )
    assert answer_for(DARK, entry) == Series({0: 1, 1: 8, 2: 0}, None)


@pytest.mark.parametrize("wrong", [None, "8", -1, 8.0, True, [8]])
def test_a_counter_that_is_none_is_left_out(wrong: object) -> None:
    entry = series({"number": 1, "episodes_watched": wrong}, {"number": 2, "episodes_watched": 3})
    assert answer_for(DARK, entry) == Series({2: 3}, None)


def test_a_series_in_no_list_is_known_and_unwatched() -> None:
    entry = series({**season(1, episode(1, False)), "episodes_watched": 0}, result=False, list=None)
    assert answer_for(DARK, entry) == Series({1: 0}, {(1, 1): None})


@pytest.mark.parametrize(
    "seasons",
    [season(1, episode(1, True, DATE)), {"number": 1, "episodes_watched": 1}],
)
def test_a_series_in_no_list_with_something_watched_contradicts_itself(seasons: object) -> None:
    assert answer_for(DARK, series(seasons, result=False)) is UNKNOWN


@pytest.mark.parametrize("result", ["not_found", None, "true", 1, {}, []])
def test_a_series_that_simkl_did_not_find_is_unknown(result: object) -> None:
    assert answer_for(DARK, series(season(1, episode(1, True, DATE)), result=result)) is UNKNOWN


# Counters beside the episodes, and instead of them.

UNSEEN_TWO = season(1, episode(1, False), episode(2, False))


@pytest.mark.parametrize(
    "entry",
    [
        series({**UNSEEN_TWO, "episodes_watched": 2}),
        series(UNSEEN_TWO, episodes_watched=2, episodes_total=2, list="completed"),
        series({**UNSEEN_TWO, "episodes_watched": 2}, episodes_watched=2, episodes_total=2),
        series(season(1, episode(1, True, DATE)), episodes_watched=0),
        series({**season(1, episode(1, True, DATE)), "episodes_watched": 0}),
        series({**season(0, episode(1, False)), "episodes_watched": 1}),
        series({**season(1, episode(1, True)), "episodes_watched": 3, "episodes_total": 2}),
        series(season(1, episode(1, True), episode(2, True)), UNSEEN_TWO | {"number": 2},
               episodes_watched=4, episodes_total=4),
    ],
)  # fmt: skip
def test_counters_that_contradict_the_episodes_make_it_all_unknown(entry: dict[str, Any]) -> None:
    assert answer_for(DARK, entry) is UNKNOWN


@pytest.mark.parametrize(
    "entry",
    [
        series({**season(1, episode(1, True, DATE)), "episodes_watched": 1}, episodes_watched=1),
        # Whether a preview counts, and a special, is open.
        series({**season(1, episode(1, True, DATE, aired=False)), "episodes_watched": 0}),
        series({**season(1, episode(1, True, DATE, aired=False)), "episodes_watched": 1}),
        series(season(0, episode(1, True)), season(1, episode(1, True, DATE)), episodes_watched=1),
        series(season(0, episode(1, True)), season(1, episode(1, True, DATE)), episodes_watched=2),
        # Not each is listed, of a season or of the title, or not in a way that is understood.
        series({**season(1, episode(1, True, DATE)), "episodes_watched": 3, "episodes_total": 5}),
        series(season(1, episode(1, True, DATE)), episodes_watched=20, episodes_total=24),
        series(season(1, episode(1, True, DATE), {"number": "2"}), episodes_watched=2),
        series(season(1, episode(1, True, DATE)), {"number": 2}, episodes_watched=9),
        series(season(1, episode(1, True, DATE)), season("2"), episodes_watched=9),
        # No counters at all.
        series({**season(1, episode(1, True, DATE)), "episodes_watched": "7"}, episodes_watched=-1),
    ],
)
def test_counters_that_may_be_right_leave_the_episodes_as_they_are(entry: dict[str, Any]) -> None:
    told = episodes_of(entry)
    assert isinstance(told, dict)
    assert told[1, 1] == SEEN


ALL = {"result": True, "list": "completed", "episodes_watched": 3, "episodes_total": 3}


@pytest.mark.parametrize(
    ("more", "watch"),
    [
        ({"last_watched_at": DATE}, SEEN),
        ({"last_watched_at": LONG_AGO}, SEEN_SOMETIME),
        ({"last_watched_at": None}, SEEN_SOMETIME),
        ({"last_watched_at": DATE, "seasons": []}, SEEN),
        ({"last_watched_at": DATE, "seasons": [{"number": 1, "episodes_watched": 3}]}, SEEN),
    ],
)
def test_a_completed_series_whose_counters_say_all_is_all_watched(
    more: dict[str, object], watch: Watch
) -> None:
    answer = answer_for(DARK, {**ALL, **more})
    assert isinstance(answer, Series)
    assert (answer.episodes, answer.all_watched) == (None, AllWatched(3, watch))


@pytest.mark.parametrize(
    "more",
    [
        {"episodes_watched": 2},
        {"episodes_watched": 4},
        {"episodes_watched": None},
        {"episodes_total": None},
        {"episodes_watched": 0, "episodes_total": 0},
        *[{"list": name} for name in ("watching", "hold", "dropped", "plantowatch", None, 1)],
        {"result": False},
        {"seasons": [season(1, episode(1, True, DATE))]},
        {"seasons": [{"number": 1, "episodes_watched": 2}]},
        {"seasons": [{"number": 1}]},
    ],
)
def test_a_series_is_all_watched_only_where_it_is_completed_and_counted(
    more: dict[str, object],
) -> None:
    answer = answer_for(DARK, {**ALL, "last_watched_at": DATE, **more})
    assert answer is UNKNOWN or (isinstance(answer, Series) and answer.all_watched is None)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"list": "completed"}, "completed"),
        ({"list": None}, ""),
        ({}, ""),
        ({"list": ["completed"]}, ""),
        ({"result": False, "list": None}, None),
    ],
)
def test_a_series_says_in_which_of_the_persons_lists_it_is(
    said: dict[str, object], name: str | None
) -> None:
    answer = answer_for(DARK, {"result": True, **said})
    assert isinstance(answer, Series)
    assert answer.list_name == name


# Whatever Simkl says: the contract once more, read off docs/simkl-api.md, not off the code.

DATES: dict[object, datetime | None] = {DATE: MOMENT, LONG_AGO: None}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def seldom(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what Simkl says, and now and then any JSON at all."""
    return st.one_of(usual, usual, usual, JSON)


A_DATE = seldom(st.sampled_from([DATE, LONG_AGO, None, "never", ""]))
A_NUMBER = seldom(st.integers(0, 3))
ECHO = st.sampled_from(
    [{}, {"tmdb": 949}, {"tmdb": 1}, {"ids": {"tmdb": 949}}, {"ids": {"tmdb": 1}}]
    + [{"type": kind} for kind in (MOVIE, SHOW, "anime")]
)
EPISODE = st.fixed_dictionaries(
    {"number": A_NUMBER, "watched": seldom(st.booleans())},
    optional={"aired": seldom(st.booleans()), "last_watched_at": A_DATE},
)
SEASON = st.fixed_dictionaries(
    {"number": A_NUMBER, "episodes": seldom(st.lists(seldom(EPISODE), max_size=4))},
    optional={"episodes_watched": A_NUMBER},
)
ENTRY = st.builds(
    lambda echo, entry: {**echo, **entry},
    ECHO,
    st.fixed_dictionaries(
        {
            "result": st.sampled_from([True, True, True, False, "not_found", None]),
            "list": st.sampled_from(
                ["completed", "plantowatch", "dropped", "watching", "hold", None, 1]
            ),
            "seasons": seldom(st.lists(seldom(SEASON), max_size=3)),
        },
        optional={"last_watched_at": A_DATE},
    ),
)
FILM_949, SERIES_949 = (Title(kind, (("tmdb", "949"),)) for kind in (MOVIE, SHOW))


def echoes(entry: dict[str, Any], kind: str) -> bool:
    """Whether the entry is about the title with number 949 of that kind, as far as it says."""
    other = {MOVIE: SHOW, SHOW: MOVIE}[kind]
    ids = entry.get("ids")
    said = [place["tmdb"] for place in (entry, ids) if isinstance(place, dict) and "tmdb" in place]
    return entry.get("type") != other and all(number == 949 for number in said)


def date_is_good(entry: dict[str, Any]) -> bool:
    date = entry.get("last_watched_at")
    return isinstance(date, str) and date in DATES


def contract_of_film(entry: object) -> list[Watch]:
    """The watches that the contract allows for the film; none, or just one."""
    if not isinstance(entry, dict) or entry.get("result") is not True:
        return []
    if not echoes(entry, MOVIE) or entry.get("list") in ("watching", "hold"):
        return []
    if date_is_good(entry):
        return [Watch(DATES[entry["last_watched_at"]])]
    return [Watch(None)] if entry.get("list") == "completed" else []


def contract_of_episode(entry: object, number: tuple[int, int]) -> list[Watch]:
    """The watches that the contract allows for the episode; an entry may say it twice."""
    if not isinstance(entry, dict) or entry.get("result") is not True:
        return []
    if not echoes(entry, SHOW):
        return []
    said = [
        one
        for season in listed(entry, "seasons")
        if is_number(season.get("number"), number[0])
        for one in listed(season, "episodes")
        if is_number(one.get("number"), number[1]) and isinstance(one.get("watched"), bool)
    ]
    if not all(one["watched"] for one in said):
        return []
    return [Watch(DATES[one["last_watched_at"]] if date_is_good(one) else None) for one in said]


def listed(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    inner = entry.get(key)
    return [each for each in inner if isinstance(each, dict)] if isinstance(inner, list) else []


def is_number(value: object, number: int) -> bool:
    return type(value) is int and value == number


@settings(max_examples=150)
@given(ENTRY | JSON)
def test_whatever_simkl_says_a_film_gets_just_the_watch_that_the_contract_gives(
    entry: object,
) -> None:
    said = answer_for(FILM_949, entry)
    assert said is None or isinstance(said, Film)
    watch = said.watch if isinstance(said, Film) else None
    assert ([watch] if watch else []) == contract_of_film(entry)


@settings(max_examples=150)
@given(ENTRY | JSON)
def test_whatever_simkl_says_an_episode_gets_no_watch_that_the_contract_does_not_give(
    entry: object,
) -> None:
    said = answer_for(SERIES_949, entry)
    assert said is None or isinstance(said, Series)
    for number, watch in ((said.episodes or {}) if said else {}).items():
        assert watch is None or watch in contract_of_episode(entry, number)


@settings(max_examples=150)
@given(ENTRY)
def test_every_watch_of_an_episode_that_the_contract_gives_is_seen(entry: dict[str, Any]) -> None:
    for each in listed(entry, "seasons"):
        each.pop("episodes_watched", None)  # what it contradicts is unknown
    said = answer_for(SERIES_949, entry)
    episodes = (said.episodes or {}) if isinstance(said, Series) else {}
    for number in ((season, each) for season in range(4) for each in range(4)):
        if contract_of_episode(entry, number):
            assert episodes.get(number) is not None
