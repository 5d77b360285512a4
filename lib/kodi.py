"""The only door to Kodi: settings, texts, dialogs, labels, JSON-RPC, events and the log.

Nothing here knows Simkl. What is said of Kodi was measured on 20.1 and 21.2 (docs/kodi.md).
"""

from __future__ import annotations

import json
import sys
from collections import deque
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, NamedTuple, Sequence, Tuple, Union

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

# What a person may ask of the service.
OPEN, SIGN_IN, SIGN_OUT = "open", "sign_in", "sign_out"
CHECK_NOW = "check_now"
CHECK_AGAIN, LEAVE_ALONE, TICK_AGAIN = "check_again", "leave_alone", "tick_again"
_ACTIONS = (OPEN, SIGN_IN, SIGN_OUT, CHECK_NOW, CHECK_AGAIN, LEAVE_ALONE, TICK_AGAIN)
_WISH = ADDON_ID + ".wish"
_ALONE = ADDON_ID + ".alone"
_HOME = 10000


class Wish(NamedTuple):
    """action: one of the above, "" for none. row: what the row says that it is about."""

    action: str
    row: Mapping[str, str]


class Monitor(xbmc.Monitor):
    """Collects what Kodi announces, and sleeps until Kodi wants to leave."""

    def __init__(self) -> None:
        super().__init__()
        self._events: deque[Event] = deque()

    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802
        content = _parsed(data)
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
        return bool(self.waitForAbort(seconds))


class Dialog:
    """Kodi's progress dialog: the one dialog that no script has to wait in. `close` it whatever
    happens.
    """

    def __init__(self, heading: str, words: str, sleep: Callable[[float], bool]) -> None:
        """sleep: as Monitor.leaves_within. One that still fades out would take this along."""
        for _ in range(10):
            if not condition("Window.IsVisible(progressdialog)") or sleep(0.1):
                break
        self._dialog = xbmcgui.DialogProgress()
        self._dialog.create(heading, words)

    def show(self, words: str, share_left: float) -> None:
        """share_left: of a time that is running, 1.0 to 0.0; drawn as a bar."""
        self._dialog.update(round(100 * share_left), words)

    def say(self, words: str) -> None:
        """Words alone, without a share."""
        self._dialog.update(-1, words)

    @property
    def is_cancelled(self) -> bool:
        """Whether the person pressed Cancel, or something else has closed the dialog."""
        return bool(self._dialog.iscanceled()) or not condition("Window.IsActive(progressdialog)")

    def close(self) -> None:
        self._dialog.close()


class Settings:
    """The settings of this add-on. Read when they change, not in between: each read costs."""

    def __init__(self) -> None:
        self._addon = xbmcaddon.Addon(ADDON_ID)

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
    """A condition of what is on screen; up to 0.5 ms, because Kodi finishes its frame first."""
    return bool(xbmc.getCondVisibility(expression))


def unwatched_word() -> str:
    """What Kodi's video window calls its filter that hides what is watched."""
    return str(xbmc.getLocalizedString(16101))


