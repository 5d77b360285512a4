"""Listens as script.simkl 3.2.4 does: an OnUpdate with a playcount is taken for a person's mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import xbmc
import xbmcvfs

DATA = Path(xbmcvfs.translatePath("special://profile/addon_data/service.test.listener/"))


class Listener(xbmc.Monitor):
    def onNotification(self, sender: str, method: str, data: str) -> None:  # noqa: N802, ARG002
        if method != "VideoLibrary.OnUpdate":
            return
        update = json.loads(data)
        note("updates.jsonl", update)
        if "playcount" in update:
            note("marks.jsonl", update)


def note(name: str, update: dict[str, Any]) -> None:
    with (DATA / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(update) + "\n")


xbmcvfs.mkdirs(str(DATA))
Listener().waitForAbort()
