"""What is known of single add-ons (lib/titles/addon_facts.py), and what comes of it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from lib.titles.addon_facts import ADD_ONS, ROW_IDS, UNKNOWN
from lib.titles.identify import identities
from lib.titles.rows import NonLibraryRow
from tests.unit.rows import episode, film, movie, only, row, show

TMDB_HELPER = "plugin.video.themoviedb.helper"
SEREN, UMBRELLA, FEN, FENLIGHT, ELEMENTUM, JACKTOOK, OTAKU = (
    f"plugin.video.{name}"
    for name in ("seren", "umbrella", "fen", "fenlight", "elementum", "jacktook", "otaku")
)


def query(addon: str, **told: object) -> str:
    return f"plugin://{addon}/?{urlencode(told)}"


@pytest.mark.parametrize("addon", [SEREN, UMBRELLA, FEN, FENLIGHT])
def test_of_some_add_ons_all_ids_are_the_series(addon: str) -> None:
    said = episode(addon=addon, uid_tmdb="70523", uid_tvdb="334824", uid_imdb="None")
    assert only(said) == show(tmdb="70523", tvdb="334824")


@pytest.mark.parametrize("addon", [TMDB_HELPER, UMBRELLA, FEN, FENLIGHT])
def test_of_some_add_ons_the_paths_name_the_series(addon: str) -> None:
    path = query(addon, tmdb_id=70523, season=1, episode=2)
    assert only(episode(path=path)) == show(tmdb="70523")


def test_elementums_imdb_number_is_the_series_and_its_tmdb_id_the_episodes() -> None:
    said = episode(addon=ELEMENTUM, IMDBNumber="tt5753856", uid_tmdb="1256", uid_imdb="")
    assert only(said) == show(imdb="tt5753856")


def test_without_its_imdb_number_elementum_still_names_the_series() -> None:
    """Kodi 20 shows none."""
    shown = {"uid_tmdb": "1256", "uid_imdb": "", "IMDBNumber": ""}
    assert only(episode(addon=ELEMENTUM, prop_showtmdbid="70523", **shown)) == show(tmdb="70523")
    assert only(episode(addon=ELEMENTUM, **shown)) is None


def test_elementums_paths_name_series_season_and_episode() -> None:
    path = "/show/70523/season/0/episode/2/links/Dark"
    special = show(0, 2, tmdb="70523")
    assert only(episode(2, "", path=f"plugin://{ELEMENTUM}{path}")) == special
    assert only(episode(2, 0, path=f"plugin://plugin.video.some{path}")) is None
    season = f"plugin://{ELEMENTUM}/show/70523/season/0/episodes"
    assert only(episode(2, 0, addon=ELEMENTUM), season) == special


def test_jacktooks_paths_hold_json() -> None:
    ids = json.dumps({"tmdb_id": 70523, "tvdb_id": "334824", "imdb_id": None})
    place = json.dumps({"name": "Secrets", "season": 1, "episode": 2})
    path = query(JACKTOOK, action="search", ids=ids, tv_data=place)
    said = episode(path=path, uid_tmdb="1256", TVShowTitle="Secrets")
    assert only(said) == show(tmdb="70523", tvdb="334824")


def test_seren_says_the_series_in_some_labels_and_the_episode_in_others() -> None:
    assert only(episode(addon=SEREN, prop_tmdb_id="1256", uid_tmdb="70523")) == show(tmdb="70523")
    assert only(episode(addon=SEREN, prop_tmdb_id="1256")) is None


@pytest.mark.parametrize(
    ("addon", "label"),
    [(addon, label) for addon, facts in ADD_ONS.items() for label in sorted(facts.own)],
)
def test_an_id_that_is_known_to_be_the_episodes_is_never_sent(addon: str, label: str) -> None:
    """Not even where two episodes carry the same one by mistake."""
    value = "tt5753856" if "imdb" in ROW_IDS[label] + label.lower() else "1256"
    labels = {"DBTYPE": "episode", "TVShowTitle": "Dark", "Season": "1", label: value}
    rows = [
        NonLibraryRow(f"plugin://{addon}/{n}", {**labels, "Episode": n}, False, False) for n in "12"
    ]
    assert identities(rows, "") == [None, None]


def test_umbrella_calls_episodes_series_in_mixed_lists() -> None:
    path = query(UMBRELLA, tmdb=70523, season=1, episode=2, tvshowtitle="Dark")
    assert only(row(path=path, DBTYPE="tvshow", uid_tmdb="70523")) == show(tmdb="70523")
    counts = {"Season": "3", "Episode": "26"}  # on a series' row
    assert only(row(path=path, DBTYPE="tvshow", uid_tmdb="70523", **counts)) == show(tmdb="70523")
    series = query(UMBRELLA, tmdb=70523, tvshowtitle="Dark")
    assert only(row(path=series, DBTYPE="tvshow", uid_tmdb="70523", **counts)) is None


def test_otaku_names_one_cour_and_its_other_ids_do_not_count() -> None:
    said = {"uid_mal_id": "38408", "uid_tmdb": "31911", "uid_tvdb": "305074"}
    assert only(episode(5, 3, addon=OTAKU, **said)) == show(1, 5, mal="38408")
    assert only(episode(5, "", addon=OTAKU, **said)) == show(1, 5, mal="38408")
    assert only(film(addon=OTAKU, **said)) == movie(mal="38408")


def test_the_number_in_otakus_paths_is_not_read() -> None:
    """It was AniList's in one version and MyAnimeList's in the next."""
    assert only(episode(5, path=f"plugin://{OTAKU}/play/38408/5")) is None


def test_a_clip_at_youtube_is_never_the_film() -> None:
    path = "plugin://plugin.video.youtube/play/?video_id=1"
    assert only(film(path=path, uid_tmdb="949", Label="Official")) is None


def test_a_plex_servers_episode_number_is_the_episodes() -> None:
    plex = "plugin.video.plexkodiconnect"
    assert only(episode(addon=plex, prop_imdbnumber="tt6317068")) is None
    assert only(film(addon=plex, DBTYPE="", prop_dbtype="movie", prop_imdbnumber="tt0113277")) == (
        movie(imdb="tt0113277")
    )


def test_every_add_on_says_something_that_differs_from_the_rule() -> None:
    assert UNKNOWN not in ADD_ONS.values()
