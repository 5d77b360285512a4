"""Which other add-ons tell Simkl what is played here, so that no play reaches it twice.

What is known of them, with version and source, is in docs/other-scrobblers.md. Knows neither of the
two doors.
"""

from __future__ import annotations

from typing import Callable, NamedTuple

from lib.titles.paths import addon_of


class Scrobbler(NamedTuple):
    """An add-on that tells Simkl itself.

    token: its setting that holds something while it is signed in; "" where none is known, and then
    it counts as signed in. switch: its setting that is "false" where it is to tell nothing; "" for
    none.
    """

    token: str = ""
    switch: str = ""


OF_ALL = {
    "script.simkl": Scrobbler("token", "autoscrobble"),
    "script.simkl.scrobbler": Scrobbler("access_token"),
}
"""Add-ons that tell whatever plays, by their ids."""

OF_THEIR_OWN = {
    "plugin.video.prism": Scrobbler("simkl.auth"),
    "plugin.video.luc_kodi": Scrobbler(),
    "plugin.video.otaku": Scrobbler(),
    "plugin.video.jacktook": Scrobbler(),
    "plugin.video.redlight": Scrobbler(),
}
"""Video add-ons that tell what they play themselves, by their ids."""


class OtherScrobblers:
    def __init__(self, setting_of: Callable[[str, str], str | None]) -> None:
        """setting_of: the setting of an add-on; None where that is not installed and enabled."""
        self._setting_of = setting_of

    def tells(self, path: str) -> str | None:
        """The id of the add-on that tells Simkl of a play; None where none does.

        path: of what plays, as Kodi keeps its tick: of another add-on's row the row's own.
        """
        addon = addon_of(path)
        if addon in OF_THEIR_OWN and self._is_on(addon, OF_THEIR_OWN[addon]):
            return addon
        return next((each for each, what in OF_ALL.items() if self._is_on(each, what)), None)

    def all_that_tell(self) -> list[str]:
        """The ids of those that are here and would tell Simkl something."""
        known = {**OF_ALL, **OF_THEIR_OWN}
        return [each for each, what in known.items() if self._is_on(each, what)]

    def _is_on(self, addon: str, scrobbler: Scrobbler) -> bool:
        token = self._setting_of(addon, scrobbler.token)
        if token is None or (scrobbler.token and not token):
            return False
        return not scrobbler.switch or self._setting_of(addon, scrobbler.switch) != "false"
