"""What outlives a restart: one object for each subject, all over one SQLite file.

`database.py` opens the file when it is first needed. Used from the script's thread alone. Knows
neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable

from lib.storage.answer_cache_table import AnswerCacheTable
from lib.storage.heard_marks import HeardMarks
from lib.storage.ignored_titles_table import IgnoredTitlesTable
from lib.storage.made_ticks import MadeTicks
from lib.storage.outbox import Outbox
from lib.storage.playing import PlayingTable
from lib.storage.removed_ticks import RemovedTicks
from lib.storage.undrawn_addons import UndrawnAddons
from lib.storage.unread_marks import UnreadMarks
from lib.storage.watching import WatchingTable

if TYPE_CHECKING:
    from pathlib import Path

    from lib.storage.database import Database


class Store:
    def __init__(
        self, file: Path, log: Callable[[str], None], now: Callable[[], float] = time.time
    ) -> None:
        """now: seconds since 1970."""
        self._file = file
        self._log = log
        self._opened: Database | None = None
        self.answers = AnswerCacheTable(self._database, now)
        self.made_ticks = MadeTicks(self._database)
        self.removed_ticks = RemovedTicks(self._database)
        self.heard_marks = HeardMarks(self._database)
        self.ignored_titles = IgnoredTitlesTable(self._database)
        self.undrawn_addons = UndrawnAddons(self._database, now)
        self.outbox = Outbox(self._database, now)
        self.playing = PlayingTable(self._database)
        self.unread_marks = UnreadMarks(self._database)
        self.watching = WatchingTable(self._database)

    def _database(self) -> Database:
        if self._opened is None:
            from lib.storage.database import Database  # SQLite is loaded when it is first needed

            self._opened = Database(self._file, self._log)
            self.answers.forget_unseen()
            if self.is_first_time("what was kept has no logins"):
                self.made_ticks.forget_logins()
        return self._opened

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    # -- what is said only once --

    def is_first_time(self, what: str) -> bool:
        """Whether this is said for the first time: it counts as said from now on."""
        if self._database().rows("SELECT 1 FROM said WHERE what = ?", (what,)):
            return False
        self._database().change("INSERT OR IGNORE INTO said VALUES (?)", [(what,)])
        return True
