"""What is on the screen of a Kodi: opens lists, reads rows, labels and dialogs, takes pictures."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, cast

from .process import Process
from .rpc import RpcError
from .screen import click, picture

LABELS = (
    "Label", "Title", "DBTYPE", "DBID", "TvShowDBID", "TVShowTitle", "Season", "Episode", "Year",
    "PlayCount", "LastPlayed", "Overlay", "FileNameAndPath", "FolderPath", "Plot",
    "UniqueID(imdb)", "UniqueID(tmdb)", "UniqueID(tvdb)", "Property(IsPlayable)",
)  # fmt: skip
PICTURES = Path("build/kodi/pictures")
_LOADING = (
    "Container.IsUpdating",
    "Window.IsVisible(busydialog)",
    "Window.IsVisible(busydialognocancel)",
)
_REFUSED_AFTER = 2.0  # seconds after which a list that neither loads nor shows was refused
_STUCK_AFTER = 40.0  # seconds: longer than a list takes that is not one of the bench
_ALL_OR_UNWATCHED = "SendClick(14)"  # Estuary's button for it
# Window ids, and the button of the second.
_FIRST_RUN, _QUESTION, _YES = 11111, 10100, 11


class Gui(Process):
    pictures = PICTURES

    def labels(self, *labels: str) -> dict[str, str]:
        """Info labels as they read now."""
        return cast("dict[str, str]", self._look(labels, ())[0])

    def label(self, label: str) -> str:
        return self.labels(label)[label]

    def condition(self, condition: str) -> bool:
        return bool(self._look((), (condition,))[1][condition])

    def _look(self, labels: tuple[str, ...], conditions: tuple[str, ...]) -> Any:
        return self.probe("look", labels=labels, conditions=conditions)

    def rows(self, *labels: str) -> list[dict[str, str]]:
        """Every row of the list in focus except "..": the labels asked for, else LABELS."""
        return cast("list[dict[str, str]]", self.probe("rows", labels=labels or LABELS))

    def open(self, path: str, *, window: str = "videos", timeout: float = 60) -> None:
        """Close dialogs, open a list, wait until it is loaded. Raises AssertionError."""
        self.close_dialogs()

        def ask() -> float:
            self.rpc("GUI.ActivateWindow", window=window, parameters=[path])
            return time.monotonic()

        asked_at = ask()

        def is_open() -> bool:
            nonlocal asked_at
            if self.shows(path):
                return True
            # Kodi refuses while the list before has a busy dialog.
            if time.monotonic() > asked_at + _REFUSED_AFTER and not self._is_loading():
                asked_at = ask()
            # Seen once in Kodi 21: the list is there, and counts as loading for ever.
            if time.monotonic() > asked_at + _STUCK_AFTER:
                self._go_home()
                asked_at = ask()
            return False

        self.wait_for(is_open, timeout=timeout, what=f"the list {path}")

    def shows(self, path: str) -> bool:
        """Whether the list `path` is the one on the screen, fully loaded.

        Kodi's label says no login.
        """
        path = re.sub("(?<=://)[^/@]*@", "", path)
        labels, conditions = self._look(
            ("Container.FolderPath",), ("Window.IsActive(home)", *_LOADING)
        )
        here = labels["Container.FolderPath"].rstrip("/") == path.rstrip("/")
        return here and not any(conditions.values())

    def _is_loading(self) -> bool:
        return any(self._look((), _LOADING)[1].values())

    def home(self) -> None:
        self._go_home()
        self.wait_for(self._is_home, what="the home screen", every=0.5)

    def _go_home(self) -> None:
        self.close_dialogs()
        self.rpc("GUI.ActivateWindow", window="home")

    def _is_home(self) -> bool:
        if self.condition("Window.IsActive(home)"):
            return True
        # A list that loads at that moment has a busy dialog, which keeps Kodi there.
        self._go_home()
        return False

    def focus(self, row: int) -> None:
        """Put the focus on a row of the list in focus, counted as rows() gives them, from 0."""
        self.wait_for(lambda: self._has_focus(row), what=f"the focus on row {row}", every=0.2)

    def _has_focus(self, row: int) -> bool:
        """Whether it is there; else it is sent there, which a list that is loading forgets."""
        control, all_rows, rows, current = self.labels(
            "System.CurrentControlID",
            "Container.NumAllItems",
            "Container.NumItems",
            "Container.CurrentItem",
        ).values()
        if current == str(row + 1):
            return True
        if rows:
            way_up = int(all_rows) - int(rows)
            self.builtin(f"SetFocus({control},{row + way_up},absolute)")
        return False

    def use_skin(self, skin: str) -> None:
        """Change to another skin, and say that it is to be kept."""
        self.rpc("Settings.SetSettingValue", setting="lookandfeel.skin", value=skin)
        self.wait_for(lambda: self._skin() == skin, what=skin)
        question = "Window.IsActive(yesnodialog)"

        def is_asked() -> bool:
            # Estouchy shows what is new in it first, over the question.
            self.builtin(f"Dialog.Close({_FIRST_RUN},true)")
            return self.condition(question)

        self.wait_for(is_asked, what="Kodi's question", every=0.5)
        self.builtin(f"SendClick({_QUESTION},{_YES})")
        self.wait_for(lambda: not self.condition(question), what="the end of the question")

    def show(self, what: str) -> None:
        """Have the list show "All videos" or "Unwatched" ones; the button tells which it does."""

        def is_shown() -> bool:
            if self.label("Control.GetLabel(10)") == what:
                return True
            self.builtin(_ALL_OR_UNWATCHED)  # a list that is being loaded takes no click
            return False

        self.wait_for(is_shown, what=f"the list with {what}", every=2)

    def _skin(self) -> str:
        try:
            return str(self.rpc("GUI.GetProperties", properties=["skin"])["skin"]["id"])
        except RpcError:  # Kodi 21 has none for a moment, between two
            return ""

    def picture(self, name: str, folder: Path | None = None) -> Path:
        """Write what is on the screen as PNG; its file."""
        return picture(self.display, (folder or self.pictures) / f"{name}.png")

    def click(self, x: int, y: int) -> None:
        """Press the mouse's button at a place of the screen, which is 1280 by 720."""
        click(self.display, x, y)

    def dialog(self) -> str:
        """The words of the dialog on screen, line by line; "" when there is none."""
        return str(self.probe("dialog"))

    def press_cancel(self) -> None:
        """Leave the dialog on screen as the back button does."""
        self.builtin("Action(Back)")

    def close_dialogs(self) -> None:
        """Close every dialog: while one is open, Kodi opens no window."""
        if self.condition("System.HasActiveModalDialog"):
            self.builtin("Dialog.Close(all,true)")
            self.wait_for(
                lambda: not self.condition("System.HasActiveModalDialog"), what="no dialog"
            )
