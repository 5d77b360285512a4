"""What goes into one POST, and that an answer about one episode counts only when it is proved."""

from __future__ import annotations

from typing import Any

from lib.simkl.answers import Film, Series, Watch
from lib.simkl.asks import COUNTERS, EPISODES, PLAIN, Ask, Call, next_call
from lib.titles.datetimes import from_simkl
from lib.titles.title import MOVIE, SHOW, Title

AT = "2024-03-01T20:00:00Z"
HEAT = Ask(Title(MOVIE, (("tmdb", "949"),)), PLAIN)
DARK = Title(SHOW, (("tmdb", "70523"),))
FARGO = Title(SHOW, (("tmdb", "60622"),))
NONE = 9999


def single(number: int, title: Title = DARK) -> Ask:
    return Ask(title, PLAIN, (2, number))


def of_episode(number: int, watched_at: str | None, **more: Any) -> dict[str, Any]:
    said = {"result": True, "list": "watching", "last_watched_at": watched_at}
    return {**said, "season": 2, "episode": number, **more}


def numbers(call: Call) -> list[int | None]:
    return [ask.episode and ask.episode[1] for ask in call.asks]


def test_single_episodes_go_with_films_and_one_that_is_none_for_each_series() -> None:
    asks = [HEAT, single(1), single(2), single(1, FARGO)]
    assert numbers(next_call(asks, 100)) == [None, NONE, 1, 2, NONE, 1]
    assert next_call(asks, 100).extended == PLAIN


def test_never_more_than_fit_and_never_an_episode_without_its_proof() -> None:
    asks = [single(number) for number in range(1, 200)]
    assert numbers(next_call(asks, 100)) == [NONE, *range(1, 100)]
    assert numbers(next_call([HEAT, single(1)], 2)) == [None]


def test_a_call_of_one_still_goes_on() -> None:
    assert numbers(next_call([single(1), single(2)], 1)) == [1]


def test_single_episodes_do_not_go_with_a_breakdown() -> None:
    series = Ask(FARGO, EPISODES)
    call = next_call([single(1), HEAT, series, Ask(FARGO, COUNTERS)], 100)
    assert (list(call.asks), call.extended) == ([HEAT, series], EPISODES)


def answers(*entries: dict[str, Any]) -> dict[int, Any]:
    """What a call about the first and the second episode gets from these entries."""
    call = next_call([single(1), single(2)], 100)
    return {ask.episode[1]: answer for ask, answer in call.answers(entries) if ask.episode}


def test_each_episode_gets_what_is_said_of_it_and_of_no_other() -> None:
    said = answers(of_episode(NONE, None), of_episode(1, AT), of_episode(2, None))
    assert said == {
        1: Series({}, {(2, 1): Watch(from_simkl(AT))}),
        2: Series({}, {(2, 2): None}),
    }


def test_where_simkl_answers_for_the_whole_series_nothing_is_known() -> None:
    said = answers(of_episode(NONE, AT), of_episode(1, AT), of_episode(2, AT))
    assert said == {1: None, 2: None}


def test_a_title_that_simkl_does_not_find_proves_nothing_wrong() -> None:
    said = answers({"result": "not_found"}, of_episode(1, AT), {"result": "not_found"})
    assert said == {1: Series({}, {(2, 1): Watch(from_simkl(AT))}), 2: None}


def test_an_echo_of_another_episode_is_not_understood() -> None:
    said = answers(of_episode(NONE, None), of_episode(2, AT), of_episode(1, AT))
    assert said == {1: None, 2: None}


def test_of_a_breakdown_that_comes_along_only_the_episode_itself_counts() -> None:
    seasons = [{"number": 2, "episodes": [{"number": 1, "watched": False}]}]
    said = answers(
        of_episode(NONE, None),
        of_episode(1, AT, seasons=seasons),
        of_episode(2, AT, seasons=seasons),
    )
    assert said == {1: Series({}, {(2, 1): None}), 2: None}


def test_an_episode_without_a_proof_is_unknown() -> None:
    call = next_call([single(1)], 1)
    assert list(call.answers([of_episode(1, AT)])) == [(single(1), None)]


def test_a_film_is_answered_as_ever() -> None:
    call = next_call([HEAT], 100)
    entry = {"result": True, "list": "completed", "last_watched_at": AT}
    assert list(call.answers([entry])) == [(HEAT, Film(Watch(from_simkl(AT))))]
