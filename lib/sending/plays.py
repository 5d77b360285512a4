"""When a play counts: once it has ended or was left at or beyond the mark, by where it was then.

Of the library what Kodi itself counts counts too: it announces the tick just before the end. A play
that counts is kept while it goes on, so that a kill loses no watch. Knows neither of the two doors.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable, Mapping, NamedTuple, Sequence

from lib.sending.kept_play import KeptPlay
from lib.sending.one_play import OnePlay
from lib.sending.player import seconds_of
from lib.sending.what_plays import key_of
from lib.storage.outbox import MARK, PLAY

if TYPE_CHECKING:
    from lib.sending.exclusions import Exclusions
    from lib.sending.home_ids import HomeIds
    from lib.sending.player import Player
    from lib.sending.send_settings import SendSettings
    from lib.sending.watching_now import WatchingNow
    from lib.sending.what_plays import Identifying
    from lib.storage.outbox import OutboxEntry
    from lib.storage.playing import PlayingTable
    from lib.storage.removed_ticks import Key

_LOOK_EVERY = 1.0  # seconds
_UNTIL_IT_IS_SAID = 60.0  # seconds in which an add-on may say what it plays
_STALE_AFTER_A_SEEK = 2.0  # seconds for which Kodi may still say the place before
_UNTIL_THE_END = 5.0  # seconds between a tick that Kodi counts and the end of its play: 0.2 to 2.2
_BEGINNINGS = ("Player.OnPlay", "Player.OnAVStart")
_NO_VIDEOS = ("song", "picture")
_PICTURES = 2  # the player of a slideshow, which announces each of its videos too


class PlayDependencies(NamedTuple):
    """What plays are followed and told with.

    add: keeps what is to be told. account: as in `OutboxEntry`, "" while nobody is signed in.
    """

    player: Player
    identifying: Identifying
    exclusions: Exclusions
    home_ids: HomeIds
    watching_now: WatchingNow
    playing: PlayingTable
    add: Callable[[Sequence[OutboxEntry]], object]
    account: Callable[[], str]
    settings: Callable[[], SendSettings]


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class Plays:
    def __init__(
        self,
        deps: PlayDependencies,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """now: aware UTC."""
        self._deps = deps
        self._clock = clock
        self._kept = KeptPlay(deps.playing, deps.add, deps.account, clock, now)
        self._play: OnePlay | None = None
        self._last: tuple[Key | None, float] = (None, float("-inf"))
        self._shown: tuple[Mapping[str, Any], float] = ({}, float("-inf"))
        self._heard_at: datetime | None = None
        self._has_looked_back = False
        self._look_at = float("-inf")

    def heard(self, method: str, data: Mapping[str, Any], at: float | None = None) -> None:
        """One announcement of the player or of the library. at: when, seconds since 1970; None for
        just now.
        """
        self._heard_at = None if at is None else datetime.fromtimestamp(at, timezone.utc)
        item = data.get("item")
        said = item if isinstance(item, dict) else data
        if method == "VideoLibrary.OnUpdate":
            self._heard_update(data.get("playcount"), key_of(said))
        elif said.get("type") in _NO_VIDEOS:
            return
        elif method in _BEGINNINGS:
            self._heard_beginning(method, said, _player_of(data).get("playerid"))
        elif method == "Player.OnStop":
            if not self._is_of_another(said):
                self._end()
        elif method == "Player.OnSeek" and self._play is not None:
            place = seconds_of(_player_of(data).get("time"))
            if place is not None:
                self._play.seeks(place, self._clock())
                self._note(self._play)

    def is_of_a_play(self, key: Key) -> bool:
        """Whether a tick that Kodi announces of a video is that of a play, not of a person's hand.

        Also for a moment after its end.
        """
        if self._play is not None and self._play.key == key:
            return True
        last, ended_at = self._last
        return last == key and self._clock() - ended_at < _UNTIL_THE_END

    def turn(self) -> float:
        """Look at the player; seconds until the next look is worth while, inf while none plays."""
        if not self._has_looked_back:
            self._has_looked_back = True
            self._look_back()
        self._deps.watching_now.take_in()
        play, now = self._play, self._clock()
        if play is None:
            return float("inf")
        if now >= self._look_at:
            self._look_at = now + _LOOK_EVERY
            self._identify(play)
            self._look(play)
        return max(self._look_at - now, 0.0)

    def leave(self) -> None:
        """Kodi leaves, or this add-on does; the video may play on.

        A play that counts is a watch at the next start, unless it goes on.
        """
        if self._play is not None:
            self._kept.note_at_the_end(self._play, counts=self._counts(self._play))
            self._deps.watching_now.leave()

    # -- what is announced --

    def _heard_beginning(self, method: str, said: Mapping[str, Any], player: object) -> None:
        if player == _PICTURES:
            self._shown = (said, self._clock())
        elif self._play is None or not self._play.is_begun_by(method, said):
            self._end()
            self._play = OnePlay(said, self._clock(), {method})
            self._look_at = float("-inf")
        else:
            self._play.signs.add(method)
            self._look_at = float("-inf")
        self._leave_out_slideshow()

    def _leave_out_slideshow(self) -> None:
        """Kodi announces a video of a slideshow twice: once as a picture."""
        said, at = self._shown
        play = self._play
        if play is not None and said == play.said and abs(play.began_at - at) < _UNTIL_THE_END:
            play.is_never = True

    def _is_of_another(self, said: Mapping[str, Any]) -> bool:
        """Whether an announcement is of a video of the library that is not the one that plays."""
        key = key_of(said)
        return (
            self._play is not None and None not in (key, self._play.key) and key != self._play.key
        )

    def _heard_update(self, playcount: object, key: Key | None) -> None:
        play = self._play
        if isinstance(playcount, int) and play is not None and key is not None and key == play.key:
            # A person may mark what plays by hand, and take that back.
            play.counted_at = self._clock() if playcount > 0 else None
            self._note(play)

    def _end(self) -> None:
        """The play is over, or another one has begun."""
        play, self._play = self._play, None
        if play is None:
            return
        self._last = (play.key, self._clock())
        counts = play.counts(self._deps.settings().percent)
        if counts and play.what and not self._deps.exclusions.is_left_out(play.what):
            self._kept.tell(play, PLAY, self._heard_at)
        self._kept.forget()
        self._deps.watching_now.ends(is_watched=counts or play.is_told)
        self._deps.home_ids.forget()

    # -- what is looked at --

    def _look_back(self) -> None:
        """What played at the last end plays on, or has ended; a video may play already."""
        item = self._deps.player.item()
        if item is not None and self._play is None:
            self._play = OnePlay(item.details, self._clock(), set(_BEGINNINGS))
            self._identify(self._play)
        self._kept.look_back(self._play, self._deps.exclusions.is_left_alone)

    def _identify(self, play: OnePlay) -> None:
        if play.what is not None or play.is_never:
            return
        if self._clock() - play.began_at > _UNTIL_IT_IS_SAID:
            return
        item = self._deps.player.item()
        if item is None or not self._deps.identifying.is_announced_as(play.key, item):
            return  # another one plays by now, which is about to be announced
        play.item = item
        play.is_never = self._deps.exclusions.is_never_told(item)
        if not play.is_never:
            play.what = self._deps.identifying.what_plays(item)
        if play.what is not None:
            play.is_left_out = self._deps.exclusions.is_left_out(play.what)

    def _look(self, play: OnePlay) -> None:
        if play.what is None or play.item is None:
            return
        now = self._clock()
        if play.counted_at is not None and now - play.counted_at > _UNTIL_THE_END:
            self._was_marked(play)
        position = self._deps.player.position(play.item.path)
        if position is None:
            return
        if now - play.sought_at >= _STALE_AFTER_A_SEEK:
            play.position = position
        self._note(play)
        if self._deps.settings().now and not play.is_left_out:
            self._deps.watching_now.plays(play.what, position)

    def _was_marked(self, play: OnePlay) -> None:
        """It goes on: the tick was no end of it, but the person's own mark."""
        play.counted_at = None
        if self._deps.settings().marks and not play.is_left_out:
            self._kept.tell(play, MARK)
            play.is_told = True

    def _note(self, play: OnePlay) -> None:
        self._kept.note(play, counts=self._counts(play))

    def _counts(self, play: OnePlay) -> bool:
        return play.counts(self._deps.settings().percent) and not play.is_left_out


def _player_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    player = data.get("player")
    return player if isinstance(player, dict) else {}
