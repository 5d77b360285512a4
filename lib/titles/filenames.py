"""What a file's name tells of the film or the episodes in it: `Film (1999).mkv`, `Show.S01E02.mkv`.

A title counts only with its year, which a folder may tell: `Show (2017)/Season 1/S01E02.mkv`.
What may be something else (an extra, a part, a day's show) is unknown. Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.titles.names import letters

_EPISODES = re.compile(
    r"(?:^|[\s._\-\[(])"
    r"(?:s(?P<season>\d{1,2})[\s._-]?e(?P<first>\d{1,3})"
    r"(?P<more>(?:[\s._-]?e\d{1,3}|-\d{1,3}(?![\da-z]))*)"
    r"|(?P<season_x>\d{1,2})x(?!26[45])(?P<first_x>\d{2,3})"
    r"(?P<more_x>(?:-(?:\d{1,2}x)?\d{2,3}(?![\da-z]))*))(?![\dp])",
    re.IGNORECASE,
)
_YEAR_IN_BRACKETS = re.compile(r"^(?P<name>.*[^\s._])[\s._]*[(\[](?P<year>(?:19|20)\d\d)[)\]]")
# The last one: the title may hold another, as in `Blade.Runner.2049.2017.1080p`.
_YEAR = re.compile(r"^(?P<name>.*[^\s._])[\s._](?P<year>(?:19|20)\d\d)(?=[\s._]|$)")
_DAY = re.compile(r"(?:19|20)\d\d[\s._-]\d\d[\s._-]\d\d")
# What may follow a film's year: nothing, brackets, or what a release says of itself. Not a number,
# and not a title: that would be an episode.
_RELEASE = re.compile(
    r"[\s._-]*(?:$|[\[({]|(?:\d{3,4}[pi]|[48]k|uhd|hdr\d*|sdr|blu|bluray|bd|bdrip|brrip|web|webrip"
    r"|webdl|hdtv|hdrip|dvd|dvdrip|remux|[xh][._]?26[45]|hevc|avc|xvid|divx|av1|extended|uncut"
    r"|unrated|directors?|director's|theatrical|remastered|final|proper|repack|multi|dual|german"
    r"|french|english|italian|spanish|3d|imax|criterion|internal|limited|ac3|dts|aac|10bit)"
    r"(?=[\s._\-)\]]|$))",
    re.IGNORECASE,
)
# After an episode's number: half of it, another one, or only a piece of it.
_NOT_THE_EPISODE = re.compile(
    r"^(?:[a-d](?![a-z])|[._]\d(?!\d)|[-+_ .]*s\d+[\s._-]?e\d|\+\s?e?\d|_\d{2}(?!\d)|of\d)"
    r"|[\s._-](?:sample|trailer|teaser)$|-(?:featurette|behindthescenes|deleted|interview)$",
    re.IGNORECASE,
)
_NUMBER_AT_END = re.compile(r"[\s._]-[\s._]\d{1,4}$")  # of an episode, counted over all seasons
_EPISODES_FOLDER = re.compile(r"(?:^|[\s._-])(?:season|staffel|series)[\s._-]*\d+$", re.IGNORECASE)
_SEASON_FOLDER = re.compile(r"^(?:season|staffel|series|specials|s)[\s._-]*\d*$", re.IGNORECASE)
_EXTRA = re.compile(
    r"(?:^|[\s._\-(\[])(?:trailer|teaser|sample|clip|extras?|bonus|featurette|interview|deleted"
    r"|scenes?|making[\s._-]?of|behind[\s._-]?the[\s._-]?scenes|short|other)s?\d*(?=[\s._\-)\]]|$)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"[\s._\-(\[](?:cd|dvd|dis[ck]|part|pt)[\s._-]?(?:\d{1,2}|one|two|three)(?=[\s._\-)\]]|$)",
    re.IGNORECASE,
)
_MOST_EPISODES = 10  # in one file


@dataclass(frozen=True)
class Named:
    """episodes: season and number of each that the file holds; none for a film."""

    name: str
    year: int
    episodes: tuple[tuple[int, int], ...] = ()


def named_by(path: str) -> Named | None:
    """What the path of a file says; None where it does not say a title with its year."""
    *folders, file = re.split(r"[/\\]", path)
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", file)
    found = _EPISODES.search(stem)
    if found is None:
        return _film(stem, folders[-1] if folders else "")
    return _series(stem[: found.start()], stem[found.end() :], folders, _episodes(found))


def _film(stem: str, folder: str) -> Named | None:
    if _DAY.search(stem) or any(
        kind.search(folder) for kind in (_SEASON_FOLDER, _EPISODES_FOLDER, _EXTRA, _PART)
    ):
        return None
    title, rest = _title_and_rest(stem)
    if title is None:
        title, rest = _title_and_rest(folder)
        if title is None or letters(stem) != letters(title.name):
            return None
    is_more = _EXTRA.search(rest) or _PART.search(rest) or _NUMBER_AT_END.search(title.name)
    return title if _RELEASE.match(rest) and not is_more else None


def _series(
    before: str, after: str, folders: list[str], episodes: tuple[tuple[int, int], ...]
) -> Named | None:
    """The series: what stands before the number, or the folder, that of a season left out."""
    if not episodes or _PART.search(after) or _NOT_THE_EPISODE.search(after):
        return None
    in_folder = re.search(r"\d+$", folders[-1]) if _is_of_a_season(folders) else None
    if in_folder and int(in_folder.group()) != episodes[0][0]:
        return None
    title = _title_and_rest(before)[0]
    if title is None:
        while _is_of_a_season(folders):
            folders = folders[:-1]
        title = _title_and_rest(folders[-1] if folders else "")[0]
        # Another name than the folder's is another series.
        if title is None or letters(before) not in ("", letters(title.name)):
            return None
    return Named(title.name, title.year, episodes)


def _is_of_a_season(folders: list[str]) -> bool:
    return bool(folders) and _SEASON_FOLDER.match(folders[-1]) is not None


def _title_and_rest(text: str) -> tuple[Named | None, str]:
    """A title with its year, and what follows it."""
    found = _YEAR_IN_BRACKETS.match(text) or _YEAR.match(text)
    if found is None:
        return None, text
    return Named(_spaced(found["name"]), int(found["year"])), text[found.end() :]


def _episodes(found: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Season and number of each; none where the numbers make no sense."""
    season = int(found["season"] or found["season_x"])
    more = re.sub(r"\d+x", "", found["more"] or found["more_x"] or "")
    numbers = [int(found["first"] or found["first_x"])]
    numbers += [int(number) for number in re.findall(r"\d+", more)]
    if numbers != sorted(set(numbers)) or numbers[-1] - numbers[0] >= _MOST_EPISODES:
        return ()
    return tuple((season, number) for number in range(numbers[0], numbers[-1] + 1))


def _spaced(name: str) -> str:
    """`The.Big_Show` as people write it; a name that has blanks keeps its dots."""
    name = name.strip(" ._-([")
    return name if " " in name else re.sub(r"[._]+", " ", name)
