"""The loopback Simkl keeps the contract of docs/simkl-api.md, and forgives a client nothing."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from typing import Any, Callable
from urllib.parse import urlencode, urlsplit

import pytest

from tests.simkl_server import SimklServer, Title, Tokens, faults
from tests.simkl_server.__main__ import BUILT_IN
from tests.simkl_server.clock import next_eastern_midnight
from tests.simkl_server.loading import load
from tests.simkl_server.oauth2 import DEVICE_GRANT
from tests.unit.simkl_server.raw_client import WATCHED, Client, Reply

AT = "2024-03-01T20:00:00Z"
LATER = "2024-04-01T20:00:00Z"


# What every request must have.


@pytest.mark.parametrize(
    ("query", "headers", "status", "sentence"),
    [
        ({"client_id": ""}, {}, 412, "no client_id"),
        ({"app-name": ""}, {}, 400, "no app-name"),
        ({"app-version": ""}, {}, 400, "no app-version"),
        ({"app-name": "Simkl Watched"}, {}, 400, "not short and lower-case"),
        ({"app-version": "0.2.0"}, {}, 400, "User-Agent"),
        ({"limit": "5"}, {}, 400, "unknown query parameter limit"),
        ({}, {"User-Agent": "python-requests/2.31"}, 400, "User-Agent"),
        ({}, {"simkl-api-key": "somebody else's"}, 400, "two different client ids"),
        ({}, {"Authorization": ""}, 401, "no token"),
    ],
)
def test_a_request_that_lacks_something_is_refused_and_noted(
    simkl: SimklServer,
    client: Client,
    query: dict[str, str],
    headers: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    reply = client.send(
        "GET", "/sync/activities", query=client.query(**query), headers=client.headers(**headers)
    )
    assert (reply.status, reply.json["code"]) == (status, status)
    assert len(simkl.violations) == 1
    assert sentence in simkl.violations[0]


def test_a_right_request_breaks_nothing_and_is_recorded(simkl: SimklServer, client: Client) -> None:
    reply = client.get("/sync/activities")
    seen = simkl.requests_to("/sync/activities", method="GET")
    assert [(each.status, each.answer) for each in seen] == [(200, reply.json)]
    assert seen[0].headers["user-agent"] == "simkl-watched/0.1.0"
    assert simkl.violations == []


def test_the_client_id_may_stand_in_the_header(simkl: SimklServer, client: Client) -> None:
    headers = client.headers(**{"simkl-api-key": simkl.client_id})
    query = client.query(client_id="")
    assert client.send("GET", "/sync/activities", query=query, headers=headers).status == 200


def test_an_unknown_client_id_is_412(simkl: SimklServer, client: Client) -> None:
    client.client_id = "nobody"
    reply = client.get("/sync/activities")
    assert (reply.status, reply.json["error"]) == (412, "client_id_failed")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/sync/all-items", 404), ("/sync/history", 403), ("/scrobble/stop", 403)],
)
def test_what_the_add_on_has_no_business_with_is_noted(
    simkl: SimklServer, client: Client, path: str, status: int
) -> None:
    assert client.post(path, {}).status == status
    assert len(simkl.violations) == 1


def test_a_token_in_the_url_is_noted_without_repeating_it(
    simkl: SimklServer, client: Client
) -> None:
    assert client.tokens
    assert client.get(f"/users/{client.tokens.access_token}").status == 400
    assert "a token in the URL" in simkl.violations[0]
    assert client.tokens.access_token not in simkl.violations[0]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_json_body_says_so(simkl: SimklServer, client: Client, content_type: str) -> None:
    headers = client.headers(**{"Content-Type": content_type})
    assert client.send("POST", WATCHED, headers=headers, body=b'[{"simkl":1}]').status == 400
    assert "Content-Type" in simkl.violations[0]


def test_a_question_without_a_body_is_an_empty_field(simkl: SimklServer, client: Client) -> None:
    assert client.post(WATCHED).json["error"] == "empty_field"
    assert "no body" in simkl.violations[0]


def test_who_leaves_amid_a_request_has_asked_nothing(simkl: SimklServer, client: Client) -> None:
    address = urlsplit(simkl.url)
    with socket.create_connection((address.hostname, address.port or 80)) as line:
        line.sendall(b"POST /oauth2/token HTTP/1.1\r\nContent-Length: 100\r\n\r\ngrant_type=")
    client.ask({"type": "movie", "title": "Heat", "year": 1995})
    assert [request.path for request in simkl.requests] == [WATCHED]
    assert simkl.violations == []


def test_a_token_has_no_business_at_the_sign_in(simkl: SimklServer, client: Client) -> None:
    client.client_id = simkl.old_client_id
    assert client.get("/oauth/pin").status == 400
    assert "a token where none belongs" in simkl.violations[0]


def test_connections_stay_open(simkl: SimklServer, client: Client) -> None:
    connection = http.client.HTTPConnection(urlsplit(simkl.url).netloc, timeout=5)
    for _ in range(3):
        url = f"/sync/activities?{urlencode(client.query())}"
        connection.request("GET", url, headers=client.headers())
        assert connection.getresponse().read()
        assert connection.sock is not None
    connection.close()
    assert simkl.violations == []


# Tokens.


def test_after_a_401_the_token_must_not_be_tried_again(simkl: SimklServer, client: Client) -> None:
    assert client.tokens
    simkl.expire_access(client.tokens.access_token)
    assert client.get("/sync/activities").json["error"] == "user_token_failed"
    assert simkl.violations == []
    assert client.get("/sync/activities").status == 401
    assert "after its 401" in simkl.violations[0]


def test_a_token_lives_seven_days(simkl: SimklServer, client: Client) -> None:
    simkl.clock.forward(7 * 86400 - 60)
    assert client.get("/sync/activities").status == 200
    simkl.clock.forward(60)
    assert client.get("/sync/activities").status == 401


def test_a_token_with_another_client_id_is_revoked(simkl: SimklServer, client: Client) -> None:
    client.client_id = simkl.old_client_id
    assert client.get("/sync/activities").status == 401
    assert "another client id" in simkl.violations[0]
    assert client.tokens
    refresh = client.tokens.refresh_token or ""
    client.client_id = simkl.client_id
    reply = client.form("/oauth2/token", grant_type="refresh_token", refresh_token=refresh)
    assert reply.json["error"] == "invalid_grant"


def test_a_refresh_kills_the_old_token_at_once(simkl: SimklServer, client: Client) -> None:
    assert client.tokens
    old, refresh = client.tokens.access_token, client.tokens.refresh_token or ""
    new = client.form("/oauth2/token", grant_type="refresh_token", refresh_token=refresh).json
    assert new["access_token"] != old
    assert new["refresh_token"] == refresh
    assert client.get("/sync/activities").status == 401
    client.tokens = Tokens(**new)
    assert client.get("/sync/activities").status == 200
    assert simkl.violations == []
    simkl.revoke(old)  # one grant still, whichever of its tokens names it
    assert client.get("/sync/activities").status == 401


@pytest.mark.parametrize("ending", ["by the person", "by the client", "after 180 days"])
def test_a_dead_grant_is_invalid_grant(simkl: SimklServer, client: Client, ending: str) -> None:
    assert client.tokens
    refresh = client.tokens.refresh_token or ""
    if ending == "by the person":
        simkl.revoke(client.tokens.access_token)
    elif ending == "by the client":
        assert client.form("/oauth2/revoke", token=refresh).status == 200
    else:
        simkl.clock.forward(180 * 86400)
    reply = client.form("/oauth2/token", grant_type="refresh_token", refresh_token=refresh)
    assert (reply.status, reply.json["error"]) == (400, "invalid_grant")
    assert "error_description" in reply.json


def test_revoking_nonsense_is_200(stranger: Client) -> None:
    assert stranger.form("/oauth2/revoke", token="nothing").status == 200


# Signing in, generation 2.


def poll(client: Client, code: dict[str, str], after: float = 5) -> Reply:
    client.simkl.clock.forward(after)
    return client.form("/oauth2/token", grant_type=DEVICE_GRANT, device_code=code["device_code"])


def test_a_code_that_is_approved_becomes_tokens(simkl: SimklServer, stranger: Client) -> None:
    code = stranger.form("/oauth2/device", scope="media:read").json
    assert simkl.waiting_codes() == [code["user_code"]]
    assert poll(stranger, code).json["error"] == "authorization_pending"
    simkl.approve(code["user_code"], simkl.add_person("Bob", "vip"))
    tokens = poll(stranger, code).json
    assert (tokens["scope"], tokens["expires_in"]) == ("media:read", 604800)
    assert poll(stranger, code).json["error"] == "expired_token"  # a code works once
    stranger.tokens = Tokens(**tokens)
    told = stranger.post("/users/settings").json
    assert (told["user"]["name"], told["account"]["type"]) == ("Bob", "vip")
    assert simkl.waiting_codes() == []
    assert simkl.violations == []


@pytest.mark.parametrize(
    ("asked", "granted"),
    [
        ("media:read", "media:read"),
        ("media:read media:write", "media:read media:write"),
        ("media:reed media:write", "media:read"),
        ("", "media:read"),
    ],
)
def test_a_misspelled_scope_is_silently_read_only(
    simkl: SimklServer, stranger: Client, asked: str, granted: str
) -> None:
    code = stranger.form("/oauth2/device", scope=asked).json
    simkl.approve(code["user_code"])
    assert poll(stranger, code).json["scope"] == granted
    assert bool(simkl.violations) == (asked != granted)


def test_polling_too_fast_is_slow_down_and_five_seconds_more(
    simkl: SimklServer, stranger: Client
) -> None:
    code = stranger.form("/oauth2/device", scope="media:read").json
    errors = [poll(stranger, code, after).json["error"] for after in (5, 1, 6, 15)]
    pending = "authorization_pending"
    assert errors == [pending, "slow_down", "slow_down", pending]
    assert len(simkl.violations) == 2


def test_slow_down_can_be_told_to_a_client_that_did_nothing(
    simkl: SimklServer, stranger: Client
) -> None:
    code = stranger.form("/oauth2/device", scope="media:read").json
    simkl.slow_down(code["user_code"])
    errors = [poll(stranger, code, after).json["error"] for after in (5, 10)]
    assert errors == ["slow_down", "authorization_pending"]
    assert simkl.violations == []


@pytest.mark.parametrize(
    ("happens", "error"),
    [
        (lambda simkl, _: simkl.clock.forward(900), "expired_token"),
        (lambda simkl, code: simkl.forget_code(code), "expired_token"),
        (lambda simkl, code: simkl.deny(code), "access_denied"),
    ],
)
def test_a_code_that_is_over_says_so_and_must_not_be_polled_again(
    simkl: SimklServer, stranger: Client, happens: Callable[[SimklServer, str], None], error: str
) -> None:
    code = stranger.form("/oauth2/device", scope="media:read").json
    happens(simkl, code["user_code"])
    assert poll(stranger, code).json["error"] == error
    assert simkl.violations == []
    assert poll(stranger, code).json["error"] == error
    assert "polled a code again" in simkl.violations[0]


@pytest.mark.parametrize(
    ("old", "status", "error"), [(True, 400, "unauthorized_client"), (False, 401, "invalid_client")]
)
def test_generation_2_refuses_other_client_ids(
    simkl: SimklServer, stranger: Client, old: bool, status: int, error: str
) -> None:
    stranger.client_id = simkl.old_client_id if old else "nobody"
    reply = stranger.form("/oauth2/device", scope="media:read")
    assert (reply.status, reply.json["error"]) == (status, error)
    assert simkl.violations == []


# Signing in, generation 1.


def test_the_pin_flow(simkl: SimklServer, stranger: Client) -> None:
    stranger.client_id = simkl.old_client_id
    code = stranger.get("/oauth/pin").json
    assert code["device_code"] == "DEVICE_CODE"
    path = f"/oauth/pin/{code['user_code']}"
    assert stranger.get(path).json == {"result": "KO", "message": "Authorization pending"}
    assert stranger.get(path).json == {"result": "KO", "message": "Slow down"}
    assert len(simkl.violations) == 1
    simkl.approve(code["user_code"])
    simkl.clock.forward(5)
    token = stranger.get(path).json["access_token"]
    assert len(token) == 64
    assert "device_code" in stranger.get(path).json  # a code works once
    stranger.tokens = Tokens(token, None, 0, "")
    assert stranger.get("/sync/activities").status == 200


def test_a_gone_pin_is_answered_with_a_new_one(simkl: SimklServer, stranger: Client) -> None:
    stranger.client_id = simkl.old_client_id
    code = stranger.get("/oauth/pin").json["user_code"]
    simkl.clock.forward(900)
    new = stranger.get(f"/oauth/pin/{code}").json
    assert new["device_code"] == "DEVICE_CODE"
    assert new["user_code"] != code
    assert simkl.waiting_codes() == [new["user_code"]]


@pytest.mark.parametrize(("known", "status"), [(True, 400), (False, 412)])
def test_the_pin_flow_refuses_other_client_ids(
    simkl: SimklServer, stranger: Client, known: bool, status: int
) -> None:
    stranger.client_id = simkl.client_id if known else "nobody"
    assert stranger.get("/oauth/pin").status == status


# What was watched.


def test_answers_come_in_order_and_echo_what_was_sent(
    simkl: SimklServer, client: Client, heat: Title, dark: Title
) -> None:
    simkl.person.watch(heat, at=AT)
    sent: list[dict[str, object]] = [
        {"ids": {"tvdb": "334824"}, "type": "show"},
        {"imdb": "tt9999999"},
        {"title": "HEAT", "year": 1995},
    ]
    answers = client.ask(*sent)
    assert answers == [
        {**sent[0], "simkl": dark.simkl, "result": False, "list": None, "last_watched_at": None},
        {**sent[1], "result": "not_found"},
        {
            **sent[2],
            "simkl": heat.simkl,
            "result": True,
            "list": "completed",
            "last_watched_at": AT,
        },
    ]
    assert simkl.violations == []


@pytest.mark.parametrize("name", ["plantowatch", "dropped"])
def test_any_list_answers_true(simkl: SimklServer, client: Client, heat: Title, name: str) -> None:
    simkl.person.put(heat, name)
    (told,) = client.ask({"imdb": "tt0113277"})
    assert (told["result"], told["list"], told["last_watched_at"]) == (True, name, None)


def test_a_film_and_a_series_may_share_a_tmdb_number(simkl: SimklServer, client: Client) -> None:
    film = simkl.add_film("Film", 2000, tmdb=5)
    show = simkl.add_series("Show", 2001, {1: 1}, tmdb=5)
    told = client.ask({"tmdb": 5, "type": "movie"}, {"tmdb": 5, "type": "show"})
    assert [each["simkl"] for each in told] == [film.simkl, show.simkl]
    assert client.post(WATCHED, [{"tmdb": 5}]).json["error"] == "wrong_parameter"


@pytest.mark.parametrize(
    "item",
    [
        {"imdb": "tt0113277", "tvdb": 334824},
        {"imdb": "tt0113277", "type": "show"},
        {"title": "Heat", "year": 1996},
        {"title": "Twice", "year": 2000},
        {"imdb": "tt0113277", "season": 1, "episode": 1},
    ],
)
def test_what_contradicts_itself_is_not_found(
    simkl: SimklServer, client: Client, heat: Title, dark: Title, item: dict[str, object]
) -> None:
    simkl.add_film("Twice", 2000)
    simkl.add_film("twice", 2000)
    assert client.ask(item) == [{**item, "result": "not_found"}]
    assert simkl.violations == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"imdb": "tt0113277"}, "wrong_parameter"),
        ([], "empty_field"),
        ([{"type": "movie"}], "empty_field"),
        ([{"title": "Heat"}], "empty_field"),
        ([{"imdb": "0113277"}], "wrong_parameter"),
        ([{"imdb": "tt0113277", "rating": 5}], "wrong_parameter"),
        ([{"ids": {"trakt": 5}}], "wrong_parameter"),
        ([{"simkl": "abc"}], "wrong_parameter"),
        ([{"simkl": True}], "wrong_parameter"),
        ([{"simkl": 5, "type": "episode"}], "wrong_parameter"),
        ([{"tvdb": 5, "season": 1}], "wrong_parameter"),
        ([{"tvdb": 5, "season": "1", "episode": 1}], "wrong_parameter"),
        ([{"title": "Heat", "year": "1995"}], "wrong_parameter"),
    ],
)
def test_a_malformed_question_is_refused_as_a_whole(
    simkl: SimklServer, client: Client, body: object, error: str
) -> None:
    reply = client.post(WATCHED, body)
    assert (reply.status, reply.json["error"]) == (400, error)
    assert len(simkl.violations) == 1


@pytest.mark.parametrize(
    ("count", "extended", "status", "breaches"),
    [(100, "counters", 200, 0), (101, "counters", 400, 1), (101, "", 200, 1)],
)
def test_a_hundred_items_are_the_most(
    simkl: SimklServer, client: Client, count: int, extended: str, status: int, breaches: int
) -> None:
    reply = client.post(WATCHED, [{"simkl": 5}] * count, extended=extended)
    assert (reply.status, len(simkl.violations)) == (status, breaches)
    assert status == 200 or reply.json["error"] == "max_items"


def numbers(seasons: list[dict[str, Any]]) -> list[int]:
    return [season["number"] for season in seasons]


def test_a_series_is_broken_down_as_far_as_asked(
    simkl: SimklServer, client: Client, dark: Title
) -> None:
    simkl.person.watch(dark, season=1, episode=3, at=AT)
    simkl.person.watch(dark, season=2, episode=2, at=LATER)
    ask: dict[str, object] = {"tvdb": 334824}
    (plain,) = client.ask(ask)
    (specials_alone,) = client.ask(ask, extended="specials")
    assert "seasons" not in plain
    assert plain == specials_alone
    assert (plain["list"], plain["last_watched_at"]) == ("watching", LATER)
    (counted,) = client.ask(ask, extended="counters,specials")
    assert numbers(counted["seasons"]) == [1, 2]
    assert "episodes" not in counted["seasons"][0]
    totals = [counted[f"episodes_{name}"] for name in ("total", "aired", "to_be_aired", "watched")]
    assert totals == [5, 4, 1, 2]
    (whole,) = client.ask(ask, extended="specials,nonsense,episodes")
    assert numbers(whole["seasons"]) == [0, 1, 2]
    seen_early = {"number": 2, "watched": True, "aired": False, "last_watched_at": LATER}
    assert whole["seasons"][2]["episodes"][1] == seen_early
    assert whole["episodes_total"] == 5
    (without,) = client.ask(ask, extended="episodes")
    assert numbers(without["seasons"]) == [1, 2]


def test_one_episode_is_answered_for_the_title_with_its_own_date(
    simkl: SimklServer, client: Client, dark: Title
) -> None:
    simkl.person.watch(dark, season=1, episode=3, at=AT)
    seen, unseen = client.ask(
        {"tvdb": 334824, "season": 1, "episode": 3}, {"tvdb": 334824, "season": 1, "episode": 2}
    )
    assert (seen["result"], seen["last_watched_at"]) == (True, AT)
    assert (unseen["result"], unseen["last_watched_at"]) == (True, None)
    assert "seasons" not in seen
    item: dict[str, object] = {"tvdb": 334824, "season": 1, "episode": 2}
    (extended,) = client.ask(item, extended="episodes")
    assert numbers(extended["seasons"]) == [1, 2]


def test_a_tvdb_season_leads_to_its_cour_only_for_one_episode(
    simkl: SimklServer, client: Client
) -> None:
    first = simkl.add_series("Re", 2016, {1: 2}, anime=True, tvdb=305089, mal=31240)
    second = simkl.add_series(
        "Re 2", 2020, {1: 2}, anime=True, mal=39587, cour_of=first, tvdb_season=2
    )
    simkl.person.watch(second, season=1, episode=2, at=AT)
    mapped, by_mal, whole = client.ask(
        {"tvdb": 305089, "season": 2, "episode": 2},
        {"mal": 31240, "season": 2, "episode": 2},
        {"tvdb": 305089},
    )
    assert (mapped["simkl"], mapped["last_watched_at"]) == (second.simkl, AT)
    assert (by_mal["simkl"], by_mal["last_watched_at"]) == (first.simkl, None)
    assert (whole["simkl"], whole["result"]) == (first.simkl, False)


def test_lists_follow_what_is_watched(simkl: SimklServer, client: Client, dark: Title) -> None:
    def now_in() -> object:
        return client.ask({"tvdb": 334824})[0]["list"]

    simkl.person.watch(dark, season=1, at=AT)
    assert now_in() == "watching"
    simkl.person.watch(dark, season=2, episode=1, at=AT)
    assert now_in() == "completed"
    simkl.person.unwatch(dark, season=1, episode=1)
    assert now_in() == "watching"
    simkl.person.remove(dark)
    assert now_in() is None
    simkl.person.watch(dark, season=2, at=AT)  # of a whole season only what has aired
    assert client.ask({"tvdb": 334824}, extended="counters")[0]["episodes_watched"] == 1


def test_people_do_not_see_each_other(simkl: SimklServer, client: Client, heat: Title) -> None:
    simkl.add_person("Bob").watch(heat, at=AT)
    assert client.ask({"imdb": "tt0113277"})[0]["result"] is False


# Activities.


def test_activities_move_where_something_happened(
    simkl: SimklServer, client: Client, heat: Title, dark: Title
) -> None:
    before = client.get("/sync/activities").json
    assert (before["all"], before["movies"]["completed"]) == (None, None)
    assert set(before["tv_shows"]) == set(before["anime"])
    assert set(before["tv_shows"]) - set(before["movies"]) == {"watching", "hold"}
    simkl.person.watch(heat, at=AT)
    first = client.get("/sync/activities").json
    assert first["movies"]["completed"] == first["movies"]["all"] == first["all"]
    assert first["tv_shows"] == before["tv_shows"]
    client.pace = 0  # the next change is in the same second, and is seen all the same
    simkl.person.rate(dark)
    second = client.get("/sync/activities").json
    assert second["all"] == second["tv_shows"]["rated_at"] > first["all"]
    assert second["movies"] == first["movies"]
    simkl.person.pause(heat)
    third = client.get("/sync/activities").json
    assert third["movies"]["playback"] > second["all"]
    assert third["movies"]["completed"] == first["movies"]["completed"]


# Limits.


def test_two_posts_in_a_second_block_the_token(simkl: SimklServer, client: Client) -> None:
    client.ask({"simkl": 5})
    client.pace = 0.9
    reply = client.post(WATCHED, [{"simkl": 5}])
    assert (reply.status, reply.json["error"]) == (429, "rate_limit")
    assert "two POSTs in one second" in simkl.violations[0]
    other = Client(simkl, simkl.sign_in(), pace=0)
    assert other.post(WATCHED, [{"simkl": 5}]).status == 200


def test_ten_gets_in_a_second_are_enough(simkl: SimklServer, client: Client) -> None:
    client.pace = 0.01
    statuses = [client.get("/sync/activities").status for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def in_background(client: Client) -> threading.Thread:
    def run() -> None:
        try:
            client.get("/sync/activities")
        except (OSError, http.client.HTTPException):
            return

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_requests_at_once_are_noted(simkl: SimklServer, client: Client) -> None:
    simkl.misbehave("/sync/activities", faults.hang(0.2))
    thread = in_background(client)
    assert simkl.wait_for(lambda: simkl.requests)
    assert client.get("/sync/activities").status == 429
    thread.join()
    assert "at the same time" in simkl.violations[0]


def test_a_client_that_gave_up_may_ask_again(simkl: SimklServer, client: Client) -> None:
    simkl.misbehave("/sync/activities", faults.hang(60))
    connection = http.client.HTTPConnection(urlsplit(simkl.url).netloc, timeout=0.05)
    url = f"/sync/activities?{urlencode(client.query())}"
    connection.request("GET", url, headers=client.headers())
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert client.get("/sync/activities").status == 200
    assert simkl.violations == []


@pytest.mark.parametrize(("plan", "limit"), [("free", 500), ("pro", 1000), ("vip", 10000)])
def test_calls_are_counted(simkl: SimklServer, plan: str, limit: int) -> None:
    person = simkl.add_person("Bob", plan)
    headers = Client(simkl, simkl.sign_in(person=person)).get("/sync/activities").headers
    assert headers["x-ratelimit-limit"] == str(limit)
    assert headers["x-ratelimit-remaining"] == str(limit - 1)
    assert simkl.used_calls(person) == 1


def test_a_used_up_day_ends_at_midnight_us_eastern(simkl: SimklServer, client: Client) -> None:
    simkl.person.calls_left = 1
    assert client.get("/sync/activities").status == 200
    reply = client.get("/sync/activities")
    assert (reply.status, reply.json["error"]) == (429, "user_limit_exceeded")
    assert reply.headers["x-ratelimit-remaining"] == "0"
    assert simkl.violations == []
    assert client.get("/sync/activities").status == 429
    assert "used up" in simkl.violations[0]
    simkl.clock.forward(int(reply.headers["Retry-After"]))
    assert client.get("/sync/activities").status == 200


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (1767225600, 1767243600),  # 2026-01-01 00:00 UTC: five hours behind
        (1782864000, 1782878400),  # 2026-07-01 00:00 UTC: four
        (1772953200, 1773028800),  # 2026-03-08 07:00 UTC: the clock has just gone forward
    ],
)
def test_midnight_us_eastern(now: int, midnight: int) -> None:
    assert next_eastern_midnight(now) == midnight


# Misbehaviour.


@pytest.mark.parametrize(
    ("fault", "status", "raw"),
    [
        (faults.status(500), 500, b'{"error": "server_error"'),
        (faults.status(429, "app_limit_exceeded"), 429, b'{"error": "app_limit_exceeded"'),
        (faults.html, 200, b"<!DOCTYPE html>"),
        (faults.half_json, 200, b'[{"simkl":'),
        (faults.empty_body, 200, b""),
        (faults.no_content, 204, b""),
        (faults.redirect("http://127.0.0.1:1/"), 302, b""),
        (faults.answer({"any": "thing"}), 200, b'{"any": "thing"}'),
        (faults.huge(200_000), 200, b'["xxx'),
        (faults.slow_drip(0.0001), 200, b'[{"simkl":'),
        (faults.hang(0.01), 200, b'[{"simkl":'),
    ],
)
def test_a_fault_comes_once_and_then_the_right_answer(
    simkl: SimklServer, client: Client, heat: Title, fault: faults.Fault, status: int, raw: bytes
) -> None:
    simkl.misbehave(WATCHED, fault)
    wrong = client.post(WATCHED, [{"imdb": "tt0113277"}])
    assert wrong.status == status
    assert wrong.raw.startswith(raw)
    assert client.ask({"imdb": "tt0113277"})[0]["result"] is False
    assert simkl.violations == []


@pytest.mark.parametrize("fault", [faults.silent_close, faults.cut_in_the_middle])
def test_a_fault_may_break_the_connection(
    simkl: SimklServer, client: Client, fault: faults.Fault
) -> None:
    simkl.misbehave(WATCHED, fault)
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        client.post(WATCHED, [{"simkl": 5}])
    assert client.post(WATCHED, [{"simkl": 5}]).status == 200


@pytest.mark.parametrize(
    ("fault", "years"),
    [
        (faults.drop_entry(0), [2]),
        (faults.shuffled(), [2, 1]),
        (faults.change(lambda entries: [*entries, entries[0]]), [1, 2, 1]),
    ],
)
def test_a_fault_may_change_the_right_answer(
    simkl: SimklServer, client: Client, fault: faults.Fault, years: list[int]
) -> None:
    simkl.misbehave(WATCHED, fault)
    told = client.ask({"title": "A", "year": 1}, {"title": "A", "year": 2})
    assert [each["year"] for each in told] == years


def test_a_lie_is_about_one_title(
    simkl: SimklServer, client: Client, heat: Title, dark: Title
) -> None:
    simkl.misbehave(WATCHED, faults.lie(heat, result="yes"), times=None)
    for _ in range(2):
        told = client.ask({"imdb": "tt0113277"}, {"tvdb": 334824})
        assert [each["result"] for each in told] == ["yes", False]
    simkl.behave()
    assert client.ask({"imdb": "tt0113277"})[0]["result"] is False


def test_whoever_is_told_to_wait_must_wait(simkl: SimklServer, client: Client) -> None:
    simkl.misbehave("/sync/*", faults.status(429, retry_after=30))
    assert client.get("/sync/activities").headers["Retry-After"] == "30"
    assert client.get("/sync/activities").status == 429
    assert "before Retry-After was over" in simkl.violations[0]
    simkl.clock.forward(30)
    assert client.get("/sync/activities").status == 200


def test_a_fault_does_not_hide_a_breach(simkl: SimklServer, client: Client) -> None:
    simkl.misbehave("/sync/activities", faults.status(503))
    query = client.query(**{"app-version": ""})
    assert client.send("GET", "/sync/activities", query=query).status == 503
    assert len(simkl.violations) == 1


def test_the_server_can_be_slow(simkl: SimklServer, client: Client) -> None:
    simkl.delay = 0.1
    start = time.monotonic()
    client.get("/sync/activities")
    assert time.monotonic() - start >= 0.1


def test_the_built_in_titles_are_known_and_partly_watched(
    simkl: SimklServer, client: Client
) -> None:
    load(simkl, BUILT_IN)
    told = client.ask(
        {"imdb": "tt0113277"},
        {"tmdb": 329865, "type": "movie"},
        {"title": "Dark", "year": 2017},
        {"mal": 1},
        {"imdb": "tt1375666"},
    )
    lists = [each["list"] for each in told]
    assert lists == ["completed", "plantowatch", "watching", "watching", None]


def test_closing_waits_for_nobody() -> None:
    with SimklServer() as simkl:
        simkl.misbehave("/sync/activities", faults.hang(60))
        thread = in_background(Client(simkl, simkl.sign_in()))
        assert simkl.wait_for(lambda: simkl.requests)
        start = time.monotonic()
    thread.join()
    assert time.monotonic() - start < 3
    assert simkl.requests[0].status is None
