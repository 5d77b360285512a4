"""A row counts as settled for the file that it shows, as long as the answer is the latest."""

from __future__ import annotations

import pytest

from lib.lists.settled_rows import NOT_ASKED, Settled, SettledRows
from lib.simkl.answers import Film, Watch
from lib.simkl.asks import PLAIN
from lib.storage.answer_cache import Known
from lib.titles.rows import MOVIE, LibraryRow
from tests.unit.coordinator_setup import HEAT

KNOWN = Known(HEAT.title, Film(Watch(None)), PLAIN, asked_at=50.0)


class Answers:
    """What the coordinator knows: one answer."""

    def known(self, _: object) -> Known:
        return KNOWN


def row(file: str, *, is_ticked: bool) -> LibraryRow:
    return LibraryRow(MOVIE, 1, "Heat", -1, None, is_ticked, file)


@pytest.fixture
def settled() -> SettledRows:
    """Heat's own file was ticked."""
    rows = SettledRows(Answers())  # type: ignore[arg-type]
    rows.note((MOVIE, 1), Settled(HEAT, 50.0, is_ticked=True, file="smb://me:it@nas/Heat.mkv"))
    return rows


@pytest.mark.parametrize("shown", ["smb://me:it@nas/Heat.mkv", "smb://nas/Heat.mkv", ""])
def test_a_row_of_that_file_is_settled_once_it_is_drawn(settled: SettledRows, shown: str) -> None:
    """Kodi shows a path without its login. The folder of a film says no file."""
    assert settled.is_settled(row(shown, is_ticked=True))
    assert not settled.is_settled(row(shown, is_ticked=False))
    assert settled.lacks_tick(row(shown, is_ticked=False))


def test_a_row_of_another_version_lacks_no_tick_and_is_not_settled(settled: SettledRows) -> None:
    other = row("smb://nas/Heat Extended.mkv", is_ticked=False)
    assert not settled.lacks_tick(other)
    assert not settled.is_settled(other)


def test_what_is_not_asked_about_is_so_for_its_file_alone(settled: SettledRows) -> None:
    settled.note((MOVIE, 1), NOT_ASKED._replace(file="/kids/Heat.mkv"))
    assert settled.is_settled(row("/kids/Heat.mkv", is_ticked=False))
    assert not settled.is_settled(row("/films/Heat.mkv", is_ticked=False))
