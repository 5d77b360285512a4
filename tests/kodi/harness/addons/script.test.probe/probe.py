"""Runs inside Kodi for the tests: reads labels quickly, and notes what Kodi announces and shows.

Commands come through a socket of its own: a notification would take Kodi 90 ms to bring here.
"""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
import time
import traceback
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import xbmc
import xbmcaddon
import xbmcgui
import xbmcvfs

DATA = Path(xbmcvfs.translatePath("special://profile/addon_data/script.test.probe/"))
NOTIFICATION = 10107
# Windows of Kodi's own dialogs and the controls that hold their words.
DIALOGS = {10100: (1, 9), 10101: (1, 9), 12000: (1,), 12002: (1, 9), 10147: (1, 5)}
# Windows of add-ons: by the name of their XML.
ADDONS_WINDOWS = {
    "simkl-watched-sign-in.xml": (101, 102, 103, 104, 105, 107),
    "simkl-watched-panel.xml": (101, 102),
}
SELECT, SELECT_ROWS = 12000, (3, 6)


class Announcements(xbmc.Monitor):
    """Writes down all that Kodi announces to add-ons."""

    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802 Kodi's name
        add_line("announced.jsonl", {"sender": sender, "method": method, "data": json.loads(data)})


class Notifications:
    """Writes down each notification that Kodi shows, once its words stand still."""

    def __init__(self) -> None:
        self.seen = self.noted = ("", "")

    def look(self) -> None:
        now = self.read()
        # Kodi sets the heading before the text: only what two looks found is whole.
        if now == self.seen and now != self.noted:
            self.noted = now
            if any(now):
                add_line("notifications.jsonl", {"heading": now[0], "text": now[1]})
        self.seen = now

    def read(self) -> tuple[str, str]:
        if not xbmc.getCondVisibility(f"Window.IsVisible({NOTIFICATION})"):
            return "", ""
        # Anew each time: one that is kept has controls of a skin that has gone.
        window = xbmcgui.Window(NOTIFICATION)
        return self.text_of(window, 401), self.text_of(window, 402)

    def text_of(self, window: xbmcgui.Window, control: int) -> str:
        box = window.getControl(control)
        return box.getText() if isinstance(box, xbmcgui.ControlTextBox) else ""


