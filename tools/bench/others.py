"""The part of the report about lists of other add-ons."""

from __future__ import annotations

from . import others_keys, others_stalls, others_ticks

_TEXT = """A test add-on lists the rows at once, with ids as TMDb Helper gives them. What is seen is
asked of Kodi's window thread from outside, frame by frame.

"""


def measured(runs: int) -> str:
    subjects = (others_ticks, others_keys, others_stalls)
    return _TEXT + "\n".join(subject.measured(runs) for subject in subjects)
