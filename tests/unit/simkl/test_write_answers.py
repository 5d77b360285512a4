"""What a 2xx to a write has recorded: each watch only where the answer accounts for it."""

from __future__ import annotations

from typing import Any, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.simkl.write_answers import Outcome, SentEpisode, read_added, read_removed

RECORDED, NOT_FOUND, UNCLEAR = Outcome.RECORDED, Outcome.NOT_FOUND, Outcome.UNCLEAR
AT = "2026-11-20T20:00:00Z"
HEAT = {"ids": {"imdb": "tt0113277", "tmdb": 949}, "watched_at": AT}
ALIEN = {"title": "Alien", "year": 1979, "watched_at": AT}


def show(tvdb: int, *numbers: int, season: int = 1, **more: object) -> dict[str, Any]:
    episodes = [{"number": number, "watched_at": AT} for number in numbers]
    return {"ids": {"tvdb": tvdb}, "seasons": [{"number": season, "episodes": episodes}], **more}


def answer(*added: object, **not_found: object) -> dict[str, Any]:
    """added: films, series and episodes."""
    counts = dict(zip(("movies", "shows", "episodes"), (*added, 0, 0, 0)[:3]))
    return {"added": counts, "not_found": {"movies": [], "shows": [], "episodes": [], **not_found}}


def outcomes(body: Mapping[str, Any], said: Mapping[str, Any]) -> list[Outcome]:
    """Films, then episodes in their order."""
    read = read_added(body, said)
    return [*read.movies, *(outcome for _, outcome in sorted(read.episodes.items()))]


def test_what_is_counted_whole_is_recorded() -> None:
    body = {"movies": [HEAT, ALIEN], "shows": [show(1, 1, 2), show(2, 3, season=0)]}
    read = read_added(body, answer(2, 2, 3))
    assert read.movies == [RECORDED, RECORDED]
    assert read.episodes == {
        SentEpisode(0, 1, 1): RECORDED,
        SentEpisode(0, 1, 2): RECORDED,
        SentEpisode(1, 0, 3): RECORDED,
    }
    assert not read.may_have_marked_more


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"added": None},
        {"added": []},
        {"added": {"movies": "1", "episodes": True}},
        {"added": {"shows": 1}},
        answer(),
        answer(0, 1, 1),
        {**answer(1, 1, 2), "not_found": []},
        answer(1, 1, 2, movies={"a": 1}),
        answer(1, 1, 2, shows=[show(7, 1)]),
        answer(1, 1, 2, episodes=["nonsense"]),
    ],
)
def test_what_the_answer_does_not_account_for_is_unclear(said: dict[str, Any]) -> None:
    assert outcomes({"movies": [HEAT], "shows": [show(1, 1, 2)]}, said) == [UNCLEAR] * 3


def test_films_and_episodes_are_counted_apart() -> None:
    body = {"movies": [HEAT], "shows": [show(1, 1, 2)]}
    assert outcomes(body, answer(1, 1, 0)) == [RECORDED, UNCLEAR, UNCLEAR]
    assert outcomes(body, answer(0, 1, 2)) == [UNCLEAR, RECORDED, RECORDED]


@pytest.mark.parametrize(
    "named",
    [
        HEAT,
        {"ids": {"tmdb": "949"}},
        {"ids": {"IMDB": "TT0113277", "simkl": 5}, "title": "Heat"},
    ],
)
def test_a_film_that_is_not_found_is_told_from_another(named: dict[str, Any]) -> None:
    body = {"movies": [HEAT, ALIEN]}
    assert outcomes(body, answer(1, movies=[named])) == [NOT_FOUND, RECORDED]


def test_a_film_by_its_name_that_is_not_found() -> None:
    named = {"title": "ALIEN", "year": 1979}
    assert outcomes({"movies": [HEAT, ALIEN]}, answer(1, movies=[named])) == [RECORDED, NOT_FOUND]


@pytest.mark.parametrize("bucket", ["shows", "anime"])
def test_a_series_or_an_anime_that_is_not_found_has_recorded_no_episode(bucket: str) -> None:
    body = {"shows": [show(1, 1, 2), show(2, 1)]}
    for named in ({"ids": {"tvdb": 1}}, show(1, 1, 2)):
        assert outcomes(body, answer(0, 1, 1, **{bucket: [named]})) == [
            NOT_FOUND,
            NOT_FOUND,
            RECORDED,
        ]


@pytest.mark.parametrize(
    "named",
    [
        show(1, 2),
        {"ids": {"tvdb": 1}, "season": 1, "number": 2},
        {"ids": {"tvdb": 1}, "season": 1, "episode": 2},
        {"season": 1, "number": 2},
    ],
)
@pytest.mark.parametrize("bucket", ["episodes", "shows"])
def test_an_episode_that_is_not_found_is_told_from_the_others(
    named: dict[str, Any], bucket: str
) -> None:
    body = {"shows": [show(1, 1, 2), show(2, 7)]}
    if bucket == "episodes" or "seasons" in named:
        said = answer(0, 2, 2, **{bucket: [named]})
        assert outcomes(body, said) == [RECORDED, NOT_FOUND, RECORDED]


def test_a_number_without_its_series_may_be_of_either() -> None:
    body = {"shows": [show(1, 1), show(2, 1)]}
    said = answer(0, 1, 1, episodes=[{"season": 1, "number": 1}])
    assert outcomes(body, said) == [UNCLEAR, UNCLEAR]


@pytest.mark.parametrize(
    "said",
    [
        answer(0, 1, 0, episodes=[show(1, 1, 2)]),
        answer(0, 1, 61),
        answer(0, 2, 2),
        answer(0, 1, 2, episodes=[show(1, 2)]),
    ],
)
def test_more_than_was_sent_may_be_the_whole_series(said: dict[str, Any]) -> None:
    read = read_added({"shows": [show(1, 1, 2)]}, said)
    assert read.may_have_marked_more
    assert RECORDED not in read.episodes.values()


def test_what_was_taken_back_is_counted_as_well() -> None:
    body = {"shows": [show(1, 1, 2)]}
    counts = {"movies": 0, "shows": 1, "episodes": 2}
    assert set(read_removed(body, {"deleted": counts}).episodes.values()) == {RECORDED}
    counts["episodes"] = 1
    assert set(read_removed(body, {"deleted": counts}).episodes.values()) == {UNCLEAR}
    said = {"deleted": {"episodes": 0}, "not_found": {"shows": [{"ids": {"tvdb": 1}}]}}
    assert set(read_removed(body, said).episodes.values()) == {NOT_FOUND}


_VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
_NAMES = st.sampled_from(
    ["added", "not_found", "movies", "shows", "episodes", "seasons", "number", "ids", "tvdb"]
)
_JSON = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=15,
)


@given(said=st.dictionaries(_NAMES, _JSON))
def test_any_answer_is_read(said: dict[str, Any]) -> None:
    body = {"movies": [HEAT], "shows": [show(1, 1, 2)]}
    read = read_added(body, said)
    assert len(read.movies) == 1
    assert len(read.episodes) == 2
