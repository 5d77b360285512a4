"""The windows of this add-on. Part of the door to Kodi.

None of them is one that a script waits in: while it does, a Kodi that wants to quit waits five
seconds for the script and then for ever (docs/kodi.md). Kodi calls a window's `onInit`, `onClick`
and `onAction` while the service sleeps; what they note is looked at in between.
"""

from __future__ import annotations

import time
from typing import Any, Callable, NamedTuple, Sequence

from kodi_six import xbmc, xbmcgui

from lib import texts
from lib.kodi import ADDON_ID, Polled, condition, text, this_addon, word

_UP_WITHIN = 10.0  # seconds
_LOOK_EVERY = 0.3
_LEAST_SEEN = 0.002  # of the bar: three pixels of a screen that is 1920 wide
_CANCEL, _CLOSE = 222, 15067  # Kodi's own words
_LEAVE = (xbmcgui.ACTION_PREVIOUS_MENU, xbmcgui.ACTION_NAV_BACK, xbmcgui.ACTION_STOP)


class _Window(xbmcgui.WindowXMLDialog):
    """xml: its file in resources/skins; `open` makes one."""

    xml = ""
    is_up = False
    is_left = False
    shown_at: float | None = None

    def onInit(self) -> None:  # noqa: N802
        if self.is_up:
            self.is_left = True  # the skin was loaded anew
            return
        self.is_up = True
        self.draw()

    @property
    def may_draw(self) -> bool:
        """Whether it is on the screen.

        Kodi closes it when the skin is loaded anew, but keeps its controls, which have gone, and
        falls over where one is touched (20.1, docs/kodi.md).
        """
        return self.is_up and not self.is_left and condition(f"Window.IsVisible({self.xml})")

    def onAction(self, action: xbmcgui.Action) -> None:  # noqa: N802
        if action.getId() in _LEAVE:
            self.is_left = True

    def draw(self) -> None:
        """Show what is noted; called once the window is there, and by whoever changes it."""

    def come_up(self) -> None:
        self._is_visible = Polled(f"Window.IsVisible({self.xml})", _LOOK_EVERY)
        self.show()
        self.shown_at = time.monotonic()

    @property
    def is_gone(self) -> bool:
        """Whether the person has left it, something else has closed it, or it never came up."""
        if self.is_up:
            return self.is_left or not self._is_visible()
        is_late = self.shown_at is not None and time.monotonic() - self.shown_at > _UP_WITHIN
        return self.is_left or is_late

    def control(self, number: int) -> Any:
        """A control of the window, as the class that it has in the XML."""
        return self.getControl(number)


def _opened(window: type[Any]) -> Any:
    """A window of that class, not shown yet."""
    folder = this_addon().getAddonInfo("path")
    return window(window.xml, folder, "Default", "1080i")


class _PanelWindow(_Window):
    xml = "simkl-watched-panel.xml"
    heading = words = ""
    entries: Sequence[str] = ()
    chosen: int | None = None
    _HEADING, _WORDS, _ENTRIES = 101, 102, 103

    def draw(self) -> None:
        self.control(self._HEADING).setLabel(self.heading)
        self.control(self._WORDS).setText(self.words)
        entries = self.control(self._ENTRIES)
        entries.reset()
        entries.addItems(list(self.entries))
        self.setFocusId(self._ENTRIES)

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._ENTRIES:
            self.chosen = self.control(self._ENTRIES).getSelectedPosition()


class Panel:
    """A window with a heading, some lines, and entries to choose from. `close` it."""

    def __init__(self, heading: str) -> None:
        self._window: _PanelWindow = _opened(_PanelWindow)
        self._window.heading = heading

    def show(self, words: str, entries: Sequence[str]) -> None:
        """What it shows from now on."""
        self._window.words, self._window.entries = words, entries
        self._window.chosen = None
        if self._window.shown_at is None:
            self._window.come_up()
        elif self._window.may_draw:
            self._window.draw()

    def take_choice(self) -> int | None:
        """The number of the entry that was chosen since the last time."""
        chosen, self._window.chosen = self._window.chosen, None
        return chosen

    @property
    def is_closed(self) -> bool:
        """Whether the person has left it."""
        return self._window.is_gone

    def close(self) -> None:
        self._window.close()


class CodeOnScreen(NamedTuple):
    """What the sign-in window shows of a code. lines: the three of what to do. picture: a file
    with the QR code, "" for none. share_left: of the time that the code is good for, 1.0 to 0.0.
    """

    lines: Sequence[str]
    code: str
    picture: str
    share_left: float


