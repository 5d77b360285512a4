"""What Simkl shows as being watched: told rarely, never by a timer, and never as a watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterator
from unittest.mock import MagicMock

import pytest

from lib.account.grant import Grant
from lib.sending.send_settings import SendSettings
from lib.sending.watching_now import telling
from lib.simkl.client import Simkl
from lib.storage.outbox import TOLD, UNPLACED, UNWATCHED
from tests.simkl_server import SimklServer, faults
from tests.unit.memory import memory
from tests.unit.sending.a_player import PlayingKodi, episode, film, row
from tests.unit.sending.send_setup import SendSetup

HEAT = {"movie": {"ids": {"tmdb": 949}}}


@pytest.fixture
def kodi() -> PlayingKodi:
    return PlayingKodi(settings=SendSettings(is_on=True, now=True))


def actions(kodi: PlayingKodi) -> list[str]:
    return [action for action, _ in kodi.said]


def test_a_play_is_told_once_it_has_gone_on_for_a_minute(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(50)
    assert kodi.said == []
    kodi.wait(20)
    assert kodi.said == [("start", {**HEAT, "progress": 10.0})]
    kodi.wait(3000, step=5)
    kodi.goes_to(30)
    assert actions(kodi) == ["start"]


def test_an_episode_is_told_by_its_series_season_and_number(kodi: PlayingKodi) -> None:
    kodi.play(episode(2), at=120)
    kodi.wait(70)
    [(_, body)] = kodi.said
    assert body["show"] == {"ids": {"tvdb": 334824}}
    assert body["episode"] == {"season": 1, "number": 2}
    assert "movie" not in body


def test_a_pause_of_a_minute_is_told_and_so_is_that_it_goes_on(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.speed = 0
    kodi.wait(50)
    assert actions(kodi) == ["start"]
    kodi.wait(20)
    assert actions(kodi) == ["start", "pause"]
    kodi.wait(3000, step=5)
    kodi.speed = 1
    kodi.wait(2)
    assert actions(kodi) == ["start", "pause", "start"]
    kodi.wait(100)
    assert actions(kodi) == ["start", "pause", "start"]


def test_a_short_pause_is_not_told(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    for _ in range(3):
        kodi.speed = 0
        kodi.wait(30)
        kodi.speed = 1
        kodi.wait(30)
    assert actions(kodi) == ["start"]


def test_what_is_left_below_the_mark_is_paused_and_what_counts_is_not(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=600)
    kodi.wait(70)
    kodi.stop()
    assert kodi.said[1:] == [("pause", {**HEAT, "progress": 50.0})]
    kodi.play(episode(1), at=1100)
    kodi.wait(70)
    kodi.stop()
    assert actions(kodi) == ["start", "pause", "start"]


def test_what_was_left_within_a_minute_was_never_told(kodi: PlayingKodi) -> None:
    for _ in range(5):
        kodi.play(film(), at=120)
        kodi.wait(40)
        kodi.stop()
    assert kodi.said == []


def test_what_rests_when_it_is_left_was_told_already(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.speed = 0
    kodi.wait(70)
    kodi.stop()
    assert actions(kodi) == ["start", "pause"]


def test_each_play_is_told_anew(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.play(episode(1), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["start", "pause", "start"]


def test_what_is_known_by_its_name_alone_is_not_told(kodi: PlayingKodi) -> None:
    kodi.play(row("f=1", type="movie", title="Ran", year=1985), at=120)
    kodi.wait(70)
    kodi.stop()
    assert kodi.said == []


@pytest.mark.parametrize("changed", [{"now": False}, {"films": False}, {"plays": False}])
def test_who_does_not_want_it_tells_nothing(kodi: PlayingKodi, changed: dict[str, bool]) -> None:
    kodi.settings = replace(kodi.settings, **changed)
    kodi.play(film(), at=120)
    kodi.wait(200)
    kodi.stop()
    assert kodi.said == []


# What was left may still run at Simkl, which counts it when another one is started.

IN_TIME = 60 * 60.0  # seconds in which a film of 90 minutes still runs


def leave_the_film_unheard(kodi: PlayingKodi) -> None:
    """It was told, and that it was left at 15 % was lost."""
    kodi.lost = {"pause"}
    kodi.play(film(), at=120)
    kodi.wait(61)
    kodi.at = 180
    kodi.wait(5)
    kodi.stop()
    assert actions(kodi) == ["start", "pause"]
    kodi.said.clear()


def test_the_next_one_is_told_only_once_simkl_has_heard_that_the_last_was_left(
    kodi: PlayingKodi,
) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.answers_late = True
    kodi.play(episode(1), at=120)
    kodi.wait(200)
    assert actions(kodi) == ["start", "pause"]
    kodi.answer()
    kodi.wait(1)
    assert actions(kodi) == ["start", "pause", "start"]


def test_a_lost_pause_is_told_once_more_before_the_next_start(kodi: PlayingKodi) -> None:
    leave_the_film_unheard(kodi)
    kodi.lost = set()
    kodi.play(episode(1), at=120)
    kodi.wait(50)
    assert kodi.said == []
    kodi.wait(20)
    [(first, body), (then, _)] = kodi.said
    assert (first, then) == ("pause", "start")
    assert body["movie"] == HEAT["movie"]
    assert body["progress"] == 15


def test_where_that_is_lost_too_the_next_ones_are_not_told(kodi: PlayingKodi) -> None:
    leave_the_film_unheard(kodi)
    kodi.play(episode(1), at=120)
    kodi.wait(300)
    assert actions(kodi) == ["pause"]
    kodi.lost = set()
    kodi.wait(300)
    kodi.play(episode(2), at=120)
    kodi.wait(300)
    assert actions(kodi) == ["pause"]


def test_what_has_ended_by_itself_by_now_holds_nothing_back(kodi: PlayingKodi) -> None:
    leave_the_film_unheard(kodi)
    kodi.wait(IN_TIME, step=60)
    kodi.play(episode(1), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["pause"]
    kodi.stop()
    kodi.wait(45 * 60, step=60)
    kodi.play(episode(1), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["pause", "start"]


def test_the_same_video_is_told_again_at_once(kodi: PlayingKodi) -> None:
    leave_the_film_unheard(kodi)
    kodi.play(film(), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["start"]


@pytest.mark.parametrize("is_killed", [True, False])
def test_after_a_restart_the_last_one_is_paused_first(kodi: PlayingKodi, is_killed: bool) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.at = 360
    kodi.wait(5)
    if not is_killed:
        kodi.plays.leave()
    kodi.begin_anew()
    kodi.said.clear()
    kodi.put_in(episode(1), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["pause", "start"]
    assert kodi.said[0][1]["progress"] == (10 if is_killed else 30)


@pytest.fixture
def after_a_watch(kodi: PlayingKodi) -> PlayingKodi:
    """The film was told, and watched; the next video has begun."""
    kodi.play(film(), at=1100)
    kodi.wait(70)
    kodi.stop()
    assert kodi.labels == ["Heat (1995)"]
    assert actions(kodi) == ["start"]
    kodi.said.clear()
    kodi.play(episode(1), at=120)
    return kodi


def stands(kodi: PlayingKodi, state: str) -> None:
    found = kodi.store.outbox.waiting("ann")
    kodi.store.outbox.change([replace(each, state=state) for each in found])


def test_a_watch_that_waits_comes_before_the_next_start(after_a_watch: PlayingKodi) -> None:
    kodi = after_a_watch
    kodi.wait(200)
    assert kodi.said == []
    stands(kodi, TOLD)
    kodi.wait(1)
    assert actions(kodi) == ["start"]


def test_a_watch_that_waits_for_hours_is_not_counted_by_another_start(
    after_a_watch: PlayingKodi,
) -> None:
    after_a_watch.wait(10 * 3600, step=60)
    assert after_a_watch.said == []


def test_a_watch_that_waits_for_days_holds_nothing_back(after_a_watch: PlayingKodi) -> None:
    after_a_watch.wait(26 * 3600, step=600)
    assert actions(after_a_watch) == ["start"]


def test_a_watch_that_simkl_is_not_told_is_not_made_by_a_start(after_a_watch: PlayingKodi) -> None:
    kodi = after_a_watch
    kodi.store.outbox.drop_all("ann")
    kodi.wait(70)
    assert actions(kodi) == ["pause", "start"]


def test_a_watch_that_simkl_cannot_place_is_not_made_by_a_start(after_a_watch: PlayingKodi) -> None:
    stands(after_a_watch, UNPLACED)
    after_a_watch.wait(70)
    assert actions(after_a_watch) == ["pause", "start"]


def test_a_watch_that_was_taken_back_is_not_made_anew_by_a_start(
    after_a_watch: PlayingKodi,
) -> None:
    kodi = after_a_watch
    taken = [replace(each, what=UNWATCHED, at=kodi.moment()) for each in kodi.kept]
    kodi.store.outbox.add(taken)
    stands(kodi, TOLD)
    kodi.wait(70)
    assert actions(kodi) == ["pause", "start"]


def test_nothing_is_told_of_what_another_person_left(kodi: PlayingKodi) -> None:
    kodi.play(film(), at=120)
    kodi.wait(70)
    kodi.account = "bob"
    kodi.play(episode(1), at=120)
    kodi.wait(200)
    assert actions(kodi) == ["start"]


def test_what_cannot_be_kept_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "memory.db").mkdir()
    store = memory(tmp_path / "memory.db")
    kodi = PlayingKodi(store=store, settings=SendSettings(is_on=True, now=True))
    kodi.play(film(), at=120)
    kodi.wait(200)
    assert kodi.said == []


def test_what_could_not_be_told_does_not_run(kodi: PlayingKodi) -> None:
    kodi.tell = lambda *_: None
    kodi.begin_anew()
    kodi.play(film(), at=120)
    kodi.wait(200)
    kodi.stop()
    kodi.tell = None
    kodi.begin_anew()
    kodi.play(episode(1), at=120)
    kodi.wait(70)
    assert actions(kodi) == ["start"]


# The same at a Simkl that counts what it was left to count.

A_FILM = 90 * 60.0  # seconds, as Simkl has it


@dataclass
class Evening:
    """A Kodi and a Simkl that are of one time."""

    kodi: PlayingKodi
    simkl: SendSetup

    def wait(self, seconds: float) -> None:
        while seconds > 0:
            step = min(seconds, 60.0)
            self.kodi.wait(step, step=5)
            self.simkl.server.clock.forward(step)
            self.simkl.worker.submit(lambda: None).wait(5)
            seconds -= step
        self.kodi.wait(1)

    def watch_the_film(self) -> None:
        """From 15 % to 17 %."""
        self.kodi.play(film(), at=0.15 * A_FILM, length=A_FILM)
        self.wait(120)
        assert self.told == ["start"]

    def play_an_episode(self) -> None:
        """Some minutes of it; by now the film is at 85 % at Simkl, unless it was paused there."""
        self.kodi.wait(1)
        self.simkl.server.clock.forward(0.68 * A_FILM)
        self.kodi.clock += 0.68 * A_FILM
        self.kodi.play(episode(1), at=120)
        self.wait(300)

    @property
    def told(self) -> list[str]:
        return [action for action, _ in self.simkl.server.person.record.scrobbles]


@pytest.fixture
def evening(server: SimklServer, door: Simkl, tmp_path: Path) -> Iterator[Evening]:
    server.add_film("Heat", 1995, tmdb=949)
    server.add_series("Dark", 2017, {1: 4}, tvdb=334824)
    simkl = SendSetup(server, door, tmp_path)
    settings = SendSettings(is_on=True, now=True)
    tell = telling(simkl.coordinator.client)
    yield Evening(PlayingKodi(store=simkl.store, settings=settings, tell=tell), simkl)
    door.leave()
    simkl.worker.leave(5)
    assert server.person.watches == {}
    assert server.violations == []


def test_no_watch_is_made_where_a_pause_was_lost(evening: Evening) -> None:
    evening.watch_the_film()
    evening.simkl.server.misbehave("/scrobble/pause", faults.silent_close, None)
    evening.kodi.stop()
    evening.wait(1)
    evening.simkl.server.behave()
    evening.play_an_episode()
    assert evening.told == ["start", "pause", "start"]


def test_no_watch_is_made_where_each_pause_is_lost(evening: Evening) -> None:
    evening.watch_the_film()
    evening.simkl.server.misbehave("/scrobble/pause", faults.silent_close, None)
    evening.kodi.stop()
    evening.play_an_episode()
    assert evening.told == ["start"]


def test_no_watch_is_made_after_a_kill(evening: Evening) -> None:
    evening.watch_the_film()
    evening.kodi.item = None
    evening.kodi.begin_anew()
    evening.play_an_episode()
    assert evening.told == ["start", "pause", "start"]


def test_no_watch_is_made_of_one_that_still_waits(evening: Evening) -> None:
    """Simkl would date it by the next start."""
    evening.watch_the_film()
    evening.kodi.goes_to(85)
    evening.kodi.stop()
    assert evening.kodi.labels == ["Heat (1995)"]
    evening.play_an_episode()
    assert evening.told == ["start"]


# Who tells it.


def client(scope: str, *, may_repeat: bool = True) -> MagicMock:
    grant = Grant(2, "id", "https://api.simkl.com", "token", "refresh", None, scope)
    return MagicMock(grant=grant, may_repeat=may_repeat)


def test_it_is_told_in_the_name_of_who_is_signed_in() -> None:
    signed_in = client("media:read media:write")
    telling(signed_in)("start", {"progress": 10.0})
    [[call], _] = signed_in.submit.call_args
    simkl = MagicMock()
    call(simkl, "id", "token")
    simkl.scrobble.assert_called_once_with("id", "token", "start", {"progress": 10.0})


def test_it_is_not_told_by_a_sign_in_that_reads_nor_with_a_days_last_calls() -> None:
    nobody = MagicMock(grant=None)
    low = client("media:read media:write", may_repeat=False)
    for each in (client("media:read"), low, nobody):
        telling(each)("start", {"progress": 10.0})
        each.submit.assert_not_called()
