"""Marks by hand in the library: which of what Kodi announces is one, and what it is to be told as.

Kept as it is heard, by library ids; read a moment later, when it is known how many came at once.
Knows neither of the two doors.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Mapping, NamedTuple, Sequence

from lib.sending.bursts import GAP, bursts_and_others
from lib.storage.outbox import UNWATCHED, WATCHED
from lib.storage.unread_marks import UnreadMark
from lib.ticks.due import EPISODE, FILM

if TYPE_CHECKING:
    from lib.sending.keeper import Keeper
    from lib.sending.mark_reader import Marked, MarkReader
    from lib.storage.removed_ticks import Key
    from lib.storage.unread_marks import UnreadMarks

_EXPLAINS = {"season": EPISODE, "tvshow": EPISODE, "set": FILM}
"""What is marked with it, by the type of what the person marked."""
_AT_ONCE = 2.0  # seconds: Kodi announces what is marked with it within milliseconds
_MOST_READ_AHEAD = 10  # marks within GAP; a hand makes no more
_MARKS_A_STEP = 25  # Kodi may want to leave: docs/kodi.md, "Leaving"


class _SortedOut(NamedTuple):
    """is_open: more of them may come just now, and none is to be read. closed: to be read. asked:
    the person is asked about. taken: none of theirs.
    """

    is_open: bool
    closed: list[UnreadMark]
    asked: list[UnreadMark]
    taken: list[UnreadMark]


class Marks:
    def __init__(
        self,
        unread: UnreadMarks,
        keeper: Keeper,
        reader: MarkReader,
        is_of_a_play: Callable[[Key], bool],
        ask_about_burst: Callable[[int], bool | None],
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """is_of_a_play: whether a tick of a video is its play's. ask_about_burst: whether so many
        that came at once are to be told; None until the person has said it. now: seconds since
        1970, as of the announcements.
        """
        self._unread = unread
        self._keeper = keeper
        self._reader = reader
        self._is_of_a_play = is_of_a_play
        self._ask_about_burst = ask_about_burst
        self._now = now
        self._explained: dict[tuple[str, str], float] = {}
        self._new: list[UnreadMark] = []
        self._read_ahead: dict[int, list[Marked]] = {}
        self._loaded: list[UnreadMark] | None = None

    # -- hearing --

    def heard(self, method: str, data: Mapping[str, Any], at: float, account: str) -> None:
        """One announcement. at: when, seconds since 1970. account: who is signed in, "" for nobody.

        The play that it may belong to is to hear of it later.
        """
        item = data.get("item")
        said = item if isinstance(item, dict) else data
        kind, dbid = str(said.get("type")), said.get("id")
        if method == "VideoLibrary.OnRemove" and isinstance(dbid, int):
            self._forget((kind, dbid))
        elif method == "VideoLibrary.OnUpdate" and item is said and isinstance(dbid, int):
            playcount = data.get("playcount")
            if isinstance(playcount, int) and not (data.get("added") or data.get("transaction")):
                what = WATCHED if playcount > 0 else UNWATCHED
                self._heard_playcount(UnreadMark(account, kind, dbid, what, int(at)), at)

    def _heard_playcount(self, mark: UnreadMark, at: float) -> None:
        if mark.kind in _EXPLAINS:
            self._explained[_EXPLAINS[mark.kind], mark.what] = at
        elif mark.kind in (FILM, EPISODE) and not self._is_of_a_play(mark.key):
            since = self._explained.get((mark.kind, mark.what), float("-inf"))
            is_explained = at - since < _AT_ONCE
            if is_explained:
                self._explained[mark.kind, mark.what] = at
            if mark.account:
                self._new.append(mark._replace(is_explained=is_explained))

    def _forget(self, key: Key) -> None:
        """A video has left the library: what its marks are about is known where it was read."""
        self._new = [mark for mark in self._new if mark.key != key]
        gone = [mark for mark in self._waiting if mark.key == key]
        if not gone:
            return
        bursts, _ = bursts_and_others([mark for mark in self._waiting if not mark.is_explained])
        if gone[-1] not in bursts:
            self._take_in(self._read_ahead.get(gone[-1].number, []))
        self._unread.forget_key(key)
        self._loaded = None

    def keep(self) -> None:
        """Keep what was heard, in one go."""
        new, self._new = self._new, []
        if new:
            self._unread.note(new)
            self._loaded = None

    @property
    def _waiting(self) -> list[UnreadMark]:
        if self._loaded is None:
            self._loaded = self._unread.all()
        return self._loaded

    # -- reading --

    @property
    def is_coming(self) -> bool:
        """Whether more may be about to be heard, or is to be read: what is there is not all."""
        waiting = self._sorted_out()
        return bool(self._new) or waiting.is_open or bool(waiting.closed)

    def step(self) -> bool:
        """Do a little about those that wait; whether there was anything to do."""
        self.keep()
        waiting = self._sorted_out()
        if waiting.is_open:
            self._read_some_ahead()
        if waiting.taken:  # nobody takes so many away one by one
            self._forget_marks(waiting.taken)
        if waiting.closed:
            self._read(waiting.closed[:_MARKS_A_STEP])
        elif waiting.asked:
            answer = self._ask_about_burst(len(waiting.asked))
            if answer is not None:
                self._settle_burst(waiting.asked, is_told=answer)
                return True
        return bool(waiting.closed)

    def _sorted_out(self) -> _SortedOut:
        waiting = self._waiting
        last = max((mark.at for mark in waiting), default=0)
        if 0 <= self._now() - last < GAP:  # a clock that was set back is not waited for
            return _SortedOut(True, [], [], [])
        bursts, others = bursts_and_others([mark for mark in waiting if not mark.is_explained])
        explained = [mark for mark in waiting if mark.is_explained]
        closed = sorted([*explained, *others], key=lambda mark: mark.number)
        asked = [mark for mark in bursts if mark.what == WATCHED]
        return _SortedOut(False, closed, asked, [mark for mark in bursts if mark not in asked])

    def _read(self, marks: Sequence[UnreadMark]) -> None:
        self._take_in(self._reader.read(marks))
        self._forget_marks(marks)

    def _read_some_ahead(self) -> None:
        """A video may leave the library before it is known how many marks came at once."""
        late = [mark for mark in self._waiting if self._now() - mark.at < GAP]
        new = [mark for mark in late[:_MOST_READ_AHEAD] if mark.number not in self._read_ahead]
        self._read_ahead.update((mark.number, []) for mark in new)
        for each in self._reader.read(new) if new else ():
            self._read_ahead[each.number].append(each)

    def _take_in(self, read: Sequence[Marked]) -> None:
        for each in read:
            if each.entry.what == UNWATCHED:
                self._keeper.withdraw(each.entry)
        self._keeper.add(each.entry for each in read if each.is_sent)

    def _forget_marks(self, marks: Sequence[UnreadMark]) -> None:
        for mark in marks:
            self._read_ahead.pop(mark.number, None)
        self._unread.forget(marks)
        self._loaded = None

    def _settle_burst(self, asked: Sequence[UnreadMark], *, is_told: bool) -> None:
        """The person has said whether these are to be told."""
        self._forget_marks(asked)
        if is_told:
            self._unread.note(mark._replace(is_explained=True) for mark in asked)
