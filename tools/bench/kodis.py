"""The Kodis that are measured: prepared once, and as new for each run."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kodi.harness.driver import Kodi
from tests.kodi.harness.living_room import LivingRoom, living_room

SIMKL_SECONDS = 0.05
WATCHED_AT = "2024-03-01T20:00:00Z"
PAGE = 10  # rows that the default skin shows at once at 720p
_KEY_EVERY = 0.1  # seconds


@contextmanager
def prepared_room(
    furnish: Callable[[LivingRoom], None],
    addons: Sequence[Path] = (),
    archive: Path | None = None,
) -> Iterator[LivingRoom]:
    """A room with what `furnish` puts into it, its library scanned; Kodi is not running.

    archive: the zip of the add-on; None for that of this checkout.
    """
    with _home() as make, living_room(make, addons=addons, archive=archive) as room:
        furnish(room)
        room.kodi.start()
        room.kodi.quit()
        room.simkl.delay = SIMKL_SECONDS
        yield room


@contextmanager
def _home() -> Iterator[Any]:
    """Makes one Kodi in a folder of its own, and ends it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    made: list[Kodi] = []

    def make(**options: Any) -> Kodi:
        made.append(Kodi(folder / "home", **options))
        return made[-1]

    try:
        yield make
    finally:
        for kodi in made:
            kodi.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_kodi(room: LivingRoom) -> Iterator[None]:
    """A Kodi just started, its databases as when the room was prepared, no answer remembered."""
    databases = room.kodi.home_folder.userdata / "Database"
    kept = databases.with_name("Database as prepared")
    if not kept.exists():
        shutil.copytree(databases, kept)
    shutil.rmtree(databases)
    shutil.copytree(kept, databases)
    for part in room.memory.parent.glob(f"{room.memory.name}*"):
        part.unlink()
    room.kodi.start()
    try:
        time.sleep(2)  # the rest of Kodi's start, which is not what is measured
        room.simkl.forget_requests()
        yield
    finally:
        room.kodi.stop()


def walk_there(kodi: Kodi) -> None:
    """Press keys on the home screen, as a person does on the way to a list."""
    for key in ("down", "up"):
        kodi.key(key)
        time.sleep(1)


def press_keys(kodi: Kodi, seconds: float) -> float:
    """Scroll down, a row at a time; the moment of the last key.

    Not up as well: from the top that leads to the end of the list.
    """
    moment = time.monotonic()
    for _ in range(round(seconds / _KEY_EVERY)):
        kodi.key("down")
        moment = time.monotonic()
        time.sleep(_KEY_EVERY)
    return moment
