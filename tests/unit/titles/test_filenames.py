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


# Encoded names.


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("dav://nas/films/Heat%20(1995).mkv", HEAT),
        ("davs://nas/films/Heat%20%281995%29.mkv", HEAT),
        ("http://ann:pw@nas/films/Heat%20(1995).mkv?a=b", HEAT),
        ("http://nas/films/Am%c3%a9lie%20%282001%29.mkv", Named("Amélie", 2001)),
        ("https://nas/films/100%25%20Wolf%20(2020).mkv", Named("100% Wolf", 2020)),
        ("http://nas/films/Heat%20(1995)/heat.mkv", HEAT),
        ("dav://nas/tv/Dark%20(2017)/Season%201/S01E02.mkv", dark(2)),
        # In the form that the video's own name has within an archive.
        ("zip://%2ffilms%2fa.zip/Heat (1995).mkv", HEAT),
        ("zip://%2ffilms%2fHeat%20(1995).zip/heat.mkv", HEAT),
        ("zip://dav%3a%2f%2fnas%2fHeat%2520(1995).zip/heat.mkv", HEAT),
    ],
)
def test_an_encoded_name_is_decoded(path: str, named: Named) -> None:
    assert named_by(path) == named


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/films/100%25 Wolf (2020).mkv", Named("100%25 Wolf", 2020)),
        ("smb://nas/films/100% Wolf (2020).mkv", Named("100% Wolf", 2020)),
        ("nfs://nas/films/Heat%20 (1995).mkv", Named("Heat%20", 1995)),
        ("zip://%2fa.zip/Heat%20 (1995).mkv", Named("Heat%20", 1995)),
    ],
)
def test_a_percent_sign_on_a_disk_is_one(path: str, named: Named) -> None:
    assert named_by(path) == named


@pytest.mark.parametrize(
    "path",
    [
        "http://nas/Am%e9lie%20(2001).mkv",  # in Latin 1: no text
        "smb://Heat (1995)/heat.mkv",  # a host is no folder
        "http://Heat (1995):pw@nas/heat.mkv",
        "stack:///films/Heat (1995) cd1.mkv , /films/Heat (1995).mkv",
    ],
)
def test_what_is_no_text_and_what_is_no_folder_is_not_asked(path: str) -> None:
    assert named_by(path) is None


# Ids in names.

HEATS = Named("", None, (), (("tmdb", "949"),))
BOTH = Named("", None, (), (("imdb", "tt0113277"), ("tmdb", "949")))


