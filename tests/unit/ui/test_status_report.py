"""How it is going, a fact a line, for a person and for whoever reads their bug report."""

from __future__ import annotations

from dataclasses import replace

from lib.simkl.errors import Unreachable
from lib.simkl.quota import Calls
from lib.simkl.retry_policy import Said
from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES
from lib.ui.status_report import Facts, SendFacts, report
from tests.unit.kodi.test_string_ids import ENGLISH, read_words

WORDS = read_words(ENGLISH)
FACTS = Facts(
    "Ann", 1000.0, Calls(500, 463), 12, 345, 6, Said(Unreachable("x"), 900.0), "0.1.0", "20.1", {}
)


def text(number: int, **values: str) -> str:
    return WORDS[number].format(**values)


def said(facts: Facts) -> list[str]:
    return report(facts, text, lambda at: f"@{at:.0f}").split("\n")


def test_each_fact_is_a_line() -> None:
    assert said(FACTS) == [
        "Ann",
        "Last answer from Simkl: @1000",
        "Calls to Simkl today: 37 of 500",
        "Titles known: 12",
        "Ticks made: 345",
        "Removed ticks that are kept away: 6",
        "Last trouble, @900: Simkl cannot be reached. Please check the network and try again.",
        "Simkl Watched 0.1.0, Kodi 20.1",
    ]


def test_what_is_not_known_is_said_or_left_out() -> None:
    lines = said(replace(FACTS, answered_at=None, calls=None, kept_away=0, trouble=None))
    assert lines[1] == "Simkl has not been asked since Kodi started."
    assert "No trouble since Kodi started." in lines
    assert not any("Calls" in line or "Removed" in line for line in lines)


def test_what_kodi_took_no_tick_for_is_said_with_its_reason() -> None:
    refusals = {GONE: 1, NO_SOURCE: 120, SEVERAL_FILES: 2, KEEPS_WAITING: 7}
    assert said(replace(FACTS, kept_away=0, refusals=refusals))[5:9] == [
        "No tick, because the file is gone: 1",
        "No tick, because no video source that is open and shared holds the file: 120",
        "No tick, because the title lies in several files: 2",
        "No tick yet, because the source does not answer: 7",
    ]
    [paths] = [line for line in said(replace(FACTS, refusals={ADDON_PATH: 3})) if "paths" in line]
    assert paths == "No tick, because of the paths that an add-on gives its rows: 3"
    assert "No tick, because the file is gone: 3" in said(replace(FACTS, refusals={GONE: 3}))


def test_what_simkl_was_told_and_what_waits_is_counted_and_who_tells_it_too_is_named() -> None:
    lines = said(replace(FACTS, sent=SendFacts(5, 3, ["SIMKL TV Tracker"])))
    assert lines[6:9] == [
        "Told Simkl today: 5",
        f"SIMKL TV Tracker {text(32382, name='')[1:]}",
        "Waiting for Simkl: 3",
    ]


def test_where_simkl_is_told_nothing_only_what_waits_is_said() -> None:
    lines = said(replace(FACTS, sent=SendFacts(None, 2, ())))
    assert [line for line in lines if "Told" in line or "Waiting" in line] == [
        "Waiting for Simkl: 2"
    ]
