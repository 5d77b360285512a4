"""The windows of this add-on, as the service has them.

What a window is to show is written into a property of the home window, and what the person does
there is read in another. The other end is `window_host.py`, in the script that the person started.
"""

from __future__ import annotations

import json
import time
from typing import Any, Callable, Mapping, NamedTuple, Sequence

from kodi_six import xbmcgui

from lib.kodi import string_ids
from lib.kodi.addon import ADDON_ID
from lib.kodi.info_labels import label
from lib.kodi.json_rpc import parsed
from lib.kodi.localization import text, word
from lib.kodi.monitor import Monitor

SHOWN, SAID, HOST = (f"{ADDON_ID}.{name}" for name in ("shown", "said", "host"))
HOME = 10000
_ANSWERS_WITHIN = 10.0  # seconds: the script that shows it
_LEAST_SEEN = 0.002  # of the bar: three pixels of a screen that is 1920 wide
_CANCEL, _CLOSE = 222, 15067  # Kodi's own words


def property_of_home(name: str) -> Mapping[str, Any]:
    """What a property of the home window holds as JSON; empty where it holds no object."""
    content = parsed(label(f"Window({HOME}).Property({name})"))
    return content if isinstance(content, dict) else {}


class _Window:
    """A window that is shown from the first `show` on, until `close`."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._number = time.monotonic_ns()
        self._drawing = 0
        self._shown_at: float | None = None

    def show(self, **content: object) -> None:
        """Another content; what the person did before it does not count any more."""
        self._drawing += 1
        if self._shown_at is None:
            self._shown_at = time.monotonic()
        self.change(**content)

    def change(self, **content: object) -> None:
        """The same content, a little different."""
        what = {"number": self._number, "kind": self._kind, "drawing": self._drawing}
        xbmcgui.Window(HOME).setProperty(SHOWN, json.dumps({**what, **content}))

    @property
    def is_gone(self) -> bool:
        """Whether the person has left it, something else has closed it, or it never came up."""
        said, now = self._said(), time.monotonic()
        if said:
            at = property_of_home(HOST).get("at")
            is_alive = isinstance(at, float) and now - at < _ANSWERS_WITHIN
            return bool(said.get("is_gone")) or not is_alive
        return self._shown_at is not None and now - self._shown_at > _ANSWERS_WITHIN

    def done(self, name: str) -> Any:
        """What the person has done in what is shown; None for nothing."""
        said = self._said()
        return said.get(name) if said.get("drawing") == self._drawing else None

    def _said(self) -> Mapping[str, Any]:
        said = property_of_home(SAID)
        return said if said.get("number") == self._number else {}

    def close(self) -> None:
        if Monitor.is_leaving:
            self.change(has_ended=True)
        elif property_of_home(SHOWN).get("number") == self._number:
            close_all()


def close_all() -> None:
    """Have no window shown, also none that a service has left which Kodi has killed."""
    xbmcgui.Window(HOME).clearProperty(SHOWN)


class Panel:
    """A window with a heading, some lines, and entries to choose from. `close` it."""

    def __init__(self, heading: str) -> None:
        self._window = _Window("panel")
        self._heading = heading
        self._clicks = 0

    def show(self, words: str, entries: Sequence[str]) -> None:
        """What it shows from now on."""
        self._window.show(heading=self._heading, words=words, entries=list(entries))

    def take_choice(self) -> int | None:
        """The number of the entry that was chosen since the last time."""
        chosen, clicks = self._window.done("chosen"), self._window.done("clicks")
        if not isinstance(chosen, int) or clicks == self._clicks:
            return None
        self._clicks = clicks
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


_NO_CODE = CodeOnScreen(("", "", ""), "", "", 0.0)


class SignInWindow:
    """The window of a sign-in. `close` it whatever happens."""

    def __init__(self, heading: str, purpose: str, words: str) -> None:
        """purpose: a line on what the sign-in is for, "" for none."""
        self._window = _Window("sign in")
        self._heading = heading
        self._purpose = purpose
        self._shown = _NO_CODE
        self._again = text(string_ids.TRY_AGAIN)
        self.say(words)

    def say(self, words: str) -> None:
        """Words alone."""
        self._show(words, _NO_CODE)

    def show_code(self, shown: CodeOnScreen) -> None:
        """A code, and how long it is still good for; called again and again."""
        if self._shown._replace(share_left=shown.share_left) != shown:
            self._show("", shown)
        elif abs(self._shown.share_left - shown.share_left) > _LEAST_SEEN:
            self._shown = shown
            self._window.change(**self._content("", has_failed=False))

    def fail(self, words: str) -> None:
        """Say what went wrong, and offer to try again."""
        self._show(words, _NO_CODE, has_failed=True)

    def _show(self, words: str, shown: CodeOnScreen, *, has_failed: bool = False) -> None:
        self._shown = shown
        self._window.show(**self._content(words, has_failed=has_failed))

    def _content(self, words: str, *, has_failed: bool) -> dict[str, object]:
        return {
            "heading": self._heading,
            "purpose": self._purpose,
            "words": words,
            "has_failed": has_failed,
            "leave": word(_CLOSE if has_failed else _CANCEL),
            "again": self._again,
            **self._shown._asdict(),
        }

    @property
    def is_left(self) -> bool:
        """Whether the person pressed Cancel, or something else has closed the window."""
        return self._window.is_gone

    @property
    def wants_again(self) -> bool:
        """Whether the person wants to try again, since it failed."""
        return bool(self._window.done("wants_again"))

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
    panel = Panel(text(string_ids.NAME))
    panel.show(words, [word(_CLOSE)])
    try:
        while panel.take_choice() is None and not panel.is_closed and not sleep(0.1):
            pass
    finally:
        panel.close()
