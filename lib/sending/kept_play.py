"""Keeps the play that goes on, from where it counts: a kill loses no watch. Makes its entries.

Nothing is kept of a play that would be no watch. Knows neither of the two doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, Sequence

from lib.storage.outbox import PLAY, WATCHED, OutboxEntry
from lib.storage.playing import Playing, PlayingVideo

if TYPE_CHECKING:
    from datetime import datetime

    from lib.sending.one_play import OnePlay
    from lib.storage.playing import PlayingTable
    from lib.titles.title import Title

_MOVE_EVERY = 30.0  # seconds: each is a write to the box's disk


class KeptPlay:
    def __init__(
        self,
        table: PlayingTable,
        add: Callable[[Sequence[OutboxEntry]], object],
        account: Callable[[], str],
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        """add: keeps what is to be told. account: as in `OutboxEntry`, "" while nobody is signed
        in. now: aware UTC.
        """
        self._table = table
        self._add = add
        self._account = account
        self._clock = clock
        self._now = now
        self._kept_for = ""  # the account; "" while nothing is kept
        self._moved_at = float("-inf")

    def note(self, play: OnePlay, *, counts: bool) -> None:
        """Where it is now. counts: whether it would be a watch if it was left here."""
        account = self._account()
        if not counts or not account:
            self.forget()
            return
        at, length = (play.position.at, play.position.length) if play.position else (0.0, 0.0)
        if account != self._kept_for:
            self._table.begin(Playing(_videos(play, account), at, length, self._now()))
        elif self._clock() - self._moved_at >= _MOVE_EVERY:
            self._table.move(at, length, self._now())
        else:
            return
        self._kept_for, self._moved_at = account, self._clock()

    def note_at_the_end(self, play: OnePlay, *, counts: bool) -> None:
        """The same, whenever it was noted before: nothing looks at it from now on."""
        self._moved_at = float("-inf")
        self.note(play, counts=counts)

    def forget(self) -> None:
        """It counts no more, or is told."""
        if self._kept_for:
            self._table.end()
            self._kept_for = ""

    def tell(self, play: OnePlay, origin: str, at: datetime | None = None) -> None:
        """It is a watch. at: of which moment, None for this one.

        Whose it was at the last look: somebody else may have signed in before its end was heard.
        """
        account = self._kept_for or self._account()
        if account:
            now = self._now()
            self._tell(_videos(play, account), origin, min(at or now, now))

    def look_back(self, play: OnePlay | None, is_left_alone: Callable[[Title], bool]) -> None:
        """Tell what was kept at the last end, unless it is what plays: then it goes on.

        play: what plays at this start. is_left_alone: whether the person wants a title not to be
        told, by now.
        """
        kept = self._table.last()
        if kept is None:
            return
        playing = _videos(play, self._account()) if play is not None else ()
        if len(playing) == len(kept.videos) and all(
            map(PlayingVideo.is_same, playing, kept.videos)
        ):
            self._kept_for = self._account()
            return
        told = [each for each in kept.videos if not is_left_alone(each.title)]
        self._tell(told, PLAY, kept.at)
        self._table.end()

    def _tell(self, videos: Iterable[PlayingVideo], origin: str, at: datetime) -> None:
        self._add(
            [
                OutboxEntry(
                    *(each.account, WATCHED, origin, each.title, each.season, each.episode),
                    at.replace(microsecond=0),
                    each.label,
                )
                for each in videos
            ]
        )


def _videos(play: OnePlay, account: str) -> tuple[PlayingVideo, ...]:
    what = play.what
    if what is None:
        return ()
    return tuple(
        PlayingVideo(account, what.title, *place, what.label(*place)) for place in what.places
    )
