"""What the person has chosen in the settings: what is ticked, and what is left out.

Knows neither of the two doors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
        parts = _parts(path)
        folders = (folder for folder in map(_parts, self.folders) if folder)
        return any(parts[: len(folder)] == folder for folder in folders)


def _parts(path: str) -> list[str]:
    """By whole parts: `/media/Kids` is not within `/media/Kid`, nor a word within a name."""
    first = (
        path[len("stack://") :].split(" , ", maxsplit=1)[0] if path.startswith("stack://") else path
    )
    return [part for part in re.split(r"[/\\]+", first) if part]
