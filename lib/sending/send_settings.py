"""What the person has chosen of what Simkl is told. Knows neither of the two doors."""

from __future__ import annotations

from dataclasses import dataclass

COUNTS_FROM = 80
"""Percent of a video's length: Simkl's own mark of a watch."""


@dataclass(frozen=True)
class SendSettings:
    """is_on: whether Simkl is told anything. plays, marks: whether what is played, and what is
    marked as watched by hand. unmarks: whether episodes that are marked as unwatched are taken away
    there. percent: of its length from which on a play counts, 70 to 95. now: whether Simkl shows
    what is being watched. films, episodes: whether these are told. addons, files: whether what
    lists of other add-ons, and files outside the library, hold. rewatches: whether what Simkl has
    already is told again. beside_others: whether also what another add-on tells Simkl itself.
    """

    is_on: bool = False
    plays: bool = True
    marks: bool = True
    unmarks: bool = False
    percent: int = COUNTS_FROM
    now: bool = False
    films: bool = True
    episodes: bool = True
    addons: bool = True
    files: bool = True
    rewatches: bool = False
    beside_others: bool = False
