"""Plays videos in a Kodi as a person does, and waits until Kodi has announced it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .process import Process


class Playback(Process):
    def play(self, **item: Any) -> None:
        """Open a video and wait until its picture is there. item: of `Player.Open`."""
        self.begins(lambda: self.rpc("Player.Open", item=item))

    def begins(self, do: Callable[[], object]) -> None:
        """Do something that has Kodi play a video, or the next one, and wait for its picture."""
        self.does(do, "Player.OnAVStart", "the picture")

    def seek(self, percent: float) -> None:
        """Go to a place of the video. Kodi says the place before for a second or so."""
        to = {"percentage": percent}
        self.does(
            lambda: self.rpc("Player.Seek", playerid=1, value=to), "Player.OnSeek", "the place"
        )

    def stop_playing(self) -> None:
        """Leave the video where it is."""
        self.does(lambda: self.rpc("Player.Stop", playerid=1), "Player.OnStop", "the end")

    def skip(self) -> None:
        """Go on with the next video of the playlist."""
        self.begins(lambda: self.rpc("Player.GoTo", playerid=1, to="next"))

    def pause(self) -> None:
        self.does(lambda: self.rpc("Player.PlayPause", playerid=1), "Player.OnPause", "the pause")

    def ends_by_itself(self) -> None:
        """Go to the last two seconds and watch them."""
        at = self.length - 2
        parts = {"hours": at // 3600, "minutes": at // 60 % 60, "seconds": at % 60}
        to = {"time": {**parts, "milliseconds": 0}}
        self.does(
            lambda: self.rpc("Player.Seek", playerid=1, value=to),
            "Player.OnStop",
            "the video's end",
        )

    @property
    def length(self) -> int:
        """Of what plays, in seconds."""
        said = self.rpc("Player.GetProperties", playerid=1, properties=["totaltime"])["totaltime"]
        return int(said["hours"] * 3600 + said["minutes"] * 60 + said["seconds"])

    def does(self, do: Callable[[], object], method: str, what: str) -> None:
        """Do something and wait until Kodi has announced what comes of it."""
        before = len(self.announced(method))
        do()
        self.wait_for(lambda: len(self.announced(method)) > before, what=what)
