"""SimklServer: what a test or a developer holds in the hand."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Callable, Iterable, Mapping

from .grants import READ, Tokens, granted, made_up_client_id
from .journal import Journal, Request
from .people import Person
from .site import Site
from .wire import Wire

if TYPE_CHECKING:
    from .catalogue import Episode, Title
    from .clock import Clock
    from .codes import Code
    from .faults import Fault


@dataclass
class _Trouble:
    path: str
    fault: Fault
    left: int | None  # None: until behave()


class SimklServer:
    """A Simkl on 127.0.0.1, for the length of a `with` block. Port 0 takes any that is free."""

    def __init__(self, port: int = 0, listener: Callable[[Request], None] | None = None) -> None:
        self._journal = Journal(listener)
        self._site = Site(self._journal)
        self._troubles: list[_Trouble] = []
        self._wire = Wire(port, self._site, self._fault_for)
        self._people: list[Person] = []
        self.url = f"http://127.0.0.1:{self._wire.server_port}"
        self.client_id = self.add_client_id(made_up_client_id(2), generation=2)
        self.old_client_id = self.add_client_id(made_up_client_id(1), generation=1)
        self.person = self.add_person("Ann")

    def __enter__(self) -> SimklServer:
        self._wire.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._wire.stop()

    # What there is.

    def add_client_id(self, text: str, generation: int) -> str:
        return self._site.clients.add(text, generation)

    def add_person(self, name: str, plan: str = "free") -> Person:
        person = Person(name, len(self._people) + 1, plan, self.clock)
        self._people.append(person)
        return person

    def add_film(self, title: str, year: int, **ids: object) -> Title:
        with self._site.lock:
            return self._site.catalogue.add("movie", title, year, ids)

    def add_series(
        self,
        title: str,
        year: int,
        seasons: Mapping[int, int],
        *,
        anime: bool = False,
        unaired: Iterable[Episode] = (),
        cour_of: Title | None = None,
        tvdb_season: int | None = None,
        **ids: object,
    ) -> Title:
        """`seasons` maps numbers to episode counts. A cour is a title of its own, and at the same
        time the season `tvdb_season` of the TVDB series whose ids the first cour has.
        """
        with self._site.lock:
            catalogue = self._site.catalogue
            kind = "anime" if anime else "show"
            added = catalogue.add(kind, title, year, ids, seasons, tuple(unaired))
            if cour_of and tvdb_season is not None:
                catalogue.map_season(cour_of, tvdb_season, added)
            return added

    # Signing in, from Simkl's side.

    def sign_in(
        self, client_id: str | None = None, person: Person | None = None, scope: str = READ
    ) -> Tokens:
        """A ready-made grant, as the token endpoint would have answered."""
        client_id = client_id or self.client_id
        generation = self._site.clients.generation(client_id)
        if generation is None:
            raise ValueError("no such client id")
        with self._site.lock:
            who, now = person or self.person, self.clock.now()
            grant = self._site.grants.new(client_id, generation, who, granted(scope), now)
            return grant.tokens()

    def waiting_codes(self) -> list[str]:
        with self._site.lock:
            return self._site.codes.waiting(self.clock.now())

    def approve(self, user_code: str, person: Person | None = None) -> None:
        self._code(user_code).approved_by = person or self.person

    def deny(self, user_code: str) -> None:
        self._code(user_code).denied = True

    def forget_code(self, user_code: str) -> None:
        """The code is gone, as if it had run out."""
        self._code(user_code).gone = True

    def slow_down(self, user_code: str) -> None:
        """The next poll is told to slow down, without being to blame."""
        self._code(user_code).slow_next = True

    def set_code(self, *, interval: float = 5, life: float = 900) -> None:
        """Seconds, for the codes made from now on."""
        self._site.codes.interval, self._site.codes.life = interval, life

    def expire_access(self, access_token: str) -> None:
        grant = self._site.grants.find(access_token)
        if grant is None:
            raise ValueError("no such token")
        grant.access_ends = 0.0

    def make_read_only(self, access_token: str) -> None:
        """From now on the token may only read, which nobody tells the client."""
        grant = self._site.grants.find(access_token)
        if grant is None:
            raise ValueError("no such token")
        grant.scope, grant.knows_scope = READ, False

    def revoke(self, token: str) -> None:
        """By the access or the refresh token: the person removed the app on simkl.com."""
        grant = self._site.grants.find(token)
        if grant is None:
            raise ValueError("no such token")
        grant.revoked = True

    # Time, trouble and the budget.

    @property
    def clock(self) -> Clock:
        return self._site.clock

    @property
    def delay(self) -> float:
        """Seconds before each answer; a change holds for what waits already."""
        return self._wire.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._wire.delay = seconds

    def misbehave(self, path: str, fault: Fault, times: int | None = 1) -> None:
        """Paths may hold a `*`. Faults for one path take their turns; None is until behave()."""
        with self._site.lock:
            self._troubles.append(_Trouble(path, fault, times))

    def behave(self) -> None:
        """No fault any more, and nobody is held by a Retry-After."""
        with self._site.lock:
            self._troubles.clear()
            self._site.pacing.release()
            for person in self._people:
                person.write_lock.release()

    def used_calls(self, person: Person | None = None) -> int:
        """Of today."""
        return (person or self.person).quota.used

    # What was seen.

    @property
    def requests(self) -> list[Request]:
        return self._journal.requests()

    def requests_to(self, path: str, method: str | None = None) -> list[Request]:
        """In the order of arrival; the path may hold a `*`."""
        return [
            request
            for request in self.requests
            if fnmatchcase(request.path, path) and method in (None, request.method)
        ]

    @property
    def violations(self) -> list[str]:
        """Every breach of the contract by the client; empty is what a test wants at its end."""
        return self._journal.violations()

    def secrets(self) -> list[str]:
        """Every token and device code that was ever given away."""
        return [*self._site.grants.secrets(), *self._site.codes.secrets()]

    def forget_requests(self) -> None:
        """Requests and violations, for a server that serves several tests."""
        self._journal.clear()

    def wait_for(self, condition: Callable[[], object], timeout: float = 20) -> bool:
        """Whether it came true within `timeout` seconds."""
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() >= end:
                return False
            time.sleep(0.005)
        return True

    def _code(self, user_code: str) -> Code:
        code = self._site.codes.shown(user_code)
        if code is None:
            raise ValueError("no such code")
        return code

    def _fault_for(self, path: str) -> Fault | None:
        with self._site.lock:
            for trouble in self._troubles:
                if trouble.left == 0 or not fnmatchcase(path, trouble.path):
                    continue
                if trouble.left is not None:
                    trouble.left -= 1
                return trouble.fault
        return None
