"""Whose an id on an episode's row is, by the rows around it and by the list's own path."""

from __future__ import annotations

import pytest

from lib.titles.identify import identities
from lib.titles.rows import NonLibraryRow
from tests.unit.rows import SOME, episode, film, only, show


def test_the_same_id_on_other_episodes_of_a_season_is_the_series() -> None:
    rows = [episode(n, uid_tmdb="70523") for n in (1, 2)]
    assert identities(rows, "") == [show(1, 1, tmdb="70523"), show(1, 2, tmdb="70523")]


def test_the_same_id_on_two_rows_of_one_episode_proves_nothing() -> None:
    twice = [episode(2, uid_tmdb="1256", Label="1080p"), episode(2, uid_tmdb="1256", Label="720p")]
    assert identities(twice, "") == [None, None]
    assert identities([episode(2, uid_tmdb="1256"), episode("", uid_tmdb="1256")], "")[0] is None


def test_ids_of_another_series_season_or_add_on_prove_nothing() -> None:
    other = {"uid_tmdb": "1256"}
    rows = [
        episode(1, **other),
        episode(2, season=2, **other),
        episode(3, TVShowTitle="1899", **other),
        episode(4, addon="plugin.video.other", **other),
    ]
    assert identities(rows, "") == [None] * 4


def test_of_the_ids_on_a_row_only_the_proven_are_sent() -> None:
    rows = [episode(n, uid_tmdb="70523", uid_imdb=f"tt900000{n}") for n in (1, 2)]
    assert identities(rows, "")[1] == show(1, 2, tmdb="70523")


def test_the_path_tells_the_series_where_other_episodes_agree() -> None:
    def play(season: int, number: int) -> NonLibraryRow:
        path = f"plugin://{SOME}/?tmdb_id=70523&season={season}&episode={number}"
        return episode(number, season, path=path)

    assert identities([play(1, 1), play(1, 2)], "")[1] == show(1, 2, tmdb="70523")
    assert only(play(1, 2)) is None
    # A path with another episode than the row's tells of something else.
    rows = [episode(n, path=f"plugin://{SOME}/?tmdb_id=7&season=9&episode={n}") for n in (1, 2)]
    assert identities(rows, "") == [None, None]


def test_of_ids_that_the_rows_show_to_be_the_series_those_of_the_path_win() -> None:
    def play(number: int) -> NonLibraryRow:
        path = f"plugin://{SOME}/?tmdb_id=70523&season=1&episode={number}"
        return episode(number, path=path, uid_tmdb="4711", uid_imdb="tt5753856")

    assert identities([play(1), play(2)], "")[1] == show(tmdb="70523")


# The list's own path.

SEASON = f"plugin://{SOME}/?info=episodes&tmdb_id=70523&season=1"
SERIES = f"plugin://{SOME}/?info=all_episodes&tmdb_id=70523&tmdb_type=tv"


def test_the_lists_path_names_the_series_of_its_season() -> None:
    assert only(episode(), SEASON) == show(tmdb="70523")
    assert only(episode(season=2), SEASON) is None


def test_the_lists_path_wins_over_ids_of_which_nobody_knows_whose_they_are() -> None:
    assert only(episode(uid_tmdb="1256"), SEASON) == show(tmdb="70523")


def test_what_the_row_says_for_certain_wins_over_the_lists_path() -> None:
    assert only(episode(uid_tvshow__tmdb="1399"), SEASON) == show(tmdb="1399")
    assert only(episode(addon="plugin.video.seren", uid_tmdb="1399"), SEASON) == show(tmdb="1399")


def test_the_lists_path_wins_over_a_name() -> None:
    assert only(episode(prop_tvshow__year="2017"), SEASON) == show(tmdb="70523")


def test_where_the_rows_and_the_lists_path_contradict_each_other_neither_counts() -> None:
    rows = [episode(n, uid_tmdb="4711") for n in (1, 2)]  # the season's own, perhaps
    assert identities(rows, SEASON) == [None, None]
    rows = [episode(n, uid_imdb="tt5753856") for n in (1, 2)]
    assert identities(rows, SEASON)[0] == show(1, 1, imdb="tt5753856")


def test_a_path_without_a_season_must_say_that_it_is_of_a_series() -> None:
    assert only(episode(season=3), SERIES) == show(3, tmdb="70523")
    assert only(episode(), SERIES.replace("&tmdb_type=tv", "")) is None
    known = SERIES.replace(SOME, "plugin.video.fen").replace("&tmdb_type=tv", "&season=all")
    assert only(episode(addon="plugin.video.fen"), known) == show(tmdb="70523")


@pytest.mark.parametrize("kind", ["movie", "person", "collection"])
def test_the_path_of_a_list_of_something_else_names_no_series(kind: str) -> None:
    assert only(episode(), SERIES.replace("=tv", f"={kind}")) is None
    assert only(episode(), f"{SEASON}&tmdb_type={kind}") is None


def test_a_list_of_several_series_gives_its_id_to_none_of_them() -> None:
    assert identities([episode(1), episode(2, TVShowTitle="1899")], SEASON) == [None, None]
    assert identities([episode(1), film(Title="Up", Year="2009")], SEASON)[0] == show(
        1, 1, tmdb="70523"
    )


def test_the_path_of_another_add_ons_list_names_no_series() -> None:
    assert only(episode(addon="plugin.video.other"), SEASON) is None


def test_a_list_of_one_episodes_sources_may_name_that_episode() -> None:
    """Unless it is known whose ids the add-on's paths hold."""
    assert only(episode(), f"{SEASON}&episode=2") is None
    known = f"{SEASON}&episode=2".replace(SOME, "plugin.video.umbrella")
    assert only(episode(addon="plugin.video.umbrella"), known) == show(tmdb="70523")
    assert only(episode(3, addon="plugin.video.umbrella"), known) is None


def test_the_lists_path_never_names_a_film() -> None:
    similar = f"plugin://{SOME}/?info=similar&tmdb_id=949&tmdb_type=movie"
    assert only(film(Year=""), similar) is None
