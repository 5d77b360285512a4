"""What waits to be told to Simkl, in the panel of the add-on: what, when and why.

Each can be sent again or dropped, and all of them. Looks at the outbox, and sends nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Callable, NamedTuple, Sequence

from lib.kodi import string_ids
from lib.kodi.localization import moment, text
from lib.storage.outbox import MARK, UNPLACED, UNWATCHED, OutboxEntry
from lib.ui.menu_entry import Entry

if TYPE_CHECKING:
    from lib.storage.outbox import Outbox

MOST_ROWS = 50
"""That are shown one by one. What a panel shows is read anew fifty times a second."""

_WHY = {
    "": string_ids.WAITS_FOR_ITS_TURN,
    "offline": string_ids.WAITS_OFFLINE,
    "busy": string_ids.WAITS_BUSY,
    "day used up": string_ids.WAITS_DAY_USED_UP,
    "unplaced": string_ids.WAITS_UNPLACED,
    "read only": string_ids.WAITS_READ_ONLY,
    "clock wrong": string_ids.WAITS_CLOCK_WRONG,
    "refused": string_ids.WAITS_REFUSED,
    "not found": string_ids.WAITS_NOT_FOUND,
    "unclear": string_ids.WAITS_UNCLEAR,
    "nobody": string_ids.WAITS_ANOTHER_ACCOUNT,
}
"""Why an entry waits, in some words, by `OutboxEntry.why`."""


class Actions(NamedTuple):
    """leave: closes the panel. try_again: has what waits sent now, whatever went wrong before."""

    leave: Callable[[], None]
    try_again: Callable[[], None]


class WaitingList:
    def __init__(
        self,
        outbox: Outbox,
        account: Callable[[], str],
        is_on: Callable[[], bool],
        show: Callable[[str, Sequence[Entry]], None],
        back: Entry,
        actions: Actions,
    ) -> None:
        """account: who is signed in, as the outbox has them; "" for nobody. is_on: whether Simkl is
        told anything. show: words and entries in the panel. back: to the menu.
        """
        self._outbox = outbox
        self._account = account
        self._is_on = is_on
        self._show = show
        self._back = back
        self._actions = actions

    @property
    def count(self) -> int:
        """How many wait, those of other accounts too."""
        return sum(map(self._outbox.count, self._accounts()))

    def menu_entries(self) -> list[Entry]:
        """The entry of the menu; none where nothing waits."""
        count = self.count
        words = text(string_ids.WAITING_FOR_SIMKL, count=str(count))
        return [Entry(words, self.open)] if count else []

    def open(self) -> None:
        waiting = self._waiting()
        own = [each for each in waiting if self._is_own(each)]
        rows = [Entry(_row(each, self._why(each)), partial(self._open, each)) for each in waiting]
        for_all = []
        if own and self._is_on():
            for_all.append(Entry(text(string_ids.SEND_ALL_AGAIN), partial(self._send_again, own)))
        if own:
            for_all.append(Entry(text(string_ids.DROP_ALL), self._ask_whether_to_drop_all))
        self._show(self._words(len(waiting)), [*rows[:MOST_ROWS], *for_all, self._back])

    def ask_what_to_do(self) -> bool:
        """Ask whether to drop what waits, now that it is not sent; False where nothing does."""
        count = self._outbox.count(self._account())
        if not count:
            return False
        keep = Entry(text(string_ids.KEEP), self._actions.leave)
        words = text(string_ids.KEEP_OR_DROP, count=str(count))
        self._show(words, [keep, Entry(text(string_ids.DROP_ALL), self._drop_all)])
        return True

    def _words(self, count: int) -> str:
        if not count:
            return text(string_ids.NOTHING_WAITS)
        lines = [text(string_ids.WAITING_HELP if self._is_on() else string_ids.NOT_SENT)]
        if count > MOST_ROWS:
            lines.append(text(string_ids.SHOWN_OF, shown=str(MOST_ROWS), count=str(count)))
        return "\n".join(lines)

    def _open(self, entry: OutboxEntry) -> None:
        lines = [entry.label, _when(entry), self._why(entry)]
        if entry.tried_at is not None:
            lines.append(text(string_ids.LAST_TRIED, time=moment(entry.tried_at.timestamp())))
        if entry.state == UNPLACED:
            lines.append(text(string_ids.UNPLACED_HELP))
        send = Entry(text(string_ids.SEND_AGAIN), partial(self._send_again, [entry]))
        drop = Entry(text(string_ids.DROP), partial(self._drop, [entry]))
        back = Entry(text(string_ids.BACK), self.open)
        may_send = self._is_on() and self._is_own(entry)
        self._show("\n".join(lines), [*([send] if may_send else []), drop, back])

    def _send_again(self, entries: Sequence[OutboxEntry]) -> None:
        self._outbox.send_again(entries)
        self._actions.try_again()
        self.open()

    def _drop(self, entries: Sequence[OutboxEntry]) -> None:
        self._outbox.drop(entries)
        self.open()

    def _ask_whether_to_drop_all(self) -> None:
        """Another's watches are not dropped with one's own."""
        words = text(string_ids.DROP_ALL_SURE, count=str(self._outbox.count(self._account())))
        back = Entry(text(string_ids.BACK), self.open)
        self._show(words, [back, Entry(text(string_ids.DROP_ALL), self._drop_all)])

    def _drop_all(self) -> None:
        self._outbox.drop_all(self._account())
        self.open()

    def _waiting(self) -> list[OutboxEntry]:
        found = [entry for each in self._accounts() for entry in self._outbox.waiting(each)]
        return sorted(found, key=lambda entry: entry.at)

    def _accounts(self) -> set[str]:
        return self._outbox.accounts()

    def _is_own(self, entry: OutboxEntry) -> bool:
        return entry.account == self._account()

    def _why(self, entry: OutboxEntry) -> str:
        key = entry.why if self._is_own(entry) else "nobody"
        return text(_WHY.get(key, string_ids.WAITS_FOR_ANOTHER_REASON))


def _row(entry: OutboxEntry, why: str) -> str:
    return " · ".join([entry.label, moment(entry.at.timestamp()), why])


def _when(entry: OutboxEntry) -> str:
    time = moment(entry.at.timestamp())
    if entry.what == UNWATCHED:
        return text(string_ids.UNMARKED_AT, time=time)
    if entry.origin == MARK:
        return text(string_ids.MARKED_AT, time=time)
    return text(string_ids.PLAYED_AT, time=time)
