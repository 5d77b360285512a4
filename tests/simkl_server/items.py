"""The items of POST /sync/watched, checked field by field, without knowing any title."""

from __future__ import annotations

import re
from typing import cast

from .answers import RefusedError
from .catalogue import ID_NAMES, NUMBER_IDS, Asked, normal

MOST = 100
TYPES = ("show", "movie", "anime")
_FIELDS = ID_NAMES | {"ids", "title", "year", "type", "season", "episode"}

Item = dict[str, object]


def checked(body: object) -> list[Item]:
    """The array that was sent; raises RefusedError when it is none, or an empty one."""
    if not isinstance(body, list):
        raise _wrong("the body is not an array")
    if not body:
        raise RefusedError(400, "empty_field", "an empty array", breach=True)
    if not all(isinstance(item, dict) for item in body):
        raise _wrong("an item that is not an object")
    return cast("list[Item]", body)


def asked(item: Item) -> Asked:
    """What an item names; raises RefusedError for anything the contract does not have."""
    unknown = sorted(set(item) - _FIELDS)
    if unknown:
        raise _wrong(f"unknown field in an item: {', '.join(unknown)}")
    kind = item.get("type")
    if "type" in item and kind not in TYPES:
        raise _wrong(f"type {kind!r} is not one of {', '.join(TYPES)}")
    ids = ids_of(item)
    if any(name == "tmdb" for name, _ in ids) and not kind:
        raise _wrong("tmdb without type: films and series share its numbers")
    title, year = name_of(item)
    if not ids and not (title and year):
        raise RefusedError(400, "empty_field", "an item without id or title + year", breach=True)
    return Asked(ids, title, year, cast("str | None", kind), _episode(item, kind))


def ids_of(item: Item) -> tuple[tuple[str, str], ...]:
    """Those of an item, flat or under `ids`; raises RefusedError where one is none."""
    inner = item.get("ids", {})
    if not isinstance(inner, dict):
        raise _wrong("ids is not an object")
    unknown = sorted(set(inner) - ID_NAMES)
    if unknown:
        raise _wrong(f"unknown id in an item: {', '.join(unknown)}")
    flat = [(name, value) for name, value in item.items() if name in ID_NAMES]
    pairs = [*flat, *inner.items()]
    for name, value in pairs:
        if not _is_well_formed(name, value):
            raise _wrong(f"{name} {value!r} is not an id")
    return tuple((name, normal(name, value)) for name, value in pairs)


def _is_well_formed(name: str, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return False
    if name in NUMBER_IDS:
        return re.fullmatch(r"[1-9]\d*", str(value)) is not None
    if name == "imdb":
        return re.fullmatch(r"tt\d{5,}", str(value)) is not None
    # A number alone is an id at TVDB; elsewhere these are words, never empty or with blanks.
    return re.fullmatch(r"[^\s\x00]+", str(value)) is not None and value != 0


def name_of(item: Item) -> tuple[str | None, int | None]:
    """Title and year; raises RefusedError where one is none."""
    title, year = item.get("title"), item.get("year")
    if "title" in item and not (isinstance(title, str) and title.strip()):
        raise _wrong("title is not a text")
    if "year" in item and not is_number(year):
        raise _wrong("year is not a number")
    return cast("str | None", title), cast("int | None", year)


def _episode(item: Item, kind: object) -> tuple[int, int] | None:
    if "season" not in item and "episode" not in item:
        return None
    season, episode = item.get("season"), item.get("episode")
    if not is_number(season) or not is_number(episode):
        raise _wrong("season and episode belong together, as numbers")
    if kind == "movie":
        raise _wrong("a film has no season and episode")
    return cast("int", season), cast("int", episode)


def is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _wrong(sentence: str) -> RefusedError:
    return RefusedError(400, "wrong_parameter", sentence, breach=True)
