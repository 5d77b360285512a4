"""What a file's name says: a title with its year and the right episodes, or nothing."""

from __future__ import annotations

import pytest

from lib.titles.filenames import Named, named_by

HEAT = Named("Heat", 1995)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/films/Heat (1995).mkv", HEAT),
        ("/films/Heat.1995.1080p.BluRay.x264-GRP.mkv", HEAT),
        ("/films/Heat [1995].avi", HEAT),
        ("/films/Heat_(1995)_extended.mkv", HEAT),
        ("smb://nas/films/Heat (1995)/heat.mkv", HEAT),
        ("C:\\films\\Heat (1995)\\Heat (1995).mp4", HEAT),
        ("/films/Blade Runner 2049 (2017).mkv", Named("Blade Runner 2049", 2017)),
        ("/films/Blade.Runner.2049.2017.2160p.mkv", Named("Blade Runner 2049", 2017)),
        ("/films/2012 (2009).mkv", Named("2012", 2009)),
        ("/films/2001.A.Space.Odyssey.1968.mkv", Named("2001 A Space Odyssey", 1968)),
        ("/films/Mr. Nobody (2009).mkv", Named("Mr. Nobody", 2009)),
        ("/films/Amélie (2001).mkv", Named("Amélie", 2001)),
        ("/films/七人の侍 (1954).mkv", Named("七人の侍", 1954)),
    ],
)
def test_a_film(path: str, named: Named) -> None:
    assert named_by(path) == named


def dark(*numbers: int, season: int = 1) -> Named:
    return Named("Dark", 2017, tuple((season, number) for number in numbers))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/tv/Dark (2017)/Season 1/Dark.S01E02.mkv", dark(2)),
        ("/tv/Dark (2017)/S01E02.mkv", dark(2)),
        ("/tv/Dark (2017)/Season 01/S01E02 - Lies.mkv", dark(2)),
        ("/tv/Dark (2017)/Specials/S00E02.mkv", dark(2, season=0)),
        ("/tv/Dark.2017.S01E02.720p.mkv", dark(2)),
        ("/tv/Dark (2017) - s01e02 - Lies.mkv", dark(2)),
        ("/tv/Dark (2017) 1x02.mkv", dark(2)),
        ("/tv/Dark (2017) S02E10.mkv", dark(10, season=2)),
        ("/tv/Dark (2017) S01E02-720p.mkv", dark(2)),
        ("/tv/Dark (2017) S01E02-10bit.mkv", dark(2)),
        ("/tv/Dark (2017) S01E00.mkv", dark(0)),
        # Two and more in one file.
        ("/tv/Dark (2017) S01E01-E02.mkv", dark(1, 2)),
        ("/tv/Dark (2017) S01E01E02.mkv", dark(1, 2)),
        ("/tv/Dark (2017) S01E01-02.mkv", dark(1, 2)),
        ("/tv/Dark (2017) S01E01-03.mkv", dark(1, 2, 3)),
        ("/tv/Dark (2017) 1x01-1x02.mkv", dark(1, 2)),
    ],
)
def test_episodes(path: str, named: Named) -> None:
    assert named_by(path) == named


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "Heat.mkv", "/films/2012.mkv", "/films/1995/Heat.mkv", "(1995).mkv"),
        # Beside the film, and not the film.
        "/films/Heat (1995)/Heat (1995)-trailer.mkv",
        "/films/Heat (1995)/Heat (1995) - Making of.mkv",
        "/films/Heat (1995)/Heat (1995)-behindthescenes.mkv",
        "/films/Heat (1995)/Heat.1995.sample.mkv",
        "/films/Heat (1995)/Deleted scenes.mkv",
        "/films/Heat (1995)/Heat bonus.mkv",
        # Half of it.
        *("/films/Heat (1995) cd1.mkv", "/films/Heat (1995)-part2.mkv"),
        "/tv/Dark (2017) S01E01 part1.mkv",
        *("/films/Heat (1995)(cd1).mkv", "/films/Heat (1995) - Part One.mkv"),
        *("/films/Heat (1995) Disc 1/Heat.mkv", "/films/Heat (1995)/Trailers/Heat (1995).mkv"),
        # Episodes that have a number and no season.
        *(
            f"/tv/Dark (2017){rest}.mkv"
            for rest in (" - 012", " E03", " Ep03", " Episode 3", " 03")
        ),
        *("/tv/Dark (2017) - 03v2.mkv", "/tv/Dark.2017.Episode.04.mkv", "/tv/Dark.2017.03of10.mkv"),
        *("/tv/Dark (2017) Season 1/Dark (2017).mkv", "/tv/Dark (2017) - Lies.mkv"),
        # A piece or half of an episode, or more of them than are named in a way that is known.
        *(f"/tv/Dark (2017) S01E02{rest}.mkv" for rest in ("-sample", "-trailer", " Trailer")),
        *(f"/tv/Dark (2017) S01E02{rest}.mkv" for rest in ("a", ".5", "+E03", "_03", "-S01E03")),
        "/films/Film.2019.10x265.mkv",
        # A series without a year, or another one than the folder's.
        *("/tv/Dark/Season 1/Dark.S01E02.mkv", "/tv/Dark.S01E02.mkv"),
        "/tv/Dark (2017)/Charmed.S01E02.mkv",
        # Another season than the folder's, or one that is named for a year.
        *("/tv/Dark (2017)/Season 2/Dark.S01E02.mkv", "/tv/Dark (2017)/S2/S01E02.mkv"),
        *("/tv/Dark (2017)/Dark.S2017E02.mkv", "/tv/Dark (2017) S2017E02.mkv"),
        # A day's show, an absolute number, numbers that make no sense.
        *("/tv/Daily (2015)/Daily.2024.01.05.mkv", "/tv/Daily (2015) - 2024-01-05.mkv"),
        *("/tv/Daily.2024.01.05.mkv", "/tv/Anime (2019)/Anime - 05 (2019).mkv"),
        "/tv/Dark (2017)/Season 1/Dark (2017) 05.mkv",
        *("/tv/Dark (2017) S01E05-E02.mkv", "/tv/Dark (2017) S01E01-E40.mkv"),
    ],
)
def test_what_may_be_something_else_is_unknown(path: str) -> None:
    assert named_by(path) is None
