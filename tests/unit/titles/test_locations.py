"""One place is one place however Kodi's paths write it, and no login is kept of a path."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.titles.filenames import named_by
from lib.titles.locations import (
    Location,
    lies_within,
    locations_of,
    scheme_of,
    with_login,
    without_login,
)
from lib.titles.rows import is_same_file

NAS = Location("smb", "nas", ("video", "Kids"))
KIDS = Location("", "", ("media", "Kids"))


@pytest.mark.parametrize(
    "path",
    [
        "smb://nas/video/Kids/",
        "SMB://NAS/video//Kids",
        "smb://nas:445/video/Kids/",
        "smb://ann:pw@nas/video/Kids/",
        "smb://WORKGROUP;ann:p%40ss@nas/video/Kids/",
        "smb://ann:p@ss@nas/video/Kids/",
        "\\\\Nas\\video\\Kids\\",
    ],
)
def test_a_share_is_one_place(path: str) -> None:
    assert locations_of(path) == (NAS,)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/media/Kids/", KIDS),
        ("file:///media/Kids/", KIDS),
        ("D:\\Kids\\Cars.mkv", Location("", "", ("d:", "Kids", "Cars.mkv"))),
        ("d:/Kids/", Location("", "", ("d:", "Kids"))),
        ("/media/ann:pw@home/", Location("", "", ("media", "ann:pw@home"))),
        ("", Location("", "", ())),
        ("smb://nas:1445/", Location("smb", "nas:1445", ())),
        ("http://[::1]/x", Location("http", "[::1]", ("x",))),
        ("http://[::1]:80/x", Location("http", "[::1]", ("x",))),
        ("https://h:443/x", Location("https", "h", ("x",))),
        ("https://h:80/x", Location("https", "h:80", ("x",))),
        ("http://h:/x", Location("http", "h", ("x",))),
        ("dav://h/a%2fb/c%20d+e%zz/?q=1", Location("dav", "h", ("a/b", "c d+e%zz"))),
        ("http://h/x|Authorization=Basic%20eA", Location("http", "h", ("x",))),
        ("http://a:p?w#x@h/x", Location("http", "h", ("x",))),
        ("smb://nas/100%25/x?y|z", Location("smb", "nas", ("100%25", "x?y|z"))),
        ("ftp://h/100%20/x|auth=tls", Location("ftp", "h", ("100%20", "x"))),
        ("videodb://movies/titles/", Location("videodb", "movies", ("titles",))),
        ("plugin://plugin.video.x/a@b", Location("plugin", "plugin.video.x", ("a@b",))),
    ],
)
def test_a_place(path: str, location: Location) -> None:
    assert locations_of(path) == (location,)


@pytest.mark.parametrize(
    "path",
    [
        "zip://%2fmedia%2fKids%2fCars.zip/a/Cars (2006).mkv",
        "rar://%2Fmedia%2FKids%2FCars.zip/a/Cars (2006).mkv",
        "archive://%2fmedia%2fKids%2fCars.zip/a/Cars (2006).mkv",
        "udf://%2fmedia%2fKids%2fCars.zip/a/Cars (2006).mkv",
        "iso9660://%2fmedia%2fKids%2fCars.zip/a/Cars (2006).mkv",
        "bluray://udf%3a%2f%2f%252fmedia%252fKids%252fCars.zip%2f/a/Cars (2006).mkv",
        "zip://pw@%2fmedia%2fKids%2fCars.zip/a/Cars (2006).mkv",
        "zip:///media/Kids/Cars.zip/a/Cars (2006).mkv",
    ],
)
def test_what_is_in_an_archive_or_an_image_is_below_it(path: str) -> None:
    parts = ("media", "Kids", "Cars.zip", "a", "Cars (2006).mkv")
    assert locations_of(path) == (Location("", "", parts),)


def test_an_archive_may_lie_on_another_machine() -> None:
    path = "zip://http%3a%2f%2fann%3apw%40NAS%3a80%2fKids%2520films%2fa%2bb.zip/c%20d.mkv"
    parts = ("Kids films", "a+b.zip", "c%20d.mkv")
    assert locations_of(path) == (Location("http", "nas", parts),)


def test_a_film_in_parts_and_a_source_of_several_folders_are_in_several_places() -> None:
    stack = "stack:///a/one,, cd1.mkv , smb://ann:pw@nas/b/cd2.mkv"
    assert locations_of(stack) == (
        Location("", "", ("a", "one, cd1.mkv")),
        Location("smb", "nas", ("b", "cd2.mkv")),
    )
    sources = "multipath://%2fa%2f/smb%3a%2f%2fann%3apw%40nas%2fb%2f/"
    assert locations_of(sources) == (Location("", "", ("a",)), Location("smb", "nas", ("b",)))


def test_a_film_lies_within_with_any_part_and_a_source_with_all_its_folders() -> None:
    folder = [Location("", "", ("a",))]
    assert lies_within("stack:///b/cd1.mkv , /a/cd2.mkv", folder)
    assert not lies_within("multipath://%2fa%2f/%2fb%2f/", folder)
    assert lies_within("multipath://%2fa%2fx%2f/%2fa%2fy%2f/", folder)
    assert not lies_within("stack:///b/cd1.mkv , /b/cd2.mkv", folder)


def test_a_folder_holds_whole_parts_and_a_server_all_its_shares() -> None:
    assert locations_of("smb://nas/video/Kids/Cars.mkv")[0].is_within(NAS)
    assert not locations_of("smb://nas/video/Kids2/Cars.mkv")[0].is_within(NAS)
    assert NAS.is_within(locations_of("smb://nas/")[0])
    assert NAS.is_within(locations_of("smb://")[0])
    assert not KIDS.is_within(locations_of("smb://")[0])


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("PLUGIN://x/", "plugin"), ("/a://b", ""), ("D:\\a", ""), ("", ""), ("a b://c", "")],
)
def test_a_scheme_is_in_small_letters(path: str, scheme: str) -> None:
    assert scheme_of(path) == scheme


# Logins.

WITH_AND_WITHOUT = [
    ("http://ann:pw@nas:8080/Kids%20films/", "http://nas:8080/Kids%20films/"),
    ("SMB://WORKGROUP;ann:pw@NAS/video/", "SMB://NAS/video/"),
    ("smb://ann@nas", "smb://nas"),
    ("dav://ann:p@s;s#w?d|@nas/a@b/", "dav://nas/a@b/"),
    ("davs://nas/films/|Authorization=Basic%20eA", "davs://nas/films/"),
    ("zip://pw@%2fa.zip/x", "zip://%2fa.zip/x"),
    ("zip://smb%3a%2f%2fann%3apw%40nas%2fa.zip/x@y", "zip://smb%3a%2f%2fnas%2fa.zip/x@y"),
    (
        "bluray://udf%3a%2f%2fsmb%253a%252f%252fann%253apw%2540nas%252fa.iso%2f/BDMV/",
        "bluray://udf%3a%2f%2fsmb%253a%252f%252fnas%252fa.iso%2f/BDMV/",
    ),
    (
        "multipath://%2fa%2f/ftp%3a%2f%2fann%3apw%40nas%2f/",
        "multipath://%2fa%2f/ftp%3a%2f%2fnas%2f/",
    ),
    ("stack://smb://a:p@n/1.mkv , smb://a:p@n/2.mkv", "stack://smb://n/1.mkv , smb://n/2.mkv"),
]


@pytest.mark.parametrize(("path", "cleaned"), WITH_AND_WITHOUT)
def test_a_login_is_taken_out(path: str, cleaned: str) -> None:
    assert without_login(path) == cleaned
    assert without_login(cleaned) == cleaned
    assert locations_of(path) == locations_of(cleaned)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/media/ann:pw@home/", "D:\\a@b\\", "file:///a@b/c", "special://profile/a@b/"),
        *("plugin://plugin.video.x/?to=ann@b/c", "udp://@239.1.1.1:1234", "smb://nas/a@b/c|d"),
        *("zip://%2Fa%40b.zip/", "multipath://%2Fa%40b/"),
    ],
)
def test_what_is_no_login_stays_as_it_is(path: str) -> None:
    assert without_login(path) == path


SOURCES = [
    "/media/",
    "http://ann:pw@nas/films/",
    "multipath://%2fa%2f/smb%3a%2f%2fbob%3apw%40nas%2fvideo%2f/",
]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("http://nas/films/Heat.mkv", "http://ann:pw@nas/films/Heat.mkv"),
        ("smb://nas/video/Heat.mkv", "smb://bob:pw@nas/video/Heat.mkv"),
        ("http://nas/other/Heat.mkv", "http://nas/other/Heat.mkv"),
        ("/media/Heat.mkv", "/media/Heat.mkv"),
        (
            "zip://smb%3a%2f%2fnas%2fvideo%2fa.zip/Heat.mkv",
            "zip://smb%3a%2f%2fbob%3apw%40nas%2fvideo%2fa.zip/Heat.mkv",
        ),
        ("zip://%2Fmedia%2Fa.zip/Heat.mkv", "zip://%2Fmedia%2Fa.zip/Heat.mkv"),
    ],
)
def test_the_login_is_that_of_the_source(path: str, found: str) -> None:
    assert with_login(path, SOURCES) == found
    assert without_login(found) == path


SCHEMES = ["", "smb://", "http://", "DAV://", "zip://", "bluray://", "stack://", "multipath://"]
PIECES = [
    "a",
    "/",
    "\\",
    "@",
    ":",
    "%",
    "%2f",
    "%40",
    "%3a",
    "|",
    "?",
    ";",
    "#",
    ",",
    " , ",
    "[",
    "é",
]


@given(st.sampled_from(SCHEMES), st.lists(st.sampled_from([*PIECES, *SCHEMES]), max_size=12))
def test_any_text_is_read_and_cleaned_once_and_for_all(scheme: str, pieces: list[str]) -> None:
    path = scheme + "".join(pieces)
    cleaned = without_login(path)
    assert without_login(cleaned) == cleaned
    assert scheme_of(cleaned) == scheme_of(path)
    assert all(all(place.parts) for place in locations_of(path))
    named_by(path)


@given(
    st.sampled_from(["smb", "HTTP", "dav", "ftp", "nfs"]),
    st.text(st.sampled_from("s3crt:@%;#?|"), max_size=8),
    st.sampled_from(["{}", "zip://{}/x", "bluray://{}/x", "multipath://%2fa%2f/{}/"]),
)
def test_no_login_is_left_whatever_is_in_it(scheme: str, login: str, form: str) -> None:
    path, bare = f"{scheme}://ann{login}@nas/a/b.mkv", f"{scheme}://nas/a/b.mkv"
    if form != "{}":
        path, bare = (form.format(quote(each, safe="")) for each in (path, bare))
    assert unquote(without_login(path)) == unquote(bare)
    assert locations_of(path) == locations_of(bare)


@pytest.mark.parametrize("login", ["u:p%40q", "u:p%2fq"])
def test_a_row_shows_the_same_file_without_its_login(login: str) -> None:
    assert is_same_file("smb://nas/f/x.mkv", f"smb://{login}@nas/f/x.mkv")


def test_the_login_is_that_of_the_innermost_source() -> None:
    sources = ["smb://a:b@nas/", "smb://c:d@nas/films/"]
    assert with_login("smb://nas/films/x.mkv", sources) == "smb://c:d@nas/films/x.mkv"
