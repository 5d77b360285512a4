"""Which source a file lies in; calls about it reach Kodi with that source's login, no others do."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import pytest

from lib.ticks.sources import Sources

GET, SET = "Files.GetFileDetails", "Files.SetFileDetails"


class Kodi:
    def __init__(self) -> None:
        self.sources = ["/media/", "http://ann:pw@nas/films/"]
        self.calls: list[tuple[str, Mapping[str, Any]]] = []
        self.now = 0.0
        self.batch = Sources(self._answer, lambda: self.now)

    def _answer(self, calls: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Any]:
        self.calls += calls
        found = {"sources": [{"file": source} for source in self.sources]}
        return [found if method == "Files.GetSources" else "OK" for method, _ in calls]

    def asked_about(self, method: str, file: str) -> Any:
        """The file that Kodi was asked about."""
        assert self.batch([(method, {"file": file, "media": "video"})]) == ["OK"]
        asked = self.calls[-1]
        assert asked == (method, {"file": asked[1]["file"], "media": "video"})
        return asked[1]["file"]


@pytest.mark.parametrize("method", [GET, SET])
def test_a_file_has_the_login_of_its_source(method: str) -> None:
    asked = Kodi().asked_about(method, "http://nas/films/Heat.mkv")
    assert asked == "http://ann:pw@nas/films/Heat.mkv"


@pytest.mark.parametrize(
    "file", ["/media/Heat.mkv", "plugin://plugin.video.x/a", "http://ann:pw@nas/films/Heat.mkv"]
)
def test_what_has_none_or_its_own_costs_no_look_at_the_sources(file: str) -> None:
    kodi = Kodi()
    assert kodi.asked_about(SET, file) == file
    assert [method for method, _ in kodi.calls] == [SET]


def test_what_lies_in_no_source_and_what_is_another_call_stay_as_they_are() -> None:
    kodi = Kodi()
    assert kodi.asked_about(SET, "http://nas/other/Heat.mkv") == "http://nas/other/Heat.mkv"
    assert kodi.asked_about("Player.Open", "http://nas/films/a.mkv") == "http://nas/films/a.mkv"


def test_the_sources_are_read_again_after_a_minute() -> None:
    kodi = Kodi()
    assert kodi.asked_about(GET, "dav://nas/a.mkv") == "dav://nas/a.mkv"
    kodi.sources.append("dav://bob:pw@nas/")
    kodi.now = 59.0
    assert kodi.asked_about(GET, "dav://nas/a.mkv") == "dav://nas/a.mkv"
    kodi.now = 61.0
    assert kodi.asked_about(GET, "dav://nas/a.mkv") == "dav://bob:pw@nas/a.mkv"


def test_the_sources_are_read_again_where_they_may_have_changed() -> None:
    kodi = Kodi()
    assert kodi.batch.of("/films/a.mkv") == ""
    kodi.sources.append("/films/")
    kodi.batch.look_anew()
    assert kodi.batch.of("/films/a.mkv") == "/films/"


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("http://ann:pw@nas/films/a.mkv", "http://ann:pw@nas/films/"),
        ("http://ann:pw@nas/other/a.mkv", "http://nas"),
        ("/media/a.mkv", "/media/"),
        ("/elsewhere/a.mkv", ""),
    ],
)
def test_a_file_is_of_the_source_that_it_lies_in_or_else_of_its_host(
    file: str, source: str
) -> None:
    assert Kodi().batch.of(file) == source


def test_where_kodi_tells_no_sources_nothing_is_changed() -> None:
    kodi = Kodi()
    kodi.batch = Sources(lambda calls: [None for _ in calls])
    assert kodi.batch([(GET, {"file": "http://nas/a.mkv"})]) == [None]
