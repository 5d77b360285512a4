"""Every kind of list of the library gets its ticks; lists of others cause no request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, SERIES, LivingRoom, living_room

AT = "2024-03-01T20:00:00Z"
PLUGIN = "plugin.video.test.rows"
ABOUT = f"""
<addon id="{PLUGIN}" name="Rows" version="1.0.0" provider-name="test">
  <requires><import addon="xbmc.python" version="3.0.0"/></requires>
  <extension point="xbmc.python.pluginsource" library="main.py">
    <provides>video</provides></extension>
  <extension point="xbmc.addon.metadata"><platform>all</platform></extension>
</addon>"""
# Add-ons exist that give their rows the numbers of a library that is not Kodi's.
CODE = """
import sys, xbmcgui, xbmcplugin
handle = int(sys.argv[1])
row = xbmcgui.ListItem("Heat")
row.setInfo("video", {"title": "Heat", "mediatype": "movie", "dbid": 1})
row.setProperty("IsPlayable", "true")
xbmcplugin.addDirectoryItem(handle, sys.argv[0] + "play/1", row)
xbmcplugin.setContent(handle, "movies")
xbmcplugin.endOfDirectory(handle)
"""
FILM_LISTS = {
    "all films": FILMS,
    "genre": "videodb://movies/genres/{genre}/",
    "year": "videodb://movies/years/1995/",
    "set": "videodb://movies/sets/{set}/",
    "recently added": "videodb://recentlyaddedmovies/",
    "smart playlist": "{playlist}",
    "filter": FILMS + '?xsp={{"rules":{{"and":[{{"field":"title","operator":"contains",'
    '"value":["ea"]}}]}},"type":"movies"}}',
    "files of films": "{media}/library1/films/",
}
EPISODE_LISTS = {
    "season": SERIES + "{series}/1/",
    "all seasons": SERIES + "{series}/-1/",
    "recently added": "videodb://recentlyaddedepisodes/",
    "files of episodes": "{media}/library1/series/Dark (2017)/",
}
# path, and the watched episodes that each row is to count
SERIES_LISTS = {
    "all series": (SERIES, {"Dark": "1"}),
    "year": ("videodb://tvshows/years/2017/", {"Dark": "1"}),
    "seasons": (SERIES + "{series}/", {"* All seasons": "1", "Season 1": "1", "Season 2": "0"}),
}
OTHERS = {
    "add-on": (f"plugin://{PLUGIN}/", "videos"),
    "add-ons": ("addons://user/", "addonbrowser"),
    "music": ("sources://music/", "music"),
    "video sources": ("sources://video/", "videos"),
    "genres": ("videodb://movies/genres/", "videos"),
}
PLAYLIST = """<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>
<smartplaylist type="movies"><name>Nineties</name><match>all</match>
<rule field="year" operator="greaterthan"><value>1990</value></rule></smartplaylist>"""


@pytest.fixture(scope="module")
def room(
    shared_kodi_factory: KodiFactory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivingRoom]:
    plugin = tmp_path_factory.mktemp("addons") / PLUGIN
    plugin.mkdir()
    (plugin / "addon.xml").write_text(ABOUT)
    (plugin / "main.py").write_text(CODE)
    with living_room(shared_kodi_factory, addons=[plugin]) as room:
        library, simkl = room.new_library(), room.simkl
        for number, name in enumerate(("Heat", "Dead Man"), 1):
            ids = {"tmdb": str(number)}
            library.film(name, 1995, ids=ids, genre="Drama", set_name="The Set")
            title = simkl.add_film(name, 1995, tmdb=number)
            if name == "Heat":
                simkl.person.watch(title, at=AT)
        library.series("Dark", 2017, {1: 3, 2: 1}, ids={"tvdb": "9"})
        dark = simkl.add_series("Dark", 2017, {1: 3, 2: 1}, tvdb=9)
        simkl.person.watch(dark, season=1, episode=2, at=AT)
        playlists = room.kodi.home_folder.userdata / "playlists" / "video"
        playlists.mkdir(parents=True)
        (playlists / "nineties.xsp").write_text(PLAYLIST)
        room.kodi.add_library(library)
        room.kodi.start()
        # The first call of all takes longer: a test that waits for none must not be fooled.
        room.kodi.open(FILMS)
        room.wait_for_ticks("Heat")
        yield room


@pytest.fixture(autouse=True)
def _nothing_is_ticked_or_known(room: LivingRoom) -> None:
    room.kodi.home()
    for video in [*room.kodi.films(), *room.kodi.episodes()]:
        details: dict[str, Any] = {"playcount": 0, "lastplayed": ""}
        room.kodi.rpc("Files.SetFileDetails", file=video["file"], media="video", **details)
    room.forget_answers()


def path(room: LivingRoom, template: str) -> str:
    def number(of: str, name: str) -> object:
        return next(row[f"{of}id"] for row in found(of) if row["label"] == name)

    def found(of: str) -> list[dict[str, object]]:
        asked = {
            "genre": lambda: room.kodi.rpc("VideoLibrary.GetGenres", type="movie")["genres"],
            "set": lambda: room.kodi.rpc("VideoLibrary.GetMovieSets")["sets"],
        }
        return list(asked[of]())

    home = room.kodi.home_folder
    return template.format(
        genre=number("genre", "Drama"),
        set=number("set", "The Set"),
        series=room.kodi.series()[0]["tvshowid"],
        media=home.media,
        playlist=Path(home.userdata / "playlists" / "video" / "nineties.xsp"),
    )


@pytest.mark.parametrize("kind", FILM_LISTS)
def test_a_list_of_films_is_ticked(room: LivingRoom, kind: str) -> None:
    before = len(room.asked())
    room.kodi.open(path(room, FILM_LISTS[kind]))
    room.wait_for_ticks("Heat")
    room.let_it_look(0.3)
    assert [row["Label"] for row in room.kodi.rows("Label")].count("Dead Man") == 1
    assert room.ticked() == ["Heat"]
    asked = room.asked()[before:]
    assert len(asked) == 1
    assert sorted(item["ids"]["tmdb"] for item in asked[0]) == [1, 2]


@pytest.mark.parametrize("kind", EPISODE_LISTS)
def test_a_list_of_episodes_is_ticked(room: LivingRoom, kind: str) -> None:
    before = len(room.asked())
    room.kodi.open(path(room, EPISODE_LISTS[kind]))
    room.kodi.wait_for(room.ticked, what="the tick")
    room.let_it_look(0.3)
    assert len(room.kodi.rows("Label")) >= 3
    assert [label[-9:] for label in room.ticked()] == ["Episode 2"]
    assert room.asked()[before:] == [[{"type": "show", "ids": {"tvdb": 9}}]]


@pytest.mark.parametrize("kind", SERIES_LISTS)
def test_a_list_of_series_counts_anew(room: LivingRoom, kind: str) -> None:
    template, expected = SERIES_LISTS[kind]
    room.kodi.open(path(room, template))
    count = "Property(WatchedEpisodes)"
    room.kodi.wait_for(
        lambda: {row["Label"]: row[count] for row in room.kodi.rows("Label", count)} == expected,
        what="the counts",
    )
    assert room.ticked() == []


def test_the_folder_of_one_film_is_ticked(room: LivingRoom) -> None:
    """A plain file row, once the film was seen in a list: Kodi draws what it keeps of the file."""
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    room.kodi.open(path(room, "{media}/library1/films/Heat (1995)/"))
    room.kodi.wait_for(lambda: room.ticked() == ["Heat (1995).mkv"], what="the tick")


@pytest.mark.parametrize("kind", OTHERS)
def test_lists_of_others_cause_no_request(room: LivingRoom, kind: str) -> None:
    before = len(room.asked())
    where, window = OTHERS[kind]
    room.kodi.open(where, window=window)
    room.let_it_look(0.7)
    assert len(room.asked()) == before
    room.kodi.open(FILMS)
    room.wait_for_ticks("Heat")
    assert [len(items) for items in room.asked()[before:]] == [2]
