"""An add-on that deletes what was watched long ago, beside ticks with old dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.ui.cleaner_notice import CLEANERS

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, living_room

OLD = "2019-03-01T20:00:00Z"
RULES = {
    "and": [
        {"field": "playcount", "operator": "greaterthan", "value": "0"},
        {"field": "lastplayed", "operator": "notinthelast", "value": "7"},
    ]
}
"""What such an add-on looks for."""


def cleaner(folder: Path, addon_id: str) -> Path:
    """An add-on of that id, which does nothing."""
    made = folder / addon_id
    made.mkdir()
    (made / "addon.xml").write_text(
        f'<addon id="{addon_id}" name="The cleaner" version="1.0.0" provider-name="tests">'
        '<requires><import addon="xbmc.python" version="3.0.0"/></requires>'
        '<extension point="xbmc.service" library="main.py"/>'
        '<extension point="xbmc.addon.metadata"><platform>all</platform></extension></addon>'
    )
    (made / "main.py").write_text("")
    return made


@pytest.mark.parametrize("addon_id", CLEANERS)
def test_that_a_cleaner_may_delete_what_is_ticked_is_said_before_the_first_tick(
    kodi_factory: KodiFactory, tmp_path: Path, addon_id: str
) -> None:
    with living_room(kodi_factory, addons=[cleaner(tmp_path, addon_id)]) as room:
        library = room.new_library()
        for number, (name, at) in enumerate((("New", None), ("Old", OLD)), 1):
            library.film(name, 2026, ids={"tmdb": str(number)})
            room.simkl.person.watch(room.simkl.add_film(name, 2026, tmdb=number), at=at)
        room.kodi.add_library(library)
        room.kodi.start()
        assert room.kodi.rpc("VideoLibrary.GetMovies", filter=RULES)["limits"]["total"] == 0
        room.kodi.open(FILMS)
        room.kodi.wait_for(room.kodi.notifications, what="the sentence")
        room.wait_for_ticks("New", "Old")
        room.let_it_look(3)
        assert room.kodi.rpc("VideoLibrary.GetMovies", filter=RULES)["limits"]["total"] > 0
        [said] = [each for each in room.kodi.notifications() if "The cleaner" in each]
        assert said.startswith("Simkl Watched: The cleaner may delete videos that are ticked with")
