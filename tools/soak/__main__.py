"""What `make soak` starts; writes its part of docs/benchmarks.md."""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any, Callable, NamedTuple

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom
from tests.kodi.harness.rpc import RpcError
from tests.simkl_server import faults
from tools.bench import report
from tools.zip import ADDON_ID

from .world import World, world

_FAULTS = (
    faults.status(500), faults.status(502), faults.status(503), faults.status(429, retry_after=2),
    faults.status(403), faults.status(404), faults.silent_close, faults.cut_in_the_middle,
    faults.html, faults.half_json, faults.empty_body, faults.no_content, faults.hang(3),
    faults.slow_drip(0.005), faults.huge(1_000_000), faults.drop_entry(0), faults.shuffled(),
    faults.answer({"error": "nonsense"}), faults.answer([]),
)  # fmt: skip
_PATHS = ("/sync/watched", "/sync/activities", "/oauth2/token", "*")
_SETTLING = 900  # seconds at most, after the last trouble
_LOOKING = 1.5  # seconds at each list, in the end
_SAMPLES_EVERY = 10.0  # seconds
_KEPT = Path("build/soak")
_MOST_GROWN = 1.15  # Kodi's memory and open files, as a ratio

_TEXT = """A Kodi browses at random for {minutes:.0f} minutes, seed {seed}: lists of films, series,
seasons, genres, years and what is new, of another add-on and of files; it scrolls, goes home, signs
out and in again; titles are watched at Simkl meanwhile, tokens run out, and Simkl fails in {kinds}
ways. In the end Simkl answers again, all lists are opened once more, and every playcount that Kodi
has is compared with what was watched.

{table}
Memory of Kodi in the last quarter of the time that it ran against the second one: {memory}. Open
files: {files}. Both are ratios of the medians.
"""


class Sample(NamedTuple):
    """Of Kodi's process."""

    at: float
    resident: int
    files: int


class Soak:
    def __init__(self, found: World, seed: int) -> None:
        self._world = found
        self._room: LivingRoom = found.room
        self._kodi: Kodi = found.room.kodi
        self._dice = random.Random(seed)
        self._lists = found.lists()
        self.did: Counter[str] = Counter()
        self.samples: list[Sample] = []
        self.falls = 0
        self._errors: list[str] = []
        self._deeds = {
            self._open_a_list: 55, self._scroll: 15, self._go_home: 6, self._watch: 8,
            self._fail: 10, self._check_now: 3, self._sign_out_and_in: 1, self._expire: 2,
        }  # fmt: skip

    def browse(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        deeds, weights = list(self._deeds), list(self._deeds.values())
        while time.monotonic() < end:
            (deed,) = self._dice.choices(deeds, weights)
            self._survive(deed)
            self.did[deed.__name__.strip("_").replace("_", " ")] += 1
            time.sleep(self._dice.choice((0.05, 0.2, 0.5, 1.0, 3.0)))
            if not self.samples or time.monotonic() - self.samples[-1].at > _SAMPLES_EVERY:
                self.samples.append(_sample(self._kodi.pid))

    def settle(self) -> tuple[list[str], list[str]]:
        """Simkl answers again and all lists are opened, until every tick is as it should be."""
        self._room.simkl.behave()
        if not self._room.account_file.exists():
            self._sign_in()
        end = time.monotonic() + _SETTLING
        while True:
            looks = [partial(self._look_at, path) for path in self._lists]
            deeds: list[Callable[[], None]] = [self._check_now, *looks, self._kodi.home]
            for deed in deeds:
                self._survive(deed)
            time.sleep(5)
            wrong, lost = self._world.wrong_and_lost()
            if (not wrong and not lost) or time.monotonic() > end:
                return wrong, lost

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
            self._kodi.stop()
            self._kodi.start()
            self.samples.clear()  # of another process from here on

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
        self._world.watch_something(datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def _fail(self) -> None:
        path = self._dice.choice(_PATHS)
        self._room.simkl.misbehave(path, self._dice.choice(_FAULTS), self._dice.randrange(1, 4))

    def _check_now(self) -> None:
        self._room.press("check_now")

    def _sign_out_and_in(self) -> None:
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


def _sample(pid: int) -> Sample:
    words = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    resident = re.search(r"^VmRSS:\s+(\d+) kB", words, re.MULTILINE)
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(time.monotonic(), int(resident[1]) if resident else 0, files)


def _grown(samples: list[Sample], part: str) -> float:
    """The median of the last quarter by that of the second; not a number of a Kodi that ran for
    less than four samples.
    """
    quarter = len(samples) // 4
    if quarter == 0:
        return float("nan")
    early, late = samples[quarter : 2 * quarter], samples[3 * quarter :]
    return report.quotient([getattr(s, part) for s in late], [getattr(s, part) for s in early])


def main() -> None:
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    made: list[Kodi] = []
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:

        def make(**options: Any) -> Kodi:
            made.append(Kodi(Path(folder) / "home", **options))
            return made[-1]

        try:
            with world(make, Path(folder), random.Random(wish.seed)) as found:
                body, is_good = _soaked(found, wish.minutes, wish.seed)
        finally:
            for kodi in made:
                kodi.stop()
    print(body)
    if not is_good:
        raise SystemExit("The table says what went wrong.")
    report.put(report.TITLES["soak"], body)


def _soaked(found: World, minutes: float, seed: int) -> tuple[str, bool]:
    """The part of the report, and whether nothing went wrong."""
    found.room.kodi.start()
    soak = Soak(found, seed)
    soak.browse(60 * minutes)
    wrong, lost = soak.settle()
    errors = soak.errors
    leaks = found.room.holders_of_secrets() - found.room.homes_of_secrets
    for name, what in (("wrong", wrong), ("lost", lost), ("log", errors), ("leaks", leaks)):
        print(name, *what, sep="\n  ")
    kodi, simkl = found.room.kodi, found.room.simkl
    rows = [
        *((what, f"{count:,}") for what, count in soak.did.most_common()),
        ("requests to Simkl", f"{len(simkl.requests):,}"),
        ("what Simkl complained of", str(len(simkl.violations))),
        ("films, episodes and files compared", f"{len(found.things):,}"),
        ("wrong ticks", str(len(wrong))),
        ("lost ticks", str(len(lost))),
        ("marks that other add-ons heard", str(len(kodi.marks_heard()))),
        ("errors of the add-on in Kodi's log", str(len(errors))),
        ("times that Kodi itself fell over, and was started again", str(soak.falls)),
        ("files with a secret that does not belong there", str(len(leaks))),
    ]
    table = report.table(("what", "how many"), rows)
    memory, files = _grown(soak.samples, "resident"), _grown(soak.samples, "files")
    body = _TEXT.format(
        minutes=minutes, seed=seed, kinds=len(_FAULTS), table=table,
        memory=f"{memory:.2f}", files=f"{files:.2f}",
    )  # fmt: skip
    has_grown = max(memory, files) > _MOST_GROWN
    return body, not (wrong or lost or errors or leaks or simkl.violations or has_grown)


if __name__ == "__main__":
    main()
