"""What opening the add-on shows: who is signed in, and what can be done.

One panel, which changes as the person chooses. Nothing waits in it: each turn of the service
looks what was chosen.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Callable, Mapping, NamedTuple, Sequence

from lib.kodi import string_ids
from lib.kodi.addon import kodi_version, version
from lib.kodi.builtin_commands import open_settings
from lib.kodi.localization import SETTINGS, moment, text, word
from lib.kodi.windows import Panel
from lib.ticks.undo import DAY, EVER, Undo, midnight
from lib.ui.menu_entry import Entry
from lib.ui.status_report import Facts, report

if TYPE_CHECKING:
    from lib.storage.store import Store
    from lib.ui.send_menu import SendMenu
    from lib.ui.session import Session

_DAYS_BACK = 7


class Actions(NamedTuple):
    """What the service does for an entry. check_now: asks about the open list again."""

    check_now: Callable[[], None]
    let_come_back: Callable[[Undo], None]


class MainMenu:
    def __init__(
        self,
        session: Session,
        store: Store,
        undo: Undo,
        refusals: Callable[[], Mapping[str, int]],
        actions: Actions,
        send_menu: SendMenu,
    ) -> None:
        """refusals: how many videos Kodi took no tick for, by why."""
        self._session = session
        self._store = store
        self.undo = undo
        self._refusals = refusals
        self._actions = actions
        self._send_menu = send_menu
        self._panel: Panel | None = None
        self._entries: Sequence[Entry] = ()
        self.waiting_list = send_menu.waiting_list(self._show, self._back(), self.close)

    def open(self) -> None:
        check = Entry(text(string_ids.CHECK_NOW), self._leaving(self._actions.check_now))
        sign_in = Entry(text(string_ids.SIGN_IN_NOW), self._leaving(self._session.sign_in))
        sign_out = Entry(text(string_ids.SIGN_OUT), self._leaving(self._session.sign_out))
        always = [
            Entry(text(string_ids.TAKE_BACK), self._offer_take_back),
            Entry(text(string_ids.HOW_IT_IS_GOING), self._show_report),
            Entry(word(SETTINGS), self._leaving(open_settings)),
        ]
        sent = [
            *self.waiting_list.menu_entries(),
            *self._send_menu.question(self._show, self._back()),
        ]
        if self._session.is_signed_in:
            self._show(self._account(), [check, *sent, *always, sign_out])
        else:
            self._show(self._account(), [sign_in, *sent, *always])

    @property
    def is_open(self) -> bool:
        """Whether it is to be looked at each turn what was chosen."""
        return self._panel is not None

    def turn(self) -> bool:
        """Do what was chosen since the last turn; whether anything was."""
        if self._panel is None:
            return False
        chosen = self._panel.take_choice()
        if self._panel.is_closed:
            self.close()
        elif chosen is not None and chosen < len(self._entries):
            self._entries[chosen].do()
            return True
        return False

    def close(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.close()

    def _show(self, words: str, entries: Sequence[Entry]) -> None:
        self._entries = entries
        if self._panel is None or self._panel.is_closed:
            self._panel = Panel(text(string_ids.NAME))
        self._panel.show(words, [entry.words for entry in entries])

    def _leaving(self, do: Callable[[], None]) -> Callable[[], None]:
        def leave_and_do() -> None:
            self.close()
            do()

        return leave_and_do

    def _account(self) -> str:
        grant = self._session.grant
        if grant is None:
            return text(string_ids.NOT_SIGNED_IN)
        if not self._session.is_signed_in:
            return text(string_ids.SIGN_IN_AGAIN, name=grant.name).strip()
        if grant.signed_in_at is None:
            return grant.name or text(string_ids.SIGNED_IN)
        date = moment(grant.signed_in_at)
        if grant.name:
            return text(string_ids.SIGNED_IN_SINCE, name=grant.name, date=date)
        return text(string_ids.SOMEBODY_SINCE, date=date)

    def _offer_take_back(self) -> None:
        times = [midnight(), time.time() - _DAYS_BACK * DAY, EVER]
        today, days, ever = counts = [str(self.undo.count(since)) for since in times]
        words = [
            text(string_ids.OF_TODAY, count=today),
            text(string_ids.OF_THE_LAST_DAYS, count=days),
            text(string_ids.OF_ALL_TIME, count=ever),
        ]
        entries = [
            Entry(said, self._leaving(partial(self.undo.begin, since)))
            for said, since, count in zip(words, times, counts)
            if count != "0"
        ]
        help_words = string_ids.TAKE_BACK_HELP if entries else string_ids.NOTHING_TO_TAKE_BACK
        kept_away = self.undo.kept_away
        if kept_away:
            said = text(string_ids.LET_COME_BACK, count=str(kept_away))
            entries.append(
                Entry(said, self._leaving(partial(self._actions.let_come_back, self.undo)))
            )
        self._show(text(help_words), [*entries, self._back()])

    def _show_report(self) -> None:
        watched = self._session.coordinator
        facts = Facts(
            self._account(),
            watched.retry_policy.worked_at,
            watched.client.calls,
            self._store.answers.count(watched.person),
            self.undo.count(EVER),
            self.undo.kept_away,
            watched.retry_policy.last_trouble,
            version(),
            kodi_version(),
            self._refusals(),
            self._send_menu.facts(self.waiting_list.count),
        )
        self._show(report(facts, text, moment), [self._back()])

    def _back(self) -> Entry:
        return Entry(text(string_ids.BACK), self.open)
