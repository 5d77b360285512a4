"""The rooms that a list goes through, handed to its visit as one. Knows neither of the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lib.alone import Alone
    from lib.backlog import Backlog
    from lib.drawn import Drawn
    from lib.follow import Follow
    from lib.ledger import Ledger
    from lib.leftovers import Leftovers
    from lib.library import Library
    from lib.screen import Screen
    from lib.store import Key
    from lib.titles import Title
    from lib.visit import Settled
    from lib.watched import Watched
    from lib.write import Writer


class Progress(NamedTuple):
    """Of a list: its rows, and how many of them wait for nothing any more."""

    rows: int
    done: int


class House(NamedTuple):
    """settled: rows of the library that were dealt with, by media type and library id."""

    screen: Screen
    library: Library
    watched: Watched
    writer: Writer
    ledger: Ledger
    follow: Follow
    alone: Alone
    backlog: Backlog
    drawn: Drawn
    leftovers: Leftovers
    settled: dict[Key, Settled]

    def may_ask(self, title: Title | None, path: str) -> bool:
        """Whether the person lets Simkl be asked about a title. path: of its file or folder."""
        if title is None or self.follow.choices.leaves_out(path):
            return False
        return not self.alone.has(title)