def rpc_batch(calls: Sequence[Call]) -> list[Reply]:
    """The replies to JSON-RPC calls made in one go, in their order."""
    if not calls:
        return []
    request = [
        {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        for number, (method, params) in enumerate(calls)
    ]
    answer = _parsed(xbmc.executeJSONRPC(json.dumps(request)))
    replies = {
        reply.get("id"): reply
        for reply in (answer if isinstance(answer, list) else [])
        if isinstance(reply, dict)
    }
    return [_reply(method, replies.get(number)) for number, (method, _) in enumerate(calls)]


def wish(arguments: Sequence[str], row: Mapping[str, str] | None = None) -> None:
    """Hand what a person started to the service. arguments: those of the script, `action=…`.

    The service does it all, so that one place talks to Simkl and one dialog is shown. A wish
    waits until the service has started, and the same one twice is one.
    """
    named = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    action = named.get("action", OPEN)
    if action in _ACTIONS:
        xbmcgui.Window(_HOME).setProperty(_WISH, json.dumps([action, row or {}]))


def take_wish() -> Wish:
    """What a person started since the last time."""
    words = label(f"Window({_HOME}).Property({_WISH})")
    if words:
        xbmcgui.Window(_HOME).clearProperty(_WISH)
    wished = _parsed(words)
    if not (isinstance(wished, list) and len(wished) == 2 and isinstance(wished[1], dict)):
        return Wish("", {})
    return Wish(str(wished[0]), {str(name): str(said) for name, said in wished[1].items()})


# What a row's video tag calls what its labels say.
_TAG = {
    "DBTYPE": "getMediaType",
    "DBID": "getDbId",
    "Title": "getTitle",
    "TVShowTitle": "getTVShowTitle",
    "Season": "getSeason",
    "Episode": "getEpisode",
    "Year": "getYear",
    "IMDBNumber": "getIMDBNumber",
    "PlayCount": "getPlayCount",
}
_MAY_BE_ZERO = {"Season"}


def row_of_menu(names: Sequence[str]) -> dict[str, str]:
    """What the row says whose context menu started this script, by the names of info labels.

    Not read as labels: by now the focus may be on another row.
    """
    item: xbmcgui.ListItem = sys.listitem  # type: ignore[attr-defined]  # Kodi puts it there
    tag = item.getVideoInfoTag()
    row = {"Label": item.getLabel(), "FileNameAndPath": item.getPath()}
    for name in names:
        key = name[name.find("(") + 1 : -1]
        if name.startswith("Property("):
            row[name] = item.getProperty(key)
        elif name.startswith("UniqueID("):
            row[name] = tag.getUniqueID(key)
        elif name in _TAG:
            said = getattr(tag, _TAG[name])()
            is_none = said == -1 or (said == 0 and name not in _MAY_BE_ZERO)
            row[name] = "" if is_none else str(said)
    return {name: said for name, said in row.items() if said}


def show_alone(labels: Sequence[str]) -> None:
    """Tell the context menu what is left alone, so that it offers to tick it again."""
    xbmcgui.Window(_HOME).setProperty(_ALONE, "|".join(["", *labels, ""]))


def short_date(date: str) -> str:
    """A date (`YYYY-MM-DD…`) as the person's region writes it."""
    try:
        return datetime.fromisoformat(date[:10]).strftime(str(xbmc.getRegion("dateshort")))
    except ValueError:
        return date[:10]


def text(number: int, **values: str) -> str:
    """A sentence in the person's language, its {placeholders} filled."""
    words = str(xbmcaddon.Addon(ADDON_ID).getLocalizedString(number))
    for name, value in values.items():
        words = words.replace("{" + name + "}", value)
    return words


def notify(words: str) -> None:
    """A sentence in the corner of the screen, for some seconds; takes no focus."""
    icon = xbmcaddon.Addon(ADDON_ID).getAddonInfo("icon")
    xbmcgui.Dialog().notification(text(texts.NAME), words, icon, 8000, False)


def tell(words: str, sleep: Callable[[float], bool]) -> None:
    """A sentence in a dialog until the person leaves it: only as the answer to something asked for.

    sleep: as Monitor.leaves_within. Not Kodi's dialog with OK: while a script waits in that one,
    a Kodi that wants to quit waits five seconds for the script and then for ever.
    """
    dialog = Dialog(text(texts.NAME), words, sleep)
    dialog.say(words)
    while not dialog.is_cancelled and not sleep(0.1):
        pass
    dialog.close()


def open_settings() -> None:
    """Returns at once: waiting for them would hold up a Kodi that wants to quit."""
    xbmc.executebuiltin(f"Addon.OpenSettings({ADDON_ID})")


def refresh_list() -> None:
    """Have Kodi load the list in focus again."""
    xbmc.executebuiltin("Container.Refresh")


def data_folder() -> Path:
    """Where this add-on keeps its files, in the person's profile."""
    return Path(xbmcvfs.translatePath(f"special://profile/addon_data/{ADDON_ID}"))


def version() -> str:
    return str(xbmcaddon.Addon(ADDON_ID).getAddonInfo("version"))


def log(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGINFO)


def debug(line: str) -> None:
    xbmc.log(f"[{ADDON_ID}] {line}", xbmc.LOGDEBUG)


def _parsed(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return None


def _reply(method: str, reply: Mapping[str, Any] | None) -> Reply:
    if reply is None:
        return RpcError(method, 0)
    if "error" in reply:
        error = reply["error"]
        return RpcError(method, error.get("code", 0) if isinstance(error, dict) else 0)
    result: dict[str, Any] | str = reply.get("result", {})
    return result
