"""Builds what the visit of a list works with, with Kodi's door and the store behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.kodi.addon import version_of
from lib.kodi.builtin_commands import refresh_list
from lib.kodi.files import exists, text_of
from lib.kodi.hosts import keeps_silent
from lib.kodi.info_labels import ListMoved, condition, idle_seconds, label, shows_busy_dialog
from lib.kodi.json_rpc import rpc_batch
from lib.kodi.localization import orders_of_watched, unwatched_word
from lib.lists.changing_lists import ChangingLists
from lib.lists.container import Container
from lib.lists.dependencies import Dependencies
from lib.lists.list_loads import ListLoads
from lib.lists.list_rules import ListRules
from lib.lists.settled_rows import SettledRows
from lib.lists.sight import Sight
from lib.lists.unmended_rows import Screen, UnmendedRows
from lib.storage.ignored_titles import IgnoredTitles
from lib.ticks.backlog import Backlog
from lib.ticks.deferred import DeferredTicks
from lib.ticks.files import Files
from lib.ticks.journal import Journal
from lib.ticks.library import Library
from lib.ticks.marks import Marks
from lib.ticks.overlays import Overlays
from lib.ticks.policy import Policy
from lib.ticks.sources import Sources
from lib.ticks.user_changes import UserChanges
from lib.ticks.writer import Writer

if TYPE_CHECKING:
    from lib.lists.coordinator import Coordinator
    from lib.storage.store import Store
    from lib.ticks.undo import Undo


def build_dependencies(coordinator: Coordinator, store: Store) -> Dependencies:
    sources = Sources(rpc_batch)
    files = Files(exists, keeps_silent, sources)
    library, journal = Library(sources, files.exists), Journal(store, lambda: coordinator.person)
    loads = ListLoads(label, condition, shows_busy_dialog)
    writer = Writer(sources, journal.note, files, loads.begin)
    container = Container(label, condition, unwatched_word, ListRules(text_of).depend_on_watched)
    screen = Screen(
        writer.mend_films,
        refresh_list,
        idle_seconds,
        lambda: label("Container.SortMethod") in orders_of_watched(),
    )
    overlays = Overlays(store.undrawn_addons, version_of)
    policy = Policy(UserChanges(store, lambda: coordinator.person))
    return Dependencies(
        container,
        library,
        coordinator,
        writer,
        journal,
        policy,
        Marks(store, library, journal, policy),
        IgnoredTitles(store),
        Backlog(library, writer, policy, journal),
        overlays,
        ChangingLists(),
        DeferredTicks(library, writer, overlays),
        SettledRows(coordinator),
        files,
        loads,
        UnmendedRows(loads, container, Sight(_steady_label), screen),
    )


def _steady_label(name: str) -> str:
    """The same, and "" where the rows are just exchanged: what is being written goes on its way."""
    try:
        return label(name)
    except ListMoved:
        return ""


def build_undo(deps: Dependencies, store: Store) -> Undo:
    """Writes with a writer of its own, which notes what was taken back. The other announces it
    where it could not be announced at once.
    """
    from lib.ticks.undo import Undo  # not at the start

    note = deps.journal.note_taken_back
    owed = deps.writer.owed
    writer = Writer(deps.files.sources, note, deps.files, deps.loads.begin, owed)
    return Undo(store, deps.journal, deps.library, writer, deps.policy.user_changes)
