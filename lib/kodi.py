"""The door to Kodi: settings, texts, labels, JSON-RPC, events and the log.

Three more files belong to it: `kodi_wishes.py` (what a person starts), `kodi_windows.py` and
`kodi_shown.py`. No other imports Kodi. Nothing here knows Simkl. What is said of Kodi was
measured on 20.1 and 21.2 (docs/kodi.md).
"""

from __future__ import annotations

import json
import time
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, Mapping, NamedTuple, Sequence, Tuple, Union

from kodi_six import xbmc, xbmcaddon, xbmcgui, xbmcvfs

from lib import texts

ADDON_ID = "service.simkl.watched"

Call = Tuple[str, Mapping[str, Any]]
"""A JSON-RPC method and its parameters."""


class RpcError(Exception):
    """Kodi refused a JSON-RPC call. code: JSON-RPC's, -32602 for parameters it does not take."""

    def __init__(self, method: str, code: int) -> None:
        super().__init__(f"{method}: error {code}")
        self.code = code


class NotEnabled(Exception):
    """This add-on is switched off in Kodi."""


class ListMoved(Exception):
    """Kodi exchanged the rows of a list while one of them was read."""


Reply = Union[Dict[str, Any], str, RpcError]
"""What one JSON-RPC call gave."""


class Event(NamedTuple):
    """Something that Kodi announced. data: the announcement's, as JSON gave it."""

    sender: str
    method: str
    data: Mapping[str, Any]


SETTINGS_CHANGED = Event(ADDON_ID, "settings changed", {})


class Monitor(xbmc.Monitor):
    """Collects what Kodi announces, and sleeps until Kodi wants to leave."""

    is_leaving = False
    """Whether Kodi has asked this script to end."""

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[Event] = deque()

    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802
        content = parsed(data)
        self._events.append(Event(sender, method, content if isinstance(content, dict) else {}))

    def onSettingsChanged(self) -> None:  # noqa: N802
        self._events.append(SETTINGS_CHANGED)

    def next_event(self) -> Event | None:
        """The oldest that was not taken yet; None when there is none."""
        return self._events.popleft() if self._events else None

    def leaves_within(self, seconds: float) -> bool:
        """Sleep so long, more than 0: True at once when Kodi wants to leave.

        Kodi takes 0 for ever.
        """
        if self.waitForAbort(seconds):
            Monitor.is_leaving = True
        return Monitor.is_leaving


def this_addon() -> xbmcaddon.Addon:
    """Errors: NotEnabled."""
    try:
        return xbmcaddon.Addon(ADDON_ID)
    except RuntimeError:  # "Unknown addon id": Kodi knows only those that are switched on
        Monitor.is_leaving = True  # it ends this script now
        raise NotEnabled from None


class Settings:
    """The settings of this add-on. Read when they change, not in between: each read costs."""

    def __init__(self) -> None:
        """Errors: NotEnabled."""
        self._addon = this_addon()

    def text(self, key: str) -> str:
        return str(self._addon.getSetting(key)).strip()

    def is_on(self, key: str) -> bool:
        return self.text(key).lower() == "true"

    def several(self, key: str) -> list[str]:
        """What a setting of several values holds; Kodi keeps them apart by "|"."""
        return [value for value in self.text(key).split("|") if value]

    def put(self, key: str, value: str) -> None:
        if self.text(key) != value:
            self._addon.setSetting(key, value)


def label(name: str) -> str:
    """An info label of what is on screen; 3 µs, waits for nothing. Errors: ListMoved."""
    try:
        return str(xbmc.getInfoLabel(name))
    except RuntimeError:  # it waits for nothing, so a list may change under it (docs/kodi.md)
        raise ListMoved from None


def condition(expression: str) -> bool:
    """A condition of what is on screen; up to 0.5 ms, because Kodi finishes its frame first.

    A Kodi that begins to leave at that moment finishes no frame, and kills the script after 5 s
    (docs/kodi.md): where nothing is read of a list, `Polled` asks seldom.
    """
    return bool(xbmc.getCondVisibility(expression))


