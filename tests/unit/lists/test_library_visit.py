"""One list of the library, step by step, with answers that come one after another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Callable, Mapping, Sequence

import pytest

from lib.lists.library_visit import LibraryVisit
from lib.lists.row_sources import GivenRows
from lib.lists.settled_rows import SettledRows
from lib.simkl.answers import Series, Watch
from lib.simkl.asks import COUNTERS, DEPTHS, EPISODES, Ask
from lib.storage.answer_cache import Known
from lib.ticks.due import EPISODE, Tick, Video
from lib.ticks.library_facts import SeriesFacts
from lib.ticks.tick_settings import TickSettings
from lib.titles.rows import LibraryRow
from lib.titles.title import SHOW, Title

WATCHED = Watch(None)


def title(series: int) -> Title:
    return Title(SHOW, (("tvdb", str(series)),))


def row(kind: str, series: int, episode: int = 0) -> LibraryRow:
    dbid = 1000 * series + episode
    return LibraryRow(kind, dbid, f"Series {series}", series, 1, is_ticked=False)


class Simkl:
    """In place of the coordinator: what was answered, and what is wanted."""

    def __init__(self) -> None:
        self.queue = self
        self.wanted: list[Ask] = []
        self._known: dict[object, Known] = {}

    def known(self, ask: Ask) -> Known | None:
        known = self._known.get((ask.title, ask.episode))
        is_deep = known and DEPTHS.index(known.depth) >= DEPTHS.index(ask.depth)
        return known if is_deep else None

    def want(self, asks: Sequence[Ask]) -> None:
        self.wanted = [ask for ask in asks if self.known(ask) is None]

    def show(self, asks: Sequence[Ask]) -> None:
        pass

    def answer(self, ask: Ask, series: Series, asked_at: float = 1.0) -> None:
        self._known[ask.title, ask.episode] = Known(ask.title, series, ask.depth, asked_at)

    def lists(self, series: int, episodes: Mapping[int, Watch | None]) -> None:
        """The answer about a series lists these episodes of its first season."""
        listed = {(1, number): watch for number, watch in episodes.items()}
        self.answer(Ask(title(series), EPISODES), Series({}, listed))

    def answer_single_episodes(self) -> None:
        for ask in self.wanted:
            if ask.episode is not None:
                self.answer(ask, Series({}, {ask.episode: WATCHED}))


class Lists:
    """Lists of the library whose series have as many episodes each."""

    def __init__(self, episodes: int) -> None:
        self.simkl = Simkl()
        self.written: list[Tick] = []
        self._episodes = episodes
        self.season_counts: Callable[[int], object] = lambda _: {}
        self.settled = SettledRows(self.simkl)  # type: ignore[arg-type]

    def open(self, rows: Sequence[LibraryRow]) -> LibraryVisit:
        library = SimpleNamespace(
            films=lambda _: {},
            unwatched_of_sets=lambda _: {},
            series=lambda wanted: {each: SeriesFacts(title(each), "/series") for each in wanted},
            episodes=self._videos,
            episode_files=lambda _: {},
            season_counts=self._counts,
        )
        writer = SimpleNamespace(look_anew=lambda: None)
        deps: Any = SimpleNamespace(
            coordinator=self.simkl,
            library=library,
            writer=writer,
            files=SimpleNamespace(exists=lambda _: True),
            policy=Policy(),
            backlog=SimpleNamespace(add=lambda *_: None),
            journal=None,
            settled=self.settled,
            may_ask=lambda *_: True,
        )
        return LibraryVisit(GivenRows(rows), deps, self._write)

    def _write(self, ticks: Sequence[Tick]) -> Sequence[Tick]:
        self.written.extend(ticks)
        return ticks

    def _counts(self, series: int) -> object:
        return self.season_counts(series)

    def _videos(self, series: int, season: int | None = None) -> list[Video]:  # noqa: ARG002
        return [
            Video(EPISODE, 1000 * series + number, f"/{series}/{number}", 0, "", series, 1, number)
            for number in range(1, self._episodes + 1)
        ]


class Policy:
    """What Simkl says counts."""

    tick_settings = TickSettings(frozenset({"tvshow", "season", EPISODE}))
    user_changes = SimpleNamespace(has_played=lambda _: False)

    def watch_of(self, video: Video, known: Known) -> Watch | None:
        listed = known.answer.episodes if isinstance(known.answer, Series) else None
        return (listed or {}).get(video.place)

    def may_differ(self, *_: object) -> bool:
        return True

    def waits(self, *_: object) -> bool:
        return False

    def played_at(self, *_: object) -> None:
        return None

    def to_clear(self, *_: object) -> list[Tick]:
        return []


def run(visit: LibraryVisit, steps: int = 2000) -> None:
    for _ in range(steps):
        if not visit.step():
            return


def test_rows_further_down_are_ticked_while_others_wait_for_single_episodes() -> None:
    lists = Lists(episodes=1)
    for series in range(1, 401):
        lists.simkl.lists(series, {} if series <= 200 else {1: WATCHED})
    run(lists.open([row(EPISODE, series, 1) for series in range(1, 401)]))
    assert len(lists.written) == 200


def test_episodes_that_the_answer_does_not_list_are_asked_about_on_each_page() -> None:
    lists = Lists(episodes=190)
    lists.simkl.lists(1, dict.fromkeys(range(1, 101), WATCHED))
    visit = lists.open([row(EPISODE, 1, number) for number in range(1, 191)])
    run(visit)
    assert {ask.episode for ask in lists.simkl.wanted} == {(1, e) for e in range(101, 191)}
    lists.simkl.answer_single_episodes()
    run(visit)
    assert len({tick.video.file for tick in lists.written}) == 190
    assert visit.is_finished


def test_a_series_whose_counts_cannot_be_read_once_is_asked_about_all_the_same() -> None:
    lists = Lists(episodes=1)
    visit = lists.open([row("tvshow", 1)])
    run(visit)
    lists.simkl.answer(Ask(title(1), COUNTERS), Series({1: 1}, None))

    def fails(_: int) -> object:
        lists.season_counts = lambda _: {}
        raise OSError("once")

    lists.season_counts = fails
    with pytest.raises(OSError, match="once"):
        run(visit)
    run(visit)
    assert [ask.depth for ask in lists.simkl.wanted] == [EPISODES]


def test_an_answer_that_is_gone_by_the_time_it_is_taken_is_waited_for() -> None:
    lists = Lists(episodes=1)
    visit = lists.open([row(EPISODE, 1, 1), row(EPISODE, 2, 1)])
    run(visit)
    for series in (1, 2):
        lists.simkl.lists(series, {1: WATCHED})
    while not lists.written:
        visit.step()
    lists.simkl._known.clear()
    run(visit)
    assert [tick.video.series for tick in lists.written] == [1]
    assert not visit.is_finished
    assert lists.simkl.wanted == [Ask(title(2), EPISODES)]


def test_series_are_asked_about_in_the_order_of_their_rows_also_once_more() -> None:
    lists = Lists(episodes=1)
    visit = lists.open([row("tvshow", series) for series in range(1, 4)])
    run(visit)
    lists.simkl.answer(Ask(title(1), COUNTERS), Series({1: 1}, None))
    run(visit)
    wanted = [(ask.title, ask.depth) for ask in lists.simkl.wanted]
    assert wanted == [(title(1), EPISODES), (title(2), COUNTERS), (title(3), COUNTERS)]
