"""Which marks came so many at once that no hand made them: another add-on's, or a server's, import.

Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, Sequence

if TYPE_CHECKING:
    from lib.storage.unread_marks import UnreadMark

GAP = 2
"""Seconds without another one, after which what came belongs together no more."""
MOST_BY_HAND = 5
"""Marks within as many seconds as GAP."""


def bursts_and_others(
    marks: Sequence[UnreadMark],
) -> tuple[list[UnreadMark], list[UnreadMark]]:
    """Those that came with many others, and all others."""
    bursts: list[UnreadMark] = []
    others: list[UnreadMark] = []
    for some in _together(sorted(marks, key=lambda mark: (mark.at, mark.number))):
        (bursts if _is_burst(some) else others).extend(some)
    return bursts, others


def _together(marks: Sequence[UnreadMark]) -> Iterator[list[UnreadMark]]:
    some: list[UnreadMark] = []
    for mark in marks:
        if some and mark.at - some[-1].at > GAP:
            yield some
            some = []
        some.append(mark)
    if some:
        yield some


def _is_burst(marks: Sequence[UnreadMark]) -> bool:
    """Whether more of them than by hand lie within the seconds of one gap."""
    ahead = marks[MOST_BY_HAND:]
    return any(later.at - mark.at <= GAP for mark, later in zip(marks, ahead))
