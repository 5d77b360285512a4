"""What Kodi draws of other add-ons' lists on the home screen: no tick, whoever wrote it."""

from __future__ import annotations

from pathlib import Path

from .harness import plugin, skin
from .harness.driver import KodiFactory
from .harness.library import Library

ADDON = "plugin.video.test.widget"
FILM = f"plugin://{ADDON}/play/?film=1"
LIST = plugin.path(ADDON, "films")
WIDGET = "Container(5200)"
DATE = "2024-03-01 21:00:00"


def test_a_list_of_an_add_on_on_the_home_screen_shows_no_tick(
    kodi_factory: KodiFactory, tmp_path: Path
) -> None:
    rows = [{"mediatype": "movie", "title": "Heat", "path": FILM}]
    made = plugin.plugin(tmp_path / "addons", ADDON, {"films": {"rows": rows}})
    kodi = kodi_factory(addons=[made])
    library = Library(kodi.home_folder.media / "library")
    library.film("Ronin", 1998)  # an empty library has no lists on the home screen
    kodi.add_library(library)
    kodi.start()
    kodi.quit()
    skin.put_on_home(kodi.home_folder.addons / skin.SKIN, LIST)
    kodi.start()
    labels = [f"{WIDGET}.ListItem(0).{name}" for name in ("FileNameAndPath", "PlayCount")]

    def shown() -> list[str]:
        return list(kodi.labels(*labels).values())

    kodi.home()
    kodi.wait_for(lambda: shown()[0] == FILM, what="the add-on's list on the home screen")
    kodi.rpc("Files.SetFileDetails", file=FILM, media="video", playcount=1, lastplayed=DATE)
    kodi.open(LIST)
    kodi.wait_for(lambda: kodi.rows("PlayCount") == [{"PlayCount": "1"}], what="the tick")
    kodi.home()  # its lists are loaded again
    kodi.wait_for(lambda: shown()[0] == FILM, what="the list again")
    assert shown() == [FILM, ""]
