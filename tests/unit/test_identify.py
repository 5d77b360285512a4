"""Which title, season and episode a row of another add-on is; in doubt, none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.identify import LABELS, Identity, identities, is_drawn_by_kodi
from lib.screen import Listed
from lib.titles import MOVIE, SHOW, Title

SOME = "plugin.video.some"


def row(addon: str = SOME, path: str = "", **labels: str) -> Listed:
    """Labels with brackets are written as uid_tmdb and prop_tmdb_id."""
    said = {_label(name): text for name, text in labels.items()}
    return Listed(path or f"plugin://{addon}/?{sorted(said.items())}", said, False, False)


def _label(name: str) -> str:
    for start, kind in (("uid_", "UniqueID"), ("prop_", "Property")):
        if name.startswith(start):
            return f"{kind}({name[len(start) :].replace('__', '.')})"
    return name


def episode(number: Any = 2, season: Any = 1, **labels: Any) -> Listed:
    addon = labels.pop("addon", SOME)
    said = {"DBTYPE": "episode", "TVShowTitle": "Dark", "Season": str(season), **labels}
    return row(addon, Episode=str(number), **said)


def film(**labels: str) -> Listed:
    return row(**{"DBTYPE": "movie", "Title": "Heat", "Year": "1995", **labels})


def show(season: Any = 1, number: Any = 2, **ids: Any) -> Identity:
    return Identity(Title(SHOW, tuple(sorted(ids.items()))), ((season, number),))


def movie(**ids: str) -> Identity:
    return Identity(Title(MOVIE, tuple(sorted(ids.items()))))


def only(listed: Listed) -> Identity | None:
    return identities([listed])[0]


# Films.


def test_a_film_is_asked_by_all_its_ids() -> None:
    assert only(film(uid_imdb="tt0113277", uid_tmdb="949")) == movie(imdb="tt0113277", tmdb="949")


def test_a_default_id_that_is_no_imdb_id_is_none() -> None:
    assert only(film(IMDBNumber="tt0113277")) == movie(imdb="tt0113277")
    assert only(film(IMDBNumber="949")) == Identity(Title(MOVIE, (), "Heat", 1995))


def test_the_path_tells_a_film() -> None:
    path = f"plugin://{SOME}/?info=play&tmdb_id=949&tmdb_type=movie"
    assert only(film(path=path)) == movie(tmdb="949")


def test_a_film_without_ids_is_asked_by_its_plain_name_and_year() -> None:
    heat = Identity(Title(MOVIE, (), "Heat", 1995))
    assert only(film(Title="[COLOR red][B]Heat[/B][/COLOR]")) == heat
    assert only(film(Title="Heat (1995)", Year="")) == heat
    assert only(film(Title="Heat", Year="")) is None
    assert only(film(Title="", Year="1995")) is None


@pytest.mark.parametrize("nothing", ["None", "0", "-1", "", "null", "tt", "http://x"])
def test_a_value_that_is_no_id_is_none(nothing: str) -> None:
    assert only(film(uid_tmdb=nothing, uid_imdb="tt0113277")) == movie(imdb="tt0113277")


@pytest.mark.parametrize(
    "labels",
    [
        {"Label": "Heat - Trailer"},
        {"Label": "[B]Trailer[/B]"},
        {"Label": "Heat teaser"},
        {"path": f"plugin://{SOME}/?action=play_trailer&tmdb_id=949"},
        {"prop_script__trakt__exclude": "true"},
        {"DBTYPE": "video"},
        {"DBTYPE": "musicvideo"},
        {"DBTYPE": "tvshow"},
        {"DBTYPE": ""},
    ],
)
def test_what_is_not_the_film_is_left_alone(labels: dict[str, str]) -> None:
    assert only(film(uid_imdb="tt0113277", **labels)) is None


# Episodes.


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("uid_tvshow__tmdb", "tmdb"),
        ("uid_tvshow__tvdb", "tvdb"),
        ("prop_tvshow__tmdb_id", "tmdb"),
        ("prop_tmdb_show_id", "tmdb"),
        ("prop_tvdb_show_id", "tvdb"),
        ("prop_showtmdbid", "tmdb"),
        ("prop_jacktook__simkl__tmdb_id", "tmdb"),
    ],
)
def test_an_id_that_is_said_to_be_the_series_is(label: str, kind: str) -> None:
    assert only(episode(**{label: "70523", "uid_tmdb": "1256", "uid_imdb": "tt1"})) == show(
        **{kind: "70523"}
    )


def test_an_id_of_unknown_meaning_is_never_sent_as_the_series() -> None:
    assert only(episode(uid_tmdb="1256")) is None
    rows = [episode(n, uid_tmdb=str(1000 + n), uid_imdb=f"tt900000{n}") for n in range(1, 6)]
    assert identities(rows) == [None] * 5


def test_the_same_id_on_other_episodes_of_a_season_is_the_series() -> None:
    rows = [episode(n, uid_tmdb="70523") for n in (1, 2)]
    assert identities(rows) == [show(1, 1, tmdb="70523"), show(1, 2, tmdb="70523")]


def test_the_same_id_on_two_rows_of_one_episode_proves_nothing() -> None:
    twice = [episode(2, uid_tmdb="1256", Label="1080p"), episode(2, uid_tmdb="1256", Label="720p")]
    assert identities(twice) == [None, None]


def test_ids_of_another_series_season_or_add_on_prove_nothing() -> None:
    other = {"uid_tmdb": "1256"}
    rows = [
        episode(1, **other),
        episode(2, season=2, **other),
        episode(3, TVShowTitle="1899", **other),
        episode(4, addon="plugin.video.other", **other),
    ]
    assert identities(rows) == [None] * 4


def test_of_the_ids_on_a_row_only_the_proven_are_sent() -> None:
    rows = [episode(n, uid_tmdb="70523", uid_imdb=f"tt900000{n}") for n in (1, 2)]
    assert identities(rows)[1] == show(1, 2, tmdb="70523")


@pytest.mark.parametrize(
    "addon",
    ["plugin.video.seren", "plugin.video.umbrella", "plugin.video.fen", "plugin.video.fenlight"],
)
def test_of_some_add_ons_it_is_known(addon: str) -> None:
    known = episode(addon=addon, uid_tmdb="70523", uid_imdb="None")
    assert only(known) == show(tmdb="70523")


def test_the_path_tells_the_series_where_other_episodes_agree() -> None:
    def play(season: int, number: int) -> Listed:
        path = f"plugin://{SOME}/?tmdb_id=70523&season={season}&episode={number}"
        return episode(number, season, path=path)

    assert identities([play(1, 1), play(1, 2)])[1] == show(1, 2, tmdb="70523")
    assert only(play(1, 2)) is None
    # A path with another episode than the row's tells of something else.
    rows = [episode(n, path=f"plugin://{SOME}/?tmdb_id=7&season=9&episode={n}") for n in (1, 2)]
    assert identities(rows) == [None, None]


def test_a_name_counts_with_the_series_own_year_only() -> None:
    dark = Identity(Title(SHOW, (), "Dark", 2017), ((1, 2),))
    assert only(episode(prop_tvshow__year="2017")) == dark
    assert only(episode(TVShowTitle="Dark (2017)")) == dark
    assert only(episode(Year="2017")) is None  # the year in which the episode was aired
    assert only(episode(uid_tmdb="1256", prop_tvshow__year="2017")) is None  # ids before names


@pytest.mark.parametrize(
    "labels", [{"Season": ""}, {"Season": "-1"}, {"Episode": ""}, {"Episode": "0"}]
)
def test_without_season_and_episode_it_is_no_episode(labels: dict[str, str]) -> None:
    said = {"DBTYPE": "episode", "Season": "1", "Episode": "2", "uid_tvshow__tmdb": "70523"}
    assert only(row(**{**said, **labels})) is None


def test_specials_are_of_season_0() -> None:
    assert only(episode(2, 0, uid_tvshow__tmdb="70523")) == show(0, 2, tmdb="70523")


# Anime.


def test_an_id_of_a_cour_counts_its_episodes_from_1() -> None:
    assert only(episode(5, uid_mal="5114")) == show(1, 5, mal="5114")
    otaku = episode(5, 3, addon="plugin.video.otaku", uid_mal_id="38408", uid_tmdb="31911")
    assert only(otaku) == show(1, 5, mal="38408")


def test_the_id_of_some_cour_in_a_later_season_is_not_trusted() -> None:
    assert only(episode(5, 2, uid_mal="5114")) is None


def test_where_the_series_is_known_the_cour_is_not_needed() -> None:
    both = episode(5, 2, uid_mal="5114", uid_tvshow__tvdb="81797")
    assert only(both) == show(2, 5, tvdb="81797")


# Plain files.


def test_a_file_is_what_its_name_says() -> None:
    assert only(Listed("/films/Heat (1995).mkv", {}, False, False)) == Identity(
        Title(MOVIE, (), "Heat", 1995)
    )
    double = Listed("/tv/Dark (2017)/S01E01-E02.mkv", {}, False, False)
    assert only(double) == Identity(Title(SHOW, (), "Dark", 2017), ((1, 1), (1, 2)))
    assert only(Listed("/films/home video.mkv", {}, False, False)) is None


# What Kodi draws.


@pytest.mark.parametrize(
    ("path", "is_drawn"),
    [
        (f"plugin://{SOME}/?a=1", True),
        (f"plugin://{SOME}/play/1", True),
        (f"plugin://{SOME}/play/?a=1", True),
        (f"plugin://{SOME}/play?a=1", False),
        (f"plugin://{SOME}/play/1?a=http://x/", False),
    ],
)
def test_a_path_that_kodi_never_finds_again_is_known(path: str, is_drawn: bool) -> None:
    assert is_drawn_by_kodi(row(path=path, prop_IsPlayable="true")) is is_drawn
    assert not is_drawn_by_kodi(row(path=path, prop_IsPlayable="false"))
    assert not is_drawn_by_kodi(row(path=path))


def test_a_plain_file_is_always_drawn() -> None:
    assert is_drawn_by_kodi(Listed("/films/a?b.mkv", {}, False, False))


LABEL = st.text(max_size=30) | st.sampled_from(["movie", "episode", "1", "70523", "tt0113277"])


@given(st.lists(st.tuples(st.text(), st.dictionaries(st.sampled_from(LABELS), LABEL)), max_size=5))
def test_no_row_is_too_strange(rows: list[tuple[str, dict[str, str]]]) -> None:
    for start in ("plugin://", ""):
        listed = [Listed(start + path, labels, False, False) for path, labels in rows]
        assert len(identities(listed)) == len(rows)
        assert all(isinstance(is_drawn_by_kodi(each), bool) for each in listed)
