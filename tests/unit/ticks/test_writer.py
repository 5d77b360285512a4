"""What is written, in which order, and to what: each file's refusal is its own."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Sequence

import pytest

from lib.ticks.due import EPISODE, FILM, Tick, Video
from lib.ticks.files import Files
from lib.ticks.refusals import ADDON_PATH, GONE, KEEPS_WAITING, NO_SOURCE, SEVERAL_FILES
from lib.ticks.sources import Sources
from lib.ticks.writer import Writer

DATE, BEFORE = "2024-03-01 20:00:00", "2024-03-01 19:59:59"
ADDONS = "plugin://plugin.video.films/1"
STACK = "stack:///media/2 cd1.mkv , /media/2 cd2.mkv"
Call = tuple[str, Mapping[str, Any]]


class Kodi:
    """refused: the files that it does not let itself be told of. calls: all that it was told."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.gone: set[str] = set()
        self.silent: set[str] = set()
        self.calls: list[Call] = []
        self.noted: list[Tick] = []
        self.may_load = True
        self.files = Files(self._exists, self._keeps_silent, Sources(self.batch))
        self.writer = self.new_writer()

    def new_writer(self, **shared: Any) -> Writer:
        return Writer(self.batch, self.noted.extend, self.files, lambda: self.may_load, **shared)

    def _exists(self, file: str) -> bool:
        return file not in self.gone

    def _keeps_silent(self, file: str) -> bool:
        return file in self.silent

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        return [self._answer(*call) for call in calls]

    def _answer(self, method: str, params: Mapping[str, Any]) -> Any:
        if method == "Files.GetSources":
            return {"sources": []}
        self.calls.append((method.split(".")[1], params))
        if method.startswith("VideoLibrary.Get"):
            held = {"playcount": 1, "lastplayed": DATE}
            return {"episodedetails": held, "moviedetails": held}
        return RuntimeError("refused") if params.get("file") in self.refused else "OK"

    def set_by_id(self, *, dated: bool) -> list[int]:
        """Of which videos the row was mended, in order; dated: and the date set."""
        return [
            params.get("movieid", params.get("episodeid"))
            for method, params in self.calls
            if method.startswith("Set") and "file" not in params
            if "lastplayed" in params or not dated
        ]

    @property
    def mended(self) -> list[int]:
        return self.set_by_id(dated=False)

    @property
    def dated(self) -> list[int]:
        return self.set_by_id(dated=True)


@pytest.fixture
def kodi() -> Kodi:
    return Kodi()


def tick(number: int, kind: str = FILM, file: str = "") -> Tick:
    return Tick(Video(kind, number, file or f"/media/{number}.mkv", 0, ""), 1, DATE)


def files_of(ticks: Sequence[Tick]) -> list[int]:
    return [each.video.dbid for each in ticks]


def test_each_film_is_mended_once_its_tick_is_written(kodi: Kodi) -> None:
    assert files_of(kodi.writer.write([tick(1), tick(2)])) == [1, 2]
    assert [(method, params.get("lastplayed")) for method, params in kodi.calls] == [
        ("SetFileDetails", DATE),
        ("SetMovieDetails", None),
        ("SetFileDetails", BEFORE),
        ("SetMovieDetails", DATE),
    ]
    assert files_of(kodi.noted) == [1, 2]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_film_that_kodi_refuses_is_not_dated_and_speaks_for_itself(
    kodi: Kodi, number: int
) -> None:
    kodi.refused = {f"/media/{number}.mkv"}
    others = [each for each in (1, 2, 3) if each != number]
    assert files_of(kodi.writer.write([tick(1), tick(2), tick(3)])) == others
    assert sorted(set(kodi.mended)) == others
    assert kodi.dated == others[-1:]
    assert files_of(kodi.noted) == others
    assert kodi.writer.refusals.counts() == {NO_SOURCE: 1}
    assert kodi.writer.shown == 2


