"""The zip that `make zip` builds, installed as a person installs it."""

from __future__ import annotations

from tests.simkl_server import SimklServer
from tools.zip import ADDON_ID

from .harness.driver import Kodi, KodiFactory
from .harness.install import install_through_gui
from .harness.living_room import FILMS, LivingRoom, built_zip


def test_the_zip_installs_from_a_file_and_ticks_after_signing_in(
    kodi_factory: KodiFactory,
) -> None:
    with SimklServer() as simkl:
        room = a_room_without_the_add_on(kodi_factory(), simkl)
        assert install_through_gui(room.kodi, built_zip()) == ADDON_ID
        assert version(room.kodi) == "0.1.0"
        room.kodi.wait_for(
            lambda: any("sign in" in said for said in room.kodi.notifications()), what="the welcome"
        )
        room.restart_the_add_on()
        room.let_it_look(6)  # longer than it waits before it welcomes
        assert len([said for said in room.kodi.notifications() if "Welcome" in said]) == 1
        sign_in(room)
        room.kodi.open(FILMS)
        room.wait_for_ticks("Heat")
        room.kodi.home()
        # An update while it runs: the sign-in, its settings and what is known stay.
        room.kodi.install(built_zip())
        room.kodi.wait_for(lambda: name(room) == "Ann", what="the add-on to run again")
        simkl.forget_requests()
        room.untick(room.kodi.film("Heat")["file"])
        room.kodi.open(FILMS)
        room.wait_for_ticks("Heat")
        assert simkl.wait_for(lambda: simkl.requests_to("/sync/activities"))
        assert room.asked() == []
        assert "Traceback" not in room.kodi.log()
        assert simkl.violations == []


def a_room_without_the_add_on(kodi: Kodi, simkl: SimklServer) -> LivingRoom:
    room = LivingRoom(kodi, simkl)
    library = room.new_library()
    library.film("Heat", 1995, ids={"imdb": "tt0113277"})
    simkl.person.watch(simkl.add_film("Heat", 1995, imdb="tt0113277"), at="2024-03-01T20:00:00Z")
    kodi.add_library(library)
    kodi.start()
    return room


def sign_in(room: LivingRoom) -> None:
    """What the person has to enter, and the code."""
    room.set_setting("api_url", room.simkl.url)
    room.set_setting("client_id", room.simkl.client_id)
    room.simkl.set_code(interval=1)
    room.kodi.rpc("Addons.ExecuteAddon", addonid=ADDON_ID)
    room.kodi.wait_for(
        lambda: (
            room.kodi.label("Container(103).ListItem.Label") == "Sign in"
            and room.kodi.condition("Control.HasFocus(103)")
        ),
        what="the menu",
    )
    room.kodi.key("return")
    room.kodi.wait_for(room.simkl.waiting_codes, what="a code")
    room.simkl.approve(room.simkl.waiting_codes()[-1])
    room.kodi.wait_for(lambda: name(room) == "Ann", what="the sign-in")


def name(room: LivingRoom) -> str:
    return room.kodi.get_setting(ADDON_ID, "account")


def version(kodi: Kodi) -> str:
    found = kodi.rpc("Addons.GetAddonDetails", addonid=ADDON_ID, properties=["version"])
    return str(found["addon"]["version"])
