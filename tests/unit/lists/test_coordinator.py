"""The coordinator: asks only what is not known, politely, and says each trouble once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lib.account.account import Account
from lib.lists.coordinator import Coordinator
from lib.simkl import errors
from lib.simkl.answers import Film, Series, Watch
from lib.simkl.asks import COUNTERS, PLAIN, Ask
from lib.simkl.client import Simkl
from lib.simkl.errors import Trouble
from lib.simkl.worker import Worker
from lib.storage.answer_cache import AnswerCache
from lib.titles.title import MOVIE, Title
from tests.simkl_server import SimklServer, faults
from tests.unit.clocks import ForwardPace
from tests.unit.coordinator_setup import (
    ASKED,
    DARK,
    DATE,
    HEAT,
    RONIN,
    CoordinatorSetup,
    film,
    series,
)
from tests.unit.memory import memory

# Asking.


def test_what_is_wanted_is_asked_in_one_call_and_known(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT, RONIN, DARK)
    watch = setup.says(HEAT)
    assert isinstance(watch, Film)
    assert watch.watch is not None
    assert setup.says(RONIN) == Film(None)
    said = setup.says(DARK)
    assert isinstance(said, Series)
    assert said.episodes is not None
    assert isinstance(said.episodes[1, 1], Watch)
    assert said.episodes[1, 2] is None
    assert said.episodes[0, 1] is None
    assert setup.calls == [[949, 8195, 70523]]
    assert setup.server.violations == []
    assert setup.told == []


def test_what_is_known_is_not_asked_again(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT)
    setup.ask(HEAT, RONIN)
    setup.ask(HEAT, RONIN)
    assert setup.calls == [[949], [8195]]


def test_a_film_is_asked_about_once_whichever_ids_its_rows_have(setup: CoordinatorSetup) -> None:
    alien = setup.server.add_film("Alien", 1979, tmdb=348, imdb="tt0078748")
    setup.server.person.watch(alien, at=DATE)
    more = Ask(Title(MOVIE, (("imdb", "tt0078748"), ("tmdb", "348"))), PLAIN)
    setup.ask(film(348))
    setup.ask(more)
    assert setup.calls == [[348]]
    assert setup.says(more) == setup.says(film(348)) != Film(None)


def test_what_simkl_does_not_know_is_remembered_as_unknown(setup: CoordinatorSetup) -> None:
    stranger = film(4711)
    setup.ask(stranger)
    setup.ask(stranger)
    assert setup.says(stranger) is None
    assert setup.calls == [[4711]]


def test_what_was_not_asked_is_not_known(setup: CoordinatorSetup) -> None:
    assert setup.coordinator.known(HEAT) is None
    setup.ask(RONIN)
    assert setup.coordinator.known(HEAT) is None


def test_at_most_a_hundred_titles_a_call_in_their_order(setup: CoordinatorSetup) -> None:
    setup.ask(*(film(number) for number in range(1, 251)))
    assert setup.calls == [[*range(1, 101)], [*range(101, 201)], [*range(201, 251)]]
    assert setup.server.violations == []


def test_a_film_and_a_series_of_the_same_number_do_not_touch_each_other(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT, series(949))
    assert isinstance(setup.says(HEAT), Film)
    assert setup.says(series(949)) is None


def test_the_same_title_twice_is_asked_once_and_at_its_deepest(setup: CoordinatorSetup) -> None:
    setup.ask(series(70523, COUNTERS), DARK, series(70523, COUNTERS), HEAT, HEAT)
    assert setup.calls == [[70523, 949]]
    assert setup.coordinator.known(DARK)
    assert setup.coordinator.known(series(70523, COUNTERS))


def test_counters_are_asked_first_and_episodes_when_they_are_wanted(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(series(70523, COUNTERS))
    said = setup.says(series(70523, COUNTERS))
    assert said == Series({1: 1}, None)
    assert setup.coordinator.known(DARK) is None
    setup.ask(DARK)
    setup.ask(series(70523, COUNTERS))
    extended = [request.query.get("extended") for request in setup.server.requests_to(ASKED)]
    assert extended == ["counters", "episodes,specials"]


def test_films_alone_are_asked_without_any_breakdown(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT)
    assert "extended" not in setup.server.requests_to(ASKED)[0].query


def test_episodes_that_were_asked_for_and_not_told_are_unknown(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.answer([{"result": True, "list": "completed"}]))
    setup.ask(DARK)
    assert setup.says(DARK) == Series({}, None)
    assert len(setup.calls) == 1


def test_a_new_list_goes_before_what_was_still_waiting(setup: CoordinatorSetup) -> None:
    setup.coordinator.queue.want([film(number) for number in range(1, 251)])
    setup.coordinator.step()
    setup.ask(HEAT)
    assert setup.calls == [[*range(1, 101)], [949]]


def test_what_is_under_way_is_not_asked_twice(setup: CoordinatorSetup) -> None:
    setup.coordinator.queue.want([HEAT])
    setup.coordinator.step()
    assert setup.coordinator.is_asking
    setup.ask(HEAT, RONIN)
    assert setup.calls == [[949], [8195]]


def test_what_was_under_way_is_asked_again_when_its_call_fails(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.status(503))
    setup.coordinator.queue.want([HEAT])
    setup.coordinator.step()
    setup.coordinator.queue.want([HEAT])
    setup.turn()
    setup.server.clock.forward(10)
    setup.turn()
    assert setup.says(HEAT)


def test_one_call_at_a_time(setup: CoordinatorSetup) -> None:
    setup.server.delay = 0.02
    setup.ask(*(film(number) for number in range(1, 401)))
    assert len(setup.calls) == 4
    assert setup.server.violations == []


def test_an_answer_is_as_old_as_its_question(setup: CoordinatorSetup) -> None:
    def late(entries: object) -> object:
        setup.server.clock.forward(50)
        return entries

    before = setup.server.clock.now()
    setup.server.misbehave(ASKED, faults.change(late))
    setup.ask(HEAT)
    known = setup.coordinator.known(HEAT)
    assert known is not None
    assert before <= known.asked_at < before + 5


@pytest.mark.parametrize(
    "fault",
    [
        faults.drop_entry(0),
        faults.drop_entry(1),
        faults.answer([]),
        faults.answer({}),
        faults.answer(None),
        faults.html,
        faults.half_json,
        faults.empty_body,
        faults.no_content,
        faults.cut_in_the_middle,
    ],
)
def test_an_answer_that_is_not_one_for_each_title_changes_nothing(
    setup: CoordinatorSetup, fault: faults.Fault
) -> None:
    setup.server.misbehave(ASKED, fault)
    setup.ask(HEAT, RONIN)
    assert setup.coordinator.known(HEAT) is None
    assert setup.coordinator.known(RONIN) is None
    setup.server.clock.forward(10)
    setup.turn()
    assert setup.says(RONIN) == Film(None)
    assert setup.server.violations == []


def test_entries_in_another_order_are_no_answer_to_anything(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.shuffled())
    setup.ask(HEAT, RONIN)
    assert setup.says(HEAT) is None
    assert setup.says(RONIN) is None


def test_one_broken_entry_stops_no_other(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.change(lambda entries: [None, *entries[1:]]))
    setup.ask(HEAT, RONIN)
    assert setup.says(HEAT) is None
    assert setup.says(RONIN) == Film(None)


# Signed in, or not.


def test_without_a_client_nothing_is_asked(setup: CoordinatorSetup) -> None:
    setup.coordinator.begin(None, "")
    assert not setup.coordinator.can_ask
    setup.ask(HEAT)
    assert setup.calls == []


def test_with_another_client_id_nothing_is_asked(setup: CoordinatorSetup) -> None:
    setup.coordinator.begin(setup.door, setup.server.old_client_id)
    assert not setup.coordinator.can_ask
    setup.ask(HEAT)
    assert setup.server.requests == []


def test_at_another_address_nothing_is_asked(setup: CoordinatorSetup) -> None:
    with SimklServer() as elsewhere:
        door = Simkl(elsewhere.url, "0.1.0", ForwardPace(elsewhere))
        setup.coordinator.begin(door, setup.server.client_id)
        setup.ask(HEAT)
        assert elsewhere.requests == []


def test_after_signing_out_nothing_is_asked(setup: CoordinatorSetup) -> None:
    setup.account.forget()
    setup.ask(HEAT)
    assert setup.calls == []


def test_signed_out_by_simkl_is_said_once_and_nothing_is_asked_until_the_next_sign_in(
    setup: CoordinatorSetup,
) -> None:
    grant = setup.account.grant
    assert grant is not None
    setup.server.revoke(grant.access_token)
    setup.ask(HEAT)
    assert setup.told == [errors.SignedOut]
    count = len(setup.server.requests)
    for _ in range(3):
        setup.server.clock.forward(3600)
        setup.ask(HEAT, RONIN)
    assert len(setup.server.requests) == count
    assert setup.told == [errors.SignedOut]
    assert not setup.coordinator.can_ask
    setup.sign_in()
    setup.ask(HEAT)
    assert setup.says(HEAT)
    assert setup.server.violations == []


def test_signed_out_is_said_even_when_the_file_cannot_be_removed(
    setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = setup.account.grant
    assert grant is not None

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    setup.server.revoke(grant.access_token)
    monkeypatch.setattr(Path, "unlink", refuses)
    setup.ask(HEAT)
    assert setup.told == [errors.SignedOut]
    assert not setup.coordinator.can_ask


def test_a_token_that_ran_out_is_refreshed_and_nobody_notices(setup: CoordinatorSetup) -> None:
    setup.server.clock.forward(8 * 86400)
    setup.ask(HEAT)
    assert setup.says(HEAT)
    assert setup.told == []
    assert setup.log == []
    assert setup.server.violations == []


def test_who_begins_anew_knows_nothing_of_what_was_said_before(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT)
    setup.sign_in()
    assert setup.coordinator.known(HEAT) is None
    setup.ask(HEAT)
    assert setup.calls == [[949], [949]]


def test_an_answer_to_who_was_signed_in_before_is_dropped(setup: CoordinatorSetup) -> None:
    setup.server.delay = 0.05
    setup.coordinator.queue.want([HEAT])
    setup.coordinator.step()
    assert setup.coordinator.is_asking
    setup.sign_in()
    assert not setup.coordinator.is_asking
    setup.coordinator.queue.want([RONIN])
    for _ in range(3):
        setup.turn()
    assert setup.coordinator.known(HEAT) is None
    assert setup.says(RONIN) == Film(None)
    assert setup.server.violations == []


def test_a_trouble_of_who_was_signed_in_before_signs_nobody_out(setup: CoordinatorSetup) -> None:
    setup.server.delay = 0.05
    setup.server.misbehave(ASKED, faults.status(401), times=1)
    setup.server.misbehave("/oauth2/token", faults.status(400, "invalid_grant"))
    setup.coordinator.queue.want([HEAT])
    setup.coordinator.step()
    setup.sign_in()
    setup.ask(RONIN)
    assert setup.coordinator.can_ask
    assert setup.told == []
    assert setup.says(RONIN) == Film(None)


# Trouble.


def test_no_network_is_silent_for_the_person_and_said_once_in_the_log(
    setup: CoordinatorSetup,
) -> None:
    setup.server.misbehave(ASKED, faults.silent_close, times=3)
    setup.coordinator.queue.want([HEAT])
    for _ in range(4):
        setup.turn()
        setup.server.clock.forward(300)
    assert setup.says(HEAT)
    assert setup.told == []
    assert len(setup.log) == 2
    assert setup.log[0].startswith("Unreachable: ")
    assert setup.log[1] == "Simkl can be reached again"
    setup.ask(RONIN)
    assert len(setup.log) == 2


def test_after_an_hour_without_a_network_the_next_list_is_asked_about_at_once(
    setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.cut_the_network(monkeypatch)
    setup.coordinator.queue.want([HEAT])
    for _ in range(60):
        setup.turn()
        setup.server.clock.forward(60)
    setup.turn()
    monkeypatch.undo()
    setup.coordinator.retry_policy.opens_list()
    setup.ask(RONIN)
    assert setup.says(RONIN)
    assert len(setup.log) == 2


def test_trouble_at_simkl_is_left_alone_though_another_list_is_opened(
    setup: CoordinatorSetup,
) -> None:
    setup.server.misbehave(ASKED, faults.status(503), times=None)
    setup.ask(HEAT)
    asked = len(setup.calls)
    setup.coordinator.retry_policy.opens_list()
    setup.ask(RONIN)
    assert len(setup.calls) == asked


def test_after_trouble_simkl_is_left_alone_and_longer_each_time(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.status(503), times=None)
    setup.coordinator.queue.want([HEAT])
    asked_at = []
    for _ in range(120):
        seen = len(setup.calls)
        setup.turn()
        if len(setup.calls) > seen:
            asked_at.append(setup.server.clock.now())
        setup.server.clock.forward(1)
    pauses = [later - earlier for earlier, later in zip(asked_at, asked_at[1:])]
    assert all(pause >= 2**n for n, pause in enumerate(pauses))
    assert 5 <= len(asked_at) <= 8


def test_too_fast_waits_as_told_and_says_nothing(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.status(429, retry_after=30))
    setup.coordinator.queue.want([HEAT])
    for _ in range(29):
        setup.turn()
        setup.server.clock.forward(1)
    assert len(setup.calls) == 1
    setup.server.clock.forward(2)
    setup.turn()
    assert setup.says(HEAT)
    assert setup.told == []
    assert setup.server.violations == []


def test_below_a_tenth_of_the_days_calls_only_what_is_new_is_asked_about(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT)
    setup.coordinator.look()
    setup.turn()
    setup.server.person.quota.left = 50
    setup.ask(RONIN)  # with this answer Simkl says that 49 of 500 are left
    asked = len(setup.server.requests)
    setup.coordinator.look_now()
    assert not setup.coordinator.has_work
    setup.turn()
    assert len(setup.server.requests) == asked
    setup.ask(DARK)
    assert len(setup.server.requests) == asked + 1


def test_the_days_calls_used_up_is_said_once_and_simkl_left_alone_until_its_midnight(
    setup: CoordinatorSetup,
) -> None:
    setup.server.person.calls_left = 0
    setup.ask(HEAT)
    assert setup.told == [errors.DayUsedUp]
    for _ in range(30):
        setup.server.clock.forward(3600)
        setup.ask(HEAT)
    assert setup.told == [errors.DayUsedUp]
    assert setup.says(HEAT)
    assert setup.server.violations == []


def test_the_days_calls_used_up_without_a_word_how_long_ends_at_midnight(
    setup: CoordinatorSetup,
) -> None:
    setup.server.misbehave(ASKED, faults.status(429, "user_limit_exceeded"))
    setup.ask(HEAT)
    setup.ask(HEAT)
    assert len(setup.calls) == 1
    setup.server.clock.forward(24 * 3600)
    setup.ask(HEAT)
    assert setup.says(HEAT)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (faults.status(412), errors.ClientIdRefused),
        (faults.status(401, "invalid_client"), errors.ClientIdRefused),
        (faults.status(403), errors.Refused),
    ],
)
def test_a_refusal_is_said_once_and_tried_again_much_later(
    setup: CoordinatorSetup, fault: faults.Fault, trouble: type[Trouble]
) -> None:
    setup.server.misbehave(ASKED, fault, times=2)
    setup.ask(HEAT)
    for _ in range(5):
        setup.server.clock.forward(3600)
        setup.ask(HEAT)
    assert len(setup.calls) == 1
    setup.server.clock.forward(3700)
    setup.ask(HEAT)
    assert len(setup.calls) == 2
    assert setup.told == [trouble]
    assert setup.coordinator.can_ask


@pytest.mark.parametrize("status", [403, 412])
def test_after_a_refusal_the_person_may_ask_at_once(setup: CoordinatorSetup, status: int) -> None:
    setup.server.misbehave(ASKED, faults.status(status))
    setup.ask(HEAT)
    setup.ask(HEAT)
    assert len(setup.calls) == 1
    setup.coordinator.look_now()
    setup.ask(HEAT)
    assert setup.says(HEAT)


def test_what_was_said_is_said_again_when_it_happens_again(setup: CoordinatorSetup) -> None:
    for _ in range(2):
        setup.server.misbehave(ASKED, faults.status(412))
        setup.ask(HEAT)
        setup.server.clock.forward(7 * 3600)
        setup.ask(HEAT)
        assert setup.says(HEAT)
        setup.sign_in()
    assert setup.told == [errors.ClientIdRefused, errors.ClientIdRefused]


def test_a_new_client_id_is_tried_at_once_after_a_refusal(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.status(412))
    setup.ask(HEAT)
    setup.sign_in()
    setup.ask(HEAT)
    assert setup.says(HEAT)


def test_a_request_that_simkl_does_not_take_is_never_repeated(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, faults.status(400, "wrong_parameter"))
    setup.ask(HEAT)
    setup.server.clock.forward(86400)
    setup.ask(HEAT)
    assert setup.calls == [[949]]
    assert setup.says(HEAT) is None
    assert setup.told == []
    assert len(setup.log) == 1


def test_no_line_of_the_log_tells_a_secret(setup: CoordinatorSetup) -> None:
    grant = setup.account.grant
    assert grant is not None
    every = [faults.silent_close, faults.status(429), faults.status(412), faults.status(500)]
    for fault in every:
        setup.server.misbehave(ASKED, fault)
        setup.coordinator.queue.want([HEAT])
        setup.turn()
        setup.server.clock.forward(7 * 3600)
    setup.server.revoke(grant.access_token)
    setup.ask(HEAT)
    assert len(setup.log) >= len(every)
    secrets = (grant.access_token, grant.refresh_token, grant.client_id, grant.api_url)
    assert not [line for line in setup.log for secret in secrets if secret and secret in line]


def test_a_sign_in_that_was_cancelled_loses_neither_answers_nor_the_wait(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT)
    setup.server.misbehave(ASKED, faults.status(429, error="rate_limit", retry_after=60))
    setup.ask(RONIN)
    setup.coordinator.begin(setup.door, setup.server.client_id)
    setup.ask(HEAT, RONIN)
    assert setup.calls == [[949], [8195]]
    assert setup.says(HEAT)


def _chokes_on(number: int) -> faults.Fault:
    """400 for every call that asks about that film, the right answer for any other."""

    def fault(exchange: Any) -> None:
        asked = [item["ids"]["tmdb"] for item in exchange.request.body]
        if number in asked:
            faults.status(400, "wrong_parameter")(exchange)
        else:
            exchange.send(exchange.right())

    return fault


def test_a_title_that_simkl_chokes_on_stops_no_other(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, _chokes_on(3), times=None)
    asks = [film(number) for number in (949, 1, 2, 3, 4, 5, 8195)]
    setup.coordinator.queue.want(asks)
    for _ in range(20):
        setup.turn()
    assert isinstance(setup.says(HEAT), Film)
    assert isinstance(setup.says(RONIN), Film)
    assert setup.says(film(3)) is None
    asked = len(setup.calls)
    setup.ask(*asks)
    assert len(setup.calls) == asked


def test_what_is_refused_is_cut_in_two_and_grows_again(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, _chokes_on(1))
    setup.coordinator.queue.want([film(number) for number in range(1, 10)])
    for _ in range(6):
        setup.turn()
    assert [len(call) for call in setup.calls] == [9, 4, 5]


def test_where_one_title_after_another_is_refused_it_is_not_the_titles(
    setup: CoordinatorSetup,
) -> None:
    setup.server.misbehave(ASKED, faults.status(400, "wrong_parameter"), times=None)
    setup.ask(film(1), film(2), film(3), film(4), film(5))
    for _ in range(9):
        setup.turn()
    assert [len(call) for call in setup.calls] == [5, 2, 1, 1, 1]
    assert setup.says(film(1)) is setup.says(film(2)) is None
    assert setup.coordinator.known(film(3)) is None
    assert isinstance(setup.coordinator.trouble, errors.BadRequest)
    assert "one title after another is refused" in str(setup.coordinator.trouble)
    setup.server.behave()
    setup.server.clock.forward(6 * 3600 + 1)
    setup.ask(film(3))
    assert setup.coordinator.known(film(3)) is not None


def test_titles_that_are_refused_now_and_then_stop_nothing(setup: CoordinatorSetup) -> None:
    for number in range(1, 9):
        setup.server.misbehave(ASKED, faults.status(400, "wrong_parameter"))
        setup.ask(film(number))
        assert setup.says(film(number)) is None
        setup.ask(film(100 + number))
        assert setup.coordinator.trouble is None


def test_a_refused_title_of_two_is_found(setup: CoordinatorSetup) -> None:
    setup.server.misbehave(ASKED, _chokes_on(949), times=None)
    setup.ask(HEAT, RONIN)
    assert setup.says(HEAT) is None
    assert isinstance(setup.says(RONIN), Film)
    known = setup.coordinator.known(HEAT)
    assert known is not None
    assert setup.server.clock.now() - known.asked_at < 60


# What the person asks, and what a list shows besides.


def test_before_anybody_is_signed_in_nothing_is_known_or_due() -> None:
    nobody = Account(Path("nowhere"))
    watched = Coordinator(nobody, Worker(), AnswerCache(memory()), print, print)
    assert watched.person == ""
    assert watched.client.calls is None
    assert watched.trouble is None
    flags = (watched.can_ask, watched.is_asking, watched.has_work, watched.take_news())
    assert flags == (False, False, False, False)
    watched.client.prepare()
    watched.queue.want([HEAT])
    watched.step()
    assert not watched.is_asking
    assert watched.known(HEAT) is None


def test_what_the_person_asks_about_goes_before_what_the_list_needs(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT)
    setup.coordinator.queue.want([RONIN, film(7)])
    setup.coordinator.ask_again(HEAT)
    assert setup.coordinator.known(HEAT) is None
    setup.turn()
    assert setup.calls[-1] == [949, 8195, 7]
    setup.turn()
    assert len(setup.calls) == 2


def test_what_is_asked_first_is_asked_once(setup: CoordinatorSetup) -> None:
    setup.coordinator.queue.ask_first([HEAT, RONIN])
    for _ in range(3):
        setup.turn()
    assert setup.calls == [[949, 8195]]
    setup.coordinator.queue.ask_first([HEAT])
    setup.turn()
    assert len(setup.calls) == 1


def test_what_a_list_shows_and_is_known_is_asked_again_when_it_has_moved(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT)
    setup.coordinator.queue.begin_list()
    setup.coordinator.queue.show([HEAT])
    setup.coordinator.look_now()
    for _ in range(3):
        setup.turn()
    assert setup.calls == [[949], [949]]


def test_it_makes_ready_before_anything_is_asked(
    setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_ready: list[bool] = []
    monkeypatch.setattr(setup.door, "prepare", lambda: made_ready.append(True))
    setup.coordinator.client.prepare()
    setup.worker.leave(5)
    assert made_ready == [True]


# What has moved.


def test_a_look_that_is_not_taken_is_said_in_the_log_and_the_lists_go_on(
    setup: CoordinatorSetup,
) -> None:
    setup.server.misbehave("/sync/activities", faults.status(404, "id_err"))
    setup.coordinator.look()
    setup.turn()
    assert setup.coordinator.trouble is None
    assert [line.split(":")[0] for line in setup.log] == ["BadRequest"]
    setup.ask(HEAT)
    assert setup.says(HEAT)
    assert len(setup.server.requests_to("/sync/activities")) == 1


def test_after_a_look_that_failed_simkl_is_left_alone_for_a_moment(setup: CoordinatorSetup) -> None:
    setup.server.misbehave("/sync/activities", faults.status(503))
    setup.coordinator.look()
    setup.turn()
    assert isinstance(setup.coordinator.trouble, errors.Unreachable)
    setup.ask(HEAT)
    assert setup.calls == []


def test_a_sign_in_that_ended_and_stays_on_disk_is_in_the_log(
    setup: CoordinatorSetup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stays() -> None:
        raise errors.AccountBroken("it stays on disk")

    monkeypatch.setattr(setup.account, "forget", stays)
    setup.server.misbehave(ASKED, faults.status(401), times=None)
    setup.server.misbehave("/oauth2/token", faults.status(400, "invalid_grant"), times=None)
    setup.ask(HEAT)
    assert "AccountBroken: it stays on disk" in setup.log
    assert not setup.coordinator.has_work


def test_all_that_a_list_showed_is_asked_again_when_it_has_moved_and_nothing_else(
    setup: CoordinatorSetup,
) -> None:
    """A long list is wanted in parts."""
    setup.server.add_film("Left", 2000, tmdb=7)
    setup.ask(film(7))
    setup.coordinator.look()
    setup.turn()
    setup.coordinator.queue.begin_list()
    setup.ask(HEAT)
    setup.ask(RONIN)
    setup.ask()
    ronin = setup.server._site.catalogue._titles[1]
    setup.server.person.watch(ronin, at=DATE)
    asked = len(setup.calls)
    setup.coordinator.look()
    for _ in range(4):
        setup.turn()
    assert setup.calls[asked:] == [[949, 8195]]
    assert setup.coordinator.take_news()
    assert not setup.coordinator.take_news()
    setup.turn()
    assert len(setup.calls) == asked + 1


def test_where_nothing_has_moved_nothing_is_asked(setup: CoordinatorSetup) -> None:
    setup.ask(HEAT, DARK)
    setup.coordinator.look()
    setup.turn()
    asked = len(setup.calls)
    setup.coordinator.look()
    for _ in range(3):
        setup.turn()
    assert len(setup.calls) == asked
    assert not setup.coordinator.has_work


def test_what_is_unknown_goes_before_the_look_and_the_look_before_what_is_old(
    setup: CoordinatorSetup,
) -> None:
    setup.ask(HEAT)
    setup.coordinator.look_now()
    setup.coordinator.queue.want([HEAT, RONIN])
    setup.server.forget_requests()
    for _ in range(4):
        setup.turn()
    paths = [request.path for request in setup.server.requests]
    assert paths == [ASKED, "/sync/activities", ASKED]
    assert setup.calls == [[8195], [949]]
