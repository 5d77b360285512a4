"""What the visit of a list works with, passed to it as one. Knows neither of the two doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lib.lists.changing_lists import ChangingLists
    from lib.lists.container import Container
    from lib.lists.coordinator import Coordinator
    from lib.lists.list_loads import ListLoads
    from lib.lists.settled_rows import SettledRows
    from lib.lists.unmended_rows import UnmendedRows
    from lib.storage.ignored_titles import IgnoredTitles
    from lib.ticks.backlog import Backlog
    from lib.ticks.deferred import DeferredTicks
    from lib.ticks.files import Files
    from lib.ticks.journal import Journal
    from lib.ticks.library import Library
    from lib.ticks.marks import Marks
    from lib.ticks.overlays import Overlays
    from lib.ticks.policy import Policy
    from lib.ticks.writer import Writer
    from lib.titles.title import Title


class Dependencies(NamedTuple):
    """settled: rows of the library that were dealt with."""

    container: Container
    library: Library
    coordinator: Coordinator
    writer: Writer
    journal: Journal
    policy: Policy
    marks: Marks
    ignored_titles: IgnoredTitles
    backlog: Backlog
    overlays: Overlays
    changing_lists: ChangingLists
    deferred: DeferredTicks
    settled: SettledRows
    files: Files
    loads: ListLoads
    unmended: UnmendedRows

    def may_ask(self, title: Title | None, *paths: str) -> bool:
        """Whether the person lets Simkl be asked about a title.

        paths: of its files or folders; one that is not left out is enough.
        """
        if title is None or all(map(self.policy.tick_settings.leaves_out, paths)):
            return False
        return not self.ignored_titles.has(title)
