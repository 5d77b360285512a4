"""One play of a video: what was announced of it, what it is, and how far it has come.

Knows neither of the two doors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Mapping

from lib.sending.exclusions import is_too_short
from lib.sending.player import Position
from lib.sending.what_plays import LIBRARY, key_of

if TYPE_CHECKING:
    from lib.sending.player import PlayingItem
    from lib.sending.what_plays import WhatPlays
    from lib.storage.removed_ticks import Key

_IN_PARTS = "stack://"


@dataclass
class OnePlay:
    """said: the item as it was announced. signs: the announcements that began it, by their methods:
    Kodi has two, which come in either order. began_at: by the clock. item, what: None until they
    are known. is_never: it is never told. position: None where it was not known yet. sought_at: by
    the clock, when a place in it was last asked for. counted_at: by the clock, when Kodi announced
    a tick for it. is_left_out: the person wants it not to be told. is_told: the person's own mark
    was told meanwhile.
    """

    said: Mapping[str, Any]
    began_at: float
    signs: set[str] = field(default_factory=set)
    item: PlayingItem | None = None
    what: WhatPlays | None = None
    is_never: bool = False
    is_left_out: bool = False
    position: Position | None = None
    sought_at: float = float("-inf")
    counted_at: float | None = None
    is_told: bool = False

    @property
    def key(self) -> Key | None:
        """By what Kodi announces it: media type and library id. It may be a row's made-up one."""
        return key_of(self.said)

    @property
    def is_in_parts(self) -> bool:
        return self.item is not None and self.item.path.startswith(_IN_PARTS)

    def is_begun_by(self, method: str, said: Mapping[str, Any]) -> bool:
        """Whether an announcement of a beginning is of this play, and not of the next one.

        Of a film in parts each part is announced.
        """
        if method in self.signs:
            return self.is_in_parts and self.key is not None and self.key == key_of(said)
        return said == self.said

    def seeks(self, at: float, now: float) -> None:
        """A place in it was asked for. at: seconds. now: by the clock.

        Kodi counts it from that moment on, and says the place before for a second or so. Of a film
        in parts it is the place in the part.
        """
        if self.position is not None and not self.is_in_parts:
            self.sought_at = now
            self.position = self.position._replace(at=min(at, self.position.length))

    def counts(self, percent: int) -> bool:
        """Whether it would be a watch if it was left now. percent: of its length."""
        if self.what is None or self.is_told or self.is_never:
            return False
        if self.position is not None and is_too_short(self.what, self.position.length):
            return False
        if self.counted_at is not None and self.what.source == LIBRARY:
            return True
        return self.position is not None and self.position.percent >= percent
