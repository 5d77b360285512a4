"""Titles as lists write them: what they add is taken off, and a year in brackets is read.

Knows no Kodi and no HTTP.
"""

from __future__ import annotations

import re

_TAGS = re.compile(r"\[/?(?:COLOR|B|I|LIGHT|UPPERCASE|LOWERCASE|CAPITALIZE|CR|TABS)[^\]]*\]")
_YEAR_AT_END = re.compile(r"\s*\(((?:19|20)\d\d)\)$")
_PROGRESS_AT_END = re.compile(r"(?:\s+\((?:\d{1,3}%|cc)\))+$", re.IGNORECASE)  # EmbyCon
# A count, which may as well be a part's number; an episode's number, in front or within.
_DOUBTFUL = re.compile(r"\(\d{1,3}\)$|\bs\d{1,2}[\s._-]?e\d{1,3}\b|\b\d{1,2}x\d{2,3}\b", re.I)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PIECE = re.compile(r"\b(?:trailer|teaser|clip)s?\b", re.IGNORECASE)
_PIECE_AT_END = re.compile(_PIECE.pattern + r"[\W\d]*$", re.IGNORECASE)


def plain(name: str) -> str:
    """A title without colours and without how far it was watched."""
    return _PROGRESS_AT_END.sub("", _TAGS.sub("", name).strip()).strip()


def name_and_year(name: str, year: str) -> tuple[str, int | None]:
    """A plain title and its year: the one given, else one in brackets. "" where it is in doubt."""
    text, told = plain(name), number(year) or None
    in_brackets = _YEAR_AT_END.search(text)
    if in_brackets:
        text = text[: in_brackets.start()]
        bracketed = int(in_brackets.group(1))
        told = told or bracketed
        if abs(told - bracketed) > 1:
            return "", told
    return "" if _DOUBTFUL.search(text) else text, told


def is_piece(label: str) -> bool:
    """Whether a row calls itself a trailer, a teaser or a clip: `Heat - Trailer 2 (German)`."""
    text = _TAGS.sub("", label)
    in_brackets = any(_PIECE.search(found) for found in _BRACKETS.findall(text))
    return in_brackets or _PIECE_AT_END.search(_BRACKETS.sub("", text)) is not None


def letters(name: str) -> str:
    """A name without blanks, signs and cases, to see whether two are the same."""
    return re.sub(r"[\W_]+", "", name).casefold()


def number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None
