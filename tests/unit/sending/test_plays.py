"""When a play counts: by where it was left, whatever Kodi announces, and in whatever order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.storage.outbox import MARK, PLAY, WATCHED
from lib.titles.title import MOVIE, Title
from tests.unit.sending.a_player import HEAT, PlayingKodi, announced, episode, file, film, row

WATCHED_HEAT = ["Heat (1995)"]


@pytest.fixture
def kodi() -> PlayingKodi:
    return PlayingKodi()


# Where a play was left.


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(3, []), (50, []), (79, []), (79.9, []), (80, WATCHED_HEAT), (95, WATCHED_HEAT)],
)
def test_a_play_counts_where_it_was_left_at_the_mark_or_beyond(
    kodi: PlayingKodi, percent: float, expected: list[str]
) -> None:
    kodi.play(film())
    kodi.goes_to(percent)
    kodi.stop()
    assert kodi.labels == expected


def test_a_watch_is_of_the_account_and_of_the_moment_of_its_end(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95, seconds=60)
    kodi.stop()
    [entry] = kodi.kept
    assert (entry.account, entry.what, entry.origin) == ("ann", WATCHED, PLAY)
    assert (entry.title.ids, entry.season, entry.episode) == ((("tmdb", "949"),), -1, -1)
    assert kodi.watches == [("Heat (1995)", "20:01:01")]
    assert entry.at.microsecond == 0


def test_the_mark_is_the_persons(kodi: PlayingKodi) -> None:
    kodi.settings = replace(kodi.settings, percent=70)
    kodi.play(film())
    kodi.goes_to(71)
    kodi.stop()
    kodi.settings = replace(kodi.settings, percent=95)
    kodi.play(film())
    kodi.goes_to(94)
    kodi.stop()
    assert len(kodi.kept) == 1


def test_only_the_last_place_counts(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(90)
    kodi.goes_to(10)
    kodi.stop()
    assert kodi.kept == []


def test_a_seek_counts_though_kodi_still_says_the_place_before(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.seek(90)
    kodi.wait(1.0)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT
    kodi.play(film())
    kodi.goes_to(95)
    kodi.seek(10)
    kodi.wait(1.0)
    kodi.stop()
    assert len(kodi.kept) == 1


def test_a_seek_that_led_nowhere_is_forgotten(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.seek(90)
    kodi.wait(4.0)
    kodi.stop()
    assert kodi.kept == []


def test_by_the_clock_alone_nothing_counts(kodi: PlayingKodi) -> None:
    kodi.play(film(), length=0)
    kodi.wait(5000, step=10)
    kodi.stop(ends=True)
    assert kodi.kept == []


def test_a_length_that_is_known_later_counts(kodi: PlayingKodi) -> None:
    kodi.play(film(), length=0)
    kodi.length = 1200
    kodi.wait(1)
    kodi.goes_to(85)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_what_ends_by_itself_counts(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.at = 1199
    kodi.wait(1)
    kodi.stop(ends=True)
    assert kodi.labels == WATCHED_HEAT


def test_what_breaks_off_amid_is_no_watch_though_kodi_calls_it_its_end(kodi: PlayingKodi) -> None:
    kodi.play(row("f=1", type="movie", title="Ran", year=1985))
    kodi.goes_to(30)
    kodi.stop(ends=True)
    assert kodi.kept == []


# What Kodi itself counts.


def test_of_the_library_what_kodi_counts_counts(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(60)
    kodi.counts()
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_of_a_row_that_has_a_library_id_it_counts_for_nothing(kodi: PlayingKodi) -> None:
    """The library's film has no tick of it (docs/kodi.md)."""
    kodi.play(row("f=1", type="movie", id=1, title="Heat"))
    kodi.goes_to(60)
    kodi.counts()
    kodi.stop()
    assert kodi.kept == []


