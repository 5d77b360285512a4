"""Stands for script.simkl: it waits, hears what is played, and has loaded what it would send with.

It sends nothing. The modules are those that a client of a web site needs at least.
"""

from __future__ import annotations

import http.client
import json
import time

import xbmc

_WAKES_EVERY = 90.0  # seconds


class Player(xbmc.Player):
    """Notes how far a video was played."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.begun_at = self.seen = 0.0

    def onAVStarted(self) -> None:  # noqa: N802
        self.title = self.getVideoInfoTag().getTitle()
        self.begun_at = time.monotonic()

    def onPlayBackStopped(self) -> None:  # noqa: N802
        self.seen = time.monotonic() - self.begun_at
        xbmc.log(json.dumps({"title": self.title, "seen": self.seen}), xbmc.LOGDEBUG)

    def onPlayBackEnded(self) -> None:  # noqa: N802
        self.onPlayBackStopped()


player, monitor = Player(), xbmc.Monitor()
connection = http.client.HTTPSConnection("127.0.0.1")  # which connects at the first request only
while not monitor.waitForAbort(_WAKES_EVERY):
    if player.isPlaying():
        player.onPlayBackStopped()
