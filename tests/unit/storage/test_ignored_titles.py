"""What is left alone stays so for ever, and is known by any of its ids."""

from __future__ import annotations

from pathlib import Path

from lib.storage.ignored_titles import IgnoredTitles
from lib.titles.title import SHOW, Title
from tests.unit.memory import memory

DARK = Title(SHOW, (("imdb", "tt5753856"), ("tmdb", "70523")))
DARK_TOO = Title(SHOW, (("tmdb", "70523"), ("tvdb", "334824")))
BY_IMDB = Title(SHOW, (("imdb", "tt5753856"),))
BY_NAME = Title(SHOW, (), "Dark", 2017)
OTHER = Title(SHOW, (("tmdb", "1"),))


def alone(folder: Path) -> IgnoredTitles:
    """As it is after a start of Kodi."""
    return IgnoredTitles(memory(folder / "memory.db"))


def test_a_series_is_left_alone_over_restarts_and_no_other(tmp_path: Path) -> None:
    alone(tmp_path).leave(DARK, "Dark")
    again = alone(tmp_path)
    assert again.has(DARK)
    assert again.has(DARK_TOO)
    assert not again.has(OTHER)
    assert not again.has(BY_NAME)
    assert again.labels == ["Dark"]


def test_a_series_without_ids_is_known_by_its_name_and_year(tmp_path: Path) -> None:
    alone(tmp_path).leave(BY_NAME, "Dark")
    assert alone(tmp_path).has(Title(SHOW, (), "DARK", 2017))
    assert not alone(tmp_path).has(Title(SHOW, (), "Dark", 2018))


def test_taking_it_back_by_one_id_takes_back_all(tmp_path: Path) -> None:
    alone(tmp_path).leave(DARK, "Dark")
    alone(tmp_path).leave(OTHER, "Other")
    alone(tmp_path).take_back(DARK_TOO)
    again = alone(tmp_path)
    assert not again.has(BY_IMDB)
    assert again.labels == ["Other"]