@pytest.mark.parametrize(("refused", "mended"), [(1, 3), (2, 3), (3, 2)])
def test_of_episodes_the_last_that_kodi_took_is_mended(
    kodi: Kodi, refused: int, mended: int
) -> None:
    kodi.refused = {f"/media/{refused}.mkv"}
    kodi.writer.write([tick(number, EPISODE) for number in (1, 2, 3)])
    assert kodi.dated == [mended]
    assert files_of(kodi.noted) == [number for number in (1, 2, 3) if number != refused]


def test_why_nothing_is_written_is_known_of_each(kodi: Kodi) -> None:
    kodi.gone, kodi.refused = {"/media/1.mkv"}, {"/media/4.mkv"}
    silent = "http://nas/5.mkv"
    kodi.silent = {silent}
    ticks = [tick(1), tick(2, file=STACK), tick(3), tick(4), tick(5, file=silent)]
    assert files_of(kodi.writer.write(ticks)) == [3]
    assert kodi.writer.refusals.counts() == {
        GONE: 1, SEVERAL_FILES: 1, NO_SOURCE: 1, KEEPS_WAITING: 1,
    }  # fmt: skip
    assert not any(params.get("file") in (STACK, silent) for _, params in kodi.calls)
    assert kodi.writer.keeps_waiting(silent)
    assert not kodi.writer.keeps_waiting("/media/1.mkv")


def test_what_kodi_takes_by_now_counts_no_more(kodi: Kodi) -> None:
    kodi.gone = {"/media/1.mkv"}
    kodi.writer.write_unseen([tick(1, EPISODE)])
    assert not kodi.writer.owes_announcement
    kodi.gone.clear()
    kodi.writer.write_unseen([tick(1, EPISODE)])
    assert kodi.writer.owes_announcement
    assert kodi.writer.refusals.counts() == {}


def test_a_row_of_an_add_on_is_no_file_that_could_be_gone(kodi: Kodi) -> None:
    kodi.gone = {ADDONS}
    assert files_of(kodi.writer.write_files([tick(-1, file=ADDONS)])) == [-1]


def test_why_kodi_took_no_tick_of_an_add_ons_row_is_kept_and_never_asked(kodi: Kodi) -> None:
    """Its row on the screen would lose its words."""
    kodi.refused = {ADDONS}
    assert kodi.writer.write_files([tick(-1, file=ADDONS)]) == []
    assert kodi.writer.refusals.counts() == {ADDON_PATH: 1}
    told = len(kodi.calls)
    assert kodi.writer.refusal(ADDONS) == ADDON_PATH
    assert len(kodi.calls) == told
    kodi.refused.clear()
    kodi.writer.write_files([tick(-1, file=ADDONS)])
    assert kodi.writer.refusal(ADDONS) is None


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("/media/1.mkv", None),
        ("/media/gone.mkv", GONE),
        ("/media/refused.mkv", NO_SOURCE),
        (STACK, SEVERAL_FILES),
        ("http://nas/1.mkv", KEEPS_WAITING),
        (ADDONS, None),
    ],
)
def test_why_kodi_would_take_no_tick_is_asked_without_a_change(
    kodi: Kodi, file: str, reason: str | None
) -> None:
    kodi.gone, kodi.refused = {"/media/gone.mkv"}, {"/media/refused.mkv"}
    kodi.silent = {"http://nas/1.mkv"}
    assert kodi.writer.refusal(file) == reason
    assert not any("playcount" in params or "lastplayed" in params for _, params in kodi.calls)


def test_an_episode_is_announced_also_beside_one_that_is_taken_away(kodi: Kodi) -> None:
    away = Tick(Video(EPISODE, 2, "/media/2.mkv", 1, DATE), 0, "")
    kodi.writer.write([tick(1, EPISODE), away])
    assert kodi.dated == [1]


# Where no list may be loaded: a dialog has opened, or the list is being loaded.


