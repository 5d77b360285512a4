"""What came of it: a part of docs/benchmarks.md, and whether all is as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.bench import report

from .watches import at_simkl, in_kodi

if TYPE_CHECKING:
    from .browsing import Soak
    from .world import World

_MOST_GROWN = 1.15  # Kodi's memory and open files, as a ratio

_TEXT = """A Kodi browses, plays and marks at random for {minutes:g} minutes, seed {seed}: lists of
films, series, seasons, genres, years and what is new, of another add-on and of files; it scrolls,
goes home, signs out and in again; videos of each kind are played to random places, opened over each
other, left, and watched to their end; films, episodes and seasons are marked; titles are watched at
Simkl meanwhile, tokens run out, and Simkl fails in {kinds} ways. In the first half Kodi is quit and
killed too. In the end Simkl answers again, what waits is sent, all lists are opened once more, and
every playcount that Kodi has, and every watch that Simkl was told, is compared with what was
watched.

{table}
Memory of Kodi in the last quarter of the time that it ran against the second one: {memory}. Open
files: {files}. Both are ratios of the medians.
"""


def outcome(soak: Soak, found: World, minutes: float, seed: int) -> tuple[str, bool]:
    """The part of the report, and whether nothing went wrong."""
    watches = soak.evening.watches
    simkl, kodi = at_simkl(found, watches), in_kodi(found, watches)
    waiting = soak.waiting()
    foreign = soak.evening.foreign_marks()
    room = found.room
    leaks = room.holders_of_secrets() - room.homes_of_secrets
    faulty = {
        "wrong ticks": kodi.wrong,
        "ticks counted twice": kodi.doubled,
        "lost ticks": kodi.lost,
        "watches that Simkl was told, or has lost, and nobody did that": simkl.wrong,
        "watches that Simkl was told twice": simkl.doubled,
        "watches that Simkl was not told": simkl.lost,
        "watches that still wait": waiting,
        "what Simkl complained of": [str(each) for each in room.simkl.violations],
        "marks that other add-ons heard, and nobody made": foreign,
        "errors of the add-on in Kodi's log": soak.errors,
        "files with a secret that does not belong there": [str(each) for each in leaks],
    }
    for name, what in faulty.items():
        print(name, *what, sep="\n  ")
    rows = [
        *((what, f"{count:,}") for what, count in soak.did.most_common()),
        ("requests to Simkl", f"{len(room.simkl.requests):,}"),
        ("films, episodes and files compared", f"{len(found.things):,}"),
        ("watches here that count", f"{len(watches):,}"),
        ("watches that Simkl was told", f"{len(room.simkl.person.record.watches):,}"),
        *((what, str(len(some))) for what, some in faulty.items()),
        ("times that Kodi itself fell over, and was started again", str(soak.falls)),
    ]
    memory, files = soak.samples.grown("resident"), soak.samples.grown("files")
    table = report.table(("what", "how many"), rows)
    body = _TEXT.format(
        minutes=minutes, seed=seed, kinds=soak.kinds_of_faults, table=table,
        memory=f"{memory:.2f}", files=f"{files:.2f}",
    )  # fmt: skip
    return body, not any(faulty.values()) and not max(memory, files) > _MOST_GROWN
