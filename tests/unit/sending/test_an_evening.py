"""A long evening of films and episodes, with lists open between them, costs Simkl few calls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.sending.send_settings import SendSettings
from tests.simkl_server.clock import stamp
from tests.unit.kodi_in_memory import EPISODE, FILMS, MOVIE, SERIES, TVSHOW, Entry
from tests.unit.sending.test_any_watch import AnyWatch

FILM_COUNT, EPISODE_COUNT = 6, 20
MOST_CALLS = 150
SERIES_ID, SERIES_TMDB = 9, 90
FILM_LENGTH, EPISODE_LENGTH = 7200, 2700  # seconds
SEASON = f"{SERIES}{SERIES_ID}/1/"


class AnEvening(AnyWatch):
    """Kodi's library also has a series that is long enough, and films enough."""

    def __init__(self) -> None:
        super().__init__()
        self.films = [self._add_film(number) for number in range(1, FILM_COUNT + 1)]
        self.episodes = self._add_episodes()
        self.settings = SendSettings(is_on=True)
        self.sending.apply_settings(self.settings)
        self.sign_in("Ann")
        self.server.forget_requests()

    def _add_film(self, number: int) -> Entry:
        tmdb = 500 + number
        self.titles[tmdb] = self.server.add_film(f"Film {tmdb}", 1990, tmdb=tmdb)
        entry = Entry(MOVIE, 50 + number, f"Film {tmdb}", tmdb, f"/media/{tmdb}.mkv")
        self.kodi.add(entry)
        return entry

    def _add_episodes(self) -> list[Entry]:
        name = "Long"
        self.titles[SERIES_TMDB] = self.server.add_series(
            name, 1990, {1: EPISODE_COUNT}, tmdb=SERIES_TMDB
        )
        self.kodi.add(Entry(TVSHOW, SERIES_ID, name, SERIES_TMDB, "/media/long/"))
        episodes = []
        for number in range(1, EPISODE_COUNT + 1):
            place = (SERIES_ID, 1, number)
            file = f"/media/long/{number}.mkv"
            title = f"Part {number}"
            episodes.append(Entry(EPISODE, 900 + number, title, SERIES_TMDB, file, 0, "", *place))
        for episode in episodes:
            self.kodi.add(episode)
        return episodes

    def watch(self, path: str, entry: Entry, length: int) -> None:
        """From its list, which is shown again after it, and looked at for a minute."""
        self.browse(path)
        self.server.clock.forward(length)
        self.play(self.kodi.videos.index(entry), 95, helps=False)
        for _ in range(6):
            self.server.clock.forward(10)
            self.run_to_rest()


@pytest.fixture
def evening() -> Iterator[AnEvening]:
    evening = AnEvening()
    yield evening
    evening.end()
    evening.server.__exit__(None, None, None)


def test_an_evening_of_six_films_and_twenty_episodes_costs_few_calls(evening: AnEvening) -> None:
    for film in evening.films:
        evening.watch(FILMS, film, FILM_LENGTH)
    for episode in evening.episodes:
        evening.watch(SEASON, episode, EPISODE_LENGTH)
        evening.browse(SERIES)
    calls = len(evening.server.requests)
    watches = evening.people["Ann"].record.watches
    assert [each.at for each in watches] == [
        stamp(evening.done["Ann", entry.file][0].at) for entry in evening.films + evening.episodes
    ]
    assert calls < MOST_CALLS
    assert evening.server.violations == []
