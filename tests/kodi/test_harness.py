"""The ground itself: that a real Kodi starts, shows, hears, and leaves as the tests expect."""

from __future__ import annotations

import os
import signal
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from zoneinfo import ZoneInfo

from .harness.driver import Kodi, KodiFactory
from .harness.install import install_through_gui
from .harness.library import Library
from .harness.rpc import RpcError
from .harness.screen import brightness

FILMS = "videodb://movies/titles/"
DARK_1 = "videodb://tvshows/titles/1/1/"


@pytest.fixture(scope="module")
def kodi(shared_kodi_factory: KodiFactory) -> Kodi:
    kodi = shared_kodi_factory()
    library = Library(kodi.home_folder.media / "library")
    library.film("Heat", 1995, ids={"imdb": "tt0113277", "tmdb": "949"}, default_id="tmdb")
    library.film("Nameless")
    library.film("Twice", 2001, copies=2, set_name="The Set", genre="Drama")
    library.series("Dark", 2017, {1: 10, 2: 8}, ids={"tvdb": "334824"}, double=((2, 1),))
    kodi.add_library(library)
    kodi.start()
    return kodi


SAY_HELLO = """
import requests
from kodi_six import xbmc
import xbmcaddon
addon = xbmcaddon.Addon()
line = f"{addon.getAddonInfo('id')} {addon.getAddonInfo('version')} runs with requests"
xbmc.log(f"{line} {requests.__version__}", xbmc.LOGINFO)
"""
DIALOGS = {
    "ok": "xbmcgui.Dialog().ok('A heading', 'Some words')",
    "yesno": "xbmcgui.Dialog().yesno('A heading', 'Some words')",
    "select": "xbmcgui.Dialog().select('A heading', ['Some words'])",
    "textviewer": "xbmcgui.Dialog().textviewer('A heading', 'Some words')",
    "progress": (
        "dialog = xbmcgui.DialogProgress(); dialog.create('A heading', 'Some words')\n"
        "while not dialog.iscanceled(): xbmc.sleep(50)\n"
        "dialog.close()"
    ),
}


def tiny_addon(folder: Path, addon_id: str, version: str, code: str = SAY_HELLO) -> Path:
    """The zip of a service that runs `code` once."""
    archive = folder / f"{addon_id}-{version}.zip"
    needs = "".join(
        f'<import addon="{module}"{at_least}/>'
        for module, at_least in (
            ("xbmc.python", ' version="3.0.0"'),
            ("script.module.requests", ""),
            ("script.module.kodi-six", ""),
        )
    )
    about = (
        f'<addon id="{addon_id}" name="Tiny" version="{version}" provider-name="test">'
        f'<requires>{needs}</requires><extension point="xbmc.service" library="tiny.py"/>'
        '<extension point="xbmc.addon.metadata"><platform>all</platform></extension></addon>'
    )
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr(f"{addon_id}/addon.xml", about)
        content.writestr(f"{addon_id}/tiny.py", code)
    return archive


def wait_until_it_runs(kodi: Kodi, addon_id: str, version: str) -> None:
    kodi.wait_for(
        lambda: any(f"{version} runs with requests 2" in line for line in kodi.addon_log(addon_id)),
        what=f"{addon_id} {version} to write its line",
    )


def test_scan_brings_films_with_their_ids_and_names(kodi: Kodi) -> None:
    assert [film["title"] for film in kodi.films()] == ["Heat", "Nameless", "Twice", "Twice"]
    assert kodi.film("Heat")["uniqueid"] == {"imdb": "tt0113277", "tmdb": "949"}
    assert "uniqueid" not in kodi.film("Nameless")


def test_scan_brings_both_episodes_of_a_double_file(kodi: Kodi) -> None:
    first, second = kodi.episode("Dark", 2, 1), kodi.episode("Dark", 2, 2)
    assert first["file"] == second["file"]
    assert len(kodi.episodes("Dark")) == 18


def test_rows_are_those_of_the_list_on_screen(kodi: Kodi) -> None:
    kodi.open(DARK_1)
    kodi.wait_for(lambda: len(kodi.rows()) == 10, what="the rows")
    rows = kodi.rows("DBTYPE", "Season", "Episode", "Overlay")
    assert [row["Episode"] for row in rows] == [str(n) for n in range(1, 11)]
    assert {row["Overlay"] for row in rows} == {"OverlayUnwatched.png"}


def test_rows_leave_out_the_way_up(kodi: Kodi) -> None:
    kodi.open("sources://video/")
    kodi.open(f"{kodi.home_folder.media}/library/")
    kodi.wait_for(
        lambda: [row["Label"] for row in kodi.rows()] == ["films", "series"], what="the rows"
    )


def test_key_press_moves_the_focus(kodi: Kodi) -> None:
    kodi.open(FILMS)
    before = kodi.label("Container.CurrentItem")
    kodi.key("down")
    kodi.wait_for(lambda: kodi.label("Container.CurrentItem") != before, what="the focus to move")