@pytest.mark.parametrize("playcount", [None, 0])
def test_an_update_without_a_tick_counts_for_nothing(
    kodi: PlayingKodi, playcount: int | None
) -> None:
    kodi.play(film())
    kodi.goes_to(60)
    kodi.counts(playcount)
    kodi.stop()
    assert kodi.kept == []


def test_the_tick_of_another_film_counts_for_nothing(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.plays.heard("VideoLibrary.OnUpdate", {"item": announced(film(2)), "playcount": 1})
    kodi.plays.heard("VideoLibrary.OnUpdate", {"id": -1, "type": "movie"})
    kodi.stop()
    assert kodi.kept == []


def test_a_film_that_is_marked_while_it_plays_is_one_watch_at_the_moment_of_the_mark(
    kodi: PlayingKodi,
) -> None:
    kodi.play(film())
    kodi.goes_to(20)
    kodi.counts()
    kodi.wait(10)
    assert [entry.origin for entry in kodi.kept] == [MARK]
    kodi.goes_to(95, seconds=3000)
    kodi.counts(2)
    kodi.stop(ends=True)
    assert kodi.labels == WATCHED_HEAT


def test_where_marks_are_not_told_a_mark_amid_a_play_leaves_the_play_as_it_is(
    kodi: PlayingKodi,
) -> None:
    kodi.settings = replace(kodi.settings, marks=False)
    kodi.play(film())
    kodi.counts()
    kodi.goes_to(30, seconds=10)
    kodi.stop()
    assert kodi.kept == []


# Whose tick an announced one is.


def test_the_tick_at_the_end_of_a_play_is_no_mark(kodi: PlayingKodi) -> None:
    key = ("movie", 1)
    assert not kodi.plays.is_of_a_play(key)
    kodi.play(film())
    assert kodi.plays.is_of_a_play(key)
    assert not kodi.plays.is_of_a_play(("movie", 2))
    kodi.stop()
    assert kodi.plays.is_of_a_play(key)
    kodi.clock += 60
    assert not kodi.plays.is_of_a_play(key)


# The order of what is announced.


def test_the_start_of_the_picture_may_be_announced_first(kodi: PlayingKodi) -> None:
    kodi.put_in(film())
    kodi.announce("Player.OnAVStart", 1)
    kodi.wait(1)
    kodi.goes_to(85)
    kodi.announce("Player.OnPlay", 1)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_a_video_that_is_opened_over_another_ends_it_without_a_stop(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.counts()
    kodi.play(episode(1))
    assert kodi.labels == WATCHED_HEAT
    kodi.goes_to(50)
    kodi.play(episode(2))
    kodi.goes_to(95)
    kodi.play(film())
    kodi.stop()
    assert kodi.labels == [*WATCHED_HEAT, "Dark 1x02"]


def test_the_next_ones_first_sign_may_be_the_one_that_the_last_one_lacked(
    kodi: PlayingKodi,
) -> None:
    kodi.put_in(film())
    kodi.announce("Player.OnPlay", 1)
    kodi.wait(1)
    kodi.goes_to(95)
    kodi.put_in(episode(1))
    kodi.announce("Player.OnAVStart", 1)
    assert kodi.labels == WATCHED_HEAT


def test_the_same_film_opened_over_itself_is_another_play(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.play(film())
    assert kodi.labels == WATCHED_HEAT
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


@pytest.mark.parametrize("length", [0.0, 300.0])
def test_the_place_in_the_next_video_is_not_taken_for_one_in_the_last(
    kodi: PlayingKodi, length: float
) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.put_in(episode(1), length=length)  # before it is announced
    kodi.wait(2)
    kodi.announce("Player.OnPlay", 1)
    assert kodi.labels == WATCHED_HEAT


def test_the_place_that_kodi_forgets_before_the_path_is_not_taken_for_one(
    kodi: PlayingKodi,
) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.put_in(film(), length=0)
    kodi.wait(2)
    kodi.put_in(episode(1))
    kodi.announce("Player.OnPlay", 1)
    assert kodi.labels == WATCHED_HEAT


def test_the_last_ones_end_does_not_end_the_next(kodi: PlayingKodi) -> None:
    kodi.play(episode(1))
    kodi.plays.heard("Player.OnStop", {"end": True, "item": announced(film())})
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.labels == ["Dark 1x01"]


def test_a_film_in_parts_is_one_play(kodi: PlayingKodi) -> None:
    parts = film(path="stack:///a cd1.avi , /a cd2.avi")
    kodi.play(parts, at=1.8e16)
    kodi.goes_to(48)
    kodi.play(parts, at=620)  # the second part
    kodi.at = 1140
    kodi.announce("Player.OnSeek", 1, time={"hours": 0, "minutes": 9, "seconds": 0})  # in the part
    kodi.wait(1)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_a_playlist_is_as_many_plays(kodi: PlayingKodi) -> None:
    for number in (1, 2, 3):
        kodi.play(episode(number))
        kodi.at = 1199
        kodi.wait(1)
        kodi.counts()
        kodi.stop(ends=True)
    assert kodi.watches == [
        ("Dark 1x01", "20:00:02"),
        ("Dark 1x02", "20:00:05"),
        ("Dark 1x03", "20:00:07"),
    ]


def test_both_episodes_of_one_file_were_watched(kodi: PlayingKodi) -> None:
    kodi.shares_a_file = (2, 3)
    kodi.put_in(episode(2))  # Kodi announces the one that was chosen, and plays the first
    said = {"item": {"id": 13, "type": "episode"}, "player": {"playerid": 1}}
    kodi.plays.heard("Player.OnPlay", said)
    kodi.wait(1)
    kodi.goes_to(95)
    kodi.plays.heard("Player.OnStop", said)
    assert kodi.labels == ["Dark 1x02", "Dark 1x03"]


@pytest.mark.parametrize("player", [-1, 0])
def test_the_player_is_the_one_that_is_on(kodi: PlayingKodi, player: int) -> None:
    """Kodi announces -1 where it has no playlist, and then its player of videos is 1."""
    kodi.put_in(film())
    kodi.player = max(player, 1) if player else 0
    kodi.announce("Player.OnPlay", player)
    kodi.wait(1)
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_music_and_pictures_are_no_plays(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    for kind in ("song", "picture"):
        data = {"item": {"type": kind, "title": "A"}, "player": {"playerid": 0}, "end": True}
        for method in ("Player.OnPlay", "Player.OnAVStart", "Player.OnStop"):
            kodi.plays.heard(method, data)
    assert kodi.kept == []
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


@pytest.mark.parametrize("first", [2, -1])
def test_a_video_of_a_slideshow_is_no_play(kodi: PlayingKodi, first: int) -> None:
    kodi.put_in(file("/pictures/Loose (2001).mkv"))
    for player in (first, -1 if first == 2 else 2):
        kodi.announce("Player.OnPlay", player)
    kodi.wait(1)
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.kept == []
    kodi.clock += 60
    kodi.play(file("/pictures/Loose (2001).mkv"))
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.labels == ["Loose (2001)"]


# What else is read while it plays.


def test_while_nothing_plays_nothing_is_to_be_looked_at(kodi: PlayingKodi) -> None:
    assert kodi.plays.turn() == float("inf")
    kodi.play(film())
    assert 0 < kodi.plays.turn() <= 1
    kodi.stop()
    assert kodi.plays.turn() == float("inf")


def test_an_add_on_may_say_a_little_later_what_plays(kodi: PlayingKodi) -> None:
    kodi.play(row("x=1", type="movie", title="Ran"))
    kodi.wait(20)
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645}'
    kodi.goes_to(95)
    kodi.stop()
    assert [entry.title.ids for entry in kodi.kept] == [(("tmdb", "11645"),)]


def test_but_not_at_the_end(kodi: PlayingKodi) -> None:
    kodi.play(row("x=1", type="movie", title="Ran"))
    kodi.wait(100)
    kodi.home["script.trakt.ids"] = '{"tmdb": 11645}'
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.kept == []


def test_the_ids_of_the_last_play_are_not_the_next_ones(kodi: PlayingKodi) -> None:
    kodi.home["script.trakt.ids"] = '{"tmdb": 1}'
    kodi.begin_anew()
    for number in (11645, 11645, 7):
        kodi.home["script.trakt.ids"] = f'{{"tmdb": {number}}}'
        kodi.play(row("x=1", type="movie", title="Ran"))
        kodi.goes_to(95)
        kodi.stop()
        kodi.clock += 3600
    assert [dict(entry.title.ids)["tmdb"] for entry in kodi.kept] == ["11645", "7"]


def test_of_what_is_never_told_no_end_counts(kodi: PlayingKodi) -> None:
    trailer = film(label="Heat (Trailer)", title="Heat (Trailer)", mediapath="/heat-trailer.mkv")
    del trailer["id"]
    kodi.play(trailer, length=400)
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.kept == []


def test_a_film_of_under_five_minutes_is_a_clip_and_an_episode_is_none(kodi: PlayingKodi) -> None:
    kodi.play(film(), length=299)
    kodi.goes_to(95)
    kodi.counts()
    kodi.stop()
    kodi.play(episode(1), length=200)
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.labels == ["Dark 1x01"]


def test_nobodys_play_is_told_to_nobody(kodi: PlayingKodi) -> None:
    kodi.account = ""
    kodi.play(film())
    kodi.goes_to(95)
    assert kodi.store.playing.last() is None
    kodi.stop()
    assert kodi.kept == []


# What a kill or a quit leaves.


def test_whose_play_it_is_may_be_known_by_another_name_later(kodi: PlayingKodi) -> None:
    """An account's own name is asked for; until then it goes by its sign-in."""
    kodi.account = "sign-in"
    kodi.play(film())
    kodi.goes_to(95)
    kodi.account = "ann"
    kodi.wait(2)
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert [entry.account for entry in kodi.kept] == ["ann"]


def test_a_kill_where_it_counts_is_a_watch_of_the_moment_it_was_there(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.item = None
    kodi.clock += 86400
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.watches == [("Heat (1995)", "20:00:01")]
    kodi.begin_anew()
    kodi.wait(1)
    assert len(kodi.kept) == 1


def test_what_is_kept_moves_on_with_the_play(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95, seconds=100)
    kept = kodi.store.playing.last()
    assert kept is not None
    assert 70 <= (kept.at - kodi.moment()).total_seconds() + 100 <= 100


@pytest.mark.parametrize("percent", [10, 79])
def test_a_kill_after_it_went_back_is_none(kodi: PlayingKodi, percent: float) -> None:
    kodi.play(film())
    kodi.goes_to(90)
    kodi.seek(percent)
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.kept == []


def test_a_kill_between_the_tick_and_the_end_is_a_watch(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(60)
    kodi.counts()
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.labels == WATCHED_HEAT


def test_a_kodi_that_quits_without_an_end_of_the_play_loses_no_watch(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.counts()
    kodi.plays.leave()
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.labels == WATCHED_HEAT


def test_what_kodi_counts_as_it_quits_is_of_that_moment(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95, seconds=20)
    kodi.plays.leave()
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.watches == [("Heat (1995)", "20:00:21")]


def test_one_that_quits_amid_a_play_makes_none(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(50)
    kodi.counts(None)
    kodi.plays.leave()
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.kept == []


def test_a_play_that_goes_on_over_an_update_of_the_add_on_is_one(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(85)
    kodi.plays.leave()
    kodi.begin_anew()
    kodi.goes_to(95, seconds=700)
    assert kodi.kept == []
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_one_that_has_gone_back_by_then_is_none(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(85)
    kodi.plays.leave()
    kodi.at = 120.0
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.store.playing.last() is None
    kodi.stop()
    assert kodi.kept == []


@pytest.mark.parametrize("by", ["another film", "another person"])
def test_what_plays_at_the_next_start_may_be_another_play(kodi: PlayingKodi, by: str) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    if by == "another film":
        kodi.put_in(file("/media/Ran (1985).mkv"))
    else:
        kodi.account = "bob"
    kodi.begin_anew()
    kodi.wait(1)
    assert [(entry.label, entry.account) for entry in kodi.kept] == [("Heat (1995)", "ann")]


def test_what_is_left_out_is_neither_told_nor_kept(kodi: PlayingKodi) -> None:
    kodi.settings = replace(kodi.settings, films=False)
    kodi.play(film())
    kodi.goes_to(95)
    assert kodi.store.playing.last() is None
    kodi.stop()
    assert kodi.kept == []


def test_what_is_left_out_while_it_plays_is_not_told(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    kodi.settings = replace(kodi.settings, plays=False)
    kodi.stop()
    assert kodi.kept == []
    assert kodi.store.playing.last() is None


def test_a_library_id_that_another_film_has_by_now_is_not_believed(kodi: PlayingKodi) -> None:
    kodi.put_in(film())
    kodi.announce("Player.OnPlay", 1)
    kodi.put_in(episode(2))
    kodi.wait(1)
    kodi.goes_to(95)
    kodi.put_in(film())
    kodi.stop()
    assert kodi.kept == []


def test_a_path_is_enough_for_what_the_library_has(kodi: PlayingKodi) -> None:
    kodi.play(film(path=HEAT))
    kodi.goes_to(95)
    kodi.stop()
    assert kodi.labels == WATCHED_HEAT


def test_what_is_marked_and_unmarked_by_hand_while_it_plays_is_not_watched(
    kodi: PlayingKodi,
) -> None:
    kodi.play(film())
    kodi.goes_to(20)
    kodi.counts()
    kodi.wait(1)
    kodi.counts(0)
    kodi.wait(10)
    kodi.stop()
    assert kodi.labels == []
    assert kodi.store.playing.last() is None


@pytest.mark.parametrize("by_setting", [True, False])
def test_what_is_left_alone_before_the_next_start_is_not_told_after_a_kill(
    kodi: PlayingKodi, by_setting: bool
) -> None:
    kodi.play(film())
    kodi.goes_to(90)
    if by_setting:
        kodi.settings = replace(kodi.settings, films=False)
    else:
        kodi.ignored.leave(Title(MOVIE, (("tmdb", "949"),)), "Heat")
    kodi.item = None
    kodi.begin_anew()
    kodi.wait(1)
    assert kodi.labels == []
    assert kodi.store.playing.last() is None


def test_a_play_is_whose_it_was_though_its_end_is_heard_only_once_somebody_else_signed_in(
    kodi: PlayingKodi,
) -> None:
    """Nothing is heard while the window of a sign-in is open."""
    kodi.play(film())
    kodi.goes_to(95)
    kodi.account = "bob"
    kodi.stop()
    assert [entry.account for entry in kodi.kept] == ["ann"]


def test_a_watch_has_the_moment_at_which_kodi_announced_its_end(kodi: PlayingKodi) -> None:
    kodi.play(film())
    kodi.goes_to(95)
    ended_at = kodi.moment().timestamp()
    said = announced(film())
    kodi.clock += 300
    kodi.plays.heard("Player.OnStop", {"end": False, "item": said}, ended_at)
    assert [entry.at.timestamp() for entry in kodi.kept] == [int(ended_at)]
    kodi.play(film())
    kodi.goes_to(95)
    still_to_come = kodi.moment().timestamp() + 60
    kodi.plays.heard("Player.OnStop", {"end": False, "item": said}, still_to_come)
    assert kodi.kept[-1].at == kodi.moment().replace(microsecond=0)
