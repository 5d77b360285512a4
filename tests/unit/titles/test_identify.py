"""Which title, season and episode a row of another add-on is; in doubt, none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.titles.addon_facts import ADD_ONS, ROW_IDS
from lib.titles.identify import LABELS, Identity, identities, is_drawn_by_kodi
from lib.titles.rows import NonLibraryRow
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.rows import SOME, episode, film, movie, only, row, show

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
    assert only(film(Title="Heat (1994)")) == heat  # years are often off by one
    assert only(film(Title="Heat (1986)")) is None
    assert only(film(Title="Heat", Year="")) is None
    assert only(film(Title="", Year="1995")) is None


def test_a_film_that_may_be_an_episode_or_a_part_by_its_name_is_unknown() -> None:
    for name in ("S01E02 - Lies", "Dark 1x02", "Heat (2)"):
        assert only(film(Title=name)) is None
        assert only(film(Title=name, uid_tmdb="949")) == movie(tmdb="949")


def test_what_a_server_adds_to_a_name_is_taken_off() -> None:
    assert only(film(Title="Heat (45%) (cc)")) == Identity(Title(MOVIE, (), "Heat", 1995))


def test_the_path_counts_where_the_labels_say_nothing_and_adds_nothing_to_them() -> None:
    path = f"plugin://{SOME}/?tmdb_id=8195&imdb_id=tt0122690"
    assert only(film(path=path, uid_tmdb="949")) == movie(tmdb="949")
    assert only(film(path=path)) == movie(tmdb="8195", imdb="tt0122690")
    assert only(film(path=f"{path}&media_type=tvshow", uid_tmdb="949")) is None


def test_a_1_in_a_path_may_switch_something_on_and_is_no_id() -> None:
    assert only(film(path=f"plugin://{SOME}/?tmdb=1&imdb=tt0113277")) == movie(imdb="tt0113277")


def test_a_path_may_say_of_a_film_that_its_season_and_episode_are_0() -> None:
    path = f"plugin://{SOME}/?tmdb_id=949&season=0&episode=0"
    assert only(film(path=path)) == movie(tmdb="949")


def test_properties_tell_a_film() -> None:
    said = film(DBTYPE="", prop_dbtype="movie", prop_tmdb_id="949", prop_imdb_id="tt0113277")
    assert only(said) == movie(tmdb="949", imdb="tt0113277")


@pytest.mark.parametrize("nothing", ["None", "0", "-1", "", "null", "tt", "http://x"])
def test_a_value_that_is_no_id_is_none(nothing: str) -> None:
    assert only(film(uid_tmdb=nothing, uid_imdb="tt0113277")) == movie(imdb="tt0113277")


@pytest.mark.parametrize(
    "labels",
    [
        {"Label": "Heat - Trailer"},
        {"Label": "[B]Trailer[/B]"},
        {"Label": "Heat teaser"},
        {"Label": "Heat (Trailer)"},
        {"Label": "Heat [German trailer, 2160p]"},
        {"Label": "Heat - Official Trailer #2 (German)"},
        {"path": f"plugin://{SOME}/?action=play_trailer&tmdb_id=949"},
        {"path": f"plugin://{SOME}/trailer/949"},
        {"path": f"plugin://{SOME}/?mode=live_tv&id=1"},
        {"addon": "plugin.video.imdb.trailers"},  # they say that they are the film
        {"prop_script__trakt__exclude": "true"},
        {"DBTYPE": "video"},
        {"DBTYPE": "musicvideo"},
        {"DBTYPE": "tvshow"},
        {"DBTYPE": ""},
        {"DBTYPE": "video", "prop_dbtype": "movie"},
        # It says that it is an episode, too.
        {"prop_tmdb_type": "tv"},
        {"TVShowTitle": "Dark", "Episode": "2"},
        {"path": f"plugin://{SOME}/?tmdb_id=70523&season=1&episode=2"},
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


def test_all_ids_that_are_said_to_be_the_series_are_sent_and_no_others() -> None:
    said = {"uid_tvshow__tmdb": "70523", "prop_tvshow__imdb_id": "tt5753856", "uid_tvdb": "1"}
    assert only(episode(**said)) == show(tmdb="70523", imdb="tt5753856")


def test_what_says_of_itself_that_it_is_the_series_wins_over_the_path() -> None:
    path = "plugin://plugin.video.fen/?tmdb_id=1399&season=1&episode=2"
    assert only(episode(path=path, uid_tvshow__tmdb="70523")) == show(tmdb="70523")
    assert only(episode(path=path, uid_tmdb="70523")) == show(tmdb="1399")


@pytest.mark.parametrize(
    "labels",
    [
        {"Label": "Dark - Trailer"},
        {"path": f"plugin://{SOME}/?action=trailer&tmdb_id=70523"},
        {"prop_script__trakt__exclude": "true"},
        {"prop_tmdb_type": "movie"},
        {"path": f"plugin://{SOME}/?tmdb_id=949&media_type=movie"},
        {"DBTYPE": "video"},  # as YouTube guesses season and episode from a title
        {"DBTYPE": ""},
        {"DBTYPE": "season"},
        {"DBTYPE": "tvshow"},
    ],
)
def test_what_is_not_the_episode_is_left_alone(labels: dict[str, str]) -> None:
    assert only(episode(uid_tvshow__tmdb="70523", **labels)) is None


def test_a_property_tells_an_episode_where_kodi_has_no_type() -> None:
    assert only(episode(DBTYPE="", prop_dbtype="episode", uid_tvshow__tmdb="7")) == show(tmdb="7")


def test_the_path_fills_in_a_season_that_the_labels_drop() -> None:
    path = f"plugin://{SOME}/?tmdb_id=70523&season=0&episode=2"
    assert only(episode(2, "", path=path, uid_tvshow__tmdb="7")) == show(0, 2, tmdb="7")
    assert only(episode(3, "", path=path, uid_tvshow__tmdb="7")) is None
    # Season and episode without an id beside them may count something else.
    bare = f"plugin://{SOME}/?season=0&episode=2"
    assert only(episode(2, "", path=bare, uid_tvshow__tmdb="7")) is None


def test_a_name_does_not_count_where_the_path_has_an_id_of_another_episode() -> None:
    path = f"plugin://{SOME}/?tmdb_id=70523&season=9&episode=2"
    assert only(episode(path=path, prop_tvshow__year="2017")) is None


def test_an_id_of_unknown_meaning_is_never_sent_as_the_series() -> None:
    assert only(episode(uid_tmdb="1256")) is None
    rows = [episode(n, uid_tmdb=str(1000 + n), uid_imdb=f"tt900000{n}") for n in range(1, 6)]
    assert identities(rows, "") == [None] * 5


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


@pytest.mark.parametrize(
    ("season", "number"),
    [
        pytest.param(0, 2, id="a special"),
        pytest.param(1, 1042, id="counted over all seasons"),
        pytest.param(2017, 2, id="a season named for its year"),
    ],
)
def test_season_and_episode_are_asked_as_the_row_has_them(season: int, number: int) -> None:
    assert only(episode(number, season, uid_tvshow__tmdb="7")) == show(season, number, tmdb="7")


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
    assert only(NonLibraryRow("/films/Heat (1995).mkv", {}, False, False)) == Identity(
        Title(MOVIE, (), "Heat", 1995)
    )
    double = NonLibraryRow("/tv/Dark (2017)/S01E01-E02.mkv", {}, False, False)
    assert only(double) == Identity(Title(SHOW, (), "Dark", 2017), ((1, 1), (1, 2)))
    assert only(NonLibraryRow("/films/home video.mkv", {}, False, False)) is None


# What Kodi draws.


@pytest.mark.parametrize(
    ("path", "is_drawn"),
    [
        (f"plugin://{SOME}/?a=1", True),
        (f"plugin://{SOME}/play/1", True),
        (f"plugin://{SOME}/play/1/", True),
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
    assert is_drawn_by_kodi(NonLibraryRow("/films/a?b.mkv", {}, False, False))


def test_live_television_is_no_file() -> None:
    assert only(NonLibraryRow("pvr://recordings/tv/Heat (1995).pvr", {}, False, False)) is None


# Whatever a row says.

VALUE = st.text(max_size=20) | st.sampled_from(["movie", "episode", "tvshow", "tv", "1", "2"])
ID = st.sampled_from(["70523", "1256", "tt0113277", "tt5753856", "None", "0", "-1", ""])
PATH = st.text(max_size=20) | st.sampled_from(
    ["?tmdb_id=9&season=1&episode=2", '?ids={"tmdb_id":9}&season=1', "show/9/season/1/episode/2/x"]
)
ANY_ROW = st.tuples(
    st.sampled_from([SOME, *ADD_ONS]),
    PATH,
    st.dictionaries(st.sampled_from(LABELS), VALUE | ID, max_size=12),
)


@given(st.lists(ANY_ROW, max_size=5), PATH)
def test_no_row_is_too_strange(rows: list[tuple[str, str, dict[str, str]]], where: str) -> None:
    for start in ("plugin://{}/", "{}"):
        listed = [
            NonLibraryRow(start.format(addon) + path, labels, False, False)
            for addon, path, labels in rows
        ]
        assert len(identities(listed, f"plugin://{SOME}/{where}")) == len(rows)
        assert all(isinstance(is_drawn_by_kodi(each), bool) for each in listed)


@given(
    st.sampled_from([SOME, *ADD_ONS]),
    st.dictionaries(st.sampled_from([*ROW_IDS, "TVShowTitle", "Property(tvshow.year)"]), ID),
)
def test_no_series_is_asked_by_what_may_be_the_episodes_own(
    addon: str, labels: dict[str, str]
) -> None:
    """Of one row alone nothing shows whose its ids are: only what is known of its add-on counts."""
    said = {**labels, "DBTYPE": "episode", "Season": "1", "Episode": "2"}
    found = identities([NonLibraryRow(f"plugin://{addon}/1", said, False, False)], "")[0]
    known = ADD_ONS[addon].series if addon in ADD_ONS else set()
    theirs = {value for label, value in labels.items() if label in known}
    assert found is None or {value for _, value in found.title.ids} <= theirs
