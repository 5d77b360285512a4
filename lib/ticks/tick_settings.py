"""What the person has chosen in the settings: what is ticked, and what is left out.

Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lib.titles.locations import Location, lies_within, locations_of
from lib.titles.paths import addon_of


@dataclass(frozen=True)
class TickSettings:
    """kinds: Kodi's media types whose rows are ticked. may_clear: whether Simkl may take away
    ticks that this add-on made. on_home: whether Kodi's lists on the home screen are ticked after
    the start. of_addons, of_files: whether rows of other add-ons, and files outside the library,
    are. addons, folders: ids and paths that cause no question and no tick. says_ticks,
    says_progress: whether it is shown how many ticks a list got, and how far a long one is.
    """

    kinds: frozenset[str] = frozenset()
    may_clear: bool = False
    on_home: bool = False
    of_addons: bool = True
    of_files: bool = True
    addons: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()
    says_ticks: bool = False
    says_progress: bool = False

    def leaves_out(self, path: str) -> bool:
        """Whether a video or a folder is left out. path: its own, or the list's."""
        addon = addon_of(path)
        if addon:
            return addon in self.addons
        return bool(self._folders) and lies_within(path, self._folders)

    @cached_property
    def _folders(self) -> tuple[Location, ...]:
        """Not the whole of this machine: that is what an empty setting says."""
        found = (each for folder in self.folders for each in locations_of(folder))
        return tuple(each for each in found if each.scheme or each.parts)
