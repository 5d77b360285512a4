"""What Simkl is never told of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lib.sending.exclusions import is_too_short
from lib.sending.player import PlayingItem
from lib.sending.send_settings import SendSettings
from lib.sending.what_plays import ADDON, FILE, LIBRARY, WhatPlays
from lib.ticks.tick_settings import TickSettings
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.sending.a_player import PlayingKodi, file, film, row

HEAT = WhatPlays(Title(MOVIE, (("tmdb", "949"),)), (), "Heat (1995)", LIBRARY, "/films/Heat.mkv")
PART = WhatPlays(Title(SHOW, (("tvdb", "3"),)), ((1, 2),), "Dark", LIBRARY, "/series/Dark.mkv")
SOME = "plugin://plugin.video.some/play/?f=1"


@pytest.fixture
def kodi() -> PlayingKodi:
    return PlayingKodi()


def is_never(kodi: PlayingKodi, details: dict[str, Any], *, beside: bool = False) -> bool:
    item = PlayingItem(str(details["mediapath"]), details, is_beside_pictures=beside)
    return kodi.exclusions.is_never_told(item)


@pytest.mark.parametrize("details", [film(), row("f=1", type="episode"), file("/Ran (1985).mkv")])
def test_films_episodes_and_files_may_be_told(kodi: PlayingKodi, details: dict[str, Any]) -> None:
    assert not is_never(kodi, details)


@pytest.mark.parametrize(
    "kind", ["channel", "recording", "musicvideo", "song", "picture", "tvshow"]
)
def test_what_is_neither_is_never_told(kodi: PlayingKodi, kind: str) -> None:
    assert is_never(kodi, {**film(), "type": kind})


def test_a_video_of_a_slideshow_is_never_told(kodi: PlayingKodi) -> None:
    assert is_never(kodi, film(), beside=True)


@pytest.mark.parametrize("value", ["true", "True", "1", True])
def test_what_asks_not_to_be_told_is_not(kodi: PlayingKodi, value: object) -> None:
    assert is_never(kodi, film(customproperties={"script.trakt.exclude": value}))
    assert is_never(kodi, row("f=1", customproperties={"script.trakt.exclude": value}))


@pytest.mark.parametrize(
    "details",
    [
        film(label="Heat (Trailer)"),
        row("f=1", type="movie", label="Heat - Teaser"),
        row("action=play_trailer&tmdb_id=949", type="movie"),
        row("f=1", type="movie", mediapath="plugin://plugin.video.youtube/play/?video_id=1"),
    ],
)
def test_a_trailer_is_never_told(kodi: PlayingKodi, details: dict[str, Any]) -> None:
    assert is_never(kodi, details)


@pytest.mark.parametrize(
    ("changed", "left_out"),
    [
        ({"plays": False}, ["film", "episode", "add-on", "file"]),
        ({"films": False}, ["film", "add-on", "file"]),
        ({"episodes": False}, ["episode"]),
        ({"addons": False}, ["add-on"]),
        ({"files": False}, ["file"]),
        ({"marks": False, "now": False}, []),
    ],
)
def test_the_person_chooses_what_is_told(
    kodi: PlayingKodi, changed: dict[str, bool], left_out: list[str]
) -> None:
    kodi.settings = replace(SendSettings(is_on=True), **changed)
    plays = {
        "film": HEAT,
        "episode": PART,
        "add-on": replace(HEAT, source=ADDON, path=SOME),
        "file": replace(HEAT, source=FILE),
    }
    assert [each for each, what in plays.items() if kodi.exclusions.is_left_out(what)] == left_out


def test_what_is_left_out_of_the_ticks_is_left_out_here(kodi: PlayingKodi) -> None:
    kodi.tick_settings = TickSettings(folders=("/films/",), addons=frozenset(["plugin.video.some"]))
    assert kodi.exclusions.is_left_out(HEAT)
    assert not kodi.exclusions.is_left_out(PART)
    assert kodi.exclusions.is_left_out(replace(PART, source=ADDON, path=SOME))


def test_what_is_left_alone_is_left_alone(kodi: PlayingKodi) -> None:
    kodi.ignored.leave(Title(MOVIE, (("imdb", "tt0113277"), ("tmdb", "949"))), "Heat")
    assert kodi.exclusions.is_left_out(HEAT)
    assert not kodi.exclusions.is_left_out(PART)


def test_what_another_add_on_tells_is_left_to_it_unless_the_person_wants_both(
    kodi: PlayingKodi,
) -> None:
    kodi.addon_settings["script.simkl"] = {"token": "abc", "autoscrobble": "true"}
    assert kodi.exclusions.is_left_out(HEAT)
    kodi.settings = SendSettings(is_on=True, beside_others=True)
    assert not kodi.exclusions.is_left_out(HEAT)


def test_a_film_is_too_short_under_five_minutes_and_an_episode_never() -> None:
    assert is_too_short(HEAT, 299)
    assert not is_too_short(HEAT, 300)
    assert not is_too_short(PART, 60)
