"""The part of the report about lists of other add-ons."""

from __future__ import annotations

from . import others_keys, others_stalls, others_ticks
from .comparison import Subject

_TEXT = """A test add-on lists the rows at once, with ids as TMDb Helper gives them. What is seen is
asked of Kodi's window thread from outside, frame by frame.

"""


_FILES = (others_ticks, others_keys, others_stalls)


def measured(runs: int) -> str:
    return _TEXT + "\n".join(file.measured(runs) for file in _FILES)


def subjects() -> list[Subject]:
    return [subject for file in _FILES for subject in file.subjects()]