def darks(*numbers: int, season: int = 1) -> Named:
    return Named("", None, dark(*numbers, season=season).episodes, (("tvdb", "334824"),))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/films/Heat (1995) {tmdb-949}.mkv", HEATS),
        ("/films/Heat (1995) [tmdbid-949].mkv", HEATS),
        ("/films/Heat (1995) (tmdb=949).mkv", HEATS),
        ("/films/Heat.1995.[TMDBID=949].1080p.mkv", HEATS),
        ("/films/Heat {tmdb-949}.mkv", HEATS),
        ("/films/{tmdb-949} Heat (1995).mkv", HEATS),
        ("/films/Heat {tmdb-949} [1080p].mkv", HEATS),
        ("/films/Heat (1995) {tmdb-949}/Heat (1995) {edition-Final Cut}.mkv", HEATS),
        ("/films/Heat (1995) {tmdb-949}/heat.mkv", HEATS),
        ("/films/Heat {tmdb-949}/Heat.mkv", HEATS),
        ("/films/Heat (1995) {tmdb-949}/Heat (1995) {tmdb-949}.mkv", HEATS),
        ("/films/Heat (1995) {tmdb-949}/Heat (1995) [imdbid-tt0113277].mkv", BOTH),
        ("/films/Heat (1995) {tmdb-949} {imdb-tt0113277}.mkv", BOTH),
        ("dav://nas/Heat%20%7btmdb-949%7d.mkv", HEATS),
        ("/films/Heat (1995) {tmdb-949}/BDMV/index.bdmv", HEATS),
        # Of the collection, or of another film of that name.
        ("/films/Mann {tmdb-5}/Heat (1995).mkv", HEAT),
        ("/films/Heat (1986) {tmdb-5}/Heat (1995).mkv", HEAT),
        ("/tv/Dark (2007) {tvdb-5}/Dark (2017) S01E02.mkv", dark(2)),
        ("/tv/Dark (2017) {tvdb-334824}/Season 1/S01E02.mkv", darks(2)),
        ("/tv/Dark {tvdb-334824}/Season 1/Dark.S01E02.mkv", darks(2)),
        ("/tv/Dark [tvdbid=334824]/Season 2/Dark - S02E01-E02.mkv", darks(1, 2, season=2)),
        ("/tv/Dark {tvdb-334824} S01E02.mkv", darks(2)),
        ("/tv/Dark {tvdb-334824}/S01E02 {tvdb-5}.mkv", darks(2)),
        ("/tv/Dark {tvdb-334824}/Season 1 {tvdb-5}/S01E02.mkv", darks(2)),
        ("/tv/Dark {tvdb-334824} {anidb-5}/S02E01.mkv", darks(1, season=2)),
        ("/tv/Mono [anidb-7]/S01E02.mkv", Named("", None, ((1, 2),), (("anidb", "7"),))),
    ],
)
def test_an_id_is_asked_alone(path: str, named: Named) -> None:
    assert named_by(path) == named


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/films/Heat (1995) {edition-Director's Cut}.mkv", HEAT),
        ("/films/Heat {edition-Final} (1995).mkv", HEAT),
        ("/films/Heat (1995) {tmdb-0}.mkv", HEAT),
        ("/films/Heat (1995) [x264-GRP].mkv", HEAT),
        ("/tv/Dark (2017)/Dark S01E02 {tvdb-5}.mkv", dark(2)),
    ],
)
def test_what_is_no_id_of_the_title_is_left_out(path: str, named: Named) -> None:
    assert named_by(path) == named


@pytest.mark.parametrize(
    "path",
    [
        # Two that contradict each other.
        "/films/Heat (1995) {tmdb-949} {tmdb-950}.mkv",
        "/films/Heat (1995) {tmdb-949}/Heat (1995) [tmdbid-950].mkv",
        "/tv/Dark (2017) {tvdb-1}/Dark (2017) {tvdb-2} S01E02.mkv",
        "/tv/Dark (2017) {tvdb-1}/{tvdb-2} S01E02.mkv",
        # Beside the film, a part of it, or an episode.
        *("/films/Heat {tmdb-949}-trailer.mkv", "/films/Heat - Trailer {tmdb-949}.mkv"),
        *("/films/Heat {tmdb-949} cd1.mkv", "/films/Heat (1995) {tmdb-949}/Deleted scenes.mkv"),
        *("/tv/Dark {tmdb-5} - 03.mkv", "/tv/Dark - 03 {tmdb-5}.mkv", "/tv/Dark E03 {tmdb-5}.mkv"),
        *("/tv/Dark Episode 3 {tmdb-5}.mkv", "/tv/Dark {tmdb-5}/Dark 03.mkv"),
        "/tv/Dark {tmdb-5}/Season 1/Dark.mkv",
        # Of another series, or counted by cour.
        "/tv/Dark {tvdb-334824}/Charmed.S01E02.mkv",
        "/tv/Mono [anidb-7]/S02E02.mkv",
        # No year, and no id that is one.
        *("/films/Heat {edition-Final}.mkv", "/films/Heat {tmdb-0}.mkv"),
    ],
)
def test_an_id_in_doubt_is_not_asked(path: str) -> None:
    assert named_by(path) is None


# Folders of seasons, and discs.


