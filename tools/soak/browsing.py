"""What is done at random, and how all is brought to rest in the end."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from lib.storage.store import Store
from tests.kodi.harness.rpc import RpcError
from tests.simkl_server import faults
from tools.zip import ADDON_ID

from .evening import Evening
from .samples import Samples
from .watches import at_simkl, utc_now

if TYPE_CHECKING:
    from lib.storage.outbox import OutboxEntry

    from .world import World

_FAULTS = (
    faults.status(500), faults.status(502), faults.status(503), faults.status(429, retry_after=2),
    faults.status(403), faults.status(404), faults.silent_close, faults.cut_in_the_middle,
    faults.html, faults.half_json, faults.empty_body, faults.no_content, faults.hang(3),
    faults.slow_drip(0.005), faults.huge(1_000_000), faults.drop_entry(0), faults.shuffled(),
    faults.answer({"error": "nonsense"}), faults.answer([]),
)  # fmt: skip
_FAULTS_OF_WRITES = (
    *_FAULTS, faults.status(409, "already_watched"), faults.status(423), faults.reset,
    faults.status(400, "RATE_LIMIT"), faults.recorded_nothing, faults.counted_nothing,
    faults.after_storing(faults.silent_close), faults.after_storing(faults.status(500)),
    faults.after_storing(faults.status(403)), faults.after_storing(faults.answer([])),
)  # fmt: skip
_PATHS = ("/sync/watched", "/sync/activities", "/oauth2/token", "*")
_WRITES = "/sync/history"
_SETTLING = 900  # seconds at most, after the last trouble
_SENDING = 120  # seconds at most until all is sent that waits
_LOOKING = 1.5  # seconds at each list, in the end
_KEPT = Path("build/soak")


class Soak:
    """did: how often each thing was done. falls: how often Kodi itself fell over."""

    kinds_of_faults = len(_FAULTS_OF_WRITES)

    def __init__(self, found: World, seed: int) -> None:
        self._world = found
        self._room = found.room
        self._kodi = found.room.kodi
        self._dice = random.Random(seed)
        self._lists = found.lists()
        self.evening = Evening(found, self._dice)
        self.did: Counter[str] = Counter()
        self.samples = Samples()
        self.falls = 0
        self._errors: list[str] = []
        self._deeds: dict[Callable[[], object], int] = {
            self._open_a_list: 30, self._scroll: 8, self._go_home: 5, self._watch: 8,
            self._fail: 8, self._fail_to_write: 10, self._check_now: 3, self._sign_out_and_in: 1,
            self._expire: 2, **self.evening.deeds,
        }  # fmt: skip

    def browse(self, seconds: float) -> None:
        """Kodi is ended in the first half alone: what its process holds is compared after that."""
        began = time.monotonic()
        deeds, weights = list(self._deeds), list(self._deeds.values())
        while time.monotonic() < began + seconds:
            self.evening.may_restart = time.monotonic() < began + seconds / 2
            (deed,) = self._dice.choices(deeds, weights)
            self._survive(deed)
            self.did[deed.__name__.strip("_").replace("_", " ")] += 1
            time.sleep(self._dice.choice((0.05, 0.2, 0.5, 1.0, 3.0)))
            self.samples.take(self._kodi.pid)

    def settle(self) -> None:
        """Simkl answers again, what waits is sent and all lists are opened, until every tick is as
        it should be.
        """
        self._survive(self.evening.end)
        self._room.simkl.behave()
        if not self._room.account_file.exists():
            self._sign_in()
        end = time.monotonic() + _SETTLING
        while time.monotonic() < end:
            self._send_all_again()
            looks = [partial(self._look_at, path) for path in self._lists]
            deeds: list[Callable[[], None]] = [self._check_now, *looks, self._kodi.home]
            for deed in deeds:
                self._survive(deed)
            time.sleep(5)
            difference = at_simkl(self._world, self.evening.watches)
            if not any((*self._world.wrong_and_lost(), self.waiting(), difference.lost)):
                break

    def waiting(self) -> list[str]:
        """What Simkl is still to be told."""
        with closing(sqlite3.connect(self._room.memory, timeout=20)) as memory:
            rows = memory.execute("SELECT label, state, why FROM outbox WHERE state != 'told'")
            return [" ".join(row) for row in rows]

    @property
    def errors(self) -> list[str]:
        """Those of the add-on in Kodi's log."""
        return self._errors + self._kodi.addon_errors(ADDON_ID)

    def _survive(self, deed: Callable[[], object]) -> None:
        """Do it. Where Kodi itself falls over it is started again, and what it left is kept."""
        try:
            deed()
        except (RpcError, AssertionError):
            with suppress(AssertionError):
                self._kodi.wait_for(lambda: not self._kodi.running, timeout=10)
            self._kodi.keep(_KEPT / time.strftime("%H.%M.%S"))
            if self._kodi.running:
                raise
            self.falls += 1
            self._errors += self._kodi.addon_errors(ADDON_ID)
            self.evening.was_cut()
            self._kodi.stop()
            self._kodi.start()

    def _send_all_again(self) -> None:
        """As the person chooses it for what Simkl took wrongly; what it held back is forgotten."""
        if not self.waiting():
            return
        self._kodi.quit()
        with closing(Store(self._room.memory, print)) as store:
            store.outbox.send_again(_waiting(store))
        self._kodi.start()
        with suppress(AssertionError):
            self._kodi.wait_for(lambda: not self.waiting(), timeout=_SENDING, what="all", every=1)

    # -- deeds --

    def _look_at(self, path: str) -> None:
        self._kodi.open(path)
        time.sleep(_LOOKING)

    def _open_a_list(self) -> None:
        self._kodi.open(self._dice.choice(self._lists))

    def _scroll(self) -> None:
        for _ in range(self._dice.randrange(1, 15)):
            self._kodi.key("down")
            time.sleep(0.05)

    def _go_home(self) -> None:
        self._kodi.home()

    def _watch(self) -> None:
        self._world.watch_something(utc_now().strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _fail(self) -> None:
        path = self._dice.choice(_PATHS)
        self._room.simkl.misbehave(path, self._dice.choice(_FAULTS), self._dice.randrange(1, 4))

    def _fail_to_write(self) -> None:
        self._room.simkl.misbehave(_WRITES, self._dice.choice(_FAULTS_OF_WRITES), 1)

    def _check_now(self) -> None:
        self._room.press("check_now")

    def _sign_out_and_in(self) -> None:
        self.evening.end()
        self._room.simkl.behave()
        self._room.press("sign_out")
        self._kodi.wait_for(lambda: not self._room.account_file.exists(), what="signing out")
        self._sign_in()

    def _sign_in(self) -> None:
        simkl = self._room.simkl
        simkl.set_code(interval=1)
        self._kodi.close_dialogs()
        self._room.press("sign_in")
        self._kodi.wait_for(simkl.waiting_codes, what="a code")
        simkl.approve(simkl.waiting_codes()[-1])
        self._kodi.wait_for(self._room.account_file.exists, what="the sign-in")

    def _expire(self) -> None:
        text = self._room.account_file.read_text() if self._room.account_file.exists() else ""
        found = re.search(r'"access_token": "([^"]+)"', text)
        if found:
            self._room.simkl.expire_access(found[1])


def _waiting(store: Store) -> list[OutboxEntry]:
    return [each for who in store.outbox.accounts() for each in store.outbox.waiting(who)]
