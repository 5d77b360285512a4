"""Which tick a row that is not of the library is to get, or to lose. Knows neither of the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Sequence

from lib.lists.dbids import are_of_library
from lib.storage.answer_cache import with_all_watched
from lib.storage.made_ticks import TAKEN_BACK
from lib.ticks.due import EPISODE, FILM, Video, due
from lib.titles.identify import is_drawn_by_kodi
from lib.titles.paths import addon_of
from lib.titles.rows import EPISODE as EPISODE_ROW
from lib.titles.rows import MOVIE

if TYPE_CHECKING:
    from lib.lists.dependencies import Dependencies
    from lib.simkl.answers import EpisodeKey
    from lib.storage.answer_cache import Known
    from lib.storage.made_ticks import MadeTick
    from lib.ticks.due import Tick
    from lib.titles.identify import Identity
    from lib.titles.rows import NonLibraryRow


class Item(NamedTuple):
    """A row that may get a tick, or lose one. mine: the tick of ours that Kodi had for it."""

    row: NonLibraryRow
    identity: Identity
    mine: MadeTick | None


class NonLibraryTicks:
    def __init__(self, deps: Dependencies, list_path: str) -> None:
        self._deps = deps
        self._list_path = list_path

    def made(self, rows: list[NonLibraryRow], silent: set[str]) -> dict[str, MadeTick]:
        """The ticks that we made for these rows, and that Kodi has not lost as a whole.

        silent: paths of rows that lack one for another reason than that it was removed.
        """
        journal, overlays = self._deps.journal, self._deps.overlays
        made = journal.made([row.path for row in rows])
        standing = {
            file
            for file, mine in made.items()
            if not mine.theirs and file not in silent and overlays.draws(addon_of(file))
        }
        undrawn = {
            row.path
            for row in rows
            if row.path in standing
            and not row.is_ticked
            and overlays.is_tried_again(addon_of(row.path))
        }
        if undrawn:  # nobody can have removed them
            journal.forget(undrawn)
            made = {file: mine for file, mine in made.items() if file not in undrawn}
            standing -= undrawn
        if any(row.is_ticked and row.path in standing for row in rows):
            overlays.saw_ours()
        if overlays.have_lost_all([row for row in rows if row.path in standing]):
            journal.forget(standing)
            return {file: mine for file, mine in made.items() if file not in standing}
        changed = [
            row
            for row in rows
            if row.path in standing and row.playcount != made[row.path].playcount
        ]
        journal.note_theirs(row.path for row in changed if row.is_ticked)
        journal.note_removed(row.path for row in changed if not row.is_ticked)
        return made

    def of_library(self, rows: Sequence[NonLibraryRow]) -> set[str]:
        """Paths of rows that lack a tick of ours where they may show the library's playcount."""
        named = [row for row in rows if "DBID" in row.labels and not row.is_ticked]
        made = self._deps.journal.made([row.path for row in named])
        unticked = [row for row in named if row.path in made]
        shown = are_of_library(unticked, self._deps.library)
        return {row.path for row, is_librarys in zip(unticked, shown) if is_librarys}

    def may_change(self, item: Item) -> bool:
        """Whether Simkl is to be asked about a row at all."""
        row, identity, mine = item
        settings = self._deps.policy.tick_settings
        if (EPISODE_ROW if identity.episodes else MOVIE) not in settings.kinds:
            return False
        if not (settings.of_addons if addon_of(row.path) else settings.of_files):
            return False
        if not self._deps.may_ask(identity.title, row.path) or not is_drawn_by_kodi(row):
            return False
        # When another add-on's video was begun, only Kodi knows: no date may go back.
        is_begun = row.is_begun and addon_of(row.path) != ""
        if is_begun or not self._may_be_drawn(item):
            return False
        return not row.is_ticked or (settings.may_clear and mine is not None and not mine.theirs)

    def _may_be_drawn(self, item: Item) -> bool:
        overlays = self._deps.overlays
        if item.mine is None and overlays.is_under_another_path(self._list_path, item.identity):
            return False
        return overlays.draws(addon_of(item.row.path))

    def due(self, item: Item, known: Known) -> Tick | None:
        """What is to be written for a row by what Simkl said; None for nothing."""
        known = with_all_watched(known, at_least(item.identity.episodes))
        return self._to_clear(item, known) if item.row.is_ticked else self._to_tick(item, known)

    def _to_tick(self, item: Item, known: Known) -> Tick | None:
        tick = self._missing(item, known, (0, ""))
        if tick is not None and not addon_of(item.row.path):
            state = self._deps.library.file_state(item.row.path)
            tick = None if state is None else self._missing(item, known, state)
        # One that we made and that is gone was taken away by hand: only a newer watch brings it.
        is_new = tick is None or item.mine is None or tick.lastplayed > item.mine.lastplayed
        return tick if is_new or self._was_anothers(item.mine) else None

    def _was_anothers(self, mine: MadeTick | None) -> bool:
        """Whether it showed a watch of somebody else's, and was taken back."""
        is_back = mine is not None and mine.theirs == TAKEN_BACK
        return is_back and mine is not None and mine.person != self._deps.coordinator.person

    def _missing(self, item: Item, known: Known, state: tuple[int, str]) -> Tick | None:
        videos = _videos(item, state)
        missing = due(videos, lambda video: self._deps.policy.watch_of(video, known))
        return missing[0] if missing else None

    def _to_clear(self, item: Item, known: Known) -> Tick | None:
        is_addons = addon_of(item.row.path) != ""
        state: tuple[int, str] | None = None
        if not is_addons:
            state = self._deps.library.file_state(item.row.path)
        elif item.mine is not None:
            state = (item.row.playcount, item.mine.lastplayed)  # Kodi tells no date of these
        if state is None:
            return None
        videos = _videos(item, state)
        cleared = self._deps.policy.to_clear(videos, known, self._deps.journal)
        return cleared[0] if cleared else None


def at_least(episodes: Sequence[EpisodeKey]) -> list[EpisodeKey]:
    """The episodes that a series has at least, where a list shows these of it.

    How many come before one of a later season a row does not say: of those nothing is known.
    """
    last = max((number for season, number in episodes if season == 1), default=0)
    return [(1, number) for number in range(1, last + 1)]


def _videos(item: Item, state: tuple[int, str]) -> list[Video]:
    """The film or the episodes of a row. state: its playcount and date."""
    kind = EPISODE if item.identity.episodes else FILM
    return [
        Video(kind, -1, item.row.path, *state, -1, season, number)
        for season, number in item.identity.episodes or ((-1, -1),)
    ]