def removal(number: int) -> Tick:
    return Tick(Video(EPISODE, number, f"/media/{number}.mkv", 1, DATE), 0, "")


def cannot_load_yet(kodi: Kodi, *ticks: Tick) -> None:
    """Written while no list may be loaded, which the rows on the screen need."""
    kodi.may_load = False
    assert files_of(kodi.writer.write(ticks)) == files_of(kodi.noted)
    assert not any(method == "SetEpisodeDetails" for method, _ in kodi.calls)


@pytest.mark.parametrize(
    "ticks",
    [
        [tick(1, EPISODE), tick(2, EPISODE)],
        [removal(2)],
        [tick(1), removal(2)],
        [tick(1), tick(2, EPISODE)],
    ],
)
def test_rows_of_episodes_get_their_words_back_once_a_list_may_be_loaded(
    kodi: Kodi, ticks: list[Tick]
) -> None:
    cannot_load_yet(kodi, *ticks)
    assert kodi.writer.owes_announcement
    kodi.may_load = True
    kodi.writer.announce()
    assert kodi.mended[-1] == 2
    assert not kodi.writer.owes_announcement


def test_one_writer_announces_what_another_owes(kodi: Kodi) -> None:
    """What takes ticks back has one of its own, and writes no more once it is done."""
    other = kodi.new_writer(owed=kodi.writer.owed)
    kodi.may_load = False
    other.write([tick(1, EPISODE)])
    kodi.may_load = True
    assert kodi.writer.owes_announcement
    kodi.writer.announce()
    assert kodi.mended == [1]
    assert not other.owes_announcement


def test_films_in_sight_are_mended_each_and_announced_later(kodi: Kodi) -> None:
    assert files_of(kodi.writer.write_mended(iter([tick(1), tick(2)]))) == [1, 2]
    assert [method for method, _ in kodi.calls] == ["SetFileDetails", "SetMovieDetails"] * 2
    assert kodi.dated == []
    assert kodi.writer.owes_announcement
    kodi.writer.announce()
    assert kodi.dated == [2]
    assert kodi.writer.shown == 2


def test_films_out_of_sight_take_one_call_each_until_they_are_mended(kodi: Kodi) -> None:
    kodi.refused = {"/media/2.mkv"}
    ticks = [tick(1), tick(2), tick(3)]
    assert files_of(kodi.writer.write_unmended(iter(ticks))) == [1, 3]
    assert [method for method, _ in kodi.calls] == ["SetFileDetails"] * 3
    assert files_of(kodi.noted) == [1, 3]
    assert kodi.writer.refusals.counts() == {NO_SOURCE: 1}
    assert kodi.writer.shown == 2
    kodi.writer.mend_films([each.video for each in ticks])
    assert kodi.mended == [1, 2, 3]
    assert kodi.dated == []


def test_films_are_taken_one_by_one_as_they_are_written(kodi: Kodi) -> None:
    """The person may move after any of them."""
    for write in (kodi.writer.write_mended, kodi.writer.write_unmended):
        kodi.calls.clear()

        def given() -> Iterator[Tick]:
            yield tick(1)
            assert kodi.calls, "the second is taken once the first is written"
            yield tick(2)

        assert files_of(write(given())) == [1, 2]


def test_films_do_not_take_the_place_of_an_episode_whose_rows_wait_for_words(kodi: Kodi) -> None:
    cannot_load_yet(kodi, tick(7, EPISODE))
    kodi.may_load = True
    kodi.writer.write_unmended([tick(1)])
    assert kodi.writer.owes_words
    kodi.writer.announce()
    assert kodi.mended == [7]
    assert not kodi.writer.owes_words


def test_films_that_are_taken_away_are_not_announced(kodi: Kodi) -> None:
    away = Tick(Video(FILM, 2, "/media/2.mkv", 1, DATE), 0, "")
    kodi.writer.write_mended([away])
    assert not kodi.writer.owes_announcement
