"""What a person's writes came to, exactly and in order, for a test to compare with what was played.

What is watched by now is `Person.watches`, whoever did it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Episode, Title

MINUTES = {"movie": 90, "show": 45, "anime": 25}
"""Of a play whose length Simkl does not know."""


@dataclass(frozen=True)
class Told:
    """A watch that a write recorded, or one that it took away. at: as Simkl writes it."""

    title: Title
    episode: Episode | None = None
    at: str | None = None


@dataclass(frozen=True)
class Playing:
    """A play that is shown as going on, or was paused. progress: of 100. at: seconds."""

    title: Title
    episode: Episode | None
    progress: float
    at: float
    number: int = 0  # of a saved pause

    def position(self, now: float) -> float:
        """Where it is by now, of 100 and more: Simkl moves it by itself."""
        return self.progress + (now - self.at) / (MINUTES[self.title.kind] * 60) * 100

    @property
    def what(self) -> tuple[Title, Episode | None]:
        return self.title, self.episode


@dataclass
class Record:
    """watches, removed, rewatches: each by a write, in order. watching: now. paused: saved."""

    watches: list[Told] = field(default_factory=list)
    removed: list[Told] = field(default_factory=list)
    rewatches: list[Told] = field(default_factory=list)
    scrobbles: list[tuple[str, Playing]] = field(default_factory=list)
    watching: Playing | None = None
    paused: list[Playing] = field(default_factory=list)
