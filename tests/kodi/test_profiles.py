"""Each profile of Kodi has a sign-in, answers and ticks of its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.simkl_server import Person
from tools.zip import ADDON_ID

from .harness.driver import KodiFactory
from .harness.living_room import FILMS, LivingRoom, living_room
from .harness.rpc import RpcError
from .harness.system import outside

AT = "2024-03-01T20:00:00Z"
MASTER, OTHER = "Master user", "Bob"
_SWITCHES = 20


class Profiles:
    """A Kodi with two profiles; Ann is signed in in the first, Bob in the second."""

    def __init__(self, room: LivingRoom) -> None:
        self.room = room
        self.bob = room.simkl.add_person("Bob")
        self.people: dict[str, Person] = {MASTER: room.simkl.person, OTHER: self.bob}

    def enter(self, profile: str) -> None:
        kodi = self.room.kodi
        kodi.rpc("GUI.ActivateWindow", window="home")
        kodi.wait_for(self._is_at_home, what="the home screen")
        kodi.rpc("Input.Right")  # somebody is there who chooses it
        self.room.let_it_look(0.5)
        entered = kodi.log().count(_ENTERED)
        kodi.rpc("Profiles.LoadProfile", profile=profile)
        # Kodi waits for the web server to end, which would wait for Kodi with a question in hand.
        self._wait_for(lambda: kodi.log().count(_ENTERED) > entered, profile)
        self._wait_for(lambda: self._is_in(profile), f"the profile {profile}")

    def _wait_for(self, question: Callable[[], bool], what: str) -> None:
        kodi = self.room.kodi
        kodi.wait_for(lambda: question() or not kodi.running, timeout=60, what=what)
        if not kodi.running and outside("/usr/bin/python3.14").exists():
            pytest.skip("Kodi 21.3 fell over: Python 3.14 lets it, where several scripts start")
        assert kodi.running

    def _is_in(self, profile: str) -> bool:
        try:
            current = self.room.kodi.rpc("Profiles.GetCurrentProfile", timeout=5)["label"]
            return bool(current == profile) and self._is_at_home()
        except RpcError:  # the web server goes down and comes up again meanwhile
            return False

    def _is_at_home(self) -> bool:
        asked = self.room.kodi.rpc("XBMC.GetInfoBooleans", booleans=[_HOME])
        return bool(asked[_HOME])

    def open_list(self) -> None:
        self.room.kodi.rpc("GUI.ActivateWindow", window="videos", parameters=[FILMS])

    def ticked(self) -> list[str]:
        names = [f"Container.ListItemAbsolute({n}).{name}" for n in (1, 2) for name in _READ]
        said = self.room.kodi.rpc("XBMC.GetInfoLabels", labels=names)
        rows = [[said[f"Container.ListItemAbsolute({n}).{name}"] for name in _READ] for n in (1, 2)]
        return [label for label, overlay in rows if overlay == "OverlayWatched.png"]

    def kept(self, profile: str) -> list[str]:
        """The films that the profile's library has as watched."""
        userdata = self.room.kodi.home_folder.userdata
        folder = userdata if profile == MASTER else userdata / "profiles" / profile
        [database] = (folder / "Database").glob("MyVideos*.db")
        with closing(sqlite3.connect(database)) as connection:
            return [name for (name,) in connection.execute(_WATCHED)]

    def token_of(self, request: Any) -> str:
        """Whose token a request had."""
        grant = self.room.simkl._site.grants.find(request.token)
        assert grant is not None
        return grant.person.name


_ENTERED = "Window Init (Startup.xml)"
_HOME = "Window.IsActive(home)"
_WATCHED = "SELECT c00 FROM movie JOIN files USING (idFile) WHERE playCount > 0"
_READ = ("Label", "Overlay")


@pytest.fixture
def profiles(kodi_factory: KodiFactory) -> Iterator[Profiles]:
    with living_room(kodi_factory) as room:
        library = room.new_library()
        found = Profiles(room)
        for number, person in enumerate(found.people.values(), 1):
            name = f"{person.name}'s"
            library.film(name, 1995, ids={"tmdb": str(number)})
            person.watch(room.simkl.add_film(name, 1995, tmdb=number), at=AT)
        room.kodi.add_library(library)
        room.kodi.start()
        room.kodi.quit()
        _sign_bob_in(room, found.bob)
        room.kodi.start()
        yield found


def _sign_bob_in(room: LivingRoom, bob: Person) -> None:
    """In a profile of his own, which is made."""
    home = room.kodi.home_folder
    profile = home.add_profile(OTHER)
    shutil.copytree(home.userdata / "Database", profile.userdata / "Database")
    data = profile.data(ADDON_ID)
    data.mkdir(parents=True)
    shutil.copy(home.data(ADDON_ID) / "settings.xml", data)
    account = json.loads(room.account_file.read_text())
    grant = room.simkl.sign_in(room.simkl.client_id, bob)
    account.update(access_token=grant.access_token, refresh_token=grant.refresh_token, name="Bob")
    (data / "account.json").write_text(json.dumps(account))


def test_each_profile_asks_and_ticks_for_its_own_person(profiles: Profiles) -> None:
    room, expected = profiles.room, {MASTER: "Ann's", OTHER: "Bob's"}
    names_of = {profile: person.name for profile, person in profiles.people.items()}
    before, asked = MASTER, 0
    for number in range(_SWITCHES):
        profile = (OTHER, MASTER)[number % 2]
        is_amid = number == 4  # the next switch is amid a request
        room.simkl.delay = 1.5 if is_amid else 0
        profiles.enter(profile)
        entered = len(room.simkl.requests)
        profiles.open_list()
        if is_amid:
            room.kodi.wait_for(lambda: len(room.simkl.requests) > entered, what="a request")  # noqa: B023
        else:
            room.kodi.wait_for(
                lambda: expected[profile] in profiles.ticked(),  # noqa: B023
                what=f"the tick of {profile}",
            )
        names = [profiles.token_of(each) for each in room.simkl.requests[asked:]]
        assert names == sorted(names, key=[names_of[before], names_of[profile]].index)
        before, asked = profile, asked + len(names)
    # Not what is drawn: Kodi may show a list that it kept of the profile before.
    assert {profile: profiles.kept(profile) for profile in expected} == {
        profile: [title] for profile, title in expected.items()
    }
