"""Builds what tells Simkl what is watched, with Kodi's door and the store behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.kodi.addon import log, setting_of
from lib.kodi.info_labels import condition, label
from lib.kodi.json_rpc import rpc_batch
from lib.lists.rows_near_focus import RowsNearFocus
from lib.sending.choice import Choice
from lib.sending.clock_check import ClockCheck
from lib.sending.exclusions import Exclusions
from lib.sending.home_ids import HomeIds
from lib.sending.keeper import Keeper
from lib.sending.mark_reader import MarkReader
from lib.sending.marks import Marks
from lib.sending.other_scrobblers import OtherScrobblers
from lib.sending.player import Player
from lib.sending.plays import PlayDependencies, Plays
from lib.sending.row_marks import RowMarkDependencies, RowMarks
from lib.sending.scrobble_session import ScrobbleSession
from lib.sending.sender import Sender
from lib.sending.sending import Parts, Sending
from lib.sending.watching_now import WatchingNow, telling
from lib.sending.what_plays import Identifying

if TYPE_CHECKING:
    from lib.lists.browsing import Browsing
    from lib.sending.sending import Messages
    from lib.storage.store import Store

_IS_LOADING = "Container.IsUpdating"
_HOME = "Window(10000).Property({})"


def build_sending(browsing: Browsing, store: Store, messages: Messages) -> Sending:
    deps = browsing.deps
    coordinator = deps.coordinator
    choice, keeper = Choice(coordinator), Keeper(store.outbox, messages.not_kept)
    clock_check = ClockCheck(lambda: coordinator.client.seconds_ahead)
    plays = _plays(browsing, store, choice, keeper)
    reader = MarkReader(deps.library, deps.journal, deps.may_ask, lambda: choice.settings)
    marks = Marks(store.unread_marks, keeper, reader, plays.is_of_a_play, messages.ask_about_burst)
    rows = RowsNearFocus(deps, browsing.current_list, label, lambda: condition(_IS_LOADING))
    of_rows = (rows.look, keeper, deps.journal, deps.may_ask, choice.account)
    row_marks = RowMarks(RowMarkDependencies(*of_rows, lambda: choice.settings))
    sender = Sender(coordinator, store.outbox, clock_check, messages.told, log)
    parts = Parts(
        *(coordinator, store.outbox, marks, row_marks, plays, sender, clock_check, messages),
        lambda: deps.policy.user_changes.is_playing,
    )
    return Sending(parts, choice, keeper)


def _plays(browsing: Browsing, store: Store, choice: Choice, keeper: Keeper) -> Plays:
    deps = browsing.deps
    home_ids = HomeIds(lambda name: label(_HOME.format(name)))
    tell = telling(deps.coordinator.client)
    return Plays(
        PlayDependencies(
            Player(rpc_batch),
            Identifying(deps.library, browsing.current_list.identity_of, home_ids),
            Exclusions(
                lambda: choice.settings,
                lambda: deps.policy.tick_settings,
                deps.ignored_titles,
                OtherScrobblers(setting_of),
            ),
            home_ids,
            WatchingNow(ScrobbleSession(store.watching, tell, choice.account)),
            store.playing,
            keeper.add,
            choice.account,
            lambda: choice.settings,
        )
    )
