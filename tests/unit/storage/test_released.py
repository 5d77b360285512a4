"""What a version that was released has left on a box is understood by this one.

`released/` has a folder for each: its store as SQL, its sign-in, and its settings with their types.
They are what that version wrote, and are never changed again.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lib.account.account import Account
from lib.account.grant import Grant
from lib.account.token_file import TokenFile
from lib.simkl.answers import Film, Series, Watch
from lib.simkl.asks import EPISODES, PLAIN, Ask
from lib.storage.answer_cache import AnswerCache
from lib.storage.ignored_titles import IgnoredTitles
from lib.storage.made_ticks import BY_HAND
from lib.storage.store import Store
from lib.ticks.due import EPISODE, Video
from lib.ticks.user_changes import UserChanges
from lib.titles.title import MOVIE, SHOW, Title
from tests.unit.memory import memory
from tools.zip import ROOT

RELEASED = sorted((Path(__file__).parent / "released").iterdir())
HEAT, DARK = Title(MOVIE, (("tmdb", "949"),)), Title(SHOW, (("tvdb", "334824"),))
STAR_WARS = Title(MOVIE, (("tmdb", "11"),))
WATCH = Watch(datetime(2024, 3, 1, 20, tzinfo=timezone.utc))


@pytest.fixture(params=RELEASED, ids=lambda folder: str(folder.name))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A box on which that version ran."""
    shutil.copy(request.param / "account.json", tmp_path)
    with closing(sqlite3.connect(tmp_path / "memory.db")) as database:
        database.executescript((request.param / "memory.sql").read_text())
    shutil.copy(request.param / "settings.txt", tmp_path)
    return tmp_path


@pytest.fixture
def grant(released: Path) -> Grant:
    account = Account(released / "account.json")
    account.load()
    assert account.grant is not None
    return account.grant


@pytest.fixture
def store(released: Path) -> Store:
    return memory(released / "memory.db", lambda: 1_780_000_000.0)


def test_the_person_is_still_signed_in(grant: Grant) -> None:
    assert (grant.name, grant.client_id, grant.generation) == ("Ann", "an-id", 2)
    assert (grant.access_token, grant.refresh_token) == ("an-access-token", "a-refresh-token")


def test_what_was_answered_is_known(store: Store, grant: Grant) -> None:
    answer_cache = AnswerCache(store)
    answer_cache.begin(grant.person)
    asks = [Ask(HEAT, PLAIN), Ask(DARK, EPISODES), Ask(DARK, PLAIN, (0, 1))]
    answer_cache.look_up(asks)
    assert [known and known.answer for known in map(answer_cache.known, asks)] == [
        Film(WATCH),
        Series({1: 1}, {(1, 1): WATCH, (1, 2): None}),
        Series({0: 1}, {(0, 1): Watch(None)}),
    ]
    assert store.answers.moves(grant.person) == {"movie": "2026-05-01T10:00:00Z"}


def test_ticks_that_were_made_can_be_taken_back_and_theirs_stay(store: Store) -> None:
    made = store.made_ticks.of(["/films/Heat.mkv", "/films/Ronin.mkv"])
    assert [tick.old_playcount for tick in made.values()] == [0, 0]
    assert [tick.theirs for tick in made.values()] == ["", BY_HAND]


def test_a_tick_that_was_removed_stays_away(store: Store, grant: Grant) -> None:
    hand = UserChanges(store, lambda: grant.person, lambda: 5.0)
    episode = Video(EPISODE, 7, "/dark/2.mkv", 0, "", 1, 1, 2)
    for dbid in (7, 8):  # by whatever number Kodi has it
        assert not hand.allows(replace(episode, dbid=dbid), DARK, WATCH, 1.0)
    assert hand.allows(replace(episode, episode=3), DARK, WATCH, 1.0)


def test_what_was_left_alone_still_is(store: Store) -> None:
    alone = IgnoredTitles(store)
    assert alone.has(STAR_WARS)
    assert not alone.has(HEAT)
    assert not store.is_first_time("welcome")


def test_a_sign_in_is_written_as_that_version_reads_it(released: Path, grant: Grant) -> None:
    before = (released / "account.json").read_text()
    TokenFile(released / "account.json").write(grant)
    assert (released / "account.json").read_text() == before


def test_what_that_version_remembered_becomes_what_this_one_writes(
    released: Path, store: Store, grant: Grant, tmp_path: Path
) -> None:
    answers = AnswerCache(store)
    answers.begin(grant.person)
    asks = [Ask(HEAT, PLAIN), Ask(DARK, EPISODES), Ask(DARK, PLAIN, (0, 1))]
    answers.look_up(asks)
    again = memory(tmp_path / "again.db", lambda: 1_780_000_000.0)
    copied = AnswerCache(again)
    copied.begin(grant.person)
    known = [(ask, known.answer) for ask in asks for known in [answers.known(ask)] if known]
    copied.remember(known, 0.0)
    again.answers.note_moves(grant.person, store.answers.moves(grant.person), [])
    again.made_ticks.note(store.made_ticks.of(["/films/Heat.mkv", "/films/Ronin.mkv"]).values())
    again.removed_ticks.note(store.removed_ticks.all())
    for names, label in store.ignored_titles.all():
        again.ignored_titles.note(names, label)
    again.is_first_time("welcome")
    assert rows_in(tmp_path / "again.db") == rows_in(released / "memory.db")


def rows_in(file: Path) -> dict[str, list[object]]:
    """By table."""
    with closing(sqlite3.connect(file)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        # The names are those of this add-on's own schema.
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in tables
        }


def test_its_settings_have_kept_their_names_and_types(released: Path) -> None:
    tree = ET.parse(ROOT / "resources" / "settings.xml")
    now = {f"{each.get('id')} {each.get('type')}" for each in tree.iter("setting")}
    assert set((released / "settings.txt").read_text().split("\n")) - {""} <= now
