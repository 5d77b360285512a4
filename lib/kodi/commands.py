"""What a person starts, on its way from the script that Kodi runs for it to the service.

A command is a property of the home window until the service takes it up.
"""

from __future__ import annotations

import json
import sys
from typing import Mapping, NamedTuple, Sequence

from kodi_six import xbmcgui

from lib.kodi.addon import ADDON_ID
from lib.kodi.info_labels import label
from lib.kodi.json_rpc import parsed, rpc_batch

OPEN, SIGN_IN, SIGN_OUT = "open", "sign_in", "sign_out"
CHECK_NOW = "check_now"
CHECK_AGAIN, LEAVE_ALONE, TICK_AGAIN = "check_again", "leave_alone", "tick_again"
_ACTIONS = (OPEN, SIGN_IN, SIGN_OUT, CHECK_NOW, CHECK_AGAIN, LEAVE_ALONE, TICK_AGAIN)
_COMMAND = ADDON_ID + ".command"
_ALONE = ADDON_ID + ".alone"
_HOME = 10000


class Command(NamedTuple):
    """action: one of the above, "" for none. row: what the row says that it is about."""

    action: str
    row: Mapping[str, str]


def send_command(arguments: Sequence[str], row: Mapping[str, str] | None = None) -> None:
    """Send what a person started to the service. arguments: those of the script, `action=…`.

    The service does it all, so that one place talks to Simkl and one dialog is shown. A command
    waits until the service has started, and the same one twice is one.
    """
    named = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    action = named.get("action", OPEN)
    if action in _ACTIONS:
        xbmcgui.Window(_HOME).setProperty(_COMMAND, json.dumps([action, row or {}]))
        # The service looks rarely where nothing happens: an announcement wakes it.
        rpc_batch([("JSONRPC.NotifyAll", {"sender": ADDON_ID, "message": "command"})])


def take_command() -> Command:
    """What a person started since the last time."""
    words = label(f"Window({_HOME}).Property({_COMMAND})")
    if words:
        xbmcgui.Window(_HOME).clearProperty(_COMMAND)
    content = parsed(words)
    if not (isinstance(content, list) and len(content) == 2 and isinstance(content[1], dict)):
        return Command("", {})
    return Command(str(content[0]), {str(name): str(said) for name, said in content[1].items()})


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

    Beside these `IsFolder`, and `IsBegun` where it has a resume point; nothing for no.
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
    row["IsFolder"] = "1" if item.isFolder() else ""
    row["IsBegun"] = "1" if tag.getResumeTime() > 0 else ""
    return {name: said for name, said in row.items() if said}


def show_alone(labels: Sequence[str]) -> None:
    """Tell the context menu what is left alone, so that it offers to tick it again."""
    xbmcgui.Window(_HOME).setProperty(_ALONE, "|".join(["", *labels, ""]))