class Commands(socketserver.StreamRequestHandler):
    """One line of JSON in, [command, {arguments}]; one line out."""

    def handle(self) -> None:
        command, wish = json.loads(self.rfile.readline())
        try:
            answer = {"answer": COMMANDS[command](**wish)}
        except Exception:
            answer = {"error": traceback.format_exc()}
        self.wfile.write(json.dumps(answer).encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


def rows(labels: list[str]) -> list[dict[str, str]]:
    """Every row of the list in focus but "..", which is no row of the person's."""
    last: list[dict[str, str]] | None = None
    while True:
        found = None
        with contextlib.suppress(RuntimeError):  # Kodi exchanges the rows now (docs/kodi.md)
            found = rows_at_once(labels)
        is_loading = not found and xbmc.getCondVisibility("Container.IsUpdating")
        if found is not None and found == last and not is_loading:
            return found
        last = found
        time.sleep(0.01)


def number_of_rows() -> int:
    return int(xbmc.getInfoLabel("Container.NumAllItems") or 0)


def rows_at_once(labels: list[str]) -> list[dict[str, str]]:
    has_way_up = xbmc.getCondVisibility("Container.ListItemAbsolute(0).IsParentFolder")
    return [
        {label: xbmc.getInfoLabel(f"Container.ListItemAbsolute({n}).{label}") for label in labels}
        for n in range(int(has_way_up), number_of_rows())
    ]


def look(labels: list[str], conditions: list[str]) -> list[dict[str, Any]]:
    return [texts(labels), {name: xbmc.getCondVisibility(name) for name in conditions}]


def texts(labels: list[str]) -> dict[str, str]:
    """What labels read, without a Kodi that falls over: a dialog takes its controls with it when
    it closes, and only JSON-RPC reads between two frames (docs/kodi.md).
    """
    if not labels or not xbmc.getCondVisibility("System.HasVisibleModalDialog"):
        return {label: text(label) for label in labels}
    wish = {"method": "XBMC.GetInfoLabels", "params": {"labels": labels}}
    answer = json.loads(xbmc.executeJSONRPC(json.dumps({"jsonrpc": "2.0", "id": 1, **wish})))
    return {label: answer["result"][label] for label in labels}


def text(label: str) -> str:
    while True:
        with contextlib.suppress(RuntimeError):  # Kodi exchanges the rows now (docs/kodi.md)
            return str(xbmc.getInfoLabel(label))
        time.sleep(0.005)


def watch(labels: list[str], seconds: float, every: float, until: dict[str, str]) -> dict[str, Any]:
    """Each change of the labels with its moment, and the longest time between two looks.

    until: what some of the labels read in the end; a second after that is enough.
    """
    changes: list[tuple[float, dict[str, str]]] = []
    longest = 0.0
    start = last = time.monotonic()
    while last - start < seconds:
        now = {label: text(label) for label in labels}
        moment = time.monotonic()
        longest = max(longest, moment - last)
        if not changes or now != changes[-1][1]:
            changes.append((moment, now))
        if until and until.items() <= now.items():
            seconds, until = min(seconds, moment - start + 1), {}
        last = moment
        time.sleep(every)
    return {"changes": changes, "longest_gap": longest}


def watch_ticks(seconds: float, every: float) -> dict[str, Any]:
    """How many rows of the list in focus are ticked: each change as (moment, ticked, rows)."""
    changes: list[tuple[float, int, int]] = []
    longest = 0.0
    start = last = time.monotonic()
    while last - start < seconds:
        count = number_of_rows()
        row = "Container.ListItemAbsolute"
        overlays = [text(f"{row}({n}).Overlay") for n in range(count)]
        moment = time.monotonic()
        longest = max(longest, moment - last)
        ticked = overlays.count("OverlayWatched.png")
        shown = int(xbmc.getInfoLabel("Container.NumItems") or 0)
        if not changes or (ticked, shown) != changes[-1][1:]:
            changes.append((moment, ticked, shown))
        last = moment
        time.sleep(every)
    return {"changes": changes, "longest_gap": longest}


def dialog() -> str:
    """The words of the dialog on screen: heading, text, and the rows of a selection."""
    window = xbmcgui.getCurrentWindowDialogId()
    controls = DIALOGS.get(window, ())
    for name, held in ADDONS_WINDOWS.items():
        if xbmc.getCondVisibility(f"Window.IsVisible({name})"):
            controls = held
    words = list(texts([f"Control.GetLabel({n})" for n in controls]).values())
    if window == SELECT:
        for container in SELECT_ROWS:
            number = f"Container({container}).NumAllItems"
            count = int(texts([number])[number] or 0)
            row = f"Container({container}).ListItemAbsolute"
            words += texts([f"{row}({n}).Label" for n in range(count)]).values()
    return "\n".join(word for word in words if word)


def builtin(command: str, wait: bool) -> None:
    xbmc.executebuiltin(command, wait)


def get_setting(addon: str, key: str) -> str:
    return whole_settings(addon).getSetting(key)


def set_setting(addon: str, key: str, value: str) -> None:
    whole_settings(addon).setSetting(key, value)


def whole_settings(addon: str) -> xbmcaddon.Addon:
    """Kodi saves all settings that this Addon has read. One that read while the add-on itself
    saved has read defaults, and would save them (docs/kodi.md).
    """
    end = time.monotonic() + 20
    while True:
        settings = xbmcaddon.Addon(addon)
        saved = saved_settings(addon)
        other = [k for k, v in (saved or {}).items() if settings.getSetting(k) != v]
        if saved is not None and not other:
            return settings
        if time.monotonic() > end:
            raise RuntimeError(f"not what is saved: {other}" if saved else "damaged settings")
        time.sleep(0.01)


def saved_settings(addon: str) -> dict[str, str] | None:
    """What the file holds; None where it is being written."""
    file = DATA.parent / addon / "settings.xml"
    try:
        settings = ET.parse(file).getroot().iter("setting")
    except FileNotFoundError:
        return {}
    except ET.ParseError:
        return None
    return {setting.attrib["id"]: setting.text or "" for setting in settings}


COMMANDS: dict[str, Any] = {
    "rows": rows,
    "look": look,
    "watch": watch,
    "watch_ticks": watch_ticks,
    "dialog": dialog,
    "builtin": builtin,
    "get_setting": get_setting,
    "set_setting": set_setting,
}


def add_line(name: str, note: dict[str, Any]) -> None:
    with (DATA / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(note) + "\n")


def main() -> None:
    xbmcvfs.mkdirs(str(DATA))
    monitor = Announcements()
    notifications = Notifications()
    with Server(("127.0.0.1", 0), Commands) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}).start()
        # Renamed into place: the test must never read half a port.
        half = DATA / "port.part"
        half.write_text(str(server.server_address[1]), encoding="ascii")
        half.replace(DATA / "port")
        # Kodi brings announcements only to a script that waits in waitForAbort.
        while not monitor.waitForAbort(0.05):
            notifications.look()
        server.shutdown()


main()
