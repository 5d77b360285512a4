"""The coordinator: asks only what is not known, politely, and says each trouble once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lib import errors
from lib.account import Account
from lib.answers import Film, Series, Watch
from lib.asks import COUNTERS
from lib.errors import Trouble
from lib.remembered import Remembered
from lib.simkl import Simkl
from lib.watched import Watched
from lib.worker import Worker
from tests.simkl_server import SimklServer, faults
from tests.unit.clocks import ForwardPace
from tests.unit.house import ASKED, DARK, DATE, HEAT, RONIN, House, film, series
from tests.unit.memory import memory

# Asking.


def test_what_is_wanted_is_asked_in_one_call_and_known(house: House) -> None:
    house.ask(HEAT, RONIN, DARK)
    watch = house.says(HEAT)
    assert isinstance(watch, Film)
    assert watch.watch is not None
    assert house.says(RONIN) == Film(None)
    said = house.says(DARK)
    assert isinstance(said, Series)
    assert said.episodes is not None
    assert isinstance(said.episodes[1, 1], Watch)
    assert said.episodes[1, 2] is None
    assert said.episodes[0, 1] is None
    assert house.calls == [[949, 8195, 70523]]
    assert house.server.violations == []
    assert house.told == []


def test_what_is_known_is_not_asked_again(house: House) -> None:
    house.ask(HEAT)
    house.ask(HEAT, RONIN)
    house.ask(HEAT, RONIN)
    assert house.calls == [[949], [8195]]


def test_what_simkl_does_not_know_is_remembered_as_unknown(house: House) -> None:
    stranger = film(4711)
    house.ask(stranger)
    house.ask(stranger)
    assert house.says(stranger) is None
    assert house.calls == [[4711]]


def test_what_was_not_asked_is_not_known(house: House) -> None:
    assert house.watched.known(HEAT) is None
    house.ask(RONIN)
    assert house.watched.known(HEAT) is None


def test_at_most_a_hundred_titles_a_call_in_their_order(house: House) -> None:
    house.ask(*(film(number) for number in range(1, 251)))
    assert house.calls == [[*range(1, 101)], [*range(101, 201)], [*range(201, 251)]]
    assert house.server.violations == []


def test_a_film_and_a_series_of_the_same_number_do_not_touch_each_other(house: House) -> None:
    house.ask(HEAT, series(949))
    assert isinstance(house.says(HEAT), Film)
    assert house.says(series(949)) is None


def test_the_same_title_twice_is_asked_once_and_at_its_deepest(house: House) -> None:
    house.ask(series(70523, COUNTERS), DARK, series(70523, COUNTERS), HEAT, HEAT)
    assert house.calls == [[70523, 949]]
    assert house.watched.known(DARK)
    assert house.watched.known(series(70523, COUNTERS))


def test_counters_are_asked_first_and_episodes_when_they_are_wanted(house: House) -> None:
    house.ask(series(70523, COUNTERS))
    said = house.says(series(70523, COUNTERS))
    assert said == Series({1: 1}, None)
    assert house.watched.known(DARK) is None
    house.ask(DARK)
    house.ask(series(70523, COUNTERS))
    extended = [request.query.get("extended") for request in house.server.requests_to(ASKED)]
    assert extended == ["counters", "episodes,specials"]


def test_films_alone_are_asked_without_any_breakdown(house: House) -> None:
    house.ask(HEAT)
    assert "extended" not in house.server.requests_to(ASKED)[0].query


def test_episodes_that_were_asked_for_and_not_told_are_unknown(house: House) -> None:
    house.server.misbehave(ASKED, faults.answer([{"result": True, "list": "completed"}]))
    house.ask(DARK)
    assert house.says(DARK) is None
    assert len(house.calls) == 1


def test_a_new_list_goes_before_what_was_still_waiting(house: House) -> None:
    house.watched.want([film(number) for number in range(1, 251)])
    house.watched.step()
    house.ask(HEAT)
    assert house.calls == [[*range(1, 101)], [949]]


def test_what_is_under_way_is_not_asked_twice(house: House) -> None:
    house.watched.want([HEAT])
    house.watched.step()
    assert house.watched.is_asking
    house.ask(HEAT, RONIN)
    assert house.calls == [[949], [8195]]


def test_what_was_under_way_is_asked_again_when_its_call_fails(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(503))
    house.watched.want([HEAT])
    house.watched.step()
    house.watched.want([HEAT])
    house.turn()
    house.server.clock.forward(10)
    house.turn()
    assert house.says(HEAT)


def test_one_call_at_a_time(house: House) -> None:
    house.server.delay = 0.02
    house.ask(*(film(number) for number in range(1, 401)))
    assert len(house.calls) == 4
    assert house.server.violations == []


def test_an_answer_is_as_old_as_its_question(house: House) -> None:
    def late(entries: object) -> object:
        house.server.clock.forward(50)
        return entries

    before = house.server.clock.now()
    house.server.misbehave(ASKED, faults.change(late))
    house.ask(HEAT)
    known = house.watched.known(HEAT)
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
    house: House, fault: faults.Fault
) -> None:
    house.server.misbehave(ASKED, fault)
    house.ask(HEAT, RONIN)
    assert house.watched.known(HEAT) is None
    assert house.watched.known(RONIN) is None
    house.server.clock.forward(10)
    house.turn()
    assert house.says(RONIN) == Film(None)
    assert house.server.violations == []


def test_entries_in_another_order_are_no_answer_to_anything(house: House) -> None:
    house.server.misbehave(ASKED, faults.shuffled())
    house.ask(HEAT, RONIN)
    assert house.says(HEAT) is None
    assert house.says(RONIN) is None


def test_one_broken_entry_stops_no_other(house: House) -> None:
    house.server.misbehave(ASKED, faults.change(lambda entries: [None, *entries[1:]]))
    house.ask(HEAT, RONIN)
    assert house.says(HEAT) is None
    assert house.says(RONIN) == Film(None)


# Signed in, or not.


def test_without_a_client_nothing_is_asked(house: House) -> None:
    house.watched.begin(None, "")
    assert not house.watched.can_ask
    house.ask(HEAT)
    assert house.calls == []


def test_with_another_client_id_nothing_is_asked(house: House) -> None:
    house.watched.begin(house.door, house.server.old_client_id)
    assert not house.watched.can_ask
    house.ask(HEAT)
    assert house.server.requests == []


def test_at_another_address_nothing_is_asked(house: House) -> None:
    with SimklServer() as elsewhere:
        door = Simkl(elsewhere.url, "0.1.0", ForwardPace(elsewhere))
        house.watched.begin(door, house.server.client_id)
        house.ask(HEAT)
        assert elsewhere.requests == []


def test_after_signing_out_nothing_is_asked(house: House) -> None:
    house.account.forget()
    house.ask(HEAT)
    assert house.calls == []


def test_signed_out_by_simkl_is_said_once_and_nothing_is_asked_until_the_next_sign_in(
    house: House,
) -> None:
    grant = house.account.grant
    assert grant is not None
    house.server.revoke(grant.access_token)
    house.ask(HEAT)
    assert house.told == [errors.SignedOut]
    count = len(house.server.requests)
    for _ in range(3):
        house.server.clock.forward(3600)
        house.ask(HEAT, RONIN)
    assert len(house.server.requests) == count
    assert house.told == [errors.SignedOut]
    assert not house.watched.can_ask
    house.sign_in()
    house.ask(HEAT)
    assert house.says(HEAT)
    assert house.server.violations == []


def test_signed_out_is_said_even_when_the_file_cannot_be_removed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = house.account.grant
    assert grant is not None

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    house.server.revoke(grant.access_token)
    monkeypatch.setattr(Path, "unlink", refuses)
    house.ask(HEAT)
    assert house.told == [errors.SignedOut]
    assert not house.watched.can_ask


def test_a_token_that_ran_out_is_refreshed_and_nobody_notices(house: House) -> None:
    house.server.clock.forward(8 * 86400)
    house.ask(HEAT)
    assert house.says(HEAT)
    assert house.told == []
    assert house.log == []
    assert house.server.violations == []


def test_who_begins_anew_knows_nothing_of_what_was_said_before(house: House) -> None:
    house.ask(HEAT)
    house.sign_in()
    assert house.watched.known(HEAT) is None
    house.ask(HEAT)
    assert house.calls == [[949], [949]]


def test_an_answer_to_who_was_signed_in_before_is_dropped(house: House) -> None:
    house.server.delay = 0.05
    house.watched.want([HEAT])
    house.watched.step()
    assert house.watched.is_asking
    house.sign_in()
    assert not house.watched.is_asking
    house.watched.want([RONIN])
    for _ in range(3):
        house.turn()
    assert house.watched.known(HEAT) is None
    assert house.says(RONIN) == Film(None)
    assert house.server.violations == []


def test_a_trouble_of_who_was_signed_in_before_signs_nobody_out(house: House) -> None:
    house.server.delay = 0.05
    house.server.misbehave(ASKED, faults.status(401), times=1)
    house.server.misbehave("/oauth2/token", faults.status(400, "invalid_grant"))
    house.watched.want([HEAT])
    house.watched.step()
    house.sign_in()
    house.ask(RONIN)
    assert house.watched.can_ask
    assert house.told == []
    assert house.says(RONIN) == Film(None)


# Trouble.


def test_no_network_is_silent_for_the_person_and_said_once_in_the_log(house: House) -> None:
    house.server.misbehave(ASKED, faults.silent_close, times=3)
    house.watched.want([HEAT])
    for _ in range(4):
        house.turn()
        house.server.clock.forward(300)
    assert house.says(HEAT)
    assert house.told == []
    assert len(house.log) == 2
    assert house.log[0].startswith("Unreachable: ")
    assert house.log[1] == "Simkl can be reached again"
    house.ask(RONIN)
    assert len(house.log) == 2


def test_after_an_hour_without_a_network_the_next_list_is_asked_about_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.cut_the_network(monkeypatch)
    house.watched.want([HEAT])
    for _ in range(60):
        house.turn()
        house.server.clock.forward(60)
    house.turn()
    monkeypatch.undo()
    house.watched.opens_list()
    house.ask(RONIN)
    assert house.says(RONIN)
    assert len(house.log) == 2


def test_trouble_at_simkl_is_left_alone_though_another_list_is_opened(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(503), times=None)
    house.ask(HEAT)
    asked = len(house.calls)
    house.watched.opens_list()
    house.ask(RONIN)
    assert len(house.calls) == asked


def test_after_trouble_simkl_is_left_alone_and_longer_each_time(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(503), times=None)
    house.watched.want([HEAT])
    asked_at = []
    for _ in range(120):
        seen = len(house.calls)
        house.turn()
        if len(house.calls) > seen:
            asked_at.append(house.server.clock.now())
        house.server.clock.forward(1)
    pauses = [later - earlier for earlier, later in zip(asked_at, asked_at[1:])]
    assert all(pause >= 2**n for n, pause in enumerate(pauses))
    assert 5 <= len(asked_at) <= 8


def test_too_fast_waits_as_told_and_says_nothing(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(429, retry_after=30))
    house.watched.want([HEAT])
    for _ in range(29):
        house.turn()
        house.server.clock.forward(1)
    assert len(house.calls) == 1
    house.server.clock.forward(2)
    house.turn()
    assert house.says(HEAT)
    assert house.told == []
    assert house.server.violations == []


def test_below_a_tenth_of_the_days_calls_only_what_is_new_is_asked_about(house: House) -> None:
    house.ask(HEAT)
    house.watched.look()
    house.turn()
    house.server.person.budget.left = 50
    house.ask(RONIN)  # with this answer Simkl says that 49 of 500 are left
    asked = len(house.server.requests)
    house.watched.look_now()
    assert not house.watched.has_work
    house.turn()
    assert len(house.server.requests) == asked
    house.ask(DARK)
    assert len(house.server.requests) == asked + 1


def test_the_days_calls_used_up_is_said_once_and_simkl_left_alone_until_its_midnight(
    house: House,
) -> None:
    house.server.person.calls_left = 0
    house.ask(HEAT)
    assert house.told == [errors.DayUsedUp]
    for _ in range(30):
        house.server.clock.forward(3600)
        house.ask(HEAT)
    assert house.told == [errors.DayUsedUp]
    assert house.says(HEAT)
    assert house.server.violations == []


def test_the_days_calls_used_up_without_a_word_how_long_ends_at_midnight(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(429, "user_limit_exceeded"))
    house.ask(HEAT)
    house.ask(HEAT)
    assert len(house.calls) == 1
    house.server.clock.forward(24 * 3600)
    house.ask(HEAT)
    assert house.says(HEAT)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (faults.status(412), errors.ClientIdRefused),
        (faults.status(401, "invalid_client"), errors.ClientIdRefused),
        (faults.status(403), errors.Refused),
    ],
)
def test_a_refusal_is_said_once_and_tried_again_much_later(
    house: House, fault: faults.Fault, trouble: type[Trouble]
) -> None:
    house.server.misbehave(ASKED, fault, times=2)
    house.ask(HEAT)
    for _ in range(5):
        house.server.clock.forward(3600)
        house.ask(HEAT)
    assert len(house.calls) == 1
    house.server.clock.forward(3700)
    house.ask(HEAT)
    assert len(house.calls) == 2
    assert house.told == [trouble]
    assert house.watched.can_ask


@pytest.mark.parametrize("status", [403, 412])
def test_after_a_refusal_the_person_may_ask_at_once(house: House, status: int) -> None:
    house.server.misbehave(ASKED, faults.status(status))
    house.ask(HEAT)
    house.ask(HEAT)
    assert len(house.calls) == 1
    house.watched.look_now()
    house.ask(HEAT)
    assert house.says(HEAT)


def test_what_was_said_is_said_again_when_it_happens_again(house: House) -> None:
    for _ in range(2):
        house.server.misbehave(ASKED, faults.status(412))
        house.ask(HEAT)
        house.server.clock.forward(7 * 3600)
        house.ask(HEAT)
        assert house.says(HEAT)
        house.sign_in()
    assert house.told == [errors.ClientIdRefused, errors.ClientIdRefused]


def test_a_new_client_id_is_tried_at_once_after_a_refusal(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(412))
    house.ask(HEAT)
    house.sign_in()
    house.ask(HEAT)
    assert house.says(HEAT)


def test_a_request_that_simkl_does_not_take_is_never_repeated(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(400, "wrong_parameter"))
    house.ask(HEAT)
    house.server.clock.forward(86400)
    house.ask(HEAT)
    assert house.calls == [[949]]
    assert house.says(HEAT) is None
    assert house.told == []
    assert len(house.log) == 1


def test_no_line_of_the_log_tells_a_secret(house: House) -> None:
    grant = house.account.grant
    assert grant is not None
    every = [faults.silent_close, faults.status(429), faults.status(412), faults.status(500)]
    for fault in every:
        house.server.misbehave(ASKED, fault)
        house.watched.want([HEAT])
        house.turn()
        house.server.clock.forward(7 * 3600)
    house.server.revoke(grant.access_token)
    house.ask(HEAT)
    assert len(house.log) >= len(every)
    secrets = (grant.access_token, grant.refresh_token, grant.client_id, grant.api_url)
    assert not [line for line in house.log for secret in secrets if secret and secret in line]


def test_a_sign_in_that_was_cancelled_loses_neither_answers_nor_the_wait(house: House) -> None:
    house.ask(HEAT)
    house.server.misbehave(ASKED, faults.status(429, error="rate_limit", retry_after=60))
    house.ask(RONIN)
    house.watched.begin(house.door, house.server.client_id)
    house.ask(HEAT, RONIN)
    assert house.calls == [[949], [8195]]
    assert house.says(HEAT)


def _chokes_on(number: int) -> faults.Fault:
    """400 for every call that asks about that film, the right answer for any other."""

    def fault(exchange: Any) -> None:
        asked = [item["ids"]["tmdb"] for item in exchange.request.body]
        if number in asked:
            faults.status(400, "wrong_parameter")(exchange)
        else:
            exchange.send(exchange.right())

    return fault


def test_a_title_that_simkl_chokes_on_stops_no_other(house: House) -> None:
    house.server.misbehave(ASKED, _chokes_on(3), times=None)
    asks = [film(number) for number in (949, 1, 2, 3, 4, 5, 8195)]
    house.watched.want(asks)
    for _ in range(20):
        house.turn()
    assert isinstance(house.says(HEAT), Film)
    assert isinstance(house.says(RONIN), Film)
    assert house.says(film(3)) is None
    asked = len(house.calls)
    house.ask(*asks)
    assert len(house.calls) == asked


def test_what_is_refused_is_cut_in_two_and_grows_again(house: House) -> None:
    house.server.misbehave(ASKED, _chokes_on(1))
    house.watched.want([film(number) for number in range(1, 10)])
    for _ in range(6):
        house.turn()
    assert [len(call) for call in house.calls] == [9, 4, 5]


def test_where_one_title_after_another_is_refused_it_is_not_the_titles(house: House) -> None:
    house.server.misbehave(ASKED, faults.status(400, "wrong_parameter"), times=None)
    house.ask(film(1), film(2), film(3), film(4), film(5))
    for _ in range(9):
        house.turn()
    assert [len(call) for call in house.calls] == [5, 2, 1, 1, 1]
    assert house.says(film(1)) is house.says(film(2)) is None
    assert house.watched.known(film(3)) is None
    assert isinstance(house.watched.trouble, errors.BadRequest)
    assert "one title after another is refused" in str(house.watched.trouble)
    house.server.behave()
    house.server.clock.forward(6 * 3600 + 1)
    house.ask(film(3))
    assert house.watched.known(film(3)) is not None


def test_titles_that_are_refused_now_and_then_stop_nothing(house: House) -> None:
    for number in range(1, 9):
        house.server.misbehave(ASKED, faults.status(400, "wrong_parameter"))
        house.ask(film(number))
        assert house.says(film(number)) is None
        house.ask(film(100 + number))
        assert house.watched.trouble is None


def test_a_refused_title_of_two_is_found(house: House) -> None:
    house.server.misbehave(ASKED, _chokes_on(949), times=None)
    house.ask(HEAT, RONIN)
    assert house.says(HEAT) is None
    assert isinstance(house.says(RONIN), Film)
    known = house.watched.known(HEAT)
    assert known is not None
    assert house.server.clock.now() - known.asked_at < 60


# What the person asks, and what a list shows besides.


def test_before_anybody_is_signed_in_nothing_is_known_or_due() -> None:
    nobody = Account(Path("nowhere"))
    watched = Watched(nobody, Worker(), Remembered(memory()), print, print)
    assert watched.person == ""
    assert watched.calls is None
    assert watched.trouble is None
    flags = (watched.can_ask, watched.is_asking, watched.has_work, watched.take_news())
    assert flags == (False, False, False, False)
    watched.prepare()
    watched.want([HEAT])
    watched.step()
    assert not watched.is_asking
    assert watched.known(HEAT) is None


def test_what_the_person_asks_about_goes_before_what_the_list_needs(house: House) -> None:
    house.ask(HEAT)
    house.watched.want([RONIN, film(7)])
    house.watched.ask_again(HEAT)
    assert house.watched.known(HEAT) is None
    house.turn()
    assert house.calls[-1] == [949, 8195, 7]
    house.turn()
    assert len(house.calls) == 2


def test_what_is_asked_first_is_asked_once(house: House) -> None:
    house.watched.ask_first([HEAT, RONIN])
    for _ in range(3):
        house.turn()
    assert house.calls == [[949, 8195]]
    house.watched.ask_first([HEAT])
    house.turn()
    assert len(house.calls) == 1


def test_what_a_list_shows_and_is_known_is_asked_again_when_it_has_moved(house: House) -> None:
    house.ask(HEAT)
    house.watched.begin_list()
    house.watched.show([HEAT])
    house.watched.look_now()
    for _ in range(3):
        house.turn()
    assert house.calls == [[949], [949]]


def test_it_makes_ready_before_anything_is_asked(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_ready: list[bool] = []
    monkeypatch.setattr(house.door, "prepare", lambda: made_ready.append(True))
    house.watched.prepare()
    house.worker.leave(5)
    assert made_ready == [True]


# What has moved.


def test_a_look_that_is_not_taken_is_said_in_the_log_and_the_lists_go_on(house: House) -> None:
    house.server.misbehave("/sync/activities", faults.status(404, "id_err"))
    house.watched.look()
    house.turn()
    assert house.watched.trouble is None
    assert [line.split(":")[0] for line in house.log] == ["BadRequest"]
    house.ask(HEAT)
    assert house.says(HEAT)
    assert len(house.server.requests_to("/sync/activities")) == 1


def test_after_a_look_that_failed_simkl_is_left_alone_for_a_moment(house: House) -> None:
    house.server.misbehave("/sync/activities", faults.status(503))
    house.watched.look()
    house.turn()
    assert isinstance(house.watched.trouble, errors.Unreachable)
    house.ask(HEAT)
    assert house.calls == []


def test_a_sign_in_that_ended_and_stays_on_disk_is_in_the_log(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stays() -> None:
        raise errors.AccountBroken("it stays on disk")

    monkeypatch.setattr(house.account, "forget", stays)
    house.server.misbehave(ASKED, faults.status(401), times=None)
    house.server.misbehave("/oauth2/token", faults.status(400, "invalid_grant"), times=None)
    house.ask(HEAT)
    assert "AccountBroken: it stays on disk" in house.log
    assert not house.watched.has_work


def test_all_that_a_list_showed_is_asked_again_when_it_has_moved_and_nothing_else(
    house: House,
) -> None:
    """A long list is wanted in parts."""
    house.server.add_film("Left", 2000, tmdb=7)
    house.ask(film(7))
    house.watched.look()
    house.turn()
    house.watched.begin_list()
    house.ask(HEAT)
    house.ask(RONIN)
    house.ask()
    ronin = house.server._site.catalogue._titles[1]
    house.server.person.watch(ronin, at=DATE)
    asked = len(house.calls)
    house.watched.look()
    for _ in range(4):
        house.turn()
    assert house.calls[asked:] == [[949, 8195]]
    assert house.watched.take_news()
    assert not house.watched.take_news()
    house.turn()
    assert len(house.calls) == asked + 1


def test_where_nothing_has_moved_nothing_is_asked(house: House) -> None:
    house.ask(HEAT, DARK)
    house.watched.look()
    house.turn()
    asked = len(house.calls)
    house.watched.look()
    for _ in range(3):
        house.turn()
    assert len(house.calls) == asked
    assert not house.watched.has_work


def test_what_is_unknown_goes_before_the_look_and_the_look_before_what_is_old(
    house: House,
) -> None:
    house.ask(HEAT)
    house.watched.look_now()
    house.watched.want([HEAT, RONIN])
    house.server.forget_requests()
    for _ in range(4):
        house.turn()
    paths = [request.path for request in house.server.requests]
    assert paths == [ASKED, "/sync/activities", ASKED]
    assert house.calls == [[8195], [949]]