def test_focus_goes_where_it_is_told(kodi: Kodi) -> None:
    kodi.open(FILMS)
    kodi.focus(2)
    kodi.wait_for(lambda: kodi.label("ListItem.Label") == "Twice", what="the focus on Twice")


def test_picture_shows_something(kodi: Kodi, tmp_path: Path) -> None:
    kodi.open(FILMS)
    assert 0.02 < brightness(kodi.picture("films", tmp_path)) < 0.98


def test_listener_hears_a_mark_made_through_kodi(kodi: Kodi) -> None:
    episode = kodi.episode("Dark", 1, 3)["episodeid"]
    kodi.rpc("VideoLibrary.SetEpisodeDetails", episodeid=episode, playcount=1)
    kodi.wait_for(kodi.marks_heard, what="the listener to hear the mark")
    assert kodi.marks_heard() == [{"item": {"id": episode, "type": "episode"}, "playcount": 1}]
    assert kodi.watched("Dark", 1, 3).playcount == 1


def test_watch_sees_a_tick_appear(kodi: Kodi) -> None:
    kodi.open(FILMS)
    heat = kodi.film("Heat")
    kodi.rpc("Files.SetFileDetails", file=heat["file"], media="video", playcount=1)
    seen = kodi.watch_ticks(0.5)
    assert seen["changes"][-1][1:] == [1, 4]
    assert seen["longest_gap"] < 0.5


def test_notification_is_noted(kodi: Kodi) -> None:
    kodi.builtin("Notification(A heading,Some words,1000)")
    kodi.wait_for(lambda: "A heading: Some words" in kodi.notifications(), what="the notification")


@pytest.mark.parametrize("kind", DIALOGS)
def test_dialog_is_read_and_left(kodi: Kodi, tmp_path: Path, kind: str) -> None:
    kodi.home()
    code = f"import xbmc, xbmcgui\n{DIALOGS[kind]}"
    kodi.install(tiny_addon(tmp_path, f"service.test.{kind}", "1.0.0", code))
    kodi.wait_for(
        lambda: kodi.dialog().startswith("A heading\nSome words"), what=f"the words of {kind}"
    )
    kodi.press_cancel()
    kodi.wait_for(lambda: kodi.dialog() == "", what="the dialog to go")


def test_wrong_call_says_what_was_asked(kodi: Kodi) -> None:
    with pytest.raises(RpcError, match="SetMovieDetails"):
        kodi.rpc("VideoLibrary.SetMovieDetails", movieid=999_999, playcount=1)


def test_library_joins_a_running_kodi(kodi: Kodi) -> None:
    later = Library(kodi.home_folder.media / "later")
    later.film("Later", 2020)
    kodi.add_library(later)
    assert kodi.film("Later")["year"] == 2020


def test_library_outside_the_sources_is_refused(kodi: Kodi, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no new source"):
        kodi.add_library(Library(tmp_path))


def test_zip_is_installed_and_updated_quickly(kodi: Kodi, tmp_path: Path) -> None:
    for version in ("1.0.0", "1.1.0"):
        kodi.install(tiny_addon(tmp_path, "service.test.quick", version))
        wait_until_it_runs(kodi, "service.test.quick", version)


def test_zip_is_installed_as_a_person_does_it(kodi: Kodi, tmp_path: Path) -> None:
    install_through_gui(kodi, tiny_addon(tmp_path, "service.test.tiny", "1.0.0"))
    wait_until_it_runs(kodi, "service.test.tiny", "1.0.0")


def test_clock_is_that_of_the_time_zone(kodi_factory: KodiFactory) -> None:
    kodi = kodi_factory(timezone="America/New_York")
    library = Library(kodi.home_folder.media / "library")
    library.film("Heat", 1995)
    kodi.add_library(library)
    kodi.start()
    kodi.rpc("VideoLibrary.SetMovieDetails", movieid=kodi.film("Heat")["movieid"], playcount=1)
    zone = ZoneInfo("America/New_York")
    written = datetime.fromisoformat(kodi.watched("Heat").lastplayed).replace(tzinfo=zone)
    assert abs(datetime.now(zone) - written) < timedelta(minutes=1)


def test_kodi_quits_and_starts_again_with_what_it_knew(kodi_factory: KodiFactory) -> None:
    kodi = kodi_factory()
    library = Library(kodi.home_folder.media / "library")
    library.film("Heat", 1995)
    kodi.add_library(library)
    kodi.start()
    assert kodi.quit() < 10
    assert not kodi.running
    kodi.start()
    assert kodi.film("Heat")["year"] == 1995


_CRASHED: list[str] = []


def test_a_test_in_which_kodi_crashes_is_run_once_more(kodi: Kodi) -> None:
    assert kodi.running
    if not _CRASHED:
        _CRASHED.append("once")
        os.kill(kodi.pid, signal.SIGSEGV)
        kodi.wait_for(lambda: not kodi.running, what="the crash")
        kodi.rpc("JSONRPC.Ping")
    assert kodi.film("Heat")["year"] == 1995