class Polled:
    """A condition that is asked in a loop: what it last was counts for some time."""

    def __init__(self, expression: str, every: float) -> None:
        """every: seconds."""
        self._expression = expression
        self._every = every
        self._asked_at: float | None = None
        self._last = False

    def __call__(self) -> bool:
        now = time.monotonic()
        if self._asked_at is None or now - self._asked_at >= self._every:
            self._asked_at = now
            self._last = condition(self._expression)
        return self._last


SETTINGS = 5
_UNWATCHED = 16101


def word(number: int) -> str:
    """One of Kodi's own words in the person's language, by its number."""
    return str(xbmc.getLocalizedString(number))


def unwatched_word() -> str:
    """What Kodi's video window calls its filter that hides what is watched."""
    return word(_UNWATCHED)


def rpc_batch(calls: Sequence[Call]) -> list[Reply]:
    """The replies to JSON-RPC calls made in one go, in their order."""
    if not calls:
        return []
    request = [
        {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        for number, (method, params) in enumerate(calls)
    ]
    answer = parsed(xbmc.executeJSONRPC(json.dumps(request)))
    replies = {
        reply.get("id"): reply
        for reply in (answer if isinstance(answer, list) else [])
        if isinstance(reply, dict)
    }
    return [_reply(method, replies.get(number)) for number, (method, _) in enumerate(calls)]


def short_date(date: str) -> str:
    """A date (`YYYY-MM-DD…`) as the person's region writes it."""
    try:
        return datetime.fromisoformat(date[:10]).strftime(str(xbmc.getRegion("dateshort")))
    except ValueError:
        return date[:10]


def moment(at: float) -> str:
    """Date and time as the person's region writes them. at: seconds since 1970."""
    local = datetime.fromtimestamp(at)  # noqa: DTZ006 — the person's own time
    forms = [str(xbmc.getRegion(name)) for name in ("dateshort", "time")]
    # "%H%H" and "xx" are Kodi's own: an hour without its zero, and no a.m. or p.m.
    return local.strftime(" ".join(forms).replace("%H%H", "%H").replace("xx", "")).strip()


def text(number: int, **values: str) -> str:
    """A sentence in the person's language, its {placeholders} filled."""
    words = str(this_addon().getLocalizedString(number))
    for name, value in values.items():
        words = words.replace("{" + name + "}", value)
    return words


_FADES = "Window.IsVisible(notification) + !Window.IsActive(notification)"
_to_say: deque[str] = deque()


def notify(words: str) -> None:
    """Have a sentence said by `say_next`."""
    _to_say.append(words)


def say_next() -> None:
    """Say the oldest sentence, in the corner of the screen, for some seconds; takes no focus.

    Not while the one before fades out: Kodi would lose it (20.1, docs/kodi.md).
    """
    if not _to_say or condition(_FADES):
        return
    icon = this_addon().getAddonInfo("icon")
    xbmcgui.Dialog().notification(text(texts.NAME), _to_say.popleft(), icon, 8000, False)


def refresh_list() -> None:
    """Have Kodi load the list in focus again."""
    xbmc.executebuiltin("Container.Refresh")


def data_folder() -> Path:
    """Where this add-on keeps its files, in the person's profile."""
    return Path(xbmcvfs.translatePath(f"special://profile/addon_data/{ADDON_ID}"))


def version() -> str:
    return str(this_addon().getAddonInfo("version"))


def kodi_version() -> str:
    return label("System.BuildVersionShort")


def log(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGINFO)


def debug(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGDEBUG)


def parsed(words: str) -> Any:
    """What a JSON text holds; None for one that is none."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def _reply(method: str, reply: Mapping[str, Any] | None) -> Reply:
    if reply is None:
        return RpcError(method, 0)
    if "error" in reply:
        error = reply["error"]
        return RpcError(method, error.get("code", 0) if isinstance(error, dict) else 0)
    result: dict[str, Any] | str = reply.get("result", {})
    return result
