"""An entry of a panel of the add-on, and what choosing it does."""

from __future__ import annotations

from typing import Callable, NamedTuple


class Entry(NamedTuple):
    """words: as it is shown. do: what choosing it does."""

    words: str
    do: Callable[[], None]
