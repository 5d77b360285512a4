"""What Simkl shows as being watched: told rarely, never by a timer, and never as a watch."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import MagicMock

import pytest

from lib.account.grant import Grant
from lib.sending.send_settings import SendSettings
from lib.sending.watching_now import telling
from tests.unit.sending.a_player import PlayingKodi, episode, film, row

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