@pytest.mark.parametrize(
    "folder",
    [
        *("Season 01 (2017)", "Staffel 1 (2017)", "Series 1 [2017]", "S1 (2017)", "Season 1 2017"),
        *("Saison 1 (2017)", "Stagione 1", "Temporada 1 (2017)", "Seizoen 1", "Sezon 1 (2017)"),
        *("1 сезон (2017)", "1. Staffel (2017)", "1st Season", "Сезон 1", "シーズン1", "第1季"),
    ],
)
def test_a_folder_of_a_season_is_no_series_also_with_a_year(folder: str) -> None:
    assert named_by(f"/tv/Dark (2017)/{folder}/S01E02.mkv") == dark(2)
    assert named_by(f"/tv/Dark/{folder}/S01E02.mkv") is None
    assert named_by(f"/tv/Dark (2017)/{folder}/S02E02.mkv") is None
    assert named_by(f"/tv/Dark (2017)/{folder}/Dark (2017).mkv") is None
    assert named_by(f"/tv/Dark/{folder}.mkv") is None
    assert named_by(f"/tv/Dark/{folder}/BDMV/index.bdmv") is None


def test_a_film_may_be_called_as_a_season_is() -> None:
    assert named_by("/films/S (2012)/S (2012).mkv") == Named("S", 2012)
    assert named_by("/films/Open Season 2 (2008)/Open Season 2 (2008).mkv") == Named(
        "Open Season 2", 2008
    )


def test_a_folder_of_specials_is_no_series_also_with_a_year() -> None:
    assert named_by("/tv/Dark (2017)/Specials (2018)/S00E02.mkv") == dark(2, season=0)
    assert named_by("/tv/Dark/Specials (2018)/S00E02.mkv") is None


@pytest.mark.parametrize(
    "path",
    [
        "/films/Heat (1995)/BDMV/index.bdmv",
        "/films/Heat (1995)/BDMV/MovieObject.bdmv",
        "/films/Heat (1995)/VIDEO_TS/VIDEO_TS.IFO",
        "/films/Heat (1995)/video_ts/video_ts.ifo",
        "/films/Heat (1995)/VIDEO_TS.IFO",
        "/films/Heat (1995).iso",
        "/films/Heat.1995/VIDEO_TS/VIDEO_TS.IFO",
        "/films/Heat (1995)/Heat/BDMV/index.bdmv",
        "udf://%2ffilms%2fHeat (1995).iso/BDMV/index.bdmv",
        "iso9660://%2ffilms%2fHeat.1995.iso/VIDEO_TS/VIDEO_TS.IFO",
    ],
)
def test_a_disc_is_what_its_folder_says(path: str) -> None:
    assert named_by(path) == HEAT


def test_a_disc_may_hold_an_episode() -> None:
    assert named_by("/tv/Dark (2017)/Dark S01E02/VIDEO_TS/VIDEO_TS.IFO") == dark(2)


@pytest.mark.parametrize(
    "path",
    [
        *("index.bdmv", "/BDMV/index.bdmv", "/films/Heat/BDMV/index.bdmv"),
        "/films/Heat (1995)/Disc 1/BDMV/index.bdmv",
        "/films/Heat (1995)/Bonus/VIDEO_TS/VIDEO_TS.IFO",
        "/films/Heat (1995)/BDMV/STREAM/00001.m2ts",
        "/films/Heat (1995)/VIDEO_TS/VTS_01_1.VOB",
        "bluray://%2ffilms%2fHeat (1995)%2f/BDMV/PLAYLIST/00800.mpls",
    ],
)
def test_a_piece_of_a_disc_is_unknown(path: str) -> None:
    assert named_by(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/f/One Piece {tmdb-37854} [01].mkv",
        "/f/One Piece (1999) {tmdb-37854} [1015][1080p].mkv",
        "/f/Dark {tmdb-70523}/Dark [02] [1080p].mkv",
        "/f/Dark {tmdb-70523}/Dark {tmdb-70523} (02).mkv",
        "/f/[Group] Dark {tmdb-70523} (02) [ABCD].mkv",
    ],
)
def test_a_number_in_brackets_is_of_an_episode_and_no_film(path: str) -> None:
    assert named_by(path) is None


def test_the_height_of_a_picture_in_brackets_is_no_number() -> None:
    assert named_by("/f/Heat (1995) {tmdb-949} [1080p][2160].mkv") is not None
