"""Ids that stand in names of files and folders, as Kodi 21 reads them: `Heat (1995) {tmdb-949}`.

Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re
from typing import Iterable, Tuple

from lib.titles.title import clean_ids

IdClaim = Tuple[str, str]
"""Simkl's name for an id, and the id."""

_TAG = re.compile(
    r"[\[{]edition-[^\[\]{}]*[\]}]|[\[({](?P<kind>\w+?)(?:id)?[-=](?P<value>\w+)[\])}]",
    re.IGNORECASE,
)


def around_ids(text: str) -> tuple[str, str, list[IdClaim]]:
    """What stands before the first id and after it, without ids and edition; and the ids."""
    claims: list[IdClaim] = []
    before = after = ""
    end = 0
    for found in _TAG.finditer(text):
        ids = clean_ids({found["kind"]: found["value"]}) if found["kind"] else {}
        if found["kind"] and not ids:
            continue  # something else in brackets
        before, after = _added(text[end : found.start()], before, after, is_after=bool(claims))
        end = found.end()
        claims += ids.items()
    return (*_added(text[end:], before, after, is_after=bool(claims)), claims)


def without_ids(text: str) -> str:
    before, after, _ = around_ids(text)
    return before + after


def contradict(claims: Iterable[IdClaim]) -> bool:
    """Whether two of these are different ids of one kind."""
    claims = set(claims)
    return len(claims) > len({kind for kind, _ in claims})


def _added(text: str, before: str, after: str, *, is_after: bool) -> tuple[str, str]:
    return (before, after + text) if is_after else (before + text, after)
