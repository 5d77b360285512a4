"""What was played to its mark and marked in Kodi, compared in the end with what Simkl was told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple, Sequence

if TYPE_CHECKING:
    from tests.simkl_server.catalogue import Episode, Title
    from tests.simkl_server.people import Person
    from tests.simkl_server.record import Told

    from .world import Thing, World

_NEAR = timedelta(seconds=2)


class Watch(NamedTuple):
    """A film or an episode that was watched here. began, ended: aware UTC, the moments between
    which Simkl is to have its own.
    """

    thing: Thing
    began: datetime
    ended: datetime


class Difference(NamedTuple):
    """Words for each watch that Simkl or Kodi has and nobody watched, has twice, and lacks."""

    wrong: list[str]
    doubled: list[str]
    lost: list[str]


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def at_simkl(world: World, watches: Sequence[Watch]) -> Difference:
    """What Simkl was told against what was watched here."""
    person = world.room.simkl.person
    compared = {(thing.title, thing.episode) for thing in world.things}
    told = [each for each in person.record.watches if _what(each) in compared]
    again = person.record.rewatches
    windows: dict[tuple[Title, Episode | None], list[Watch]] = {}
    for watch in watches:
        if watch.thing not in world.things:
            continue
        windows.setdefault((watch.thing.title, watch.thing.episode), []).append(watch)
    wrong = [each for each in told if not _is_one_of(windows.get(_what(each), []), each)]
    counted = Counter(map(_what, told))
    return Difference(
        [*map(_said, wrong), *(f"removed: {_said(each)}" for each in person.record.removed)],
        [*(str(what) for what, count in counted.items() if count > 1), *map(_said, again)],
        [
            _named(some[0].thing)
            for what, some in windows.items()
            if not _is_held(world, person, some[0].thing) and counted[what] == 0
        ],
    )


def in_kodi(world: World, watches: Sequence[Watch]) -> Difference:
    """What Kodi has ticked against what was watched here and elsewhere."""
    wrong, lost = world.wrong_and_lost()
    here = Counter(watch.thing.file for watch in watches)
    elsewhere = {thing.file for thing in world.things if thing in world.elsewhere}
    doubled = [
        f"{file}: {count}"
        for file, count in world.playcounts().items()
        if count > max(1, here[file] + (file in elsewhere))
    ]
    return Difference(wrong, doubled, lost)


def _is_held(world: World, person: Person, thing: Thing) -> bool:
    """Whether the person watched it at Simkl itself, which is one watch with the one here."""
    return thing in world.elsewhere and (thing.title, thing.episode) in person.watches


def _is_one_of(watches: Sequence[Watch], told: Told) -> bool:
    at = datetime.fromisoformat(str(told.at).replace("Z", "+00:00"))
    return any(each.began - _NEAR <= at <= each.ended + _NEAR for each in watches)


def _what(told: Told) -> tuple[Title, Episode | None]:
    return told.title, told.episode


def _said(told: Told) -> str:
    return f"{told.title.title} {told.episode or ''} at {told.at}"


def _named(thing: Thing) -> str:
    return f"{thing.title.title} {thing.episode or ''}: {thing.file}"
