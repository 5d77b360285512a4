"""What a file's name tells of the film or the episodes in it: `Film (1999).mkv`, `Show.S01E02.mkv`.

A title counts only with its year or an id, which a folder may tell:
`Show (2017)/Season 1/S01E02.mkv`. What may be something else (an extra, a part, a day's show) is
unknown. Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lib.titles.addon_facts import COUR_IDS
from lib.titles.ids_in_names import IdClaim, around_ids, contradict, without_ids
from lib.titles.locations import locations_of
from lib.titles.names import letters
from lib.titles.season_folders import is_season, number_of_season

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
_EXTRA = re.compile(
    r"(?:^|[\s._\-(\[])(?:trailer|teaser|sample|clip|extras?|bonus|featurette|interview|deleted"
    r"|scenes?|making[\s._-]?of|behind[\s._-]?the[\s._-]?scenes|short|other)s?\d*(?=[\s._\-)\]]|$)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"[\s._\-(\[](?:cd|dvd|dis[ck]|part|pt)[\s._-]?(?:\d{1,2}|one|two|three)(?=[\s._\-)\]]|$)",
    re.IGNORECASE,
)
# A number by itself, before an id that comes without a year: it may be an episode's.
_NUMBER = re.compile(
    r"(?:^|[\s._\-#])(?:e|ep|episode|folge)?[\s._-]*\d{1,3}(?:v\d|of\d+)?(?![^\s._-])", re.I
)
# The same in brackets: of a series by its name or id, `[01]`; no year and no height of a picture.
_NUMBER_IN_BRACKETS = re.compile(
    r"[\[({](?!(?:19|20)\d\d\D|720\D|1080\D|2160\D)(?:e|ep|episode|folge)?[\s._-]*\d{1,4}"
    r"(?:v\d)?[\])}]",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"\.(?:iso|img|udf|nrg|zip|rar|7z|tar|tgz)$", re.IGNORECASE)
_DISC_FILES = {"index.bdmv": "bdmv", "movieobject.bdmv": "bdmv", "video_ts.ifo": "video_ts"}
"""By what Kodi names a disc, and the folder that the file lies in."""
_COUR_KINDS = frozenset(COUR_IDS.values())
_MOST_EPISODES = 10  # in one file


@dataclass(frozen=True)
class Named:
    """name, year: "" and None where there are ids, which are asked alone.

    episodes: season and number of each that the file holds; none for a film. ids: pairs of Simkl's
    id name and the id, sorted; of the film or the series.
    """

    name: str
    year: int | None
    episodes: tuple[tuple[int, int], ...] = ()
    ids: tuple[IdClaim, ...] = ()


class _Said(NamedTuple):
    """What the name of a file or a folder says: a title with a year or ids, and what follows it."""

    name: str
    year: int | None
    rest: str
    ids: tuple[IdClaim, ...]


def named_by(path: str) -> Named | None:
    """What the path of a file says; None where it does not say a title with its year or an id."""
    places = locations_of(path)
    if len(places) != 1 or not places[0].parts:
        return None
    folders, stem = _folders_and_stem(places[0].parts)
    found = _EPISODES.search(stem)
    if found is None:
        return _film(stem, folders[-1] if folders else "")
    return _series(stem[: found.start()], stem[found.end() :], folders, _episodes(found))


def _folders_and_stem(parts: tuple[str, ...]) -> tuple[list[str], str]:
    """The folders and the name that tells; of a disc, or of its image, that is the outer one."""
    *folders, file = parts
    within = _DISC_FILES.get(file.lower())
    if within is not None and folders and folders[-1].lower() == within:
        folders = folders[:-1]
    folders = [_IMAGE.sub("", folder) for folder in folders]
    if within is None:
        return folders, re.sub(r"\.[A-Za-z0-9]{2,5}$", "", file)
    return folders[:-1], folders[-1] if folders else ""


def _film(stem: str, folder: str) -> Named | None:
    if _DAY.search(stem) or is_season(stem) or is_season(folder):
        return None
    if any(kind.search(without_ids(folder)) for kind in (_EPISODES_FOLDER, _EXTRA, _PART)):
        return None
    said, above = _said(stem), _said(folder)
    if said is None:
        said = above
        if said is None or letters(stem) != letters(said.name):
            return None
    said = _with_ids_of(above, said)
    text = said.rest if said.year else f"{said.name}{said.rest}"
    is_more = _EXTRA.search(text) or _PART.search(text) or _NUMBER_AT_END.search(said.name)
    is_numbered = said.year is None and _NUMBER.search(said.name)
    is_numbered = is_numbered or _NUMBER_IN_BRACKETS.search(said.rest)
    return _named(said) if _RELEASE.match(said.rest) and not (is_more or is_numbered) else None


def _series(
    before: str, after: str, folders: list[str], episodes: tuple[tuple[int, int], ...]
) -> Named | None:
    """The series: what stands before the number, or the folder, that of a season left out.

    An id that stands after the number may be the episode's own.
    """
    after = without_ids(after)
    if not episodes or _PART.search(after) or _NOT_THE_EPISODE.search(after):
        return None
    in_folder = number_of_season(folders[-1]) if folders else None
    if in_folder is not None and in_folder != episodes[0][0]:
        return None
    while folders and is_season(folders[-1]):
        folders = folders[:-1]
    said, above = _said(before), _said(folders[-1] if folders else "")
    if said is None:
        # Another name than the folder's is another series.
        if above is None or letters(before) not in ("", letters(above.name)):
            return None
        said = above
    return _named(_with_ids_of(above, said), episodes)


def _with_ids_of(above: _Said | None, said: _Said) -> _Said:
    """What a file says, with the ids of its folder where that names the same title."""
    if above is None or letters(said.name) not in ("", letters(above.name)):
        return said
    if said.year and above.year and said.year != above.year:
        return said  # another film, or series, of that name
    return said._replace(ids=(*said.ids, *above.ids))


def _named(said: _Said, episodes: tuple[tuple[int, int], ...] = ()) -> Named | None:
    """None where ids contradict each other, or a name is no text."""
    if contradict(said.ids):
        return None
    ids = dict(said.ids)
    if episodes and not ids.keys() <= _COUR_KINDS:
        ids = {kind: value for kind, value in ids.items() if kind not in _COUR_KINDS}
    elif ids and any(season != 1 for season, _ in episodes):
        return None  # of one cour, which has one season
    if ids:
        return Named("", None, episodes, tuple(sorted(ids.items())))
    is_text = not re.search("[\ud800-\udfff]", said.name)  # encoded in another way than UTF-8
    return Named(said.name, said.year, episodes) if said.year and is_text else None


def _said(text: str) -> _Said | None:
    before, after, ids = around_ids(text)
    plain = before + after
    found = _YEAR_IN_BRACKETS.match(plain) or _YEAR.match(plain)
    if found is not None:
        return _Said(_spaced(found["name"]), int(found["year"]), plain[found.end() :], tuple(ids))
    return _Said(_spaced(before), None, after, tuple(ids)) if ids else None


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
