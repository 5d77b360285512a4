"""Two boxes of which one is a copy of the other: they share one sign-in, and replace each other's
access token at Simkl.
"""

from __future__ import annotations

import json
import shutil
import time

from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room, room_beside

AT = "2024-03-01T20:00:00Z"
TOKEN = "/oauth2/token"
TURNS = 6


def test_two_boxes_with_one_sign_in_go_on_without_a_new_one(kodi_factory: KodiFactory) -> None:
    with living_room(kodi_factory) as room:
        add_film(room)
        room.simkl.person.watch(room.simkl.add_film("Heat", 1995, imdb="tt0113277"), at=AT)
        copy = copy_of(room, kodi_factory)
        refresh_soon(room)
        room.kodi.start()
        copy.kodi.start()
        for turn in range(TURNS):
            box = (room, copy)[turn % 2]
            for each in (room, copy):
                each.kodi.home()
            room.let_it_look(1.2)  # two boxes have no pace in common
            box.forget_answers()
            box.untick(box.kodi.film("Heat")["file"])
            box.kodi.open(FILMS)
            box.wait_for_ticks("Heat")
        # The first refresh took the other's token away, and so on: each refusal led to one more.
        room.let_it_look(3)
        refused = [each for each in room.simkl.requests if each.status == 401]
        assert TURNS - 1 <= len(refused) == len(room.simkl.requests_to(TOKEN)) - 1 <= 2 * TURNS
        asked = len(room.simkl.requests)
        room.let_it_look(10)
        assert len(room.simkl.requests) == asked
        for box in (room, copy):
            assert box.account_file.exists()
            assert box.kodi.get_setting(ADDON_ID, "account") == "Ann"


def copy_of(room: LivingRoom, make: KodiFactory) -> LivingRoom:
    copy = room_beside(room.simkl, make)
    copy.account_file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(room.account_file, copy.account_file)
    add_film(copy)
    return copy


def refresh_soon(room: LivingRoom) -> None:
    account = json.loads(room.account_file.read_text())
    account["expires_at"] = time.time() + 3600
    room.account_file.write_text(json.dumps(account))


def add_film(room: LivingRoom) -> None:
    library = room.new_library()
    library.film("Heat", 1995, ids={"imdb": "tt0113277"})
    room.kodi.add_library(library)
