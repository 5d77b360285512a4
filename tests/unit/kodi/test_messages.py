"""A sentence in the corner stays until it can be read: Kodi's skin scrolls what is long."""

from __future__ import annotations

import pytest

from tests.unit import kodi_in_memory

kodi_in_memory.install()

from lib.kodi.messages import display_time  # noqa: E402

AT_ONCE = 30  # letters
SECONDS = 1000


@pytest.mark.parametrize(
    "words", ["", "Heat: not watched on Simkl.", "Heat: watched on 03/01/2024."]
)
def test_what_needs_no_scrolling_stays_for_eight_seconds(words: str) -> None:
    assert display_time(words) == 8 * SECONDS


@pytest.mark.parametrize("letters", [60, 75, 101, 140])
def test_what_scrolls_stays_until_it_is_through(letters: int) -> None:
    """Five letters a second, and time to begin and to end with."""
    assert display_time("a" * letters) >= 3 * SECONDS + (letters - AT_ONCE) / 5 * SECONDS


def test_wide_characters_count_twice() -> None:
    assert display_time("\u898b" * 50) == display_time("a" * 100)


def test_no_sentence_stays_for_ever() -> None:
    assert display_time("a" * 5000) == 30 * SECONDS
