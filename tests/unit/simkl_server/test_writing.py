"""The loopback Simkl is written to as docs/simkl-api.md says: it does the harm, and tells on it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simkl_server import SimklServer, Title, Told, faults
from tests.simkl_server.clock import stamp
from tests.simkl_server.grants import READ, WRITE
from tests.unit.simkl_server.raw_client import Client, Reply

HISTORY, REMOVE = "/sync/history", "/sync/history/remove"
AT, LATER = "2024-03-01T20:00:00Z", "2024-04-01T20:00:00Z"
HEAT: dict[str, object] = {"ids": {"imdb": "tt0113277"}}
DARK: dict[str, object] = {"ids": {"tvdb": 334824}}


@pytest.fixture
def client(simkl: SimklServer) -> Client:
    """One that may write, and has asked about both titles."""
    simkl.person.may_be_written = True
    return Client(simkl, simkl.sign_in(scope=f"{READ} {WRITE}"))


@pytest.fixture
def asked(client: Client, heat: Title, dark: Title) -> Client:
    client.ask({**HEAT}, {**DARK})
    assert client.simkl.person.asked == {heat, dark}
    return client


def film(at: object = AT, **more: object) -> dict[str, Any]:
    return {"movies": [{**HEAT, "watched_at": at, **more}]}


def series(*numbers: int, season: int = 1, at: object = AT, **more: object) -> dict[str, Any]:
    episodes = [{"number": number, "watched_at": at} for number in numbers]
    return {"shows": [{**DARK, **more, "seasons": [{"number": season, "episodes": episodes}]}]}


def counts(reply: Reply, word: str = "added") -> tuple[int, int, int]:
    assert reply.status == 201
    said = reply.json[word]
    return said["movies"], said["shows"], said["episodes"]


# What is recorded.


def test_a_film_and_episodes_are_recorded_to_the_second(
    simkl: SimklServer, asked: Client, heat: Title, dark: Title
) -> None:
    before = asked.get("/sync/activities").json
    reply = asked.post(HISTORY, {**film(), **series(1, 3, at=LATER)}, skip_auto_watching="yes")
    assert counts(reply) == (1, 1, 2)
    assert not any(reply.json["not_found"].values())
    assert simkl.person.watches == {
        (heat, None): AT,
        (dark, (1, 1)): LATER,
        (dark, (1, 3)): LATER,
    }
    assert simkl.person.record.watches == [
        Told(heat, None, AT),
        Told(dark, (1, 1), LATER),
        Told(dark, (1, 3), LATER),
    ]
    said_film, said_series = asked.ask(HEAT, DARK, extended="episodes")
    assert (said_film["list"], said_film["last_watched_at"]) == ("completed", AT)
    assert said_series["list"] == "watching"
    watched = [each["watched"] for each in said_series["seasons"][0]["episodes"]]
    assert watched == [True, False, True]
    after = asked.get("/sync/activities").json
    assert after["movies"]["completed"] != before["movies"]["completed"]
    assert after["tv_shows"]["watching"] != before["tv_shows"]["watching"]
    assert simkl.violations == []


def test_the_last_episode_completes_the_series(simkl: SimklServer, asked: Client) -> None:
    asked.post(HISTORY, series(1, 2, 3))
    asked.post(HISTORY, series(1, season=2))
    assert asked.ask(DARK)[0]["list"] == "completed"
    asked.post(HISTORY, series(2, season=2))  # a preview
    asked.post(HISTORY, series(1, season=0))
    assert len(simkl.person.record.watches) == 6
    assert simkl.violations == []


def test_what_is_known_to_nobody_is_not_found_and_nothing_else_suffers(
    simkl: SimklServer, asked: Client, heat: Title
) -> None:
    body = film()
    body["movies"].append({"ids": {"imdb": "tt9999999"}, "watched_at": AT})
    body["shows"] = [{**series(1)["shows"][0], "ids": {"tvdb": 7}}]
    reply = asked.post(HISTORY, body)
    assert counts(reply) == (1, 0, 0)
    assert reply.json["not_found"] == {
        "movies": [body["movies"][1]], "shows": body["shows"], "episodes": [],
    }  # fmt: skip
    assert list(simkl.person.watches) == [(heat, None)]
    assert simkl.violations == []


def test_an_anime_that_is_not_found_stands_among_the_series(asked: Client) -> None:
    sent = {"ids": {"mal": 1}, "seasons": series(1)["shows"][0]["seasons"]}
    assert asked.post(HISTORY, {"anime": [sent]}).json["not_found"]["shows"] == [sent]


@pytest.mark.parametrize("ids", [{}, {"imdb": "tt9999999"}])
def test_name_and_year_count_where_no_id_is_known(
    simkl: SimklServer, asked: Client, ids: dict[str, object]
) -> None:
    assert counts(asked.post(HISTORY, film(ids=ids, title="Heat", year=1995))) == (1, 0, 0)
    assert simkl.violations == []


@pytest.mark.parametrize("date", [AT, LATER])
def test_a_repeat_changes_nothing_and_the_first_date_stays(
    simkl: SimklServer, asked: Client, heat: Title, date: str
) -> None:
    simkl.person.watch(heat, at=AT)
    before = asked.get("/sync/activities").json
    assert counts(asked.post(HISTORY, film(date))) == (0, 0, 0)
    assert simkl.person.watches == {(heat, None): AT}
    assert asked.get("/sync/activities").json == before
    assert simkl.violations == []


def test_telling_the_same_again_is_noted(simkl: SimklServer, asked: Client) -> None:
    for _ in range(2):
        asked.post(HISTORY, film())
    assert ["again" in each for each in simkl.violations] == [True]
    assert len(simkl.person.record.watches) == 1


def test_a_plan_that_keeps_rewatches_records_one_two_days_later(simkl: SimklServer) -> None:
    pro = simkl.add_person("Bob", "pro")
    pro.may_be_written = True
    heat = simkl.add_film("Heat", 1995, imdb="tt0113277")
    client = Client(simkl, simkl.sign_in(person=pro, scope=f"{READ} {WRITE}"))
    client.ask(HEAT)
    pro.watch(heat, at=AT)
    for date in ("2024-03-02T20:00:00Z", LATER, "2024-04-02T20:00:00Z"):
        client.post(HISTORY, film(date), allow_rewatch="yes")
    assert pro.record.rewatches == [Told(heat, None, LATER)]
    assert pro.watches == {(heat, None): AT}
    assert simkl.violations == []


def test_a_season_of_tvdb_leads_to_its_cour_where_that_is_asked_for(
    simkl: SimklServer, client: Client
) -> None:
    first = simkl.add_series("Re", 2016, {1: 2}, anime=True, tvdb=305089, mal=31240)
    second = simkl.add_series(
        "Re 2", 2020, {1: 2}, anime=True, mal=39587, cour_of=first, tvdb_season=2
    )
    client.ask({"tvdb": 305089, "season": 2, "episode": 2})
    body = series(2, season=2, ids={"tvdb": 305089}, use_tvdb_anime_seasons=True)
    assert counts(client.post(HISTORY, body)) == (0, 1, 1)
    assert simkl.person.watches == {(second, (1, 2)): AT}
    assert counts(client.post(REMOVE, body), "deleted") == (0, 1, 1)
    assert simkl.person.watches == {}
    assert simkl.violations == []


def test_people_are_written_to_apart(simkl: SimklServer, asked: Client) -> None:
    bob = simkl.add_person("Bob")
    asked.post(HISTORY, film())
    assert bob.watches == {}


# What does harm: it happens, and is told.


@pytest.mark.parametrize(
    ("body", "sentence", "episodes"),
    [
        ({"shows": [{**DARK, "watched_at": AT}]}, "a series without seasons", 4),
        ({"shows": [{**DARK, "seasons": []}]}, "a series without seasons", 4),
        ({"shows": [{**DARK, "seasons": [{"number": 1}]}]}, "a season without episodes", 3),
        (series(), "a season without episodes", 3),
        (series(9), "no such episode: 1x9", 4),
        (series(1, season=7), "no such episode: 7x1", 4),
        (series(1, 9), "no such episode: 1x9", 1),
    ],
)
def test_a_series_that_is_meant_whole_is_marked_whole(
    simkl: SimklServer, asked: Client, body: dict[str, Any], sentence: str, episodes: int
) -> None:
    reply = asked.post(HISTORY, body)
    assert reply.status == 201
    assert len(simkl.person.watches) == episodes
    assert any(sentence in each for each in simkl.violations)


def test_an_unknown_number_completes_the_series_and_looks_like_nothing(asked: Client) -> None:
    reply = asked.post(HISTORY, series(9))
    assert counts(reply) == (0, 1, 0)
    assert reply.json["not_found"]["episodes"] == [
        {**DARK, "seasons": [{"number": 1, "episodes": [{"number": 9, "watched_at": AT}]}]}
    ]
    assert asked.ask(DARK)[0]["list"] == "completed"


def test_a_season_of_tvdb_that_is_not_asked_for_completes_the_first_cour(
    simkl: SimklServer, client: Client
) -> None:
    first = simkl.add_series("Re", 2016, {1: 2}, anime=True, tvdb=305089)
    simkl.add_series("Re 2", 2020, {1: 2}, anime=True, mal=39587, cour_of=first, tvdb_season=2)
    client.ask({"tvdb": 305089})
    client.post(HISTORY, series(2, season=2, ids={"tvdb": 305089}))
    assert list(simkl.person.watches) == [(first, (1, 1)), (first, (1, 2))]
    assert "no such episode" in simkl.violations[0]


@pytest.mark.parametrize(
    ("date", "stored", "sentence"),
    [
        ("2024-03-01T20:00:00", AT, "without Z"),
        ("2024-03-01T20:00:00.250Z", AT, "fraction"),
        ("2024-03-01T21:00:00+01:00", AT, "without Z"),
        ("2124-03-01T20:00:00Z", "2124-03-01T20:00:00Z", "still to come"),
        ("1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z", "nobody knows when"),
    ],
)
def test_a_date_that_is_not_exact_counts_as_simkl_takes_it(
    simkl: SimklServer, asked: Client, heat: Title, date: str, stored: str, sentence: str
) -> None:
    asked.post(HISTORY, film(date))
    assert simkl.person.watches == {(heat, None): stored}
    assert [sentence in each for each in simkl.violations] == [True]


def test_a_watch_without_a_date_is_of_now(simkl: SimklServer, asked: Client) -> None:
    asked.post(HISTORY, {"movies": [HEAT]})
    body = series(1)
    del body["shows"][0]["seasons"][0]["episodes"][0]["watched_at"]
    asked.post(HISTORY, body)
    now = stamp(simkl.clock.now())
    assert all(now[:16] == (at or "")[:16] for at in simkl.person.watches.values())
    assert ["no watched_at" in each for each in simkl.violations] == [True, True]


def test_what_was_not_asked_about_is_noted(simkl: SimklServer, client: Client, heat: Title) -> None:
    client.post(HISTORY, film())
    assert ["without having asked" in each for each in simkl.violations] == [True]


def test_a_body_holds_fifty_or_one_series(simkl: SimklServer, client: Client) -> None:
    simkl.add_series("Long", 2000, {1: 120}, tvdb=5)
    films = [simkl.add_film(f"Film {number}", 2000, tmdb=number) for number in range(1, 52)]
    items = [{"tmdb": film.simkl and int(film.ids["tmdb"]), "type": "movie"} for film in films]
    client.ask(*items, {"tvdb": 5})
    sent = [{"ids": {"tmdb": int(film.ids["tmdb"])}, "watched_at": AT} for film in films]
    whole = series(*range(1, 121), ids={"tvdb": 5})
    client.post(HISTORY, {"movies": sent[:50]})
    client.post(HISTORY, whole)
    assert simkl.violations == []
    client.post(HISTORY, {"movies": sent[50:], **series(*range(1, 61), ids={"tvdb": 5})})
    assert "61 watches" in simkl.violations[0]
    simkl.forget_requests()
    client.post(HISTORY, {"movies": sent})
    assert "51 watches" in simkl.violations[0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "an empty body"),
        ({"movies": [], "shows": []}, "an empty body"),
        ({"movies": [*film()["movies"] * 2]}, "twice in one body"),
        ({"shows": [{**DARK, "episodes": [{"number": 1, "watched_at": AT}]}]}, "straight"),
    ],
)
def test_what_is_taken_and_should_not_be_sent_is_noted(
    simkl: SimklServer, asked: Client, body: dict[str, Any], sentence: str
) -> None:
    assert asked.post(HISTORY, body).status == 201
    assert any(sentence in each for each in simkl.violations)


@pytest.mark.parametrize("query", [{"allow_rewatch": "yes"}, {"skip_auto_watching": "true"}])
def test_what_the_query_should_not_say_is_noted(
    simkl: SimklServer, asked: Client, query: dict[str, str]
) -> None:
    asked.post(HISTORY, film(), **query)
    assert len(simkl.violations) == 1


@pytest.mark.parametrize(
    "body",
    [
        [film()],
        {"episodes": []},
        {"movies": {}},
        {"movies": [7]},
        film("yesterday"),
        film("2024-02-30T20:00:00Z"),
        film("2024-03-01 20:00:00"),
        film(1709323200),
        film(None),
        film(rating=8),
        film(ids={"slug": "heat"}),
        film(ids={"tmdb": "tt0113277"}),
        film(ids={"imdb": 113277}),
        film(ids={"tmdb": 949.0}),
        film(ids={"tmdb": True}),
        film(ids={"tmdb": None}),
        film(ids={"trakt": 5}),
        film(ids=[949]),
        film(ids={}),
        film(ids={}, title="Heat"),
        film(ids={}, title="Heat", year="1995"),
        film(imdb="tt0113277"),
        film(seasons=[]),
        series(1, use_tvdb_anime_seasons="yes"),
        {"shows": [{**DARK, "seasons": [{"episodes": [{"number": 1, "watched_at": AT}]}]}]},
        {"shows": [{**DARK, "seasons": [{"number": 1, "episodes": [{"watched_at": AT}]}]}]},
        {"shows": [{**DARK, "seasons": [{"number": 1, "episodes": [1]}]}]},
        series(-1),
    ],
)
def test_one_thing_that_is_malformed_fails_the_whole_batch(
    simkl: SimklServer, asked: Client, body: Any
) -> None:
    if isinstance(body, dict) and isinstance(body.get("movies"), list):
        body = {**body, "movies": [{"ids": {"tmdb": 949}, "watched_at": AT}, *body["movies"]]}
    assert asked.post(HISTORY, body).status == 400
    assert simkl.person.watches == {}
    assert len(simkl.violations) == 1


# What is taken away.


def test_a_film_loses_its_rating_and_its_list_with_its_watch(
    simkl: SimklServer, asked: Client, heat: Title
) -> None:
    simkl.person.watch(heat, at=AT)
    simkl.person.rate(heat, 9)
    assert simkl.person.rating(heat) == 9
    assert counts(asked.post(REMOVE, {"movies": [HEAT]}), "deleted") == (1, 0, 0)
    assert simkl.person.entry(heat) is None
    assert simkl.person.rating(heat) is None
    assert simkl.person.record.removed == [Told(heat, None, AT)]
    assert ["a film in a removal" in each for each in simkl.violations] == [True]


@pytest.mark.parametrize(
    ("body", "left", "breaches"),
    [
        ({"shows": [DARK]}, [], 1),
        ({"shows": [{**DARK, "seasons": [{"number": 1}]}]}, [(2, 1)], 1),
        (series(1, 3), [(1, 2), (2, 1)], 0),
        ({"shows": [{**DARK, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]},
         [(1, 1), (1, 3), (2, 1)], 0),
    ],
)  # fmt: skip
def test_a_series_loses_what_is_named(
    simkl: SimklServer,
    asked: Client,
    dark: Title,
    body: dict[str, Any],
    left: list[tuple[int, int]],
    breaches: int,
) -> None:
    simkl.person.watch(dark, at=AT)
    asked.post(REMOVE, body)
    assert [episode for _, episode in simkl.person.watches] == left
    assert len(simkl.person.record.removed) == 4 - len(left)
    assert len(simkl.violations) == breaches


def test_an_unknown_number_looks_as_if_it_were_taken_away(
    simkl: SimklServer, asked: Client, dark: Title
) -> None:
    simkl.person.watch(dark, season=1, episode=1, at=AT)
    reply = asked.post(REMOVE, series(9))
    assert counts(reply, "deleted") == (0, 1, 1)
    assert set(reply.json["not_found"]) == {"movies", "shows"}
    assert len(simkl.person.watches) == 1
    assert "no such episode" in simkl.violations[0]


def test_anime_in_a_removal_is_ignored_without_a_word(
    simkl: SimklServer, asked: Client, dark: Title
) -> None:
    simkl.person.watch(dark, season=1, episode=1, at=AT)
    reply = asked.post(REMOVE, {"anime": series(1)["shows"]})
    assert counts(reply, "deleted") == (0, 0, 0)
    assert len(simkl.person.watches) == 1
    assert ["ignores it" in each for each in simkl.violations] == [True]


# Who may write, and when.


def test_nothing_is_written_where_no_test_expects_it(simkl: SimklServer, heat: Title) -> None:
    client = Client(simkl, simkl.sign_in(scope=f"{READ} {WRITE}"))
    client.ask(HEAT)
    for path in (HISTORY, REMOVE, "/scrobble/start"):
        assert client.post(path, film()).json["error"] == "insufficient_scope"
    assert ["tried to write" in each for each in simkl.violations] == [True] * 3
    assert simkl.person.watches == {}


def test_a_token_that_may_only_read_writes_nothing(simkl: SimklServer, asked: Client) -> None:
    reader = Client(simkl, simkl.sign_in())
    reply = reader.post(HISTORY, film())
    assert (reply.status, reply.json["error"]) == (403, "insufficient_scope")
    assert len(simkl.violations) == 1
    assert simkl.person.watches == {}


def test_a_scope_that_was_taken_away_is_met_once_and_then_known(
    simkl: SimklServer, asked: Client
) -> None:
    assert asked.tokens
    simkl.make_read_only(asked.tokens.access_token)
    assert asked.post(HISTORY, film()).status == 403
    assert simkl.violations == []
    assert asked.ask(HEAT)[0]["result"] is False
    assert asked.post(HISTORY, film()).status == 403
    assert len(simkl.violations) == 1


def test_a_token_of_generation_1_writes_as_it_is(simkl: SimklServer, heat: Title) -> None:
    simkl.person.may_be_written = True
    client = Client(simkl, simkl.sign_in(simkl.old_client_id), simkl.old_client_id)
    client.ask(HEAT)
    assert counts(client.post(HISTORY, film())) == (1, 0, 0)
    assert simkl.violations == []


def test_another_write_keeps_out_for_up_to_twenty_seconds(
    simkl: SimklServer, asked: Client
) -> None:
    simkl.person.lock_writes(5)
    reply = asked.post(HISTORY, film())
    assert (reply.status, reply.json["error"].lower()) == (400, "rate_limit")
    assert asked.ask(HEAT)[0]["result"] is False
    simkl.clock.forward(20)
    assert asked.post(HISTORY, film()).status == 201
    assert simkl.violations == []


def test_who_was_kept_out_waits(simkl: SimklServer, asked: Client) -> None:
    simkl.person.lock_writes(5)
    spellings = [asked.post(HISTORY, film()).json["error"]]
    simkl.clock.forward(10)
    reply = asked.post(HISTORY, film())
    assert reply.status == 400
    spellings.append(reply.json["error"])
    assert sorted(spellings) == ["RATE_LIMIT", "rate_limit"]
    assert ["wrote again" in each for each in simkl.violations] == [True]
    simkl.behave()
    assert asked.post(HISTORY, film()).status == 201


def test_two_posts_in_a_second_block_a_write_as_well(simkl: SimklServer, asked: Client) -> None:
    asked.post(HISTORY, film())
    asked.pace = 0.5
    assert asked.post(HISTORY, series(1)).status == 429
    assert len(simkl.violations) == 1


def test_nothing_is_written_with_the_last_tenth_of_the_day(
    simkl: SimklServer, asked: Client
) -> None:
    simkl.person.calls_left = 40
    asked.post(HISTORY, film())  # whose client could not know
    assert simkl.violations == []
    asked.post(HISTORY, series(1))
    assert ["a tenth" in each for each in simkl.violations] == [True]


# Answers that say less than what happened, or more.


@pytest.mark.parametrize(
    "fault", [faults.status(500), faults.status(502), faults.html, faults.half_json]
)
def test_an_answer_may_be_lost_after_the_watch_was_stored(
    simkl: SimklServer, asked: Client, heat: Title, fault: faults.Fault
) -> None:
    simkl.misbehave(HISTORY, faults.after_storing(fault))
    asked.post(HISTORY, film())
    assert simkl.person.watches == {(heat, None): AT}


def test_a_connection_may_end_after_the_watch_was_stored(simkl: SimklServer, asked: Client) -> None:
    simkl.misbehave(HISTORY, faults.after_storing(faults.silent_close))
    with pytest.raises((ConnectionError, OSError)):
        asked.post(HISTORY, film())
    assert len(simkl.person.watches) == 1


def test_a_success_may_have_recorded_nothing(simkl: SimklServer, asked: Client) -> None:
    simkl.misbehave(HISTORY, faults.recorded_nothing)
    body = {**film(), **series(1)}
    reply = asked.post(HISTORY, body)
    assert counts(reply) == (0, 0, 0)
    assert reply.json["not_found"] == {**body, "episodes": []}
    assert simkl.person.watches == {}


def test_a_success_may_count_nothing_of_what_it_recorded(simkl: SimklServer, asked: Client) -> None:
    simkl.misbehave(HISTORY, faults.counted_nothing)
    reply = asked.post(HISTORY, {**film(), **series(1)})
    assert counts(reply) == (0, 0, 0)
    assert not any(reply.json["not_found"].values())
    assert len(simkl.person.watches) == 2


def test_what_does_harm_is_told_behind_a_fault_too(simkl: SimklServer, asked: Client) -> None:
    simkl.misbehave(HISTORY, faults.status(500))
    asked.post(HISTORY, {"shows": [DARK]})
    assert len(simkl.violations) == 1
    assert simkl.person.watches == {}


# Watching now.


def test_a_start_shows_and_a_pause_saves_and_neither_marks(
    simkl: SimklServer, asked: Client, heat: Title, dark: Title
) -> None:
    reply = asked.post("/scrobble/start", {"progress": 1.25, "movie": HEAT})
    assert (reply.status, reply.json["id"], reply.json["action"]) == (201, 0, "start")
    record = simkl.person.record
    assert record.watching is not None
    assert (record.watching.what, record.watching.progress) == ((heat, None), 1.25)
    reply = asked.post("/scrobble/pause", {"progress": 40, "movie": HEAT})
    assert record.watching is None
    assert [each.what for each in record.paused] == [(heat, None)]
    episode = {"season": 1, "number": 2}
    asked.post("/scrobble/start", {"progress": 0, "show": DARK, "episode": episode})
    assert record.watching is not None
    assert record.watching.what == (dark, (1, 2))
    saved = reply.json["id"]
    assert saved == record.paused[0].number > 0
    path = f"/sync/playback/{saved}"
    assert asked.send("DELETE", path, headers=asked.headers()).status == 204
    assert asked.send("DELETE", path, headers=asked.headers()).status == 404
    assert record.paused == []
    assert simkl.person.watches == {}
    assert simkl.violations == []


def test_the_playback_of_a_start_is_the_list_of_all(simkl: SimklServer, asked: Client) -> None:
    asked.send("DELETE", "/sync/playback/0", headers=asked.headers())
    assert len(simkl.violations) == 1


def test_a_start_finds_the_cour_by_itself(simkl: SimklServer, client: Client) -> None:
    first = simkl.add_series("Re", 2016, {1: 2}, anime=True, tvdb=305089)
    second = simkl.add_series(
        "Re 2", 2020, {1: 2}, anime=True, mal=39587, cour_of=first, tvdb_season=2
    )
    episode = {"season": 2, "number": 1}
    body = {"progress": 5, "anime": {"ids": {"tvdb": 305089}}, "episode": episode}
    assert client.post("/scrobble/start", body).status == 201
    assert simkl.person.record.watching is not None
    assert simkl.person.record.watching.what == (second, (1, 1))


@pytest.mark.parametrize("action", ["stop", "checkin"])
def test_what_would_count_as_a_watch_of_now_is_noted(
    simkl: SimklServer, asked: Client, action: str
) -> None:
    asked.post(f"/scrobble/{action}", {"progress": 50, "movie": HEAT})
    assert ["this very moment" in each for each in simkl.violations] == [True]


def test_a_stop_beyond_eighty_marks_and_then_the_hour_is_over_first(
    simkl: SimklServer, asked: Client, heat: Title
) -> None:
    asked.post("/scrobble/stop", {"progress": 79.9, "movie": HEAT})
    assert simkl.person.watches == {}
    reply = asked.post("/scrobble/stop", {"progress": 80, "movie": HEAT})
    assert reply.json["action"] == "scrobble"
    assert list(simkl.person.watches) == [(heat, None)]
    for action in ("stop", "pause"):
        reply = asked.post(f"/scrobble/{action}", {"progress": 90, "movie": HEAT})
        assert (reply.status, reply.json["error"]) == (409, "already_watched")
        assert reply.json["watched_at"] < reply.json["expires_at"]
    simkl.clock.forward(3600)
    assert asked.post("/scrobble/pause", {"progress": 90, "movie": HEAT}).status == 201


@pytest.mark.parametrize(("minutes", "counts_as_watched"), [(60, False), (80, True), (100, False)])
def test_a_play_that_was_left_without_a_word_counts_at_the_next_start(
    simkl: SimklServer, asked: Client, heat: Title, minutes: int, *, counts_as_watched: bool
) -> None:
    """Simkl moves the position by itself, until the film would be over."""
    asked.post("/scrobble/start", {"progress": 0, "movie": HEAT})
    simkl.clock.forward(minutes * 60)
    episode = {"season": 1, "number": 2}
    asked.post("/scrobble/start", {"progress": 0, "show": DARK, "episode": episode})
    assert list(simkl.person.watches) == ([(heat, None)] if counts_as_watched else [])


def test_the_same_again_within_a_minute_is_of_a_timer(simkl: SimklServer, asked: Client) -> None:
    for progress in (1, 2):
        asked.post("/scrobble/start", {"progress": progress, "movie": HEAT})
    assert ["by a timer" in each for each in simkl.violations] == [True]
    simkl.clock.forward(60)
    asked.post("/scrobble/start", {"progress": 3, "movie": HEAT})
    asked.post("/scrobble/pause", {"progress": 3, "movie": HEAT})
    asked.post("/scrobble/start", {"progress": 3, "movie": HEAT})
    assert len(simkl.violations) == 1


@pytest.mark.parametrize(
    ("body", "status", "breaches"),
    [
        ({"movie": HEAT}, 400, 1),
        ({"progress": 101, "movie": HEAT}, 400, 1),
        ({"progress": "50", "movie": HEAT}, 400, 1),
        ({"progress": 33.333, "movie": HEAT}, 400, 1),
        ({"progress": 1}, 400, 1),
        ({"progress": 1, "movie": HEAT, "show": DARK}, 400, 1),
        ({"progress": 1, "movie": {**HEAT, "watched_at": AT}}, 400, 1),
        ({"progress": 1, "movie": {"ids": {"slug": "heat"}}}, 400, 1),
        ({"progress": 1, "movie": HEAT, "watched_at": AT}, 400, 1),
        ({"progress": 1, "show": DARK}, 400, 1),
        ({"progress": 1, "show": DARK, "episode": {"number": 1}}, 400, 1),
        ({"progress": 1, "show": DARK, "episode": {"season": 1, "number": 9}}, 404, 0),
        ({"progress": 1, "movie": {"ids": {"tmdb": 7}}}, 404, 0),
    ],
)
def test_a_malformed_scrobble_is_refused(
    simkl: SimklServer, asked: Client, body: dict[str, Any], status: int, breaches: int
) -> None:
    assert asked.post("/scrobble/start", body).status == status
    assert len(simkl.violations) == breaches
    assert simkl.person.record.watching is None
