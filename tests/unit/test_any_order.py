"""Lists, answers, faults, sign-ins and restarts in any order: nobody gets another's answer, no
answer says more than Simkl does, and in the end all is known.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lib.account import Account, Grant
from lib.answers import Film
from lib.remembered import Remembered
from lib.simkl import Simkl
from lib.store import Store
from lib.watched import Watched
from lib.worker import Worker
from tests.simkl_server import SimklServer, faults
from tests.unit.clocks import ForwardPace
from tests.unit.house import film

PEOPLE = ("Ann", "Bob")
NUMBERS = range(1, 4)
AT = "2024-03-01T20:00:00Z"
FAULTS = {
    "nothing": faults.silent_close,
    "half": faults.cut_in_the_middle,
    "page": faults.html,
    "no JSON": faults.half_json,
    "no content": faults.no_content,
    "shuffled": faults.shuffled(),
    "one less": faults.drop_entry(0),
    "500": faults.status(500),
    "429": faults.status(429, retry_after=30),
    "401": faults.status(401),
    "404": faults.status(404),
    "nonsense": faults.answer({"error": "nonsense"}),
}
OF_LISTS = ("shuffled", "one less")


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.server = SimklServer()
        self.server.__enter__()
        self.films = {n: self.server.add_film(f"Film {n}", 1990, tmdb=n) for n in NUMBERS}
        self.people = {name: self.server.add_person(name) for name in PEOPLE}
        self.seen: dict[str, set[int]] = {name: set() for name in PEOPLE}
        self.who = ""
        self.begin()

    @initialize(who=st.sampled_from(PEOPLE), numbers=st.sets(st.sampled_from(NUMBERS)))
    def settle_in(self, who: str, numbers: set[int]) -> None:
        """Somebody who has watched something is signed in."""
        for number in numbers:
            self.watch(who, number)
        self.sign_in(who)

    def begin(self) -> None:
        now = self.server.clock.now
        self.door = Simkl(self.server.url, "0.1.0", ForwardPace(self.server))
        self.account = Account(self.folder / "account.json", now)
        self.worker = Worker()
        self.store = Store(self.folder / "memory.db", print)
        remembered = Remembered(self.store)
        self.watched = Watched(
            self.account, self.worker, remembered, lambda _: None, lambda _: None, now
        )
        self.watched.begin(self.door, self.server.client_id)

    def end(self) -> None:
        self.worker.leave(5)  # first: what is half sent is no question
        self.door.leave()
        self.store.close()

    # -- what happens --

    @rule(who=st.sampled_from(PEOPLE))
    def sign_in(self, who: str) -> None:
        now = self.server.clock.now()
        given = self.server.sign_in(person=self.people[who])
        tokens = (given.access_token, given.refresh_token)
        names = (self.server.client_id, self.server.url)
        self.account.keep(Grant(2, *names, *tokens, now + (given.expires_in or 0), name=who))
        self.watched.begin(self.door, self.server.client_id)
        self.who = who

    @rule()
    def sign_out(self) -> None:
        self.account.forget()
        self.watched.begin(self.door, self.server.client_id)
        self.who = ""

    @rule(who=st.sampled_from(PEOPLE), number=st.sampled_from(NUMBERS))
    def watch(self, who: str, number: int) -> None:
        self.people[who].watch(self.films[number], at=AT)
        self.seen[who].add(number)

    @rule(numbers=st.lists(st.sampled_from(NUMBERS), min_size=1, unique=True))
    def open_list(self, numbers: list[int]) -> None:
        self.watched.begin_list()
        self.watched.want([film(number) for number in numbers])

    @rule()
    def step(self) -> None:
        self.watched.step()

    @rule()
    def wait_for_the_answer(self) -> None:
        end = time.monotonic() + 5
        self.watched.step()
        while self.watched.is_asking and time.monotonic() < end:
            time.sleep(0.001)
            self.watched.step()

    @rule()
    def look(self) -> None:
        self.watched.look()

    @rule(name=st.sampled_from(sorted(FAULTS)))
    def fail(self, name: str) -> None:
        path = "/sync/watched" if name in OF_LISTS else "*"
        self.server.misbehave(path, FAULTS[name], 1)

    @rule(seconds=st.sampled_from([1, 70, 400, 90_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.server.clock.forward(seconds)

    @precondition(lambda self: not self.watched.is_asking)
    @rule()
    def restart(self) -> None:
        self.end()
        self.begin()

    # -- what holds --

    @invariant()
    def no_answer_says_more_than_simkl_does(self) -> None:
        if not self.watched.can_ask:
            self.who = ""  # a 401 ends a sign-in
        assert self.ticked() <= self.seen.get(self.who, set())

    def ticked(self) -> set[int]:
        found = {number: self.watched.known(film(number)) for number in NUMBERS}
        return {
            number
            for number, known in found.items()
            if known and isinstance(known.answer, Film) and known.answer.watch
        }

    def teardown(self) -> None:
        try:
            self.settle()
            assert self.ticked() == self.seen[self.who]
            assert self.server.violations == []
        finally:
            self.end()
            self.server.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        """Simkl answers again, and the person wants to know all anew."""
        self.server.behave()
        if not self.who:
            self.sign_in(PEOPLE[0])
        self.open_list(list(NUMBERS))
        self.watched.look_now()
        for _ in range(20):
            self.let_time_pass(400)
            self.wait_for_the_answer()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
