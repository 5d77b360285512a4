"""What a path says: which add-on it belongs to, and ids, season and episode that stand in it.

Three forms are read: a query (`?tmdb_id=1&season=2&episode=3`), JSON in a query (`ids=`,
`tv_data=`), and path parts, of add-ons that are known to use them. And what its list does when it
is loaded again. Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import AbstractSet, Any, Iterator, Mapping
from urllib.parse import parse_qsl, unquote

from lib.titles.addon_facts import ADD_ONS, PATH_IDS, UNKNOWN, AddOn
from lib.titles.locations import scheme_of
from lib.titles.names import number
from lib.titles.title import MOVIE, SHOW, usable_ids

_TYPES = ("tmdb_type", "media_type", "mediatype", "dbtype")
_FILMS = {"movie", "movies", "film"}
_SERIES = {"tv", "tvshow", "show", "series", "season", "episode"}
_JSON = ("ids", "tv_data")
# A path that asks for one of these does not play the film or episode that it names.
_PIECE = re.compile(r"trailer|teaser|(?<![a-z])clips?(?![a-z])|(?<![a-z])live(?:_?tv)?(?![a-z])")
_ACTIONS = ("mode", "action", "type", "info")
# The route of a list: the parts of its path, and the values of these.
_ROUTES = ("action", "mode", "info", "type", "route", "function", "func", "method", "command",
           "cmd", "do")  # fmt: skip
_ORDERS = ("sort", "sort_by", "sortby", "sort_how", "order", "order_by", "orderby")
_OFF = ("", "0", "false", "no", "off")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# Also run together (Umbrella: `movieSearchnew`, `newsearch`); but "Searching" is a film.
_ASKS_FOR_WORDS = re.compile(r".*(?<!re)search(?!ing|er|ed).*|find|query|keyboard|input")
_IS_RANDOM = re.compile(r"random.*|shuffled?|because.*")  # TMDb Helper: `trakt_becauseyouwatched`
# What stands beside such a word in a part like "movie-search". Beside any other the part may as
# well be a title: "search-party", "find-me-in-paris", "because-of-winn-dixie".
_BESIDE = re.compile(
    r"(?:movie|film|(?:tv)?show|season|episode|video|channel|playlist|actor|list|result|term|word"
    r"|title|genre)s?|tv|series|anime|people|person|cast|all|new|history|menu|text|name|by|you"
    r"|watched|most|recently|trending|popular"
)


@dataclass(frozen=True)
class Said:
    """What a path says of the title that it plays, or lists.

    ids: usable ones by kind, "imdb" and so on. kind: MOVIE or SHOW; None where it does not say.
    season, episode: None where it does not say, or where there are no ids for them to belong to.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    season: int | None = None
    episode: int | None = None

    @property
    def place(self) -> tuple[int, int] | None:
        """Season and number, where it says both."""
        if self.season is None or self.episode is None:
            return None
        return self.season, self.episode


def addon_of(path: str) -> str:
    """The add-on that a path belongs to, "" for a plain file."""
    if scheme_of(path) != "plugin":
        return ""
    return re.split(r"[/?]", path.partition("://")[2])[0]


def facts_of(addon: str) -> AddOn:
    return ADD_ONS.get(addon, UNKNOWN)


def read(path: str) -> Said:
    """What the path of an add-on's row or list says."""
    told = _told(path)
    # `tmdb=1` may as well switch something on.
    said = [(kind, told[name]) for name, kind in PATH_IDS.items() if told.get(name, "1") != "1"]
    ids = usable_ids({kind: value} for kind, value in said)
    words = {told[name].lower() for name in _TYPES if told.get(name)}
    if not ids or not (words <= _FILMS or words <= _SERIES):
        return Said()  # of a person, say, or a collection
    season, episode = number(told.get("season")), number(told.get("episode")) or None
    if words:
        return Said(ids, MOVIE if words <= _FILMS else SHOW, season, episode)
    return Said(ids, None if season is None or episode is None else SHOW, season, episode)


def is_piece(path: str) -> bool:
    """Whether an add-on's path says that it plays a trailer, a clip or live television."""
    before = path.partition("?")[0]
    addon, *parts = before.partition("://")[2].lower().split("/")
    query = _query(path)
    words = [addon, *(query.get(name, "").lower() for name in _ACTIONS)]
    words += [part for part in parts if re.fullmatch(r"(?:play_?)?[a-z]{4,8}", part)]
    return any(_PIECE.search(word) for word in words)


def _told(path: str) -> dict[str, str]:
    query = _query(path)
    told = dict(query)
    for name in _JSON:
        told.update(_from_json(query.get(name, "")))
    shape = facts_of(addon_of(path)).path
    found = shape.search(path) if shape else None
    if found:
        told.update({name: text for name, text in found.groupdict().items() if text})
    return told


def _query(path: str) -> dict[str, str]:
    return dict(parse_qsl(path.partition("?")[2]))


def _from_json(text: str) -> dict[str, str]:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: str(value) for name, value in values.items() if isinstance(value, (str, int))}


def may_ask_for_words(path: str) -> bool:
    """Whether the list at `path` may ask the person for words when it is loaded again.

    Also where its path has words already: some add-ons offer them to be changed.
    """
    query = _query(path)
    if any(_fits(query, route) for route in facts_of(addon_of(path)).lists_at_once):
        return False
    return any(_ASKS_FOR_WORDS.fullmatch(word) for word in _route_words(path))


def is_random(path: str) -> bool:
    """Whether the list at `path` is likely to have other rows each time that it is loaded."""
    query = _query(path)
    words = [word for name, value in query.items() if value not in _OFF for word in _words(name)]
    words += [word for name in _ORDERS for word in _words(query.get(name, ""))]
    return any(_IS_RANDOM.fullmatch(word) for word in [*words, *_route_words(path)])


def _fits(query: Mapping[str, str], route: Mapping[str, AbstractSet[str]]) -> bool:
    return all(query.get(name) in values for name, values in route.items())


def _route_words(path: str) -> Iterator[str]:
    """The words of a list's route, each in lower case; none of a title, and none of a file."""
    if not addon_of(path):
        return
    before, _, query = path.partition("?")
    bare = [each for each in query.split("&") if "=" not in each]
    for part in map(unquote, re.split("/+", "/".join([before, *bare]))[2:]):
        words = _words(part)
        if not re.search(r"[\s+]", part) and ("-" not in part or _is_route(words)):
            yield from words
    told = _query(path)
    for name in _ROUTES:
        yield from _words(told.get(name, ""))


def _is_route(words: list[str]) -> bool:
    """Whether the words of a part that is written with "-" are none of a title."""
    return all(
        any(known.fullmatch(word) for known in (_BESIDE, _ASKS_FOR_WORDS, _IS_RANDOM))
        for word in words
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
