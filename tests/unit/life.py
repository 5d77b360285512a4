"""What may happen in the life of an installation, in any order: sign-ins, faults, restarts."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from lib.account.account import Account
from lib.account.grant import Grant
from lib.lists.coordinator import Coordinator
from lib.simkl.client import Simkl
from lib.simkl.worker import Worker
from lib.storage.answer_cache import AnswerCache
from lib.storage.store import Store
from tests.simkl_server import SimklServer, faults
from tests.unit.clocks import ForwardPace

PEOPLE = ("Ann", "Bob")
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
MANY = settings(
    max_examples=100,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class Life(RuleBasedStateMachine):
    """who: is signed in, "" for nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.server = SimklServer()
        self.server.__enter__()
        self.people = {name: self.server.add_person(name) for name in PEOPLE}
        self.who = ""
        self.was_refused = False
        self.begin()

    def begin(self) -> None:
        """Kodi starts."""
        now = self.server.clock.now
        self.door = Simkl(self.server.url, "0.1.0", ForwardPace(self.server))
        self.account = Account(self.folder / "account.json", now)
        self.account.load()
        self.worker = Worker()
        self.store = Store(self.folder / "memory.db", print)
        answer_cache = AnswerCache(self.store)
        self.coordinator = Coordinator(
            self.account, self.worker, answer_cache, lambda _: None, lambda _: None, now
        )
        self.coordinator.begin(self.door, self.server.client_id)

    def end(self) -> None:
        """Kodi leaves, and comes back after longer than any of these faults asks to wait."""
        self.worker.leave(5)  # first: what is half sent is no question
        self.door.leave()
        self.store.close()
        self.server.clock.forward(60)

    @rule(who=st.sampled_from(PEOPLE))
    def sign_in(self, who: str) -> None:
        self.server.clock.forward(2)  # which it takes at least
        now = self.server.clock.now()
        given = self.server.sign_in(person=self.people[who])
        tokens = (given.access_token, given.refresh_token)
        names = (self.server.client_id, self.server.url)
        self.account.keep(Grant(2, *names, *tokens, now + (given.expires_in or 0), name=who))
        self.coordinator.begin(self.door, self.server.client_id)
        self.who = who

    @rule()
    def sign_out(self) -> None:
        self.account.forget()
        self.coordinator.begin(self.door, self.server.client_id)
        self.who = ""

    @rule(name=st.sampled_from(sorted(FAULTS)))
    def fail(self, name: str) -> None:
        self.was_refused = self.was_refused or name == "404"
        path = "/sync/watched" if name in OF_LISTS else "*"
        self.server.misbehave(path, FAULTS[name], 1)

    @rule(seconds=st.sampled_from([1, 70, 400, 90_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.server.clock.forward(seconds)

    def wait_for_the_answer(self) -> None:
        end = time.monotonic() + 5
        self.step()
        while self.coordinator.is_asking and time.monotonic() < end:
            time.sleep(0.001)
            self.step()

    def step(self) -> None:
        self.coordinator.step()

    def settle(self) -> None:
        """All is well again, and somebody is there."""
        raise NotImplementedError

    def check(self) -> None:
        """What holds then."""
        raise NotImplementedError

    def teardown(self) -> None:
        try:
            self.server.behave()
            if not self.coordinator.can_ask:
                self.sign_in(self.who or PEOPLE[0])
            self.settle()
            self.check()
            assert self.server.violations == [], self.server.violations
        finally:
            self.end()
            self.server.__exit__(None, None, None)
            shutil.rmtree(self.folder)
