"""Builds the rooms that a list goes through, with Kodi's door and the store behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib import kodi
from lib.alone import Alone
from lib.backlog import Backlog
from lib.drawn import Drawn
from lib.follow import Follow
from lib.hand import Hand
from lib.house import House
from lib.ledger import Ledger
from lib.leftovers import Leftovers
from lib.library import Library
from lib.screen import Screen
from lib.takeback import TakeBack
from lib.write import Writer

if TYPE_CHECKING:
    from lib.store import Store
    from lib.watched import Watched


def house_of(watched: Watched, store: Store) -> House:
    library, ledger = Library(kodi.rpc_batch), Ledger(store, lambda: watched.person)
    writer, drawn = Writer(kodi.rpc_batch, ledger.note), Drawn()
    follow = Follow(Hand(store, lambda: watched.person))
    return House(
        Screen(kodi.label, kodi.condition, kodi.unwatched_word),
        library,
        watched,
        writer,
        ledger,
        follow,
        Alone(store),
        Backlog(library, writer, follow, ledger),
        drawn,
        Leftovers(library, writer, drawn),
        {},
    )


def take_back_of(house: House, store: Store) -> TakeBack:
    """Writes with a writer of its own, which notes what was taken back."""
    writer = Writer(kodi.rpc_batch, house.ledger.note_taken_back)
    return TakeBack(store, house.ledger, house.library, writer, house.follow.hand)
