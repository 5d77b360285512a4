"""The sentences as an English person reads them, and a panel that shows them."""

from __future__ import annotations

from typing import Sequence

from lib.ui.menu_entry import Entry
from tests.unit.kodi.test_string_ids import ENGLISH, read_words

WORDS = read_words(ENGLISH)


def text(number: int, **values: str) -> str:
    words = WORDS[number]
    for name, value in values.items():
        words = words.replace("{" + name + "}", value)
    return words


class Panel:
    """What is shown, and choosing from it."""

    def __init__(self) -> None:
        self.words = ""
        self.entries: Sequence[Entry] = ()
        self.is_closed = False

    def show(self, words: str, entries: Sequence[Entry]) -> None:
        self.words, self.entries = words, entries

    @property
    def rows(self) -> list[str]:
        return [entry.words for entry in self.entries]

    def choose(self, words: str) -> None:
        """The first entry that begins so."""
        next(entry for entry in self.entries if entry.words.startswith(words)).do()

    def close(self) -> None:
        self.is_closed = True
