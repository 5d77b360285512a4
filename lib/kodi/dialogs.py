"""The dialogs of this add-on as Kodi draws them, from the XML in resources/skins.

They run in the script that a person has started (`window_host.py`). No window is one that a script
waits in: while it does, a Kodi that wants to quit waits five seconds for the script and then for
ever (docs/kodi.md). Kodi calls a window's `onInit`, `onClick` and `onAction` while the script
sleeps.
"""

from __future__ import annotations

from typing import Any, Mapping

from kodi_six import xbmc, xbmcgui

_NO_DIALOG = 9999
_NUMBERS = range(13000, 13100)  # of windows of add-ons
_LEAVE = (xbmcgui.ACTION_PREVIOUS_MENU, xbmcgui.ACTION_NAV_BACK, xbmcgui.ACTION_STOP)


class AddonDialog(xbmcgui.WindowXMLDialog):
    """xml: its file in resources/skins. told: what it is to show. drawn: what it shows."""

    xml = ""
    is_left = False
    is_filled = False
    number: int | None = None
    """Kodi's, once it was seen on the screen."""
    told: Mapping[str, Any] = {}
    drawn: Mapping[str, Any] = {}

    def onInit(self) -> None:  # noqa: N802
        if self.is_filled:
            self.is_left = True  # the skin was loaded anew
            return
        self.is_filled = True
        self.draw_all()

    def look(self) -> None:
        """See whether it is up, or something else has closed it.

        Not by a condition: while that waits for Kodi's frame no other script can end, and a Kodi
        that is just then ending the service waits for ever (docs/kodi.md).
        """
        number = xbmcgui.getCurrentWindowDialogId()
        if self.number is None and self.is_filled and number in _NUMBERS:
            self.number = number
        if self.number is not None and number == _NO_DIALOG:
            self.is_left = True

    @property
    def may_draw(self) -> bool:
        """Whether it is on the screen, and nothing before it.

        Kodi closes it when the skin is loaded anew, but keeps its controls, which have gone, and
        falls over where one is touched (20.1, docs/kodi.md).
        """
        is_up = self.number is not None and not self.is_left
        return is_up and self.number == xbmcgui.getCurrentWindowDialogId()

    def onAction(self, action: xbmcgui.Action) -> None:  # noqa: N802
        if action.getId() in _LEAVE:
            self.is_left = True

    def draw_all(self) -> None:
        """Show what it was told; called once the window is there, and when that has changed."""
        self.drawn = self.told
        self.draw()

    def draw(self) -> None:
        """Fill all its controls."""

    def draw_change(self) -> None:
        """What it was told is not what it shows."""
        self.draw_all()

    def said(self) -> dict[str, Any]:
        """What the person has done in what it shows now."""
        return {}

    def control(self, number: int) -> Any:
        """A control of the window, as the class that it has in the XML."""
        return self.getControl(number)


class PanelDialog(AddonDialog):
    xml = "simkl-watched-panel.xml"
    chosen: int | None = None
    clicks = 0
    _HEADING, _WORDS, _ENTRIES = 101, 102, 103

    def draw(self) -> None:
        self.chosen = None
        self.control(self._HEADING).setLabel(self.told["heading"])
        self.control(self._WORDS).setText(self.told["words"])
        entries = self.control(self._ENTRIES)
        entries.reset()
        entries.addItems(list(self.told["entries"]))
        self.setFocusId(self._ENTRIES)

    def said(self) -> dict[str, Any]:
        return {"chosen": self.chosen, "clicks": self.clicks}

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._ENTRIES:
            self.chosen = self.control(self._ENTRIES).getSelectedPosition()
            self.clicks += 1


class SignInDialog(AddonDialog):
    xml = "simkl-watched-sign-in.xml"
    wants_again = False
    _HEADING, _PURPOSE, _WORDS, _SHARP, _ENLARGED = 101, 108, 102, 105, 106
    _LINES = (103, 104, 107)
    _PICTURE, _TIME_LEFT, _LEAVE, _AGAIN = 110, 111, 120, 121

    def draw(self) -> None:
        told, has_failed = self.told, self.told["has_failed"]
        self.wants_again = False
        has_large_font = xbmc.getSkinDir().startswith("skin.estuary")
        self.setProperty("sharp", "yes" if has_large_font else "")
        self.control(self._HEADING).setLabel(told["heading"])
        self.control(self._PURPOSE).setLabel(told["purpose"])
        self.control(self._WORDS).setText(told["words"])
        for control, line in zip(self._LINES, told["lines"]):
            self.control(control).setText(line)
        for control in (self._SHARP, self._ENLARGED):
            self.control(control).setLabel(told["code"])
        self.control(self._PICTURE).setImage(told["picture"], False)
        self.control(self._LEAVE).setLabel(told["leave"])
        again = self.control(self._AGAIN)
        again.setLabel(told["again"])
        # Not by a condition: it would become true with the next frame, too late for the focus.
        again.setVisible(has_failed)
        self._draw_time_left()
        self.setProperty("state", "failed" if has_failed else "code" if told["code"] else "")
        self.setFocusId(self._AGAIN if has_failed else self._LEAVE)

    def draw_change(self) -> None:
        if {**self.drawn, "share_left": self.told["share_left"]} == self.told:
            self.drawn = self.told
            self._draw_time_left()
        else:
            self.draw_all()

    def _draw_time_left(self) -> None:
        self.control(self._TIME_LEFT).setPercent(100 * self.told["share_left"])

    def said(self) -> dict[str, Any]:
        return {"wants_again": self.wants_again}

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._LEAVE:
            self.is_left = True
        elif control == self._AGAIN:
            self.wants_again = True