class _SignInWindow(_Window):
    xml = "simkl-watched-sign-in.xml"
    heading = words = ""
    shown: CodeOnScreen | None = None
    has_failed = False
    wants_again = False
    _drawn = 0.0  # share of the time left
    _HEADING, _WORDS, _SHARP, _ENLARGED = 101, 102, 105, 106
    _LINES = (103, 104, 107)
    _PICTURE, _TIME_LEFT, _LEAVE, _AGAIN = 110, 111, 120, 121

    def draw(self) -> None:
        shown = self.shown or CodeOnScreen(("", "", ""), "", "", 0.0)
        has_large_font = xbmc.getSkinDir().startswith("skin.estuary")
        self.setProperty("sharp", "yes" if has_large_font else "")
        self.control(self._HEADING).setLabel(self.heading)
        self.control(self._WORDS).setText(self.words)
        for control, line in zip(self._LINES, shown.lines):
            self.control(control).setText(line)
        for control in (self._SHARP, self._ENLARGED):
            self.control(control).setLabel(shown.code)
        self.control(self._PICTURE).setImage(shown.picture, False)
        self.control(self._LEAVE).setLabel(word(_CLOSE if self.has_failed else _CANCEL))
        again = self.control(self._AGAIN)
        again.setLabel(text(texts.TRY_AGAIN))
        # Not by a condition: it would become true with the next frame, too late for the focus.
        again.setVisible(self.has_failed)
        self.draw_time_left()
        self.setProperty("state", "failed" if self.has_failed else "code" if self.shown else "")
        self.setFocusId(self._AGAIN if self.has_failed else self._LEAVE)

    def draw_time_left(self) -> None:
        if self.shown is not None:
            self._drawn = self.shown.share_left
            self.control(self._TIME_LEFT).setPercent(100 * self._drawn)

    @property
    def is_time_left_old(self) -> bool:
        """Whether the bar has fallen behind by what can be seen."""
        return self.shown is not None and abs(self.shown.share_left - self._drawn) > _LEAST_SEEN

    def onClick(self, control: int) -> None:  # noqa: N802
        if control == self._LEAVE:
            self.is_left = True
        elif control == self._AGAIN:
            self.wants_again = True


class SignInWindow:
    """The window of a sign-in. `close` it whatever happens."""

    def __init__(self, heading: str, words: str) -> None:
        self._window: _SignInWindow = _opened(_SignInWindow)
        self._window.heading, self._window.words = heading, words
        self._window.come_up()

    def say(self, words: str) -> None:
        """Words alone."""
        self._show(words, None, has_failed=False)

    def show_code(self, shown: CodeOnScreen) -> None:
        """A code, and how long it is still good for; called again and again."""
        before = self._window.shown
        self._window.shown = shown
        if before is None or before._replace(share_left=shown.share_left) != shown:
            self._show("", shown, has_failed=False)
        elif self._window.is_time_left_old and self._window.may_draw:
            self._window.draw_time_left()

    def fail(self, words: str) -> None:
        """Say what went wrong, and offer to try again."""
        self._show(words, None, has_failed=True)

    def _show(self, words: str, shown: CodeOnScreen | None, *, has_failed: bool) -> None:
        window = self._window
        window.words, window.shown, window.has_failed = words, shown, has_failed
        window.wants_again = False
        if window.may_draw:
            window.draw()

    @property
    def is_left(self) -> bool:
        """Whether the person pressed Cancel, or something else has closed the window."""
        return self._window.is_gone

    @property
    def wants_again(self) -> bool:
        """Whether the person wants to try again, since it failed."""
        return self._window.wants_again

    def close(self) -> None:
        self._window.close()


class Bar:
    """Kodi's own bar in the corner for work in the background; takes no focus. `close` it."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._dialog = xbmcgui.DialogProgressBG()
        self._dialog.create(heading)

    def draw(self, share: float, words: str) -> None:
        """share: of the work that is done, 0.0 to 1.0."""
        self._dialog.update(round(100 * share), self._heading, words)

    def close(self) -> None:
        self._dialog.close()


def tell(words: str, sleep: Callable[[float], bool]) -> None:
    """A sentence until the person leaves it: only as the answer to something asked for.

    sleep: as Monitor.leaves_within.
    """
    panel = Panel(text(texts.NAME))
    panel.show(words, [word(_CLOSE)])
    try:
        while panel.take_choice() is None and not panel.is_closed and not sleep(0.1):
            pass
    finally:
        panel.close()


def open_settings() -> None:
    """Returns at once: waiting for them would hold up a Kodi that wants to quit."""
    xbmc.executebuiltin(f"Addon.OpenSettings({ADDON_ID})")
